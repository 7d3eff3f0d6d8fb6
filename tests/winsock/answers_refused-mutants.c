/* Wrong behaviours, for the tests of answers_refused.c: questions that a message does not answer.
 */
#include "answers-mutants.h"

static void no_room_elsewhere(MSG *answer, void *room)
{
    (void)room;
    if (WSAGETASYNCERROR(answer->lParam) == WSAEFAULT)
        answer->lParam = MAKELPARAM(MAXGETHOSTSTRUCT, WSAENOBUFS);
}

static HANDLE WINAPI lacks_room_elsewhere(SERVICE_PARAMETERS)
{
    return spoilt(window, message, SERVICE, room, no_room_elsewhere);
}
MUTANT(wsaasyncgetservbyname_lacks_room_elsewhere,
       "WSAAsyncGetServByName tells WSAENOBUFS of a room that is not in memory",
       PATCH(WSAAsyncGetServByName, lacks_room_elsewhere));

static HANDLE WINAPI needs_no_startup(SERVICE_PARAMETERS)
{
    HANDLE request = SERVICE;
    return !request && GetLastError() == WSANOTINITIALISED ? (HANDLE)1 : request;
}
MUTANT(wsaasyncgetservbyname_needs_no_startup,
       "WSAAsyncGetServByName takes a question without WSAStartup",
       PATCH(WSAAsyncGetServByName, needs_no_startup));

/* ---- Taken back */

static int WINAPI is_never_late(HANDLE request)
{
    int result = real(WSACancelAsyncRequest)(request);
    return request && result != 0 && GetLastError() != WSANOTINITIALISED ? 0 : result;
}
MUTANT(wsacancelasyncrequest_is_never_late,
       "WSACancelAsyncRequest returns 0 for a question that was answered",
       PATCH(WSACancelAsyncRequest, is_never_late));

static int WINAPI takes_0(HANDLE request)
{
    return request ? real(WSACancelAsyncRequest)(request) : 0;
}
MUTANT(wsacancelasyncrequest_takes_0, "WSACancelAsyncRequest returns 0 for a handle of 0",
       PATCH(WSACancelAsyncRequest, takes_0));

static int WINAPI cancel_needs_no_startup(HANDLE request)
{
    return failure_renamed(real(WSACancelAsyncRequest)(request), WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(wsacancelasyncrequest_needs_no_startup,
       "WSACancelAsyncRequest looks at its handle without WSAStartup",
       PATCH(WSACancelAsyncRequest, cancel_needs_no_startup));
