/* WSAHtonl and its family. */
#include "winsock.h"

static int to_long(SOCKET s, void *room)
{
    return WSAHtonl(s, 1, room);
}

static int to_short(SOCKET s, void *room)
{
    return WSAHtons(s, 1, room);
}

static int from_long(SOCKET s, void *room)
{
    return WSANtohl(s, 1, room);
}

static int from_short(SOCKET s, void *room)
{
    return WSANtohs(s, 1, room);
}

struct turn {
    struct row row;
    int (*turn)(SOCKET s, void *room);
};

static const struct turn of_no_socket[] = {
    {{"wsahtonl", "winsock.wsahtonl.enotsock"}, to_long},
    {{"wsahtons", "winsock.byte_order.enotsock"}, to_short},
    {{"wsantohl", "winsock.wsantohl.enotsock"}, from_long},
    {{"wsantohs", "winsock.wsantohs.enotsock"}, from_short},
};

START_TEST(number_of_no_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), closed = socket_open(SOCK_DGRAM);
    ULONG room;
    socket_close(closed);

    int result = of_no_socket[_i].turn(closed, &room);

    expect_socket_failed(result, WSAENOTSOCK);
    expect_socket_succeeded(of_no_socket[_i].turn(s, &room));
}
END_TEST
COVERS_ROWS(number_of_no_socket, of_no_socket);

static const struct turn unstarted[] = {
    {{"wsahtonl", "winsock.wsahtonl.notinit"}, to_long},
    {{"wsahtons", "winsock.byte_order.notinit"}, to_short},
    {{"wsantohl", "winsock.wsantohl.notinit"}, from_long},
    {{"wsantohs", "winsock.wsantohs.notinit"}, from_short},
};

START_TEST(number_before_startup)
{
    ULONG room;

    int result = unstarted[_i].turn(INVALID_SOCKET, &room);

    expect_socket_failed(result, WSANOTINITIALISED);
}
END_TEST
COVERS_ROWS(number_before_startup, unstarted);

static const struct turn into_nothing[] = {
    {{"wsahtonl", "winsock.wsahtonl.null"}, to_long},
    {{"wsantohl", "winsock.wsantohl.null"}, from_long},
    {{"wsantohs", "winsock.wsantohs.null"}, from_short},
};

START_TEST(number_without_room)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    ULONG room;

    int result = into_nothing[_i].turn(s, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(into_nothing[_i].turn(s, &room));
}
END_TEST
COVERS_ROWS(number_without_room, into_nothing);

START_TEST(numbers_for_the_network)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    ULONG wide = 0, wide_back = 0;
    WORD narrow = 0, narrow_back = 0;

    int result = WSAHtonl(s, 0x01020304, &wide);

    expect_socket_succeeded(result);
    expect_number(wide, 0x04030201);
    expect_socket_succeeded(WSAHtons(s, 0x0102, &narrow));
    expect_number(narrow, 0x0201);
    expect_socket_succeeded(WSANtohl(s, wide, &wide_back));
    expect_number(wide_back, 0x01020304);
    expect_socket_succeeded(WSANtohs(s, narrow, &narrow_back));
    expect_number(narrow_back, 0x0102);
}
END_TEST
COVERS(numbers_for_the_network, "winsock.byte_order.value_b");

START_TEST(no_room_for_a_number)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    int result = WSAHtons(s, 1, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_room_for_a_number, "winsock.byte_order.null");

/* ---- htonl and its family, which need no socket and no WSAStartup */

static DWORD host_long(DWORD number)
{
    return htonl(number);
}

static DWORD host_short(DWORD number)
{
    return htons((u_short)number);
}

static DWORD net_long(DWORD number)
{
    return ntohl(number);
}

static DWORD net_short(DWORD number)
{
    return ntohs((u_short)number);
}

static const struct {
    struct row row;
    DWORD (*turn)(DWORD number);
    DWORD number;
    BYTE bytes[4];
} turns[] = {
    {{"htonl", "winsock.htonl.value"}, host_long, 0x01020304, {1, 2, 3, 4}},
    {{"htonl_of_all_bits_but_one", "winsock.htonl.value"},
     host_long,
     0xFFFFFFFE,
     {255, 255, 255, 254}},
    {{"htons", "winsock.htons.value"}, host_short, 0x0102, {1, 2}},
    {{"htons_of_high_bits", "winsock.htons.value"}, host_short, 0xFF80, {255, 0x80}},
};

START_TEST(most_significant_byte_first)
{
    DWORD turned = turns[_i].turn(turns[_i].number);

    expect_bytes(&turned, turns[_i].bytes, 4);
}
END_TEST
COVERS_ROWS(most_significant_byte_first, turns);

static const struct {
    struct row row;
    DWORD (*back)(DWORD number), number;
    BYTE bytes[4];
} returns[] = {
    {{"ntohl", "winsock.ntohl.value"}, net_long, 0x01020304, {1, 2, 3, 4}},
    {{"ntohl_of_high_bits", "winsock.ntohl.value"}, net_long, 0xFFFEFDFC, {255, 254, 253, 252}},
    {{"ntohs", "winsock.ntohs.value"}, net_short, 0x0102, {1, 2}},
    {{"ntohs_of_high_bits", "winsock.ntohs.value"}, net_short, 0xFF80, {255, 0x80}},
};

START_TEST(number_from_bytes)
{
    DWORD bytes;
    memcpy(&bytes, returns[_i].bytes, 4);

    DWORD number = returns[_i].back(bytes);

    expect_number(number, returns[_i].number);
}
END_TEST
COVERS_ROWS(number_from_bytes, returns);

static const struct {
    struct row row;
    ULONG number;
    BYTE bytes[4];
} wide_numbers[] = {
    {{"ascending", NULL}, 0x01020304, {1, 2, 3, 4}},
    {{"high_bits", NULL}, 0xFFFEFDFC, {255, 254, 253, 252}},
    {{"zero", NULL}, 0, {0}},
};

START_TEST(long_for_the_network)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    ULONG turned = 99, back = 99;

    int result = WSAHtonl(s, wide_numbers[_i].number, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_bytes(&turned, wide_numbers[_i].bytes, 4);
    expect_number(WSANtohl(s, turned, &back), 0);
    expect_number(back, wide_numbers[_i].number);
}
END_TEST
COVERS_ROWS(long_for_the_network, wide_numbers, "winsock.wsahtonl.value", "winsock.wsantohl.value");

static const struct {
    struct row row;
    WORD number;
    BYTE bytes[2];
} narrow_numbers[] = {
    {{"ascending", NULL}, 0x0102, {1, 2}},
    {{"high_bits", NULL}, 0xFF80, {255, 0x80}},
    {{"zero", NULL}, 0, {0}},
};

START_TEST(short_for_the_network)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WORD turned = 99, back = 99;

    int result = WSAHtons(s, narrow_numbers[_i].number, &turned);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_bytes(&turned, narrow_numbers[_i].bytes, 2);
    expect_number(WSANtohs(s, turned, &back), 0);
    expect_number(back, narrow_numbers[_i].number);
}
END_TEST
COVERS_ROWS(short_for_the_network, narrow_numbers, "winsock.wsahtons.value",
            "winsock.wsantohs.value");
