/* Operations without a completion routine leave alertable waits alone. */
#include "stream/extension.h"

static char room[16], names[2 * NAME_ROOM];
static WSABUF five = {.len = 5, .buf = room};
static DWORD flags;

/* Of a function that returns 0 when it has done it at once. */
static bool begun(int result)
{
    return result == 0 || GetLastError() == WSA_IO_PENDING;
}

static SOCKET connected_to_itself(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    return s;
}

/* ---- Each does one operation, pending or not */

static bool wsarecv(OVERLAPPED *operation)
{
    struct stream_pair pair = stream_pair_open();
    bool done = begun(WSARecv(pair.server, &five, 1, NULL, &flags, operation, NULL));
    send_all(pair.client, "hello", 5);
    return done;
}

static bool wsarecvfrom(OVERLAPPED *operation)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    bool done = begun(WSARecvFrom(s, &five, 1, NULL, &flags, NULL, NULL, operation, NULL));
    send_datagram(s, s, "hello");
    return done;
}

static bool read_file(OVERLAPPED *operation)
{
    struct stream_pair pair = stream_pair_open();
    bool done = begun(!ReadFile((HANDLE)pair.server, room, 5, NULL, operation));
    send_all(pair.client, "hello", 5);
    return done;
}

static bool wsasend(OVERLAPPED *operation)
{
    return begun(WSASend(stream_pair_open().client, &five, 1, NULL, 0, operation, NULL));
}

static bool wsasendto(OVERLAPPED *operation)
{
    return begun(WSASendTo(connected_to_itself(), &five, 1, NULL, 0, NULL, 0, operation, NULL));
}

static bool write_file(OVERLAPPED *operation)
{
    return begun(!WriteFile((HANDLE)stream_pair_open().client, room, 5, NULL, operation));
}

static bool accepts(OVERLAPPED *operation)
{
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    DWORD count;
    bool done =
        begun(!accept_ex(listener)(listener, s, names, 0, NAME_ROOM, NAME_ROOM, &count, operation));
    stream_connect(socket_port(listener));
    return done;
}

static bool connects(OVERLAPPED *operation)
{
    struct sockaddr_in server = loopback(socket_port(stream_listen()));
    SOCKET s = socket_bound(SOCK_STREAM);
    return begun(
        !connect_ex(s)(s, (struct sockaddr *)&server, sizeof(server), NULL, 0, NULL, operation));
}

static const struct {
    struct row row;
    bool (*operate)(OVERLAPPED *);
} operations[] = {
    {{"wsarecv", NULL}, wsarecv},     {{"wsarecvfrom", NULL}, wsarecvfrom},
    {{"read_file", NULL}, read_file}, {{"wsasend", NULL}, wsasend},
    {{"wsasendto", NULL}, wsasendto}, {{"write_file", NULL}, write_file},
    {{"accept_ex", NULL}, accepts},   {{"connect_ex", NULL}, connects},
};

static void CALLBACK nothing(ULONG_PTR argument)
{
    (void)argument;
}

START_TEST(alertable_sleep_after)
{
    winsock_start();
    OVERLAPPED *operation = operation_with_event();
    require(operations[_i].operate(operation));
    expect_signaled(operation->hEvent);

    DWORD slept = SleepEx(0, TRUE);

    expect_number(slept, 0);
    require(QueueUserAPC(nothing, GetCurrentThread(), 0));
    expect_number(SleepEx(0, TRUE), WAIT_IO_COMPLETION);
}
END_TEST
COVERS_ROWS(alertable_sleep_after, operations, "winsock.no_routine.sleep");
