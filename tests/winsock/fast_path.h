/* What tests of SIO_LOOPBACK_FAST_PATH share. */
#ifndef WINSOCK_FAST_PATH_H
#define WINSOCK_FAST_PATH_H

#include "winsock.h"

static inline int fast_path(SOCKET s)
{
    int on = 1;
    DWORD size;
    return WSAIoctl(s, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on), NULL, 0, &size, NULL, NULL);
}

static inline void expect_carries_both_ways(SOCKET client, SOCKET accepted)
{
    send_all(client, "there", 5);
    expect_receives(accepted, "there", 5);
    send_all(accepted, "back", 4);
    expect_receives(client, "back", 4);
    socket_close(accepted);
    expect_end_of_stream(client);
}

#endif
