/* ConnectEx on sockets of every kind, after a refusal, and what it sends. */
#include "extension.h"

static BOOL connect_begin(LPFN_CONNECTEX function, SOCKET s, SOCKET listener, const void *bytes,
                          DWORD size, OVERLAPPED *operation)
{
    struct sockaddr_in server = socket_name(listener);
    DWORD count = 0;
    return function(s, (struct sockaddr *)&server, sizeof(server), (void *)bytes, size, &count,
                    operation);
}

/* ---- What it refuses ---- */

static SOCKET make_none(void)
{
    return INVALID_SOCKET;
}

static SOCKET make_closed(void)
{
    SOCKET s = socket_bound(SOCK_STREAM);
    socket_close(s);
    return s;
}

static SOCKET make_accepted(void)
{
    return stream_pair_open().server;
}

static const struct {
    struct row row;
    SOCKET (*make)(void);
    DWORD error;
} sockets[] = {
    {{"no_socket", "stream.connectex.notsock"}, make_none, WSAENOTSOCK},
    {{"closed_socket", "stream.connectex.notsock"}, make_closed, WSAENOTSOCK},
    {{"accepted_socket", "stream.connectex.accepted_eisconn"}, make_accepted, WSAEISCONN},
};

START_TEST(not_of_a)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = sockets[_i].make();

    BOOL done = connect_begin(connect_ex(listener), s, listener, NULL, 0, operation_with_event());

    expect_failed(done, sockets[_i].error);
    set_nonblocking(listener, true);
    expect_socket_failed(accept(listener, NULL, NULL), WSAEWOULDBLOCK);
}
END_TEST
COVERS_ROWS(not_of_a, sockets);

START_TEST(not_of_a_datagram_socket)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_DGRAM);

    BOOL done = connect_begin(connect_ex(listener), s, listener, NULL, 0, operation_with_event());

    expect_failed_somehow(done || GetLastError() == ERROR_IO_PENDING);
}
END_TEST
COVERS(not_of_a_datagram_socket, "stream.connectex.dgram");

START_TEST(unreadable_data)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    DWORD count = 0;
    OVERLAPPED *operation = operation_with_event();

    BOOL done = connect_begin(connect_ex(s), s, listener, (void *)8, 5, operation);

    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(s, operation, &count);
    expect_failed(done, WSAEFAULT);
}
END_TEST
COVERS(unreadable_data, "stream.connectex.bad_buffer_efault");

/* ---- Once more, after a refusal ---- */

static BOOL by_connect_ex(SOCKET s, SOCKET listener)
{
    DWORD count = 0;
    OVERLAPPED *operation = operation_with_event();
    BOOL done = connect_begin(connect_ex(s), s, listener, NULL, 0, operation);
    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(s, operation, &count);
    return done;
}

static BOOL by_connect(SOCKET s, SOCKET listener)
{
    struct sockaddr_in server = socket_name(listener);
    return connect(s, (struct sockaddr *)&server, sizeof(server)) == 0;
}

static BOOL by_wsaconnect(SOCKET s, SOCKET listener)
{
    struct sockaddr_in server = socket_name(listener);
    return WSAConnect(s, (struct sockaddr *)&server, sizeof(server), NULL, NULL, NULL, NULL) == 0;
}

static const struct {
    struct row row;
    BOOL (*connect)(SOCKET, SOCKET);
} attempts[] = {
    {{"connect_ex", "stream.connectex.retry_after_refused"}, by_connect_ex},
    {{"connect", "stream.connectex.connect_after_refused"}, by_connect},
    {{"wsaconnect", "stream.connectex.wsaconnect_after_refused"}, by_wsaconnect},
};

