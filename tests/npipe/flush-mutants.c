/* Wrong behaviours, for the tests of flush.c: FlushFileBuffers at the server end of a pipe. */
#include "npipe-mutants.h"

static BOOL WINAPI flush_does_not_wait(HANDLE file)
{
    return info_of(file) & PIPE_SERVER_END || real(FlushFileBuffers)(file);
}
MUTANT(npipe_flush_does_not_wait, "FlushFileBuffers does not wait for the client",
       PATCH(FlushFileBuffers, flush_does_not_wait));

static BOOL WINAPI flush_fails_when_unread(HANDLE file)
{
    return unread_in(file, NULL) ? fail_with(ERROR_BUSY) : real(FlushFileBuffers)(file);
}
MUTANT(npipe_flush_minds_incoming,
       "FlushFileBuffers fails while the server itself has data to read",
       PATCH(FlushFileBuffers, flush_fails_when_unread));

static BOOL WINAPI flush_needs_no_right(HANDLE file)
{
    BOOL flushed = real(FlushFileBuffers)(file);
    return flushed || failed_with(flushed, ERROR_ACCESS_DENIED);
}
MUTANT(npipe_flush_needs_no_right, "FlushFileBuffers succeeds with a handle for reading only",
       PATCH(FlushFileBuffers, flush_needs_no_right));
