/* What socket and WSASocket make and refuse, and what a socket can do that nobody has connected. */
#include "winsock/winsock.h"

static const struct {
    struct row row;
    int protocol;
} protocols[] = {
    {{"named", "stream.socket.tcp4"}, IPPROTO_TCP},
    {{"chosen", "stream.socket.protocol_zero_picks_tcp"}, 0},
};

START_TEST(tcp)
{
    winsock_start();
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);

    SOCKET s = socket(AF_INET, SOCK_STREAM, protocols[_i].protocol);

    expect_socket_succeeded(s);
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size));
    expect_number(info.iAddressFamily, AF_INET);
    expect_number(info.iSocketType, SOCK_STREAM);
    expect_number(info.iProtocol, IPPROTO_TCP);
    expect_socket_succeeded(connect(s, (struct sockaddr *)&server, sizeof(server)));
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS_ROWS(tcp, protocols);

static const struct {
    struct row row;
    int family, type, protocol;
    DWORD error;
} refusals[] = {
    {{"family", "stream.socket.unknown_family"}, 0x4D2, SOCK_STREAM, 0, WSAEAFNOSUPPORT},
    {{"type", "stream.socket.unknown_type"}, AF_INET, 77, 0, WSAESOCKTNOSUPPORT},
    {{"nothing_given", "stream.socket.all_unspecified_einval"}, AF_UNSPEC, 0, 0, WSAEINVAL},
};

START_TEST(unknown)
{
    winsock_start();

    SOCKET s = socket(refusals[_i].family, refusals[_i].type, refusals[_i].protocol);

    expect_socket_failed(s, refusals[_i].error);
}
END_TEST
COVERS_ROWS(unknown, refusals);

START_TEST(protocol_of_another_type)
{
    winsock_start();

    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_UDP);

    DWORD error = GetLastError();
    char text[80];
    record("socket(AF_INET, SOCK_STREAM, IPPROTO_UDP)", "%s",
           error_text(error, text, sizeof(text)));
    expect_true(s == INVALID_SOCKET);
    expect_true(error == WSAEPROTOTYPE || error == WSAEPROTONOSUPPORT);
}
END_TEST
COVERS(protocol_of_another_type, "stream.socket.protocol_type_mismatch");

START_TEST(new_socket_is_blocking)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD milliseconds = 20;
    require(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds, sizeof(milliseconds)) ==
            0);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAETIMEDOUT);
}
END_TEST
COVERS(new_socket_is_blocking, "stream.socket.default_blocking");

START_TEST(fresh_socket_does_not_receive)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    char byte;

    int got = recv(s, &byte, 1, 0);

    expect_socket_failed(got, WSAENOTCONN);
}
END_TEST
COVERS(fresh_socket_does_not_receive, "stream.socket.send_before_connect_fails");

START_TEST(fresh_socket_does_not_send)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int sent = send(s, "x", 1, 0);

    expect_number(sent, SOCKET_ERROR);
    struct sockaddr_in name;
    int length = sizeof(name);
    expect_socket_failed(getsockname(s, (struct sockaddr *)&name, &length), WSAEINVAL);
}
END_TEST
COVERS(fresh_socket_does_not_send, "stream.bind.send_does_not_bind");

START_TEST(fresh_socket_has_nobody_to_send_to)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int sent = send(s, "x", 1, 0);

    record_outcome("send on a fresh stream socket", sent == 1);
    expect_socket_failed(sent, WSAENOTCONN, WSAEINVAL);
}
END_TEST
COVERS(fresh_socket_has_nobody_to_send_to, "stream.send.unbound_einval");

/* ---- WSASocket and a WSAPROTOCOL_INFO ---- */

static WSAPROTOCOL_INFOW info_of(SOCKET s)
{
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);
    require(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size) == 0);
    return info;
}

START_TEST(info_decides_what_is_not_given)
{
    winsock_start();
    WSAPROTOCOL_INFOW info = info_of(socket_open(SOCK_DGRAM));

    SOCKET s = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, 0);

    expect_socket_succeeded(s);
    WSAPROTOCOL_INFOW made = info_of(s);
    expect_number(made.iSocketType, SOCK_DGRAM);
    expect_number(made.iProtocol, IPPROTO_UDP);
}
END_TEST
COVERS(info_decides_what_is_not_given, "stream.wsasocket.protocol_info_provider");

