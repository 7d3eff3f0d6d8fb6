/* The machine's own name, and hosts by name and address. Nothing is looked up but the loopback
 * address and the machine's own name; a machine that does not know them is UNRESOLVED. */
#include "winsock.h"

/* ---- gethostname and GetHostNameW */

START_TEST(no_room_at_all)
{
    winsock_start();

    int result = gethostname(NULL, 256);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_room_at_all, "winsock.gethostname.null");

START_TEST(just_enough_room)
{
    char name[NI_MAXHOST], again[256];
    winsock_start();
    require(gethostname(name, sizeof(name)) == 0);
    memset(again, 0x5c, sizeof(again));

    int result = gethostname(again, (int)strlen(name) + 1);

    expect_socket_succeeded(result);
    expect_text_a(again, name);
}
END_TEST
COVERS(just_enough_room, "winsock.gethostname.enough");

START_TEST(no_room_for_the_end)
{
    char name[NI_MAXHOST], again[256] = "before";
    winsock_start();
    require(gethostname(name, sizeof(name)) == 0);

    int result = gethostname(again, (int)strlen(name));

    expect_socket_failed(result, WSAEFAULT);
    record("the buffer afterwards", "%s", strcmp(again, "before") ? "changed" : "as before");
}
END_TEST
COVERS(no_room_for_the_end, "winsock.gethostname.room_for_the_end");

START_TEST(name_is_a_host)
{
    char name[NI_MAXHOST];
    winsock_start();
    require(gethostname(name, sizeof(name)) == 0);

    struct hostent *host = gethostbyname(name);

    expect_not_null(host);
    expect_number(host->h_addrtype, AF_INET);
    expect_not_null(host->h_addr_list[0]);
}
END_TEST
COVERS(name_is_a_host, "winsock.gethostname.parsed");

START_TEST(wide_name)
{
    char name[NI_MAXHOST];
    WCHAR wide[256], expected[256];
    optional_api(GetHostNameW);
    winsock_start();
    require(gethostname(name, sizeof(name)) == 0);
    MultiByteToWideChar(CP_ACP, 0, name, -1, expected, 256);

    int result = GetHostNameW(wide, 256);

    expect_socket_succeeded(result);
    expect_text(wide, expected);
}
END_TEST
COVERS(wide_name, "winsock.gethostnamew.value");

static const struct {
    struct row row;
    bool room;
    int less; /* characters less than are needed */
} wide_rooms[] = {
    {{"no_room_at_all", "winsock.gethostnamew.null"}, false, 0},
    {{"no_room_for_the_end", "winsock.gethostnamew.small"}, true, 1},
    {{"room_for_one", "winsock.gethostnamew.small"}, true, 1000},
};

START_TEST(wide_name_with)
{
    WCHAR name[256], again[256];
    optional_api(GetHostNameW);
    winsock_start();
    require(GetHostNameW(name, 256) == 0);
    int needed = (int)wcslen(name) + 1, less = wide_rooms[_i].less;

    int result =
        GetHostNameW(wide_rooms[_i].room ? again : NULL, less < needed ? needed - less : 1);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(GetHostNameW(again, needed));
    expect_text(again, name);
}
END_TEST
COVERS_ROWS(wide_name_with, wide_rooms);

START_TEST(wide_name_without_memory)
{
    WCHAR name[256], *nowhere = memory_nowhere();
    optional_api(GetHostNameW);
    winsock_start();

    int result = GetHostNameW(nowhere, 256);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(GetHostNameW(name, 256));
}
END_TEST
COVERS(wide_name_without_memory, "winsock.gethostnamew.unwritable");

START_TEST(wide_name_needs_startup)
{
    WCHAR name[256];
    optional_api(GetHostNameW);

    int result = GetHostNameW(name, 256);

    expect_socket_failed(result, WSANOTINITIALISED);
    winsock_start();
    expect_socket_succeeded(GetHostNameW(name, 256));
}
END_TEST
COVERS(wide_name_needs_startup, "winsock.gethostnamew.notinit");

