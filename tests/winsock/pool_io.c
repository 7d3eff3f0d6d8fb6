/* CreateThreadpoolIo and sockets: a thread of the pool runs a function for each operation that has
 * ended, if StartThreadpoolIo has told of it. */
#include "completion_port.h"
#include "stream/extension.h"

static struct {
    DWORD error;
    ULONG_PTR count;
    void *context, *operation;
    PTP_IO io;
} call; /* the last one */

static volatile LONG called;
static HANDLE each_call; /* counts them */
static char names[2 * NAME_ROOM];

static void CALLBACK note(PTP_CALLBACK_INSTANCE instance, void *context, void *operation,
                          ULONG error, ULONG_PTR count, PTP_IO io)
{
    (void)instance;
    call.error = error;
    call.count = count;
    call.context = context;
    call.operation = operation;
    call.io = io;
    InterlockedIncrement(&called);
    ReleaseSemaphore(each_call, 1, NULL);
}

static PTP_IO pool_io_of(SOCKET s)
{
    optional_api(CreateThreadpoolIo);
    each_call = CreateSemaphoreW(NULL, 0, 8, NULL);
    require(each_call != NULL);
    PTP_IO io = CreateThreadpoolIo((HANDLE)s, note, &names, NULL);
    require(io != NULL);
    return io;
}

static void start(PTP_IO io)
{
    optional_api(StartThreadpoolIo);
    StartThreadpoolIo(io);
}

static int send_begin(SOCKET s, char *bytes, ULONG size)
{
    WSABUF buffer = {.len = size, .buf = bytes};
    return WSASend(s, &buffer, 1, NULL, 0, &operations[0], NULL);
}

/* ---- What the function is told */

static struct {
    SOCKET s, other;
} ends;

static void stream_receive(void)
{
    receive_pending(ends.s, 0);
    send_all(ends.other, "hello", 5);
}

static void datagram_receive(void)
{
    receive_pending(ends.s, 0);
    send_datagram(ends.other, ends.s, "hello");
}

static void stream_send(void)
{
    require(send_begin(ends.s, "hello", 5) == 0);
}

static void stream_accept_ex(void)
{
    DWORD count;
    require(!accept_ex(ends.s)(ends.s, ends.other, names, 0, NAME_ROOM, NAME_ROOM, &count,
                               &operations[0]) &&
            GetLastError() == ERROR_IO_PENDING);
    stream_connect(socket_port(ends.s));
}

static void a_connection(void)
{
    struct stream_pair pair = stream_pair_open();
    ends.s = pair.server, ends.other = pair.client;
}

static void datagrams(void)
{
    ends.s = socket_bound(SOCK_DGRAM), ends.other = socket_bound(SOCK_DGRAM);
}

static void a_listener(void)
{
    ends.s = stream_listen(), ends.other = socket_open(SOCK_STREAM);
}

static const struct {
    struct row row;
    void (*open)(void), (*operate)(void);
    ULONG_PTR count;
} kinds[] = {
    {{"receive", "winsock.pool_io.told"}, a_connection, stream_receive, 5},
    {{"datagram", "winsock.pool_io.told"}, datagrams, datagram_receive, 5},
    {{"accept_ex", "winsock.pool_io.told"}, a_listener, stream_accept_ex, 0},
    {{"send_at_once", "winsock.pool_io.at_once"}, a_connection, stream_send, 5},
};

START_TEST(called_for)
{
    winsock_start();
    kinds[_i].open();
    PTP_IO io = pool_io_of(ends.s);

    start(io);

    kinds[_i].operate();
    expect_signaled(each_call);
    expect_error(call.error, 0);
    expect_number(call.count, kinds[_i].count);
    expect_pointer(call.operation, &operations[0]);
    expect_pointer(call.io, io);
}
END_TEST
COVERS_ROWS(called_for, kinds);

START_TEST(data_of_the_object)
{
    winsock_start();
    datagrams();
    PTP_IO io = pool_io_of(ends.s);

    start(io);

    datagram_receive();
    expect_signaled(each_call);
    expect_pointer(call.context, &names);
}
END_TEST
COVERS(data_of_the_object, "winsock.pool_io.data");

START_TEST(called_for_each)
{
    winsock_start();
    datagrams();
    PTP_IO io = pool_io_of(ends.s);
    start(io);
    receive_pending(ends.s, 0);
    start(io);
    receive_pending(ends.s, 1);

    send_datagram(ends.other, ends.s, "one");
    expect_signaled(each_call);
    send_datagram(ends.other, ends.s, "two");

    expect_signaled(each_call);
    expect_number(called, 2);
    expect_pointer(call.operation, &operations[1]);
}
END_TEST
COVERS(called_for_each, "winsock.pool_io.each");

