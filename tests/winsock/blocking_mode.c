/* What FIONBIO makes of calls that have to wait. */
#include "winsock.h"

START_TEST(stream_receive_would_block)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    set_nonblocking(pair.server, true);
    char byte;

    int got = recv(pair.server, &byte, 1, 0);

    expect_socket_failed(got, WSAEWOULDBLOCK);
    send_all(pair.client, "x", 1);
    wait_readable(pair.server);
    expect_receives(pair.server, "x", 1);
}
END_TEST
COVERS(stream_receive_would_block, "winsock.ioctlsocket.fionbio_on",
       "stream.recv.nonblocking_wouldblock");

START_TEST(datagram_receive_would_block)
{
    winsock_start();
    SOCKET sender = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    set_nonblocking(receiver, true);
    char byte;

    int got = recvfrom(receiver, &byte, 1, 0, NULL, NULL);

    expect_socket_failed(got, WSAEWOULDBLOCK);
    send_datagram(sender, receiver, "x");
    wait_readable(receiver);
    expect_datagram(receiver, "x");
}
END_TEST
COVERS(datagram_receive_would_block, "winsock.ioctlsocket.fionbio_on",
       "dgram.recvfrom.nonblocking_ewouldblock");

START_TEST(accept_would_block)
{
    winsock_start();
    SOCKET listener = stream_listen();
    set_nonblocking(listener, true);

    SOCKET accepted = accept(listener, NULL, NULL);

    expect_socket_failed(accepted, WSAEWOULDBLOCK);
    stream_connect(socket_port(listener));
    wait_readable(listener);
    expect_socket_succeeded(accept(listener, NULL, NULL));
}
END_TEST
COVERS(accept_would_block, "winsock.ioctlsocket.fionbio_on",
       "stream.accept.nonblocking_wouldblock");

/* A receive that waits shows by its time-out; one that does not says WSAEWOULDBLOCK. */
START_TEST(zero_makes_receive_wait_again)
{
    winsock_start();
    SOCKET receiver = socket_bound(SOCK_DGRAM);
    set_nonblocking(receiver, true);
    DWORD milliseconds = 10;
    require(setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds,
                       sizeof(milliseconds)) == 0);

    u_long mode = 0;
    int result = ioctlsocket(receiver, FIONBIO, &mode);

    expect_socket_succeeded(result);
    char byte;
    expect_socket_failed(recvfrom(receiver, &byte, 1, 0, NULL, NULL), WSAETIMEDOUT);
}
END_TEST
COVERS(zero_makes_receive_wait_again, "winsock.ioctlsocket.fionbio_off",
       "winsock.setsockopt.rcvtimeo_expiry");
