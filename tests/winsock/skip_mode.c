/* FILE_SKIP_COMPLETION_PORT_ON_SUCCESS and operations that pended: whatever becomes of them, there
 * is a packet. */
#include "completion_port.h"
#include "stream/extension.h"

static WSABUF into = {.len = sizeof(received[0]), .buf = received[0]};
static char names[2 * NAME_ROOM];

struct socket_on_port {
    SOCKET s, other;
    HANDLE port;
};

static void skips(struct socket_on_port *on, SOCKET s)
{
    on->s = s;
    on->port = port_create();
    require(CreateIoCompletionPort((HANDLE)s, on->port, KEY, 0) == on->port);
    require(SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
}

/* ---- What begins */

static int receives(struct socket_on_port *on)
{
    struct stream_pair pair = stream_pair_open();
    DWORD flags = 0;
    skips(on, pair.server);
    on->other = pair.client;
    return WSARecv(on->s, &into, 1, NULL, &flags, &operations[0], NULL);
}

static int receives_a_datagram(struct socket_on_port *on)
{
    skips(on, socket_bound(SOCK_DGRAM));
    return receive_begin(on->s, 0, 2);
}

static int connects(struct socket_on_port *on, unsigned port)
{
    struct sockaddr_in name = loopback(port);
    SOCKET s = socket_bound(SOCK_STREAM);
    LPFN_CONNECTEX function = connect_ex(s);
    take_no_for_an_answer(s);
    skips(on, s);
    return function(s, (struct sockaddr *)&name, sizeof(name), NULL, 0, NULL, &operations[0])
               ? 0
               : SOCKET_ERROR;
}

static int connects_to_nobody(struct socket_on_port *on)
{
    on->other = socket_bound(SOCK_STREAM);
    return connects(on, socket_port(on->other));
}

static int connects_to_a_listener(struct socket_on_port *on)
{
    on->other = stream_listen();
    return connects(on, socket_port(on->other));
}

static int accepts(struct socket_on_port *on)
{
    DWORD count;
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX function = accept_ex(listener);
    skips(on, listener);
    return function(listener, s, names, 0, NAME_ROOM, NAME_ROOM, &count, &operations[0])
               ? 0
               : SOCKET_ERROR;
}

/* ---- What ends it */

static void nothing(const struct socket_on_port *on)
{
    (void)on;
}

static void a_reset(const struct socket_on_port *on)
{
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(on->other, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    socket_close(on->other);
}

static void the_end(const struct socket_on_port *on)
{
    socket_close(on->other);
}

static void cancelling(const struct socket_on_port *on)
{
    require(CancelIoEx((HANDLE)on->s, &operations[0]));
}

static void closing(const struct socket_on_port *on)
{
    socket_close(on->s);
}

static void a_long_datagram(const struct socket_on_port *on)
{
    send_datagram(on->s, on->s, "hello");
}

static void a_client(const struct socket_on_port *on)
{
    stream_connect(socket_port(on->s));
}

static const struct {
    struct row row;
    int (*begin)(struct socket_on_port *);
    void (*end)(const struct socket_on_port *);
    BOOL done;
} ends[] = {
    {{"refused", "winsock.skip_mode.failed"}, connects_to_nobody, nothing, FALSE},
    {{"reset", "winsock.skip_mode.failed"}, receives, a_reset, FALSE},
    {{"receive_cancelled", "winsock.skip_mode.failed"}, receives, cancelling, FALSE},
    {{"receive_closed", "winsock.skip_mode.failed"}, receives, closing, FALSE},
    {{"accept_cancelled", "winsock.skip_mode.failed"}, accepts, cancelling, FALSE},
    {{"datagram_too_long", "winsock.skip_mode.failed"},
     receives_a_datagram,
     a_long_datagram,
     FALSE},
    {{"end_of_stream", "winsock.skip_mode.without_bytes"}, receives, the_end, TRUE},
    {{"accepted", "winsock.skip_mode.without_bytes"}, accepts, a_client, TRUE},
    {{"connected", "winsock.skip_mode.without_bytes"}, connects_to_a_listener, nothing, TRUE},
};

START_TEST(pended_and)
{
    winsock_start();
    struct socket_on_port on;
    require(ends[_i].begin(&on) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);

    ends[_i].end(&on);

    struct packet packet = packet_next(on.port);
    expect_pointer(packet.operation, &operations[0]);
    expect_number(packet.done, ends[_i].done);
    expect_number(packet.key, KEY);
    expect_failed(packet_within(on.port, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS_ROWS(pended_and, ends);
