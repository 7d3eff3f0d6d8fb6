/* Wrong behaviours, for the tests of port.c: packets of a completion port. */
#include "npipe-mutants.h"

static BOOL WINAPI packet_without_key(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (got && connecting.operation)
        *key = 0;
    return got;
}
MUTANT(completion_packet_of_connect_has_no_key,
       "The completion packet of a connect does not have the key of its handle",
       PATCH(ConnectNamedPipe, notes_connect),
       PATCH(GetQueuedCompletionStatus, packet_without_key));

static bool transacting;

static BOOL WINAPI notes_transaction(HANDLE pipe, LPVOID request, DWORD size, LPVOID reply,
                                     DWORD reply_size, LPDWORD count, LPOVERLAPPED overlapped)
{
    transacting = true;
    return real(TransactNamedPipe)(pipe, request, size, reply, reply_size, count, overlapped);
}

static BOOL WINAPI transaction_without_count(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (got && transacting)
        *count = 0;
    return got;
}
MUTANT(completion_packet_of_transaction_has_no_count,
       "The completion packet of a transaction counts no bytes",
       PATCH(TransactNamedPipe, notes_transaction),
       PATCH(GetQueuedCompletionStatus, transaction_without_count));
