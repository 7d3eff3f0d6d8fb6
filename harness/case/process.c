/* A process of a case: runs one test function by libcheck and leaves a verdict record. */
#include "case/process.h"
#include "case/interpose.h"
#include "case/path.h"
#include "case/registry.h"

#include <fcntl.h>
#include <io.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct process process;

static const TTest *current;
static bool has_verdict, in_libcheck;
static enum verdict verdict_of_test;
static CRITICAL_SECTION verdict_lock;

const WCHAR *process_file(const char *number, const WCHAR *suffix)
{
    return wide_print(L"%ls\\@%hs.%ls", process.dir, number, suffix);
}

void nap(void)
{
    real(WaitForSingleObject)(GetCurrentProcess(), 1);
}

bool start_process(WCHAR *command_line, BOOL inherit, DWORD flags, STARTUPINFOW *startup,
                   PROCESS_INFORMATION *info)
{
    for (int tries = 0; tries < 3; tries++)
        if (real(CreateProcessW)(NULL, command_line, NULL, NULL, inherit, CREATE_SUSPENDED | flags,
                                 NULL, NULL, startup, info))
            return true;
    return false;
}

/* ---- Verdict */

static const char *base_name(const char *path)
{
    const char *tests = strstr(path, "tests/");
    return tests ? tests : path;
}

/* The first verdict stands; false when there was one already. */
static bool write_verdict(const char *file, int line, enum verdict verdict, enum cause cause,
                          const char *message)
{
    EnterCriticalSection(&verdict_lock);
    bool first = !has_verdict;
    has_verdict = true;
    if (first) {
        verdict_of_test = verdict;
        if (message)
            record_line("message", "%s", message);
        if (file)
            record_line("place", "%s:%d", base_name(file), line);
        record_line("verdict", "%s %s", verdict_name(verdict),
                    cause_name(cause) ? cause_name(cause) : "-");
    }
    LeaveCriticalSection(&verdict_lock);
    return first;
}

static void leave(void) CTS_NORETURN;
static void leave(void)
{
    if (GetCurrentThreadId() != process.main_thread)
        ExitThread((DWORD)-1);
    if (in_libcheck)
        _ck_assert_failed(current->file, current->line, "", "%s", "see the verdict record");
    peers_kill();
    record_line("finished", "%s", process.nonce);
    ExitProcess(0);
}

enum verdict test_verdict(void)
{
    return has_verdict ? verdict_of_test : VERDICT_NONE;
}

