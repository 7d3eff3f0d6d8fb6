/* Wrong behaviours, for the tests of routine.c: ReadFileEx and WriteFileEx. */
#include "npipe-mutants.h"

static LPOVERLAPPED_COMPLETION_ROUTINE routine;

static void CALLBACK routine_without_error(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    (void)error;
    routine(0, count, overlapped);
}

static void CALLBACK routine_without_count(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    (void)count;
    routine(error, 0, overlapped);
}

#define READ_EX_PARAMETERS                                          \
    HANDLE end, LPVOID buffer, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE then

static BOOL WINAPI read_hides_error(READ_EX_PARAMETERS)
{
    routine = then;
    return real(ReadFileEx)(end, buffer, size, overlapped, routine_without_error);
}
MUTANT(read_file_ex_hides_errors, "The routine of ReadFileEx is told of no error",
       PATCH(ReadFileEx, read_hides_error));

static bool has_written, has_read;

static BOOL WINAPI notes_written(WRITE_PARAMETERS)
{
    has_written = true;
    return WRITE;
}

static BOOL WINAPI notes_read(READ_PARAMETERS)
{
    has_read = true;
    return READ;
}

static BOOL WINAPI read_hides_count(READ_EX_PARAMETERS)
{
    if (!has_written || is_client_end(end) || !unread_in(end, NULL))
        return real(ReadFileEx)(end, buffer, size, overlapped, then);
    routine = then;
    return real(ReadFileEx)(end, buffer, size, overlapped, routine_without_count);
}
MUTANT(read_file_ex_hides_count,
       "The routine of ReadFileEx is told that 0 bytes were read of what WriteFile has left",
       PATCH(WriteFile, notes_written), PATCH(ReadFileEx, read_hides_count));

static BOOL WINAPI read_clears_event(READ_EX_PARAMETERS)
{
    BOOL started = real(ReadFileEx)(end, buffer, size, overlapped, then);
    overlapped->hEvent = NULL;
    return started;
}
MUTANT(read_file_ex_clears_event, "ReadFileEx changes the member hEvent",
       PATCH(ReadFileEx, read_clears_event));

static BOOL WINAPI write_runs_routines(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    DWORD error = GetLastError();
    real(SleepEx)(1, TRUE);
    SetLastError(error);
    return wrote;
}
MUTANT(npipe_write_runs_routines, "Completion routines run outside alertable waits",
       PATCH(WriteFile, write_runs_routines));

#define WRITE_EX_PARAMETERS                                         \
    HANDLE end, LPCVOID bytes, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE then

static BOOL WINAPI write_hides_count(WRITE_EX_PARAMETERS)
{
    if (has_read || is_client_end(end) || unread_in(end, NULL) || size > 4096)
        return real(WriteFileEx)(end, bytes, size, overlapped, then);
    routine = then;
    return real(WriteFileEx)(end, bytes, size, overlapped, routine_without_count);
}
MUTANT(write_file_ex_hides_count,
       "The routine of WriteFileEx is told that 0 bytes were written before anybody reads",
       PATCH(ReadFile, notes_read), PATCH(WriteFileEx, write_hides_count));

static BOOL WINAPI write_takes_port(WRITE_EX_PARAMETERS)
{
    BOOL started = real(WriteFileEx)(end, bytes, size, overlapped, then);
    return started || failed_with(started, ERROR_INVALID_PARAMETER);
}
MUTANT(write_file_ex_takes_handles_with_a_port,
       "WriteFileEx returns TRUE for a handle that a completion port has",
       PATCH(WriteFileEx, write_takes_port));
