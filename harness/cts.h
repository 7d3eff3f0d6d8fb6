/*
 * cts.h - everything a test file needs: libcheck's START_TEST, the registration of cases and peers,
 * set-up helpers, and expectations that print names.
 *
 * A test is a libcheck test function. One line below it, COVERS, ties it to the catalogued
 * assertions it checks and registers it; no other file is touched. The case's id is its place:
 * tests/npipe/connect.c, test already_connected, is npipe.connect.already_connected.
 *
 * The rule of the house: set-up through helpers that `require` (a failure there is UNRESOLVED),
 * then one bare Win32 call under test, then expectations on its result, its last error and its
 * effect.
 *
 * Last error: every successful require and expect_* leaves LAST_ERROR_UNSET behind, so an error
 * code that an expectation finds was set by the call under test and by nothing before it.
 */
#ifndef CTS_H
#define CTS_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "newer.h" /* functions under test that the headers above do not declare */
#include "names.h" /* names of errors and flags */

/* What GetLastError returns when the call under test set nothing. Printed as "(not set)". */
#define LAST_ERROR_UNSET 0xDEADBEEFu

/* ---- Registration ------------------------------------------------------------------------- */

/* The head of every row of a table of cases: each row is a case of its own. */
struct row {
    const char *label;  /* lower_case words; the case's id is the test's id, a dot, the label */
    const char *covers; /* one assertion id that this row checks, or NULL: only those of the test */
};

/* Registers TEST (a START_TEST name) as a case that checks the assertions named (string literals).
 */
#define COVERS(test, ...) CTS_REGISTER(test, NULL, 0, 0, ##__VA_ARGS__)

/*
 * Registers TEST once per element of the array TABLE, whose element type starts with a member
 * `struct row row`. The test finds its row at TABLE[_i]. Assertions named here hold for every row;
 * none need be named when each row names its own.
 */
