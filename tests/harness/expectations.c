/* Every kind of expectation: the line it prints when it fails, and that it holds when it should. */
#include "cts.h"

/* Evaluates to VALUE with ERROR as the last error, as a call under test would leave them. */
#define CALL(value, error) (SetLastError(error), (value))
#define SOCKET_CALL(value, error) (WSASetLastError(error), (value))

static HANDLE event(BOOL signaled)
{
    HANDLE event = CreateEventW(NULL, TRUE, signaled, NULL);
    require(event != NULL);
    return event;
}

static struct fault write_to(DWORD protection)
{
    void *page = VirtualAlloc(NULL, 1, MEM_COMMIT | MEM_RESERVE, protection);
    require(page != NULL);
    return try_write(page, 1);
}

/* No handle has an odd value in the middle of nowhere. */
#define NO_HANDLE ((HANDLE)(UINT_PTR)0x7654320)

static void fails_true(void)
{
    int answer = 41;
    expect_true(answer == 42);
}

static void fails_succeeded(void)
{
    BOOL done = CALL(FALSE, ERROR_PIPE_BUSY);
    expect_succeeded(done);
}

static void fails_succeeded_without_error(void)
{
    expect_succeeded(FALSE);
}

static void fails_succeeded_unnamed_error(void)
{
    expect_succeeded(CALL(0, 4711));
}

static void fails_failed_but_succeeded(void)
{
    expect_failed(TRUE, ERROR_NO_DATA, ERROR_BROKEN_PIPE);
}

static void fails_failed_otherwise(void)
{
    expect_failed(CALL(FALSE, ERROR_ACCESS_DENIED), ERROR_NO_DATA, ERROR_BROKEN_PIPE);
}

static void fails_failed_somehow(void)
{
    expect_failed_somehow(TRUE);
}

static void fails_handle_null(void)
{
    expect_handle(CALL((HANDLE)NULL, ERROR_FILE_NOT_FOUND));
}

static void fails_handle_invalid(void)
{
    expect_handle(CALL(INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND));
}

static void fails_null_is_not(void)
{
    expect_null((void *)(UINT_PTR)0x1234, ERROR_ACCESS_DENIED);
}

static void fails_null_otherwise(void)
{
    expect_null(CALL(NULL, ERROR_INVALID_HANDLE), ERROR_ACCESS_DENIED);
}

static void fails_invalid_handle_is_not(void)
{
    expect_invalid_handle((HANDLE)(UINT_PTR)0x1234, ERROR_ACCESS_DENIED);
}

static void fails_invalid_handle_otherwise(void)
{
    expect_invalid_handle(CALL(INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY), ERROR_ACCESS_DENIED);
}

static void fails_not_null(void)
{
    expect_not_null(CALL((void *)NULL, ERROR_COMMITMENT_LIMIT));
}

static void fails_last_error(void)
{
    SetLastError(ERROR_SUCCESS);
    expect_last_error(ERROR_ALREADY_EXISTS);
}

static void fails_error(void)
{
    DWORD result = 4711;
    expect_error(result, ERROR_SUCCESS);
}

static void fails_socket_succeeded(void)
{
    expect_socket_succeeded(SOCKET_CALL(SOCKET_ERROR, WSAECONNREFUSED));
}

static void fails_socket_failed_but_succeeded(void)
{
    expect_socket_failed(0, WSAEMSGSIZE);
}

static void fails_socket_failed_otherwise(void)
{
    expect_socket_failed(SOCKET_CALL(INVALID_SOCKET, WSAEWOULDBLOCK), WSAEMSGSIZE, WSAENOTCONN);
}

static void fails_number(void)
{
    int64_t below = -2;
    expect_number(below, 42);
}

static void fails_pointer(void)
{
    void *view = (void *)(UINT_PTR)0x10000;
    expect_pointer(view, (void *)(UINT_PTR)0x20000);
}

static void fails_flags(void)
{
    DWORD protection = PAGE_READONLY | 0x80000;
    expect_flags(protection, PAGE_READWRITE | PAGE_GUARD, PAGE_NAMES);
}

