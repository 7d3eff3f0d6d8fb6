/* What an accepted socket takes over from the listener that accepted it. */
#include "extension.h"

static SOCKET by_accept(SOCKET listener)
{
    return accept(listener, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET listener)
{
    return WSAAccept(listener, NULL, NULL, NULL, 0);
}

/* ---- The mode ---- */

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET);
    bool nonblocking;
    DWORD error; /* of a receive that finds nothing */
} modes[] = {
    {{"nonblocking", "stream.accept.takes_over_mode"}, by_accept, true, WSAEWOULDBLOCK},
    {{"blocking", "stream.accept.takes_over_mode"}, by_accept, false, WSAETIMEDOUT},
    {{"nonblocking_by_wsaaccept", "stream.wsaaccept.takes_over_properties"},
     by_wsaaccept,
     true,
     WSAEWOULDBLOCK},
};

START_TEST(has_the_listeners_mode)
{
    winsock_start();
    SOCKET listener = stream_listen();
    set_nonblocking(listener, modes[_i].nonblocking);
    stream_connect(socket_port(listener));
    wait_readable(listener);
    DWORD milliseconds = 20;
    char byte;

    SOCKET s = modes[_i].accept(listener);

    expect_socket_succeeded(s);
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds, sizeof(milliseconds)) ==
            0);
    expect_socket_failed(recv(s, &byte, 1, 0), modes[_i].error);
}
END_TEST
COVERS_ROWS(has_the_listeners_mode, modes);

/* ---- The options ---- */

static const DWORD on = TRUE, size = 0x1230, time = 4711;
static const LINGER linger = {.l_onoff = 1, .l_linger = 55};

struct option {
    struct row row;
    SOCKET (*accept)(SOCKET);
    int level, name;
    const void *value;
    int size;
};

#define OPTION(label, covers, accept, level, name, value)             \
    {                                                                 \
        {label, covers}, accept, level, name, &(value), sizeof(value) \
    }
#define BY_ACCEPT(label, level, name, value) \
    OPTION(label, "stream.accept.takes_over_options", by_accept, level, name, value)
#define BY_WSAACCEPT(label, level, name, value)                                               \
    OPTION("wsaaccept_" label, "stream.wsaaccept.takes_over_properties", by_wsaaccept, level, \
           name, value)

static const struct option options[] = {
    BY_ACCEPT("keepalive", SOL_SOCKET, SO_KEEPALIVE, on),
    BY_ACCEPT("urgent_data_in_line", SOL_SOCKET, SO_OOBINLINE, on),
    BY_ACCEPT("send_buffer", SOL_SOCKET, SO_SNDBUF, size),
    BY_ACCEPT("receive_buffer", SOL_SOCKET, SO_RCVBUF, size),
    BY_ACCEPT("send_time_out", SOL_SOCKET, SO_SNDTIMEO, time),
    BY_ACCEPT("receive_time_out", SOL_SOCKET, SO_RCVTIMEO, time),
    BY_ACCEPT("linger", SOL_SOCKET, SO_LINGER, linger),
    BY_ACCEPT("reuse_of_addresses", SOL_SOCKET, SO_REUSEADDR, on),
    BY_ACCEPT("nodelay", IPPROTO_TCP, TCP_NODELAY, on),
    BY_WSAACCEPT("keepalive", SOL_SOCKET, SO_KEEPALIVE, on),
    BY_WSAACCEPT("linger", SOL_SOCKET, SO_LINGER, linger),
    BY_WSAACCEPT("nodelay", IPPROTO_TCP, TCP_NODELAY, on),
};

/* Whether S has the option's value. */
static bool has(SOCKET s, const struct option *option)
{
    char value[sizeof(LINGER)] = "";
    int got = sizeof(value);
    require(getsockopt(s, option->level, option->name, value, &got) == 0);
    require(got <= (int)sizeof(value));
    return memcmp(value, option->value, (size_t)got) == 0;
}

/* A listener that has the option's value; other sockets do not have it. */
static SOCKET listener_with(const struct option *option)
{
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any_port = loopback(0);
    require(listener != INVALID_SOCKET && !has(listener, option));
    require(setsockopt(listener, option->level, option->name, option->value, option->size) == 0);
    require(bind(listener, (struct sockaddr *)&any_port, sizeof(any_port)) == 0);
    require(listen(listener, SOMAXCONN) == 0 && has(listener, option));
    return listener;
}

START_TEST(has_the_listeners)
{
    winsock_start();
    SOCKET listener = listener_with(&options[_i]);
    stream_connect(socket_port(listener));
    wait_readable(listener);

    SOCKET s = options[_i].accept(listener);

    expect_socket_succeeded(s);
    expect_true(has(s, &options[_i]));
}
END_TEST
COVERS_ROWS(has_the_listeners, options);

/* ---- AcceptEx: only when it is asked for ---- */

static const struct option later[] = {
    OPTION("keepalive", NULL, NULL, SOL_SOCKET, SO_KEEPALIVE, on),
    OPTION("urgent_data_in_line", NULL, NULL, SOL_SOCKET, SO_OOBINLINE, on),
    OPTION("receive_time_out", NULL, NULL, SOL_SOCKET, SO_RCVTIMEO, time),
    OPTION("linger", NULL, NULL, SOL_SOCKET, SO_LINGER, linger),
    OPTION("send_time_out", NULL, NULL, SOL_SOCKET, SO_SNDTIMEO, time),
};

/* A socket that AcceptEx has connected to a client. */
static SOCKET accepted_by(SOCKET listener)
{
    static char room[2 * (sizeof(struct sockaddr_in) + 16)];
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    require(accept_ex(listener)(listener, s, room, 0, sizeof(room) / 2, sizeof(room) / 2, &count,
                                operation) ||
            GetLastError() == ERROR_IO_PENDING);
    stream_connect(socket_port(listener));
    require(extension_result(listener, operation, &count));
    return s;
}

START_TEST(accept_ex_leaves_as_it_is)
{
    winsock_start();
    SOCKET listener = listener_with(&later[_i]);

    SOCKET s = accepted_by(listener);

    expect_true(!has(s, &later[_i]));
}
END_TEST
COVERS_ROWS(accept_ex_leaves_as_it_is, later, "stream.acceptex.default_until_update");

START_TEST(update_brings)
{
    winsock_start();
    SOCKET listener = listener_with(&later[_i]), s = accepted_by(listener);

    int result =
        setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof(listener));

    expect_socket_succeeded(result);
    expect_true(has(s, &later[_i]));
}
END_TEST
COVERS_ROWS(update_brings, later, "stream.acceptex.update_context_inherits");
