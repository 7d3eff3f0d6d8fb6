/* Wrong behaviours, for the tests of lookup_async.c: GetAddrInfoExW, GetAddrInfoExA and
 * GetAddrInfoExCancel. */
#include "lookup_ex-mutants.h"

static int WINAPI no_time(INFO_PARAMETERS)
{
    return time ? WSAEINVAL : INFO;
}
MUTANT(getaddrinfoex_takes_no_time, "GetAddrInfoExW with a time-out fails with WSAEINVAL",
       PATCH(GetAddrInfoExW, no_time));

static int WINAPI sets_event(INFO_PARAMETERS)
{
    int error = INFO;
    if (operation && operation->hEvent && !node && !service)
        SetEvent(operation->hEvent);
    return error;
}
MUTANT(getaddrinfoex_of_nothing_sets_the_event,
       "GetAddrInfoExW that fails at once sets the event of its OVERLAPPED",
       PATCH(GetAddrInfoExW, sets_event));

/* The list of the second request that is under way is that of the first. */
static int WINAPI mixes_up(INFO_PARAMETERS)
{
    static PADDRINFOEXW *first;
    if (!operation || !first) {
        first = operation ? found : first;
        return INFO;
    }
    int error = real(GetAddrInfoExW)(node, service, space, provider, hints, first, time, operation,
                                     routine, handle);
    *found = *first;
    return error;
}
MUTANT(getaddrinfoex_mixes_up_results, "Two requests of GetAddrInfoExW store one result",
       PATCH(GetAddrInfoExW, mixes_up));

static int WINAPI no_data_at_once(INFO_PARAMETERS)
{
    int error = INFO;
    return operation && node && error == WSAHOST_NOT_FOUND ? WSANO_DATA : error;
}

static int WINAPI no_data_later(LPOVERLAPPED operation)
{
    int error = real(GetAddrInfoExOverlappedResult)(operation);
    return error == WSAHOST_NOT_FOUND ? WSANO_DATA : error;
}
MUTANT(getaddrinfoex_failure_is_no_data,
       "An asynchronous GetAddrInfoExW of an unknown host tells WSANO_DATA",
       PATCH(GetAddrInfoExW, no_data_at_once), PATCH(GetAddrInfoExOverlappedResult, no_data_later));

static bool has_asked;

static int WINAPI notes_asked(INFO_PARAMETERS)
{
    has_asked |= handle != NULL;
    return INFO;
}

static int WINAPI in_vain(LPHANDLE handle)
{
    return has_asked ? 0 : real(GetAddrInfoExCancel)(handle);
}
MUTANT(getaddrinfoex_cancel_is_in_vain, "GetAddrInfoExCancel returns 0 and cancels nothing",
       PATCH(GetAddrInfoExW, notes_asked), PATCH(GetAddrInfoExCancel, in_vain));

static int WINAPI ansi_without_port(LPCSTR node, LPCSTR service, DWORD space, LPGUID provider,
                                    const ADDRINFOEXA *hints, PADDRINFOEXA *found,
                                    struct timeval *time, LPOVERLAPPED operation,
                                    LPLOOKUPSERVICE_COMPLETION_ROUTINE routine, LPHANDLE handle)
{
    int error = real(GetAddrInfoExA)(node, service, space, provider, hints, found, time, operation,
                                     routine, handle);
    if (!error && hints && *found)
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_port = 0;
    return error;
}
MUTANT(ansi_getaddrinfoex_forgets_the_port, "GetAddrInfoExA does not store the port",
       PATCH(GetAddrInfoExA, ansi_without_port));
