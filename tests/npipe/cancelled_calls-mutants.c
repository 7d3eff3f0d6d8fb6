/* Wrong behaviours, for the tests of cancelled_calls.c: CancelSynchronousIo. */
#include "npipe-mutants.h"

static BOOL WINAPI forgives_write(WRITE_PARAMETERS)
{
    BOOL done = WRITE;
    return done || (!overlapped && failed_with(done, ERROR_OPERATION_ABORTED));
}
MUTANT(cancelled_write_succeeds, "A WriteFile that CancelSynchronousIo ends returns TRUE",
       PATCH(WriteFile, forgives_write));

static BOOL WINAPI forgives_transaction(TRANSACT_PARAMETERS)
{
    BOOL done = TRANSACT;
    return done || (!overlapped && failed_with(done, ERROR_OPERATION_ABORTED));
}
MUTANT(cancelled_transaction_succeeds,
       "A TransactNamedPipe that CancelSynchronousIo ends returns TRUE",
       PATCH(TransactNamedPipe, forgives_transaction));

static BOOL WINAPI breaks(READ_PARAMETERS)
{
    BOOL done = READ;
    if (!overlapped && failed_with(done, ERROR_OPERATION_ABORTED))
        SetLastError(ERROR_BROKEN_PIPE);
    return done;
}
MUTANT(cancelled_read_of_a_client_ends_the_pipe,
       "A ReadFile that CancelSynchronousIo ends fails with ERROR_BROKEN_PIPE",
       PATCH(ReadFile, breaks));

/* The threads that have begun to read: handles that may cancel. */
static HANDLE readers[8];
static volatile LONG reader_count;

static BOOL WINAPI notes_reader(READ_PARAMETERS)
{
    HANDLE self = GetCurrentProcess(), thread = NULL;
    DWORD error = GetLastError();
    LONG number = InterlockedIncrement(&reader_count) - 1;
    if (number < 8 && real(DuplicateHandle)(self, GetCurrentThread(), self, &thread, 0, FALSE,
                                            DUPLICATE_SAME_ACCESS))
        readers[number] = thread;
    SetLastError(error);
    return READ;
}

static BOOL WINAPI reaches_others(HANDLE thread)
{
    BOOL cancelled = real(CancelSynchronousIo)(thread);
    DWORD error = GetLastError();
    for (int i = 0; cancelled && i < 8; i++) {
        if (readers[i])
            real(CancelSynchronousIo)(readers[i]);
    }
    SetLastError(error);
    return cancelled;
}
MUTANT(cancel_synchronous_io_reaches_other_threads,
       "CancelSynchronousIo ends the reads of all threads", PATCH(ReadFile, notes_reader),
       PATCH(CancelSynchronousIo, reaches_others));

static HANDLE pending_end;
static LPOVERLAPPED pending;

static BOOL WINAPI notes_pending(READ_PARAMETERS)
{
    BOOL done = READ;
    if (overlapped && failed_with(done, ERROR_IO_PENDING)) {
        pending_end = end;
        pending = overlapped;
    }
    return done;
}

static BOOL WINAPI ends_overlapped(HANDLE thread)
{
    BOOL cancelled = real(CancelSynchronousIo)(thread);
    DWORD error = GetLastError();
    if (cancelled && pending)
        real(CancelIoEx)(pending_end, pending);
    SetLastError(error);
    return cancelled;
}
MUTANT(cancel_synchronous_io_ends_overlapped_reads,
       "CancelSynchronousIo ends the overlapped reads of the thread, too",
       PATCH(ReadFile, notes_pending), PATCH(CancelSynchronousIo, ends_overlapped));

/* The end of which a read was cancelled. */
static HANDLE cancelled_end;

static BOOL WINAPI fails_next(READ_PARAMETERS)
{
    if (end == cancelled_end) {
        SetLastError(ERROR_OPERATION_ABORTED);
        return FALSE;
    }
    BOOL done = READ;
    if (!overlapped && failed_with(done, ERROR_OPERATION_ABORTED))
        cancelled_end = end;
    return done;
}
MUTANT(cancel_synchronous_io_ends_the_next_read,
       "CancelSynchronousIo ends what the thread reads later, too", PATCH(ReadFile, fails_next));
