/* Connecting from a local address that is found to be in use only then: bound to the wildcard
 * address, the socket would have the names of a connection that exists. */
#include "extension.h"

static int by_connect(SOCKET s, const struct sockaddr_in *name)
{
    return connect(s, (const struct sockaddr *)name, sizeof(*name));
}

static int by_wsaconnect(SOCKET s, const struct sockaddr_in *name)
{
    return WSAConnect(s, (const struct sockaddr *)name, sizeof(*name), NULL, NULL, NULL, NULL);
}

/* Whether it fails at once or when it is done is left open. */
static int by_connect_ex(SOCKET s, const struct sockaddr_in *name)
{
    DWORD count = 0;
    OVERLAPPED *operation = operation_with_event();
    BOOL done =
        connect_ex(s)(s, (const struct sockaddr *)name, sizeof(*name), NULL, 0, &count, operation);
    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(s, operation, &count);
    return done ? 0 : SOCKET_ERROR;
}

/* A socket that shares PORT of ADDRESS with others. */
static SOCKET shared_socket(u_long address, unsigned port)
{
    SOCKET s = socket_open(SOCK_STREAM);
    BOOL on = TRUE;
    struct sockaddr_in name = loopback(port);
    name.sin_addr.s_addr = htonl(address);
    require(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on)) == 0);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    return s;
}

static const struct {
    struct row row;
    int (*call)(SOCKET, const struct sockaddr_in *);
} calls[] = {
    {{"connect", "stream.connect.in_use"}, by_connect},
    {{"wsaconnect", "stream.wsaconnect.in_use"}, by_wsaconnect},
    {{"connect_ex", "stream.connectex.in_use"}, by_connect_ex},
};

START_TEST(is_found_by)
{
    winsock_start();
    struct sockaddr_in server = socket_name(stream_listen());
    struct sockaddr_in other_server = socket_name(stream_listen());
    SOCKET first = shared_socket(INADDR_LOOPBACK, 0);
    SOCKET second = shared_socket(INADDR_ANY, socket_port(first));
    require(by_connect(first, &server) == 0);

    int result = calls[_i].call(second, &server);

    expect_socket_failed(result, WSAEADDRINUSE);
    SOCKET third = shared_socket(INADDR_ANY, socket_port(first));
    expect_socket_succeeded(calls[_i].call(third, &other_server));
}
END_TEST
COVERS_ROWS(is_found_by, calls);
