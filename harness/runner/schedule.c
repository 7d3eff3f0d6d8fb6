/* A process for each case, or for several in a row, in a job, under a watchdog. */
#include "runner/calibrate.h"
#include "records/catalogue.h"
#include "runner/family.h"
#include "records/implementation.h"
#include "runner/folder.h"
#include "case/interpose.h"
#include "case/path.h"
#include "case/process.h"
#include "base/memory.h"
#include "case/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_LIMIT (1024 * 1024) /* bytes a case may write before it is stopped */
#define OUTPUT_SHOWN (16 * 1024)
#define MAXIMUM_JOBS 60  /* WaitForMultipleObjects takes 64 */
#define WAIT 50u         /* ms between two looks at a case */
#define LOOK_COUNTS 250u /* ms that pass at most between two looks at a case, as it counts */
#define STATUS_OF_CONTROL_C 0xC000013Au

static const WCHAR *root; /* the run's folder */
static unsigned launched;
static uint64_t run_nonce;
static volatile LONG interrupted;
static bool clock_stands;
static const char *trouble; /* NULL: none */

#define WORKER_CASES 40 /* that one worker runs */

/* A running process, and the launches that it is for: those before FIRST have ended. */
struct slot {
    struct launch *launches[WORKER_CASES]; /* count 0: free */
    char nonces[WORKER_CASES][40];
    size_t count, first, now; /* NOW runs, as far as known */
    bool worker;
    struct family family;
    WCHAR *dir, *output;
    ULONGLONG looked, used, limit; /* ms: the last look; of NOW's limit */
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
    return real(CreateFileW)(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                             &inheritable, disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

/* libcheck's temporary files go into the case's folder, and go away with it. */
static bool start_family(struct family *family, WCHAR *command_line, const WCHAR *dir, HANDLE in,
                         HANDLE out)
{
    real(SetEnvironmentVariableW)(L"TMP", dir);
    real(SetEnvironmentVariableW)(L"TEMP", dir);
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

/* Of the case's own files: a worker has one for each of its cases. */
static WCHAR *case_dir(const struct slot *slot, size_t place)
{
    return slot->worker ? wide_print(L"%ls\\%u", slot->dir, (unsigned)(place - slot->first + 1))
                        : wide_print(L"%ls", slot->dir);
}

static void begin_limit(struct slot *slot)
{
    const struct launch *launch = slot->launches[slot->now];
    ULONGLONG limit = launch->limit_ms ? launch->limit_ms : launch->test->limit_seconds * 1000u;
    slot->limit = (ULONGLONG)((double)limit * launch->scale) * (launch->leaks ? 2 : 1);
    slot->used = 0;
    slot->looked = GetTickCount64();
}

/* What a worker has to do. */
static bool write_list(struct slot *slot)
{
    char text[WORKER_CASES * 400];
    size_t used = 0;
    for (size_t i = slot->first; i < slot->count; i++) {
        const struct launch *launch = slot->launches[i];
        used +=
            (size_t)snprintf(text + used, sizeof(text) - used, WORKER_LINE, launch->test->id,
                             slot->nonces[i], launch->scale, launch->mutant ? launch->mutant : "-",
                             (int)launch->trace, (int)launch->leaks);
    }
    WCHAR *path = wide_print(L"%ls\\" WORKER_LIST, slot->dir);
    HANDLE file =
        real(CreateFileW)(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    free(path);
    DWORD written = 0;
    bool done = file != INVALID_HANDLE_VALUE && used < sizeof(text) &&
                real(WriteFile)(file, text, (DWORD)used, &written, NULL) && written == used;
    if (file != INVALID_HANDLE_VALUE)
        real(CloseHandle)(file);
    return done;
}

static WCHAR *command_line(const struct slot *slot)
{
    const struct launch *launch = slot->launches[slot->first];
    if (slot->worker)
        return wide_print(L"\"%ls\" @worker \"%ls\"", program_name(), slot->dir);
    return wide_print(L"\"%ls\" " PROCESS_WORDS, program_name(), L"@case", launch->test->id,
                      slot->dir, slot->nonces[slot->first], launch->scale,
                      launch->mutant ? launch->mutant : "-", (int)launch->trace, "0");
}

/* Starts a process for the launches from FIRST. False, with the outcome of that one UNRESOLVED,
 * when it could not be started as it has to be. */
static bool start(struct slot *slot)
{
    char error[80];
    struct launch *launch = slot->launches[slot->first];

    free(slot->dir);
    free(slot->output);
    slot->dir = wide_print(L"%ls\\%u", root, ++launched);
    slot->output = wide_print(L"%ls\\@output", slot->dir);
    for (size_t i = slot->first; i < slot->count; i++)
        snprintf(slot->nonces[i], sizeof(slot->nonces[i]), "%08llx%06x%02x",
                 run_nonce & 0xFFFFFFFFu, launched, (unsigned)(i - slot->first));
    WCHAR *words = command_line(slot);
    slot->now = slot->first;
    begin_limit(slot);

    bool made = CreateDirectoryW(slot->dir, NULL) && (!slot->worker || write_list(slot));
    HANDLE in = open_for_child(L"NUL", GENERIC_READ, OPEN_EXISTING);
    HANDLE out = open_for_child(slot->output, FILE_APPEND_DATA | SYNCHRONIZE, CREATE_NEW);
    bool started = made && in != INVALID_HANDLE_VALUE && out != INVALID_HANDLE_VALUE &&
                   start_family(&slot->family, words, slot->dir, in, out);
    DWORD code = GetLastError();
    free(words);
    real(CloseHandle)(in);
    real(CloseHandle)(out);
    launch->outcome.seconds = -now();
    if (started)
        return true;
    settle_outcome(&launch->outcome, UNRESOLVED, CAUSE_NONE,
                   print("cannot start the case's process in a job of its own in %s: %s",
                         utf8_of(slot->dir), error_text(code, error, sizeof(error))));
    launch->outcome.seconds = 0;
    launch->outcome.in_worker = launch->outcome.doubtful = slot->worker;
    remove_folder(slot->dir);
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
static void judge(struct outcome *outcome, const struct record *record, DWORD exit_code, DWORD left,
                  const char *killed)
{
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
    else if (record->verdict == PASS && record->finished && left && !lacks(LACKS_LEAKS))
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

static void take_left(struct outcome *outcome, const WCHAR *dir)
{
    WCHAR *path = wide_print(L"%ls\\" WORKER_LEFT, dir);
    char *text = file_read(path, 1024, NULL);
    free(path);
    if (text && *text) {
        outcome->saw = grow_list(outcome->saw, outcome->saw_count + 1, sizeof(*outcome->saw));
        outcome->saw[outcome->saw_count++] = (struct saw){copy_text(SAW_LEFT), copy_text(text)};
    }
    free(text);
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
    else if (record->crash || !lacks(LACKS_LEAKS)) /* it may run on */
        settle_outcome(outcome, FAIL, CAUSE_CRASH,
                       print("a peer ended without a verdict (record %s)", name));
    free(name);
}

/* Goes through the harness's files in the folder of the launch at PLACE: records and traces. */
static void take_files(struct slot *slot, size_t place, DWORD exit_code, DWORD left,
                       const char *killed)
{
    struct outcome *outcome = &slot->launches[place]->outcome;
    WIN32_FIND_DATAW entry;

    WCHAR *dir = case_dir(slot, place), *path = wide_print(L"%ls\\@0.rec", dir);
    struct record own = record_read(path, slot->nonces[place]);
    judge(outcome, &own, exit_code, left, killed);
    outcome->processes = place == slot->first;
    if (slot->worker)
        outcome->seconds = own.took;

    free(path);
    path = wide_print(L"%ls\\@*", dir);
    HANDLE search = FindFirstFileW(path, &entry);
    while (search != INVALID_HANDLE_VALUE) {
        const WCHAR *dot = wcsrchr(entry.cFileName, L'.');
        free(path);
        path = wide_print(L"%ls\\%ls", dir, entry.cFileName);
        if (dot && !wcscmp(dot, L".rec") && wcscmp(entry.cFileName, L"@0.rec")) {
            struct record peer = record_read(path, slot->nonces[place]);
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
    if (slot->launches[place]->leaks)
        take_left(outcome, dir);
    free(path);
    free(dir);
    add_notes(outcome, &own);
    record_free(&own);
}

/* Whether the worker has come to this launch: its record is there. */
static bool has_begun(const struct slot *slot, size_t place)
{
    WCHAR *dir = case_dir(slot, place), *path = wide_print(L"%ls\\@0.rec", dir);
    bool begun = real(GetFileAttributesW)(path) != INVALID_FILE_ATTRIBUTES;
    free(path);
    free(dir);
    return begun;
}

/* The launch at PLACE of a worker that has ended. It went on after all but the one at NOW. */
static void take_from_worker(struct slot *slot, size_t place, DWORD exit_code, DWORD left,
                             const char *killed, bool floods)
{
    struct outcome *outcome = &slot->launches[place]->outcome;
    bool last = place == slot->now, all = exit_code == 0 && slot->now + 1 == slot->count;
    bool went_on = !last || (all && !killed);
    take_files(slot, place, went_on || exit_code == WORKER_STOPS ? 0 : exit_code, 0,
               went_on ? NULL : killed);
    bool own_word = outcome->verdict == FAIL && outcome->place;
    outcome->in_worker = true;
    /* Without a mutant each of them counts, and may be what ended the worker later. */
    bool ended_well = !killed && !floods && (exit_code == 0 || exit_code == WORKER_STOPS);
    outcome->doubtful =
        left || !(went_on || own_word) || (!ended_well && !slot->launches[place]->mutant);
}

static uint64_t output_size(const struct slot *slot)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    if (!GetFileAttributesExW(slot->output, GetFileExInfoStandard, &data))
        return 0;
    return (uint64_t)data.nFileSizeHigh << 32 | data.nFileSizeLow;
}

/* The process has ended, or is ended here. Leaves in the slot what it did not come to. */
static size_t finish(struct slot *slot, const char *killed)
{
    struct outcome *outcome = &slot->launches[slot->first]->outcome;
    DWORD exit_code = 0;
    uint64_t written = 0;
    size_t first = slot->first;
    bool ended = real(WaitForSingleObject)(slot->family.process, 0) == WAIT_OBJECT_0;
    if (ended)
        real(GetExitCodeProcess)(slot->family.process, &exit_code);
    if (exit_code == STATUS_OF_CONTROL_C) /* it had the Ctrl+C that this process has, too */
        on_interrupt(CTRL_C_EVENT);
    outcome->seconds += now();
    DWORD left = ended && !killed ? family_left(&slot->family) : 0;
    outcome->stays = !family_kill(&slot->family);
    if (!ended || left)
        family_left(&slot->family);

    if (slot->worker) {
        bool floods = output_size(slot) > OUTPUT_LIMIT; /* which of them did is not to be told */
        while (slot->now + 1 < slot->count && has_begun(slot, slot->now + 1))
            slot->now++;
        for (size_t i = first; i <= slot->now; i++)
            take_from_worker(slot, i, exit_code, left, killed, floods);
    } else {
        take_files(slot, first, exit_code, left, killed);
        outcome->output = file_read(slot->output, OUTPUT_SHOWN, &written);
    }
    if (written > OUTPUT_LIMIT)
        settle_outcome(outcome, UNRESOLVED, CAUSE_NONE,
                       print("it wrote more than %d bytes of output", OUTPUT_LIMIT));
    family_close(&slot->family);
    remove_folder(slot->dir);
    return slot->first = slot->now + 1;
}

bool schedule_clock_stands(void)
{
    return clock_stands;
}

/* Time in which this process did not run is nobody's: a case that ended in it is not late. */
static void look(struct slot *slot, bool waited)
{
    ULONGLONG time = GetTickCount64(), passed = time - slot->looked;
    slot->looked = time;
    if (!passed && waited) {
        clock_stands = true;
        passed = WAIT;
    }
    slot->used += passed < LOOK_COUNTS ? passed : LOOK_COUNTS;
}

static bool is_free(const struct slot *slot)
{
    return slot->first == slot->count;
}

/* A worker's next case has its own limit. */
static void follow(struct slot *slot)
{
    while (slot->worker && slot->now + 1 < slot->count && has_begun(slot, slot->now + 1)) {
        slot->now++;
        begin_limit(slot);
    }
}

/* Waits until a process has ended or one must be stopped, and why. NULL: look again. */
static struct slot *wait_for_one(struct slot *slots, unsigned jobs, char *killed, size_t size)
{
    HANDLE processes[MAXIMUM_JOBS];
    struct slot *running[MAXIMUM_JOBS];
    DWORD count = 0;
    killed[0] = '\0';
    for (unsigned i = 0; i < jobs; i++) {
        if (!is_free(&slots[i])) {
            running[count] = &slots[i];
            processes[count++] = slots[i].family.process;
        }
    }
    DWORD ended = real(WaitForMultipleObjects)(count, processes, FALSE, WAIT);
    for (DWORD i = 0; i < count; i++) {
        look(running[i], ended == WAIT_TIMEOUT);
        follow(running[i]);
    }
    if (ended < count)
        return running[ended];
    for (DWORD i = 0; i < count; i++) {
        if (running[i]->used > running[i]->limit)
            snprintf(killed, size, "no verdict within %.1f s", (double)running[i]->limit / 1000);
        else if (schedule_stopped())
            snprintf(killed, size, "interrupted");
        else if (output_size(running[i]) > OUTPUT_LIMIT)
            snprintf(killed, size, "stopped for its output");
        if (killed[0])
            return running[i];
    }
    return NULL;
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

/* What goes through a call of schedule. */
struct flow {
    struct launch *(*next)(void *);
    void (*done)(struct launch *, void *);
    void *context;
    struct launch *coming; /* that NEXT gave too early */
};

static struct launch *take_next(struct flow *flow)
{
    struct launch *launch = flow->coming;
    flow->coming = NULL;
    while (!launch && (launch = flow->next(flow->context)) && !is_promised(launch)) {
        flow->done(launch, flow->context);
        launch = NULL;
    }
    if (launch && family_held_by() == FAMILY_BY_PARENT) /* what a worker leaves is not seen */
        launch->in_worker = false;
    return launch;
}

/* Takes what one process can run. False: there is nothing. */
static bool fill(struct slot *slot, struct flow *flow)
{
    struct launch *launch;
    slot->count = slot->first = 0;
    while (slot->count < WORKER_CASES && (launch = take_next(flow))) {
        if (slot->count && !launch->in_worker) {
            flow->coming = launch;
            break;
        }
        slot->worker = launch->in_worker;
        slot->launches[slot->count++] = launch;
        if (!launch->in_worker)
            break;
    }
    return slot->count;
}

/* Starts a process for what is left in the slot, if anything is. */
static void go_on(struct slot *slot, struct flow *flow)
{
    while (!is_free(slot) && !schedule_stopped() && !start(slot))
        flow->done(slot->launches[slot->first++], flow->context);
    if (schedule_stopped())
        slot->first = slot->count;
}

static void end_one(struct slot *slot, const char *killed, struct flow *flow)
{
    size_t first = slot->first, end = finish(slot, killed);
    for (size_t i = first; i < end; i++) {
        struct launch *launch = slot->launches[i];
        if (launch->outcome.verdict != PASS && !folder_has_room())
            schedule_stop(DISK_FULL);
        if (schedule_stopped())
            outcome_free(&launch->outcome);
        else
            flow->done(launch, flow->context);
    }
    go_on(slot, flow);
}

void schedule(struct launch *next(void *), unsigned jobs, void done(struct launch *, void *),
              void *context)
{
    struct slot *slots = zeroed(MAXIMUM_JOBS, sizeof(*slots));
    struct flow flow = {next, done, context, NULL};
    char killed[100];
    if (jobs > MAXIMUM_JOBS)
        jobs = MAXIMUM_JOBS;
    for (;;) {
        bool running = false;
        for (unsigned i = 0; i < jobs; i++) {
            while (is_free(&slots[i]) && !schedule_stopped()) {
                if (!folder_has_room())
                    schedule_stop(DISK_FULL);
                else if (fill(&slots[i], &flow))
                    go_on(&slots[i], &flow);
                else
                    break;
            }
            running |= !is_free(&slots[i]);
        }
        if (!running)
            break;
        struct slot *slot = wait_for_one(slots, jobs, killed, sizeof(killed));
        if (slot)
            end_one(slot, killed[0] ? killed : NULL, &flow);
    }
    for (unsigned i = 0; i < jobs; i++) {
        free(slots[i].dir);
        free(slots[i].output);
    }
    free(slots);
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

bool run_program(WCHAR *command_line, unsigned limit_ms, DWORD *exit_code)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info;
    if (!real(CreateProcessW)(NULL, command_line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL,
                              &startup, &info))
        return false;
    bool ended = real(WaitForSingleObject)(info.hProcess, limit_ms) == WAIT_OBJECT_0 &&
                 real(GetExitCodeProcess)(info.hProcess, exit_code);
    if (!ended)
        real(TerminateProcess)(info.hProcess, 1);
    real(CloseHandle)(info.hThread);
    real(CloseHandle)(info.hProcess);
    return ended;
}

double schedule_floor(unsigned rounds)
{
    WCHAR *path = wide_print(L"%ls\\empty.exe", root);
    HANDLE file =
        real(CreateFileW)(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD size, written = 0;
    const void *bytes = program_bytes(&size);
    if (file == INVALID_HANDLE_VALUE)
        return -1;
    bool wrote = real(WriteFile)(file, bytes, size, &written, NULL) && written == size;
    real(CloseHandle)(file);
    double started = 0;
    /* The first one warms the file cache and is not counted. */
    for (unsigned i = 0; wrote && i <= rounds; i++) {
        if (i == 1)
            started = now();
        WCHAR *command_line = wide_print(L"\"%ls\"", path);
        bool ran = run_program(command_line, 10000, &(DWORD){0});
        free(command_line);
        if (!ran)
            return -1;
    }
    return wrote ? (now() - started) / rounds : -1;
}
