/* One process per case, in a job, under a watchdog. */
#include "schedule.h"
#include "catalogue.h"
#include "family.h"
#include "implementation.h"
#include "folder.h"
#include "interpose.h"
#include "path.h"
#include "process.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_LIMIT (1024 * 1024) /* bytes a case may write before it is stopped */
#define OUTPUT_SHOWN (16 * 1024)
#define MAXIMUM_JOBS 60  /* WaitForMultipleObjects takes 64 */
#define LOOK_COUNTS 250u /* ms that pass at most between two looks at a case, as it counts */
#define STATUS_OF_CONTROL_C 0xC000013Au

static const WCHAR *root; /* the run's folder */
static unsigned launched;
static uint64_t run_nonce;
static volatile LONG interrupted;
static const char *trouble; /* NULL: none */

/* A running case. */
struct slot {
    struct launch *launch; /* NULL: free */
    struct family family;
    WCHAR *dir, *output;
    char nonce[40];
    ULONGLONG looked, used, limit; /* ms: the last look; of its limit */
};

static const char DISK_FULL[] = "the disk of the folder for temporary files is full: make room, or "
                                "set TMP to a folder elsewhere";

static double now(void)
{
    LARGE_INTEGER count, frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart / (double)frequency.QuadPart;
}

/* ---- Beginning and end */

static BOOL WINAPI on_interrupt(DWORD event)
{
    (void)event;
    InterlockedExchange(&interrupted, 1);
    return TRUE;
}

void schedule_stop(const char *why)
{
    if (!trouble)
        trouble = why;
}

const char *schedule_trouble(void)
{
    return trouble;
}

bool schedule_stopped(void)
{
    return interrupted || trouble;
}

char *schedule_open(void)
{
    LARGE_INTEGER count;
    QueryPerformanceCounter(&count);
    run_nonce = checksum(CHECKSUM_START, &count, sizeof(count));
    run_nonce = checksum(run_nonce, &(DWORD){GetCurrentProcessId()}, sizeof(DWORD));
    run_nonce = checksum(run_nonce, &(ULONGLONG){GetTickCount64()}, sizeof(ULONGLONG));
    SetConsoleCtrlHandler(on_interrupt, TRUE);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    return folder_open(&root);
}

void schedule_close(void)
{
    folder_close();
}

/* ---- Starting */

/* A handle for the child alone: this process is single-threaded, so nothing else inherits it. */
static HANDLE open_for_child(const WCHAR *path, DWORD access, DWORD disposition)
{
    SECURITY_ATTRIBUTES inheritable = {sizeof(inheritable), NULL, TRUE};
    return real.CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                            &inheritable, disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

/* libcheck's temporary files go into the case's folder, and go away with it. */
static bool start_family(struct family *family, WCHAR *command_line, const WCHAR *dir, HANDLE in,
                         HANDLE out)
{
    SetEnvironmentVariableW(L"TMP", dir);
    SetEnvironmentVariableW(L"TEMP", dir);
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdInput = in,
                            .hStdOutput = out,
                            .hStdError = out};
    return family_start(family, command_line, &startup);
}

static void settle_outcome(struct outcome *outcome, enum verdict verdict, enum cause cause,
                           char *message)
{
    outcome->verdict = verdict;
    outcome->cause = cause;
    free(outcome->message);
    outcome->message = message;
}

/* False, with the outcome UNRESOLVED, when the process could not be started as it has to be. */
static bool start(struct slot *slot, struct launch *launch)
{
    char error[80];
    const struct test_case *test = launch->test;

    launched++;
    free(slot->dir);
    free(slot->output);
    slot->dir = wide_print(L"%ls\\%u", root, launched);
    slot->output = wide_print(L"%ls\\@output", slot->dir);
    snprintf(slot->nonce, sizeof(slot->nonce), "%08llx%06x", run_nonce & 0xFFFFFFFFu, launched);
    WCHAR *words = wide_print(L"\"%ls\" " PROCESS_WORDS, program_name(), L"@case", test->id,
                              slot->dir, slot->nonce, launch->scale,
                              launch->mutant ? launch->mutant : "-", (int)launch->trace, "0");
    slot->limit = launch->limit_ms ? launch->limit_ms : test->limit_seconds * 1000u;
    slot->limit = (ULONGLONG)((double)slot->limit * launch->scale);

    bool made = CreateDirectoryW(slot->dir, NULL);
    HANDLE in = open_for_child(L"NUL", GENERIC_READ, OPEN_EXISTING);
    HANDLE out = open_for_child(slot->output, FILE_APPEND_DATA | SYNCHRONIZE, CREATE_NEW);
    bool started = made && in != INVALID_HANDLE_VALUE && out != INVALID_HANDLE_VALUE &&
                   start_family(&slot->family, words, slot->dir, in, out);
    DWORD code = GetLastError();
    free(words);
    real.CloseHandle(in);
    real.CloseHandle(out);
    slot->launch = launch;
    slot->looked = GetTickCount64();
    slot->used = 0;
    launch->outcome.seconds = -now();
    if (started)
        return true;
    settle_outcome(&launch->outcome, UNRESOLVED, CAUSE_NONE,
                   print("cannot start the case's process in a job of its own in %s: %s",
                         utf8_of(slot->dir), error_text(code, error, sizeof(error))));
    launch->outcome.seconds = 0;
    remove_folder(slot->dir);
    slot->launch = NULL;
    return false;
}