START_TEST(cancelled_operation)
{
    winsock_start();
    datagrams();
    PTP_IO io = pool_io_of(ends.s);
    start(io);
    receive_pending(ends.s, 0);

    expect_succeeded(CancelIoEx((HANDLE)ends.s, &operations[0]));

    expect_signaled(each_call);
    expect_error(call.error, ERROR_OPERATION_ABORTED);
    expect_number(call.count, 0);
}
END_TEST
COVERS(cancelled_operation, "winsock.pool_io.cancelled");

START_TEST(reset_connection)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    winsock_start();
    a_connection();
    PTP_IO io = pool_io_of(ends.s);
    start(io);
    receive_pending(ends.s, 0);
    require(setsockopt(ends.other, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);

    socket_close(ends.other);

    expect_signaled(each_call);
    expect_error(call.error, ERROR_NETNAME_DELETED);
    expect_number(call.count, 0);
}
END_TEST
COVERS(reset_connection, "winsock.pool_io.failed");

/* ---- Waiting */

static DWORD waits(void *io)
{
    optional_api(WaitForThreadpoolIoCallbacks);
    WaitForThreadpoolIoCallbacks(io, FALSE);
    return (DWORD)called;
}

START_TEST(wait_for_a_call)
{
    winsock_start();
    datagrams();
    PTP_IO io = pool_io_of(ends.s);
    start(io);
    receive_pending(ends.s, 0);
    struct thread *waiter = thread_start(waits, io);
    expect_stays_unsignaled(waiter->handle);

    send_datagram(ends.other, ends.s, "hello");

    expect_number(thread_join(waiter), 1);
}
END_TEST
COVERS(wait_for_a_call, "winsock.pool_io.wait");

START_TEST(wait_that_cancels_calls)
{
    winsock_start();
    datagrams();
    operations[0].hEvent = event_create();
    PTP_IO io = pool_io_of(ends.s);
    start(io);
    receive_pending(ends.s, 0);
    optional_api(WaitForThreadpoolIoCallbacks);

    WaitForThreadpoolIoCallbacks(io, TRUE);

    expect_number(called, 0);
    expect_not_signaled(operations[0].hEvent);
    send_datagram(ends.other, ends.s, "hello");
    expect_signaled(operations[0].hEvent);
    expect_bytes(received[0], "hello", 5);
}
END_TEST
COVERS(wait_that_cancels_calls, "winsock.pool_io.wait_cancels_calls");

/* ---- Taken back */

/* Nothing is waited for: the function was not called, and is not. */
#define expect_no_call(io)                                \
    do {                                                  \
        struct thread *waiter_ = thread_start(waits, io); \
        expect_signaled(waiter_->handle);                 \
        expect_number(thread_join(waiter_), 0);           \
    } while (0)

START_TEST(operation_that_was_refused)
{
    winsock_start();
    datagrams();
    PTP_IO io = pool_io_of(ends.s);
    optional_api(CancelThreadpoolIo);
    start(io);
    require(shutdown(ends.s, SD_RECEIVE) == 0);
    require(receive_begin(ends.s, 0, 5) == SOCKET_ERROR && GetLastError() == WSAESHUTDOWN);

    CancelThreadpoolIo(io);

    expect_no_call(io);
}
END_TEST
COVERS(operation_that_was_refused, "winsock.pool_io.taken_back");

START_TEST(skipped_success)
{
    winsock_start();
    a_connection();
    PTP_IO io = pool_io_of(ends.s);
    optional_api(CancelThreadpoolIo);
    require(
        SetFileCompletionNotificationModes((HANDLE)ends.s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    start(io);

    stream_send();

    expect_stays_unsignaled(each_call);
    CancelThreadpoolIo(io);
    expect_no_call(io);
    start(io);
    stream_receive();
    expect_signaled(each_call);
    expect_number(call.count, 5);
}
END_TEST
COVERS(skipped_success, "winsock.pool_io.skipped");

/* ---- No object */

static SOCKET closed(void)
{
    SOCKET s = socket_open(SOCK_STREAM);
    socket_close(s);
    return s;
}

static SOCKET of_a_port(void)
{
    return socket_on(port_create());
}

static const struct {
    struct row row;
    SOCKET (*open)(void);
} nones[] = {
    {{"closed", NULL}, closed},
    {{"of_a_port", NULL}, of_a_port},
};

START_TEST(no_object_for)
{
    winsock_start();
    SOCKET s = nones[_i].open();
    optional_api(CreateThreadpoolIo);

    PTP_IO io = CreateThreadpoolIo((HANDLE)s, note, NULL, NULL);

    expect_failed_somehow(io != NULL);
}
END_TEST
COVERS_ROWS(no_object_for, nones, "winsock.pool_io.refused");
