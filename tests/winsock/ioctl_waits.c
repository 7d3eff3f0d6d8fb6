/* Codes of WSAIoctl that wait: the call that blocks, sockets that are not overlapped, and what ends
 * what is pending. */
#include "option.h"

#define CODE_TCP_INFO 0xD8000027u       /* SIO_TCP_INFO, which older headers lack */
#define CODE_BACKLOG_CHANGE 0x2000747Au /* SIO_IDEAL_SEND_BACKLOG_CHANGE */

static struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = 0x0100007F};

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation, second;
static char room[512];
static DWORD size;

/* ---- The call that blocks */

static struct {
    SOCKET s;
    DWORD code;
    void *in;
    DWORD in_size;
    OVERLAPPED *operation;
    int result;
} waiting;

static DWORD waits(void *unused)
{
    (void)unused;
    waiting.result = WSAIoctl(waiting.s, waiting.code, waiting.in, waiting.in_size, NULL, 0, &size,
                              waiting.operation, NULL);
    return waiting.result == SOCKET_ERROR ? GetLastError() : 0;
}

/* Cancels again and again, as the thread need not be in its call yet. Whether it has ended. */
static bool cancel_until_ended(struct thread *thread)
{
    DWORD tries = step_limit();
    while (WaitForSingleObject(thread->handle, 1) != WAIT_OBJECT_0 && tries--)
        CancelIoEx((HANDLE)waiting.s, NULL);
    return WaitForSingleObject(thread->handle, 0) == WAIT_OBJECT_0;
}

static const struct {
    struct row row;
    DWORD code;
    void *in;
    DWORD in_size;
} changes[] = {
    {{"addresses", "winsock.ioctl_waits.address_list_blocks"}, SIO_ADDRESS_LIST_CHANGE, NULL, 0},
    {{"routes", "winsock.ioctl_waits.routing_blocks"},
     SIO_ROUTING_INTERFACE_CHANGE,
     &here,
     sizeof(here)},
};

START_TEST(change_blocks)
{
    winsock_start();
    waiting.s = socket_open(SOCK_DGRAM);
    waiting.code = changes[_i].code;
    waiting.in = changes[_i].in;
    waiting.in_size = changes[_i].in_size;

    struct thread *thread = thread_start(waits, NULL);

    bool ended = settles(thread->handle);
    if (ended && waiting.result == 0)
        unresolved("addresses or routes of this machine have just changed");
    expect_true(!ended);
    record("ended by CancelIoEx", "%s", cancel_until_ended(thread) ? "yes" : "no");
}
END_TEST
COVERS_ROWS(change_blocks, changes);

/* ---- All routes */

static const struct {
    struct row row;
    int family, length;
} wildcards[] = {
    {{"ipv4", NULL}, AF_INET, sizeof(struct sockaddr_in)},
    {{"ipv6", NULL}, AF_INET6, sizeof(struct sockaddr_in6)},
};

START_TEST(change_of_any_route)
{
    winsock_start();
    SOCKET s = socket_of(wildcards[_i].family, SOCK_DGRAM);
    static SOCKADDR_STORAGE any;
    any.ss_family = (ADDRESS_FAMILY)wildcards[_i].family;
    operation.hEvent = event_create();

    int result = WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &any, (DWORD)wildcards[_i].length, NULL,
                          0, &size, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    if (WaitForSingleObject(operation.hEvent, 0) != WAIT_TIMEOUT && operation.Internal == 0)
        unresolved("the routes of this machine have just changed");
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS_ROWS(change_of_any_route, wildcards, "winsock.ioctl_waits.routing_wildcard");

/* ---- Sockets that are not overlapped */

/* One that is connected; the other side is stored. */
static SOCKET not_overlapped(SOCKET *peer)
{
    SOCKET listener = stream_listen(), s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    struct sockaddr_in server = socket_name(listener);
    require(s != INVALID_SOCKET);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    *peer = stream_accept(listener);
    socket_close(listener);
    return s;
}

static void prepare_untouched(void)
{
    operation = (OVERLAPPED){.Internal = 0x5C, .InternalHigh = 0x5C, .hEvent = event_create()};
}

#define expect_untouched()                           \
    do {                                             \
        expect_not_signaled(operation.hEvent);       \
        expect_number(operation.Internal, 0x5C);     \
        expect_number(operation.InternalHigh, 0x5C); \
    } while (0)

START_TEST(info_without_overlapped)
{
    winsock_start();
    SOCKET peer, s = not_overlapped(&peer);
    DWORD version = 0;
    prepare_untouched();

    int result = WSAIoctl(s, CODE_TCP_INFO, &version, sizeof(version), room, sizeof(room), &size,
                          &operation, NULL);

    expect_socket_succeeded(result);
    expect_true(size > 0);
    expect_untouched();
}
END_TEST
COVERS(info_without_overlapped, "winsock.ioctl_waits.info_not_overlapped");

static const struct {
    struct row row;
    bool overlapped, nonblocking;
} sockets[] = {
    {{"blocking", "winsock.ioctl_waits.backlog_blocks"}, true, false},
    {{"nonblocking", "winsock.ioctl_waits.backlog_blocks"}, true, true},
    {{"not_overlapped", "winsock.ioctl_waits.backlog_not_overlapped"}, false, false},
};

START_TEST(change_of_backlog_blocks)
{
    winsock_start();
    SOCKET peer;
    waiting.s = sockets[_i].overlapped ? stream_pair_open().client : not_overlapped(&peer);
    waiting.code = CODE_BACKLOG_CHANGE;
    waiting.operation = sockets[_i].overlapped ? NULL : &operation;
    set_nonblocking(waiting.s, sockets[_i].nonblocking);
    prepare_untouched();

    struct thread *thread = thread_start(waits, NULL);

    expect_stays_unsignaled(thread->handle);
    expect_true(cancel_until_ended(thread));
    DWORD error = thread_join(thread);
    expect_true(error == WSAEINTR || error == WSA_OPERATION_ABORTED);
    expect_untouched();
}
END_TEST
COVERS_ROWS(change_of_backlog_blocks, sockets);

/* ---- What ends a wait for another size of the queue */

static unsigned runs;
static DWORD routine_error;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *done, DWORD flags)
{
    (void)count, (void)done, (void)flags;
    runs++;
    routine_error = error;
}