/* ---- Ending */

static void take_trace(struct outcome *outcome, const WCHAR *path, const char *who)
{
    char *text = file_read(path, 1 << 20, NULL);
    if (!text)
        return;
    size_t old = outcome->trace ? strlen(outcome->trace) : 0;
    size_t size = old + strlen(who) + strlen(text) + 10;
    outcome->trace = grow(outcome->trace, size);
    snprintf(outcome->trace + old, size - old, "-- %s\n%s", who, text);
    free(text);
}

/* The case's own record: its verdict, or what its absence means. */
static void judge(struct slot *slot, const struct record *record, DWORD exit_code, DWORD left,
                  const char *killed)
{
    struct outcome *outcome = &slot->launch->outcome;
    char exception[80];
    if (record->untrusted)
        settle_outcome(outcome, UNRESOLVED, CAUSE_NONE,
                       print("the verdict record is not to be trusted: %s", record->untrusted));
    else if (record->verdict > PASS)
        settle_outcome(outcome, record->verdict, record->cause,
                       record->message ? copy_text(record->message) : NULL);
    else if (killed)
        settle_outcome(outcome, FAIL, CAUSE_TIMEOUT,
                       print("%s; last checkpoint: %s", killed,
                             record->checkpoint ? record->checkpoint : "none"));
    else if (record->crash)
        settle_outcome(outcome, FAIL, CAUSE_CRASH, copy_text(record->crash));
    else if (record->verdict == PASS && record->finished && left)
        settle_outcome(outcome, FAIL, CAUSE_LEAK,
                       print("%lu process%s outlived the case's own", left, left == 1 ? "" : "es"));
    else if (record->verdict == PASS && record->finished && exit_code == 0)
        settle_outcome(outcome, PASS, CAUSE_NONE, NULL);
    else if (record->verdict == PASS && record->finished)
        settle_outcome(outcome, FAIL, CAUSE_CRASH,
                       exit_code < 0x80000000
                           ? print("its process passed and then ended with exit code %lu (0x%lX)",
                                   exit_code, exit_code)
                           : print("its process passed and then ended with %s",
                                   exception_text(exit_code, exception, sizeof(exception))));
    else
        settle_outcome(outcome, FAIL, CAUSE_CRASH,
                       print("its process ended with exit code %lu (0x%lX) and left no verdict%s",
                             exit_code, exit_code, record->exists ? "" : " record at all"));
    outcome->place = record->place ? copy_text(record->place) : NULL;
    outcome->checkpoint = record->checkpoint ? copy_text(record->checkpoint) : NULL;
}

static bool excused(const struct record *record, const WCHAR *file)
{
    char *name = utf8_of(file);
    bool found = false;
    for (size_t i = 0; i < record->excused_count; i++)
        found |= !strcmp(record->excused[i], name);
    free(name);
    return found;
}

/* Waits and observations of all processes add up. */
static void add_notes(struct outcome *outcome, struct record *record)
{
    outcome->waited += record->waited;
    for (size_t i = 0; i < record->saw_count; i++) {
        outcome->saw = grow_list(outcome->saw, outcome->saw_count + 1, sizeof(*outcome->saw));
        outcome->saw[outcome->saw_count++] = record->saw[i];
    }
    record->saw_count = 0; /* now the outcome's */
}

