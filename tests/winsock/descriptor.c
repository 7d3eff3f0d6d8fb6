/* What each function says before WSAStartup, and about a handle that is not a socket. */
#include "winsock.h"

static INT_PTR call_socket(SOCKET s)
{
    (void)s;
    return (INT_PTR)socket(AF_INET, SOCK_STREAM, 0);
}

static INT_PTR call_wsasocket(SOCKET s)
{
    (void)s;
    return (INT_PTR)WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED);
}

static INT_PTR call_bind(SOCKET s)
{
    struct sockaddr_in name = loopback(0);
    return bind(s, (struct sockaddr *)&name, sizeof(name));
}

static INT_PTR call_listen(SOCKET s)
{
    return listen(s, 1);
}

static INT_PTR call_connect(SOCKET s)
{
    struct sockaddr_in name = loopback(1);
    return connect(s, (struct sockaddr *)&name, sizeof(name));
}

static INT_PTR call_send(SOCKET s)
{
    return send(s, "x", 1, 0);
}

static INT_PTR call_recv(SOCKET s)
{
    char byte;
    return recv(s, &byte, 1, 0);
}

static INT_PTR call_wsarecv(SOCKET s)
{
    char byte;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD got, flags = 0;
    return WSARecv(s, &buffer, 1, &got, &flags, NULL, NULL);
}

static INT_PTR call_sendto(SOCKET s)
{
    struct sockaddr_in name = loopback(1);
    return sendto(s, "x", 1, 0, (struct sockaddr *)&name, sizeof(name));
}

static INT_PTR call_recvfrom(SOCKET s)
{
    char byte;
    return recvfrom(s, &byte, 1, 0, NULL, NULL);
}

static INT_PTR call_shutdown(SOCKET s)
{
    return shutdown(s, SD_BOTH);
}

static INT_PTR call_getsockname(SOCKET s)
{
    struct sockaddr_in name;
    return getsockname(s, (struct sockaddr *)&name, &(int){sizeof(name)});
}

static INT_PTR call_getpeername(SOCKET s)
{
    struct sockaddr_in name;
    return getpeername(s, (struct sockaddr *)&name, &(int){sizeof(name)});
}

static INT_PTR call_duplicate(SOCKET s)
{
    WSAPROTOCOL_INFOW info;
    return WSADuplicateSocketW(s, GetCurrentProcessId(), &info);
}

static INT_PTR call_closesocket(SOCKET s)
{
    return closesocket(s);
}

static const struct {
    struct row row;
    INT_PTR (*call)(SOCKET);
    DWORD once_started; /* its error once Winsock is started; 0: it succeeds */
} before_startup[] = {
    {{"socket", "stream.socket.notinitialised"}, call_socket, 0},
    {{"wsasocket", "stream.wsasocket.notinitialised"}, call_wsasocket, 0},
    {{"bind", "stream.bind.notinitialised"}, call_bind, WSAENOTSOCK},
    {{"listen", "stream.listen.notinitialised"}, call_listen, WSAENOTSOCK},
    {{"connect", "stream.connect.notinitialised"}, call_connect, WSAENOTSOCK},
    {{"send", "stream.send.notinitialised"}, call_send, WSAENOTSOCK},
    {{"recv", "stream.recv.notinitialised"}, call_recv, WSAENOTSOCK},
    {{"recvfrom", "dgram.recvfrom.notinitialised"}, call_recvfrom, WSAENOTSOCK},
    {{"closesocket", "stream.closesocket.notinitialised"}, call_closesocket, WSAENOTSOCK},
};

START_TEST(not_usable_before_startup)
{
    INT_PTR result = before_startup[_i].call(INVALID_SOCKET);

    expect_socket_failed(result, WSANOTINITIALISED);
    winsock_start();
    result = before_startup[_i].call(INVALID_SOCKET);
    if (before_startup[_i].once_started)
        expect_socket_failed(result, before_startup[_i].once_started);
    else
        expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(not_usable_before_startup, before_startup);

static const struct {
    struct row row;
    INT_PTR (*call)(SOCKET);
} on_an_event[] = {
    {{"bind", "stream.bind.notsock"}, call_bind},
    {{"listen", "stream.listen.notsock"}, call_listen},
    {{"connect", "stream.connect.notsock"}, call_connect},
    {{"send", "stream.send.notsock"}, call_send},
    {{"recv", "stream.recv.notsock"}, call_recv},
    {{"wsarecv", "stream.wsarecv.notsock"}, call_wsarecv},
    {{"sendto", "dgram.sendto.enotsock"}, call_sendto},
    {{"recvfrom", "dgram.recvfrom.enotsock"}, call_recvfrom},
    {{"shutdown", "stream.shutdown.notsock"}, call_shutdown},
    {{"getsockname", "stream.getsockname.notsock"}, call_getsockname},
    {{"getpeername", "stream.getpeername.notsock"}, call_getpeername},
    {{"wsaduplicatesocket", "stream.wsaduplicatesocket.notsock"}, call_duplicate},
    {{"closesocket", "stream.closesocket.notsock"}, call_closesocket},
};

START_TEST(event_is_not_a_socket)
{
    winsock_start();
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);

    INT_PTR result = on_an_event[_i].call((SOCKET)event);

    expect_socket_failed(result, WSAENOTSOCK);
    expect_succeeded(SetEvent(event)); /* the handle is what it was */
}
END_TEST
COVERS_ROWS(event_is_not_a_socket, on_an_event);
