/* Wrong behaviours, for the tests of callback.c: BindIoCompletionCallback. */
#include "npipe-mutants.h"

/* The program's callback, which is called by one of the mutant's. */
static LPOVERLAPPED_COMPLETION_ROUTINE programs;
static HANDLE bound_handle;

/* The last operation that is spoiled. */
static LPOVERLAPPED spoiled;

#define BINDS(name, callback)                                                                   \
    static BOOL WINAPI name(HANDLE file, LPOVERLAPPED_COMPLETION_ROUTINE function, ULONG flags) \
    {                                                                                           \
        programs = function;                                                                    \
        bound_handle = file;                                                                    \
        return real(BindIoCompletionCallback)(file, callback, flags);                           \
    }

static void CALLBACK swallows(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    if (overlapped != spoiled)
        programs(error, count, overlapped);
}
BINDS(binds_swallowing, swallows)

static BOOL WINAPI spoils_read(READ_PARAMETERS)
{
    if (overlapped && end == bound_handle)
        spoiled = overlapped;
    return READ;
}
MUTANT(callback_of_a_read_never_runs, "The callback of BindIoCompletionCallback runs for no read",
       PATCH(BindIoCompletionCallback, binds_swallowing), PATCH(ReadFile, spoils_read));

static BOOL WINAPI spoils_write(WRITE_PARAMETERS)
{
    if (overlapped && end == bound_handle)
        spoiled = overlapped;
    return WRITE;
}
MUTANT(callback_of_a_write_never_runs, "The callback of BindIoCompletionCallback runs for no write",
       PATCH(BindIoCompletionCallback, binds_swallowing), PATCH(WriteFile, spoils_write));

static BOOL WINAPI spoils_connect(CONNECT_PARAMETERS)
{
    if (overlapped && server == bound_handle)
        spoiled = overlapped;
    return CONNECT;
}
MUTANT(callback_of_a_connect_never_runs,
       "The callback of BindIoCompletionCallback runs for no ConnectNamedPipe",
       PATCH(BindIoCompletionCallback, binds_swallowing), PATCH(ConnectNamedPipe, spoils_connect));

/* A read of a file is waited for, and its callback is run by the thread that reads. */
static BOOL WINAPI reads_and_calls(READ_PARAMETERS)
{
    DWORD count = 0, error = 0;
    if (!overlapped || end != bound_handle || real(GetFileType)(end) != FILE_TYPE_DISK)
        return READ;
    spoiled = overlapped;
    if (!READ && GetLastError() != ERROR_IO_PENDING)
        return FALSE;
    if (!real(GetOverlappedResult)(end, overlapped, &count, TRUE))
        error = GetLastError();
    programs(error, count, overlapped);
    SetLastError(ERROR_IO_PENDING);
    return FALSE;
}
MUTANT(callback_runs_in_the_own_thread,
       "The callback of BindIoCompletionCallback runs in the thread that has begun the operation",
       PATCH(BindIoCompletionCallback, binds_swallowing), PATCH(ReadFile, reads_and_calls));

static BOOL WINAPI notes_last(READ_PARAMETERS)
{
    if (overlapped && end == bound_handle)
        spoiled = overlapped;
    return READ;
}

static void CALLBACK confuses(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    programs(error, count, spoiled ? spoiled : overlapped);
}
BINDS(binds_confusing, confuses)
MUTANT(callback_gets_the_last_overlapped,
       "The callback of BindIoCompletionCallback gets the OVERLAPPED that was used last",
       PATCH(BindIoCompletionCallback, binds_confusing), PATCH(ReadFile, notes_last));

static void CALLBACK forgives(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    (void)error;
    programs(0, count, overlapped);
}
BINDS(binds_forgiving, forgives)
MUTANT(callback_is_told_no_error, "The callback of BindIoCompletionCallback is told no error",
       PATCH(BindIoCompletionCallback, binds_forgiving), PATCH(ReadFile, notes_last));

static void CALLBACK calls_last(DWORD error, DWORD count, LPOVERLAPPED overlapped)
{
    programs(error, count, overlapped);
}
BINDS(binds_last, calls_last)
MUTANT(callback_is_the_last_of_the_process,
       "The callback of BindIoCompletionCallback is the one that was bound last",
       PATCH(BindIoCompletionCallback, binds_last), PATCH(ReadFile, notes_last));

static BOOL WINAPI binds_anything(HANDLE file, LPOVERLAPPED_COMPLETION_ROUTINE function,
                                  ULONG flags)
{
    real(BindIoCompletionCallback)(file, function, flags);
    return TRUE;
}
MUTANT(callback_of_no_handle_succeeds, "BindIoCompletionCallback succeeds with what is no handle",
       PATCH(BindIoCompletionCallback, binds_anything));