/* A peer that nobody joined, of a case that says PASS. */
static void judge_peer(struct outcome *outcome, const struct record *record, const WCHAR *file)
{
    bool passed = record->verdict == PASS && record->finished && !record->untrusted;
    if (outcome->verdict != PASS || passed)
        return;
    char *name = utf8_of(file);
    if (record->untrusted)
        settle_outcome(outcome, UNRESOLVED, CAUSE_NONE,
                       print("peer record %s is not to be trusted: %s", name, record->untrusted));
    else if (record->verdict > PASS)
        settle_outcome(
            outcome, record->verdict, record->cause,
            print("peer record %s: %s", name, record->message ? record->message : "no message"));
    else
        settle_outcome(outcome, FAIL, CAUSE_CRASH,
                       print("a peer ended without a verdict (record %s)", name));
    free(name);
}

/* Goes through the harness's files in the case's folder: records and traces. */
static void take_files(struct slot *slot, DWORD exit_code, DWORD left, const char *killed)
{
    struct outcome *outcome = &slot->launch->outcome;
    WIN32_FIND_DATAW entry;

    WCHAR *path = wide_print(L"%ls\\@0.rec", slot->dir);
    struct record own = record_read(path, slot->nonce);
    judge(slot, &own, exit_code, left, killed);
    outcome->processes = 1;

    free(path);
    path = wide_print(L"%ls\\@*", slot->dir);
    HANDLE search = FindFirstFileW(path, &entry);
    while (search != INVALID_HANDLE_VALUE) {
        const WCHAR *dot = wcsrchr(entry.cFileName, L'.');
        free(path);
        path = wide_print(L"%ls\\%ls", slot->dir, entry.cFileName);
        if (dot && !wcscmp(dot, L".rec") && wcscmp(entry.cFileName, L"@0.rec")) {
            struct record peer = record_read(path, slot->nonce);
            outcome->processes++;
            if (!excused(&own, entry.cFileName))
                judge_peer(outcome, &peer, entry.cFileName);
            add_notes(outcome, &peer);
            record_free(&peer);
        } else if (dot && !wcscmp(dot, L".trace")) {
            char *name = utf8_of(entry.cFileName), who[100]; /* "@1-2.trace" */
            snprintf(who, sizeof(who), "process %.*s", (int)strcspn(name + 1, "."), name + 1);
            take_trace(outcome, path, who);
            free(name);
        }
        if (!FindNextFileW(search, &entry)) {
            FindClose(search);
            break;
        }
    }
    free(path);
    add_notes(outcome, &own);
    record_free(&own);
}

static void finish(struct slot *slot, const char *killed)
{
    struct outcome *outcome = &slot->launch->outcome;
    DWORD exit_code = 0;
    uint64_t written = 0;
    bool ended = real.WaitForSingleObject(slot->family.process, 0) == WAIT_OBJECT_0;
    if (ended)
        real.GetExitCodeProcess(slot->family.process, &exit_code);
    if (exit_code == STATUS_OF_CONTROL_C) /* it had the Ctrl+C that this process has, too */
        on_interrupt(CTRL_C_EVENT);
    outcome->seconds += now();
    DWORD left = ended && !killed ? family_left(&slot->family) : 0;
    family_kill(&slot->family);
    if (!ended || left)
        family_left(&slot->family);

    take_files(slot, exit_code, left, killed);
    outcome->output = file_read(slot->output, OUTPUT_SHOWN, &written);
    if (written > OUTPUT_LIMIT)
        settle_outcome(outcome, UNRESOLVED, CAUSE_NONE,
                       print("it wrote more than %d bytes of output", OUTPUT_LIMIT));
    family_close(&slot->family);
    remove_folder(slot->dir);
    slot->launch = NULL;
}

static uint64_t output_size(const struct slot *slot)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    if (!GetFileAttributesExW(slot->output, GetFileExInfoStandard, &data))
        return 0;
    return (uint64_t)data.nFileSizeHigh << 32 | data.nFileSizeLow;
}

/* Time in which this process did not run is nobody's: a case that ended in it is not late. */
static void look(struct slot *slot)
{
    ULONGLONG time = GetTickCount64(), passed = time - slot->looked;
    slot->looked = time;
    slot->used += passed < LOOK_COUNTS ? passed : LOOK_COUNTS;
}

