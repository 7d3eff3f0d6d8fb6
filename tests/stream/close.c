/* What protects a socket from closing, what needs no notification, and what is used again. */
#include "extension.h"

START_TEST(protected_from_closing)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(SetHandleInformation((HANDLE)s, HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));

    BOOL closed = CloseHandle((HANDLE)s);

    expect_true(!closed);
    send_datagram(s, s, "still there");
    expect_datagram(s, "still there");
    require(SetHandleInformation((HANDLE)s, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
}
END_TEST
COVERS(protected_from_closing, "stream.inherit.protect_from_close");

START_TEST(receive_without_any_notification)
{
    static WSAOVERLAPPED operation;
    static char bytes[8];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD got = 0, flags = 0;
    require(WSARecv(pair.server, &buffer, 1, NULL, &flags, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    send_all(pair.client, "hello", 5);

    BOOL done = FALSE;
    for (DWORD ms = 0; !done && ms < step_limit(); ms++) {
        done = WSAGetOverlappedResult(pair.server, &operation, &got, FALSE, &flags);
        if (!done)
            SleepEx(1, FALSE);
    }

    expect_succeeded(done);
    expect_number(got, 5);
    expect_bytes(bytes, "hello", 5);
}
END_TEST
COVERS(receive_without_any_notification, "stream.wsarecv.completion_summary_no_event");

START_TEST(socket_can_pend)
{
    static WSAOVERLAPPED operation;
    static char byte;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD flags = 0;

    int result = WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
}
END_TEST
COVERS(socket_can_pend, "winsock.overlapped.socket_default");

START_TEST(recycled_socket_accepts_again)
{
    static char room[2 * (sizeof(struct sockaddr_in) + 16)];
    winsock_start();
    SOCKET listener = stream_listen(), acceptor = socket_open(SOCK_STREAM);
    DWORD count = 0;
    for (int i = 0; i < 2; i++) {
        OVERLAPPED *operation = operation_with_event();
        BOOL done = accept_ex(listener)(listener, acceptor, room, 0, sizeof(room) / 2,
                                        sizeof(room) / 2, &count, operation);
        expect_true(done || GetLastError() == ERROR_IO_PENDING);
        SOCKET client = stream_connect(socket_port(listener));
        expect_succeeded(extension_result(listener, operation, &count));
        require(setsockopt(acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener,
                           sizeof(listener)) == 0);
        expect_number(send(client, "hello", 5, 0), 5);
        expect_receives(acceptor, "hello", 5);
        socket_close(client);
        wait_end_of_stream(acceptor);
        expect_succeeded(disconnect_ex(acceptor)(acceptor, NULL, TF_REUSE_SOCKET, 0));
    }
}
END_TEST
COVERS(recycled_socket_accepts_again, "stream.disconnectex.reuse_acceptex");
