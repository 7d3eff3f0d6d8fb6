/* Wrong behaviours, for the tests of completion_entries.c: GetQueuedCompletionStatusEx. */
#include "winsock-mutants.h"

#define ENTRIES_PARAMETERS \
    HANDLE port, LPOVERLAPPED_ENTRY entries, ULONG room, PULONG count, DWORD time, BOOL alertable
#define ENTRIES real(GetQueuedCompletionStatusEx)(port, entries, room, count, time, alertable)

static BOOL fails(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

static SOCKET the_first = INVALID_SOCKET;
static ULONG_PTR first_key;

static HANDLE WINAPI notes_first(HANDLE file, HANDLE existing, ULONG_PTR key, DWORD threads)
{
    if (existing && the_first == INVALID_SOCKET)
        the_first = (SOCKET)file, first_key = key;
    return real(CreateIoCompletionPort)(file, existing, key, threads);
}

static BOOL WINAPI key_of_the_first(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    for (ULONG i = 0; done && i < *count; i++)
        if (the_first != INVALID_SOCKET)
            entries[i].lpCompletionKey = first_key;
    return done;
}
MUTANT(entries_carry_the_key_of_the_first_socket,
       "An entry carries the key of the first socket of its port",
       PATCH(CreateIoCompletionPort, notes_first),
       PATCH(GetQueuedCompletionStatusEx, key_of_the_first));

static BOOL WINAPI one_by_one(ENTRIES_PARAMETERS)
{
    return real(GetQueuedCompletionStatusEx)(port, entries, room > 1 ? 1 : room, count, time,
                                             alertable);
}
MUTANT(entries_come_one_by_one, "GetQueuedCompletionStatusEx takes one packet only",
       PATCH(GetQueuedCompletionStatusEx, one_by_one));

static BOOL WINAPI last_comes_first(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    for (ULONG i = 0; done && i < *count / 2; i++) {
        OVERLAPPED_ENTRY entry = entries[i];
        entries[i] = entries[*count - 1 - i];
        entries[*count - 1 - i] = entry;
    }
    return done;
}
MUTANT(last_entry_comes_first, "Packets that are taken at once come in the order of a stack",
       PATCH(GetQueuedCompletionStatusEx, last_comes_first));

static BOOL WINAPI tells_room(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    if (done && *count > 1)
        *count = room;
    return done;
}
MUTANT(entries_are_counted_by_room,
       "GetQueuedCompletionStatusEx tells the room as the number of several packets",
       PATCH(GetQueuedCompletionStatusEx, tells_room));

static BOOL WINAPI drops_rest(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    ULONG more;
    OVERLAPPED_ENTRY entry;
    if (done && room > 1 && *count == room)
        real(GetQueuedCompletionStatusEx)(port, &entry, 1, &more, 0, FALSE);
    return done;
}
MUTANT(entries_beyond_the_room_are_lost, "A packet that finds no room any more is lost",
       PATCH(GetQueuedCompletionStatusEx, drops_rest));

static BOOL WINAPI overlapped_needed(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    return done && !entries[0].lpOverlapped ? fails(WAIT_TIMEOUT) : done;
}
MUTANT(entries_need_an_overlapped, "A packet without OVERLAPPED is taken for none",
       PATCH(GetQueuedCompletionStatusEx, overlapped_needed));

static BOOL WINAPI failure_fails(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    return done && *count == 1 && entries[0].lpOverlapped && entries[0].lpOverlapped->Internal
               ? fails(ERROR_MORE_DATA)
               : done;
}
MUTANT(entry_of_a_failure_fails, "GetQueuedCompletionStatusEx fails with what a packet failed with",
       PATCH(GetQueuedCompletionStatusEx, failure_fails));

static BOOL WINAPI does_not_wait(ENTRIES_PARAMETERS)
{
    return real(GetQueuedCompletionStatusEx)(port, entries, room, count, room == 1 ? 0 : time,
                                             alertable);
}
MUTANT(entry_is_not_waited_for,
       "GetQueuedCompletionStatusEx does not wait when it has room for one",
       PATCH(GetQueuedCompletionStatusEx, does_not_wait));

static ULONG_PTR last_key;

static BOOL WINAPI posts_twice(HANDLE port, DWORD count, ULONG_PTR key, LPOVERLAPPED overlapped)
{
    BOOL posted = real(PostQueuedCompletionStatus)(port, count, key, overlapped);
    if (posted && !count && key != last_key)
        real(PostQueuedCompletionStatus)(port, count, last_key = key, overlapped);
    return posted;
}
MUTANT(posted_packet_wakes_two, "A packet of no bytes that is posted ends the waits of two threads",
       PATCH(PostQueuedCompletionStatus, posts_twice));

static BOOL WINAPI late_otherwise(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    rename_error(!done && !time, WAIT_TIMEOUT, ERROR_TIMEOUT);
    return done;
}
MUTANT(no_entries_are_called_otherwise,
       "GetQueuedCompletionStatusEx that does not wait fails with ERROR_TIMEOUT",
       PATCH(GetQueuedCompletionStatusEx, late_otherwise));

static BOOL WINAPI early(ENTRIES_PARAMETERS)
{
    return real(GetQueuedCompletionStatusEx)(port, entries, room, count,
                                             time < 1000 ? time / 2 : time, alertable);
}
MUTANT(entries_are_waited_for_half_the_time,
       "GetQueuedCompletionStatusEx waits half of a short time",
       PATCH(GetQueuedCompletionStatusEx, early));

static BOOL WINAPI apc_is_late(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    rename_error(!done && alertable, WAIT_IO_COMPLETION, WAIT_TIMEOUT);
    return done;
}
MUTANT(apc_in_a_wait_for_entries_is_a_time_out,
       "GetQueuedCompletionStatusEx tells WAIT_TIMEOUT when an APC ended its wait",
       PATCH(GetQueuedCompletionStatusEx, apc_is_late));

static BOOL WINAPI always_alertable(ENTRIES_PARAMETERS)
{
    if (time < 1000 && time)
        alertable = TRUE;
    return ENTRIES;
}
MUTANT(wait_for_entries_is_always_alertable,
       "GetQueuedCompletionStatusEx runs APCs in a short wait, though it shall not",
       PATCH(GetQueuedCompletionStatusEx, always_alertable));

static BOOL WINAPI apcs_first(ENTRIES_PARAMETERS)
{
    return alertable && SleepEx(0, TRUE) == WAIT_IO_COMPLETION ? fails(WAIT_IO_COMPLETION)
                                                               : ENTRIES;
}
MUTANT(apcs_come_before_entries, "GetQueuedCompletionStatusEx runs an APC though there is a packet",
       PATCH(GetQueuedCompletionStatusEx, apcs_first));

static BOOL WINAPI closed_is_late(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    rename_error(!done, ERROR_ABANDONED_WAIT_0, WAIT_TIMEOUT);
    return done;
}
MUTANT(closing_a_port_ends_no_wait_for_entries,
       "Closing a port does not end the wait of GetQueuedCompletionStatusEx",
       PATCH(GetQueuedCompletionStatusEx, closed_is_late));

static BOOL WINAPI takes_anything(ENTRIES_PARAMETERS)
{
    BOOL done = ENTRIES;
    if (!done && GetLastError() != WAIT_TIMEOUT && GetLastError() != WAIT_IO_COMPLETION &&
        GetLastError() != ERROR_ABANDONED_WAIT_0 && room > 1)
        return *count = 0, TRUE;
    return done;
}
MUTANT(entries_of_no_port, "GetQueuedCompletionStatusEx finds no packets where there is no port",
       PATCH(GetQueuedCompletionStatusEx, takes_anything));
