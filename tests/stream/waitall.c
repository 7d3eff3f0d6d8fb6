/* WSARecv with MSG_WAITALL and without a WSAOVERLAPPED, which waits as recv does. */
#include "sockets.h"

static int wait_for_all(SOCKET s, char *bytes, DWORD size)
{
    WSABUF buffer = {.len = size, .buf = bytes};
    DWORD got = 99, flags = MSG_WAITALL;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

static DWORD receive_whole(void *argument)
{
    char bytes[8];
    int got = wait_for_all(*(SOCKET *)argument, bytes, sizeof(bytes));
    expect_socket_succeeded(got);
    expect_bytes(bytes, "headtail", (size_t)got);
    return (DWORD)got;
}

START_TEST(waits_for_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "head", 4);
    wait_readable(pair.server);
    struct thread *receiver = thread_start(receive_whole, &pair.server);
    expect_stays_unsignaled(receiver->handle);

    send_all(pair.client, "tail", 4);

    expect_number(thread_join(receiver), 8);
}
END_TEST
COVERS(waits_for_all, "stream.wsarecv.waitall_fills_waiting");

START_TEST(end_of_stream_ends_waiting)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[8];
    send_all(pair.client, "head", 4);
    require(shutdown(pair.client, SD_SEND) == 0);

    int got = wait_for_all(pair.server, bytes, sizeof(bytes));

    expect_number(got, 4);
    expect_bytes(bytes, "head", 4);
}
END_TEST
COVERS(end_of_stream_ends_waiting, "stream.wsarecv.waitall_closed_waiting");

/* What has come before the error may be told or not. */
static DWORD receive_broken(void *argument)
{
    char bytes[8];
    int got = wait_for_all(*(SOCKET *)argument, bytes, sizeof(bytes));
    DWORD error = GetLastError();
    char text[80];
    record("4 of 8 bytes and a reset", "%s",
           got == 4 ? "4 bytes" : error_text(error, text, sizeof(text)));
    expect_true(got == 4 ||
                (got == SOCKET_ERROR && (error == WSAECONNRESET || error == WSAECONNABORTED)));
    return 0;
}

START_TEST(reset_ends_waiting)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    limit_receives(pair.server, 0); /* thread_join has a limit */
    send_all(pair.client, "head", 4);
    wait_readable(pair.server);
    struct thread *receiver = thread_start(receive_broken, &pair.server);
    expect_stays_unsignaled(receiver->handle);

    socket_close(pair.client);

    thread_join(receiver);
}
END_TEST
COVERS(reset_ends_waiting, "stream.wsarecv.waitall_error");
