/* recv, and WSARecv without a WSAOVERLAPPED, with MSG_WAITALL on a blocking socket. */
#include "sockets.h"

/* Who waits, and how. */
struct receiver {
    SOCKET s;
    int (*wait)(SOCKET s, char *bytes, int size);
};

static int by_recv(SOCKET s, char *bytes, int size)
{
    return recv(s, bytes, size, MSG_WAITALL);
}

static int by_wsarecv(SOCKET s, char *bytes, int size)
{
    WSABUF buffer = {.len = (ULONG)size, .buf = bytes};
    DWORD got = 99, flags = MSG_WAITALL;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL) == 0 ? (int)got : SOCKET_ERROR;
}

struct waiting {
    struct row row;
    int (*wait)(SOCKET s, char *bytes, int size);
};

static DWORD receive_whole(void *argument)
{
    const struct receiver *receiver = argument;
    char bytes[8];
    int got = receiver->wait(receiver->s, bytes, sizeof(bytes));
    expect_socket_succeeded(got);
    expect_bytes(bytes, "headtail", (size_t)got);
    return (DWORD)got;
}

static const struct waiting fillers[] = {
    {{"recv", "stream.recv.waitall_fills"}, by_recv},
    {{"wsarecv", "stream.wsarecv.waitall_fills_waiting"}, by_wsarecv},
};

START_TEST(waits_for_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct receiver receiver = {pair.server, fillers[_i].wait};
    send_all(pair.client, "head", 4);
    wait_readable(pair.server);
    struct thread *thread = thread_start(receive_whole, &receiver);
    expect_stays_unsignaled(thread->handle);

    send_all(pair.client, "tail", 4);

    expect_number(thread_join(thread), 8);
}
END_TEST
COVERS_ROWS(waits_for_all, fillers);

static const struct waiting enders[] = {
    {{"recv", "stream.recv.waitall_close"}, by_recv},
    {{"wsarecv", "stream.wsarecv.waitall_closed_waiting"}, by_wsarecv},
};

START_TEST(end_of_stream_ends_waiting)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char bytes[8];
    send_all(pair.client, "head", 4);
    require(shutdown(pair.client, SD_SEND) == 0);

    int got = enders[_i].wait(pair.server, bytes, sizeof(bytes));

    expect_number(got, 4);
    expect_bytes(bytes, "head", 4);
}
END_TEST
COVERS_ROWS(end_of_stream_ends_waiting, enders);

/* What has come before the error may be told or not. */
static DWORD receive_broken(void *argument)
{
    const struct receiver *receiver = argument;
    char bytes[8];
    int got = receiver->wait(receiver->s, bytes, sizeof(bytes));
    DWORD error = GetLastError();
    char text[80];
    record("4 of 8 bytes and a reset", "%s",
           got == 4 ? "4 bytes" : error_text(error, text, sizeof(text)));
    expect_true(got == 4 ||
                (got == SOCKET_ERROR && (error == WSAECONNRESET || error == WSAECONNABORTED)));
    return 0;
}

static const struct waiting breakers[] = {
    {{"recv", "stream.recv.waitall_error"}, by_recv},
    {{"wsarecv", "stream.wsarecv.waitall_error"}, by_wsarecv},
};

START_TEST(reset_ends_waiting)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct receiver receiver = {pair.server, breakers[_i].wait};
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    limit_receives(pair.server, 0); /* thread_join has a limit */
    send_all(pair.client, "head", 4);
    wait_readable(pair.server);
    struct thread *thread = thread_start(receive_broken, &receiver);
    expect_stays_unsignaled(thread->handle);

    socket_close(pair.client);

    thread_join(thread);
}
END_TEST
COVERS_ROWS(reset_ends_waiting, breakers);
