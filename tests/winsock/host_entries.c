/* hostent: whose it is, and what stands in it of this machine and of localhost. */
#include "winsock.h"

static const BYTE loopback_v4[4] = {127, 0, 0, 1};

START_TEST(host_by_name_in_the_structure_of_addresses)
{
    winsock_start();
    struct hostent *by_address = gethostbyaddr((const char *)loopback_v4, 4, AF_INET);
    if (!by_address)
        unresolved("this machine does not know who 127.0.0.1 is");

    struct hostent *by_name = gethostbyname("127.0.0.2");

    expect_not_null(by_name);
    expect_pointer(by_name, by_address);
    expect_text_a(by_address->h_name, "127.0.0.2");
}
END_TEST
COVERS(host_by_name_in_the_structure_of_addresses, "winsock.gethostbyname.same_structure");

static DWORD ask_who_is_loopback(void *unused)
{
    (void)unused;
    if (!gethostbyaddr((const char *)loopback_v4, 4, AF_INET))
        unresolved("this machine does not know who 127.0.0.1 is");
    return 0;
}

START_TEST(address_asked_for_in_another_thread)
{
    winsock_start();
    struct hostent *host = gethostbyname("127.0.0.2");
    require(host != NULL);

    thread_join(thread_start(ask_who_is_loopback, NULL));

    expect_text_a(host->h_name, "127.0.0.2");
    expect_number(host->h_addr_list[0][3], 2);
}
END_TEST
COVERS(address_asked_for_in_another_thread, "winsock.gethostbyname.per_thread_of_addresses");

static const struct {
    struct row row;
    const char *name;
} ourselves[] = {
    {{"an_empty_name", NULL}, ""},
    {{"no_name", NULL}, NULL},
};

/* The first SIZE addresses of a host, and how many it has. */
static int addresses_of(const struct hostent *host, DWORD *addresses, int size)
{
    int count = 0;
    for (; host->h_addr_list[count]; count++)
        if (count < size)
            memcpy(&addresses[count], host->h_addr_list[count], 4);
    return count;
}

START_TEST(addresses_of_this_machine)
{
    winsock_start();
    char own[NI_MAXHOST];
    DWORD expected[32], found[32];
    require(gethostname(own, sizeof(own)) == 0);
    struct hostent *host = gethostbyname(own);
    if (!host)
        unresolved("this machine does not know its own name");
    int count = addresses_of(host, expected, 32);
    require(count > 0 && count <= 32);

    host = gethostbyname(ourselves[_i].name);

    expect_not_null(host);
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
    expect_number(addresses_of(host, found, 32), count);
    for (int i = 0; i < count; i++) {
        bool known = false;
        for (int k = 0; k < count; k++)
            known = known || found[i] == expected[k];
        expect_true(known);
    }
}
END_TEST
COVERS_ROWS(addresses_of_this_machine, ourselves, "winsock.gethostbyname.own_addresses");

START_TEST(name_into_no_bytes)
{
    winsock_start();
    char name[NI_MAXHOST] = "before";

    int result = gethostname(name, 0);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(gethostname(name, sizeof(name)));
    expect_true(strcmp(name, "before") != 0);
}
END_TEST
COVERS(name_into_no_bytes, "winsock.gethostname.no_bytes");

/* ---- The last error, which these functions store */

START_TEST(set_to_zero)
{
    winsock_start();
    WSASetLastError(WSAEHOSTDOWN);
    WSASetLastError(0);

    int error = WSAGetLastError();

    expect_error(error, 0);
}
END_TEST
COVERS(set_to_zero, "stream.lasterror.set_to_zero");

START_TEST(set_error_is_overridden)
{
    winsock_start();
    struct sockaddr_in name = loopback(80);
    name.sin_family = 99;
    WSASetLastError(WSAEHOSTDOWN);
    char text[64];
    DWORD size = sizeof(text);
    int result = WSAAddressToStringA((struct sockaddr *)&name, sizeof(name), NULL, text, &size);

    int error = WSAGetLastError();

    expect_number(result, SOCKET_ERROR);
    expect_error(error, WSAEINVAL);
}
END_TEST
COVERS(set_error_is_overridden, "stream.lasterror.overridden");
