/* WSAConnectByName: resolving and connecting in one call. */
#include "winsock/winsock.h"

#include <mswsock.h>
#include <wchar.h>

static WCHAR node[] = L"127.0.0.1";

/* The port of a new listener as text. */
static WCHAR *service(void)
{
    static WCHAR text[8];
    swprintf(text, 8, L"%u", socket_port(stream_listen()));
    return text;
}

/* Until this is asked for, a socket that was connected by name does not know its own names. */
static void update_context(SOCKET s)
{
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
}

START_TEST(connects)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in remote = {0}, peer = {0};
    DWORD size = sizeof(remote);
    int peer_size = sizeof(peer);

    BOOL done = WSAConnectByNameW(s, node, service(), NULL, NULL, &size, (struct sockaddr *)&remote,
                                  NULL, NULL);

    expect_succeeded(done);
    update_context(s);
    expect_socket_succeeded(getpeername(s, (struct sockaddr *)&peer, &peer_size));
    expect_number(size, sizeof(remote));
    expect_bytes(&remote, &peer, NAME_SIZE);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS(connects, "stream.connectbyname.success_addresses");

START_TEST(tells_its_own_address)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in local = {0}, own;
    DWORD size = sizeof(local);

    BOOL done = WSAConnectByNameW(s, node, service(), &size, (struct sockaddr *)&local, NULL, NULL,
                                  NULL, NULL);

    expect_succeeded(done);
    update_context(s);
    own = socket_name(s);
    expect_number(size, sizeof(local));
    expect_number(local.sin_family, own.sin_family);
    expect_number(local.sin_addr.s_addr, own.sin_addr.s_addr);
    record("own port told by WSAConnectByName", "%s",
           local.sin_port == 0              ? "0"
           : local.sin_port == own.sin_port ? "that of getsockname"
                                            : "another one");
    expect_true(local.sin_port == 0 || local.sin_port == own.sin_port);
}
END_TEST
COVERS(tells_its_own_address, "stream.connectbyname.local_address",
       "stream.connectbyname.local_port");

START_TEST(connects_nonblocking)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    set_nonblocking(s, true);

    BOOL done = WSAConnectByNameW(s, node, service(), NULL, NULL, NULL, NULL, NULL, NULL);

    expect_succeeded(done);
    expect_number(send(s, "x", 1, 0), 1);
    char byte;
    limit_receives(s, 100);
    bool waited = recv(s, &byte, 1, 0) == SOCKET_ERROR && GetLastError() == WSAETIMEDOUT;
    record("mode afterwards", waited ? "blocking" : "nonblocking");
}
END_TEST
COVERS(connects_nonblocking, "stream.connectbyname.blocks_on_nonblocking");

START_TEST(before_its_context_is_updated)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    struct sockaddr_in peer;
    int size = sizeof(peer);

    BOOL done = WSAConnectByNameW(s, node, service(), NULL, NULL, NULL, NULL, NULL, NULL);

    require(done);
    record_outcome("getpeername", getpeername(s, (struct sockaddr *)&peer, &size) == 0);
    record_outcome("shutdown", shutdown(s, SD_SEND) == 0);
}
END_TEST
COVERS(before_its_context_is_updated, "stream.connectbyname.before_update_context");

static const struct {
    struct row row;
    bool node, service, reserved;
} refusals[] = {
    {{"no_node", "stream.connectbyname.null_names_einval"}, false, true, false},
    {{"no_service", "stream.connectbyname.null_names_einval"}, true, false, false},
    {{"reserved_argument", "stream.connectbyname.reserved_einval"}, true, true, true},
};

START_TEST(fails_for)
{
    static WSAOVERLAPPED operation;
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WCHAR *port = service();

    BOOL done =
        WSAConnectByNameW(s, refusals[_i].node ? node : NULL, refusals[_i].service ? port : NULL,
                          NULL, NULL, NULL, NULL, NULL, refusals[_i].reserved ? &operation : NULL);

    expect_failed(done, WSAEINVAL);
    expect_succeeded(WSAConnectByNameW(s, node, port, NULL, NULL, NULL, NULL, NULL, NULL));
}
END_TEST
COVERS_ROWS(fails_for, refusals);
