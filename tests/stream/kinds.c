/* WSASocket: what it makes of family, type, protocol, group and flags, in both its forms. */
#include "winsock/winsock.h"

#include <mswsock.h>

static SOCKET by_socket(int family, int type, int protocol)
{
    return socket(family, type, protocol);
}

static SOCKET by_wsasocket(int family, int type, int protocol)
{
    return WSASocketW(family, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);
}

static SOCKET by_wsasocket_ansi(int family, int type, int protocol)
{
    return WSASocketA(family, type, protocol, NULL, 0, WSA_FLAG_OVERLAPPED);
}

#define UNKNOWN 0xdead

static const struct {
    struct row row;
    SOCKET (*function)(int, int, int);
    int family, type, protocol;
    DWORD error;
} unknown[] = {
    {{"protocol_by_socket", "stream.socket.protocol_protonosupport"},
     by_socket,
     AF_INET,
     SOCK_STREAM,
     UNKNOWN,
     WSAEPROTONOSUPPORT},
    {{"protocol_of_datagrams_by_socket", "stream.socket.protocol_protonosupport"},
     by_socket,
     AF_INET,
     SOCK_DGRAM,
     UNKNOWN,
     WSAEPROTONOSUPPORT},
    {{"family_by_wsasocket", "stream.wsasocket.family_afnosupport"},
     by_wsasocket,
     UNKNOWN,
     SOCK_STREAM,
     IPPROTO_TCP,
     WSAEAFNOSUPPORT},
    {{"type_by_wsasocket", "stream.wsasocket.type_socktnosupport"},
     by_wsasocket,
     AF_INET,
     UNKNOWN,
     IPPROTO_TCP,
     WSAESOCKTNOSUPPORT},
    {{"protocol_by_wsasocket", "stream.wsasocket.protocol_protonosupport"},
     by_wsasocket,
     AF_INET,
     SOCK_STREAM,
     UNKNOWN,
     WSAEPROTONOSUPPORT},
    {{"family_by_wsasocket_ansi", "stream.wsasocket.family_afnosupport"},
     by_wsasocket_ansi,
     UNKNOWN,
     SOCK_STREAM,
     IPPROTO_TCP,
     WSAEAFNOSUPPORT},
    {{"type_by_wsasocket_ansi", "stream.wsasocket.type_socktnosupport"},
     by_wsasocket_ansi,
     AF_INET,
     UNKNOWN,
     IPPROTO_TCP,
     WSAESOCKTNOSUPPORT},
    {{"protocol_by_wsasocket_ansi", "stream.wsasocket.protocol_protonosupport"},
     by_wsasocket_ansi,
     AF_INET,
     SOCK_STREAM,
     UNKNOWN,
     WSAEPROTONOSUPPORT},
};

START_TEST(does_not_know)
{
    winsock_start();

    SOCKET s = unknown[_i].function(unknown[_i].family, unknown[_i].type, unknown[_i].protocol);

    expect_socket_failed(s, unknown[_i].error);
    expect_socket_succeeded(unknown[_i].function(AF_INET, SOCK_STREAM, IPPROTO_TCP));
}
END_TEST
COVERS_ROWS(does_not_know, unknown);

START_TEST(group_must_exist)
{
    winsock_start();

    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0xdead, WSA_FLAG_OVERLAPPED);

    expect_socket_failed(s, WSAEINVAL);
    expect_socket_succeeded(WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED));
}
END_TEST
COVERS(group_must_exist, "stream.wsasocket.bad_group_einval");

START_TEST(description_must_be_in_memory)
{
    winsock_start();
    void *nowhere = memory_nowhere();

    SOCKET s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, nowhere, 0,
                          WSA_FLAG_OVERLAPPED);

    expect_socket_failed(s, WSAEFAULT);
}
END_TEST
COVERS(description_must_be_in_memory, "stream.wsasocket.info_efault");

START_TEST(takes_an_ansi_description)
{
    winsock_start();
    SOCKET other = socket_open(SOCK_DGRAM);
    WSAPROTOCOL_INFOA info;
    int size = sizeof(info), type = 0, type_size = sizeof(type);
    require(getsockopt(other, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&info, &size) == 0);

    SOCKET s = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                          WSA_FLAG_OVERLAPPED);

    expect_socket_succeeded(s);
    expect_number(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &type_size), 0);
    expect_number(type, SOCK_DGRAM);
}
END_TEST
COVERS(takes_an_ansi_description, "stream.wsasocket.ansi_protocol_info");

static const struct {
    struct row row;
    DWORD flags;
    bool inherit;
} handles[] = {
    {{"not_inheritable", "stream.wsasocket.ansi_no_handle_inherit"},
     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT,
     false},
    {{"inheritable", "stream.wsasocket.ansi_inheritable"}, WSA_FLAG_OVERLAPPED, true},
};

START_TEST(ansi_form_makes_a_handle)
{
    winsock_start();
    DWORD flags = 0;

    SOCKET s = WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, handles[_i].flags);

    expect_socket_succeeded(s);
    expect_succeeded(GetHandleInformation((HANDLE)s, &flags));
    expect_number((flags & HANDLE_FLAG_INHERIT) != 0, handles[_i].inherit);
}
END_TEST
COVERS_ROWS(ansi_form_makes_a_handle, handles);

/* ---- Sockets without the overlapped attribute ---- */

struct waiting {
    SOCKET s; /* made without WSA_FLAG_OVERLAPPED; nothing has come yet */
    SOCKET peer;
    WSAOVERLAPPED *operation;
};

static struct waiting plain_connection(void)
{
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);
    struct waiting waiting = {.s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0)};
    require(waiting.s != INVALID_SOCKET);
    require(connect(waiting.s, (struct sockaddr *)&server, sizeof(server)) == 0);
    waiting.peer = stream_accept(listener);
    return waiting;
}

static DWORD receives(void *argument)
{
    struct waiting *waiting = argument;
    char byte = 0;
    WSABUF buffer = {.len = 1, .buf = &byte};
    DWORD count = 0, flags = 0;

    int result = WSARecv(waiting->s, &buffer, 1, &count, &flags, waiting->operation, NULL);

    expect_socket_succeeded(result);
    expect_number(count, 1);
    return (DWORD)byte;
}

START_TEST(plain_socket_waits)
{
    static WSAOVERLAPPED operation;
    winsock_start();
    struct waiting waiting = plain_connection();
    waiting.operation = &operation;
    struct thread *receiver = thread_start(receives, &waiting);
    expect_stays_unsignaled(receiver->handle);

    send_all(waiting.peer, "x", 1);

    expect_number(thread_join(receiver), 'x');
}
END_TEST
COVERS(plain_socket_waits, "stream.wsasocket.plain_ignores_overlapped");

START_TEST(plain_socket_has_no_time_out)
{
    winsock_start();
    struct waiting waiting = plain_connection();
    DWORD milliseconds = 1;
    require(setsockopt(waiting.s, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds,
                       sizeof(milliseconds)) == 0);
    struct thread *receiver = thread_start(receives, &waiting);
    expect_stays_unsignaled(receiver->handle);

    send_all(waiting.peer, "x", 1);

    expect_number(thread_join(receiver), 'x');
}
END_TEST
COVERS(plain_socket_has_no_time_out, "stream.wsasocket.plain_has_no_time_out");
