/* Completion ports and calls without an OVERLAPPED, which queue no packet, whether they are done at
 * once or wait. */
#include "completion_port.h"

#include <mswsock.h>

/* A socket to call, and what it is called with. */
struct called {
    SOCKET s, other;
};

static struct called stream_with_data(void)
{
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "hello", 5);
    wait_readable(pair.server);
    return (struct called){pair.server, pair.client};
}

static struct called stream_without_data(void)
{
    struct stream_pair pair = stream_pair_open();
    return (struct called){pair.server, pair.client};
}

static struct called datagram_to_self(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    require(connect(s, (struct sockaddr *)&self, sizeof(self)) == 0);
    send_all(s, "hello", 5);
    wait_readable(s);
    return (struct called){s, s};
}

static struct called no_datagram(void)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    return (struct called){s, s};
}

static struct called to_be_connected(void)
{
    return (struct called){socket_open(SOCK_STREAM), stream_listen()};
}

static struct called listener_with_a_client(void)
{
    SOCKET listener = stream_listen();
    struct called called = {listener, stream_connect(socket_port(listener))};
    wait_readable(listener);
    return called;
}

static struct called listener(void)
{
    return (struct called){stream_listen(), INVALID_SOCKET};
}

static char bytes[8];
static WSABUF five = {.len = 5, .buf = bytes};

static bool by_send(struct called *called)
{
    return send(called->s, "hello", 5, 0) == 5;
}

static bool by_wsasend(struct called *called)
{
    DWORD count = 0;
    return WSASend(called->s, &five, 1, &count, 0, NULL, NULL) == 0 && count == 5;
}

static bool by_sendto(struct called *called)
{
    struct sockaddr_in to = socket_name(called->s);
    return sendto(called->s, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)) == 5;
}

static bool by_wsasendto(struct called *called)
{
    struct sockaddr_in to = socket_name(called->s);
    DWORD count = 0;
    return WSASendTo(called->s, &five, 1, &count, 0, (struct sockaddr *)&to, sizeof(to), NULL,
                     NULL) == 0 &&
           count == 5;
}

static bool by_recv(struct called *called)
{
    return recv(called->s, bytes, sizeof(bytes), 0) == 5;
}

static bool by_wsarecv(struct called *called)
{
    DWORD count = 0, flags = 0;
    return WSARecv(called->s, &five, 1, &count, &flags, NULL, NULL) == 0 && count == 5;
}

static bool by_recvfrom(struct called *called)
{
    return recvfrom(called->s, bytes, sizeof(bytes), 0, NULL, NULL) == 5;
}

static bool by_wsarecvfrom(struct called *called)
{
    DWORD count = 0, flags = 0;
    return WSARecvFrom(called->s, &five, 1, &count, &flags, NULL, NULL, NULL, NULL) == 0 &&
           count == 5;
}

static bool by_connect(struct called *called)
{
    struct sockaddr_in name = socket_name(called->other);
    return connect(called->s, (struct sockaddr *)&name, sizeof(name)) == 0;
}

static bool by_nonblocking_connect(struct called *called)
{
    struct sockaddr_in name = socket_name(called->other);
    set_nonblocking(called->s, true);
    int result = connect(called->s, (struct sockaddr *)&name, sizeof(name));
    fd_set one = {.fd_count = 1, .fd_array = {called->s}};
    TIMEVAL limit = select_limit();
    require(result == 0 || GetLastError() == WSAEWOULDBLOCK);
    return select(0, NULL, &one, NULL, &limit) == 1;
}

static bool by_accept(struct called *called)
{
    called->other = accept(called->s, NULL, NULL);
    return called->other != INVALID_SOCKET;
}

static bool by_shutdown(struct called *called)
{
    return shutdown(called->s, SD_BOTH) == 0;
}

static void *extension(SOCKET s, GUID id)
{
    void *function = NULL;
    DWORD size = 0;
    require(WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function,
                     sizeof(function), &size, NULL, NULL) == 0);
    return function;
}

static bool by_disconnect_ex(struct called *called)
{
    LPFN_DISCONNECTEX disconnect_ex = extension(called->s, (GUID)WSAID_DISCONNECTEX);
    return disconnect_ex(called->s, NULL, 0, 0);
}

static bool by_transmit_file(struct called *called)
{
    TRANSMIT_FILE_BUFFERS around = {.Head = bytes, .HeadLength = 5};
    LPFN_TRANSMITFILE transmit_file = extension(called->s, (GUID)WSAID_TRANSMITFILE);
    return transmit_file(called->s, NULL, 0, 0, NULL, &around, 0);
}

