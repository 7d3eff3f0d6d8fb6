/* As many buffers as the system below an emulator may take at once (1,024 is a common limit), and
 * more: sent as they are in the array, and filled in its order, over streams and as datagrams. */
#include "dgram/message.h"

enum { MOST = 2400 };

static char bytes[MOST], got[2 * MOST];
static WSABUF gathered[MOST], scattered[MOST];
static DWORD many; /* buffers, of a byte each */

static const struct {
    struct row row;
    DWORD many;
} numbers[] = {{{"of_1024", NULL}, 1024}, {{"of_2400", NULL}, MOST}};

/* Buffers of one byte; those to be filled have one between them that is not theirs. */
static void prepare(DWORD count)
{
    many = count;
    pattern_fill(bytes, sizeof(bytes), 0);
    memset(got, 0x5A, sizeof(got));
    for (unsigned i = 0; i < many; i++) {
        gathered[i] = (WSABUF){.len = 1, .buf = bytes + i};
        scattered[i] = (WSABUF){.len = 1, .buf = got + 2 * i};
    }
}

static void expect_filled_all(void)
{
    for (unsigned i = 0; i < many; i++) {
        expect_number((BYTE)got[2 * i], (BYTE)bytes[i]);
        expect_number(got[2 * i + 1], 0x5A);
    }
}

/* Waits until all the bytes can be received at once. */
static void wait_for_all(SOCKET s)
{
    u_long count = 0;
    for (DWORD ms = 0; ms < step_limit() && count < many; ms++) {
        require(ioctlsocket(s, FIONREAD, &count) == 0);
        if (count < many)
            WaitForSingleObject(GetCurrentProcess(), 1);
    }
    require(count == many);
}

START_TEST(stream_gathers)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD count = 0;
    prepare(numbers[_i].many);

    int result = WSASend(pair.client, gathered, many, &count, 0, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, many);
    expect_number(receive_all(pair.server, got, (int)many), many);
    expect_bytes(got, bytes, many);
}
END_TEST
COVERS_ROWS(stream_gathers, numbers, "stream.wsasend.gather_thousands");

static WSAOVERLAPPED operation;

START_TEST(stream_gathers_overlapped)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD count = 0, flags = 0;
    prepare(numbers[_i].many);
    operation.hEvent = event_create();

    int result = WSASend(pair.client, gathered, many, NULL, 0, &operation, NULL);

    if (result != 0)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(receive_all(pair.server, got, (int)many), many);
    expect_bytes(got, bytes, many);
    expect_signaled(operation.hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, &operation, &count, FALSE, &flags));
    expect_number(count, many);
}
END_TEST
COVERS_ROWS(stream_gathers_overlapped, numbers, "stream.wsasend.gather_thousands");

START_TEST(stream_scatters)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD count = 0, flags = 0;
    prepare(numbers[_i].many);
    send_all(pair.client, bytes, (int)many);
    wait_for_all(pair.server);

    int result = WSARecv(pair.server, scattered, many, &count, &flags, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(count, many);
    expect_filled_all();
}
END_TEST
COVERS_ROWS(stream_scatters, numbers, "stream.wsarecv.scatter_thousands");

/* ---- Datagrams */

static struct sockaddr_in destination;

static int by_wsasendto(SOCKET s, DWORD *count)
{
    return WSASendTo(s, gathered, many, count, 0, (struct sockaddr *)&destination,
                     sizeof(destination), NULL, NULL);
}

static int by_wsasendmsg(SOCKET s, DWORD *count)
{
    WSAMSG message = {.name = (struct sockaddr *)&destination,
                      .namelen = sizeof(destination),
                      .lpBuffers = gathered,
                      .dwBufferCount = many};
    return send_message(s)(s, &message, 0, count, NULL, NULL);
}

static const struct {
    struct row row;
    int (*send)(SOCKET, DWORD *);
    DWORD many;
} senders[] = {
    {{"wsasendto_of_1024", "dgram.wsasendto.gather_thousands"}, by_wsasendto, 1024},
    {{"wsasendto_of_1200", "dgram.wsasendto.gather_thousands"}, by_wsasendto, 1200},
    {{"wsasendmsg_of_1024", "dgram.wsasendmsg.gather_thousands"}, by_wsasendmsg, 1024},
    {{"wsasendmsg_of_1200", "dgram.wsasendmsg.gather_thousands"}, by_wsasendmsg, 1200},
};

START_TEST(datagram_gathers)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    DWORD count = 0;
    prepare(senders[_i].many);
    destination = socket_name(receiver);

    int result = senders[_i].send(s, &count);

    expect_socket_succeeded(result);
    expect_number(count, many);
    expect_number(recvfrom(receiver, got, sizeof(got), 0, NULL, NULL), many);
    expect_bytes(got, bytes, many);
}
END_TEST
COVERS_ROWS(datagram_gathers, senders);

static int by_wsarecvfrom(SOCKET s, DWORD *count)
{
    DWORD flags = 0;
    return WSARecvFrom(s, scattered, many, count, &flags, NULL, NULL, NULL, NULL);
}

static int by_wsarecvmsg(SOCKET s, DWORD *count)
{
    WSAMSG message = {.lpBuffers = scattered, .dwBufferCount = many};
    return receive_message(s)(s, &message, count, NULL, NULL);
}

static const struct {
    struct row row;
    int (*receive)(SOCKET, DWORD *);
    DWORD many;
} receivers[] = {
    {{"wsarecvfrom_of_1024", "dgram.wsarecvfrom.scatter_thousands"}, by_wsarecvfrom, 1024},
    {{"wsarecvfrom_of_1200", "dgram.wsarecvfrom.scatter_thousands"}, by_wsarecvfrom, 1200},
    {{"wsarecvmsg_of_1024", "dgram.recvmsg.scatter_thousands"}, by_wsarecvmsg, 1024},
    {{"wsarecvmsg_of_1200", "dgram.recvmsg.scatter_thousands"}, by_wsarecvmsg, 1200},
};

START_TEST(datagram_scatters)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    DWORD count = 0;
    prepare(receivers[_i].many);
    destination = socket_name(receiver);
    require(sendto(s, bytes, (int)many, 0, (struct sockaddr *)&destination, sizeof(destination)) ==
            (int)many);

    int result = receivers[_i].receive(receiver, &count);

    expect_socket_succeeded(result);
    expect_number(count, many);
    expect_filled_all();
}
END_TEST
COVERS_ROWS(datagram_scatters, receivers);
