/*
 * A worker goes on where a case left nothing that cannot be put back. It closes nothing: what an
 * open handle is to the next case is what any other process's is, and which handles are the
 * system's own nobody can tell. Handles are sealed before each case as in a process of its own.
 */
#include "case/worker.h"
#include "case/interpose.h"
#include "base/memory.h"
#include "mutants.h"
#include "case/path.h"
#include "case/process.h"
#include "case/registry.h"

#include <stdlib.h>
#include <string.h>

static const DWORD STANDARD[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

static struct {
    char *data, *bss; /* copies */
    HANDLE standard[3];
    WCHAR dir[MAX_PATH];
    WCHAR *environment;
    DWORD priority;
    UINT error_mode;
    bool console;
} at_first;

static size_t environment_size(const WCHAR *block)
{
    const WCHAR *end = block;
    while (*end)
        end += wcslen(end) + 1;
    return (size_t)(end - block + 1) * sizeof(*block);
}

static bool has_console(void)
{
    DWORD id;
    return real(GetConsoleProcessList)(&id, 1) != 0;
}

static size_t data_size(void)
{
    return (size_t)(data_end - data_begin);
}

static size_t bss_size(void)
{
    return (size_t)(bss_end - bss_begin);
}

/* Whether the linker has put them where they are looked for. */
static bool are_variables_found(void)
{
    bool found = &data_begin[0] < &data_end[0] && &bss_begin[0] < &bss_end[0];
    for (const struct mutant *one = mutant_first(); one; one = one->next) {
        const char *at = (const char *)one;
        found &= (at > data_begin && at < data_end) || (at > bss_begin && at < bss_end);
    }
    return found;
}

static void note_all(void)
{
    at_first.data = memcpy(grow(NULL, data_size()), data_begin, data_size());
    at_first.bss = memcpy(grow(NULL, bss_size()), bss_begin, bss_size());
    for (size_t i = 0; i < 3; i++)
        at_first.standard[i] = real(GetStdHandle)(STANDARD[i]);
    real(GetCurrentDirectoryW)(MAX_PATH, at_first.dir);
    at_first.environment = GetEnvironmentStringsW();
    at_first.priority = GetPriorityClass(GetCurrentProcess());
    at_first.error_mode = GetErrorMode();
    at_first.console = has_console();
}

static bool is_environment_as_at_first(void)
{
    WCHAR *now = GetEnvironmentStringsW();
    size_t size = environment_size(now);
    bool same =
        size == environment_size(at_first.environment) && !memcmp(now, at_first.environment, size);
    FreeEnvironmentStringsW(now);
    return same;
}

/* False when something is left that is not put back. */
static bool put_back(void)
{
    for (int i = 0; i < 1000 && real(WSACleanup)() == 0; i++)
        ;
    for (size_t i = 0; i < 3; i++)
        if (real(GetStdHandle)(STANDARD[i]) != at_first.standard[i])
            real(SetStdHandle)(STANDARD[i], at_first.standard[i]);
    real(SetCurrentDirectoryW)(at_first.dir);
    memcpy(data_begin, at_first.data, data_size());
    memcpy(bss_begin, at_first.bss, bss_size());
    return at_first.priority == GetPriorityClass(GetCurrentProcess()) &&
           at_first.error_mode == GetErrorMode() && at_first.console == has_console() &&
           is_environment_as_at_first();
}

/* Threads that run, besides the main one: the system says so when one begins and when it ends. What
 * TerminateThread has ended stays counted. */
static volatile LONG threads;

static void NTAPI on_thread(void *module, DWORD reason, void *reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_THREAD_ATTACH)
        InterlockedIncrement(&threads);
    if (reason == DLL_THREAD_DETACH)
        InterlockedDecrement(&threads);
}
const PIMAGE_TLS_CALLBACK on_thread_callback __attribute__((section(".CRT$XLY"), used)) = on_thread;

/* A thread for each case: what it has asked for and not got (overlapped operations, routines) ends
 * with it, and the next one has a stack of its own. */
static DWORD WINAPI run_case(void *argument)
{
    const struct test_case *test = argument;
    int code = process_run(test->test, test->index);
    /* Here, because what the runtime does when a thread ends is no call of the test's. */
    return interpose(NULL, NULL) ? (DWORD)code : 3;
}

/* What has failed without a mutant may have left anything. */
static bool is_well(void)
{
    return strcmp(process.mutant, "-") || test_verdict() == PASS || test_verdict() == UNSUPPORTED;
}

/* 0, or the exit code. */
static int run_line(const WCHAR *dir, int number, const char *line)
{
    int trace = 0;
    DWORD code = 3;
    if (sscanf(line, "%199s %39s %lf %99s %d", process.id, process.nonce, &process.scale,
               process.mutant, &trace) != 5)
        return 2;
    process.trace = trace != 0;
    process.dir = wide_print(L"%ls\\%d", dir, number);
    const struct test_case *test = registry_find(process.id);
    if (!test || !CreateDirectoryW(process.dir, NULL))
        return 3;
    HANDLE thread = CreateThread(NULL, 0, run_case, (void *)test, 0, NULL);
    if (!thread)
        return 3;
    real(WaitForSingleObject)(thread, INFINITE); /* the runner ends what takes too long */
    GetExitCodeThread(thread, &code);
    real(CloseHandle)(thread);
    record_close();
    threads_forget();
    if (code)
        return (int)code;
    return is_well() && threads == 0 && put_back() ? 0 : WORKER_STOPS;
}

int worker_main(const wchar_t *dir)
{
    interpose_init();
    SetConsoleCtrlHandler(NULL, TRUE); /* an interrupt is the runner's alone */
    forget_libcheck_variables();
    strcpy(process.number, "0");
    process.in_worker = true;
    char *list = file_read(wide_print(L"%ls\\" WORKER_LIST, dir), 1 << 20, NULL);
    if (!list || !are_variables_found())
        return 3;
    note_all();
    int number = 0, exit_code = 0;
    for (char *line = list; *line && !exit_code; line = strchr(line, '\n') + 1)
        exit_code = run_line(dir, ++number, line);
    return exit_code;
}
