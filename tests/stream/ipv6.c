/* Connections of IPv6: what is refused in which state, and what is not. */
#include "winsock/ipv6.h"

static SOCKET listening(void)
{
    SOCKET s = bound_to_ipv6(SOCK_STREAM);
    require(listen(s, 5) == 0);
    return s;
}

static SOCKET unbound(void)
{
    return socket_of(AF_INET6, SOCK_STREAM);
}

static SOCKET bound(void)
{
    return bound_to_ipv6(SOCK_STREAM);
}

static struct stream_pair pair_of_ipv6(void)
{
    SOCKET listener = listening();
    struct stream_pair pair = {.client = unbound()};
    require(connect_by_ipv6(pair.client, name_of_ipv6(listener)) == 0);
    pair.server = stream_accept(listener);
    socket_close(listener);
    return pair;
}

static SOCKET connected(void)
{
    return pair_of_ipv6().client;
}

/* ---- Calls: 0 or SOCKET_ERROR, or a socket as what it is ---- */

static char byte;

static int do_listen(SOCKET s)
{
    return listen(s, 1);
}

static int do_bind(SOCKET s)
{
    struct sockaddr_in6 any_port = address_of_ipv6(0);
    return bind(s, (struct sockaddr *)&any_port, sizeof(any_port));
}

/* To a port that is held, and at which nobody listens. */
static int do_connect_to_nobody(SOCKET s)
{
    return connect_by_ipv6(s, name_of_ipv6(bound()));
}

static int do_wsaconnect_to_nobody(SOCKET s)
{
    struct sockaddr_in6 name = name_of_ipv6(bound());
    return WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, NULL);
}

static int do_connect(SOCKET s)
{
    return connect_by_ipv6(s, name_of_ipv6(listening()));
}

static int do_wsaconnect(SOCKET s)
{
    struct sockaddr_in6 name = name_of_ipv6(listening());
    return WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, NULL);
}

static int do_connect_to_port_0(SOCKET s)
{
    return connect_by_ipv6(s, address_of_ipv6(0));
}

/* A port at which somebody listens everywhere, of the unspecified address. */
static struct sockaddr_in6 unspecified(void)
{
    SOCKET everywhere = unbound();
    struct sockaddr_in6 any = {.sin6_family = AF_INET6};
    require(bind(everywhere, (struct sockaddr *)&any, sizeof(any)) == 0);
    require(listen(everywhere, 1) == 0);
    any.sin6_port = name_of_ipv6(everywhere).sin6_port;
    return any;
}

static int do_connect_to_unspecified(SOCKET s)
{
    return connect_by_ipv6(s, unspecified());
}

static int do_wsaconnect_to_unspecified(SOCKET s)
{
    struct sockaddr_in6 name = unspecified();
    return WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, NULL);
}

static int do_send(SOCKET s)
{
    return send(s, "x", 1, 0) == 1 ? 0 : SOCKET_ERROR;
}

static int do_wsasend(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = (char *)"x"};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL);
}

static int do_recv(SOCKET s)
{
    return recv(s, &byte, 1, 0) >= 0 ? 0 : SOCKET_ERROR;
}

static int do_wsarecv(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got = 0, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL);
}

