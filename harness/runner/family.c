/* The processes of a case, held by a job or, where none is to be had, by parent ids. */
#include "runner/family.h"
#include "records/implementation.h"
#include "case/late.h"
#include "base/memory.h"
#include "case/path.h"
#include "case/process.h"

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

static bool has_jobs(void)
{
    return late_has("CreateJobObjectW") && late_has("SetInformationJobObject") &&
           late_has("AssignProcessToJobObject") && late_has("QueryInformationJobObject") &&
           late_has("TerminateJobObject") && late_has("IsProcessInJob");
}

static HANDLE create_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    if (!has_jobs())
        return NULL;
    HANDLE job = real(CreateJobObjectW)(NULL, NULL);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job &&
        !SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits))) {
        real(CloseHandle)(job);
        return NULL;
    }
    return job;
}

static bool has_console(void)
{
    DWORD id;
    return !late_has("GetConsoleProcessList") || real(GetConsoleProcessList)(&id, 1) != 0;
}

bool family_give_console(void)
{
    return !has_console() && real(AllocConsole)();
}

/* A runner without a console: on Windows each case would get a console with a window of its own.
 * Under Wine it gets none, as a rule, and one without a window costs it 0.4 s. */
static DWORD console_flag(void)
{
    return has_console() || !strcmp(implementation()->family, "wine") ? 0 : CREATE_NO_WINDOW;
}

/* Suspended, and held as HELD_BY says. False: nothing was started, or it was killed. *refused: it
 * is the job that cannot be had. */
static bool start(struct family *family, WCHAR *command_line, STARTUPINFOW *startup,
                  PROCESS_INFORMATION *info, bool *refused)
{
    bool by_parent = held_by == FAMILY_BY_PARENT;
    DWORD flags =
        console_flag() | (held_by == FAMILY_BY_JOB_OF_ITS_OWN ? CREATE_BREAKAWAY_FROM_JOB : 0);
    *family = (struct family){.job = by_parent ? NULL : create_job()};
    *refused = !family->job && !by_parent;
    if (*refused)
        return false;
    bool started = start_process(command_line, TRUE, flags, startup, info);
    DWORD error = GetLastError();
    if (started && (!family->job || real(AssignProcessToJobObject)(family->job, info->hProcess))) {
        family->process = info->hProcess;
        return true;
    }
    /* Without a process: nobody may leave the job that this is in. */
    *refused = started || (held_by == FAMILY_BY_JOB_OF_ITS_OWN && error == ERROR_ACCESS_DENIED);
    if (started) {
        error = GetLastError();
        real(TerminateProcess)(info->hProcess, 1);
        real(CloseHandle)(info->hThread);
        real(CloseHandle)(info->hProcess);
    }
    if (family->job)
        real(CloseHandle)(family->job);
    SetLastError(error);
    return false;
}

/* In a job that takes no nested one the next best is to leave it; elsewhere, to do without. */
static void hold_otherwise(void)
{
    BOOL in_job = FALSE;
    if (has_jobs() && held_by == FAMILY_BY_JOB)
        real(IsProcessInJob)(GetCurrentProcess(), NULL, &in_job);
    held_by = in_job ? FAMILY_BY_JOB_OF_ITS_OWN : FAMILY_BY_PARENT;
}

bool family_start(struct family *family, WCHAR *command_line, STARTUPINFOW *startup)
{
    PROCESS_INFORMATION info = {0};
    bool refused;
    while (!start(family, command_line, startup, &info, &refused)) {
        if (!refused)
            return false;
        hold_otherwise();
    }
    bool runs = real(ResumeThread)(info.hThread) != (DWORD)-1;
    DWORD error = GetLastError();
    real(CloseHandle)(info.hThread);
    if (!runs) {
        real(TerminateProcess)(info.hProcess, 1);
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
    if (late_has("GetProcessTimes"))
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
    return real(WaitForSingleObject)(process, 0) == WAIT_TIMEOUT;
}

/* The family, its first process included, whether that still runs or not; the handles to be closed
 * by the caller, all but the first. Its ids stay its own as long as they are open. */
static struct member *find_members(const struct family *family, size_t *count)
{
    const DWORD ACCESS = SYNCHRONIZE | PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION;
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    struct member *members = grow(NULL, sizeof(*members));
    members[0] = (struct member){real(GetProcessId)(family->process), family->process,
                                 created_at(family->process)};
    *count = 1;
    HANDLE all = late_has("CreateToolhelp32Snapshot")
                     ? CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)
                     : INVALID_HANDLE_VALUE;
    for (size_t i = 0; all != INVALID_HANDLE_VALUE && i < *count; i++) {
        for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
            if (entry.th32ParentProcessID != members[i].id)
                continue;
            HANDLE process = real(OpenProcess)(ACCESS, FALSE, entry.th32ProcessID);
            if (is_child_of(&entry, &members[i], process) && runs(process)) {
                members = grow_list(members, *count + 1, sizeof(*members));
                members[(*count)++] =
                    (struct member){entry.th32ProcessID, process, created_at(process)};
            } else if (process) {
                real(CloseHandle)(process);
            }
        }
    }
    if (all != INVALID_HANDLE_VALUE)
        real(CloseHandle)(all);
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
            real(TerminateProcess)(members[i].process, 1);
        if (i)
            real(CloseHandle)(members[i].process);
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

/* Those in the job that are seen to run another program: a system may start some on behalf of a
 * case, as Wine 10 does a shell, for the first window of a desktop. */
static DWORD of_other_programs(HANDLE job)
{
    const size_t SIZE = sizeof(JOBOBJECT_BASIC_PROCESS_ID_LIST) + 255 * sizeof(ULONG_PTR);
    JOBOBJECT_BASIC_PROCESS_ID_LIST *ids = zeroed(1, SIZE);
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    DWORD count = 0;
    HANDLE all = late_has("CreateToolhelp32Snapshot")
                     ? CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)
                     : INVALID_HANDLE_VALUE;
    bool more = all != INVALID_HANDLE_VALUE && Process32FirstW(all, &entry);
    QueryInformationJobObject(job, JobObjectBasicProcessIdList, ids, SIZE, NULL);
    for (; more; more = Process32NextW(all, &entry))
        for (DWORD i = 0; i < ids->NumberOfProcessIdsInList; i++)
            count += ids->ProcessIdList[i] == entry.th32ProcessID &&
                     _wcsicmp(entry.szExeFile, program_file());
    if (all != INVALID_HANDLE_VALUE)
        real(CloseHandle)(all);
    free(ids);
    return count;
}

DWORD family_left(const struct family *family)
{
    ULONGLONG end = GetTickCount64() + 500;
    DWORD left = running(family);
    for (int looks = 0; left && GetTickCount64() < end && looks < 500; looks++) {
        nap();
        left = running(family);
    }
    DWORD others = left && family->job ? of_other_programs(family->job) : 0;
    return left > others ? left - others : 0;
}

static bool job_holds;

void family_job_holds(void)
{
    job_holds = true;
}

bool family_kill(const struct family *family)
{
    if (family->job)
        real(TerminateJobObject)(family->job, 1);
    if (!family->job || !job_holds)
        go_through_members(family, true);
    return real(WaitForSingleObject)(family->process, 5000) == WAIT_OBJECT_0;
}

void family_close(struct family *family)
{
    real(CloseHandle)(family->process);
    if (family->job)
        real(CloseHandle)(family->job);
    *family = (struct family){0};
}