#define COVERS_ROWS(test, table, ...)                                                           \
    CTS_REGISTER(test, &(table)[0].row, sizeof((table)[0]), sizeof(table) / sizeof((table)[0]), \
                 ##__VA_ARGS__)

/* Gives TEST more than the usual 10 seconds (times --timeout-scale) before the watchdog kills it.
 */
#define TAKES(test, seconds)                                    \
    static void __attribute__((constructor)) test##_takes(void) \
    {                                                           \
        cts_register_limit(test, (seconds));                    \
    }                                                           \
    struct cts_swallow_semicolon

/* ---- Peers: further processes of the same program ------------------------------------------- */

/*
 * Defines what another process does on a test's behalf: PEER(name) { ... }. Its body is written
 * like a test, with the same require and expect_*; its verdict becomes part of the case's.
 */
#define PEER(name)                                                      \
    START_TEST(name);                                                   \
    static struct cts_peer name##_peer = {.test = &name##_ttest};       \
    static void __attribute__((constructor)) name##_peer_register(void) \
    {                                                                   \
        name##_peer.test = name;                                        \
        cts_register_peer(&name##_peer);                                \
    }                                                                   \
    static void name##_fn(int _i CK_ATTRIBUTE_UNUSED)

/* What a peer is given: peer_start(name, given_handle(h), given_text(L"..."), given_number(3)). */
struct given {
    enum { GIVEN_NOTHING, GIVEN_HANDLE, GIVEN_TEXT, GIVEN_NUMBER, GIVEN_END } kind;
    HANDLE handle;
    const WCHAR *text;
    uint64_t number;
};
#define given_handle(h) ((struct given){.kind = GIVEN_HANDLE, .handle = (HANDLE)(h)})
#define given_text(t) ((struct given){.kind = GIVEN_TEXT, .text = (t)})
#define given_number(n) ((struct given){.kind = GIVEN_NUMBER, .number = (uint64_t)(n)})

/* A peer as its starter sees it. Owned by the harness until the case's process ends. */
struct peer {
    PROCESS_INFORMATION info; /* process and main thread; closed by the harness, not by the test */
    WCHAR *command_line;      /* for the CreateProcessW of a peer made by peer_prepare */
    struct peer_private *private;
};

/*
 * Starts PEER(name) in a new process and returns at once. Handles given are duplicated into it with
 * the same access, whether they are inheritable or not, and nothing is inherited: use it wherever
 * inheritance is not the subject. A start that fails is UNRESOLVED.
 */
#define peer_start(name, ...) cts_peer_start(&name##_peer, CTS_GIVEN(__VA_ARGS__))

/*
 * Prepares PEER(name) for a CreateProcessW that the test makes itself, because inheritance is its
 * subject: CreateProcessW(NULL, peer->command_line, ..., &peer->info). Handles given are told to
 * the peer by value. When the peer starts it fails the case (cause: leak) if it holds an
 * inheritable handle that is neither given nor one of its standard handles.
 */
#define peer_prepare(name, ...) cts_peer_prepare(&name##_peer, CTS_GIVEN(__VA_ARGS__))

/* The same, given an array of struct given that ends with GIVEN_END. */
#define peer_prepare_with(name, list) cts_peer_prepare(&name##_peer, (list))

/*
 * Waits, bounded by the step limit, until the peer has ended, and makes its verdict part of this
 * one: a peer that failed, crashed or ended without a verdict ends the calling test the same way.
 * Peers that a test does not join are joined when its function returns.
 */
void peer_join(struct peer *peer);

/* Kills the peer (exit code 1) and waits until it is gone. Its verdict is not asked for. */
void peer_kill(struct peer *peer);

/* In a peer: the N-th (from 0) handle, text or number it was given. Missing: UNRESOLVED. */
HANDLE peer_handle(unsigned n);
const WCHAR *peer_text(unsigned n);
uint64_t peer_number(unsigned n);

/*
 * In a peer: writes its verdict, PASS, now. For a peer whose end is the stimulus (ExitProcess,
 * TerminateProcess, a crash): whatever ends the process afterwards, the verdict stands.
 */
void peer_passed(void);

/*
 * Synchronises the processes of one case by files. checkpoint_reach announces NAME (a word) to all
 * of them; checkpoint_wait returns when some process has announced it, and is bounded by the step
 * limit: then, or when a peer has died without reaching it, the test is UNRESOLVED.
 */
void checkpoint_reach(const char *name);
void checkpoint_wait(const char *name);

/* ---- Threads ------------------------------------------------------------------------------ */

/* A thread that runs FUNCTION(argument). Expectations in it count: a failed one ends that thread,
 * and fails the test when the thread is joined or the test returns. Owned by the harness. */
struct thread {
    HANDLE handle;
    DWORD id;
    struct thread_private *private;
};
struct thread *thread_start(DWORD (*function)(void *), void *argument);

/* Waits, bounded by the step limit (then FAIL, timeout), for the thread's end. Returns its result.
 */
DWORD thread_join(struct thread *thread);

/* ---- Set-up -------------------------------------------------------------------------------- */

/* Set-up that must hold before the call under test makes sense; when it does not: UNRESOLVED. */
#define require(condition)                        \
    ((condition) ? SetLastError(LAST_ERROR_UNSET) \
                 : cts_unresolved(HERE, GetLastError(), #condition))

/* Ends the test UNSUPPORTED: the implementation says that it lacks this optional feature. */
#define unsupported(...) cts_unsupported(HERE, __VA_ARGS__)

/* Ends the test UNRESOLVED for a reason in words (printf). */
#define unresolved(...) cts_unresolved_because(HERE, __VA_ARGS__)

/*
 * Declares a local variable named and typed like the function, looked up at run time, for functions
 * newer than Windows 7: optional_api(MapViewOfFile3); then call MapViewOfFile3(...). Where the
 * implementation does not export it, the test ends UNSUPPORTED.
 */
#define optional_api(function)        \
    __typeof__(&(function)) function; \
    function = (__typeof__(function))cts_lookup(HERE, CTS_API_NUMBER(function))

/* True when the implementation exports the function: for the one assertion that says it exists. */
#define api_exists(function) (cts_find_api(CTS_API_NUMBER(function)) != NULL)

/*
 * The function itself, past the interposer: what the harness and mutants call. NULL where an
 * optional one does not exist. Its variable is declared here, by its type in the headers, and not
 * in a list of all, so that a new line of api.txt makes no test compile again.
 */
#define real(function)                                  \
    (*__extension__({                                   \
        extern __typeof__(&(function)) real_##function; \
        &real_##function;                               \
    }))

/*
 * A name no other case, process or run uses: prefix, then letters, digits and '-'. Every call gives
 * a new one. Lives until the process ends. The ANSI twin gives the same kind of name.
 */
const WCHAR *unique_name(const WCHAR *prefix); /* unique_name(L"Local\\"), unique_name(L"") */
const char *unique_name_a(const char *prefix);

/* The full path of FILE in the case's own scratch folder, which is shared by its processes and
 * removed when the case has ended. The file need not exist. Lives until the process ends. */
const WCHAR *scratch_path(const WCHAR *file);

/* The file of a program that does nothing and ends with 0: its bytes, SIZE of them, which live as
 * long as the process. For a test that needs an image to map or to start. */
const void *program_bytes(DWORD *size);

/* The bound of every wait, in milliseconds: 5 s times --timeout-scale. Never wait longer or
 * forever. */
DWORD step_limit(void);

/* Closes *handle through CloseHandle, requires that this works, and sets *handle to NULL. */
#define close_handle(handle)               \
    do {                                   \
        HANDLE *cts_handle = (handle);     \
        require(CloseHandle(*cts_handle)); \
        *cts_handle = NULL;                \
    } while (0)

/* SIZE bytes, all of them 0, which live as long as the process. For what is too large for static
 * data: a worker puts all of that back after each case. */
char *zero_bytes(size_t size);

/* Bytes to send through something and recognise at the other side: byte number OFFSET + i of one
 * endless sequence whose period (2^32 bytes) is longer than any transfer here. */
void pattern_fill(void *buffer, size_t size, uint64_t offset);

/* FNV-1a, 64 bits; start with CHECKSUM_START and go on with the value returned. */
#define CHECKSUM_START 0xcbf29ce484222325u
uint64_t checksum(uint64_t so_far, const void *bytes, size_t size);

/* ---- Expectations ----------------------------------------------------------------------------
 * The first failure ends the test with FAIL and one line that names what was expected, what came
 * and where. Those that take a last error must be the first statement after the call under test.
 */

/* CONDITION holds. Prefer one of the others: they print values. */
#define expect_true(condition) cts_expect_true(HERE, #condition, (condition) ? true : false)

/* RESULT (a BOOL or any number) is not zero; reports the last error otherwise. */
#define expect_succeeded(result) \
    CTS_AFTER((result) ? true : false, cts_expect_succeeded(HERE, #result, result_, error_))

/* RESULT is FALSE (0) and the last error is ERROR (or one of several). */
#define expect_failed(result, ...)     \
    CTS_AFTER((result) ? true : false, \
              cts_expect_failed(HERE, #result, result_, error_, CTS_ERRORS(__VA_ARGS__)))

/* RESULT is FALSE (0); the page names no error: the code seen is recorded. */
#define expect_failed_somehow(result) \
    CTS_AFTER((result) ? true : false, cts_expect_failed(HERE, #result, result_, error_, NULL))

/* HANDLE is a handle: neither NULL nor INVALID_HANDLE_VALUE; reports the last error otherwise. */
#define expect_handle(handle) \
    CTS_AFTER((const void *)(handle), cts_expect_handle(HERE, #handle, result_, error_))

/* POINTER (a view; a handle of a function that fails with NULL) is NULL, the last error is ERROR.
 */
#define expect_null(pointer, ...)      \
    CTS_AFTER((const void *)(pointer), \
              cts_expect_pointer(HERE, #pointer, result_, NULL, error_, CTS_ERRORS(__VA_ARGS__)))

/* HANDLE is INVALID_HANDLE_VALUE and the last error is ERROR (or one of several). */
#define expect_invalid_handle(handle, ...)                                             \
    CTS_AFTER((const void *)(handle),                                                  \
              cts_expect_pointer(HERE, #handle, result_, INVALID_HANDLE_VALUE, error_, \
                                 CTS_ERRORS(__VA_ARGS__)))

/* POINTER is not NULL; reports the last error otherwise. */
#define expect_not_null(pointer) \
    CTS_AFTER((pointer) != NULL, cts_expect_succeeded(HERE, #pointer, result_, error_))

/* The last error, after a call whose success says something by it (ERROR_ALREADY_EXISTS). */
#define expect_last_error(error) cts_expect_error(HERE, "GetLastError()", GetLastError(), (error))

/* A Win32 error code held in a variable: the value of a function that returns it. */
#define expect_error(actual, error) cts_expect_error(HERE, #actual, (DWORD)(actual), (error))

/* A Winsock call did not return SOCKET_ERROR / INVALID_SOCKET; reports WSAGetLastError otherwise.
 */
#define expect_socket_succeeded(result) \
    CTS_AFTER((INT_PTR)(result) != -1, cts_expect_succeeded(HERE, #result, result_, error_))

/* RESULT is SOCKET_ERROR (INVALID_SOCKET) and WSAGetLastError is ERROR (or one of several). */
#define expect_socket_failed(result, ...) \
    CTS_AFTER((INT_PTR)(result) != -1,    \
              cts_expect_failed(HERE, #result, result_, error_, CTS_ERRORS(__VA_ARGS__)))

/* Two whole numbers are equal; printed in decimal and hexadecimal. */
#define expect_number(actual, expected) \
    cts_expect_number(HERE, #actual, (uint64_t)(actual), (uint64_t)(expected))

/* Two pointers or handles are equal. */
#define expect_pointer(actual, expected) \
    cts_expect_number(HERE, #actual, (UINT_PTR)(actual), (UINT_PTR)(expected))

/* Two flag words are equal; SET (names.h: PAGE_NAMES, ...) gives their names. */
#define expect_flags(actual, expected, set) \
    cts_expect_flags(HERE, #actual, (DWORD)(actual), (DWORD)(expected), (set))

/* SIZE bytes are equal; prints the first difference. */
#define expect_bytes(actual, expected, size) \
    cts_expect_bytes(HERE, #actual, (actual), (expected), (size))

/* SIZE bytes all have the value BYTE; prints the first that has not. */
#define expect_filled(actual, byte, size) cts_expect_filled(HERE, #actual, (actual), (byte), (size))

/* SIZE bytes are those of pattern_fill at OFFSET. */
#define expect_pattern(actual, size, offset) \
    cts_expect_pattern(HERE, #actual, (actual), (size), (offset))

/* Two wide or two ANSI strings are equal. */
#define expect_text(actual, expected) cts_expect_text(HERE, #actual, (actual), (expected))
#define expect_text_a(actual, expected) cts_expect_text_a(HERE, #actual, (actual), (expected))

/* The object becomes signaled within the step limit (not: FAIL, timeout). A mutex is acquired. */
#define expect_signaled(handle) cts_expect_signaled(HERE, #handle, (handle))

/* The object is not signaled at this moment. */
#define expect_not_signaled(handle) cts_expect_not_signaled(HERE, #handle, (handle), false)

/*
 * The object is still not signaled after the shared settle time (100 ms times --timeout-scale):
 * "does not complete", "stays blocked". The time counts as a declared wait, which the run adds up.
 */
#define expect_stays_unsignaled(handle) cts_expect_not_signaled(HERE, #handle, (handle), true)

/*
 * Whether the object becomes signaled within the settle time, which counts as a declared wait. For
 * what is only recorded; leaves the last error alone.
 */
bool settles(HANDLE handle);

/* The process ends within the step limit, with this exit code. */
#define expect_exit_code(process, code) cts_expect_exit_code(HERE, #process, (process), (code))

/* What touching one byte of memory did: the exception's code, 0 for none, and where it happened. */
struct fault {
    DWORD code;
    const void *address; /* the address accessed, of an access violation or in-page error */
    bool write;          /* whether that access was a write */
};
struct fault try_read(const volatile void *address);
struct fault try_write(volatile void *address, uint8_t byte);
struct fault try_execute(const volatile void *address); /* calls it as void (*)(void) */

/* The access faulted with CODE (EXCEPTION_ACCESS_VIOLATION, ...), or went through (0). */
#define expect_fault(fault, code) cts_expect_fault(HERE, #fault, (fault), (code))

/*
 * Notes what an `open` or `conflict` assertion saw (printf), under a key: it stands in the results
 * as `recorded`, and never fails.
 */
#define record(key, ...) cts_record((key), __VA_ARGS__)

/* ---- What the macros above stand on; not called by name in tests ------------------------------
 */

struct cts_case {
    const TTest *test;
    const char *const *assertions; /* NULL-terminated */
    const struct row *rows;        /* first row, or NULL */
    size_t row_size, row_count;
    struct cts_case *next;
};
struct cts_peer {
    const TTest *test;
    struct cts_peer *next;
};
void cts_register_case(struct cts_case *);
void cts_register_peer(struct cts_peer *);
void cts_register_limit(const TTest *, unsigned seconds);

#define CTS_REGISTER(test_, rows_, size_, count_, ...)                              \
    static void __attribute__((constructor)) test_##_register(void)                 \
    {                                                                               \
        static const char *const assertions_[] = {"" __VA_ARGS__, NULL};            \
        static struct cts_case case_ = {                                            \
            .assertions = assertions_, .row_size = (size_), .row_count = (count_)}; \
        case_.test = test_;                                                         \
        case_.rows = (rows_);                                                       \
        cts_register_case(&case_);                                                  \
    }                                                                               \
    struct cts_swallow_semicolon

#define CTS_GIVEN(...) \
    ((struct given[]){{.kind = GIVEN_NOTHING}, ##__VA_ARGS__, {.kind = GIVEN_END}})
#define CTS_ERRORS(...) ((const DWORD[]){__VA_ARGS__, LAST_ERROR_UNSET})

/* Evaluates RESULT first and the last error next, before anything can disturb it. */
#define CTS_AFTER(result, check)               \
    do {                                       \
        __typeof__(result) result_ = (result); \
        DWORD error_ = GetLastError();         \
        check;                                 \
    } while (0)

struct here {
    const char *file;
    int line;
};
#define HERE ((struct here){__FILE__, __LINE__})
#define CTS_NORETURN __attribute__((noreturn))
#define CTS_PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))

struct peer *cts_peer_start(struct cts_peer *, const struct given *);
struct peer *cts_peer_prepare(struct cts_peer *, const struct given *);

void cts_unresolved(struct here, DWORD error, const char *condition) CTS_NORETURN;
void cts_unresolved_because(struct here, const char *format, ...) CTS_NORETURN CTS_PRINTF(2, 3);
void cts_unsupported(struct here, const char *format, ...) CTS_NORETURN CTS_PRINTF(2, 3);
void cts_record(const char *key, const char *format, ...) CTS_PRINTF(2, 3);

/* The number of a function of api.txt. */
#define CTS_API_NUMBER(function)              \
    (__extension__({                          \
        extern const unsigned api_##function; \
        api_##function;                       \
    }))

FARPROC cts_find_api(unsigned api);
FARPROC cts_lookup(struct here, unsigned api);

void cts_expect_true(struct here, const char *what, bool);
void cts_expect_succeeded(struct here, const char *what, bool, DWORD error);
void cts_expect_failed(struct here, const char *what, bool, DWORD error, const DWORD *errors);
void cts_expect_handle(struct here, const char *what, const void *, DWORD error);
void cts_expect_pointer(struct here, const char *what, const void *actual, const void *expected,
                        DWORD error, const DWORD *errors);
void cts_expect_error(struct here, const char *what, DWORD actual, DWORD expected);
void cts_expect_number(struct here, const char *what, uint64_t actual, uint64_t expected);
void cts_expect_flags(struct here, const char *what, DWORD actual, DWORD expected,
                      const struct flag_name *set);
void cts_expect_bytes(struct here, const char *what, const void *actual, const void *expected,
                      size_t size);
void cts_expect_filled(struct here, const char *what, const void *actual, uint8_t byte,
                       size_t size);
void cts_expect_pattern(struct here, const char *what, const void *actual, size_t size,
                        uint64_t offset);
void cts_expect_text(struct here, const char *what, const WCHAR *actual, const WCHAR *expected);
void cts_expect_text_a(struct here, const char *what, const char *actual, const char *expected);
void cts_expect_signaled(struct here, const char *what, HANDLE);
void cts_expect_not_signaled(struct here, const char *what, HANDLE, bool settle);
void cts_expect_exit_code(struct here, const char *what, HANDLE process, DWORD code);
void cts_expect_fault(struct here, const char *what, struct fault, DWORD code);

#endif