START_TEST(what_is_given_decides)
{
    winsock_start();
    WSAPROTOCOL_INFOW info = info_of(socket_open(SOCK_DGRAM));

    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, &info, 0, 0);

    expect_socket_succeeded(s);
    WSAPROTOCOL_INFOW made = info_of(s);
    expect_number(made.iSocketType, SOCK_STREAM);
    expect_number(made.iProtocol, IPPROTO_TCP);
}
END_TEST
COVERS(what_is_given_decides, "stream.wsasocket.explicit_triple_kept");

/* ---- Inheritance ---- */

static DWORD flags_of(SOCKET s)
{
    DWORD flags = 99;
    require(GetHandleInformation((HANDLE)s, &flags));
    return flags;
}

static const struct {
    struct row row;
    DWORD flags, inherit;
} making[] = {
    {{"by_default", "stream.inherit.socket_default_inheritable"},
     WSA_FLAG_OVERLAPPED,
     HANDLE_FLAG_INHERIT},
    {{"not_with_the_flag", "stream.inherit.no_inherit_flag"},
     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT,
     0},
};

START_TEST(is_inheritable)
{
    winsock_start();

    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, making[_i].flags);

    expect_socket_succeeded(s);
    expect_flags(flags_of(s), making[_i].inherit, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(is_inheritable, making);

START_TEST(socket_function_makes_inheritable_handles)
{
    winsock_start();

    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);

    expect_socket_succeeded(s);
    expect_flags(flags_of(s), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(socket_function_makes_inheritable_handles, "stream.inherit.socket_default_inheritable");

START_TEST(flag_can_be_changed)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    BOOL cleared = SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0);

    expect_succeeded(cleared);
    expect_flags(flags_of(s), 0, HANDLE_FLAG_NAMES);
    expect_succeeded(SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    expect_flags(flags_of(s), HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS(flag_can_be_changed, "stream.inherit.sethandleinformation_on_socket");

PEER(answer_over_the_socket)
{
    winsock_start();
    SOCKET s = (SOCKET)peer_handle(0);
    checkpoint_wait("parent_closed");
    expect_receives(s, "question", 8);
    expect_socket_succeeded(send(s, "answer", 6, 0));
    socket_close(s); /* a process that just ends resets its connections */
}

START_TEST(child_uses_the_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(SetHandleInformation((HANDLE)pair.client, HANDLE_FLAG_INHERIT, 0));
    require(SetHandleInformation((HANDLE)pair.server, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    struct peer *child = peer_prepare(answer_over_the_socket, given_handle(pair.server));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    socket_close(pair.server);
    checkpoint_reach("parent_closed");
    send_all(pair.client, "question", 8);
    expect_receives(pair.client, "answer", 6);
    expect_end_of_stream(pair.client);
    peer_join(child);
}
END_TEST
COVERS(child_uses_the_connection, "stream.inherit.child_gets_handle");

PEER(never_runs)
{
}

START_TEST(connection_lives_on_in_the_child)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD milliseconds = 50;
    char byte;
    require(SetHandleInformation((HANDLE)pair.client, HANDLE_FLAG_INHERIT, 0));
    require(SetHandleInformation((HANDLE)pair.server, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    require(setsockopt(pair.client, SOL_SOCKET, SO_RCVTIMEO, (char *)&milliseconds,
                       sizeof(milliseconds)) == 0);
    struct peer *child = peer_prepare(never_runs, given_handle(pair.server));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    socket_close(pair.server);
    expect_socket_failed(recv(pair.client, &byte, 1, 0), WSAETIMEDOUT);
    peer_kill(child);
}
END_TEST
COVERS(connection_lives_on_in_the_child, "stream.inherit.child_keeps_connection_open");

START_TEST(cleared_socket_is_not_inherited)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(SetHandleInformation((HANDLE)pair.client, HANDLE_FLAG_INHERIT, 0));
    require(SetHandleInformation((HANDLE)pair.server, HANDLE_FLAG_INHERIT, 0));
    struct peer *child = peer_prepare(never_runs);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    socket_close(pair.server);
    expect_end_of_stream(pair.client);
    peer_kill(child);
}
END_TEST
COVERS(cleared_socket_is_not_inherited, "stream.inherit.cleared_not_inherited");

/* As what getaddrinfo tells without hints is passed on. */
START_TEST(type_0)
{
    winsock_start();

    SOCKET s = socket(AF_INET, 0, 0);

    record_outcome("socket of type 0", s != INVALID_SOCKET);
    int type = 0, size = sizeof(type);
    if (s != INVALID_SOCKET && getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0)
        record("its type", "%d", type);
}
END_TEST
COVERS(type_0, "stream.socket.type_0");
