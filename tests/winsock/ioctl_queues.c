/* SIO_ENABLE_CIRCULAR_QUEUEING, SIO_CPU_AFFINITY and SIO_SET_COMPATIBILITY_MODE: what they do to
 * what a socket receives. */
#include "option.h"

/* What older headers lack: SIO_CPU_AFFINITY, SIO_SET_COMPATIBILITY_MODE, its input and its values.
 */
#define CODE_CPU_AFFINITY 0x98000015u
#define CODE_COMPATIBILITY_MODE 0x9800012Cu
struct compatibility {
    int behaviour;
    ULONG version;
};
enum { ALL_BEHAVIOURS, RECEIVE_BUFFERING, AUTO_TUNING };
#define VERSION_VISTA 0x06000000u
#define VERSION_XP 0x05010000u

static DWORD size;

static int circular(SOCKET s)
{
    return WSAIoctl(s, SIO_ENABLE_CIRCULAR_QUEUEING, NULL, 0, NULL, 0, &size, NULL, NULL);
}

/* ---- Circular queues */

enum { MESSAGES = 64 };

START_TEST(newest_message_is_kept)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(s);
    DWORD message[256] = {0}, first = MESSAGES;
    require(option_set(s, SOL_SOCKET, SO_RCVBUF, 8192) == 0);
    limit_receives(s, step_limit() / 10);

    int result = circular(s);

    expect_socket_succeeded(result);
    for (message[0] = 0; message[0] < MESSAGES; message[0]++)
        require(sendto(s, (char *)message, sizeof(message), 0, (struct sockaddr *)&name,
                       sizeof(name)) == sizeof(message));
    do {
        expect_socket_succeeded(recv(s, (char *)message, sizeof(message), 0));
        first = first == MESSAGES ? message[0] : first;
    } while (message[0] != MESSAGES - 1);
    if (first == 0)
        unresolved("the queue has not been full");
}
END_TEST
COVERS(newest_message_is_kept, "winsock.ioctl_queues.circular_newest");

START_TEST(streams_are_not_circular)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = circular(s);

    expect_failed_somehow(result == 0);
    expect_socket_succeeded(circular(socket_open(SOCK_DGRAM)));
}
END_TEST
COVERS(streams_are_not_circular, "winsock.ioctl_queues.circular_stream");

/* ---- Processors */

static SOCKET on_processor(USHORT processor)
{
    SOCKET s = socket_open(SOCK_DGRAM);
    expect_socket_succeeded(
        WSAIoctl(s, CODE_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &size, NULL, NULL));
    return s;
}

START_TEST(sockets_of_processors_share_a_port)
{
    winsock_start();
    SYSTEM_INFO system;
    GetSystemInfo(&system);
    if (system.dwNumberOfProcessors < 2)
        unsupported("one processor");
    SOCKET one = on_processor(0), other = on_processor(1);
    struct sockaddr_in name = loopback(0);
    require(bind(one, (struct sockaddr *)&name, sizeof(name)) == 0);
    name = socket_name(one);

    int result = bind(other, (struct sockaddr *)&name, sizeof(name));

    expect_socket_succeeded(result);
    expect_number(socket_port(other), ntohs(name.sin_port));
    expect_socket_failed(bind(socket_open(SOCK_DGRAM), (struct sockaddr *)&name, sizeof(name)),
                         WSAEADDRINUSE);
}
END_TEST
COVERS(sockets_of_processors_share_a_port, "winsock.ioctl_queues.affinity_shares");

START_TEST(processor_in_a_byte)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);
    BYTE processor = 0;

    int result = WSAIoctl(s, CODE_CPU_AFFINITY, &processor, 1, NULL, 0, &size, NULL, NULL);

    expect_failed_somehow(result == 0);
    on_processor(0);
}
END_TEST
COVERS(processor_in_a_byte, "winsock.ioctl_queues.affinity_size");

/* ---- Older behaviour */

