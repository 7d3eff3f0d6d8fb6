/* Wrong behaviours, for the tests of internal_status.c: an OVERLAPPED that does not tell the state
 * of its operation. */
#include "npipe-mutants.h"

/* Stores again the state that an OVERLAPPED held before its operation. Leaves the last error alone.
 */
static void leave(OVERLAPPED *overlapped, const OVERLAPPED *before)
{
    overlapped->Internal = before->Internal;
}

static bool is_pending(BOOL done, const OVERLAPPED *overlapped)
{
    return !done && overlapped && GetLastError() == ERROR_IO_PENDING;
}

static OVERLAPPED held(const OVERLAPPED *overlapped)
{
    return overlapped ? *overlapped : (OVERLAPPED){0};
}

/* The call, whose OVERLAPPED is as it was before where the condition holds. */
#define LEAVES(name, parameters, call, condition) \
    static BOOL WINAPI name(parameters)           \
    {                                             \
        OVERLAPPED before = held(overlapped);     \
        BOOL done = call;                         \
        if (condition)                            \
            leave(overlapped, &before);           \
        return done;                              \
    }

LEAVES(read_leaves, READ_PARAMETERS, READ, is_pending(done, overlapped) && is_pipe(end))
MUTANT(pipe_read_leaves_internal, "A ReadFile of a pipe that pends leaves Internal as it was",
       PATCH(ReadFile, read_leaves));

LEAVES(write_leaves, WRITE_PARAMETERS, WRITE, is_pending(done, overlapped) && is_pipe(end))
MUTANT(pipe_write_leaves_internal, "A WriteFile to a pipe that pends leaves Internal as it was",
       PATCH(WriteFile, write_leaves));

LEAVES(connect_leaves, CONNECT_PARAMETERS, CONNECT, is_pending(done, overlapped))
MUTANT(pipe_connect_leaves_internal, "A ConnectNamedPipe that pends leaves Internal as it was",
       PATCH(ConnectNamedPipe, connect_leaves));

LEAVES(transaction_leaves, TRANSACT_PARAMETERS, TRANSACT, is_pending(done, overlapped))
MUTANT(pipe_transaction_leaves_internal, "A TransactNamedPipe that pends leaves Internal as it was",
       PATCH(TransactNamedPipe, transaction_leaves));

#define READ_EX_PARAMETERS                                          \
    HANDLE end, LPVOID buffer, DWORD size, LPOVERLAPPED overlapped, \
        LPOVERLAPPED_COMPLETION_ROUTINE routine
LEAVES(read_ex_leaves, READ_EX_PARAMETERS, real(ReadFileEx)(end, buffer, size, overlapped, routine),
       done &&overlapped && !HasOverlappedIoCompleted(overlapped))
MUTANT(pipe_read_ex_leaves_internal, "A ReadFileEx that pends leaves Internal as it was",
       PATCH(ReadFileEx, read_ex_leaves));

LEAVES(read_stores_nothing, READ_PARAMETERS, READ, done &&overlapped &&is_pipe(end))
MUTANT(pipe_read_at_once_stores_nothing,
       "A ReadFile of a pipe that succeeds at once leaves Internal as it was",
       PATCH(ReadFile, read_stores_nothing));

LEAVES(write_stores_nothing, WRITE_PARAMETERS, WRITE, done &&overlapped &&is_pipe(end))
MUTANT(pipe_write_at_once_stores_nothing,
       "A WriteFile to a pipe that succeeds at once leaves Internal as it was",
       PATCH(WriteFile, write_stores_nothing));

static BOOL WINAPI part_is_a_success(READ_PARAMETERS)
{
    BOOL done = READ;
    if (!done && overlapped && GetLastError() == ERROR_MORE_DATA)
        overlapped->Internal = 0;
    return done;
}
MUTANT(pipe_part_is_a_success_inside,
       "Internal is 0 when a read was completed with a part of a message",
       PATCH(ReadFile, part_is_a_success));

/* ---- What a pending read leaves behind when it ends */

static OVERLAPPED *begun; /* the last read that went pending */

static BOOL WINAPI notes_waiting(READ_PARAMETERS)
{
    BOOL done = READ;
    if (is_pending(done, overlapped) && is_pipe(end))
        begun = overlapped;
    return done;
}

/* The read that the call has ended, if it has; NULL otherwise. */
static OVERLAPPED *ended(void)
{
    DWORD error = GetLastError();
    OVERLAPPED *read = begun;
    if (!read || !read->hEvent || real(WaitForSingleObject)(read->hEvent, 100) != WAIT_OBJECT_0)
        read = NULL;
    begun = NULL;
    SetLastError(error);
    return read;
}

static BOOL WINAPI write_ends_without_a_count(WRITE_PARAMETERS)
{
    BOOL done = WRITE;
    OVERLAPPED *read = is_pipe(end) ? ended() : NULL;
    if (read)
        read->InternalHigh = 0;
    return done;
}
MUTANT(pipe_read_ends_without_a_count,
       "InternalHigh is 0 when a ReadFile of a pipe that was pending has succeeded",
       PATCH(ReadFile, notes_waiting), PATCH(WriteFile, write_ends_without_a_count));

static BOOL WINAPI close_ends_well(HANDLE handle)
{
    bool end = is_pipe(handle);
    BOOL closed = real(CloseHandle)(handle);
    OVERLAPPED *read = end ? ended() : NULL;
    if (read)
        read->Internal = 0;
    return closed;
}
MUTANT(pipe_failure_is_a_success_inside,
       "Internal is 0 when a ReadFile of a pipe that was pending fails as the other end is closed",
       PATCH(ReadFile, notes_waiting), PATCH(CloseHandle, close_ends_well));
