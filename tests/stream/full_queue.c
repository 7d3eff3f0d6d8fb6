/* What waits for a listener whose queue is full: a connect, while routines of its thread run, and a
 * ConnectEx, which its thread leaves behind. */
#include "extension.h"

/* A listener with a full queue; UNSUPPORTED where nobody waits for room in it. */
static SOCKET full_listener(void)
{
    SOCKET listener = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    require(listen(listener, 1) == 0);
    for (int i = 0; i < 10; i++) {
        SOCKET s = socket_open(SOCK_STREAM);
        HANDLE over = event_create();
        require(WSAEventSelect(s, over, FD_CONNECT) == 0);
        connect(s, (struct sockaddr *)&server, sizeof(server));
        if (!settles(over))
            return listener;
    }
    unsupported("a full queue does not keep clients waiting");
}

/* Accepts whoever comes until the object is signaled. */
static void make_room(SOCKET listener, HANDLE until)
{
    set_nonblocking(listener, true);
    for (DWORD ms = 0; ms < step_limit(); ms += 10) {
        accept(listener, NULL, NULL);
        if (WaitForSingleObject(until, 10) != WAIT_TIMEOUT)
            return;
    }
}

struct attempt {
    SOCKET s;
    struct sockaddr_in server;
    int (*connect)(struct attempt *);
    OVERLAPPED *operation;
};

/* ---- Routines that run meanwhile ---- */

static int by_connect(struct attempt *a)
{
    return connect(a->s, (struct sockaddr *)&a->server, sizeof(a->server));
}

static int by_wsaconnect(struct attempt *a)
{
    return WSAConnect(a->s, (struct sockaddr *)&a->server, sizeof(a->server), NULL, NULL, NULL,
                      NULL);
}

static const struct {
    struct row row;
    int (*connect)(struct attempt *);
} forms[] = {
    {{"connect", "stream.connect.apc_runs"}, by_connect},
    {{"wsaconnect", "stream.wsaconnect.apc_runs"}, by_wsaconnect},
};

static HANDLE ran;

static void CALLBACK note_run(ULONG_PTR unused)
{
    (void)unused;
    SetEvent(ran);
}

static DWORD connects_with_a_routine(void *argument)
{
    struct attempt *attempt = argument;
    require(QueueUserAPC(note_run, GetCurrentThread(), 0));
    expect_socket_succeeded(attempt->connect(attempt));
    return 0;
}

START_TEST(routine_runs_in)
{
    winsock_start();
    SOCKET listener = full_listener();
    struct attempt attempt = {.s = socket_open(SOCK_STREAM),
                              .server = socket_name(listener),
                              .connect = forms[_i].connect};
    ran = event_create();

    struct thread *thread = thread_start(connects_with_a_routine, &attempt);

    expect_number(WaitForSingleObject(ran, step_limit() / 2), WAIT_OBJECT_0);
    make_room(listener, thread->handle);
    thread_join(thread);
    expect_number(send(attempt.s, "x", 1, 0), 1); /* it has gone on to its end */
}
END_TEST
COVERS_ROWS(routine_runs_in, forms);

/* ---- The end of the thread ---- */

static DWORD begins(void *argument)
{
    struct attempt *a = argument;
    BOOL done = connect_ex(a->s)(a->s, (struct sockaddr *)&a->server, sizeof(a->server), NULL, 0,
                                 NULL, a->operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    return 0;
}

START_TEST(thread_takes_connect_ex_along)
{
    winsock_start();
    struct attempt attempt = {.s = socket_bound(SOCK_STREAM),
                              .server = socket_name(full_listener()),
                              .operation = operation_with_event()};
    DWORD count, flags = 0;

    thread_join(thread_start(begins, &attempt));

    expect_signaled(attempt.operation->hEvent);
    expect_failed(WSAGetOverlappedResult(attempt.s, attempt.operation, &count, FALSE, &flags),
                  WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(thread_takes_connect_ex_along, "stream.connectex.thread_exit_aborts");
