/* Wrong behaviours, for the tests of ports.c: completion ports of named pipes. */
#include "npipe-mutants.h"

static HANDLE WINAPI one_key(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    static ULONG_PTR first;
    if (file != INVALID_HANDLE_VALUE && is_pipe(file)) {
        if (port == NULL)
            first = key;
        else
            key = first;
    }
    return real(CreateIoCompletionPort)(file, port, key, threads);
}
MUTANT(completion_port_gives_all_pipes_one_key,
       "Packets of a further pipe have the key that the port was created with",
       PATCH(CreateIoCompletionPort, one_key));

/* Takes two packets, where there are, and keeps the older one for the next call. */
static BOOL WINAPI newest_first(PACKET_PARAMETERS)
{
    static OVERLAPPED_ENTRY kept;
    static HANDLE kept_of;
    if (kept_of == port) {
        kept_of = NULL;
        *count = kept.dwNumberOfBytesTransferred;
        *key = kept.lpCompletionKey;
        *overlapped = kept.lpOverlapped;
        return TRUE;
    }
    BOOL got = PACKET;
    DWORD error = GetLastError();
    OVERLAPPED_ENTRY next = {0};
    if (got && real(GetQueuedCompletionStatus)(port, &next.dwNumberOfBytesTransferred,
                                               &next.lpCompletionKey, &next.lpOverlapped, 0)) {
        kept = (OVERLAPPED_ENTRY){.lpCompletionKey = *key,
                                  .lpOverlapped = *overlapped,
                                  .dwNumberOfBytesTransferred = *count};
        kept_of = port;
        *count = next.dwNumberOfBytesTransferred;
        *key = next.lpCompletionKey;
        *overlapped = next.lpOverlapped;
    }
    SetLastError(error);
    return got;
}
MUTANT(completion_port_gives_the_newest_packet,
       "GetQueuedCompletionStatus gives the newer of two packets first",
       PATCH(GetQueuedCompletionStatus, newest_first));

#define ENTRIES_PARAMETERS \
    HANDLE port, LPOVERLAPPED_ENTRY entries, ULONG size, PULONG removed, DWORD time, BOOL alertable
#define ENTRIES real(GetQueuedCompletionStatusEx)(port, entries, size, removed, time, alertable)

static BOOL WINAPI parts_without_count(ENTRIES_PARAMETERS)
{
    BOOL got = ENTRIES;
    for (ULONG i = 0; got && i < *removed; i++) {
        OVERLAPPED *operation = entries[i].lpOverlapped;
        if (operation && (DWORD)operation->Internal == 0x80000005) /* STATUS_BUFFER_OVERFLOW */
            entries[i].dwNumberOfBytesTransferred = 0;
    }
    return got;
}
MUTANT(completion_entries_of_parts_have_no_count,
       "GetQueuedCompletionStatusEx gives 0 bytes for a part of a message",
       PATCH(GetQueuedCompletionStatusEx, parts_without_count));

static BOOL WINAPI first_key(ENTRIES_PARAMETERS)
{
    static HANDLE asked;
    static ULONG_PTR first;
    BOOL got = ENTRIES;
    if (got && *removed && asked != port) {
        asked = port;
        first = entries[0].lpCompletionKey;
    }
    for (ULONG i = 0; got && i < *removed; i++)
        entries[i].lpCompletionKey = first;
    return got;
}
MUTANT(completion_entries_have_the_first_key,
       "GetQueuedCompletionStatusEx gives all packets the key of the first",
       PATCH(GetQueuedCompletionStatusEx, first_key));

/* While the operation begins, hEvent is without its low bit. */
#define WITHOUT_BIT(call)                                                     \
    do {                                                                      \
        HANDLE given_ = overlapped ? overlapped->hEvent : NULL;               \
        if (given_)                                                           \
            overlapped->hEvent = (HANDLE)((ULONG_PTR)given_ & ~(ULONG_PTR)1); \
        BOOL done_ = (call);                                                  \
        if (given_)                                                           \
            overlapped->hEvent = given_;                                      \
        return done_;                                                         \
    } while (0)

static BOOL WINAPI read_without_bit(READ_PARAMETERS)
{
    WITHOUT_BIT(READ);
}
MUTANT(event_bit_of_a_pipe_read_is_ignored,
       "The low bit of hEvent does not hold back a read's packet",
       PATCH(ReadFile, read_without_bit));

static BOOL WINAPI write_without_bit(WRITE_PARAMETERS)
{
    WITHOUT_BIT(WRITE);
}
MUTANT(event_bit_of_a_pipe_write_is_ignored,
       "The low bit of hEvent does not hold back a write's packet",
       PATCH(WriteFile, write_without_bit));

static BOOL WINAPI connect_without_bit(CONNECT_PARAMETERS)
{
    WITHOUT_BIT(CONNECT);
}
MUTANT(event_bit_of_a_connect_is_ignored,
       "The low bit of hEvent does not hold back the packet of ConnectNamedPipe",
       PATCH(ConnectNamedPipe, connect_without_bit));

static BOOL WINAPI transact_without_bit(TRANSACT_PARAMETERS)
{
    WITHOUT_BIT(TRANSACT);
}
MUTANT(event_bit_of_a_transaction_is_ignored,
       "The low bit of hEvent does not hold back the packet of TransactNamedPipe",
       PATCH(TransactNamedPipe, transact_without_bit));
