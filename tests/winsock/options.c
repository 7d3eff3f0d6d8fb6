/* What getsockopt tells about a socket that nobody has set an option of. */
#include "winsock.h"

static const struct {
    struct row row;
    int type;
} types[] = {{{"stream", NULL}, SOCK_STREAM}, {{"datagram", NULL}, SOCK_DGRAM}};

START_TEST(type_of)
{
    winsock_start();
    SOCKET s = socket_open(types[_i].type);
    int value = -1, size = sizeof(value);

    int result = getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(value));
    expect_number(value, types[_i].type);
}
END_TEST
COVERS_ROWS(type_of, types, "winsock.getsockopt.so_type");

START_TEST(broadcast_is_off)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    BOOL value = -1;
    int size = sizeof(value);

    int result = getsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(value, FALSE);
}
END_TEST
COVERS(broadcast_is_off, "winsock.option_socket.broadcast_default");

START_TEST(linger_is_off)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    LINGER value = {.l_onoff = 7, .l_linger = 7};
    int size = sizeof(value);

    int result = getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(value));
    expect_number(value.l_onoff, 0);
    expect_number(value.l_linger, 0);
}
END_TEST
COVERS(linger_is_off, "stream.linger.default");

START_TEST(acceptconn_tells_a_listener)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_STREAM);
    BOOL value = -1;
    int size = sizeof(value);
    require(getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&value, &size) != SOCKET_ERROR);
    expect_number(value, FALSE);
    require(listen(s, 1) != SOCKET_ERROR);

    int result = getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_true(value != FALSE);
}
END_TEST
COVERS(acceptconn_tells_a_listener, "stream.listen.so_acceptconn");

START_TEST(unknown_level_is_invalid)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int value, size = sizeof(value);

    int result = getsockopt(s, 0x8000, SO_TYPE, (char *)&value, &size);

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(unknown_level_is_invalid, "winsock.getsockopt.level_invalid");