static int await_backlog(SOCKET s, OVERLAPPED *with, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSAIoctl(s, CODE_BACKLOG_CHANGE, NULL, 0, NULL, 0, &size, with, routine);
}

static void shut(struct stream_pair *pair)
{
    require(shutdown(pair->client, SD_SEND) == 0);
}

static void disconnect(struct stream_pair *pair)
{
    GUID id = WSAID_DISCONNECTEX;
    LPFN_DISCONNECTEX function = NULL;
    require(WSAIoctl(pair->client, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                     sizeof(function), &(DWORD){0}, NULL, NULL) == 0);
    require(function(pair->client, NULL, 0, 0));
}

static void reset(struct stream_pair *pair)
{
    struct linger now = {.l_onoff = 1};
    require(setsockopt(pair->server, SOL_SOCKET, SO_LINGER, (char *)&now, sizeof(now)) == 0);
    socket_close(pair->server);
}

static void cancel(struct stream_pair *pair)
{
    require(CancelIoEx((HANDLE)pair->client, &operation));
}

static void close_it(struct stream_pair *pair)
{
    socket_close(pair->client);
}

static const struct {
    struct row row;
    void (*end)(struct stream_pair *pair);
} ends[] = {
    {{"shutdown", "winsock.ioctl_waits.backlog_shut"}, shut},
    {{"disconnecting", "winsock.ioctl_waits.backlog_shut"}, disconnect},
    {{"a_reset", "winsock.ioctl_waits.backlog_reset"}, reset},
    {{"cancelling", "winsock.ioctl_waits.backlog_cancelled"}, cancel},
    {{"closing", "winsock.ioctl_waits.backlog_closed"}, close_it},
};

START_TEST(change_of_backlog_is_ended_by)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    expect_socket_failed(await_backlog(pair.client, &operation, note), WSA_IO_PENDING);
    expect_number(SleepEx(0, TRUE), 0); /* it pends: no routine has been queued */

    ends[_i].end(&pair);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_true(routine_error == WSAEINTR || routine_error == WSA_OPERATION_ABORTED);
}
END_TEST
COVERS_ROWS(change_of_backlog_is_ended_by, ends);

START_TEST(second_change_of_backlog)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    operation.hEvent = event_create();
    second.hEvent = event_create();
    expect_socket_failed(await_backlog(pair.client, &operation, NULL), WSA_IO_PENDING);
    expect_not_signaled(operation.hEvent);

    int result = await_backlog(pair.client, &second, NULL);

    DWORD error = GetLastError();
    expect_number(result, SOCKET_ERROR);
    bool refused = error != WSA_IO_PENDING || settles(second.hEvent);
    record("which of the two fails", "%s", refused ? "the second" : "the first");
    if (!refused)
        expect_signaled(operation.hEvent);
}
END_TEST
COVERS(second_change_of_backlog, "winsock.ioctl_waits.backlog_once");

/* ---- An OVERLAPPED that is not in memory */

START_TEST(overlapped_nowhere)
{
    static struct tcp_keepalive values = {1, 60000, 1000};
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    OVERLAPPED *nowhere = memory_nowhere();
    operation.hEvent = event_create();

    int result =
        WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, nowhere, NULL);

    expect_socket_failed(result, WSAEFAULT);
    result =
        WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &size, &operation, NULL);
    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_signaled(operation.hEvent);
}
END_TEST
COVERS(overlapped_nowhere, "winsock.ioctl_waits.keepalive_overlapped_efault");
