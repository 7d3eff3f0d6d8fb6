/* Which sockets AcceptEx takes, how much data it waits for, and what its socket is good for. */
#include "transmit.h"

#define ROOM (sizeof(struct sockaddr_in) + 16)

/* Where AcceptEx stores up to 64 bytes and two names, even after a test has failed. */
static char stored[64 + 2 * ROOM];

/* Begins to accept a connection of LISTENER and its first SIZE bytes into S. */
static BOOL accept_begin(LPFN_ACCEPTEX function, SOCKET listener, SOCKET s, DWORD size,
                         OVERLAPPED *operation)
{
    DWORD count = 0;
    return function(listener, s, stored, size, ROOM, ROOM, &count, operation);
}

/* ---- The socket to accept into ---- */

static SOCKET make_bound(void)
{
    return socket_bound(SOCK_STREAM);
}

static SOCKET make_connected(void)
{
    return stream_pair_open().client;
}

static SOCKET make_accepted(void)
{
    return stream_pair_open().server;
}

static SOCKET make_datagram(void)
{
    return socket_open(SOCK_DGRAM);
}

static SOCKET make_none(void)
{
    return INVALID_SOCKET;
}

static SOCKET make_closed(void)
{
    SOCKET s = socket_open(SOCK_STREAM);
    socket_close(s);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*make)(void);
    DWORD error;
} acceptors[] = {
    {{"bound_socket", "stream.acceptex.bound_acceptor_einval"}, make_bound, WSAEINVAL},
    {{"connected_socket", "stream.acceptex.connected_acceptor_einval"}, make_connected, WSAEINVAL},
    {{"accepted_socket", "stream.acceptex.connected_acceptor_einval"}, make_accepted, WSAEINVAL},
    {{"listening_socket", "stream.acceptex.bound_acceptor_einval"}, stream_listen, WSAEINVAL},
    {{"datagram_socket", "stream.acceptex.dgram_acceptor_einval"}, make_datagram, WSAEINVAL},
    {{"no_socket", "stream.acceptex.acceptor_notsock"}, make_none, WSAENOTSOCK},
    {{"closed_socket", "stream.acceptex.acceptor_notsock"}, make_closed, WSAENOTSOCK},
};

START_TEST(not_into_a)
{
    winsock_start();
    SOCKET listener = stream_listen(), fresh = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX function = accept_ex(listener);
    SOCKET s = acceptors[_i].make();
    static OVERLAPPED refused;
    DWORD count = 0;

    BOOL done = accept_begin(function, listener, s, 0, &refused);

    expect_failed(done, acceptors[_i].error);
    OVERLAPPED *operation = operation_with_event();
    expect_failed(accept_begin(function, listener, fresh, 0, operation), ERROR_IO_PENDING);
    stream_connect(socket_port(listener));
    expect_succeeded(extension_result(listener, operation, &count));
}
END_TEST
COVERS_ROWS(not_into_a, acceptors);

START_TEST(not_into_a_socket_that_is_accepting)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    static OVERLAPPED second;
    DWORD count = 0;
    expect_failed(accept_begin(accept_ex(listener), listener, s, 0, operation), ERROR_IO_PENDING);

    BOOL done = accept_begin(accept_ex(listener), listener, s, 0, &second);

    expect_failed(done, WSAEINVAL);
    SOCKET client = stream_connect(socket_port(listener));
    expect_succeeded(extension_result(listener, operation, &count));
    send_all(client, "hello", 5);
    expect_receives(s, "hello", 5);
}
END_TEST
COVERS(not_into_a_socket_that_is_accepting, "stream.acceptex.pending_acceptor_einval");

static const struct {
    struct row row;
    SOCKET (*make)(void);
} listeners[] = {
    {{"no_socket", NULL}, make_none},
    {{"closed_socket", NULL}, make_closed},
};

START_TEST(not_from)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX function = accept_ex(s);
    SOCKET listener = listeners[_i].make();

    BOOL done = accept_begin(function, listener, s, 0, operation_with_event());

    expect_failed(done, WSAENOTSOCK);
}
END_TEST
COVERS_ROWS(not_from, listeners, "stream.acceptex.listener_notsock");

/* ---- The first data ---- */

static const struct {
    struct row row;
    DWORD size;
    const char *sent;
    DWORD taken;
} blocks[] = {
    {{"one_byte_of_several", "stream.acceptex.data_one_byte_is_enough"}, 8, "1", 1},
    {{"no_more_than_asked_for", "stream.acceptex.data_not_more_than_asked"}, 4, "12345678", 4},
};

START_TEST(takes)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    int size = (int)strlen(blocks[_i].sent);
    DWORD count = 0;

    BOOL done = accept_begin(accept_ex(listener), listener, s, blocks[_i].size, operation);

    expect_failed(done, ERROR_IO_PENDING);
    SOCKET client = stream_connect(socket_port(listener));
    send_all(client, blocks[_i].sent, size);
    expect_succeeded(extension_result(listener, operation, &count));
    expect_number(count, blocks[_i].taken);
    expect_bytes(stored, blocks[_i].sent, count);
    send_all(client, "more", 4);
    int left = size - (int)count;
    expect_receives(s, blocks[_i].sent + count, left);
    expect_receives(s, "more", 4);
}
END_TEST
COVERS_ROWS(takes, blocks);

