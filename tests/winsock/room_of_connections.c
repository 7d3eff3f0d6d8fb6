/* That WSAEventSelect records room to send of connections, however they were made. */
#include "events.h"
#include "stream/extension.h"

#include <mswsock.h>
#include <wchar.h>

static SOCKET by_name(void)
{
    optional_api(WSAConnectByNameW);
    SOCKET s = socket_open(SOCK_STREAM);
    WCHAR node[] = L"127.0.0.1", service[8];
    swprintf(service, 8, L"%u", socket_port(stream_listen()));
    require(WSAConnectByNameW(s, node, service, NULL, NULL, NULL, NULL, NULL, NULL));
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    return s;
}

static SOCKET by_list(void)
{
    optional_api(WSAConnectByList);
    SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
    DWORD off = 0;
    if (s == INVALID_SOCKET)
        unsupported("no IPv6 on this machine");
    require(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off)) == 0);
    struct sockaddr_in6 name = {.sin6_family = AF_INET6,
                                .sin6_port = htons((u_short)socket_port(stream_listen()))};
    memcpy(&name.sin6_addr, &(BYTE[16]){[10] = 255, [11] = 255, [12] = 127, [15] = 1}, 16);
    SOCKET_ADDRESS_LIST list = {.iAddressCount = 1, .Address = {{(LPSOCKADDR)&name, sizeof(name)}}};
    require(WSAConnectByList(s, &list, NULL, NULL, NULL, NULL, NULL, NULL));
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) == 0);
    return s;
}

static SOCKET by_accept_ex(void)
{
    static char names[2 * (sizeof(struct sockaddr_in) + 16)];
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX function = accept_ex(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    stream_connect(socket_port(listener));
    wait_readable(listener);
    BOOL done =
        function(listener, s, names, 0, sizeof(names) / 2, sizeof(names) / 2, &count, operation);
    require(done || GetLastError() == ERROR_IO_PENDING);
    require(extension_result(listener, operation, &count));
    require(setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener,
                       sizeof(listener)) == 0);
    return s;
}

static const struct {
    struct row row;
    SOCKET (*make)(void);
} connections[] = {
    {{"connect_by_name", "winsock.event_select.room_after_connect_by_name"}, by_name},
    {{"connect_by_list", "winsock.event_select.room_after_connect_by_list"}, by_list},
    {{"accept_ex", "winsock.event_select.room_after_accept_ex"}, by_accept_ex},
};

START_TEST(room_after)
{
    winsock_start();
    SOCKET s = connections[_i].make();
    HANDLE event = event_create();

    int result = WSAEventSelect(s, event, FD_WRITE);

    expect_number(result, 0);
    expect_signaled(event);
    expect_number(recorded(s), FD_WRITE);
    expect_number(send(s, "x", 1, 0), 1);
}
END_TEST
COVERS_ROWS(room_after, connections);
