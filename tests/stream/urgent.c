/* Out-of-band data: one urgent byte beside the stream, or in it with SO_OOBINLINE. */
#include "winsock/winsock.h"

static void wait_urgent(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL limit = select_limit();
    require(select(0, NULL, NULL, &one, &limit) == 1);
}

static struct stream_pair pair_with_urgent(const char *before)
{
    struct stream_pair pair = stream_pair_open();
    if (*before)
        send_all(pair.client, before, (int)strlen(before));
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    wait_urgent(pair.server);
    return pair;
}

START_TEST(urgent_byte_jumps_the_queue)
{
    winsock_start();
    struct stream_pair pair = pair_with_urgent("normal");
    char byte = 0;

    int got = recv(pair.server, &byte, 1, MSG_OOB);

    expect_socket_succeeded(got);
    expect_number(got, 1);
    expect_number(byte, 'U');
    expect_receives(pair.server, "normal", 6);
}
END_TEST
COVERS(urgent_byte_jumps_the_queue, "stream.oob.recv_oob_jumps_queue");

START_TEST(urgent_byte_is_not_in_the_stream)
{
    winsock_start();
    struct stream_pair pair = pair_with_urgent("one");
    send_all(pair.client, "two", 3);
    char bytes[8] = "";

    int got = receive_all(pair.server, bytes, 6);

    expect_socket_succeeded(got);
    expect_number(got, 6);
    expect_bytes(bytes, "onetwo", 6);
}
END_TEST
COVERS(urgent_byte_is_not_in_the_stream, "stream.oob.not_in_normal_stream");

START_TEST(urgent_byte_is_an_exception_for_select)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    fd_set readable = {.fd_count = 1, .fd_array = {pair.server}}, exceptional = readable;
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, &exceptional, &limit);

    expect_number(count, 1);
    expect_number(readable.fd_count, 0);
    expect_number(exceptional.fd_count, 1);
}
END_TEST
COVERS(urgent_byte_is_an_exception_for_select, "stream.oob.select_exceptfds",
       "winsock.select.except_oob");

START_TEST(urgent_byte_can_be_peeked)
{
    winsock_start();
    struct stream_pair pair = pair_with_urgent("");
    char byte = 0;

    int got = recv(pair.server, &byte, 1, MSG_OOB | MSG_PEEK);

    expect_socket_succeeded(got);
    expect_number(byte, 'U');
    byte = 0;
    expect_number(recv(pair.server, &byte, 1, MSG_OOB), 1);
    expect_number(byte, 'U');
}
END_TEST
COVERS(urgent_byte_can_be_peeked, "stream.oob.peek");

START_TEST(mark_tells_of_urgent_data)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    u_long none_waits = 99;
    expect_socket_succeeded(ioctlsocket(pair.server, SIOCATMARK, &none_waits));
    expect_number(none_waits, TRUE);
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    wait_urgent(pair.server);

    int result = ioctlsocket(pair.server, SIOCATMARK, &none_waits);

    expect_socket_succeeded(result);
    expect_number(none_waits, FALSE);
}
END_TEST
COVERS(mark_tells_of_urgent_data, "stream.oob.siocatmark", "winsock.ioctlsocket.siocatmark_true");

static struct stream_pair pair_inline(void)
{
    struct stream_pair pair = stream_pair_open();
    BOOL on = TRUE;
    require(setsockopt(pair.server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof(on)) == 0);
    return pair;
}

START_TEST(inline_byte_is_normal_data_for_select)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    fd_set readable = {.fd_count = 1, .fd_array = {pair.server}};
    TIMEVAL limit = select_limit();

    int count = select(0, &readable, NULL, NULL, &limit);

    expect_number(count, 1);
    expect_receives(pair.server, "U", 1);
}
END_TEST
COVERS(inline_byte_is_normal_data_for_select, "stream.oob.inline_readfds");

START_TEST(inline_byte_cannot_be_asked_for)
{
    winsock_start();
    struct stream_pair pair = pair_inline();
    require(send(pair.client, "U", 1, MSG_OOB) == 1);
    wait_readable(pair.server);
    char byte;

    int got = recv(pair.server, &byte, 1, MSG_OOB);

    expect_socket_failed(got, WSAEINVAL);
}
END_TEST
COVERS(inline_byte_cannot_be_asked_for, "stream.oob.inline_msg_oob_einval");

START_TEST(urgent_data_are_one_byte)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char urgent[8] = "";

    int sent = send(pair.client, "abc", 3, MSG_OOB);

    expect_number(sent, 3);
    wait_urgent(pair.server);
    int got = recv(pair.server, urgent, sizeof(urgent), MSG_OOB);
    expect_socket_succeeded(got);
    expect_number(got, 1);
    record("urgent byte of \"abc\"", "%c", urgent[0]);
    const char *rest = urgent[0] == 'a' ? "bc" : urgent[0] == 'b' ? "ac" : "ab";
    expect_receives(pair.server, rest, 2);
}
END_TEST
COVERS(urgent_data_are_one_byte, "stream.oob.single_byte");

START_TEST(where_a_receive_stops)
{
    winsock_start();
    struct stream_pair pair = pair_with_urgent("ab");
    char bytes[16];
    send_all(pair.client, "cd", 2);
    socket_close(pair.client);

    int got = recv(pair.server, bytes, sizeof(bytes), 0);

    expect_socket_succeeded(got);
    record("recv where \"ab\", an urgent byte and \"cd\" were sent", "%d bytes", got);
    expect_true(got > 0 && got <= 4);
    expect_bytes(bytes, "abcd", (size_t)got);
    expect_receives(pair.server, &"abcd"[got], 4 - got);
}
END_TEST
COVERS(where_a_receive_stops, "stream.oob.recv_stops_at_mark");
