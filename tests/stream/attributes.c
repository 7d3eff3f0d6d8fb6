/* WSASocketW: what it refuses to make a socket with, and families that Windows has no more. */
#include "winsock/winsock.h"

#define LEAF (WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF)

START_TEST(datagram_socket_is_a_leaf)
{
    winsock_start();

    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED | LEAF);

    expect_socket_succeeded(s);
}
END_TEST
COVERS(datagram_socket_is_a_leaf, "stream.wsasocket.multipoint_leaf");

static const struct {
    struct row row;
    int type;
    DWORD flags;
} refused[] = {
    {{"root_of_control", "stream.wsasocket.multipoint_root"},
     SOCK_DGRAM,
     WSA_FLAG_MULTIPOINT_C_ROOT | WSA_FLAG_MULTIPOINT_D_LEAF},
    {{"root_of_data", "stream.wsasocket.multipoint_root"},
     SOCK_DGRAM,
     WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_ROOT},
    {{"both_of_control", "stream.wsasocket.multipoint_one_of_each"},
     SOCK_DGRAM,
     WSA_FLAG_MULTIPOINT_C_ROOT | LEAF},
    {{"both_of_data", "stream.wsasocket.multipoint_one_of_each"},
     SOCK_DGRAM,
     WSA_FLAG_MULTIPOINT_D_ROOT | LEAF},
    {{"stream_socket", "stream.wsasocket.multipoint_stream"}, SOCK_STREAM, LEAF},
    {{"system_security", "stream.wsasocket.system_security"},
     SOCK_STREAM,
     WSA_FLAG_ACCESS_SYSTEM_SECURITY},
};

START_TEST(refuses_flags_of)
{
    winsock_start();
    require(WSASocketW(AF_INET, refused[_i].type, 0, NULL, 0, WSA_FLAG_OVERLAPPED) !=
            INVALID_SOCKET);

    SOCKET s =
        WSASocketW(AF_INET, refused[_i].type, 0, NULL, 0, WSA_FLAG_OVERLAPPED | refused[_i].flags);

    expect_failed_somehow(s != INVALID_SOCKET);
}
END_TEST
COVERS_ROWS(refuses_flags_of, refused);

START_TEST(empty_structure_is_invalid)
{
    WSAPROTOCOL_INFOW info = {0};
    winsock_start();

    SOCKET s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                          WSA_FLAG_OVERLAPPED);

    expect_socket_failed(s, WSAEINVAL);
}
END_TEST
COVERS(empty_structure_is_invalid, "stream.wsasocket.empty_info_einval");

static const struct {
    struct row row;
    int family, type, protocol;
} families[] = {
    {{"ipx", "stream.socket.no_ipx"}, AF_IPX, SOCK_DGRAM, 1000 /* NSPROTO_IPX */},
    {{"appletalk", "stream.socket.no_appletalk"}, AF_APPLETALK, SOCK_DGRAM, 0},
};

START_TEST(there_is_no)
{
    winsock_start();

    SOCKET s = socket(families[_i].family, families[_i].type, families[_i].protocol);

    expect_socket_failed(s, WSAEAFNOSUPPORT);
}
END_TEST
COVERS_ROWS(there_is_no, families);

/* ---- A socket whose receive buffer is empty ---- */

static void buffer_nothing(SOCKET s)
{
    int size = 0;
    require(setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&size, sizeof(size)) == 0);
}

START_TEST(datagram_without_a_receive_is_lost)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in self = socket_name(s);
    char bytes[8];
    buffer_nothing(s);
    limit_receives(s, step_limit() / 10);

    int sent = sendto(s, "lost", 4, 0, (struct sockaddr *)&self, sizeof(self));

    expect_number(sent, 4);
    int got = recv(s, bytes, sizeof(bytes), 0);
    expect_socket_failed(got, WSAETIMEDOUT);
}
END_TEST
COVERS(datagram_without_a_receive_is_lost, "dgram.no_buffer.lost");

START_TEST(datagram_for_a_receive_arrives)
{
    static char bytes[8];
    static WSAOVERLAPPED operation;
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = sizeof(bytes), .buf = bytes};
    DWORD flags = 0, count = 0;
    buffer_nothing(s);
    operation.hEvent = event_create();
    require(WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    send_datagram(s, s, "posted");

    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags));
    expect_number(count, 6);
    expect_bytes(bytes, "posted", 6);
}
END_TEST
COVERS(datagram_for_a_receive_arrives, "dgram.no_buffer.posted");

START_TEST(stream_without_a_receive_loses_nothing)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    buffer_nothing(pair.server);

    int sent = send(pair.client, "data", 4, 0);

    expect_number(sent, 4);
    expect_receives(pair.server, "data", 4);
}
END_TEST
COVERS(stream_without_a_receive_loses_nothing, "stream.no_buffer.nothing_lost");

/* ---- A socket whose send buffer is empty ---- */

static void send_from_nothing(SOCKET s)
{
    int size = 0;
    require(setsockopt(s, SOL_SOCKET, SO_SNDBUF, (char *)&size, sizeof(size)) == 0);
}

static int by_send(SOCKET s)
{
    return send(s, "data", 4, 0);
}

static int by_wsasend(SOCKET s)
{
    WSABUF buffer = {.len = 4, .buf = (char[]){"data"}};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct {
    struct row row;
    int (*transfer)(SOCKET s);
} senders[] = {
    {{"send", NULL}, by_send},
    {{"wsasend", NULL}, by_wsasend},
};

START_TEST(unbuffered)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_from_nothing(pair.client);

    int sent = senders[_i].transfer(pair.client);

    expect_number(sent, 4);
    expect_receives(pair.server, "data", 4);
}
END_TEST
COVERS_ROWS(unbuffered, senders, "stream.no_send_buffer.sends");

START_TEST(unbuffered_overlapped)
{
    enum { MUCH = 4 << 20 };
    static char bytes[MUCH], got[MUCH];
    static WSAOVERLAPPED operation;
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = MUCH, .buf = bytes};
    DWORD sent = 0, flags = 0;
    for (size_t i = 0; i < MUCH; i++)
        bytes[i] = (char)(i >> 8);
    operation.hEvent = event_create();
    send_from_nothing(pair.client);

    int result = WSASend(pair.client, &buffer, 1, NULL, 0, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(receive_all(pair.server, got, MUCH), MUCH);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, &operation, &sent, FALSE, &flags));
    expect_number(sent, MUCH);
    expect_bytes(got, bytes, MUCH);
}
END_TEST
COVERS(unbuffered_overlapped, "stream.no_send_buffer.pends");
