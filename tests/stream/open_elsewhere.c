/* closesocket of a socket that another process has open, too: what this process had pending ends.
 */
#include "sockets.h"

/* Has a handle of the socket until it is closed in the other process. */
PEER(holds)
{
    checkpoint_reach("held");
    checkpoint_wait("over");
}

static struct peer *held_elsewhere(SOCKET s)
{
    struct peer *holder = peer_start(holds, given_handle(s));
    checkpoint_wait("held");
    return holder;
}

static WSAOVERLAPPED operation;
static char room[1 << 20];
static WSABUF buffer = {.len = sizeof(room), .buf = room};

static SOCKET without_data(void)
{
    return stream_pair_open().server;
}

static SOCKET without_room(void)
{
    SOCKET s = stream_pair_open().client;
    fill(s);
    return s;
}

static SOCKET without_datagrams(void)
{
    return socket_bound(SOCK_DGRAM);
}

static int receives(SOCKET s)
{
    DWORD flags = 0;
    return WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL);
}

static int receives_from(SOCKET s)
{
    DWORD flags = 0;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operation, NULL);
}

static int sends(SOCKET s)
{
    return WSASend(s, &buffer, 1, NULL, 0, &operation, NULL);
}

#define OF_RECEIVE "stream.close.pending_of_shared_receive"
#define OF_SEND "stream.close.pending_of_shared_send"

static const struct {
    struct row row;
    SOCKET (*make)(void);
    int (*begin)(SOCKET);
} pending[] = {
    {{"wsarecv", OF_RECEIVE}, without_data, receives},
    {{"wsarecvfrom", OF_RECEIVE}, without_datagrams, receives_from},
    {{"wsasend", OF_SEND}, without_room, sends},
};

/* Without an event: what has one is known to go on, on Windows, as long as the socket is open. */
START_TEST(packet_of)
{
    winsock_start();
    SOCKET s = pending[_i].make();
    HANDLE port = CreateIoCompletionPort((HANDLE)s, NULL, 7, 1);
    require(port != NULL);
    struct peer *holder = held_elsewhere(s);
    require(pending[_i].begin(s) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    OVERLAPPED *ended = NULL;
    ULONG_PTR key;
    DWORD count;

    int result = closesocket(s);

    expect_socket_succeeded(result);
    BOOL done = GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit() / 2);
    expect_failed(done, ERROR_OPERATION_ABORTED);
    expect_pointer(ended, &operation);
    checkpoint_reach("over");
    peer_join(holder);
}
END_TEST
COVERS_ROWS(packet_of, pending);
