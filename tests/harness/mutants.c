/* Wrong behaviours for the cases of mutated.c. */
#include "mutants.h"

#include <string.h>

static DWORD WINAPI disk_is_pipe(HANDLE file)
{
    DWORD type = real(GetFileType)(file);
    return type == FILE_TYPE_DISK ? FILE_TYPE_PIPE : type;
}
MUTANT(harness_disk_is_pipe, "GetFileType takes a disk file for a pipe",
       PATCH(GetFileType, disk_is_pipe));

static DWORD WINAPI all_unknown(HANDLE file)
{
    (void)file;
    return FILE_TYPE_UNKNOWN;
}
MUTANT(harness_blanket, "GetFileType knows nothing", PATCH(GetFileType, all_unknown));

static DWORD WINAPI times_out(HANDLE handle, DWORD time)
{
    (void)handle;
    (void)time;
    return WAIT_TIMEOUT;
}
MUTANT(harness_wait_times_out, "WaitForSingleObject times out at once",
       PATCH(WaitForSingleObject, times_out));

static BOOL WINAPI never_same(HANDLE first, HANDLE second)
{
    (void)first;
    (void)second;
    return FALSE;
}
MUTANT(harness_never_same, "CompareObjectHandles finds all objects different",
       PATCH(CompareObjectHandles, never_same));

/* No test notices this one. */
static HANDLE WINAPI same_event(LPSECURITY_ATTRIBUTES attributes, BOOL manual, BOOL signaled,
                                LPCWSTR name)
{
    return real(CreateEventW)(attributes, manual, signaled, name);
}
MUTANT(harness_survivor, "CreateEventW does what it should", PATCH(CreateEventW, same_event));

/* Its own case does not come to the test. */
static DWORD WINAPI no_folder(DWORD size, LPWSTR room)
{
    (void)size;
    (void)room;
    return 0;
}
MUTANT(harness_no_folder, "GetCurrentDirectoryW tells no folder",
       PATCH(GetCurrentDirectoryW, no_folder));
