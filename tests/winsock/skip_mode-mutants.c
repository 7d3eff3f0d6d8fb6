/* Wrong behaviours, for the tests of skip_mode.c: packets that a socket goes without. */
#include "completion_port-mutants.h"

static bool skipping;

static BOOL WINAPI notes_mode(HANDLE file, UCHAR flags)
{
    skipping = skipping || flags & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
    return real(SetFileCompletionNotificationModes)(file, flags);
}

static BOOL WINAPI skips_failures(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    while (!done && skipping && *overlapped)
        done = PACKET;
    return done;
}
MUTANT(failures_are_skipped_too,
       "A socket that skips packets on success gets none for what pended and failed",
       PATCH(SetFileCompletionNotificationModes, notes_mode),
       PATCH(GetQueuedCompletionStatus, skips_failures));

static BOOL WINAPI skips_refusals(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    while (!done && skipping && *overlapped && GetLastError() == ERROR_CONNECTION_REFUSED)
        done = PACKET;
    return done;
}
MUTANT(refusals_are_skipped_too,
       "A socket that skips packets on success gets none for a refused ConnectEx",
       PATCH(SetFileCompletionNotificationModes, notes_mode),
       PATCH(GetQueuedCompletionStatus, skips_refusals));

static BOOL WINAPI skips_empty(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    while (done && skipping && *overlapped && *count == 0)
        done = PACKET;
    return done;
}
MUTANT(operations_without_bytes_are_skipped_too,
       "A socket that skips packets on success gets none for what pended and carried nothing",
       PATCH(SetFileCompletionNotificationModes, notes_mode),
       PATCH(GetQueuedCompletionStatus, skips_empty));
