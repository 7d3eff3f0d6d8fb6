/* WSAConnectByNameW: addresses of either family, names that lead nowhere, and the socket after it.
 */
#include "winsock/winsock.h"

#include <mswsock.h>
#include <wchar.h>

static WCHAR local_address[] = L"127.0.0.1";

/* The port of S as text. */
static WCHAR *service_of(unsigned port)
{
    static WCHAR text[8];
    swprintf(text, 8, L"%u", port);
    return text;
}

START_TEST(ipv6)
{
    static WCHAR node[] = L"::1";
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = socket(AF_INET6, SOCK_STREAM, 0), s = socket(AF_INET6, SOCK_STREAM, 0);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT},
                        remote = {0};
    int length = sizeof(name);
    DWORD size = sizeof(remote);
    if (listener == INVALID_SOCKET ||
        bind(listener, (struct sockaddr *)&name, length) == SOCKET_ERROR)
        unsupported("no IPv6 on this machine");
    require(listen(listener, 1) == 0);
    require(getsockname(listener, (struct sockaddr *)&name, &length) == 0);

    BOOL done = WSAConnectByNameW(s, node, service_of(ntohs(name.sin6_port)), NULL, NULL, &size,
                                  (struct sockaddr *)&remote, NULL, NULL);

    expect_succeeded(done);
    expect_number(size, sizeof(remote));
    expect_number(remote.sin6_port, name.sin6_port);
    expect_bytes(&remote.sin6_addr, &name.sin6_addr, sizeof(name.sin6_addr));
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(ipv6, "stream.connectbyname.ipv6");

START_TEST(host_name)
{
    static WCHAR node[] = L"localhost";
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);

    BOOL done = WSAConnectByNameW(s, node, service_of(socket_port(listener)), NULL, NULL, NULL,
                                  NULL, NULL, NULL);

    expect_succeeded(done);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(host_name, "stream.connectbyname.host_name");

START_TEST(length_without_address_is_ignored)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    DWORD local_size = 1, remote_size = 2;

    BOOL done = WSAConnectByNameW(s, local_address, service_of(socket_port(listener)), &local_size,
                                  NULL, &remote_size, NULL, NULL, NULL);

    expect_succeeded(done);
    send_all(s, "there", 5);
    expect_receives(stream_accept(listener), "there", 5);
}
END_TEST
COVERS(length_without_address_is_ignored, "stream.connectbyname.length_alone");

START_TEST(service_that_is_unknown)
{
    static WCHAR service[] = L"no-such-service";
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);

    BOOL done = WSAConnectByNameW(s, local_address, service, NULL, NULL, NULL, NULL, NULL, NULL);

    expect_failed_somehow(done);
    expect_succeeded(WSAConnectByNameW(s, local_address, service_of(socket_port(listener)), NULL,
                                       NULL, NULL, NULL, NULL, NULL));
}
END_TEST
COVERS(service_that_is_unknown, "stream.connectbyname.unknown_service");

START_TEST(socket_that_is_connected)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET listener = stream_listen();

    BOOL done = WSAConnectByNameW(pair.client, local_address, service_of(socket_port(listener)),
                                  NULL, NULL, NULL, NULL, NULL, NULL);

    expect_failed_somehow(done);
    send_all(pair.client, "still", 5);
    expect_receives(pair.server, "still", 5);
}
END_TEST
COVERS(socket_that_is_connected, "stream.connectbyname.connected_socket");

START_TEST(context_is_updated)
{
    optional_api(WSAConnectByNameW);
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    require(WSAConnectByNameW(s, local_address, service_of(socket_port(listener)), NULL, NULL, NULL,
                              NULL, NULL, NULL));

    int result = setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0);

    expect_socket_succeeded(result);
    SOCKET accepted = stream_accept(listener);
    expect_number(socket_port(accepted), socket_port(listener));
    expect_number(shutdown(s, SD_SEND), 0);
    expect_end_of_stream(accepted);
}
END_TEST
COVERS(context_is_updated, "stream.connectbyname.update_context");
