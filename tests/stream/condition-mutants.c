/* Wrong behaviours, for the tests of condition.c: WSAAccept and its condition function. */
#include "stream-mutants.h"

#define ACCEPT_PARAMETERS WSAACCEPT_PARAMETERS
#define ACCEPT(condition_) real(WSAAccept)(s, name, length, (condition_), data)

static SOCKET WINAPI accepts_all(ACCEPT_PARAMETERS)
{
    return ACCEPT(data ? NULL : condition);
}
MUTANT(wsaaccept_asks_nobody, "WSAAccept does not ask a condition function that is given data",
       PATCH(WSAAccept, accepts_all));

static SOCKET WINAPI rejected_is_aborted(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSAECONNREFUSED, WSAECONNABORTED);
}
MUTANT(wsaaccept_rejected_is_aborted, "WSAAccept fails with WSAECONNABORTED for CF_REJECT",
       PATCH(WSAAccept, rejected_is_aborted));

static SOCKET WINAPI deferred_would_block(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSATRY_AGAIN, WSAEWOULDBLOCK);
}
MUTANT(wsaaccept_deferred_would_block, "WSAAccept fails with WSAEWOULDBLOCK for CF_DEFER",
       PATCH(WSAAccept, deferred_would_block));

static SOCKET WINAPI other_answer_is_rejection(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSAEINVAL, WSAECONNREFUSED);
}
MUTANT(wsaaccept_other_answer_is_rejection, "WSAAccept takes any other answer for CF_REJECT",
       PATCH(WSAAccept, other_answer_is_rejection));

static LPCONDITIONPROC asked;
static int wish;

static int CALLBACK with_names_swapped(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos,
                                       LPQOS group_qos, LPWSABUF callee, LPWSABUF callee_data,
                                       GROUP *group, DWORD_PTR data)
{
    return asked(callee, caller_data, qos, group_qos, caller, callee_data, group, data);
}

static SOCKET WINAPI swaps_names(ACCEPT_PARAMETERS)
{
    asked = condition;
    return ACCEPT(condition ? with_names_swapped : NULL);
}
MUTANT(wsaaccept_swaps_names, "The condition function takes the server for the client",
       PATCH(WSAAccept, swaps_names));

static SOCKET WINAPI other_data(ACCEPT_PARAMETERS)
{
    data = data ? data + 1 : data;
    return ACCEPT(condition);
}
MUTANT(wsaaccept_changes_callback_data, "The condition function is given other data",
       PATCH(WSAAccept, other_data));

struct question {
    LPWSABUF caller, caller_data, callee, callee_data;
    LPQOS qos, group_qos;
    GROUP *group;
    DWORD_PTR data;
    int answer;
};

static DWORD WINAPI ask(void *argument)
{
    struct question *q = argument;
    q->answer = asked(q->caller, q->caller_data, q->qos, q->group_qos, q->callee, q->callee_data,
                      q->group, q->data);
    return 0;
}

static int CALLBACK in_another_thread(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos,
                                      LPQOS group_qos, LPWSABUF callee, LPWSABUF callee_data,
                                      GROUP *group, DWORD_PTR data)
{
    struct question q = {caller, caller_data, callee, callee_data, qos, group_qos, group, data, 0};
    HANDLE thread = CreateThread(NULL, 0, ask, &q, 0, NULL);
    real(WaitForSingleObject)(thread, INFINITE);
    real(CloseHandle)(thread);
    return q.answer;
}

static SOCKET WINAPI asks_elsewhere(ACCEPT_PARAMETERS)
{
    asked = condition;
    return ACCEPT(condition ? in_another_thread : NULL);
}
MUTANT(wsaaccept_asks_in_another_thread, "The condition function runs in another thread",
       PATCH(WSAAccept, asks_elsewhere));

static int CALLBACK notes_wish(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos, LPQOS group_qos,
                               LPWSABUF callee, LPWSABUF callee_data, GROUP *group, DWORD_PTR data)
{
    wish = asked(caller, caller_data, qos, group_qos, callee, callee_data, group, data);
    return wish == CF_REJECT ? CF_ACCEPT : wish;
}

static SOCKET WINAPI keeps_the_rejected(ACCEPT_PARAMETERS)
{
    asked = condition;
    SOCKET accepted = ACCEPT(condition ? notes_wish : NULL);
    if (accepted == INVALID_SOCKET || !condition || wish != CF_REJECT)
        return accepted;
    SetLastError(WSAECONNREFUSED);
    return INVALID_SOCKET;
}
MUTANT(wsaaccept_keeps_the_rejected, "The client that was rejected stays connected",
       PATCH(WSAAccept, keeps_the_rejected));

static SOCKET WINAPI drops_the_deferred(ACCEPT_PARAMETERS)
{
    SOCKET accepted = ACCEPT(condition);
    if (accepted == INVALID_SOCKET && GetLastError() == WSATRY_AGAIN) {
        u_long on = 1;
        real(closesocket)(real(accept)(s, NULL, NULL));
        real(ioctlsocket)(s, FIONBIO, &on);
        SetLastError(WSATRY_AGAIN);
    }
    return accepted;
}
MUTANT(wsaaccept_drops_the_deferred, "The client that was deferred is gone",
       PATCH(WSAAccept, drops_the_deferred));

static SOCKET WINAPI asks_for_nobody(ACCEPT_PARAMETERS)
{
    SOCKET accepted = ACCEPT(condition);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEWOULDBLOCK && condition) {
        condition(NULL, NULL, NULL, NULL, NULL, NULL, NULL, data);
        SetLastError(WSAEWOULDBLOCK);
    }
    return accepted;
}
MUTANT(wsaaccept_asks_for_nobody, "The condition function is asked when there is no client",
       PATCH(WSAAccept, asks_for_nobody));

static int WINAPI conditional_is_on(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_CONDITIONAL_ACCEPT)
        *value = TRUE;
    return result;
}
MUTANT(conditional_accept_is_on, "SO_CONDITIONAL_ACCEPT is on by default",
       PATCH(getsockopt, conditional_is_on));

static int WINAPI conditional_at_any_time(SET_PARAMETERS)
{
    int result = SET;
    return level == SOL_SOCKET && option == SO_CONDITIONAL_ACCEPT
               ? failure_hidden(result, WSAEINVAL, 0)
               : result;
}
MUTANT(conditional_accept_can_always_be_set, "SO_CONDITIONAL_ACCEPT can be set of a listener",
       PATCH(setsockopt, conditional_at_any_time));
