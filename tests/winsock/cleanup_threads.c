/* WSAStartup and the last WSACleanup are for all threads. */
#include "winsock.h"

static DWORD starts(void *unused)
{
    (void)unused;
    winsock_start();
    return 0;
}

START_TEST(startup_by_another_thread)
{
    thread_join(thread_start(starts, NULL));

    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    expect_socket_succeeded(s);
}
END_TEST
COVERS(startup_by_another_thread, "stream.startup.for_all_threads");

static DWORD cleans_up(void *unused)
{
    (void)unused;
    require(WSACleanup() == 0);
    return 0;
}

START_TEST(cleanup_by_another_thread)
{
    winsock_start();
    require(socket_open(SOCK_DGRAM) != INVALID_SOCKET);
    thread_join(thread_start(cleans_up, NULL));

    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    expect_socket_failed(s, WSANOTINITIALISED);
}
END_TEST
COVERS(cleanup_by_another_thread, "stream.cleanup.for_all_threads");
