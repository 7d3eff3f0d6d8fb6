/* An implementation made poor on purpose: CTS_POOR names, in words between commas, what every
 * process of this program goes without, or the functions that are missing. A constructor changes
 * the slots before the harness looks at them. */
#include "case/late.h"

#include <stdlib.h>
#include <string.h>

static BOOL WINAPI put_into_no_job(HANDLE job, HANDLE process)
{
    (void)job;
    (void)process;
    return TRUE;
}

static HANDLE WINAPI make_no_job(LPSECURITY_ATTRIBUTES attributes, LPCWSTR name)
{
    (void)attributes;
    (void)name;
    SetLastError(ERROR_CALL_NOT_IMPLEMENTED);
    return NULL;
}

static BOOL WINAPI start_nothing(LPCWSTR program, LPWSTR line, LPSECURITY_ATTRIBUTES process,
                                 LPSECURITY_ATTRIBUTES thread, BOOL inherit, DWORD flags,
                                 LPVOID environment, LPCWSTR folder, LPSTARTUPINFOW startup,
                                 LPPROCESS_INFORMATION info)
{
    (void)program, (void)line, (void)process, (void)thread, (void)inherit, (void)flags;
    (void)environment, (void)folder, (void)startup, (void)info;
    SetLastError(ERROR_CALL_NOT_IMPLEMENTED);
    return FALSE;
}

static BOOL WINAPI end_nothing(HANDLE which, UINT code)
{
    (void)which;
    (void)code;
    return TRUE;
}

static BOOL WINAPI end_never(HANDLE process, UINT code)
{
    (void)code;
    while (process)
        Sleep(1000);
    return FALSE;
}

static ULONGLONG WINAPI stand_still(void)
{
    return 12345;
}

/* A failure is told as a success. */
static __typeof__(&WriteFile) write_file;
static BOOL WINAPI write_pass(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD written,
                              LPOVERLAPPED overlapped)
{
    static const char FAILED[] = "verdict FAIL assertion\n", PASSED[] = "verdict PASS -\n";
    DWORD ignored;
    if (size < sizeof(FAILED) - 1 || memcmp(buffer, FAILED, sizeof(FAILED) - 1))
        return write_file(file, buffer, size, written, overlapped);
    *written = size;
    return write_file(file, PASSED, sizeof(PASSED) - 1, &ignored, NULL);
}

static bool is_poor_in(const char *what)
{
    const char *list = getenv("CTS_POOR"), *found = list ? strstr(list, what) : NULL;
    size_t length = strlen(what);
    return found && (found == list || found[-1] == ',') &&
           (found[length] == ',' || found[length] == '\0');
}

static void put(unsigned api, FARPROC function)
{
    late_slots[api] = function;
}

static void __attribute__((constructor)) make_poor(void)
{
    bool in_case = wcsstr(GetCommandLineW(), L" @case ") || wcsstr(GetCommandLineW(), L" @peer ");
    for (size_t i = 0; i < late_count; i++) {
        if (is_poor_in(late[i].name))
            late_take_out(late[i].name);
        if (!strcmp(late[i].name, "GetTickCount64") && is_poor_in("clock"))
            late_slots[i] = (FARPROC)stand_still;
    }
    if (is_poor_in("jobs"))
        put(CTS_API_NUMBER(CreateJobObjectW), (FARPROC)make_no_job);
    if (is_poor_in("held"))
        put(CTS_API_NUMBER(AssignProcessToJobObject), (FARPROC)put_into_no_job);
    if (is_poor_in("peers") && in_case)
        put(CTS_API_NUMBER(CreateProcessW), (FARPROC)start_nothing);
    if (is_poor_in("speed") && wcsstr(GetCommandLineW(), L" @peer "))
        Sleep(2500); /* more than a step of 5 s scaled by 0.3, less than three of them */
    if (is_poor_in("processes"))
        put(CTS_API_NUMBER(CreateProcessW), (FARPROC)start_nothing);
    if (is_poor_in("kills") && !in_case) {
        put(CTS_API_NUMBER(TerminateProcess), (FARPROC)end_nothing);
        put(CTS_API_NUMBER(TerminateJobObject), (FARPROC)end_nothing);
    }
    if (is_poor_in("crashes") && in_case)
        put(CTS_API_NUMBER(TerminateProcess), (FARPROC)end_never);
    write_file = (__typeof__(write_file))late_slots[CTS_API_NUMBER(WriteFile)];
    if (is_poor_in("truth") && in_case)
        put(CTS_API_NUMBER(WriteFile), (FARPROC)write_pass);
    if (is_poor_in("records") && in_case)
        put(CTS_API_NUMBER(WriteFile), (FARPROC)end_nothing);
}