static int do_accept(SOCKET s)
{
    return accept(s, NULL, NULL) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static int do_wsaaccept(SOCKET s)
{
    return WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET ? SOCKET_ERROR : 0;
}

static int do_shutdown(SOCKET s)
{
    return shutdown(s, SD_SEND);
}

static int do_getpeername(SOCKET s)
{
    struct sockaddr_in6 name;
    int length = sizeof(name);
    return getpeername(s, (struct sockaddr *)&name, &length);
}

/* ---- States ---- */

static SOCKET shut_for_sending(void)
{
    SOCKET s = connected();
    require(shutdown(s, SD_SEND) == 0);
    return s;
}

static SOCKET shut_for_receiving(void)
{
    SOCKET s = connected();
    require(shutdown(s, SD_RECEIVE) == 0);
    return s;
}

static SOCKET nonblocking_connected(void)
{
    SOCKET s = connected();
    set_nonblocking(s, true);
    return s;
}

static SOCKET nonblocking_listening(void)
{
    SOCKET s = listening();
    set_nonblocking(s, true);
    return s;
}

static const struct refusal {
    struct row row;
    SOCKET (*state)(void);
    int (*call)(SOCKET);
    DWORD error;
    SOCKET (*right_state)(void); /* in which the same call succeeds */
} refusals[] = {
    {{"connect_to_nobody", "stream.ipv6.connect_refused"},
     unbound,
     do_connect_to_nobody,
     WSAECONNREFUSED,
     NULL},
    {{"wsaconnect_to_nobody", "stream.ipv6.wsaconnect_refused"},
     unbound,
     do_wsaconnect_to_nobody,
     WSAECONNREFUSED,
     NULL},
    {{"connect_of_connected", "stream.ipv6.connect_eisconn"},
     connected,
     do_connect,
     WSAEISCONN,
     unbound},
    {{"wsaconnect_of_connected", "stream.ipv6.wsaconnect_eisconn"},
     connected,
     do_wsaconnect,
     WSAEISCONN,
     unbound},
    {{"connect_of_listening", "stream.ipv6.connect_listening"},
     listening,
     do_connect,
     WSAEINVAL,
     bound},
    {{"connect_to_port_0", "stream.ipv6.connect_port_0"},
     unbound,
     do_connect_to_port_0,
     WSAEADDRNOTAVAIL,
     NULL},
    {{"connect_to_unspecified", "stream.ipv6.connect_unspecified"},
     unbound,
     do_connect_to_unspecified,
     WSAEADDRNOTAVAIL,
     NULL},
    {{"wsaconnect_to_unspecified", "stream.ipv6.wsaconnect_unspecified"},
     unbound,
     do_wsaconnect_to_unspecified,
     WSAEADDRNOTAVAIL,
     NULL},
    {{"bind_of_bound", "stream.ipv6.bind_again"}, bound, do_bind, WSAEINVAL, unbound},
    {{"bind_of_connected", "stream.ipv6.bind_again"}, connected, do_bind, WSAEINVAL, unbound},
    {{"listen_of_unbound", "stream.ipv6.listen_unbound"}, unbound, do_listen, WSAEINVAL, bound},
    {{"accept_of_bound", "stream.ipv6.accept_not_listening"}, bound, do_accept, WSAEINVAL, NULL},
    {{"wsaaccept_of_bound", "stream.ipv6.wsaaccept_not_listening"},
     bound,
     do_wsaaccept,
     WSAEINVAL,
     NULL},
    {{"accept_without_a_client", "stream.ipv6.accept_ewouldblock"},
     nonblocking_listening,
     do_accept,
     WSAEWOULDBLOCK,
     NULL},
    {{"send_of_bound", "stream.ipv6.send_notconn"}, bound, do_send, WSAENOTCONN, connected},
    {{"wsasend_of_bound", "stream.ipv6.wsasend_notconn"},
     bound,
     do_wsasend,
     WSAENOTCONN,
     connected},
    {{"recv_of_bound", "stream.ipv6.recv_notconn"}, bound, do_recv, WSAENOTCONN, NULL},
    {{"wsarecv_of_bound", "stream.ipv6.wsarecv_notconn"}, bound, do_wsarecv, WSAENOTCONN, NULL},
    {{"shutdown_of_bound", "stream.ipv6.shutdown_notconn"},
     bound,
     do_shutdown,
     WSAENOTCONN,
     connected},
    {{"getpeername_of_bound", "stream.ipv6.getpeername_notconn"},
     bound,
     do_getpeername,
     WSAENOTCONN,
     connected},
    {{"send_after_shutdown", "stream.ipv6.send_shutdown"},
     shut_for_sending,
     do_send,
     WSAESHUTDOWN,
     shut_for_receiving},
    {{"wsasend_after_shutdown", "stream.ipv6.wsasend_shutdown"},
     shut_for_sending,
     do_wsasend,
     WSAESHUTDOWN,
     shut_for_receiving},
    {{"recv_after_shutdown", "stream.ipv6.recv_shutdown"},
     shut_for_receiving,
     do_recv,
     WSAESHUTDOWN,
     NULL},
    {{"recv_of_nothing", "stream.ipv6.recv_ewouldblock"},
     nonblocking_connected,
     do_recv,
     WSAEWOULDBLOCK,
     NULL},
    {{"wsarecv_of_nothing", "stream.ipv6.wsarecv_ewouldblock"},
     nonblocking_connected,
     do_wsarecv,
     WSAEWOULDBLOCK,
     NULL},
};

START_TEST(refuses)
{
    const struct refusal *row = &refusals[_i];
    winsock_start();
    SOCKET s = row->state();
    if (row->call == do_connect_to_nobody || row->call == do_wsaconnect_to_nobody)
        take_no_for_an_answer(s);

    int result = row->call(s);

    expect_socket_failed(result, row->error);
    if (row->right_state)
        expect_socket_succeeded(row->call(row->right_state()));
    if (row->error == WSAECONNREFUSED || row->error == WSAEADDRNOTAVAIL)
        expect_socket_succeeded(do_connect(unbound()));
}
END_TEST
COVERS_ROWS(refuses, refusals);

START_TEST(end_of_one_direction)
{
    winsock_start();
    struct stream_pair pair = pair_of_ipv6();
    send_all(pair.client, "before", 6);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_receives(pair.server, "before", 6);
    expect_end_of_stream(pair.server);
    send_all(pair.server, "answer", 6);
    expect_receives(pair.client, "answer", 6);
}
END_TEST
COVERS(end_of_one_direction, "stream.ipv6.half_close");

START_TEST(accepted_socket_has_the_mode)
{
    winsock_start();
    SOCKET listener = nonblocking_listening(), client = unbound();
    require(connect_by_ipv6(client, name_of_ipv6(listener)) == 0);
    wait_readable(listener);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_socket_succeeded(accepted);
    expect_socket_failed(recv(accepted, &byte, 1, 0), WSAEWOULDBLOCK);
    send_all(client, "x", 1);
    wait_readable(accepted);
    expect_socket_succeeded(recv(accepted, &byte, 1, 0));
}
END_TEST
COVERS(accepted_socket_has_the_mode, "stream.ipv6.accept_takes_over_mode");

START_TEST(shared_socket)
{
    winsock_start();
    struct stream_pair pair = pair_of_ipv6();
    WSAPROTOCOL_INFOW info;

    int result = WSADuplicateSocketW(pair.client, GetCurrentProcessId(), &info);

    expect_socket_succeeded(result);
    expect_number(info.iAddressFamily, AF_INET6);
    SOCKET second = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                               WSA_FLAG_OVERLAPPED);
    expect_socket_succeeded(second);
    socket_close(pair.client);
    send_all(second, "second", 6);
    expect_receives(pair.server, "second", 6);
}
END_TEST
COVERS(shared_socket, "stream.ipv6.shared");
