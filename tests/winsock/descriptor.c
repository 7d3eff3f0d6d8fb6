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

static INT_PTR call_accept(SOCKET s)
{
    return (INT_PTR)accept(s, NULL, NULL);
}

static INT_PTR call_wsaaccept(SOCKET s)
{
    return (INT_PTR)WSAAccept(s, NULL, NULL, NULL, 0);
}

static INT_PTR call_wsaconnect(SOCKET s)
{
    struct sockaddr_in name = loopback(1);
    return WSAConnect(s, (struct sockaddr *)&name, sizeof(name), NULL, NULL, NULL, NULL);
}

static INT_PTR call_wsasend(SOCKET s)
{
    WSABUF buffer = {.len = 1, .buf = "x"};
    DWORD sent;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL);
}

static INT_PTR call_getsockopt(SOCKET s)
{
    int value, size = sizeof(value);
    return getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, &size);
}

static INT_PTR call_setsockopt(SOCKET s)
{
    BOOL on = TRUE;
    return setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on));
}

static INT_PTR call_ioctlsocket(SOCKET s)
{
    u_long count;
    return ioctlsocket(s, FIONREAD, &count);
}

static INT_PTR call_wsaioctl(SOCKET s)
{
    u_long count;
    DWORD size;
    return WSAIoctl(s, FIONREAD, NULL, 0, &count, sizeof(count), &size, NULL, NULL);
}

static INT_PTR call_eventselect(SOCKET s)
{
    return WSAEventSelect(s, CreateEventW(NULL, TRUE, FALSE, NULL), FD_READ);
}

static INT_PTR call_enumevents(SOCKET s)
{
    WSANETWORKEVENTS events;
    return WSAEnumNetworkEvents(s, NULL, &events);
}

/* Its FALSE is told as the others tell their failure. */
static INT_PTR call_result(SOCKET s)
{
    WSAOVERLAPPED overlapped = {.Internal = 0};
    DWORD count, flags;
    return WSAGetOverlappedResult(s, &overlapped, &count, FALSE, &flags) ? 0 : SOCKET_ERROR;
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
    {{"accept", "stream.accept.notinitialised"}, call_accept, WSAENOTSOCK},
    {{"wsasend", "stream.wsasend.notinitialised"}, call_wsasend, WSAENOTSOCK},
    {{"shutdown", "stream.shutdown.notinitialised"}, call_shutdown, WSAENOTSOCK},
    {{"getpeername", "stream.getpeername.notinitialised"}, call_getpeername, WSAENOTSOCK},
    {{"sendto", "dgram.sendto.notinitialised"}, call_sendto, WSAENOTSOCK},
    {{"getsockopt", "winsock.getsockopt.notinitialised"}, call_getsockopt, WSAENOTSOCK},
    {{"setsockopt", "winsock.setsockopt.notinitialised"}, call_setsockopt, WSAENOTSOCK},
    {{"ioctlsocket", "winsock.ioctlsocket.notinitialised"}, call_ioctlsocket, WSAENOTSOCK},
    {{"getsockname", "stream.getsockname.notinitialised"}, call_getsockname, WSAENOTSOCK},
    {{"wsaaccept", "stream.wsaaccept.notinitialised"}, call_wsaaccept, WSAENOTSOCK},
    {{"wsaconnect", "stream.wsaconnect.notinitialised"}, call_wsaconnect, WSAENOTSOCK},
    {{"wsarecv", "stream.wsarecv.notinitialised"}, call_wsarecv, WSAENOTSOCK},
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
    {{"accept", "stream.accept.notsock"}, call_accept},
    {{"wsaaccept", "stream.wsaaccept.notsock"}, call_wsaaccept},
    {{"wsaconnect", "stream.wsaconnect.notsock"}, call_wsaconnect},
    {{"wsasend", "stream.wsasend.notsock"}, call_wsasend},
    {{"getsockopt", "winsock.getsockopt.enotsock"}, call_getsockopt},
    {{"setsockopt", "winsock.setsockopt.enotsock"}, call_setsockopt},
    {{"ioctlsocket", "winsock.ioctlsocket.enotsock"}, call_ioctlsocket},
    {{"wsaioctl", "winsock.ioctl.enotsock"}, call_wsaioctl},
    {{"wsaeventselect", "winsock.event_select.enotsock"}, call_eventselect},
    {{"wsaenumnetworkevents", "winsock.enum_events.enotsock"}, call_enumevents},
    {{"wsagetoverlappedresult", "winsock.overlapped_result.enotsock"}, call_result},
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