void test_end(struct here here, enum verdict verdict, enum cause cause, const char *format, ...)
{
    char message[2800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    write_verdict(here.file, here.line, verdict, cause, message);
    leave();
}

void test_end_if_failed(void)
{
    if (has_verdict)
        leave();
}

void peer_passed(void)
{
    if (write_verdict(NULL, 0, PASS, CAUSE_NONE, NULL))
        record_line("finished", "%s", process.nonce);
}

/* ---- Crash */

static LONG WINAPI on_crash(EXCEPTION_POINTERS *pointers)
{
    const EXCEPTION_RECORD *e = pointers->ExceptionRecord;
    char name[80];
    size_t at = (size_t)e->ExceptionAddress - (size_t)GetModuleHandleW(NULL);
    if (e->ExceptionCode == EXCEPTION_STACK_OVERFLOW) {
        record_crash("crash EXCEPTION_STACK_OVERFLOW (0xC00000FD)\n");
        real(TerminateProcess)(GetCurrentProcess(), e->ExceptionCode);
    }
    exception_text(e->ExceptionCode, name, sizeof(name));
    if (e->ExceptionCode == EXCEPTION_ACCESS_VIOLATION && e->NumberParameters >= 2)
        record_line("crash", "%s %s address 0x%llx, at image offset 0x%llx", name,
                    e->ExceptionInformation[0] ? "writing" : "reading",
                    (unsigned long long)e->ExceptionInformation[1], (unsigned long long)at);
    else
        record_line("crash", "%s at image offset 0x%llx", name, (unsigned long long)at);
    real(TerminateProcess)(GetCurrentProcess(), e->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

/* Before the C runtime ends the process in a way of its own, which no filter sees. */
static void on_abort(int signal)
{
    (void)signal;
    record_line("crash", "abort was called");
    real(TerminateProcess)(GetCurrentProcess(), 3);
}

void crashes_begin(void)
{
    ULONG bytes = 0x4000; /* for on_crash, after a stack overflow */
    if (late_has("SetThreadStackGuarantee"))
        SetThreadStackGuarantee(&bytes);
}

/* ---- Running the one test function */

/* Not before libcheck has begun: what it calls itself is no part of a trace, and no mutant's
 * business. */
static void interpose_as_told(void)
{
    const char *mutant = strcmp(process.mutant, "-") ? process.mutant : NULL;
    const WCHAR *trace = process.trace ? process_file(process.number, L"trace") : NULL;
    if ((mutant || trace) && !interpose(mutant, trace))
        test_end((struct here){__FILE__, __LINE__}, UNRESOLVED, CAUSE_NONE,
                 "cannot interpose on this process (mutant %s)", process.mutant);
}

/* Microseconds, from a counter that no test touches. */
static uint64_t clock_now(void)
{
    LARGE_INTEGER count, frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (uint64_t)((double)count.QuadPart * 1e6 / (double)frequency.QuadPart);
}

static void run_and_join(int index)
{
    handles_seal();
    interpose_as_told();
    SetLastError(LAST_ERROR_UNSET);
    current->fn(index);
    threads_finish();
    peers_finish();
}

static void take_libcheck_result(SRunner *runner)
{
    TestResult **failures = srunner_failures(runner);
    if (srunner_ntests_run(runner) != 1)
        write_verdict(current->file, current->line, UNRESOLVED, CAUSE_NONE,
                      "libcheck did not run the test function");
    else if (srunner_ntests_failed(runner) == 0)
        write_verdict(NULL, 0, PASS, CAUSE_NONE, NULL);
    else
        write_verdict(tr_lfile(failures[0]), tr_lno(failures[0]), FAIL, CAUSE_ASSERTION,
                      tr_msg(failures[0]));
    free(failures);
}

int process_run(const TTest *test, int index)
{
    bool first = !process.main_thread;
    if (first)
        InitializeCriticalSection(&verdict_lock);
    process.main_thread = GetCurrentThreadId();
    current = test;
    uint64_t began = clock_now();
    has_verdict = false;
    peers_forget();
    if (!record_open(process_file(process.number, L"rec"), process.nonce, process.id))
        return 3;
    if (first)
        interpose_init();
    SetUnhandledExceptionFilter(on_crash);
    signal(SIGABRT, on_abort);
    crashes_begin();
    if (strcmp(process.number, "0"))
        peers_receive();
    else if (first)
        handles_begin();

    TTest whole = {test->name, run_and_join, test->file, test->line};
    Suite *suite = suite_create("case");
    TCase *tcase = tcase_create("case");
    tcase_add_loop_test(tcase, &whole, index, index + 1);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    in_libcheck = true;
    srunner_run_all(runner, CK_SILENT);
    in_libcheck = false;

    bool passed_early = has_verdict && srunner_ntests_failed(runner) == 0;
    if (!has_verdict)
        take_libcheck_result(runner);
    if (srunner_ntests_failed(runner))
        peers_kill();
    if (process.in_worker)
        record_line("took", "%lu", (unsigned long)(clock_now() - began));
    if (!passed_early)
        record_line("finished", "%s", process.nonce);
    srunner_free(runner);
    return 0;
}

/* libcheck keeps its messages in a temporary file, which the C runtime would make in a folder whose
 * name it can put into its code page, and inheritable. The case's folder has a better place. */
static int open_messages(void)
{
    HANDLE file =
        real(CreateFileW)(process_file(process.number, L"messages"), GENERIC_READ | GENERIC_WRITE,
                          0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_TEMPORARY, NULL);
    return file == INVALID_HANDLE_VALUE
               ? -1
               : _open_osfhandle((intptr_t)file, _O_RDWR | _O_BINARY | _O_NOINHERIT);
}

/* Instead of the C runtime's: libcheck opens its file by one of them. */
int mkstemp(char *name)
{
    (void)name;
    return open_messages();
}

FILE *tmpfile(void)
{
    int file = open_messages();
    return file < 0 ? NULL : _fdopen(file, "w+b");
}

void forget_libcheck_variables(void)
{
    static const WCHAR *const NAMES[] = {
        L"CK_RUN_SUITE",         L"CK_RUN_CASE",    L"CK_INCLUDE_TAGS",  L"CK_EXCLUDE_TAGS",
        L"CK_VERBOSITY",         L"CK_FORK",        L"CK_LOG_FILE_NAME", L"CK_XML_LOG_FILE_NAME",
        L"CK_TAP_LOG_FILE_NAME", L"CK_MAX_MSG_SIZE"};
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        if (real(GetEnvironmentVariableW)(NAMES[i], NULL, 0))
            _wputenv_s(NAMES[i], L"");
}

int process_main(int argc, wchar_t **argv)
{
    if (argc != 9)
        return 2;
    snprintf(process.id, sizeof(process.id), "%ls", argv[2]);
    snprintf(process.nonce, sizeof(process.nonce), "%ls", argv[4]);
    snprintf(process.mutant, sizeof(process.mutant), "%ls", argv[6]);
    snprintf(process.number, sizeof(process.number), "%ls", argv[8]);
    process.dir = argv[3];
    process.scale = wcstod(argv[5], NULL);
    process.trace = argv[7][0] == L'1';
    interpose_init();
    SetConsoleCtrlHandler(NULL, TRUE); /* an interrupt is the runner's alone */
    forget_libcheck_variables();

    if (!wcscmp(argv[1], L"@peer")) {
        const struct cts_peer *peer = registry_find_peer(process.id);
        return peer ? process_run(peer->test, 0) : 3;
    }
    const struct test_case *found = registry_find_alone(process.id);
    return found ? process_run(found->test, found->index) : 3;
}