START_TEST(client_that_waits_already)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    SOCKET client = stream_connect(socket_port(listener));
    wait_readable(listener);
    send_all(client, "early", 5);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = accept_begin(accept_ex(listener), listener, s, 5, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(listener, operation, &count));
    expect_number(count, 5);
    expect_bytes(stored, "early", 5);
}
END_TEST
COVERS(client_that_waits_already, "stream.acceptex.waiting_client");

/* ---- Several at once ---- */

START_TEST(each_gets_a_client_of_its_own)
{
    enum { MANY = 3 };
    winsock_start();
    static OVERLAPPED operations[MANY];
    static char rooms[MANY][2 * ROOM];
    SOCKET listener = stream_listen(), sockets[MANY], clients[MANY];
    DWORD count = 0, flags = 0;
    for (int i = 0; i < MANY; i++) {
        sockets[i] = socket_open(SOCK_STREAM);
        operations[i].hEvent = event_create();
        BOOL done = accept_ex(listener)(listener, sockets[i], rooms[i], 0, ROOM, ROOM, &count,
                                        &operations[i]);
        expect_failed(done, ERROR_IO_PENDING);
    }
    for (int i = 0; i < MANY; i++)
        clients[i] = stream_connect(socket_port(listener));
    for (int i = 0; i < MANY; i++) {
        expect_signaled(operations[i].hEvent);
        expect_succeeded(WSAGetOverlappedResult(listener, &operations[i], &count, FALSE, &flags));
        send_all(sockets[i], "from a server", 13);
    }
    for (int i = 0; i < MANY; i++)
        expect_receives(clients[i], "from a server", 13);
}
END_TEST
COVERS(each_gets_a_client_of_its_own, "stream.acceptex.several_pending");

START_TEST(cancelled_through_the_listener)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    expect_failed(accept_begin(accept_ex(listener), listener, s, 0, operation), ERROR_IO_PENDING);
    require(CancelIo((HANDLE)s));
    expect_not_signaled(operation->hEvent);

    BOOL cancelled = CancelIo((HANDLE)listener);

    expect_succeeded(cancelled);
    expect_failed(extension_result(listener, operation, &count), WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(cancelled_through_the_listener, "stream.acceptex.cancelio_listener");

/* ---- What the socket is good for before SO_UPDATE_ACCEPT_CONTEXT ---- */

static DWORD by_send(SOCKET s, OVERLAPPED *operation)
{
    (void)operation;
    return (DWORD)send(s, CONTENT, 10, 0);
}

static DWORD by_wsasend(SOCKET s, OVERLAPPED *operation)
{
    WSABUF buffer = {.len = 10, .buf = CONTENT};
    DWORD count = 0;
    (void)operation;
    expect_socket_succeeded(WSASend(s, &buffer, 1, &count, 0, NULL, NULL));
    return count;
}

static DWORD by_write_file(SOCKET s, OVERLAPPED *operation)
{
    DWORD count = 0;
    BOOL done = WriteFile((HANDLE)s, CONTENT, 10, NULL, operation);
    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    return count;
}

static DWORD by_transmit_file(SOCKET s, OVERLAPPED *operation)
{
    DWORD count = 0;
    BOOL done = transmit_file(s)(s, file_with_content(0, 0), 0, 0, operation, NULL, 0);
    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    return count;
}

static const struct {
    struct row row;
    DWORD (*send)(SOCKET, OVERLAPPED *);
} senders[] = {
    {{"send", NULL}, by_send},
    {{"wsasend", NULL}, by_wsasend},
    {{"write_file", NULL}, by_write_file},
    {{"transmit_file", NULL}, by_transmit_file},
};

/* A client of LISTENER whose connection AcceptEx has put into S. */
static SOCKET client_of(SOCKET listener, SOCKET s)
{
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    require(!accept_begin(accept_ex(listener), listener, s, 0, operation) &&
            GetLastError() == ERROR_IO_PENDING);
    SOCKET client = stream_connect(socket_port(listener));
    require(extension_result(listener, operation, &count));
    return client;
}

START_TEST(sends_before_the_update_by)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), client = client_of(stream_listen(), s);

    DWORD count = senders[_i].send(s, operation_with_event());

    expect_number(count, 10);
    expect_receives(client, CONTENT, 10);
}
END_TEST
COVERS_ROWS(sends_before_the_update_by, senders, "stream.acceptex.sends_before_update");

START_TEST(receives_before_the_update_by_read_file)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), client = client_of(stream_listen(), s);
    OVERLAPPED *operation = operation_with_event();
    static char bytes[8];
    DWORD count = 0;
    send_all(client, "hello", 5);

    BOOL done = ReadFile((HANDLE)s, bytes, sizeof(bytes), NULL, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 5);
    expect_bytes(bytes, "hello", 5);
}
END_TEST
COVERS(receives_before_the_update_by_read_file, "stream.acceptex.readfile_before_update");

START_TEST(listener_goes_on_listening)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    client_of(listener, s);
    SOCKET second = stream_connect(socket_port(listener));
    wait_readable(listener);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_socket_succeeded(accepted);
    limit_waits(accepted);
    send_all(second, "second", 6);
    expect_receives(accepted, "second", 6);
}
END_TEST
COVERS(listener_goes_on_listening, "stream.acceptex.listener_still_listens");
