/* The processes of a case, held by a job or, where none is to be had, by parent ids. */
#include "family.h"
#include "implementation.h"
#include "memory.h"
#include "process.h"

#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>

static enum family_by held_by;

enum family_by family_held_by(void)
{
    return held_by;
}

void family_hold_by(enum family_by how)
{
    held_by = how;
}

/* ---- Starting */

static HANDLE create_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE job = real.CreateJobObjectW(NULL, NULL);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job &&
        !SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits))) {
        real.CloseHandle(job);
        return NULL;
    }
    return job;
}

static bool has_console(void)
{
    DWORD id;
    return GetConsoleProcessList(&id, 1) != 0;
}

bool family_give_console(void)
{
    return !has_console() && AllocConsole();
}

/* A runner without a console: on Windows each case would get a console with a window of its own.
 * Under Wine it gets none, as a rule, and one without a window costs it 0.4 s. */
static DWORD console_flag(void)
{
    return has_console() || !strcmp(implementation()->family, "wine") ? 0 : CREATE_NO_WINDOW;
}

/* Suspended, and held as HELD_BY says. False: nothing was started, or it was killed. */
static bool start(struct family *family, WCHAR *command_line, STARTUPINFOW *startup,
                  PROCESS_INFORMATION *info)
{
    DWORD flags =
        console_flag() | (held_by == FAMILY_BY_JOB_OF_ITS_OWN ? CREATE_BREAKAWAY_FROM_JOB : 0);
    *family = (struct family){.job = held_by == FAMILY_BY_PARENT ? NULL : create_job()};
    bool started = (family->job || held_by == FAMILY_BY_PARENT) &&
                   start_process(command_line, TRUE, flags, startup, info);
    if (started && (!family->job || real.AssignProcessToJobObject(family->job, info->hProcess))) {
        family->process = info->hProcess;
        return true;
    }
    DWORD error = GetLastError();
    if (started) {
        real.TerminateProcess(info->hProcess, 1);
        real.CloseHandle(info->hThread);
        real.CloseHandle(info->hProcess);
    }
    if (family->job)
        real.CloseHandle(family->job);
    SetLastError(error);
    return false;
}

/* Access denied, in a job: that one takes no nested job, or lets nobody go. */
static bool hold_otherwise(DWORD error)
{
    BOOL in_job = FALSE;
    if (error != ERROR_ACCESS_DENIED || held_by == FAMILY_BY_PARENT ||
        !real.IsProcessInJob(GetCurrentProcess(), NULL, &in_job) || !in_job)
        return false;
    held_by++;
    return true;
}

bool family_start(struct family *family, WCHAR *command_line, STARTUPINFOW *startup)
{
    PROCESS_INFORMATION info = {0};
    while (!start(family, command_line, startup, &info)) {
        DWORD error = GetLastError();
        if (!hold_otherwise(error)) {
            SetLastError(error);
            return false;
        }
    }
    bool runs = real.ResumeThread(info.hThread) != (DWORD)-1;
    DWORD error = GetLastError();
    real.CloseHandle(info.hThread);
    if (!runs) {
        real.TerminateProcess(info.hProcess, 1);
        family_close(family);
    }
    SetLastError(error);
    return runs;
}

/* ---- By parent ids */

struct member {
    DWORD id;
    HANDLE process;
    ULONGLONG created;
};

static ULONGLONG created_at(HANDLE process)
{
    FILETIME created = {0}, unused;
    GetProcessTimes(process, &created, &unused, &unused, &unused);
    return (ULONGLONG)created.dwHighDateTime << 32 | created.dwLowDateTime;
}

static bool is_child_of(const PROCESSENTRY32W *entry, const struct member *parent, HANDLE process)
{
    return entry->th32ParentProcessID == parent->id && process &&
           created_at(process) >= parent->created; /* an id may have had another owner before */
}

static bool runs(HANDLE process)
{
    return real.WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
}

/* The family, its first process included, whether that still runs or not; the handles to be closed
 * by the caller, all but the first. Its ids stay its own as long as they are open. */
static struct member *find_members(const struct family *family, size_t *count)
{
    const DWORD ACCESS = SYNCHRONIZE | PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION;
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    struct member *members = grow(NULL, sizeof(*members));
    members[0] = (struct member){real.GetProcessId(family->process), family->process,
                                 created_at(family->process)};
    *count = 1;
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    for (size_t i = 0; all != INVALID_HANDLE_VALUE && i < *count; i++) {
        for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
            if (entry.th32ParentProcessID != members[i].id)
                continue;
            HANDLE process = real.OpenProcess(ACCESS, FALSE, entry.th32ProcessID);
            if (is_child_of(&entry, &members[i], process) && runs(process)) {
                members = grow(members, (*count + 1) * sizeof(*members));
                members[(*count)++] =
                    (struct member){entry.th32ProcessID, process, created_at(process)};
            } else if (process) {
                real.CloseHandle(process);
            }
        }
    }
    if (all != INVALID_HANDLE_VALUE)
        real.CloseHandle(all);
    return members;
}

/* Counts those that run; with END, ends them. */
static DWORD go_through_members(const struct family *family, bool end)
{
    size_t count;
    DWORD left = 0;
    struct member *members = find_members(family, &count);
    for (size_t i = 0; i < count; i++) {
        left += runs(members[i].process);
        if (end)
            real.TerminateProcess(members[i].process, 1);
        if (i)
            real.CloseHandle(members[i].process);
    }
    free(members);
    return left;
}

/* ---- Counting and ending */

static DWORD running(const struct family *family)
{
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting = {0};
    if (!family->job)
        return go_through_members(family, false);
    if (!QueryInformationJobObject(family->job, JobObjectBasicAccountingInformation, &accounting,
                                   sizeof(accounting), NULL))
        return 0;
    return accounting.ActiveProcesses;
}

DWORD family_left(const struct family *family)
{
    ULONGLONG end = GetTickCount64() + 500;
    DWORD left = running(family);
    while (left && GetTickCount64() < end) {
        nap();
        left = running(family);
    }
    return left;
}

void family_kill(const struct family *family)
{
    if (family->job)
        real.TerminateJobObject(family->job, 1);
    else
        go_through_members(family, true);
    real.WaitForSingleObject(family->process, 5000);
}

void family_close(struct family *family)
{
    real.CloseHandle(family->process);
    if (family->job)
        real.CloseHandle(family->job);
    *family = (struct family){0};
}