static void fails_flags_none(void)
{
    expect_flags(0, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}

static void fails_bytes(void)
{
    const char *came = "abcXe";
    expect_bytes(came, "abcde", 5);
}

static void fails_filled(void)
{
    expect_filled("\x7F\x7F\xFF", 0x7F, 3);
}

static void fails_pattern(void)
{
    uint8_t bytes[9000];
    pattern_fill(bytes, sizeof(bytes), 5);
    bytes[8999] ^= 1;
    expect_pattern(bytes, sizeof(bytes), 5);
}

static void fails_text(void)
{
    const WCHAR *name = L"pip\u00e9\n";
    expect_text(name, L"pipe");
}

static void fails_text_a(void)
{
    expect_text_a("a \"quoted\" word", "pipe");
}

static void fails_signaled_no_handle(void)
{
    expect_signaled(NO_HANDLE);
}

static void fails_not_signaled(void)
{
    HANDLE done = event(TRUE);
    expect_not_signaled(done);
}

static void fails_not_signaled_no_handle(void)
{
    expect_not_signaled(NO_HANDLE);
}

static void fails_stays_unsignaled(void)
{
    HANDLE done = event(TRUE);
    expect_stays_unsignaled(done);
}

static void fails_fault_went_through(void)
{
    struct fault fault = write_to(PAGE_READWRITE);
    expect_fault(fault, EXCEPTION_ACCESS_VIOLATION);
}

static void fails_fault_raised(void)
{
    struct fault fault = try_read(NULL);
    expect_fault(fault, 0);
}

static void fails_fault_other(void)
{
    struct fault fault = write_to(PAGE_READONLY);
    expect_fault(fault, EXCEPTION_GUARD_PAGE);
}

#define FAILS(name)                 \
    {                               \
        {#name, NULL}, fails_##name \
    }
static const struct failing_row {
    struct row row;
    void (*expectation)(void);
} failing_rows[] = {
    FAILS(true),
    FAILS(succeeded),
    FAILS(succeeded_without_error),
    FAILS(succeeded_unnamed_error),
    FAILS(failed_but_succeeded),
    FAILS(failed_otherwise),
    FAILS(failed_somehow),
    FAILS(handle_null),
    FAILS(handle_invalid),
    FAILS(null_is_not),
    FAILS(null_otherwise),
    FAILS(invalid_handle_is_not),
    FAILS(invalid_handle_otherwise),
    FAILS(not_null),
    FAILS(last_error),
    FAILS(error),
    FAILS(socket_succeeded),
    FAILS(socket_failed_but_succeeded),
    FAILS(socket_failed_otherwise),
    FAILS(number),
    FAILS(pointer),
    FAILS(flags),
    FAILS(flags_none),
    FAILS(bytes),
    FAILS(filled),
    FAILS(pattern),
    FAILS(text),
    FAILS(text_a),
    FAILS(signaled_no_handle),
    FAILS(not_signaled),
    FAILS(not_signaled_no_handle),
    FAILS(stays_unsignaled),
    FAILS(fault_went_through),
    FAILS(fault_raised),
    FAILS(fault_other),
};

START_TEST(fails)
{
    failing_rows[_i].expectation();
}
END_TEST
COVERS_ROWS(fails, failing_rows);

/* Each expectation twice: the second would find what the first one left behind. */
#define TWICE(expectation)                               \
    do {                                                 \
        SetLastError(ERROR_OUTOFMEMORY);                 \
        expectation;                                     \
        expect_number(GetLastError(), LAST_ERROR_UNSET); \
    } while (0)

START_TEST(all_hold_and_clear_the_last_error)
{
    HANDLE no = event(FALSE), yes = event(TRUE);
    uint8_t bytes[9000];
    pattern_fill(bytes, sizeof(bytes), 5);

    TWICE(expect_true(1));
    TWICE(expect_succeeded(2));
    TWICE(expect_failed(CALL(FALSE, ERROR_NO_DATA), ERROR_BROKEN_PIPE, ERROR_NO_DATA));
    TWICE(expect_failed_somehow(FALSE));
    TWICE(expect_handle(no));
    TWICE(expect_null(CALL(NULL, ERROR_NO_DATA), ERROR_NO_DATA));
    TWICE(expect_invalid_handle(CALL(INVALID_HANDLE_VALUE, ERROR_NO_DATA), ERROR_NO_DATA));
    TWICE(expect_not_null(bytes));
    TWICE(expect_last_error(ERROR_OUTOFMEMORY));
    TWICE(expect_error(ERROR_NO_DATA, ERROR_NO_DATA));
    TWICE(expect_socket_succeeded(0));
    TWICE(expect_socket_failed(SOCKET_CALL(SOCKET_ERROR, WSAEINTR), WSAEINTR));
    TWICE(expect_number(-1, UINT64_MAX));
    TWICE(expect_pointer(bytes, &bytes[0]));
    TWICE(expect_flags(PAGE_GUARD, PAGE_GUARD, PAGE_NAMES));
    TWICE(expect_bytes("abc", "abd", 2));
    TWICE(expect_filled("xxy", 'x', 2));
    TWICE(expect_pattern(bytes, sizeof(bytes), 5));
    TWICE(expect_text(L"pipe", L"pipe"));
    TWICE(expect_text_a("pipe", "pipe"));
    TWICE(expect_signaled(yes));
    TWICE(expect_not_signaled(no));
    TWICE(expect_stays_unsignaled(no));
    TWICE(expect_fault(try_read(NULL), EXCEPTION_ACCESS_VIOLATION));
    TWICE(expect_fault(try_read(bytes), 0));
    TWICE(require(TRUE));
    TWICE(unique_name(L""));
    TWICE(scratch_path(L"x"));
}
END_TEST
COVERS(all_hold_and_clear_the_last_error);

START_TEST(fault_tells_where_and_how)
{
    char *page = VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READONLY);
    require(page != NULL);

    struct fault fault = try_write(page + 100, 1);

    expect_fault(fault, EXCEPTION_ACCESS_VIOLATION);
    expect_true(fault.write);
    expect_pointer(fault.address, page + 100);
    expect_fault(try_read(page + 100), 0);
    expect_fault(try_execute(page), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_execute(NULL), EXCEPTION_ACCESS_VIOLATION);
}
END_TEST
COVERS(fault_tells_where_and_how);
