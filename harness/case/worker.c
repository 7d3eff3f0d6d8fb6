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

#include <stdio.h>
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

/* What a run leaves although nobody after it minds, or because it is put back. */
struct left {
    DWORD handles, views, starts, standard_handles, variables, directories;
};

static bool is_directory_as_at_first(void)
{
    WCHAR dir[MAX_PATH];
    return real(GetCurrentDirectoryW)(MAX_PATH, dir) && !wcscmp(dir, at_first.dir);
}

/* As memcmp, which goes byte by byte in Wine's runtime. */
static bool is_same(const char *a, const char *b, size_t size)
{
    uint64_t different = 0;
    size_t at = 0;
    for (uint64_t x, y; at + sizeof(x) <= size; at += sizeof(x)) {
        memcpy(&x, a + at, sizeof(x));
        memcpy(&y, b + at, sizeof(y));
        different |= x ^ y;
    }
    return different == 0 && memcmp(a + at, b + at, size - at) == 0;
}

/* Whether any of SIZE bytes was not as at first. Of 9 MB of variables a case changes a few: what
 * has not changed is not written. */
static bool put_back_bytes(char *now, const char *first, size_t size)
{
    bool changed = false;
    for (size_t at = 0, piece; at < size; at += piece) {
        piece = size - at < 4096 ? size - at : 4096;
        if (is_same(now + at, first + at, piece))
            continue;
        memcpy(now + at, first + at, piece);
        changed = true;
    }
    return changed;
}

/* False when something is left that is not put back. */
static bool put_back(struct left *left)
{
    left->directories = !is_directory_as_at_first();
    bool data = put_back_bytes(data_begin, at_first.data, data_size());
    bool bss = put_back_bytes(bss_begin, at_first.bss, bss_size());
    left->variables = data || bss;
    while (left->starts < 1000 && real(WSACleanup)() == 0)
        left->starts++;
    for (size_t i = 0; i < 3; i++) {
        if (real(GetStdHandle)(STANDARD[i]) != at_first.standard[i]) {
            real(SetStdHandle)(STANDARD[i], at_first.standard[i]);
            left->standard_handles++;
        }
    }
    real(SetCurrentDirectoryW)(at_first.dir);
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

/* Runs a case in the folder DIR. 0, or the exit code. */
static int run_in(WCHAR *dir, const struct test_case *test, struct left *left)
{
    DWORD code = 3;
    process.dir = dir;
    if (!CreateDirectoryW(dir, NULL))
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
    return is_well() && threads == 0 && put_back(left) ? 0 : WORKER_STOPS;
}

/* ---- What a case leaves open */

static DWORD count_views(void)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD count = 0;
    for (char *at = NULL; real(VirtualQuery)(at, &region, sizeof(region));
         at = (char *)region.BaseAddress + region.RegionSize)
        count += region.Type == MEM_MAPPED && region.BaseAddress == region.AllocationBase;
    return count;
}

static void write_left(const WCHAR *dir, const struct left *left)
{
    const struct {
        DWORD count;
        const char *what;
    } kinds[] = {{left->handles, "handles"},
                 {left->views, "views"},
                 {left->starts > 1 ? left->starts : 0, "starts of WinSock"}, /* one is a set-up's */
                 {left->standard_handles, "standard handles"},
                 {left->directories, "current folder"},
                 {left->variables, "variables"}};
    char text[200];
    size_t used = 0;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].count)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s: %lu",
                                     used ? ", " : "", kinds[i].what, kinds[i].count);
    WCHAR *path = wide_print(L"%ls\\" WORKER_LEFT, dir);
    HANDLE file =
        real(CreateFileW)(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    free(path);
    if (file == INVALID_HANDLE_VALUE)
        return;
    real(WriteFile)(file, text, (DWORD)used, &(DWORD){0}, NULL);
    real(CloseHandle)(file);
}

/* The case once more: what the system makes once in a process and keeps, the first run had made. */
static int run_for_leaks(WCHAR *dir, const struct test_case *test)
{
    struct left left = {0};
    DWORD handles = handles_count(), views = count_views();
    int code = run_in(wide_print(L"%ls\\again", dir), test, &left);
    if (code)
        return code;
    left.handles = handles_count() - handles;
    left.views = count_views() - views;
    write_left(dir, &left);
    return 0;
}

/* 0, or the exit code. */
static int run_line(const WCHAR *dir, int number, const char *line)
{
    int trace = 0, leaks = 0;
    if (sscanf(line, "%199s %39s %lf %99s %d %d", process.id, process.nonce, &process.scale,
               process.mutant, &trace, &leaks) != 6)
        return 2;
    process.trace = trace != 0;
    const struct test_case *test = registry_find(process.id);
    if (!test)
        return 3;
    WCHAR *folder = wide_print(L"%ls\\%d", dir, number);
    int code = run_in(folder, test, &(struct left){0});
    return code || !leaks ? code : run_for_leaks(folder, test);
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
