/* GetAddrInfoExW: its results, its refusals, and how it completes asynchronously. Numbers and
 * localhost alone are looked up. */
#include "winsock.h"

static const ADDRINFOEXW numeric = {.ai_flags = AI_NUMERICHOST};

static int look_up(const WCHAR *node, const WCHAR *service, const ADDRINFOEXW *hints,
                   ADDRINFOEXW **found)
{
    optional_api(GetAddrInfoExW);
    return GetAddrInfoExW(node, service, NS_DNS, NULL, hints, found, NULL, NULL, NULL, NULL);
}

START_TEST(address_and_port)
{
    optional_api(FreeAddrInfoExW);
    optional_api(GetAddrInfoExW);
    winsock_start();
    ADDRINFOEXW *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result =
        GetAddrInfoExW(L"127.0.0.1", L"80", NS_DNS, NULL, &numeric, &found, NULL, NULL, NULL, NULL);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET);
    expect_number(found->ai_addrlen, sizeof(expected));
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
    expect_pointer(found->ai_blob, NULL);
    expect_number(found->ai_bloblen, 0);
    expect_pointer(found->ai_next, NULL);
    FreeAddrInfoExW(found);
}
END_TEST
COVERS(address_and_port, "winsock.getaddrinfoex.numeric_v4", "winsock.getaddrinfoex.addrlen");

START_TEST(ipv6_address_and_port)
{
    static const BYTE loopback_v6[16] = {[15] = 1};
    winsock_start();
    ADDRINFOEXW *found = NULL;

    int result = look_up(L"::1", L"80", &numeric, &found);

    expect_error(result, 0);
    expect_number(found->ai_family, AF_INET6);
    expect_number(found->ai_addrlen, sizeof(struct sockaddr_in6));
    struct sockaddr_in6 *name = (struct sockaddr_in6 *)found->ai_addr;
    expect_bytes(&name->sin6_addr, loopback_v6, 16);
    expect_number(ntohs(name->sin6_port), 80);
}
END_TEST
COVERS(ipv6_address_and_port, "winsock.getaddrinfoex.numeric_v6");

