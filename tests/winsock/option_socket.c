/* SOL_SOCKET: the sockets that its options are not for, when they count, and what they tell. */
#include "option.h"

static const struct {
    struct row row;
    int option;
} connected_only[] = {
    {{"dont_linger", "winsock.option_kind.dontlinger_datagram"}, SO_DONTLINGER},
    {{"urgent_inline", "winsock.option_kind.oobinline_datagram"}, SO_OOBINLINE},
    {{"keepalive", "winsock.option_kind.keepalive_datagram"}, SO_KEEPALIVE},
};

START_TEST(datagrams_have_no)
{
    winsock_start();
    SOCKET stream = socket_open(SOCK_STREAM), datagram = socket_open(SOCK_DGRAM);
    int option = connected_only[_i].option;
    DWORD value;

    int result = option_get(datagram, SOL_SOCKET, option, &value);

    expect_socket_failed(result, WSAENOPROTOOPT);
    expect_socket_failed(option_set(datagram, SOL_SOCKET, option, 1), WSAENOPROTOOPT);
    expect_socket_succeeded(option_get(stream, SOL_SOCKET, option, &value));
    expect_socket_succeeded(option_set(stream, SOL_SOCKET, option, 1));
}
END_TEST
COVERS_ROWS(datagrams_have_no, connected_only);

START_TEST(datagrams_do_not_linger)
{
    winsock_start();
    SOCKET stream = socket_open(SOCK_STREAM), datagram = socket_open(SOCK_DGRAM);
    LINGER linger = {.l_onoff = 1, .l_linger = 1};

    int result = setsockopt(datagram, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger));

    expect_socket_failed(result, WSAENOPROTOOPT);
    expect_socket_succeeded(
        setsockopt(stream, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger)));
}
END_TEST
COVERS(datagrams_do_not_linger, "winsock.setsockopt.linger_dgram");

static const struct {
    struct row row;
    int option, value;
} read_only[] = {
    {{"listening", "winsock.setsockopt.readonly_acceptconn"}, SO_ACCEPTCONN, 1},
    {{"type", "winsock.setsockopt.readonly_type_datagram"}, SO_TYPE, SOCK_STREAM},
};

START_TEST(cannot_be_set)
{
    winsock_start();
    SOCKET s = socket_open(read_only[_i].option == SO_TYPE ? SOCK_DGRAM : SOCK_STREAM);
    DWORD before, after;
    require(option_get(s, SOL_SOCKET, read_only[_i].option, &before) == 0);

    int result = option_set(s, SOL_SOCKET, read_only[_i].option, (DWORD)read_only[_i].value);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, read_only[_i].option, &after));
    expect_number(after, before);
}
END_TEST
COVERS_ROWS(cannot_be_set, read_only);

/* ---- When the port is chosen: SO_REUSEADDR counts at the time of bind and not later. */

static const struct {
    struct row row;
    int type;
    bool on; /* what it is set to after bind */
    DWORD error;
} too_late[] = {
    {{"datagram_on", "winsock.option_reuse.set_after_bind"}, SOCK_DGRAM, true, WSAEACCES},
    {{"stream_on", "winsock.option_reuse.set_after_bind"}, SOCK_STREAM, true, WSAEACCES},
    {{"datagram_off", "winsock.option_reuse.reset_after_bind"}, SOCK_DGRAM, false, 0},
    {{"stream_off", "winsock.option_reuse.reset_after_bind"}, SOCK_STREAM, false, 0},
};

START_TEST(reuse_after_bind)
{
    winsock_start();
    SOCKET first = socket_open(too_late[_i].type), second = socket_open(too_late[_i].type);
    struct sockaddr_in name = loopback(0);
    require(option_set(first, SOL_SOCKET, SO_REUSEADDR, !too_late[_i].on) == 0);
    require(bind(first, (struct sockaddr *)&name, sizeof(name)) == 0);
    require(option_set(second, SOL_SOCKET, SO_REUSEADDR, TRUE) == 0);
    name = socket_name(first);

    option_set(first, SOL_SOCKET, SO_REUSEADDR, too_late[_i].on); /* may fail */

    int result = bind(second, (struct sockaddr *)&name, sizeof(name));
    if (too_late[_i].error)
        expect_socket_failed(result, too_late[_i].error);
    else
        expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(reuse_after_bind, too_late);

/* An exclusive socket of all addresses keeps others off each of them; one that is not does not. */
START_TEST(exclusive_after_bind)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_DGRAM), second = socket_open(SOCK_DGRAM);
    struct sockaddr_in everywhere = {.sin_family = AF_INET}, here;
    require(bind(first, (struct sockaddr *)&everywhere, sizeof(everywhere)) == 0);
    here = loopback(socket_port(first));

    option_set(first, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, TRUE); /* may fail */

    expect_socket_succeeded(bind(second, (struct sockaddr *)&here, sizeof(here)));
}
END_TEST
COVERS(exclusive_after_bind, "winsock.option_exclusive.before_bind");

/* ---- Reports */

START_TEST(debugging)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value;

    int result = option_get(s, SOL_SOCKET, SO_DEBUG, &value);

    expect_socket_succeeded(result);
    expect_number(value, 0);
    expect_socket_succeeded(option_set(s, SOL_SOCKET, SO_DEBUG, 1));
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_DEBUG, &value));
    expect_number(value, 1);
}
END_TEST
COVERS(debugging, "winsock.option_socket.debug");

