/* Wrong behaviours, for the tests of select_sets.c: several sockets and sets, and the wait. */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit
#define SELECT real(select)(n, reads, writes, excepts, limit)

/* ---- Sets */

static int WINAPI wants_two_sets(SELECT_PARAMETERS)
{
    return excepts && !reads && !writes ? socket_fails(WSAEINVAL) : SELECT;
}
MUTANT(select_wants_a_second_set, "select fails when only exceptfds is given",
       PATCH(select, wants_two_sets));

static int WINAPI one_of_many(SELECT_PARAMETERS)
{
    int ready = SELECT;
    return ready > 1 && reads && reads->fd_count == (u_int)ready ? 1 : ready;
}
MUTANT(select_returns_1_for_many, "select returns 1 when several sockets of a set are ready",
       PATCH(select, one_of_many));

static int WINAPI writes_skip(SELECT_PARAMETERS)
{
    return writes ? failure_hidden(SELECT, WSAENOTSOCK, 0) : SELECT;
}
MUTANT(select_skips_strangers_in_writefds, "select passes over what is no socket in writefds",
       PATCH(select, writes_skip));

static int WINAPI excepts_skip(SELECT_PARAMETERS)
{
    return excepts ? failure_hidden(SELECT, WSAENOTSOCK, 0) : SELECT;
}
MUTANT(select_skips_strangers_in_exceptfds, "select passes over what is no socket in exceptfds",
       PATCH(select, excepts_skip));

/* ---- The wait */

struct call {
    int n;
    fd_set *reads, *writes, *excepts;
    int ready;
    DWORD error;
};

static DWORD WINAPI select_elsewhere(void *argument)
{
    struct call *call = argument;
    call->ready = real(select)(call->n, call->reads, call->writes, call->excepts, NULL);
    call->error = GetLastError();
    return 0;
}

static int WINAPI not_alertable(SELECT_PARAMETERS)
{
    if (limit)
        return SELECT;
    struct call call = {n, reads, writes, excepts, 0, 0};
    HANDLE thread = CreateThread(NULL, 0, select_elsewhere, &call, 0, NULL);
    real(WaitForSingleObject)(thread, INFINITE);
    SetLastError(call.error);
    return call.ready;
}
MUTANT(select_waits_without_alerts, "select without a time does not let APCs run",
       PATCH(select, not_alertable));

static int WINAPI needs_no_start(SELECT_PARAMETERS)
{
    return failure_hidden(SELECT, WSANOTINITIALISED, 0);
}
MUTANT(select_needs_no_start, "select works without WSAStartup", PATCH(select, needs_no_start));

/* ---- Time-outs */

static int WINAPI leaves_writes(SELECT_PARAMETERS)
{
    u_int count = writes ? writes->fd_count : 0;
    int ready = SELECT;
    if (ready == 0 && writes)
        writes->fd_count = count;
    return ready;
}
MUTANT(select_that_times_out_leaves_writefds, "select that times out leaves writefds as it was",
       PATCH(select, leaves_writes));

static int WINAPI leaves_excepts(SELECT_PARAMETERS)
{
    u_int count = excepts ? excepts->fd_count : 0;
    int ready = SELECT;
    if (ready == 0 && excepts)
        excepts->fd_count = count;
    return ready;
}
MUTANT(select_that_times_out_leaves_exceptfds, "select that times out leaves exceptfds as it was",
       PATCH(select, leaves_excepts));
