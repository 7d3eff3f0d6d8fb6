/* What need not be given, and what is told later: the address and its length of WSAAccept, the
 * address of a socket that is bound to all, a full queue of connections. */
#include "winsock/winsock.h"

static SOCKET with_accept(SOCKET s, struct sockaddr *name, int *length)
{
    return accept(s, name, length);
}

static SOCKET with_wsaaccept(SOCKET s, struct sockaddr *name, int *length)
{
    return WSAAccept(s, name, length, NULL, 0);
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET, struct sockaddr *, int *);
    bool name, length;
} accepts[] = {
    {{"accept_length_alone", "stream.accept.addrlen_without_addr"}, with_accept, false, true},
    {{"wsaaccept_name_alone", "stream.wsaaccept.addr_without_addrlen"},
     with_wsaaccept,
     true,
     false},
    {{"wsaaccept_length_alone", "stream.wsaaccept.addrlen_without_addr"},
     with_wsaaccept,
     false,
     true},
};

START_TEST(half_of_an_address)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    struct sockaddr_in name;
    int length = sizeof(name);
    memset(&name, 'x', sizeof(name));
    wait_readable(listener);

    SOCKET accepted =
        accepts[_i].accept(listener, accepts[_i].name ? (struct sockaddr *)&name : NULL,
                           accepts[_i].length ? &length : NULL);

    expect_socket_succeeded(accepted);
    expect_filled(&name, 'x', sizeof(name));
    send_all(client, "there", 5);
    expect_receives(accepted, "there", 5);
}
END_TEST
COVERS_ROWS(half_of_an_address, accepts);

START_TEST(wsaaccept_takes_one_after_the_other)
{
    winsock_start();
    SOCKET listener = stream_listen();
    SOCKET first = stream_connect(socket_port(listener));
    wait_readable(listener);

    SOCKET accepted = WSAAccept(listener, NULL, NULL, NULL, 0);

    expect_socket_succeeded(accepted);
    expect_number(send(accepted, "one", 3, 0), 3);
    expect_receives(first, "one", 3);
    SOCKET second = stream_connect(socket_port(listener));
    wait_readable(listener);
    SOCKET other = WSAAccept(listener, NULL, NULL, NULL, 0);
    expect_socket_succeeded(other);
    send_all(second, "two", 3);
    expect_receives(other, "two", 3);
}
END_TEST
COVERS(wsaaccept_takes_one_after_the_other, "stream.wsaaccept.returns_connected_socket",
       "stream.wsaaccept.listener_still_listens");

START_TEST(wsaaccept_goes_on_with_the_events)
{
    winsock_start();
    SOCKET listener = stream_listen();
    HANDLE event = event_create();
    WSANETWORKEVENTS happened = {0};
    require(WSAEventSelect(listener, event, FD_ACCEPT | FD_READ) == 0);
    SOCKET client = stream_connect(socket_port(listener));
    expect_signaled(event);
    require(WSAEnumNetworkEvents(listener, event, &happened) == 0);

    SOCKET accepted = WSAAccept(listener, NULL, NULL, NULL, 0);

    expect_socket_succeeded(accepted);
    expect_not_signaled(event);
    send_all(client, "x", 1);
    expect_signaled(event);
    require(WSAEnumNetworkEvents(accepted, event, &happened) == 0);
    expect_number(happened.lNetworkEvents, FD_READ);
}
END_TEST
COVERS(wsaaccept_goes_on_with_the_events, "stream.wsaaccept.inherits_event_registration");

/* ---- The address of a socket that is bound to all ---- */

static SOCKET bound_to_all(void)
{
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in all = {.sin_family = AF_INET};
    require(bind(s, (struct sockaddr *)&all, sizeof(all)) == 0);
    return s;
}

START_TEST(address_before_the_connection)
{
    winsock_start();
    SOCKET s = bound_to_all();
    struct sockaddr_in name = loopback(0);
    int length = sizeof(name);

    int result = getsockname(s, (struct sockaddr *)&name, &length);

    record_outcome("getsockname of a socket that is bound to INADDR_ANY", result == 0);
    if (result == 0) {
        expect_number(name.sin_addr.s_addr, INADDR_ANY);
        expect_true(name.sin_port != 0);
    } else
        expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(address_before_the_connection, "stream.getsockname.wildcard");

START_TEST(address_of_the_connection)
{
    winsock_start();
    SOCKET s = bound_to_all();
    unsigned port = socket_port(s);
    struct sockaddr_in server = socket_name(stream_listen()), name;
    int length = sizeof(name);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);

    int result = getsockname(s, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(ntohl(name.sin_addr.s_addr), INADDR_LOOPBACK);
    expect_number(ntohs(name.sin_port), port);
}
END_TEST
COVERS(address_of_the_connection, "stream.getsockname.wildcard_connected");

/* ---- Listening ---- */

START_TEST(full_queue_refuses)
{
    winsock_start();
    SOCKET listener = socket_bound(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    require(listen(listener, 1) == 0);
    DWORD error = 0;

    for (int i = 0; i < 10 && !error; i++) {
        SOCKET s = socket_open(SOCK_STREAM);
        HANDLE event = event_create();
        WSANETWORKEVENTS happened = {0};
        require(WSAEventSelect(s, event, FD_CONNECT) == 0);
        take_no_for_an_answer(s);
        connect(s, (struct sockaddr *)&server, sizeof(server));
        expect_signaled(event);
        require(WSAEnumNetworkEvents(s, event, &happened) == 0);
        error = (DWORD)happened.iErrorCode[FD_CONNECT_BIT];
    }

    expect_error(error, WSAECONNREFUSED);
}
END_TEST
COVERS(full_queue_refuses, "stream.listen.full_queue_refuses");

START_TEST(address_of_another_machine)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in name = loopback(0);
    name.sin_addr.s_addr = htonl(0xC0000201); /* 192.0.2.1, which is for examples */

    int result = bind(s, (struct sockaddr *)&name, sizeof(name));

    expect_socket_failed(result, WSAEADDRNOTAVAIL);
    name = loopback(0);
    expect_socket_succeeded(bind(s, (struct sockaddr *)&name, sizeof(name)));
}
END_TEST
COVERS(address_of_another_machine, "stream.bind.not_local");

/* ---- Shutting down a socket of datagrams ---- */

START_TEST(sender_is_not_told)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), peer = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(peer);
    require(connect(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    char byte;

    int result = shutdown(peer, SD_RECEIVE);

    expect_socket_succeeded(result);
    expect_number(send(s, "one", 3, 0), 3);
    expect_number(send(s, "two", 3, 0), 3);
    set_nonblocking(s, true);
    int got = recv(s, &byte, 1, 0);
    expect_socket_failed(got, WSAEWOULDBLOCK); /* and not WSAECONNRESET */
    set_nonblocking(s, false);
    name = socket_name(s); /* sending goes on */
    expect_number(sendto(peer, "x", 1, 0, (struct sockaddr *)&name, sizeof(name)), 1);
    expect_datagram(s, "x");
}
END_TEST
COVERS(sender_is_not_told, "stream.shutdown.dgram_no_icmp");
