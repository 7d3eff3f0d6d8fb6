/* 64 MiB from one process to another, in order and unchanged. */
#include "winsock/winsock.h"

#define CHUNK (1 << 20)
#define CHUNKS 64

/* Sends the whole pattern and ends the stream. */
PEER(send_much)
{
    char *chunk = zero_bytes(CHUNK);
    winsock_start();
    SOCKET s = stream_connect((unsigned)peer_number(0));
    for (unsigned i = 0; i < CHUNKS; i++) {
        pattern_fill(chunk, CHUNK, (uint64_t)i * CHUNK);
        int sent = send(s, chunk, CHUNK, 0);
        expect_socket_succeeded(sent);
        expect_number(sent, CHUNK);
    }
    require(shutdown(s, SD_SEND) == 0);
    expect_end_of_stream(s);
    socket_close(s); /* a process that just ends may reset its connections */
}

START_TEST(arrives_whole)
{
    char *chunk = zero_bytes(CHUNK);
    winsock_start();
    SOCKET listener = stream_listen();
    struct peer *peer = peer_start(send_much, given_number(socket_port(listener)));
    SOCKET s = stream_accept(listener);

    for (unsigned i = 0; i < CHUNKS; i++) {
        int got = receive_all(s, chunk, CHUNK);
        expect_socket_succeeded(got);
        expect_number(got, CHUNK);
        expect_pattern(chunk, CHUNK, (uint64_t)i * CHUNK);
    }

    expect_end_of_stream(s);
    socket_close(s);
    peer_join(peer);
}
END_TEST
COVERS(arrives_whole, "stream.send.order_kept", "stream.send.blocking_waits_for_room",
       "stream.recv.graceful_zero");
TAKES(arrives_whole, 60);
