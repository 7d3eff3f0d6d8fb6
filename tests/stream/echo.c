/* Two processes over TCP: one ends its half of the connection, the other answers. */
#include "winsock/winsock.h"

/* Reads until the other side has no more to say, and only then sends all of it back. */
PEER(answer_after_half_close)
{
    winsock_start();
    SOCKET s = stream_connect((unsigned)peer_number(0));
    char heard[64];

    int size = receive_all(s, heard, sizeof(heard));

    expect_socket_succeeded(size);
    expect_number(size, 9);
    send_all(s, heard, size);
    expect_socket_succeeded(shutdown(s, SD_SEND));
    expect_end_of_stream(s);
    socket_close(s); /* a process that just ends may reset its connections */
}

START_TEST(half_closed_end_still_gets_the_answer)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct peer *peer = peer_start(answer_after_half_close, given_number(socket_port(listener)));
    SOCKET s = stream_accept(listener);
    send_all(s, "two", 3);
    send_all(s, " parts", 6);

    int result = shutdown(s, SD_SEND);

    expect_socket_succeeded(result);
    expect_receives(s, "two parts", 9);
    expect_end_of_stream(s);
    peer_join(peer);
}
END_TEST
COVERS(half_closed_end_still_gets_the_answer, "stream.shutdown.send_fin",
       "stream.shutdown.half_close_receive", "stream.shutdown.graceful_exchange",
       "stream.send.order_kept", "stream.recv.graceful_zero");
