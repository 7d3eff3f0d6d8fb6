/* What getsockopt tells about a socket that nobody has set an option of. */
#include "winsock.h"

/* What a getsockopt has stored: Windows stores some of its BOOLs as a single byte. */
static int stored(int value, int size)
{
    return size == 1 ? (BYTE)value : value;
}

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
    expect_number(stored(value, size), FALSE);
    value = FALSE;
    size = sizeof(value);
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

START_TEST(size_becomes_that_of_the_value)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    union {
        int value;
        char room[128];
    } type;
    int size = sizeof(type);

    int result = getsockopt(s, SOL_SOCKET, SO_TYPE, type.room, &size);

    expect_socket_succeeded(result);
    expect_number(type.value, SOCK_STREAM);
    record("size after SO_TYPE with room for 128 bytes", "%d", size);
}
END_TEST
COVERS(size_becomes_that_of_the_value, "winsock.getsockopt.optlen_out");

static const struct {
    struct row row;
    int level, option, size;
    bool set;
    DWORD error;
} refusals[] = {
    {{"get_unknown_option", "winsock.getsockopt.unknown_option"},
     IPPROTO_IP,
     -1,
     4,
     false,
     WSAENOPROTOOPT},
    {{"set_unknown_option", "winsock.setsockopt.unknown_option"},
     IPPROTO_IP,
     -1,
     4,
     true,
     WSAENOPROTOOPT},
    {{"get_short_room", "winsock.getsockopt.optlen_short"},
     SOL_SOCKET,
     SO_RCVBUF,
     3,
     false,
     WSAEFAULT},
    {{"set_short_value", "winsock.setsockopt.optlen_short_efault"},
     SOL_SOCKET,
     SO_RCVBUF,
     3,
     true,
     WSAEFAULT},
    {{"set_so_type", "winsock.setsockopt.readonly_type"},
     SOL_SOCKET,
     SO_TYPE,
     4,
     true,
     WSAENOPROTOOPT},
};

START_TEST(refused)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int value = 1, size = refusals[_i].size;

    int result =
        refusals[_i].set
            ? setsockopt(s, refusals[_i].level, refusals[_i].option, (char *)&value, size)
            : getsockopt(s, refusals[_i].level, refusals[_i].option, (char *)&value, &size);

    expect_socket_failed(result, refusals[_i].error);
}
END_TEST
COVERS_ROWS(refused, refusals);

START_TEST(unknown_to_every_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int value = 1, size = sizeof(value);

    int got = getsockopt(s, SOL_SOCKET, 0x7777, (char *)&value, &size);

    record_outcome("getsockopt of an unknown option of SOL_SOCKET", got == 0);
    expect_socket_failed(got, WSAENOPROTOOPT, WSAEINVAL);
    int set = setsockopt(s, SOL_SOCKET, 0x7777, (char *)&value, size);
    record_outcome("setsockopt of an unknown option of SOL_SOCKET", set == 0);
    expect_socket_failed(set, WSAENOPROTOOPT, WSAEINVAL);
}
END_TEST
COVERS(unknown_to_every_socket, "winsock.getsockopt.unknown_to_every_socket");

START_TEST(no_value_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int size = sizeof(int);

    int result = getsockopt(s, SOL_SOCKET, SO_TYPE, NULL, &size);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_value_is_a_fault, "winsock.getsockopt.bad_pointer");

START_TEST(setting_of_an_unknown_level)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    BOOL on = TRUE;

    int result = setsockopt(s, 0x8000, SO_REUSEADDR, (char *)&on, sizeof(on));

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(setting_of_an_unknown_level, "winsock.setsockopt.level_invalid");

static const struct {
    struct row row;
    int type, level, option;
} booleans[] = {
    {{"keepalive", "winsock.option_socket.default_off"}, SOCK_STREAM, SOL_SOCKET, SO_KEEPALIVE},
    {{"oobinline", "winsock.option_socket.default_off"}, SOCK_STREAM, SOL_SOCKET, SO_OOBINLINE},
    {{"reuseaddr", "winsock.option_socket.default_off"}, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR},
    {{"exclusive", "winsock.option_socket.default_off"},
     SOCK_STREAM,
     SOL_SOCKET,
     SO_EXCLUSIVEADDRUSE},
    {{"broadcast", "winsock.option_socket.default_off"}, SOCK_DGRAM, SOL_SOCKET, SO_BROADCAST},
    {{"nodelay", "winsock.option_tcp.nodelay_default"}, SOCK_STREAM, IPPROTO_TCP, TCP_NODELAY},
};

START_TEST(boolean_option)
{
    winsock_start();
    SOCKET s = socket_open(booleans[_i].type);
    BOOL value = 0x5C5C5C5C, on = TRUE;
    int size = sizeof(value);

    int result = getsockopt(s, booleans[_i].level, booleans[_i].option, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(stored(value, size), FALSE);
    expect_socket_succeeded(
        setsockopt(s, booleans[_i].level, booleans[_i].option, (char *)&on, sizeof(on)));
    value = FALSE;
    size = sizeof(value);
    expect_socket_succeeded(
        getsockopt(s, booleans[_i].level, booleans[_i].option, (char *)&value, &size));
    expect_true(value != FALSE);
}
END_TEST
COVERS_ROWS(boolean_option, booleans, "winsock.getsockopt.default_if_unset");

static const struct {
    struct row row;
    int option, value;
} numbers[] = {
    {{"receive_buffer", "winsock.option_socket.rcvbuf_getset"}, SO_RCVBUF, 16384},
    {{"send_buffer", "winsock.option_socket.sndbuf_getset"}, SO_SNDBUF, 16384},
    {{"receive_time_out", "winsock.setsockopt.rcvtimeo_set"}, SO_RCVTIMEO, 1234},
    {{"send_time_out", "winsock.setsockopt.sndtimeo_set"}, SO_SNDTIMEO, 1234},
};

START_TEST(number_that_was_set)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    int value = numbers[_i].value, size = sizeof(value);

    int result = setsockopt(s, SOL_SOCKET, numbers[_i].option, (char *)&value, sizeof(value));

    expect_socket_succeeded(result);
    value = -1;
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, numbers[_i].option, (char *)&value, &size));
    expect_number(value, numbers[_i].value);
}
END_TEST
COVERS_ROWS(number_that_was_set, numbers);

START_TEST(linger_that_was_set)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    LINGER linger = {.l_onoff = 1, .l_linger = 17};
    int size = sizeof(linger);

    int result = setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger));

    expect_socket_succeeded(result);
    linger = (LINGER){.l_onoff = 0, .l_linger = 0};
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &size));
    expect_true(linger.l_onoff != 0);
    expect_number(linger.l_linger, 17);
}
END_TEST
COVERS(linger_that_was_set, "winsock.getsockopt.linger_size");

START_TEST(late_datagram_is_received)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    char byte;
    limit_receives(s, 20);
    require(recv(s, &byte, 1, 0) == SOCKET_ERROR);
    limit_waits(s);

    send_datagram(s, s, "late");

    expect_datagram(s, "late");
}
END_TEST
COVERS(late_datagram_is_received, "winsock.setsockopt.rcvtimeo_late_data");
