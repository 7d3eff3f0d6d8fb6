/* Wrong behaviours, for the tests of synchronous.c: synchronous handles of named pipes. */
#include "npipe-mutants.h"

static HANDLE synchronous[16];
static unsigned synchronous_count;

static HANDLE WINAPI notes_synchronous(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (!(open_mode & FILE_FLAG_OVERLAPPED) && synchronous_count < 16)
        synchronous[synchronous_count++] = server;
    return server;
}

static BOOL WINAPI synchronous_goes_pending(READ_PARAMETERS)
{
    for (unsigned i = 0; overlapped && i < synchronous_count; i++)
        if (synchronous[i] == end && !unread_in(end, NULL))
            return fail_with(ERROR_IO_PENDING);
    return READ;
}
MUTANT(npipe_synchronous_read_goes_pending,
       "ReadFile with an OVERLAPPED does not wait on a synchronous handle",
       PATCH(CreateNamedPipeW, notes_synchronous), PATCH(ReadFile, synchronous_goes_pending));

static BOOL WINAPI obeys_offset(READ_PARAMETERS)
{
    return is_pipe(end) && overlapped && overlapped->Offset ? fail_with(ERROR_HANDLE_EOF) : READ;
}
MUTANT(npipe_read_obeys_offset, "ReadFile on a pipe obeys the offset of OVERLAPPED",
       PATCH(ReadFile, obeys_offset));

static BOOL WINAPI connect_is_alertable(CONNECT_PARAMETERS)
{
    if (!overlapped)
        real(SleepEx)(0, TRUE);
    return CONNECT;
}
MUTANT(npipe_connect_is_alertable, "A blocking ConnectNamedPipe runs the thread's queued APCs",
       PATCH(ConnectNamedPipe, connect_is_alertable));