START_TEST(refused_socket_connects_by)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), s = socket_bound(SOCK_STREAM);
    take_no_for_an_answer(s);
    require(!by_connect_ex(s, silent) && GetLastError() == WSAECONNREFUSED);
    SOCKET listener = stream_listen();

    BOOL connected = attempts[_i].connect(s, listener);

    expect_succeeded(connected);
    expect_number(send(s, "at last", 7, 0), 7);
    expect_receives(stream_accept(listener), "at last", 7);
}
END_TEST
COVERS_ROWS(refused_socket_connects_by, attempts);

/* ---- What it sends, and from where ---- */

START_TEST(large_first_data)
{
    enum { LARGE = 200000 };
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    static char bytes[LARGE], got[LARGE];
    DWORD count = 0;
    pattern_fill(bytes, LARGE, 0);

    BOOL done = connect_begin(connect_ex(s), s, listener, bytes, LARGE, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    SOCKET accepted = stream_accept(listener);
    expect_number(receive_all(accepted, got, LARGE), LARGE);
    expect_pattern(got, LARGE, 0);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, LARGE);
}
END_TEST
COVERS(large_first_data, "stream.connectex.send_large_data");

START_TEST(data_of_no_bytes)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 4711;

    BOOL done = connect_begin(connect_ex(s), s, listener, "unsent", 0, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 0);
    socket_close(s);
    expect_end_of_stream(stream_accept(listener));
}
END_TEST
COVERS(data_of_no_bytes, "stream.connectex.send_zero_bytes");

START_TEST(socket_bound_to_the_wildcard)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    struct sockaddr_in any = loopback(0);
    any.sin_addr.s_addr = htonl(INADDR_ANY);
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    unsigned port = socket_port(s);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = connect_begin(connect_ex(s), s, listener, NULL, 0, operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    struct sockaddr_in client = {0};
    int size = sizeof(client);
    wait_readable(listener);
    expect_socket_succeeded(accept(listener, (struct sockaddr *)&client, &size));
    expect_number(ntohs(client.sin_port), port);
    expect_number(ntohl(client.sin_addr.s_addr), INADDR_LOOPBACK);
}
END_TEST
COVERS(socket_bound_to_the_wildcard, "stream.connectex.wildcard_bound");

START_TEST(packet_of_the_port)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    HANDLE port = CreateIoCompletionPort((HANDLE)s, NULL, 4711, 0);
    require(port != NULL);
    static OVERLAPPED operation;
    OVERLAPPED *ended = NULL;
    DWORD count = 0;
    ULONG_PTR key = 0;

    BOOL done = connect_begin(connect_ex(s), s, listener, "one", 3, &operation);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit()));
    expect_number(count, 3);
    expect_number(key, 4711);
    expect_pointer(ended, &operation);
}
END_TEST
COVERS(packet_of_the_port, "stream.connectex.completion_packet");

START_TEST(packet_of_a_refusal)
{
    winsock_start();
    SOCKET silent = socket_bound(SOCK_STREAM), s = socket_bound(SOCK_STREAM);
    HANDLE port = CreateIoCompletionPort((HANDLE)s, NULL, 4711, 0);
    require(port != NULL);
    static OVERLAPPED operation;
    OVERLAPPED *ended = NULL;
    DWORD count = 0;
    ULONG_PTR key = 0;
    take_no_for_an_answer(s);
    require(!connect_begin(connect_ex(s), s, silent, NULL, 0, &operation) &&
            GetLastError() == ERROR_IO_PENDING);

    BOOL got = GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit());

    expect_failed(got, ERROR_CONNECTION_REFUSED);
    expect_number(count, 0);
    expect_number(key, 4711);
    expect_pointer(ended, &operation);
}
END_TEST
COVERS(packet_of_a_refusal, "stream.connectex.refusal_packet");

START_TEST(update_gives_the_names)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener), peer = {0};
    int size = sizeof(peer);
    unsigned port = socket_port(s);
    require(by_connect_ex(s, listener));

    int result = setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&peer, &size));
    expect_bytes(&peer, &server, NAME_SIZE);
    expect_number(socket_port(s), port);
}
END_TEST
COVERS(update_gives_the_names, "stream.connectex.update_context_names");
