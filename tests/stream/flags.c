/* The flags that functions which send and receive take, and those that they refuse. */
#include "sockets.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation;
static char room[8];

static int with_recv(SOCKET s, DWORD flags)
{
    return recv(s, room, 5, (int)flags);
}

static int with_wsarecv(SOCKET s, DWORD flags)
{
    DWORD count;
    return WSARecv(s, &(WSABUF){.len = 5, .buf = room}, 1, &count, &flags, NULL, NULL);
}

static int with_overlapped_receive(SOCKET s, DWORD flags)
{
    operation.hEvent = event_create();
    return WSARecv(s, &(WSABUF){.len = 5, .buf = room}, 1, NULL, &flags, &operation, NULL);
}

static int with_wsasend(SOCKET s, DWORD flags)
{
    DWORD count;
    return WSASend(s, &(WSABUF){.len = 5, .buf = "bytes"}, 1, &count, flags, NULL, NULL);
}

static int with_overlapped_send(SOCKET s, DWORD flags)
{
    operation.hEvent = event_create();
    return WSASend(s, &(WSABUF){.len = 5, .buf = "bytes"}, 1, NULL, flags, &operation, NULL);
}

/* ---- Receiving from a stream ---- */

static const struct {
    struct row row;
    int (*call)(SOCKET, DWORD);
    bool nonblocking;
    DWORD flags;
} refused[] = {
    {{"recv_partial", "stream.recv.waitall_partial"}, with_recv, false, MSG_WAITALL | MSG_PARTIAL},
    {{"recv_urgent", "stream.recv.waitall_oob"}, with_recv, false, MSG_WAITALL | MSG_OOB},
    {{"nonblocking", "stream.wsarecv.waitall_nonblocking"}, with_wsarecv, true, MSG_WAITALL},
    {{"peek", "stream.wsarecv.waitall_peek"}, with_wsarecv, false, MSG_WAITALL | MSG_PEEK},
    {{"urgent", "stream.wsarecv.waitall_oob"}, with_wsarecv, false, MSG_WAITALL | MSG_OOB},
    {{"partial", "stream.wsarecv.waitall_partial"}, with_wsarecv, false, MSG_WAITALL | MSG_PARTIAL},
};

START_TEST(receive_of_all_refuses)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    limit_receives(pair.server, 100); /* what should fail at once may wait for nothing */
    set_nonblocking(pair.server, refused[_i].nonblocking);
    send_all(pair.client, "bytes", 5);
    wait_readable(pair.server);
    if (refused[_i].flags & MSG_OOB) {
        fd_set urgent = {.fd_count = 1, .fd_array = {pair.server}};
        TIMEVAL limit = select_limit();
        require(send(pair.client, "!", 1, MSG_OOB) == 1);
        require(select(0, NULL, NULL, &urgent, &limit) == 1);
    }

    int result = refused[_i].call(pair.server, refused[_i].flags);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS_ROWS(receive_of_all_refuses, refused);

START_TEST(receive_of_all_is_reset)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);
    require(with_overlapped_receive(pair.server, MSG_WAITALL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    send_all(pair.client, "one", 3);
    DWORD count = 0, flags = 0;

    socket_close(pair.client);

    expect_signaled(operation.hEvent);
    BOOL done = WSAGetOverlappedResult(pair.server, &operation, &count, FALSE, &flags);
    char text[80];
    record("MSG_WAITALL on a reset", "%s, %lu bytes",
           done ? "succeeds" : error_text(GetLastError(), text, sizeof(text)), count);
}
END_TEST
COVERS(receive_of_all_is_reset, "stream.wsarecv.waitall_reset");

START_TEST(overlapped_receive_of_all_has_a_part)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "by", 2);
    wait_readable(pair.server);
    DWORD count = 0, flags = 0;

    int result = with_overlapped_receive(pair.server, MSG_WAITALL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_stays_unsignaled(operation.hEvent);
    send_all(pair.client, "tes", 3);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.server, &operation, &count, FALSE, &flags));
    expect_number(count, 5);
    expect_bytes(room, "bytes", 5);
}
END_TEST
COVERS(overlapped_receive_of_all_has_a_part, "stream.wsarecv.waitall_part_before");

START_TEST(overlapped_receive_of_all_ends_with_the_stream)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(with_overlapped_receive(pair.server, MSG_WAITALL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
    send_all(pair.client, "one", 3);
    DWORD count = 0, flags = 0;

    require(shutdown(pair.client, SD_SEND) == 0);

    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.server, &operation, &count, FALSE, &flags));
    expect_number(count, 3);
    expect_bytes(room, "one", 3);
}
END_TEST
COVERS(overlapped_receive_of_all_ends_with_the_stream, "stream.wsarecv.waitall_close");

/* ---- Datagrams ---- */

static const struct {
    struct row row;
    int (*call)(SOCKET, DWORD);
    DWORD flags;
} datagrams[] = {
    {{"recv_of_all", "stream.recv.waitall_dgram"}, with_recv, MSG_WAITALL},
    {{"wsarecv_of_all", "stream.wsarecv.waitall_dgram"}, with_wsarecv, MSG_WAITALL},
    {{"recv_of_urgent_data", "stream.recv.oob_dgram_eopnotsupp"}, with_recv, MSG_OOB},
    {{"overlapped_receive_of_urgent_data", "stream.wsarecv.oob_dgram_eopnotsupp"},
     with_overlapped_receive,
     MSG_OOB},
    {{"wsasend_of_urgent_data", "stream.wsasend.oob_dgram_eopnotsupp"}, with_wsasend, MSG_OOB},
    {{"overlapped_send_of_urgent_data", "stream.wsasend.oob_dgram_eopnotsupp"},
     with_overlapped_send,
     MSG_OOB},
};

