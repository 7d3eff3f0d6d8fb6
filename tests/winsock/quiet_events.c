/* An event of WSAEventSelect that has been reset stays so while nothing new happens: neither
 * select, WSAPoll nor other calls that ask about the socket, or send, set it again. */
#include "winsock.h"

/* Sockets with something that is recorded, and whose event has been reset. */
static SOCKET reset_after(SOCKET s, HANDLE event)
{
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);
    require(ResetEvent(event));
    return s;
}

static SOCKET reset_after_a_datagram(HANDLE event)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(WSAEventSelect(s, event, FD_READ) == 0);
    send_datagram(s, s, "x");
    return reset_after(s, event);
}

static SOCKET reset_after_a_client(HANDLE event)
{
    SOCKET listener = stream_listen();
    require(WSAEventSelect(listener, event, FD_ACCEPT) == 0);
    stream_connect(socket_port(listener));
    return reset_after(listener, event);
}

static SOCKET reset_after_room(HANDLE event)
{
    SOCKET s = stream_pair_open().client;
    require(WSAEventSelect(s, event, FD_WRITE) == 0);
    return reset_after(s, event);
}

static SOCKET reset_after_the_end(HANDLE event)
{
    struct stream_pair pair = stream_pair_open();
    require(WSAEventSelect(pair.server, event, FD_CLOSE) == 0);
    require(shutdown(pair.client, SD_SEND) == 0);
    return reset_after(pair.server, event);
}

static bool by_select(SOCKET s)
{
    fd_set readable = {.fd_count = 1, .fd_array = {s}}, writable = readable;
    TIMEVAL limit = select_limit();
    return select(0, &readable, &writable, NULL, &limit) > 0;
}

static bool by_poll(SOCKET s)
{
    WSAPOLLFD request = {.fd = s, .events = POLLRDNORM | POLLWRNORM};
    return WSAPoll(&request, 1, (INT)step_limit()) == 1;
}

static bool by_size(SOCKET s)
{
    u_long size = 0;
    return ioctlsocket(s, FIONREAD, &size) == 0 && size == 1;
}

static bool by_option(SOCKET s)
{
    int error = -1, size = sizeof(error);
    return getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &size) == 0;
}

static bool by_sendto(SOCKET s)
{
    SOCKET other = socket_bound(SOCK_DGRAM);
    struct sockaddr_in name = socket_name(other);
    return sendto(s, "y", 1, 0, (struct sockaddr *)&name, sizeof(name)) == 1;
}

static const struct {
    struct row row;
    SOCKET (*make)(HANDLE);
    bool (*call)(SOCKET);
    LONG recorded;
} calls[] = {
    {{"select", "winsock.quiet.select"}, reset_after_a_datagram, by_select, FD_READ},
    {{"select_of_a_client", "winsock.quiet.select"}, reset_after_a_client, by_select, FD_ACCEPT},
    {{"select_of_room", "winsock.quiet.select"}, reset_after_room, by_select, FD_WRITE},
    {{"select_of_the_end", "winsock.quiet.select"}, reset_after_the_end, by_select, FD_CLOSE},
    {{"poll", "winsock.quiet.poll"}, reset_after_a_datagram, by_poll, FD_READ},
    {{"poll_of_a_client", "winsock.quiet.poll"}, reset_after_a_client, by_poll, FD_ACCEPT},
    {{"poll_of_room", "winsock.quiet.poll"}, reset_after_room, by_poll, FD_WRITE},
    {{"poll_of_the_end", "winsock.quiet.poll"}, reset_after_the_end, by_poll, FD_CLOSE},
    {{"fionread", "winsock.quiet.questions"}, reset_after_a_datagram, by_size, FD_READ},
    {{"so_error", "winsock.quiet.questions"}, reset_after_a_datagram, by_option, FD_READ},
    {{"sendto", "winsock.quiet.sendto"}, reset_after_a_datagram, by_sendto, FD_READ},
};

START_TEST(event_stays_reset_by)
{
    winsock_start();
    HANDLE event = event_create();
    SOCKET s = calls[_i].make(event);
    WSANETWORKEVENTS events = {0};

    bool done = calls[_i].call(s);

    expect_succeeded(done);
    expect_stays_unsignaled(event);
    expect_socket_succeeded(WSAEnumNetworkEvents(s, NULL, &events));
    expect_number(events.lNetworkEvents, calls[_i].recorded); /* what was recorded still is */
}
END_TEST
COVERS_ROWS(event_stays_reset_by, calls);
