/* GetAddrInfoExW, done wrong. */
#include "lookup_ex-mutants.h"

MUTANT(getaddrinfoex_takes_a_length, "GetAddrInfoExW takes hints with ai_addrlen",
       PATCH(GetAddrInfoExW, blind_to_length));

MUTANT(getaddrinfoex_takes_a_name, "GetAddrInfoExW takes hints with ai_canonname",
       PATCH(GetAddrInfoExW, blind_to_name));

MUTANT(getaddrinfoex_takes_an_address, "GetAddrInfoExW takes hints with ai_addr",
       PATCH(GetAddrInfoExW, blind_to_address));

MUTANT(getaddrinfoex_takes_a_next_one, "GetAddrInfoExW takes hints with ai_next",
       PATCH(GetAddrInfoExW, blind_to_next));

MUTANT(getaddrinfoex_reads_no_port, "GetAddrInfoExW does not store the port of an address of IPv4",
       PATCH(GetAddrInfoExW, reads_no_port));

MUTANT(getaddrinfoex_tells_a_longer_name,
       "GetAddrInfoExW tells a length of its addresses that is too much by 1",
       PATCH(GetAddrInfoExW, longer));

MUTANT(getaddrinfoex_knows_no_ipv6, "GetAddrInfoExW does not know addresses of IPv6",
       PATCH(GetAddrInfoExW, no_ipv6));

MUTANT(getaddrinfoex_forgets_the_kind,
       "GetAddrInfoExW does not tell type and protocol of its hints",
       PATCH(GetAddrInfoExW, forgets_kind));

MUTANT(getaddrinfoex_to_bind_is_loopback,
       "GetAddrInfoExW with AI_PASSIVE tells the loopback address",
       PATCH(GetAddrInfoExW, bind_loopback));

MUTANT(getaddrinfoex_to_connect_is_any,
       "GetAddrInfoExW without AI_PASSIVE tells the wildcard address",
       PATCH(GetAddrInfoExW, connect_any));

MUTANT(getaddrinfoex_of_nothing_is_invalid, "GetAddrInfoExW of nothing fails with WSAEINVAL",
       PATCH(GetAddrInfoExW, nothing_invalid));

MUTANT(getaddrinfoex_looks_up_always, "GetAddrInfoExW looks a name up in spite of AI_NUMERICHOST",
       PATCH(GetAddrInfoExW, looks_up));

MUTANT(getaddrinfoex_of_a_family_is_invalid,
       "GetAddrInfoExW of an unknown family fails with WSAEINVAL",
       PATCH(GetAddrInfoExW, family_invalid));

MUTANT(getaddrinfoex_of_a_type_is_invalid, "GetAddrInfoExW of an unknown type fails with WSAEINVAL",
       PATCH(GetAddrInfoExW, type_invalid));

MUTANT(getaddrinfoex_takes_service_for_host,
       "GetAddrInfoExW of an unknown service fails with WSAHOST_NOT_FOUND",
       PATCH(GetAddrInfoExW, service_host));

MUTANT(getaddrinfoex_before_startup_cannot_recover,
       "GetAddrInfoExW without WSAStartup fails with WSANO_RECOVERY",
       PATCH(GetAddrInfoExW, info_unstarted));

static int WINAPI wants_space(INFO_PARAMETERS)
{
    return space == NS_ALL ? WSAEINVAL : INFO;
}
MUTANT(getaddrinfoex_wants_a_name_space, "GetAddrInfoExW fails for NS_ALL",
       PATCH(GetAddrInfoExW, wants_space));

static int WINAPI no_event(INFO_PARAMETERS)
{
    HANDLE event = operation ? operation->hEvent : NULL;
    if (!event || routine)
        return INFO;
    operation->hEvent = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    int error = INFO;
    if (error == WSA_IO_PENDING)
        real(WaitForSingleObject)(operation->hEvent, 1000);
    operation->hEvent = event;
    SetLastError((DWORD)error);
    return error;
}
MUTANT(getaddrinfoex_sets_no_event, "GetAddrInfoExW does not set the event of its OVERLAPPED",
       PATCH(GetAddrInfoExW, no_event));

static void CALLBACK nobody(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation)
{
    (void)error, (void)bytes, (void)operation;
}

static int WINAPI no_routine(INFO_PARAMETERS)
{
    if (routine && operation && !operation->hEvent)
        routine = nobody;
    return INFO;
}
MUTANT(getaddrinfoex_calls_no_routine, "GetAddrInfoExW does not call its routine",
       PATCH(GetAddrInfoExW, no_routine));

static void(CALLBACK *asked)(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation);

static void CALLBACK without_pointer(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation)
{
    operation->Pointer = NULL;
    asked(error, bytes, operation);
}

static int WINAPI no_pointer(INFO_PARAMETERS)
{
    if (routine && operation && !operation->hEvent) {
        asked = routine;
        routine = without_pointer;
    }
    return INFO;
}
MUTANT(getaddrinfoex_leaves_the_pointer, "GetAddrInfoExW does not store where the result is",
       PATCH(GetAddrInfoExW, no_pointer));

static int WINAPI both(INFO_PARAMETERS)
{
    if (operation && operation->hEvent && routine)
        operation->hEvent = NULL;
    return INFO;
}
MUTANT(getaddrinfoex_takes_an_event_beside_a_routine,
       "GetAddrInfoExW takes an event beside a routine", PATCH(GetAddrInfoExW, both));

static int WINAPI result_fault(LPOVERLAPPED operation)
{
    return operation ? real(GetAddrInfoExOverlappedResult)(operation) : WSAEFAULT;
}
MUTANT(getaddrinfoex_result_of_null_is_a_fault,
       "GetAddrInfoExOverlappedResult without an OVERLAPPED returns WSAEFAULT",
       PATCH(GetAddrInfoExOverlappedResult, result_fault));

static bool was_asked;

static int WINAPI notes_request(INFO_PARAMETERS)
{
    was_asked |= handle != NULL;
    return INFO;
}

static int WINAPI nothing_cancelled(LPHANDLE handle)
{
    return handle && !was_asked ? 0 : real(GetAddrInfoExCancel)(handle);
}
MUTANT(getaddrinfoex_cancel_of_nothing_succeeds,
       "GetAddrInfoExCancel of what is no handle succeeds", PATCH(GetAddrInfoExW, notes_request),
       PATCH(GetAddrInfoExCancel, nothing_cancelled));

static int WINAPI done_cancelled(LPHANDLE handle)
{
    return handle && was_asked ? 0 : real(GetAddrInfoExCancel)(handle);
}
MUTANT(getaddrinfoex_cancel_of_what_is_done_succeeds,
       "GetAddrInfoExCancel of a request that is done succeeds",
       PATCH(GetAddrInfoExW, notes_request), PATCH(GetAddrInfoExCancel, done_cancelled));