/* Waits until a case has ended or one must be stopped, and finishes it. NULL: look again. */
static struct launch *wait_for_one(struct slot *slots, unsigned jobs)
{
    HANDLE processes[MAXIMUM_JOBS];
    struct slot *running[MAXIMUM_JOBS];
    DWORD count = 0;
    char killed[100] = "";
    for (unsigned i = 0; i < jobs; i++) {
        if (slots[i].launch) {
            running[count] = &slots[i];
            processes[count++] = slots[i].family.process;
        }
    }
    DWORD ended = real.WaitForMultipleObjects(count, processes, FALSE, 50);
    struct slot *slot = ended < count ? running[ended] : NULL;
    for (DWORD i = 0; i < count; i++)
        look(running[i]);
    for (DWORD i = 0; i < count && !slot; i++) {
        if (running[i]->used > running[i]->limit)
            snprintf(killed, sizeof(killed), "no verdict within %.1f s",
                     (double)running[i]->limit / 1000);
        else if (schedule_stopped())
            snprintf(killed, sizeof(killed), "interrupted");
        else if (output_size(running[i]) > OUTPUT_LIMIT)
            snprintf(killed, sizeof(killed), "stopped for its output");
        slot = killed[0] ? running[i] : NULL;
    }
    if (!slot)
        return NULL;
    struct launch *launch = slot->launch;
    finish(slot, killed[0] ? killed : NULL);
    return launch;
}

/* False, with the outcome UNSUPPORTED, for what is documented of newer versions of Windows than the
 * one that the implementation claims to be. */
static bool is_promised(struct launch *launch)
{
    const char *since = catalogue_newer(launch->test->assertions);
    if (!since)
        return true;
    settle_outcome(&launch->outcome, UNSUPPORTED, CAUSE_NONE,
                   print("documented since Windows %s; this claims to be %s", since,
                         implementation()->claims));
    return false;
}

void schedule(struct launch *next(void *), unsigned jobs, void done(struct launch *, void *),
              void *context)
{
    struct slot slots[MAXIMUM_JOBS] = {{0}};
    struct launch *coming = NULL;
    size_t running = 0;
    if (jobs > MAXIMUM_JOBS)
        jobs = MAXIMUM_JOBS;
    do {
        for (unsigned i = 0; i < jobs && !schedule_stopped(); i++) {
            if (slots[i].launch)
                continue;
            if (!folder_has_room())
                schedule_stop(DISK_FULL);
            else if (!(coming = next(context)))
                break;
            else if (is_promised(coming) && start(&slots[i], coming))
                running++;
            else
                done(coming, context);
        }
        struct launch *ended = running ? wait_for_one(slots, jobs) : NULL;
        if (!ended)
            continue;
        running--;
        if (ended->outcome.verdict != PASS && !folder_has_room())
            schedule_stop(DISK_FULL);
        if (schedule_stopped())
            outcome_free(&ended->outcome);
        else
            done(ended, context);
    } while (running || (coming && !schedule_stopped()));
}

struct list {
    struct launch *launches;
    size_t count, next;
    void (*done)(struct launch *, void *);
    void *context;
};

static struct launch *next_of_list(void *context)
{
    struct list *list = context;
    return list->next < list->count ? &list->launches[list->next++] : NULL;
}

static void done_of_list(struct launch *launch, void *context)
{
    struct list *list = context;
    list->done(launch, list->context);
}

void schedule_list(struct launch *launches, size_t count, unsigned jobs,
                   void (*done)(struct launch *, void *), void *context)
{
    struct list list = {launches, count, 0, done, context};
    schedule(next_of_list, jobs, done_of_list, &list);
}

/* ---- The floor */

extern const unsigned char empty_program[], empty_program_end[];

double schedule_floor(unsigned rounds)
{
    WCHAR *path = wide_print(L"%ls\\empty.exe", root);
    HANDLE file =
        real.CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD size = (DWORD)(empty_program_end - empty_program), written = 0;
    if (file == INVALID_HANDLE_VALUE)
        return -1;
    bool wrote = real.WriteFile(file, empty_program, size, &written, NULL) && written == size;
    real.CloseHandle(file);
    double started = 0;
    /* The first one warms the file cache and is not counted. */
    for (unsigned i = 0; wrote && i <= rounds; i++) {
        STARTUPINFOW startup = {.cb = sizeof(startup)};
        PROCESS_INFORMATION info;
        if (i == 1)
            started = now();
        WCHAR *command_line = wide_print(L"\"%ls\"", path);
        BOOL began = real.CreateProcessW(NULL, command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                         &startup, &info);
        free(command_line);
        if (!began)
            return -1;
        real.WaitForSingleObject(info.hProcess, 10000);
        real.CloseHandle(info.hThread);
        real.CloseHandle(info.hProcess);
    }
    return wrote ? (now() - started) / rounds : -1;
}