static bool by_ioctl(struct called *called)
{
    u_long waiting = 0;
    DWORD size = 0;
    return WSAIoctl(called->s, FIONREAD, NULL, 0, &waiting, sizeof(waiting), &size, NULL, NULL) ==
               0 &&
           waiting == 5;
}

static const struct plain {
    struct row row;
    struct called (*create)(void);
    bool (*call)(struct called *);
} plain[] = {
    {{"send", "winsock.plain_call.send"}, stream_without_data, by_send},
    {{"wsasend", "winsock.plain_call.wsasend"}, stream_without_data, by_wsasend},
    {{"sendto", "winsock.plain_call.sendto"}, no_datagram, by_sendto},
    {{"wsasendto", "winsock.plain_call.wsasendto"}, no_datagram, by_wsasendto},
    {{"recv", "winsock.plain_call.recv"}, stream_with_data, by_recv},
    {{"recv_of_a_datagram", "winsock.plain_call.recv"}, datagram_to_self, by_recv},
    {{"wsarecv", "winsock.plain_call.wsarecv"}, stream_with_data, by_wsarecv},
    {{"recvfrom", "winsock.plain_call.recvfrom"}, datagram_to_self, by_recvfrom},
    {{"wsarecvfrom", "winsock.plain_call.wsarecvfrom"}, datagram_to_self, by_wsarecvfrom},
    {{"connect", "winsock.plain_call.connect"}, to_be_connected, by_connect},
    {{"nonblocking_connect", "winsock.plain_call.connect"},
     to_be_connected,
     by_nonblocking_connect},
    {{"accept", "winsock.plain_call.accept"}, listener_with_a_client, by_accept},
    {{"shutdown", "winsock.plain_call.shutdown"}, stream_without_data, by_shutdown},
    {{"disconnect_ex", "winsock.plain_call.disconnectex"}, stream_without_data, by_disconnect_ex},
    {{"transmit_file", "winsock.plain_call.transmitfile"}, stream_without_data, by_transmit_file},
    {{"ioctl", "winsock.plain_call.wsaioctl"}, stream_with_data, by_ioctl},
};

/* The port has a packet that was posted after the call: what comes before it is of the call. */
static void expect_no_packet(HANDLE port)
{
    require(PostQueuedCompletionStatus(port, 0, KEY + 1, NULL));
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.key, KEY + 1);
}

START_TEST(done_at_once)
{
    winsock_start();
    HANDLE port = port_create();
    struct called called = plain[_i].create();
    require(CreateIoCompletionPort((HANDLE)called.s, port, KEY, 0) == port);

    bool done = plain[_i].call(&called);

    expect_succeeded(done);
    expect_no_packet(port);
}
END_TEST
COVERS_ROWS(done_at_once, plain);

/* ---- Calls that wait */

static void send_five(struct called *called)
{
    if (called->other == called->s)
        send_datagram(called->s, called->s, "hello");
    else
        send_all(called->other, "hello", 5);
}

static void connect_to_it(struct called *called)
{
    stream_connect(socket_port(called->s));
}

static const struct {
    struct row row;
    struct called (*create)(void);
    bool (*call)(struct called *);
    void (*end)(struct called *);
} waiting[] = {
    {{"recv", "winsock.plain_call.recv"}, stream_without_data, by_recv, send_five},
    {{"wsarecv", "winsock.plain_call.wsarecv"}, stream_without_data, by_wsarecv, send_five},
    {{"recvfrom", "winsock.plain_call.recvfrom"}, no_datagram, by_recvfrom, send_five},
    {{"wsarecvfrom", "winsock.plain_call.wsarecvfrom"}, no_datagram, by_wsarecvfrom, send_five},
    {{"accept", "winsock.plain_call.accept"}, listener, by_accept, connect_to_it},
};

static struct called called_there;
static bool (*call_there)(struct called *);

static DWORD calls_there(void *unused)
{
    (void)unused;
    struct called called = called_there;
    expect_succeeded(call_there(&called));
    return 0;
}

START_TEST(done_after_a_wait)
{
    winsock_start();
    HANDLE port = port_create();
    called_there = waiting[_i].create();
    call_there = waiting[_i].call;
    require(CreateIoCompletionPort((HANDLE)called_there.s, port, KEY, 0) == port);
    struct thread *thread = thread_start(calls_there, NULL);
    expect_stays_unsignaled(thread->handle);

    waiting[_i].end(&called_there);

    thread_join(thread);
    expect_no_packet(port);
}
END_TEST
COVERS_ROWS(done_after_a_wait, waiting);
