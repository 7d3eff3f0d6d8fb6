/* What is told of a connect that did not wait and has failed, whoever has told it before; a second
 * failure, and what cannot be done (after_refusal.c has what can). */
#include "winsock.h"

static SOCKET nobody;

static int connect_to(SOCKET s, SOCKET other)
{
    struct sockaddr_in name = socket_name(other);
    return connect(s, (struct sockaddr *)&name, sizeof(name));
}

static int exceptional_within(SOCKET s, TIMEVAL limit)
{
    fd_set failed = {.fd_count = 1, .fd_array = {s}};
    return select(0, NULL, NULL, &failed, &limit);
}

static void told_by_select(SOCKET s)
{
    require(exceptional_within(s, select_limit()) == 1);
}

static void told_by_poll(SOCKET s)
{
    WSAPOLLFD one = {.fd = s, .events = POLLOUT};
    require(WSAPoll(&one, 1, (INT)step_limit()) == 1);
    require(one.revents & POLLERR);
}

static void told_by_event(SOCKET s)
{
    WSANETWORKEVENTS events;
    HANDLE event = event_create();
    require(WSAEventSelect(s, event, FD_CONNECT) == 0);
    require(WaitForSingleObject(event, step_limit()) == WAIT_OBJECT_0);
    require(WSAEnumNetworkEvents(s, event, &events) == 0);
    require(events.lNetworkEvents == FD_CONNECT);
    require(events.iErrorCode[FD_CONNECT_BIT] == WSAECONNREFUSED);
}

static int error_of(SOCKET s)
{
    int error = -1, size = sizeof(error);
    require(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&error, &size) == 0);
    return error;
}

static void told_by_option(SOCKET s)
{
    told_by_select(s);
    require(error_of(s) == WSAECONNREFUSED);
}

/* A stream socket that was refused, and TOLD so. */
static SOCKET refused(void (*told)(SOCKET s))
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    nobody = socket_bound(SOCK_STREAM);
    take_no_for_an_answer(s);
    set_nonblocking(s, true);
    require(connect_to(s, nobody) == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK);
    told(s);
    return s;
}

static const struct {
    struct row row;
    void (*told)(SOCKET s);
} tellers[] = {
    {{"poll", NULL}, told_by_poll},
    {{"event", NULL}, told_by_event},
    {{"option", NULL}, told_by_option},
};

START_TEST(select_after)
{
    SOCKET s = refused(tellers[_i].told);
    fd_set readable = {.fd_count = 1, .fd_array = {s}}, writable = readable, failed = readable;
    TIMEVAL at_once = {0, 0};

    int count = select(0, &readable, &writable, &failed, &at_once);

    expect_number(count, 1);
    expect_number(readable.fd_count, 0);
    expect_number(writable.fd_count, 0);
    expect_number(failed.fd_count, 1);
    expect_number(failed.fd_array[0], s);
}
END_TEST
COVERS_ROWS(select_after, tellers, "winsock.failed_connect.select");

/* ---- Another attempt */

START_TEST(failure_after_a_failure)
{
    SOCKET s = refused(told_by_select);

    int result = connect_to(s, nobody);

    expect_socket_failed(result, WSAEWOULDBLOCK);
    expect_number(exceptional_within(s, select_limit()), 1);
    expect_error(error_of(s), WSAECONNREFUSED);
}
END_TEST
COVERS(failure_after_a_failure, "winsock.failed_connect.failure");

/* ---- It is not connected */

static int by_send(SOCKET s)
{
    return send(s, "x", 1, 0);
}

static int by_recv(SOCKET s)
{
    char byte;
    return recv(s, &byte, 1, 0);
}

static int by_wsasend(SOCKET s)
{
    DWORD count;
    WSABUF buffer = {.len = 1, .buf = (char[]){"x"}};
    return WSASend(s, &buffer, 1, &count, 0, NULL, NULL);
}

static int by_wsarecv(SOCKET s)
{
    char byte;
    DWORD count, flags = 0;
    WSABUF buffer = {.len = 1, .buf = &byte};
    return WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL);
}

static const struct {
    struct row row;
    int (*transfer)(SOCKET s);
} transfers[] = {
    {{"send", NULL}, by_send},
    {{"recv", NULL}, by_recv},
    {{"wsasend", NULL}, by_wsasend},
    {{"wsarecv", NULL}, by_wsarecv},
};

START_TEST(not_connected_for)
{
    SOCKET s = refused(told_by_select);

    int result = transfers[_i].transfer(s);

    expect_socket_failed(result, WSAENOTCONN);
}
END_TEST
COVERS_ROWS(not_connected_for, transfers, "winsock.failed_connect.enotconn");
