/* How a TransmitFile ends that is still pending: cancelled, with its thread, by the peer; and what
 * is sent behind it. */
#include "transmit.h"

static DWORD begin(void *argument)
{
    struct pending *p = argument;
    BOOL done = transmit_file(p->pair.client)(p->pair.client, p->file, 0, 0, p->operation, NULL, 0);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    return 0;
}

START_TEST(cancelled)
{
    winsock_start();
    struct pending p = pending_connection();
    begin(&p);
    DWORD count;

    BOOL done = CancelIoEx((HANDLE)p.pair.client, p.operation);

    expect_succeeded(done);
    expect_failed(extension_result(p.pair.client, p.operation, &count), WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(cancelled, "stream.transmitfile.cancelled");

START_TEST(thread_ends)
{
    winsock_start();
    struct pending p = pending_connection();
    DWORD count;

    thread_join(thread_start(begin, &p));

    expect_failed(extension_result(p.pair.client, p.operation, &count), WSA_OPERATION_ABORTED);
}
END_TEST
COVERS(thread_ends, "stream.transmitfile.thread_exit_aborts");

START_TEST(socket_is_closed)
{
    winsock_start();
    struct pending p = pending_connection();
    begin(&p);

    int result = closesocket(p.pair.client);

    expect_number(result, 0);
    expect_signaled(p.operation->hEvent);
    expect_true((LONG)p.operation->Internal < 0);
}
END_TEST
COVERS(socket_is_closed, "stream.transmitfile.close_aborts");

START_TEST(peer_closes_hard)
{
    winsock_start();
    struct pending p = pending_connection();
    LINGER hard = {.l_onoff = 1, .l_linger = 0};
    DWORD count;
    begin(&p);
    require(setsockopt(p.pair.server, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0);

    socket_close(p.pair.server);

    expect_failed(extension_result(p.pair.client, p.operation, &count), WSAECONNRESET,
                  WSAECONNABORTED);
}
END_TEST
COVERS(peer_closes_hard, "stream.transmitfile.pending_reset");
