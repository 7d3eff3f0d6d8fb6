/* GetAddrInfoExW: names of this machine, flags that need a name, name spaces, and what its ANSI
 * form does not take. */
#include "winsock.h"

static int look_up(const WCHAR *node, const ADDRINFOEXW *hints, ADDRINFOEXW **found)
{
    optional_api(GetAddrInfoExW);
    return GetAddrInfoExW(node, L"80", NS_DNS, NULL, hints, found, NULL, NULL, NULL, NULL);
}

static const struct {
    struct row row;
    const WCHAR *node;
} own[] = {{{"empty", "winsock.getaddrinfoex.empty_name"}, L""},
           {{"localmachine", "winsock.getaddrinfoex.localmachine"}, L"..localmachine"}};

START_TEST(name_of_this_machine)
{
    winsock_start();
    ADDRINFOEXW *found = NULL;

    int result = look_up(own[_i].node, NULL, &found);

    expect_error(result, 0);
    expect_true(found != NULL);
    for (; found; found = (ADDRINFOEXW *)found->ai_next) {
        expect_true(found->ai_family == AF_INET || found->ai_family == AF_INET6);
        expect_number(ntohs(((struct sockaddr_in *)found->ai_addr)->sin_port), 80);
    }
}
END_TEST
COVERS_ROWS(name_of_this_machine, own);

START_TEST(canonical_name_of_a_number)
{
    winsock_start();
    ADDRINFOEXW hints = {.ai_flags = AI_CANONNAME | AI_NUMERICHOST}, *found = NULL;

    int result = look_up(L"127.0.0.1", &hints, &found);

    require(result == 0);
    record("ai_canonname of 127.0.0.1", "%s",
           !found->ai_canonname                         ? "NULL"
           : !wcscmp(found->ai_canonname, L"127.0.0.1") ? "127.0.0.1"
                                                        : "another text");
}
END_TEST
COVERS(canonical_name_of_a_number, "winsock.getaddrinfoex.canonname_of_number");

START_TEST(no_hints)
{
    winsock_start();
    ADDRINFOEXW zeros = {.ai_family = AF_UNSPEC}, *expected = NULL, *found = NULL;
    require(look_up(L"127.0.0.1", &zeros, &expected) == 0);

    int result = look_up(L"127.0.0.1", NULL, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET);
    expect_number(found->ai_socktype, expected->ai_socktype);
    expect_number(found->ai_protocol, expected->ai_protocol);
    expect_number(found->ai_addrlen, expected->ai_addrlen);
    expect_bytes(found->ai_addr, expected->ai_addr, NAME_SIZE);
    expect_pointer(found->ai_next, NULL);
}
END_TEST
COVERS(no_hints, "winsock.getaddrinfoex.null_hints");

static const struct {
    struct row row;
    const WCHAR *node;
    int flags, error;
} refused[] = {
    {{"canonical_name_of_no_node", "winsock.getaddrinfoex.canonname_of_nothing"},
     NULL,
     AI_CANONNAME,
     WSANO_RECOVERY},
    {{"qualified_name_of_no_node", "winsock.getaddrinfoex.fqdn_of_nothing"},
     NULL,
     AI_FQDN,
     WSANO_RECOVERY},
};

START_TEST(flags_ask_for)
{
    winsock_start();
    ADDRINFOEXW hints = {.ai_flags = refused[_i].flags}, none = {.ai_flags = 0}, *found = NULL;

    int result = look_up(refused[_i].node, &hints, &found);

    expect_error(result, refused[_i].error);
    expect_error(look_up(refused[_i].node, &none, &found), 0);
}
END_TEST
COVERS_ROWS(flags_ask_for, refused);

START_TEST(a_flag_that_is_none)
{
    winsock_start();
    ADDRINFOEXW hints = {.ai_flags = AI_NUMERICHOST | 0x1000}, *found = NULL;

    int result = look_up(L"127.0.0.1", &hints, &found);

    record("a flag that is none", "error %d", result);
    if (result != 0)
        expect_error(result, WSAEINVAL);
    expect_true((found != NULL) == (result == 0));
}
END_TEST
COVERS(a_flag_that_is_none, "winsock.getaddrinfoex.bad_flags");

START_TEST(name_space_that_is_not_installed)
{
    optional_api(GetAddrInfoExW);
    winsock_start();
    ADDRINFOEXW *found = NULL;

    int result =
        GetAddrInfoExW(L"localhost", L"80", 0x7777, NULL, NULL, &found, NULL, NULL, NULL, NULL);

    expect_error(result, WSASERVICE_NOT_FOUND);
}
END_TEST
COVERS(name_space_that_is_not_installed, "winsock.getaddrinfoex.namespace_unknown");

static struct timeval second = {.tv_sec = 1};
static OVERLAPPED operation;
static HANDLE handle;

static void CALLBACK never(DWORD error, DWORD bytes, OVERLAPPED *of)
{
    (void)error, (void)bytes, (void)of;
}

static const struct {
    struct row row;
    struct timeval *time;
    OVERLAPPED *operation;
    LPLOOKUPSERVICE_COMPLETION_ROUTINE routine;
    HANDLE *handle;
} reserved[] = {
    {{"time", NULL}, &second, NULL, NULL, NULL},
    {{"overlapped", NULL}, NULL, &operation, NULL, NULL},
    {{"routine", NULL}, NULL, NULL, never, NULL},
    {{"handle", NULL}, NULL, NULL, NULL, &handle},
};

START_TEST(ansi_form_reserves)
{
    optional_api(GetAddrInfoExA);
    winsock_start();
    ADDRINFOEXA *found = NULL;
    operation.hEvent = event_create();
    require(GetAddrInfoExA("127.0.0.1", "80", NS_DNS, NULL, NULL, &found, NULL, NULL, NULL, NULL) ==
            0);

    int result = GetAddrInfoExA("127.0.0.1", "80", NS_DNS, NULL, NULL, &found, reserved[_i].time,
                                reserved[_i].operation, reserved[_i].routine, reserved[_i].handle);

    expect_error(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(ansi_form_reserves, reserved, "winsock.getaddrinfoex.ansi_reserved");
