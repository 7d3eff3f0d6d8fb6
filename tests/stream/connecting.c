/* What a socket is good for while its connection is still being made. */
#include "extension.h"

struct connecting {
    SOCKET s;
    struct sockaddr_in server;
};

static bool is_connecting(SOCKET s)
{
    fd_set made = {.fd_count = 1, .fd_array = {s}}, failed = made;
    return select(0, NULL, &made, &failed, &(TIMEVAL){0, 0}) == 0;
}

/* A nonblocking socket that waits for a listener whose queue is full. */
static struct connecting connecting_socket(void)
{
    SOCKET listener = socket_bound(SOCK_STREAM);
    struct connecting connecting = {.server = socket_name(listener)};
    require(listen(listener, 1) == 0);
    for (int i = 0; i < 10; i++) {
        SOCKET s = connecting.s = socket_open(SOCK_STREAM);
        HANDLE over = event_create();
        require(WSAEventSelect(s, over, FD_CONNECT) == 0);
        connect(s, (struct sockaddr *)&connecting.server, sizeof(connecting.server));
        bool pends = !settles(over) && is_connecting(s);
        require(WSAEventSelect(s, NULL, 0) == 0);
        if (pends)
            return connecting;
    }
    unsupported("a full queue does not keep clients waiting");
}

static int call_connect(const struct connecting *c)
{
    return connect(c->s, (struct sockaddr *)&c->server, sizeof(c->server));
}

static int call_wsaconnect(const struct connecting *c)
{
    return WSAConnect(c->s, (struct sockaddr *)&c->server, sizeof(c->server), NULL, NULL, NULL,
                      NULL);
}

static int call_send(const struct connecting *c)
{
    return send(c->s, "x", 1, 0);
}

static int call_recv(const struct connecting *c)
{
    char byte;
    return recv(c->s, &byte, 1, 0);
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static char room;
static WSABUF buffer = {.len = 1, .buf = &room};
static DWORD count, flags;

static int call_wsasend(const struct connecting *c)
{
    return WSASend(c->s, &buffer, 1, &count, 0, NULL, NULL);
}

static int call_wsarecv(const struct connecting *c)
{
    return WSARecv(c->s, &buffer, 1, &count, &flags, NULL, NULL);
}

static int call_overlapped_send(const struct connecting *c)
{
    return WSASend(c->s, &buffer, 1, NULL, 0, &extension_operation, NULL);
}

static int call_overlapped_receive(const struct connecting *c)
{
    return WSARecv(c->s, &buffer, 1, NULL, &flags, &extension_operation, NULL);
}

static int call_shutdown(const struct connecting *c)
{
    return shutdown(c->s, SD_SEND);
}

static int call_bind(const struct connecting *c)
{
    struct sockaddr_in any_port = loopback(0);
    return bind(c->s, (struct sockaddr *)&any_port, sizeof(any_port));
}

static const struct {
    struct row row;
    int (*call)(const struct connecting *);
    DWORD error;
} calls[] = {
    {{"connect", "stream.connect.connecting_ealready"}, call_connect, WSAEALREADY},
    {{"wsaconnect", "stream.wsaconnect.connecting_ealready"}, call_wsaconnect, WSAEALREADY},
    {{"send", "stream.send.connecting_enotconn"}, call_send, WSAENOTCONN},
    {{"recv", "stream.recv.connecting_enotconn"}, call_recv, WSAENOTCONN},
    {{"wsasend", "stream.wsasend.connecting_enotconn"}, call_wsasend, WSAENOTCONN},
    {{"wsarecv", "stream.wsarecv.connecting_enotconn"}, call_wsarecv, WSAENOTCONN},
    {{"overlapped_send", "stream.wsasend.connecting_enotconn"}, call_overlapped_send, WSAENOTCONN},
    {{"overlapped_receive", "stream.wsarecv.connecting_enotconn"},
     call_overlapped_receive,
     WSAENOTCONN},
    {{"shutdown", "stream.shutdown.connecting_enotconn"}, call_shutdown, WSAENOTCONN},
    {{"bind", "stream.bind.connecting_einval"}, call_bind, WSAEINVAL},
};

START_TEST(refuses)
{
    winsock_start();
    struct connecting connecting = connecting_socket();

    int result = calls[_i].call(&connecting);

    DWORD error = GetLastError();
    require(is_connecting(connecting.s));
    expect_number(result, SOCKET_ERROR);
    expect_error(error, calls[_i].error);
}
END_TEST
COVERS_ROWS(refuses, calls);

START_TEST(has_a_name)
{
    winsock_start();
    struct connecting connecting = connecting_socket();
    struct sockaddr_in name;
    int length = sizeof(name);

    int result = getsockname(connecting.s, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(name.sin_family, AF_INET);
    expect_true(name.sin_port != 0);
    require(is_connecting(connecting.s));
}
END_TEST
COVERS(has_a_name, "stream.connect.implicit_bind");

START_TEST(name_of_the_peer)
{
    winsock_start();
    struct connecting connecting = connecting_socket();
    struct sockaddr_in peer;
    int length = sizeof(peer);

    int result = getpeername(connecting.s, (struct sockaddr *)&peer, &length);

    DWORD error = GetLastError();
    char text[80];
    require(is_connecting(connecting.s));
    record("getpeername while connecting", "%s",
           result == 0 ? "succeeds" : error_text(error, text, sizeof(text)));
    if (result == 0)
        expect_bytes(&peer, &connecting.server, NAME_SIZE);
    else
        expect_error(error, WSAENOTCONN);
}
END_TEST
COVERS(name_of_the_peer, "stream.getpeername.connecting");

START_TEST(connect_ex_once_more)
{
    winsock_start();
    struct connecting connecting = connecting_socket();
    LPFN_CONNECTEX function = connect_ex(connecting.s);
    struct sockaddr *server = (struct sockaddr *)&connecting.server;
    OVERLAPPED *operation = operation_with_event();

    BOOL done =
        function(connecting.s, server, sizeof(connecting.server), NULL, 0, &count, operation);

    DWORD error = GetLastError();
    char text[80];
    require(is_connecting(connecting.s));
    record("ConnectEx while connecting", "%s", error_text(error, text, sizeof(text)));
    expect_true(!done && (error == WSAEALREADY || error == WSAEINVAL));
}
END_TEST
COVERS(connect_ex_once_more, "stream.connectex.connecting_ealready");