START_TEST(datagram_sockets_refuse)
{
    winsock_start();
    SOCKET s = connected_datagram_socket();
    send_all(s, "bytes", 5);
    wait_readable(s);

    int result = datagrams[_i].call(s, datagrams[_i].flags);

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_datagram(s, "bytes");
    send_all(s, "next", 4);
    expect_datagram(s, "next");
}
END_TEST
COVERS_ROWS(datagram_sockets_refuse, datagrams);

/* ---- Sending over a stream ---- */

static const struct {
    struct row row;
    int (*call)(SOCKET, DWORD);
} senders[] = {
    {{"plain", NULL}, with_wsasend},
    {{"overlapped", NULL}, with_overlapped_send},
};

START_TEST(need_not_be_routed)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = senders[_i].call(pair.client, MSG_DONTROUTE);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS_ROWS(need_not_be_routed, senders, "stream.wsasend.dontroute_accepted");

START_TEST(last_byte_is_urgent)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fd_set urgent = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();

    int result = senders[_i].call(pair.client, MSG_OOB);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(select(0, NULL, NULL, &urgent, &limit), 1);
    char byte = 0;
    expect_number(recv(pair.server, &byte, 1, MSG_OOB), 1);
    record("urgent byte of \"bytes\" that WSASend sent", "%c", byte);
}
END_TEST
COVERS_ROWS(last_byte_is_urgent, senders, "stream.wsasend.oob");

START_TEST(urgent_data_are_sent_where_they_are_received_in_line)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    require(setsockopt(pair.client, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);

    int sent = send(pair.client, "x", 1, MSG_OOB);

    record_outcome("send with MSG_OOB on a socket with SO_OOBINLINE", sent == 1);
}
END_TEST
COVERS(urgent_data_are_sent_where_they_are_received_in_line, "stream.send.oob_inline_einval");

/* ---- What a nonblocking socket is for WSASend ---- */

START_TEST(full_socket)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    fill(pair.client);
    set_nonblocking(pair.client, true);

    int result = with_wsasend(pair.client, 0);

    expect_socket_failed(result, WSAEWOULDBLOCK);
}
END_TEST
COVERS(full_socket, "stream.wsasend.nonblocking_wouldblock");

START_TEST(overlapped_send_on_a_nonblocking_socket)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    ULONGLONG taken = fill(pair.client);
    set_nonblocking(pair.client, true);
    static char rest[65536];
    DWORD count = 0, flags = 0;

    int result = with_overlapped_send(pair.client, 0);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    for (ULONGLONG got = 0; got < taken;) {
        int part = recv(pair.server, rest,
                        taken - got < sizeof(rest) ? (int)(taken - got) : (int)sizeof(rest), 0);
        require(part > 0);
        got += (ULONGLONG)part;
    }
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, &operation, &count, FALSE, &flags));
    expect_number(count, 5);
    expect_receives(pair.server, "bytes", 5);
}
END_TEST
COVERS(overlapped_send_on_a_nonblocking_socket, "stream.wsasend.nonblocking_mode_irrelevant");

/* ---- Sockets that are not what is usual ---- */

static const struct {
    struct row row;
    int (*call)(SOCKET, DWORD);
} unbound[] = {
    {{"recv", "dgram.recv.unbound_einval"}, with_recv},
    {{"wsarecv", "dgram.wsarecv.unbound_einval"}, with_wsarecv},
    {{"overlapped", "dgram.wsarecv.unbound_einval"}, with_overlapped_receive},
};

START_TEST(unbound_datagram_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    limit_receives(s, 100); /* what should fail at once may wait for nothing */

    int result = unbound[_i].call(s, 0);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS_ROWS(unbound_datagram_socket, unbound);

START_TEST(datagram_socket_with_a_peer)
{
    winsock_start();
    SOCKET s = connected_datagram_socket();

    int result = senders[_i].call(s, 0);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_datagram(s, "bytes");
}
END_TEST
COVERS_ROWS(datagram_socket_with_a_peer, senders, "dgram.wsasend.default_dest");

START_TEST(overlapped_send_without_the_attribute)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    require(s != INVALID_SOCKET && connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    DWORD count = 99;
    operation.hEvent = event_create();

    int result = WSASend(s, &(WSABUF){.len = 5, .buf = "bytes"}, 1, &count, 0, &operation, NULL);

    record_outcome("overlapped WSASend without WSA_FLAG_OVERLAPPED", result == 0);
    if (result == 0) {
        expect_number(count, 5);
        expect_receives(stream_accept(listener), "bytes", 5);
    } else
        expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(overlapped_send_without_the_attribute, "stream.wsasend.plain_socket");

/* ---- Overlapped receives that are refused, and that no time ends ---- */

START_TEST(refused_receive_is_not_told_of)
{
    winsock_start();
    SOCKET s = shut_down_socket(SD_RECEIVE);

    int result = with_overlapped_receive(s, 0);

    expect_socket_failed(result, WSAESHUTDOWN);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS(refused_receive_is_not_told_of, "stream.wsarecv.error_no_indication");

START_TEST(time_does_not_end_an_overlapped_receive)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    limit_receives(pair.server, 10);

    int result = with_overlapped_receive(pair.server, 0);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_stays_unsignaled(operation.hEvent);
    send_all(pair.client, "bytes", 5);
    expect_signaled(operation.hEvent);
    expect_bytes(room, "bytes", 5);
}
END_TEST
COVERS(time_does_not_end_an_overlapped_receive, "stream.wsarecv.rcvtimeo_blocking_only");
