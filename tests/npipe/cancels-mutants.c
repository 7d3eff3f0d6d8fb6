/* Wrong behaviours, for the tests of cancels.c: CancelIo and CancelIoEx. */
#include "npipe-mutants.h"

/* What this process has begun on pipes and may be pending, in its order. */
static struct begun {
    HANDLE end;
    OVERLAPPED *operation;
    bool reads;
    DWORD thread;
} begun[16];
static unsigned count;

static bool is_pending(const struct begun *one)
{
    return (DWORD)one->operation->Internal == 0x103; /* STATUS_PENDING */
}

static void note(HANDLE end, OVERLAPPED *operation, bool reads, BOOL done)
{
    if (!done && operation && GetLastError() == ERROR_IO_PENDING && count < 16)
        begun[count++] = (struct begun){end, operation, reads, GetCurrentThreadId()};
}

static BOOL WINAPI notes_read(READ_PARAMETERS)
{
    BOOL done = READ;
    note(end, overlapped, true, done);
    return done;
}

static BOOL WINAPI notes_write(WRITE_PARAMETERS)
{
    BOOL done = WRITE;
    note(end, overlapped, false, done);
    return done;
}

static BOOL WINAPI notes_transaction(TRANSACT_PARAMETERS)
{
    BOOL done = TRANSACT;
    note(pipe, overlapped, false, done);
    return done;
}

#define NOTES                                                   \
    PATCH(ReadFile, notes_read), PATCH(WriteFile, notes_write), \
        PATCH(TransactNamedPipe, notes_transaction)

/* Those that CHOSEN says of all that is pending on END; the last of them when LAST_ONLY. */
enum choice { READS, FIRST, LAST };

static bool cancel(HANDLE end, enum choice choice)
{
    bool any = false;
    for (unsigned i = 0; i < count; i++) {
        struct begun *one = &begun[choice == LAST ? count - 1 - i : i];
        if (one->end != end || !is_pending(one))
            continue;
        if (choice != READS)
            return real(CancelIoEx)(end, one->operation);
        if (one->reads)
            real(CancelIoEx)(end, one->operation);
        any = true;
    }
    return any;
}

static BOOL WINAPI reads_only(HANDLE end)
{
    return cancel(end, READS) || real(CancelIo)(end);
}
MUTANT(cancel_io_ends_reads_only, "CancelIo ends reads, and no writes or transactions", NOTES,
       PATCH(CancelIo, reads_only));

static BOOL WINAPI first_only(HANDLE end)
{
    return cancel(end, FIRST) || real(CancelIo)(end);
}
MUTANT(cancel_io_ends_the_first_only, "CancelIo ends the operation that was begun first", NOTES,
       PATCH(CancelIo, first_only));

static BOOL WINAPI last_only(HANDLE end)
{
    return cancel(end, LAST) || real(CancelIo)(end);
}
MUTANT(cancel_io_ends_the_last_only, "CancelIo ends the operation that was begun last", NOTES,
       PATCH(CancelIo, last_only));

static BOOL WINAPI reads_only_ex(HANDLE end, LPOVERLAPPED one)
{
    return (!one && cancel(end, READS)) || real(CancelIoEx)(end, one);
}
MUTANT(cancel_io_ex_ends_reads_only,
       "CancelIoEx without an OVERLAPPED ends no writes, no transactions", NOTES,
       PATCH(CancelIoEx, reads_only_ex));

static BOOL WINAPI first_only_ex(HANDLE end, LPOVERLAPPED one)
{
    return (!one && cancel(end, FIRST)) || real(CancelIoEx)(end, one);
}
MUTANT(cancel_io_ex_ends_the_first_only,
       "CancelIoEx without an OVERLAPPED ends the operation that was begun first", NOTES,
       PATCH(CancelIoEx, first_only_ex));

static BOOL WINAPI last_only_ex(HANDLE end, LPOVERLAPPED one)
{
    return (!one && cancel(end, LAST)) || real(CancelIoEx)(end, one);
}
MUTANT(cancel_io_ex_ends_the_last_only,
       "CancelIoEx without an OVERLAPPED ends the operation that was begun last", NOTES,
       PATCH(CancelIoEx, last_only_ex));

static void cancel_on_others(HANDLE end)
{
    for (unsigned i = 0; i < count; i++) {
        if (begun[i].end != end && is_pending(&begun[i]))
            real(CancelIoEx)(begun[i].end, begun[i].operation);
    }
}

static BOOL WINAPI of_all_handles(HANDLE end)
{
    cancel_on_others(end);
    return real(CancelIo)(end);
}
MUTANT(cancel_io_ends_all_of_the_thread, "CancelIo ends what is pending on other handles, too",
       NOTES, PATCH(CancelIo, of_all_handles));

static BOOL WINAPI of_all_handles_ex(HANDLE end, LPOVERLAPPED one)
{
    if (!one)
        cancel_on_others(end);
    return real(CancelIoEx)(end, one);
}
MUTANT(cancel_io_ex_ends_other_handles,
       "CancelIoEx without an OVERLAPPED ends what is pending on other handles, too", NOTES,
       PATCH(CancelIoEx, of_all_handles_ex));

static HANDLE cancelled;

static BOOL WINAPI notes_cancel(HANDLE end)
{
    cancelled = end;
    return real(CancelIo)(end);
}

static BOOL WINAPI notes_cancel_ex(HANDLE end, LPOVERLAPPED one)
{
    cancelled = one ? cancelled : end;
    return real(CancelIoEx)(end, one);
}

static BOOL WINAPI is_cancelled_at_once(READ_PARAMETERS)
{
    BOOL done = READ;
    DWORD error = GetLastError();
    if (!done && overlapped && error == ERROR_IO_PENDING && end == cancelled)
        real(CancelIoEx)(end, overlapped);
    SetLastError(error);
    return done;
}
MUTANT(cancelled_handle_reads_no_more, "Reads of a handle whose operations were cancelled are, too",
       PATCH(CancelIo, notes_cancel), PATCH(CancelIoEx, notes_cancel_ex),
       PATCH(ReadFile, is_cancelled_at_once));
