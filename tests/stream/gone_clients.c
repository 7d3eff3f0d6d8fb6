/* Clients that have sent something and ended before they are accepted, and clients that chose their
 * own address. */
#include "extension.h"

/* A listener with a client that has sent "hello" and closed its socket; the client's name. */
static SOCKET listener_of_the_gone(struct sockaddr_in *name)
{
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    *name = socket_name(client);
    send_all(client, "hello", 5);
    socket_close(client);
    wait_readable(listener);
    return listener;
}

static SOCKET by_accept(SOCKET s, struct sockaddr_in *name)
{
    int length = sizeof(*name);
    return accept(s, (struct sockaddr *)name, &length);
}

static SOCKET by_wsaaccept(SOCKET s, struct sockaddr_in *name)
{
    int length = sizeof(*name);
    return WSAAccept(s, (struct sockaddr *)name, &length, NULL, 0);
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET, struct sockaddr_in *);
} forms[] = {
    {{"accept", "stream.accept.gone_client"}, by_accept},
    {{"wsaaccept", "stream.wsaaccept.gone_client"}, by_wsaaccept},
};

START_TEST(accepted_afterwards)
{
    winsock_start();
    struct sockaddr_in name, told = {0};
    SOCKET listener = listener_of_the_gone(&name);

    SOCKET s = forms[_i].accept(listener, &told);

    expect_socket_succeeded(s);
    expect_bytes(&told, &name, NAME_SIZE);
    limit_waits(s);
    expect_receives(s, "hello", 5);
    expect_end_of_stream(s);
}
END_TEST
COVERS_ROWS(accepted_afterwards, forms);

START_TEST(accept_ex_afterwards)
{
    static char output[5 + 2 * NAME_ROOM];
    winsock_start();
    struct sockaddr_in name;
    SOCKET listener = listener_of_the_gone(&name), s = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX accept_it = accept_ex(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = accept_it(listener, s, output, 5, NAME_ROOM, NAME_ROOM, &count, operation);

    if (!done)
        expect_failed(done, ERROR_IO_PENDING);
    expect_succeeded(extension_result(listener, operation, &count));
    expect_number(count, 5);
    expect_bytes(output, "hello", 5);
    expect_end_of_stream(s);
}
END_TEST
COVERS(accept_ex_afterwards, "stream.acceptex.gone_client");

/* ---- Clients with a name of their own */

/* 127.0.0.2, which is this machine's, too: UNSUPPORTED where it is not. */
static SOCKET bound_elsewhere(void)
{
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = loopback(0);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    if (bind(s, (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("127.0.0.2 is no address of this machine");
    return s;
}

static bool by_connect(SOCKET s, struct sockaddr_in *server)
{
    return connect(s, (struct sockaddr *)server, sizeof(*server)) == 0;
}

static bool by_wsaconnect(SOCKET s, struct sockaddr_in *server)
{
    return WSAConnect(s, (struct sockaddr *)server, sizeof(*server), NULL, NULL, NULL, NULL) == 0;
}

static bool by_connect_ex(SOCKET s, struct sockaddr_in *server)
{
    LPFN_CONNECTEX connect_it = connect_ex(s);
    OVERLAPPED *operation = operation_with_event();
    DWORD count;
    BOOL done = connect_it(s, (struct sockaddr *)server, sizeof(*server), NULL, 0, NULL, operation);
    return (done || GetLastError() == ERROR_IO_PENDING) && extension_result(s, operation, &count);
}

static const struct {
    struct row row;
    bool (*connect)(SOCKET, struct sockaddr_in *);
} connectors[] = {
    {{"connect", "stream.connect.keeps_name"}, by_connect},
    {{"wsaconnect", "stream.wsaconnect.keeps_name"}, by_wsaconnect},
    {{"connect_ex", "stream.connectex.keeps_name"}, by_connect_ex},
};

START_TEST(name_is_kept_by)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = bound_elsewhere();
    struct sockaddr_in server = socket_name(listener), name = socket_name(s), peer = {0};
    int length = sizeof(peer);

    bool done = connectors[_i].connect(s, &server);

    expect_succeeded(done);
    expect_socket_succeeded(
        getpeername(stream_accept(listener), (struct sockaddr *)&peer, &length));
    expect_number(ntohl(peer.sin_addr.s_addr), INADDR_LOOPBACK + 1);
    expect_number(ntohs(peer.sin_port), ntohs(name.sin_port));
}
END_TEST
COVERS_ROWS(name_is_kept_by, connectors);
