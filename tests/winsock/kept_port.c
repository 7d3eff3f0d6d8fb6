/* A completion port that a socket was given before it was connected holds afterwards; a socket that
 * is accepted has none. */
#include "completion_port.h"
#include "stream/extension.h"

static char names[2 * NAME_ROOM];

enum { OTHER_KEY = 0x77 };

struct connected {
    SOCKET s, other;
};

static UCHAR modes; /* of a socket before it is connected */

static void to_port(SOCKET s, HANDLE port)
{
    require(CreateIoCompletionPort((HANDLE)s, port, KEY, 0) == port);
    require(!modes || SetFileCompletionNotificationModes((HANDLE)s, modes));
}

static struct connected by_accept_ex(HANDLE port)
{
    struct connected ends = {.s = socket_open(SOCK_STREAM)};
    SOCKET listener = stream_listen();
    HANDLE of_the_listener = CreateIoCompletionPort((HANDLE)listener, NULL, OTHER_KEY, 0);
    DWORD count;
    require(of_the_listener != NULL);
    to_port(ends.s, port);
    LPFN_ACCEPTEX function = accept_ex(listener);
    require(!function(listener, ends.s, names, 0, NAME_ROOM, NAME_ROOM, &count, &operations[0]) &&
            GetLastError() == ERROR_IO_PENDING);
    ends.other = stream_connect(socket_port(listener));
    require(packet_next(of_the_listener).key == OTHER_KEY);
    require(setsockopt(ends.s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener,
                       sizeof(listener)) == 0);
    return ends;
}

static struct connected by_connect_ex(HANDLE port)
{
    struct connected ends = {.s = socket_bound(SOCK_STREAM)};
    SOCKET listener = stream_listen();
    struct sockaddr_in name = socket_name(listener);
    LPFN_CONNECTEX function = connect_ex(ends.s);
    to_port(ends.s, port);
    BOOL done =
        function(ends.s, (struct sockaddr *)&name, sizeof(name), NULL, 0, NULL, &operations[0]);
    require(done || GetLastError() == ERROR_IO_PENDING);
    ends.other = stream_accept(listener);
    require(packet_next(port).operation == &operations[0]);
    require(setsockopt(ends.s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    return ends;
}

static struct connected by_connect(HANDLE port)
{
    struct connected ends = {.s = socket_open(SOCK_STREAM)};
    SOCKET listener = stream_listen();
    struct sockaddr_in name = socket_name(listener);
    to_port(ends.s, port);
    require(connect(ends.s, (struct sockaddr *)&name, sizeof(name)) == 0);
    ends.other = stream_accept(listener);
    return ends;
}

static const struct way {
    struct row row;
    struct connected (*connect)(HANDLE port);
} ways[] = {
    {{"accept_ex", "winsock.kept_port.accept_ex"}, by_accept_ex},
    {{"connect_ex", "winsock.kept_port.connect_ex"}, by_connect_ex},
    {{"connect", "winsock.kept_port.connect"}, by_connect},
};

static int receive_stream(SOCKET s)
{
    WSABUF buffer = {.len = sizeof(received[1]), .buf = received[1]};
    DWORD flags = 0;
    return WSARecv(s, &buffer, 1, NULL, &flags, &operations[1], NULL);
}

START_TEST(packet_after)
{
    winsock_start();
    HANDLE port = port_create();
    struct connected ends = ways[_i].connect(port);

    int result = receive_stream(ends.s);

    expect_socket_failed(result, WSA_IO_PENDING);
    send_all(ends.other, "hello", 5);
    struct packet packet = packet_next(port);
    expect_succeeded(packet.done);
    expect_number(packet.key, KEY);
    expect_number(packet.count, 5);
    expect_pointer(packet.operation, &operations[1]);
}
END_TEST
COVERS_ROWS(packet_after, ways);

static const struct way skipping[] = {
    {{"accept_ex", NULL}, by_accept_ex},
    {{"connect", NULL}, by_connect},
};

START_TEST(no_packet_after)
{
    WSABUF buffer = {.len = 5, .buf = (char[]){"hello"}};
    winsock_start();
    HANDLE port = port_create();
    modes = FILE_SKIP_COMPLETION_PORT_ON_SUCCESS;
    struct connected ends = skipping[_i].connect(port);

    int result = WSASend(ends.s, &buffer, 1, NULL, 0, &operations[2], NULL);

    expect_socket_succeeded(result);
    expect_receives(ends.other, "hello", 5);
    require(PostQueuedCompletionStatus(port, 0, OTHER_KEY, NULL));
    expect_number(packet_next(port).key, OTHER_KEY);
}
END_TEST
COVERS_ROWS(no_packet_after, skipping, "winsock.kept_port.modes");

START_TEST(accepted_socket_has_none)
{
    winsock_start();
    HANDLE of_the_listener = port_create(), port = port_create();
    SOCKET listener = stream_listen();
    to_port(listener, of_the_listener);
    SOCKET client = stream_connect(socket_port(listener));
    SOCKET accepted = stream_accept(listener);

    HANDLE result = CreateIoCompletionPort((HANDLE)accepted, port, OTHER_KEY, 0);

    expect_pointer(result, port);
    receive_stream(accepted);
    send_all(client, "hello", 5);
    expect_number(packet_next(port).key, OTHER_KEY);
    expect_failed(packet_within(of_the_listener, 0).done, WAIT_TIMEOUT);
}
END_TEST
COVERS(accepted_socket_has_none, "winsock.kept_port.accepted");
