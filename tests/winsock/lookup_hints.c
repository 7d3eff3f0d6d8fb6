/* What getaddrinfo takes as hints and services, and what it refuses. */
#include "services.h"
#include "winsock.h"

static struct sockaddr_in some_name;
static char some_text[] = "name";
static ADDRINFOA some_info;

static const struct {
    struct row row;
    const char *node, *service;
    ADDRINFOA hints, good;
    DWORD error;
} hints[] = {
    {{"a_length", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_addrlen = sizeof(some_name)},
     {0},
     WSANO_RECOVERY},
    {{"a_name", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_canonname = some_text},
     {0},
     WSANO_RECOVERY},
    {{"an_address", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_addr = (struct sockaddr *)&some_name},
     {0},
     WSANO_RECOVERY},
    {{"a_next_one", "winsock.getaddrinfo.hints_nonzero_pointer"},
     "127.0.0.1",
     "80",
     {.ai_next = &some_info},
     {0},
     WSANO_RECOVERY},
    {{"service_of_another_type", "winsock.getaddrinfo.service_of_other_type"},
     "127.0.0.1",
     "telnet",
     {.ai_socktype = SOCK_DGRAM},
     {.ai_socktype = SOCK_STREAM},
     WSATYPE_NOT_FOUND},
};

START_TEST(nothing_found_with)
{
    winsock_start();
    ADDRINFOA *found = &some_info, *good = NULL;
    if (hints[_i].error == WSATYPE_NOT_FOUND)
        needs_telnet_over_tcp_alone();

    int result = getaddrinfo(hints[_i].node, hints[_i].service, &hints[_i].hints, &found);

    expect_error(result, hints[_i].error);
    expect_error(getaddrinfo(hints[_i].node, hints[_i].service, &hints[_i].good, &good), 0);
}
END_TEST
COVERS_ROWS(nothing_found_with, hints);

START_TEST(unknown_service)
{
    winsock_start();
    ADDRINFOA *found = NULL;

    int result = getaddrinfo("127.0.0.1", "no-such-service", NULL, &found);

    expect_error(result, WSATYPE_NOT_FOUND);
    expect_error(getaddrinfo("127.0.0.1", "80", NULL, &found), 0);
}
END_TEST
COVERS(unknown_service, "winsock.getaddrinfo.service_unknown");

START_TEST(service_by_name)
{
    winsock_start();
    require(getservbyname("domain", "udp") != NULL);
    ADDRINFOA datagrams = {.ai_socktype = SOCK_DGRAM}, *found = NULL;

    int result = getaddrinfo("127.0.0.1", "domain", &datagrams, &found);

    expect_error(result, 0);
    expect_number(((struct sockaddr_in *)found->ai_addr)->sin_port, htons(53));
}
END_TEST
COVERS(service_by_name, "winsock.getaddrinfo.service_name");

START_TEST(getaddrinfo_needs_startup)
{
    ADDRINFOA *found = NULL;

    int result = getaddrinfo("127.0.0.1", "80", NULL, &found);

    expect_error(result, WSANOTINITIALISED);
    winsock_start();
    expect_error(getaddrinfo("127.0.0.1", "80", NULL, &found), 0);
}
END_TEST
COVERS(getaddrinfo_needs_startup, "winsock.getaddrinfo.notinit");
