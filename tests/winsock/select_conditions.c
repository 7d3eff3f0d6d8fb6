/* When a socket is readable, writable or exceptional for select, condition by condition. */
#include "winsock.h"

/* A set that holds one socket. */
#define SET_OF(s)                         \
    (fd_set)                              \
    {                                     \
        .fd_count = 1, .fd_array = {(s) } \
    }

static const TIMEVAL at_once;

/* How many of the sockets in SET are readable now. */
static int readable_now(fd_set set)
{
    TIMEVAL none = at_once;
    int count = select(0, &set, NULL, NULL, &none);
    require(count != SOCKET_ERROR);
    return count;
}

/* ---- Readable */

START_TEST(connection_with_a_byte)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(readable_now(SET_OF(pair.server)) == 0);
    send_all(pair.client, "x", 1);
    fd_set readable = SET_OF(pair.server);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_number(readable.fd_count, 1);
    expect_receives(pair.server, "x", 1);
    expect_number(readable_now(SET_OF(pair.server)), 0);
}
END_TEST
COVERS(connection_with_a_byte, "winsock.select.read_data");

START_TEST(connection_of_which_not_all_was_read)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    send_all(pair.client, "rest", 4);
    wait_readable(pair.server);
    char byte;
    require(recv(pair.server, &byte, 1, 0) == 1);
    fd_set readable = SET_OF(pair.server);
    TIMEVAL none = at_once;

    int count = select(0, &readable, NULL, NULL, &none);

    expect_number(count, 1);
    expect_receives(pair.server, "est", 3);
}
END_TEST
COVERS(connection_of_which_not_all_was_read, "winsock.select.read_rest");

START_TEST(datagram_without_bytes)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "");
    fd_set readable = SET_OF(s);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_number(readable.fd_count, 1);
    expect_datagram(s, "");
}
END_TEST
COVERS(datagram_without_bytes, "winsock.select.read_empty_datagram");

/* What select says of a new connection S that the other side has reset. */
static int select_reset(SOCKET *s, fd_set *readable)
{
    struct stream_pair pair = stream_pair_open();
    LINGER reset = {.l_onoff = 1, .l_linger = 0};
    TIMEVAL limit = select_limit();
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&reset, sizeof(reset)) == 0);
    socket_close(pair.client);
    *readable = SET_OF(*s = pair.server);
    return select(0, readable, NULL, NULL, &limit);
}

START_TEST(reset_connection)
{
    winsock_start();
    SOCKET s;
    fd_set readable;

    int count = select_reset(&s, &readable);

    expect_number(count, 1);
    expect_number(readable.fd_count, 1);
    expect_number(readable.fd_array[0], s);
}
END_TEST
COVERS(reset_connection, "winsock.select.read_reset");

START_TEST(receive_from_a_reset_connection)
{
    winsock_start();
    SOCKET s;
    fd_set readable;
    char byte;
    require(select_reset(&s, &readable) == 1);

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAECONNRESET);
}
END_TEST
COVERS(receive_from_a_reset_connection, "winsock.select.read_reset_error");

START_TEST(listener_with_a_second_connection)
{
    winsock_start();
    SOCKET listener = stream_listen();
    stream_connect(socket_port(listener));
    stream_connect(socket_port(listener));
    stream_accept(listener);
    fd_set readable = SET_OF(listener);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    stream_accept(listener);
    expect_number(readable_now(SET_OF(listener)), 0);
}
END_TEST
COVERS(listener_with_a_second_connection, "winsock.select.read_accept_next");

/* ---- Writable */

START_TEST(what_is_writable_takes_a_byte)
{
    enum { ENOUGH = 4096 };
    static char chunk[64 * 1024];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.client, true);
    while (send(pair.client, chunk, sizeof(chunk), 0) > 0)
        ;
    require(GetLastError() == WSAEWOULDBLOCK);

    for (int i = 0; i < ENOUGH; i++) {
        fd_set writable = SET_OF(pair.client);
        TIMEVAL none = at_once;

        int count = select(0, NULL, &writable, NULL, &none);

        expect_socket_succeeded(count);
        expect_number(writable.fd_count, count);
        if (count == 0)
            break;
        expect_number(send(pair.client, "x", 1, 0), 1);
    }
}
END_TEST
COVERS(what_is_writable_takes_a_byte, "winsock.select.write_succeeds");

START_TEST(connection_that_is_read_again)
{
    static char chunk[64 * 1024];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.client, true);
    u_long total = 0;
    for (int sent; (sent = send(pair.client, chunk, sizeof(chunk), 0)) > 0;)
        total += (u_long)sent;
    require(GetLastError() == WSAEWOULDBLOCK);
    for (int got; total > 0; total -= (u_long)got)
        require((got = recv(pair.server, chunk, sizeof(chunk), 0)) > 0);
    fd_set writable = SET_OF(pair.client);
    TIMEVAL limit = select_limit();

    int count = select(0, NULL, &writable, NULL, &limit);

    expect_number(count, 1);
    expect_number(writable.fd_count, 1);
    expect_number(send(pair.client, "x", 1, 0), 1);
}
END_TEST
COVERS(connection_that_is_read_again, "winsock.select.write_again");

START_TEST(unconnected_stream_is_in_no_set)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    fd_set readable = SET_OF(s), writable = SET_OF(s), exceptional = SET_OF(s);
    TIMEVAL none = at_once;

    int count = select(0, &readable, &writable, &exceptional, &none);

    expect_socket_succeeded(count);
    expect_number(count, 0);
    expect_number(writable.fd_count, 0);
    struct sockaddr_in server = socket_name(stream_listen());
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    writable = SET_OF(s);
    expect_number(select(0, NULL, &writable, NULL, &none), 1);
}
END_TEST
COVERS(unconnected_stream_is_in_no_set, "winsock.select.write_unconnected");

START_TEST(unbound_datagram_socket)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    fd_set readable = SET_OF(s), writable = SET_OF(s), exceptional = SET_OF(s);
    TIMEVAL none = at_once;

    int count = select(0, &readable, &writable, &exceptional, &none);

    expect_number(count, 1);
    expect_number(writable.fd_count, 1);
    send_datagram(s, receiver, "x");
    expect_datagram(receiver, "x");
}
END_TEST
COVERS(unbound_datagram_socket, "winsock.select.write_unbound_datagram");

/* ---- Exceptional */

START_TEST(urgent_byte_that_has_been_taken)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    fd_set exceptional = SET_OF(pair.server);
    TIMEVAL limit = select_limit(), none = at_once;
    char byte;
    require(select(0, NULL, NULL, &exceptional, &limit) == 1);
    require(recv(pair.server, &byte, 1, MSG_OOB) == 1);

    int count = select(0, NULL, NULL, &exceptional, &none);

    expect_socket_succeeded(count);
    expect_number(count, 0);
    expect_number(exceptional.fd_count, 0);
}
END_TEST
COVERS(urgent_byte_that_has_been_taken, "winsock.select.except_oob_taken");

START_TEST(urgent_byte_in_line)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    fd_set readable = SET_OF(pair.server), exceptional = SET_OF(pair.server);
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, &exceptional, &limit);

    expect_number(count, 1);
    expect_number(readable.fd_count, 1);
    expect_number(exceptional.fd_count, 0);
}
END_TEST
COVERS(urgent_byte_in_line, "winsock.select.except_not_in_line");
