/* AcceptEx: pending, with and without data, and the names it stores. */
#include "extension.h"

static char buffer[64 + 2 * NAME_ROOM];

struct accepting {
    SOCKET listener, acceptor;
    LPFN_ACCEPTEX function;
};

static struct accepting prepare(void)
{
    struct accepting accepting = {.listener = stream_listen(),
                                  .acceptor = socket_open(SOCK_STREAM)};
    accepting.function = accept_ex(accepting.listener);
    return accepting;
}

START_TEST(pends_until_a_client_comes)
{
    winsock_start();
    struct accepting a = prepare();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 4711;

    BOOL done =
        a.function(a.listener, a.acceptor, buffer, 0, NAME_ROOM, NAME_ROOM, &count, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation->hEvent);
    SOCKET client = stream_connect(socket_port(a.listener));
    expect_succeeded(extension_result(a.listener, operation, &count));
    expect_number(count, 0);
    send_all(client, "there", 5);
    expect_receives(a.acceptor, "there", 5);
    expect_number(send(a.acceptor, "back", 4, 0), 4);
    expect_receives(client, "back", 4);
}
END_TEST
COVERS(pends_until_a_client_comes, "stream.acceptex.pending",
       "stream.acceptex.no_data_completes_on_connect", "stream.acceptex.io_before_update_context",
       "stream.acceptex.via_ioctl");

START_TEST(count_is_not_stored_while_pending)
{
    winsock_start();
    struct accepting a = prepare();
    DWORD count = 4711;

    BOOL done = a.function(a.listener, a.acceptor, buffer, 0, NAME_ROOM, NAME_ROOM, &count,
                           operation_with_event());

    expect_failed(done, ERROR_IO_PENDING);
    expect_number(count, 4711);
}
END_TEST
COVERS(count_is_not_stored_while_pending, "stream.acceptex.bytes_var_only_sync");

START_TEST(waits_for_the_first_data)
{
    winsock_start();
    struct accepting a = prepare();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done =
        a.function(a.listener, a.acceptor, buffer, 64, NAME_ROOM, NAME_ROOM, &count, operation);

    expect_failed(done, ERROR_IO_PENDING);
    SOCKET client = stream_connect(socket_port(a.listener));
    expect_stays_unsignaled(operation->hEvent);
    send_all(client, "first", 5);
    expect_succeeded(extension_result(a.listener, operation, &count));
    expect_number(count, 5);
    expect_bytes(buffer, "first", 5);
}
END_TEST
COVERS(waits_for_the_first_data, "stream.acceptex.data_waits_first_block",
       "stream.acceptex.data_at_offset_zero");

START_TEST(client_that_closes_without_data)
{
    winsock_start();
    struct accepting a = prepare();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 99;
    BOOL done =
        a.function(a.listener, a.acceptor, buffer, 64, NAME_ROOM, NAME_ROOM, &count, operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);

    socket_close(stream_connect(socket_port(a.listener)));

    expect_succeeded(extension_result(a.listener, operation, &count));
    expect_number(count, 0);
}
END_TEST
COVERS(client_that_closes_without_data, "stream.acceptex.data_close_completes_zero");

/* Accepts a client, without data. */
static SOCKET accept_client(const struct accepting *a)
{
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    BOOL done =
        a->function(a->listener, a->acceptor, buffer, 0, NAME_ROOM, NAME_ROOM, &count, operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    SOCKET client = stream_connect(socket_port(a->listener));
    require(extension_result(a->listener, operation, &count));
    return client;
}

START_TEST(names_are_stored)
{
    winsock_start();
    struct accepting a = prepare();
    SOCKET client = accept_client(&a);
    LPFN_GETACCEPTEXSOCKADDRS names =
        (LPFN_GETACCEPTEXSOCKADDRS)extension(a.listener, (GUID)WSAID_GETACCEPTEXSOCKADDRS);
    struct sockaddr *local = NULL, *remote = NULL;
    int local_size = 0, remote_size = 0;

    names(buffer, 0, NAME_ROOM, NAME_ROOM, &local, &local_size, &remote, &remote_size);

    struct sockaddr_in server_name = socket_name(a.listener), client_name = socket_name(client);
    expect_number(local_size, sizeof(server_name));
    expect_number(remote_size, sizeof(client_name));
    expect_bytes(local, &server_name, NAME_SIZE);
    expect_bytes(remote, &client_name, NAME_SIZE);
}
END_TEST
COVERS(names_are_stored, "stream.acceptexaddrs.match_names", "stream.acceptexaddrs.lengths");

START_TEST(update_gives_the_names)
{
    winsock_start();
    struct accepting a = prepare();
    SOCKET client = accept_client(&a);
    struct sockaddr_in expected = socket_name(client), peer;
    int size = sizeof(peer);

    int result = setsockopt(a.acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&a.listener,
                            sizeof(a.listener));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(a.acceptor, (struct sockaddr *)&peer, &size));
    expect_bytes(&peer, &expected, NAME_SIZE);
}
END_TEST
COVERS(update_gives_the_names, "stream.acceptex.getpeername_needs_update_context");

