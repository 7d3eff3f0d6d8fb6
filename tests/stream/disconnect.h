/* disconnect.h - what WSASendDisconnect and WSARecvDisconnect have in common: each ends one
 * direction of a connection, at once, and leaves the rest. */
#ifndef DISCONNECT_H
#define DISCONNECT_H

#include "sockets.h"

typedef int(WSAAPI *disconnect_function)(SOCKET, LPWSABUF);

static inline void expect_keeps_its_socket(disconnect_function disconnect)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in own = socket_name(pair.client), server = socket_name(pair.server), name;
    int length = sizeof(name);

    int result = disconnect(pair.client, NULL);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(pair.client, (struct sockaddr *)&name, &length));
    expect_bytes(&name, &server, NAME_SIZE);
    name = socket_name(pair.client);
    expect_bytes(&name, &own, NAME_SIZE);
    expect_number(closesocket(pair.client), 0);
}

static inline void expect_queues_no_packet(disconnect_function disconnect)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 4711, 0);
    require(port != NULL);
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *operation;

    int result = disconnect(pair.client, NULL);

    expect_socket_succeeded(result);
    expect_failed(GetQueuedCompletionStatus(port, &count, &key, &operation, 0), WAIT_TIMEOUT);
    require(PostQueuedCompletionStatus(port, 1, 2, NULL));
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &operation, 0));
    expect_number(key, 2);
}

static inline void expect_does_not_linger(disconnect_function disconnect)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER linger = {.l_onoff = 1, .l_linger = 30};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger)) == 0);
    fill(pair.client);
    ULONGLONG before = GetTickCount64();

    int result = disconnect(pair.client, NULL);

    ULONGLONG took = GetTickCount64() - before;
    linger_no_more(pair.client);
    expect_socket_succeeded(result);
    expect_true(took < step_limit());
}

#endif
