/* What outlives a thread: the bytes that it has sent. What does not outlive a process that is
 * killed: the operations that it had pending on a socket that this process has open, too. */
#include "extension.h"
#include "handed.h"

/* ---- A thread */

static SOCKET sender;
static ULONGLONG taken;

/* Sends until there is no more room, and tries to take all of that back. */
static DWORD sends_much(void *unused)
{
    (void)unused;
    char *bytes = zero_bytes(1 << 20);
    int sent;
    while ((sent = send(sender, bytes, 1 << 20, 0)) > 0)
        taken += (unsigned)sent;
    require(GetLastError() == WSAEWOULDBLOCK);
    CancelIoEx((HANDLE)sender, NULL);
    return 0;
}

START_TEST(bytes_of_a_thread)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    static char got[65536];
    ULONGLONG total = 0;
    int part;
    sender = pair.client;
    set_nonblocking(sender, true);
    thread_join(thread_start(sends_much, NULL));

    int result = shutdown(sender, SD_SEND);

    expect_socket_succeeded(result);
    while ((part = recv(pair.server, got, sizeof(got), 0)) > 0)
        total += (unsigned)part;
    expect_socket_succeeded(part);
    expect_number(total, taken);
}
END_TEST
COVERS(bytes_of_a_thread, "stream.send.outlives_thread");

/* ---- A process */

static char room[64 + 2 * NAME_ROOM];
static WSABUF buffer = {.len = 64, .buf = room};

static bool begin_receive(SOCKET s)
{
    DWORD flags = 0;
    return WSARecv(s, &buffer, 1, NULL, &flags, operation_with_event(), NULL) == 0;
}

static bool begin_receive_from(SOCKET s)
{
    DWORD flags = 0;
    return WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, operation_with_event(), NULL) == 0;
}

static bool begin_accept(SOCKET s)
{
    DWORD count;
    return accept_ex(s)(s, socket_open(SOCK_STREAM), room, 0, NAME_ROOM, NAME_ROOM, &count,
                        operation_with_event());
}

struct ends {
    SOCKET s, other;
};

static struct ends connection(void)
{
    struct stream_pair pair = stream_pair_open();
    return (struct ends){pair.server, pair.client};
}

static struct ends datagrams(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    return (struct ends){s, s};
}

static struct ends listener(void)
{
    return (struct ends){stream_listen(), INVALID_SOCKET};
}

static void stream_comes(struct ends ends)
{
    send_all(ends.other, "later", 5);
    expect_receives(ends.s, "later", 5);
}

static void datagram_comes(struct ends ends)
{
    send_datagram(ends.other, ends.s, "later");
    expect_datagram(ends.s, "later");
}

static void client_comes(struct ends ends)
{
    SOCKET client = stream_connect(socket_port(ends.s));
    fd_set one = {.fd_count = 1, .fd_array = {ends.s}};
    TIMEVAL limit = select_limit();
    send_all(client, "later", 5);
    expect_number(select(0, &one, NULL, NULL, &limit), 1);
    SOCKET accepted = accept(ends.s, NULL, NULL);
    expect_socket_succeeded(accepted);
    limit_waits(accepted);
    expect_receives(accepted, "later", 5);
}

static const struct {
    struct row row;
    struct ends (*open)(void);
    bool (*begin)(SOCKET); /* there */
    void (*come)(struct ends);
} kinds[] = {
    {{"receive", "stream.wsarecv.killed_process"}, connection, begin_receive, stream_comes},
    {{"receive_from", "dgram.wsarecvfrom.killed_process"},
     datagrams,
     begin_receive_from,
     datagram_comes},
    {{"accept_ex", "stream.acceptex.killed_process"}, listener, begin_accept, client_comes},
};

PEER(waits_until_killed)
{
    winsock_start();
    checkpoint_wait("handed");
    WSAPROTOCOL_INFOW info = info_load();
    SOCKET s = open_duplicate(&info);
    require(s != INVALID_SOCKET);
    require(!kinds[peer_number(0)].begin(s) && GetLastError() == WSA_IO_PENDING);
    checkpoint_reach("begun");
    checkpoint_wait("killed");
}

START_TEST(killed_process_takes_nothing)
{
    winsock_start();
    struct ends ends = kinds[_i].open();
    WSAPROTOCOL_INFOW info;
    struct peer *peer = peer_start(waits_until_killed, given_number(_i));
    require(WSADuplicateSocketW(ends.s, peer->info.dwProcessId, &info) == 0);
    info_save(&info);
    checkpoint_reach("handed");
    checkpoint_wait("begun");

    peer_kill(peer);

    kinds[_i].come(ends);
}
END_TEST
COVERS_ROWS(killed_process_takes_nothing, kinds);
