/* The OVERLAPPED of an operation tells whether that is pending, whichever function has begun it. */
#include "dgram/message.h"
#include "stream/sockets.h"

static WSAOVERLAPPED operation;
static char room[1 << 20], names[2 * NAME_ROOM];
static WSABUF buffer = {.len = sizeof(room), .buf = room};
static DWORD count, flags;

static SOCKET by_wsarecvfrom(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operation, NULL);
    return s;
}

static SOCKET by_wsasend(void)
{
    SOCKET s = stream_pair_open().client;
    fill(s);
    WSASend(s, &buffer, 1, NULL, 0, &operation, NULL);
    return s;
}

static SOCKET by_wsaioctl(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &count, &operation, NULL);
    return s;
}

static SOCKET by_accept_ex(void)
{
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    accept_ex(listener)(listener, s, names, 0, NAME_ROOM, NAME_ROOM, &count, &operation);
    return listener;
}

static SOCKET by_wsarecvmsg(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    receive_message(s)(s, room_for(0), NULL, &operation, NULL);
    return s;
}

static SOCKET by_read_file(void)
{
    SOCKET s = stream_pair_open().server;
    ReadFile((HANDLE)s, room, 5, NULL, &operation);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*begin)(void);
} beginners[] = {
    {{"wsarecvfrom", "winsock.internal.wsarecvfrom"}, by_wsarecvfrom},
    {{"wsasend", "winsock.internal.wsasend"}, by_wsasend},
    {{"wsaioctl", "winsock.internal.wsaioctl"}, by_wsaioctl},
    {{"accept_ex", "winsock.internal.acceptex"}, by_accept_ex},
    {{"wsarecvmsg", "winsock.internal.wsarecvmsg"}, by_wsarecvmsg},
    {{"read_file", "winsock.internal.read_file"}, by_read_file},
};

START_TEST(pending)
{
    winsock_start();
    operation = (WSAOVERLAPPED){.Internal = 1, .hEvent = event_create()};

    SOCKET s = beginners[_i].begin();

    require(GetLastError() == WSA_IO_PENDING);
    expect_number(operation.Internal, STATUS_PENDING);
    expect_true(!HasOverlappedIoCompleted(&operation));
    require(CancelIoEx((HANDLE)s, &operation));
    expect_signaled(operation.hEvent);
    expect_true(HasOverlappedIoCompleted(&operation));
}
END_TEST
COVERS_ROWS(pending, beginners);