START_TEST(wide_name_is_a_host)
{
    WCHAR name[256];
    ADDRINFOW *found = NULL;
    optional_api(GetHostNameW);
    winsock_start();
    require(GetHostNameW(name, 256) == 0);

    int result = GetAddrInfoW(name, NULL, NULL, &found);

    expect_error(result, 0);
    expect_true(found != NULL);
}
END_TEST
COVERS(wide_name_is_a_host, "winsock.gethostnamew.parsed");

/* ---- gethostbyname */

static const struct {
    struct row row;
    const char *name;
} ourselves[] = {
    {{"empty", NULL}, ""},
    {{"null", NULL}, NULL},
};

START_TEST(no_name_is_ours)
{
    char name[NI_MAXHOST];
    winsock_start();
    require(gethostname(name, sizeof(name)) == 0);

    struct hostent *host = gethostbyname(ourselves[_i].name);

    expect_not_null(host);
    expect_text_a(host->h_name, name);
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
}
END_TEST
COVERS_ROWS(no_name_is_ours, ourselves, "winsock.gethostbyname.own");

/* ---- gethostbyaddr */

static const BYTE loopback_v4[4] = {127, 0, 0, 1};

static struct hostent *host_of_loopback(void)
{
    struct hostent *host = gethostbyaddr((const char *)loopback_v4, 4, AF_INET);
    if (!host)
        unresolved("this machine does not know who 127.0.0.1 is");
    return host;
}

START_TEST(host_of_an_address)
{
    winsock_start();

    struct hostent *host = host_of_loopback();

    expect_true(host->h_name[0] != 0);
    expect_true(host->h_aliases != NULL);
    expect_number(host->h_addrtype, AF_INET);
    expect_number(host->h_length, 4);
    expect_bytes(host->h_addr_list[0], loopback_v4, 4);
}
END_TEST
COVERS(host_of_an_address, "winsock.gethostbyaddr.entry");

START_TEST(one_structure_for_both_questions)
{
    winsock_start();
    struct hostent *by_name = gethostbyname("127.0.0.2");
    require(by_name != NULL);

    struct hostent *by_address = host_of_loopback();

    expect_pointer(by_address, by_name);
    expect_bytes(by_name->h_addr_list[0], loopback_v4, 4);
}
END_TEST
COVERS(one_structure_for_both_questions, "winsock.gethostbyaddr.same_structure");

static DWORD ask_in_thread(void *unused)
{
    (void)unused;
    require(gethostbyname("127.0.0.2") != NULL);
    return 0;
}

START_TEST(other_thread_has_its_own)
{
    winsock_start();
    struct hostent *host = host_of_loopback();

    thread_join(thread_start(ask_in_thread, NULL));

    expect_bytes(host->h_addr_list[0], loopback_v4, 4);
}
END_TEST
COVERS(other_thread_has_its_own, "winsock.gethostbyaddr.per_thread");

static const BYTE some_address[16] = {127, 0, 0, 1};

static const struct {
    struct row row;
    const BYTE *address;
    int length, type;
    DWORD error;
} refusals[] = {
    {{"short_ipv6", "winsock.gethostbyaddr.v6_length"}, some_address, 4, AF_INET6, WSAEINVAL},
    {{"unknown_type", "winsock.gethostbyaddr.type"}, some_address, 4, 99, WSAEAFNOSUPPORT},
    {{"short_ipv4", "winsock.gethostbyaddr.fault"}, some_address, 3, AF_INET, WSAEFAULT},
    {{"no_address", "winsock.gethostbyaddr.fault"}, NULL, 4, AF_INET, WSAEFAULT},
};

START_TEST(no_host_of)
{
    winsock_start();

    struct hostent *host =
        gethostbyaddr((const char *)refusals[_i].address, refusals[_i].length, refusals[_i].type);

    expect_null(host, refusals[_i].error);
}
END_TEST
COVERS_ROWS(no_host_of, refusals);

START_TEST(host_of_an_address_needs_startup)
{
    struct hostent *host = gethostbyaddr((const char *)loopback_v4, 4, AF_INET);

    expect_null(host, WSANOTINITIALISED);
    winsock_start();
    host_of_loopback();
}
END_TEST
COVERS(host_of_an_address_needs_startup, "winsock.gethostbyaddr.notinit");