START_TEST(all_name_spaces)
{
    optional_api(GetAddrInfoExW);
    winsock_start();
    ADDRINFOEXW *found = NULL;
    struct sockaddr_in expected = loopback(80);

    int result =
        GetAddrInfoExW(L"127.0.0.1", L"80", NS_ALL, NULL, &numeric, &found, NULL, NULL, NULL, NULL);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(all_name_spaces, "winsock.getaddrinfoex.all_name_spaces");

START_TEST(kind_asked_for)
{
    winsock_start();
    ADDRINFOEXW hints = {
        .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM, .ai_protocol = IPPROTO_UDP};
    ADDRINFOEXW *found = NULL;

    int result = look_up(L"127.0.0.1", L"80", &hints, &found);

    expect_error(result, 0);
    expect_number(found->ai_socktype, SOCK_DGRAM);
    expect_number(found->ai_protocol, IPPROTO_UDP);
}
END_TEST
COVERS(kind_asked_for, "winsock.getaddrinfoex.socktype_echo");

static const struct {
    struct row row;
    int flags;
    DWORD address;
} without_node[] = {
    {{"to_bind_to", "winsock.getaddrinfoex.passive_null"}, AI_PASSIVE, INADDR_ANY},
    {{"to_connect_to", "winsock.getaddrinfoex.nonpassive_null"}, 0, INADDR_LOOPBACK},
};

START_TEST(no_node)
{
    winsock_start();
    ADDRINFOEXW hints = {.ai_family = AF_INET, .ai_flags = without_node[_i].flags}, *found = NULL;

    int result = look_up(NULL, L"80", &hints, &found);

    expect_error(result, 0);
    struct sockaddr_in *name = (struct sockaddr_in *)found->ai_addr;
    expect_number(ntohl(name->sin_addr.s_addr), without_node[_i].address);
    expect_number(ntohs(name->sin_port), 80);
}
END_TEST
COVERS_ROWS(no_node, without_node);

static struct sockaddr_in some_name;
static WCHAR some_text[] = L"name";
static ADDRINFOEXW some_info;

static const struct {
    struct row row;
    const WCHAR *node, *service;
    ADDRINFOEXW hints;
    DWORD error;
} refusals[] = {
    {{"nothing", "winsock.getaddrinfoex.both_null"}, NULL, NULL, {0}, WSAHOST_NOT_FOUND},
    {{"name_for_a_number", "winsock.getaddrinfoex.numerichost"},
     L"localhost",
     NULL,
     {.ai_flags = AI_NUMERICHOST},
     WSAHOST_NOT_FOUND},
    {{"unknown_family", "winsock.getaddrinfoex.family_unsupported"},
     L"127.0.0.1",
     NULL,
     {.ai_family = 99},
     WSAEAFNOSUPPORT},
    {{"unknown_type", "winsock.getaddrinfoex.socktype_unsupported"},
     L"127.0.0.1",
     NULL,
     {.ai_socktype = 99},
     WSAESOCKTNOSUPPORT},
    {{"unknown_service", "winsock.getaddrinfoex.service_unknown"},
     L"127.0.0.1",
     L"no-such-service",
     {0},
     WSATYPE_NOT_FOUND},
    {{"a_length", "winsock.getaddrinfoex.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_addrlen = sizeof(some_name)},
     WSANO_RECOVERY},
    {{"a_name", "winsock.getaddrinfoex.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_canonname = some_text},
     WSANO_RECOVERY},
    {{"an_address", "winsock.getaddrinfoex.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_addr = (struct sockaddr *)&some_name},
     WSANO_RECOVERY},
    {{"a_next_one", "winsock.getaddrinfoex.hints_nonzero_pointer"},
     L"127.0.0.1",
     L"80",
     {.ai_next = (void *)&some_info},
     WSANO_RECOVERY},
};

START_TEST(nothing_found_for)
{
    winsock_start();
    ADDRINFOEXW *found = NULL, *good = NULL;

    int result = look_up(refusals[_i].node, refusals[_i].service, &refusals[_i].hints, &found);

    expect_error(result, refusals[_i].error);
    expect_pointer(found, NULL);
    expect_error(look_up(L"127.0.0.1", L"80", NULL, &good), 0);
}
END_TEST
COVERS_ROWS(nothing_found_for, refusals);

START_TEST(lookup_needs_startup)
{
    ADDRINFOEXW *found = NULL;

    int result = look_up(L"127.0.0.1", L"80", NULL, &found);

    expect_error(result, WSANOTINITIALISED);
    winsock_start();
    expect_error(look_up(L"127.0.0.1", L"80", NULL, &found), 0);
}
END_TEST
COVERS(lookup_needs_startup, "winsock.getaddrinfoex.notinit");

/* ---- Asynchronous */

/* Requires that localhost is known. */
static void know_localhost(void)
{
    ADDRINFOEXW *found = NULL;
    if (look_up(L"localhost", NULL, NULL, &found) != 0)
        unresolved("this machine does not know localhost");
}

static void expect_loopback(const ADDRINFOEXW *found)
{
    expect_true(found != NULL);
    if (found->ai_family == AF_INET)
        expect_number(ntohl(((struct sockaddr_in *)found->ai_addr)->sin_addr.s_addr) >> 24, 127);
}

START_TEST(event_is_set_when_it_is_done)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();
    know_localhost();
    ADDRINFOEXW *found = NULL;
    OVERLAPPED operation = {.hEvent = event_create()};

    int result = GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, NULL, &found, NULL, &operation,
                                NULL, NULL);

    expect_error(result, WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
    expect_error(GetAddrInfoExOverlappedResult(&operation), 0);
    expect_loopback(found);
}
END_TEST
COVERS(event_is_set_when_it_is_done, "winsock.getaddrinfoex.event");

static struct {
    HANDLE called;
    DWORD error;
    OVERLAPPED *operation;
    void *pointer;
} seen;

static void CALLBACK note(DWORD error, DWORD bytes, OVERLAPPED *operation)
{
    (void)bytes;
    seen.error = error;
    seen.operation = operation;
    seen.pointer = operation->Pointer;
    SetEvent(seen.called);
}

START_TEST(routine_is_called_when_it_is_done)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();
    know_localhost();
    ADDRINFOEXW *found = NULL;
    OVERLAPPED operation = {.hEvent = NULL};
    seen.called = event_create();
    seen.error = 99;

    int result = GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, NULL, &found, NULL, &operation,
                                note, NULL);

    expect_error(result, WSA_IO_PENDING);
    expect_signaled(seen.called);
    expect_error(seen.error, 0);
    expect_pointer(seen.operation, &operation);
    expect_pointer(seen.pointer, &found);
    expect_loopback(found);
    expect_error(GetAddrInfoExOverlappedResult(&operation), 0);
}
END_TEST
COVERS(routine_is_called_when_it_is_done, "winsock.getaddrinfoex.routine",
       "winsock.getaddrinfoex.routine_pointer");

START_TEST(event_beside_a_routine)
{
    optional_api(GetAddrInfoExW);
    winsock_start();
    know_localhost();
    ADDRINFOEXW *found = NULL;
    OVERLAPPED operation = {.hEvent = event_create()};
    seen.called = event_create();

    int result = GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, NULL, &found, NULL, &operation,
                                note, NULL);

    expect_error(result, WSAEINVAL);
    expect_not_signaled(seen.called);
}
END_TEST
COVERS(event_beside_a_routine, "winsock.getaddrinfoex.routine_and_event");

START_TEST(result_of_nothing)
{
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();

    int result = GetAddrInfoExOverlappedResult(NULL);

    expect_error(result, WSAEINVAL);
}
END_TEST
COVERS(result_of_nothing, "winsock.getaddrinfoex.result_null");

static const struct {
    struct row row;
    bool done; /* the handle of a request that is done */
} cancels[] = {
    {{"nothing", "winsock.getaddrinfoex.cancel_invalid"}, false},
    {{"what_is_done", "winsock.getaddrinfoex.cancel_done"}, true},
};

START_TEST(cancelled)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExCancel);
    winsock_start();
    know_localhost();
    ADDRINFOEXW *found = NULL;
    OVERLAPPED operation = {.hEvent = event_create()};
    HANDLE handle = NULL;
    if (cancels[_i].done) {
        require(GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, NULL, &found, NULL, &operation,
                               NULL, &handle) == WSA_IO_PENDING);
        require(WaitForSingleObject(operation.hEvent, step_limit()) == WAIT_OBJECT_0);
    }

    int result = GetAddrInfoExCancel(&handle);

    expect_error(result, WSA_INVALID_HANDLE);
}
END_TEST
COVERS_ROWS(cancelled, cancels);