static int compatible(SOCKET s, int behaviour, ULONG version, DWORD in_size)
{
    struct compatibility mode = {.behaviour = behaviour, .version = version};
    return WSAIoctl(s, CODE_COMPATIBILITY_MODE, &mode, in_size, NULL, 0, &size, NULL, NULL);
}

static const struct {
    struct row row;
    int behaviour;
    ULONG version;
} behaviours[] = {
    {{"everything_of_vista", NULL}, ALL_BEHAVIOURS, VERSION_VISTA},
    {{"receive_buffers_of_vista", NULL}, RECEIVE_BUFFERING, VERSION_VISTA},
    {{"windows_of_vista", NULL}, AUTO_TUNING, VERSION_VISTA},
    {{"everything_of_xp", NULL}, ALL_BEHAVIOURS, VERSION_XP},
    {{"receive_buffers_of_xp", NULL}, RECEIVE_BUFFERING, VERSION_XP},
    {{"windows_of_xp", NULL}, AUTO_TUNING, VERSION_XP},
};

START_TEST(compatible_with)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    size = 99;

    int result = compatible(s, behaviours[_i].behaviour, behaviours[_i].version,
                            sizeof(struct compatibility));

    expect_socket_succeeded(result);
    expect_number(size, 0);
}
END_TEST
COVERS_ROWS(compatible_with, behaviours, "winsock.ioctl_queues.compatibility");

START_TEST(compatibility_cut_short)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = compatible(s, ALL_BEHAVIOURS, VERSION_VISTA, sizeof(struct compatibility) - 1);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(
        compatible(s, ALL_BEHAVIOURS, VERSION_VISTA, sizeof(struct compatibility)));
}
END_TEST
COVERS(compatibility_cut_short, "winsock.ioctl_queues.compatibility_short");

START_TEST(compatibility_in_a_larger_buffer)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct compatibility modes[2] = {{ALL_BEHAVIOURS, VERSION_VISTA}, {-1, 0xFFFFFFFF}};
    size = 99;

    int result =
        WSAIoctl(s, CODE_COMPATIBILITY_MODE, modes, sizeof(modes), NULL, 0, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, 0);
}
END_TEST
COVERS(compatibility_in_a_larger_buffer, "winsock.ioctl_queues.compatibility_larger");

START_TEST(compatibility_of_datagrams)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), stream = socket_open(SOCK_STREAM);

    int result = compatible(s, ALL_BEHAVIOURS, VERSION_VISTA, sizeof(struct compatibility));

    expect_socket_failed(result, WSAEOPNOTSUPP);
    expect_socket_succeeded(
        compatible(stream, ALL_BEHAVIOURS, VERSION_VISTA, sizeof(struct compatibility)));
}
END_TEST
COVERS(compatibility_of_datagrams, "winsock.ioctl_queues.compatibility_datagram");

static const struct {
    struct row row;
    ULONG version;
    bool shrinks;
} buffers[] = {
    {{"of_vista_shrinks", "winsock.ioctl_queues.receive_buffer_new"}, VERSION_VISTA, true},
    {{"of_xp_stays", "winsock.ioctl_queues.receive_buffer_old"}, VERSION_XP, false},
};

START_TEST(receive_buffer)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    struct sockaddr_in server = socket_name(listener);
    DWORD before = 0, after = 0;
    expect_socket_succeeded(
        compatible(s, RECEIVE_BUFFERING, buffers[_i].version, sizeof(struct compatibility)));
    require(option_set(s, SOL_SOCKET, SO_RCVBUF, 65536) == 0);
    require(connect(s, (struct sockaddr *)&server, sizeof(server)) == 0);
    require(option_get(s, SOL_SOCKET, SO_RCVBUF, &before) == 0);

    int result = option_set(s, SOL_SOCKET, SO_RCVBUF, 16384);

    record_outcome("a smaller SO_RCVBUF", result == 0);
    expect_socket_succeeded(option_get(s, SOL_SOCKET, SO_RCVBUF, &after));
    if (buffers[_i].shrinks)
        expect_number(after, 16384);
    else
        expect_number(after, before);
}
END_TEST
COVERS_ROWS(receive_buffer, buffers);