START_TEST(routing_is_not_left_out)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);

    int result = option_set(s, SOL_SOCKET, SO_DONTROUTE, TRUE);

    expect_socket_succeeded(result);
    send_datagram(s, s, "routed");
    expect_datagram(s, "routed");
}
END_TEST
COVERS(routing_is_not_left_out, "winsock.option_socket.dontroute_ignored");

START_TEST(no_dontroute_of_ipv6)
{
    winsock_start();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);

    int result = option_set(s, SOL_SOCKET, SO_DONTROUTE, TRUE);

    expect_socket_failed(result, WSAENOPROTOOPT);
}
END_TEST
COVERS(no_dontroute_of_ipv6, "winsock.setsockopt.dontroute_inet6");

START_TEST(broadcast_of_streams)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = option_set(s, SOL_SOCKET, SO_BROADCAST, TRUE);

    record_outcome("setting SO_BROADCAST of a stream", result == 0);
}
END_TEST
COVERS(broadcast_of_streams, "winsock.option_socket.broadcast_stream");

static const struct {
    struct row row;
    int type;
} without_connection[] = {
    {{"stream", NULL}, SOCK_STREAM},
    {{"datagram", NULL}, SOCK_DGRAM},
};

START_TEST(time_without_connection)
{
    winsock_start();
    SOCKET s = socket_bound(without_connection[_i].type);
    DWORD seconds;

    int result = option_get(s, SOL_SOCKET, SO_CONNECT_TIME, &seconds);

    if (result == 0)
        expect_number(seconds, MAXDWORD);
    record("SO_CONNECT_TIME without a connection", "%s", result == 0 ? "0xFFFFFFFF" : "fails");
}
END_TEST
COVERS_ROWS(time_without_connection, without_connection,
            "winsock.getsockopt.connect_time_unconnected");

/* The error of a socket, which Windows does not forget when it is told. */
START_TEST(error_is_told)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), nobody = socket_bound(SOCK_STREAM);
    struct sockaddr_in name = socket_name(nobody);
    fd_set failed = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    DWORD first, second;
    take_no_for_an_answer(s);
    set_nonblocking(s, true);
    int connecting = connect(s, (struct sockaddr *)&name, sizeof(name));
    require(connecting == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK);
    require(select(0, NULL, NULL, &failed, &limit) == 1);

    int result = option_get(s, SOL_SOCKET, SO_ERROR, &first);

    expect_socket_succeeded(result);
    expect_number(first, WSAECONNREFUSED);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_ERROR, &second));
    expect_true(second == 0 || second == WSAECONNREFUSED);
    record("SO_ERROR told again", "%s", second ? "WSAECONNREFUSED" : "0");
}
END_TEST
COVERS(error_is_told, "winsock.getsockopt.so_error_told", "winsock.getsockopt.so_error_clears");

START_TEST(error_that_is_set)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = option_set(s, SOL_SOCKET, SO_ERROR, 1234);

    record_outcome("setting SO_ERROR", result == 0);
}
END_TEST
COVERS(error_that_is_set, "winsock.setsockopt.readonly_error");

/* ---- Options about ports, of newer systems */

START_TEST(unicast_ports_are_not_reused)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value;

    int result = option_get(s, SOL_SOCKET, OPT_REUSE_UNICASTPORT, &value);

    expect_socket_succeeded(result);
    expect_number(value, 0);
    expect_socket_succeeded(option_set(s, SOL_SOCKET, OPT_REUSE_UNICASTPORT, 0));
    expect_socket_succeeded(option_get(s, SOL_SOCKET, OPT_REUSE_UNICASTPORT, &value));
    expect_number(value, 0);
}
END_TEST
COVERS(unicast_ports_are_not_reused, "winsock.option_socket.reuse_unicastport");

START_TEST(random_port)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value;

    int result = option_set(s, SOL_SOCKET, OPT_RANDOMIZE_PORT, 1);

    expect_socket_succeeded(result);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, OPT_RANDOMIZE_PORT, &value));
    expect_number(value, 1);
}
END_TEST
COVERS(random_port, "winsock.option_socket.randomize_port");

START_TEST(random_ports_are_not_reused)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM), other = socket_open(SOCK_STREAM);
    expect_socket_succeeded(option_set(other, SOL_SOCKET, OPT_RANDOMIZE_PORT, 1));
    expect_socket_succeeded(option_set(s, SOL_SOCKET, OPT_REUSE_UNICASTPORT, 1));

    int result = option_set(s, SOL_SOCKET, OPT_RANDOMIZE_PORT, 1);

    expect_failed_somehow(result == 0);
}
END_TEST
COVERS(random_ports_are_not_reused, "winsock.option_socket.randomize_after_reuse_unicast");

START_TEST(multicast_ports_are_not_shared)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    DWORD value;

    int result = option_get(s, SOL_SOCKET, OPT_REUSE_MULTICASTPORT, &value);

    expect_socket_succeeded(result);
    expect_number(value, 0);
}
END_TEST
COVERS(multicast_ports_are_not_shared, "winsock.option_socket.reuse_multicastport_default");
