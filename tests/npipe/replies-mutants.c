/* Wrong behaviours, for the tests of replies.c: the ends of transactions. */
#include "npipe-mutants.h"

static OVERLAPPED *transacting;

static BOOL WINAPI notes_transaction(TRANSACT_PARAMETERS)
{
    transacting = overlapped;
    return TRANSACT;
}

static bool is_part(BOOL result, const OVERLAPPED *operation)
{
    return !result && operation && operation == transacting && GetLastError() == ERROR_MORE_DATA;
}

static BOOL WINAPI part_succeeds(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || (!wait && is_part(ended, overlapped));
}
MUTANT(result_of_a_long_reply_succeeds,
       "GetOverlappedResult that does not wait takes a part of a reply for all of it",
       PATCH(TransactNamedPipe, notes_transaction), PATCH(GetOverlappedResult, part_succeeds));

static BOOL WINAPI part_waited_for_succeeds(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || (wait && is_part(ended, overlapped));
}
MUTANT(result_waited_for_of_a_long_reply_succeeds,
       "GetOverlappedResult that waits takes a part of a reply for all of it",
       PATCH(TransactNamedPipe, notes_transaction),
       PATCH(GetOverlappedResult, part_waited_for_succeeds));

static BOOL WINAPI part_has_no_count(HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved,
                                     DWORD time, BOOL alertable)
{
    BOOL ended = real(GetOverlappedResultEx)(file, overlapped, moved, time, alertable);
    if (is_part(ended, overlapped))
        *moved = 0;
    return ended;
}
MUTANT(result_ex_of_a_long_reply_has_no_count,
       "GetOverlappedResultEx gives 0 bytes for a part of a reply",
       PATCH(TransactNamedPipe, notes_transaction),
       PATCH(GetOverlappedResultEx, part_has_no_count));

static BOOL WINAPI packet_succeeds(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    return got || is_part(got, *overlapped);
}
MUTANT(packet_of_a_long_reply_succeeds,
       "GetQueuedCompletionStatus takes a part of a reply for all of it",
       PATCH(TransactNamedPipe, notes_transaction),
       PATCH(GetQueuedCompletionStatus, packet_succeeds));

/* Whether the event of an operation is set. An event with automatic reset is not looked at. */
static bool is_set(const OVERLAPPED *operation)
{
    HANDLE event = operation ? operation->hEvent : NULL;
    return event && real(WaitForSingleObject)(event, 0) == WAIT_OBJECT_0 &&
           real(WaitForSingleObject)(event, 0) == WAIT_OBJECT_0;
}

static BOOL WINAPI transact_leaves_set(TRANSACT_PARAMETERS)
{
    bool set = is_set(overlapped);
    BOOL done = TRANSACT;
    DWORD error = GetLastError();
    if (set && !done && error == ERROR_IO_PENDING)
        real(SetEvent)(overlapped->hEvent);
    SetLastError(error);
    return done;
}
MUTANT(transact_leaves_the_event_set, "TransactNamedPipe does not reset an event that is set",
       PATCH(TransactNamedPipe, transact_leaves_set));