START_TEST(connect_time)
{
    winsock_start();
    struct accepting a = prepare();
    DWORD seconds = 99;
    int size = sizeof(seconds);
    expect_socket_succeeded(
        getsockopt(a.acceptor, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &size));
    expect_number(seconds, 0xFFFFFFFF);
    accept_client(&a);

    int result = getsockopt(a.acceptor, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &size);

    expect_socket_succeeded(result);
    expect_true(seconds < 60);
}
END_TEST
COVERS(connect_time, "stream.acceptex.connect_time");

static const struct {
    struct row row;
    bool listening, overlapped, buffer, remote_room;
    DWORD error;
} misuses[] = {
    {{"no_overlapped", "stream.acceptex.null_overlapped"},
     true,
     false,
     true,
     true,
     ERROR_INVALID_PARAMETER},
    {{"no_buffer", "stream.acceptex.null_buffer"}, true, true, false, true, WSAEFAULT},
    {{"no_room_for_the_client", "stream.acceptex.remote_length_zero"},
     true,
     true,
     true,
     false,
     WSAEFAULT},
    {{"no_listener", "stream.acceptex.listener_must_listen"}, false, true, true, true, WSAEINVAL},
};

START_TEST(refused_for)
{
    winsock_start();
    struct accepting a = prepare();
    SOCKET listener = misuses[_i].listening ? a.listener : socket_bound(SOCK_STREAM);
    DWORD count = 0;

    BOOL done = a.function(listener, a.acceptor, misuses[_i].buffer ? buffer : NULL, 0, NAME_ROOM,
                           misuses[_i].remote_room ? NAME_ROOM : 0, &count,
                           misuses[_i].overlapped ? operation_with_event() : NULL);

    expect_failed(done, misuses[_i].error);
}
END_TEST
COVERS_ROWS(refused_for, misuses);

static const struct {
    struct row row;
    bool listener;
} closings[] = {
    {{"acceptor", "stream.acceptex.close_acceptor_completes"}, false},
    {{"listener", "stream.acceptex.close_listener_completes"}, true},
};

START_TEST(ends_with_its)
{
    winsock_start();
    struct accepting a = prepare();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    BOOL done =
        a.function(a.listener, a.acceptor, buffer, 0, NAME_ROOM, NAME_ROOM, &count, operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);

    socket_close(closings[_i].listener ? a.listener : a.acceptor);

    expect_signaled(operation->hEvent);
    expect_true((LONG)operation->Internal < 0);
}
END_TEST
COVERS_ROWS(ends_with_its, closings);

START_TEST(packet_has_the_listeners_key)
{
    winsock_start();
    struct accepting a = prepare();
    HANDLE port = CreateIoCompletionPort((HANDLE)a.listener, NULL, 77, 0);
    require(port != NULL);
    DWORD count = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    BOOL done = a.function(a.listener, a.acceptor, buffer, 0, NAME_ROOM, NAME_ROOM, &count,
                           &extension_operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);

    stream_connect(socket_port(a.listener));

    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &which, step_limit()));
    expect_number(key, 77);
    expect_pointer(which, &extension_operation);
}
END_TEST
COVERS(packet_has_the_listeners_key, "stream.acceptex.iocp_key_is_listener");

START_TEST(unknown_extension)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    GUID unknown = {.Data1 = 0x4711};
    void *function = NULL;
    DWORD size = 0;

    int result = WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &unknown, sizeof(unknown),
                          &function, sizeof(function), &size, NULL, NULL);

    expect_socket_failed(result, WSAEINVAL);
    expect_pointer(function, NULL);
}
END_TEST
COVERS(unknown_extension, "winsock.ioctl.extension_unknown");

START_TEST(properties_of_the_listener_come_with_the_update)
{
    winsock_start();
    SOCKET listener = stream_listen(), acceptor = socket_open(SOCK_STREAM);
    BOOL on = TRUE, kept = FALSE;
    int size = sizeof(kept);
    static char room[2 * (sizeof(struct sockaddr_in) + 16)];
    DWORD count = 0;
    OVERLAPPED *operation = operation_with_event();
    require(setsockopt(listener, SOL_SOCKET, SO_KEEPALIVE, (char *)&on, sizeof(on)) == 0);
    require(accept_ex(listener)(listener, acceptor, room, 0, sizeof(room) / 2, sizeof(room) / 2,
                                &count, operation) ||
            GetLastError() == ERROR_IO_PENDING);
    stream_connect(socket_port(listener));
    require(WaitForSingleObject(operation->hEvent, step_limit()) == WAIT_OBJECT_0);

    int result = setsockopt(acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener,
                            sizeof(listener));

    expect_socket_succeeded(result);
    expect_socket_succeeded(getsockopt(acceptor, SOL_SOCKET, SO_KEEPALIVE, (char *)&kept, &size));
    expect_number(kept, TRUE);
}
END_TEST
COVERS(properties_of_the_listener_come_with_the_update, "stream.acceptex.update_context_inherits");
