/* GetAddrInfoExW with a time-out, asynchronously and cancelled; GetAddrInfoExA. Numbers and
 * localhost alone are looked up. */
#include "winsock.h"

/* What a request writes to while it is pending, even after a test has failed. */
static ADDRINFOEXW *found, *others;
static OVERLAPPED operation, other;
static const ADDRINFOEXW numeric = {.ai_flags = AI_NUMERICHOST};

START_TEST(answered_before_the_time_out)
{
    optional_api(GetAddrInfoExW);
    winsock_start();
    struct timeval limit = {.tv_sec = (long)(step_limit() / 1000)};
    struct sockaddr_in expected = loopback(80);

    int result = GetAddrInfoExW(L"127.0.0.1", L"80", NS_DNS, NULL, &numeric, &found, &limit, NULL,
                                NULL, NULL);

    expect_error(result, 0);
    expect_bytes(found->ai_addr, &expected, NAME_SIZE);
}
END_TEST
COVERS(answered_before_the_time_out, "winsock.lookup_async.time_out");

START_TEST(request_for_nothing)
{
    optional_api(GetAddrInfoExW);
    winsock_start();
    operation.hEvent = event_create();

    int result =
        GetAddrInfoExW(NULL, NULL, NS_DNS, NULL, NULL, &found, NULL, &operation, NULL, NULL);

    expect_error(result, WSAHOST_NOT_FOUND);
    expect_pointer(found, NULL);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS(request_for_nothing, "winsock.lookup_async.refused");

/* A request that is answered, now or later; in the end it has found an address of 127/8 and the
 * port.
 */
#define expect_answer(result, with, list, port)                                          \
    do {                                                                                 \
        if ((result) != 0) {                                                             \
            expect_error((result), WSA_IO_PENDING);                                      \
            expect_signaled((with).hEvent);                                              \
            expect_error(GetAddrInfoExOverlappedResult(&(with)), 0);                     \
        }                                                                                \
        expect_true((list) != NULL);                                                     \
        expect_number(ntohs(((struct sockaddr_in *)(list)->ai_addr)->sin_port), (port)); \
    } while (0)

START_TEST(two_requests)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();
    operation.hEvent = event_create();
    other.hEvent = event_create();

    int first = GetAddrInfoExW(L"127.0.0.1", L"80", NS_DNS, NULL, &numeric, &found, NULL,
                               &operation, NULL, NULL);
    int second = GetAddrInfoExW(L"127.0.0.1", L"81", NS_DNS, NULL, &numeric, &others, NULL, &other,
                                NULL, NULL);

    expect_answer(second, other, others, 81);
    expect_answer(first, operation, found, 80);
}
END_TEST
COVERS(two_requests, "winsock.lookup_async.several");

START_TEST(request_that_fails)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();
    operation.hEvent = event_create();

    int result = GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, &numeric, &found, NULL,
                                &operation, NULL, NULL);

    if (result == WSA_IO_PENDING) {
        expect_signaled(operation.hEvent);
        result = GetAddrInfoExOverlappedResult(&operation);
    }
    expect_error(result, WSAHOST_NOT_FOUND);
    expect_pointer(found, NULL);
}
END_TEST
COVERS(request_that_fails, "winsock.lookup_async.failure");

START_TEST(cancelled_or_done)
{
    optional_api(GetAddrInfoExW);
    optional_api(GetAddrInfoExCancel);
    optional_api(GetAddrInfoExOverlappedResult);
    winsock_start();
    HANDLE handle = NULL;
    operation.hEvent = event_create();
    require(GetAddrInfoExW(L"localhost", L"80", NS_DNS, NULL, NULL, &found, NULL, &operation, NULL,
                           &handle) == WSA_IO_PENDING);

    int cancelled = GetAddrInfoExCancel(&handle);

    record("GetAddrInfoExCancel", "%s", cancelled ? "too late" : "in time");
    expect_true(cancelled == 0 || cancelled == WSA_INVALID_HANDLE);
    expect_signaled(operation.hEvent);
    expect_error(GetAddrInfoExOverlappedResult(&operation), cancelled ? 0 : WSA_E_CANCELLED);
    expect_true((found == NULL) == (cancelled == 0));
}
END_TEST
COVERS(cancelled_or_done, "winsock.lookup_async.cancelled");

START_TEST(ansi_form)
{
    optional_api(GetAddrInfoExA);
    optional_api(FreeAddrInfoEx);
    winsock_start();
    ADDRINFOEXA hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM}, *list = NULL;
    struct sockaddr_in expected = loopback(80);

    int result =
        GetAddrInfoExA("127.0.0.1", "80", NS_DNS, NULL, &hints, &list, NULL, NULL, NULL, NULL);

    expect_error(result, 0);
    expect_number(list->ai_family, AF_INET);
    expect_number(list->ai_socktype, SOCK_STREAM);
    expect_number(list->ai_addrlen, sizeof(expected));
    expect_bytes(list->ai_addr, &expected, NAME_SIZE);
    expect_pointer(list->ai_next, NULL);
    FreeAddrInfoEx(list);
}
END_TEST
COVERS(ansi_form, "winsock.lookup_async.ansi");
