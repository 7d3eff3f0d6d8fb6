/* Instances of pipes of one direction: connecting, disconnecting and connecting again. */
#include "npipe.h"

static const struct direction {
    struct row row;
    DWORD mode, access;
} connects[] = {
    {{"inbound", "npipe.connect.inbound"}, PIPE_ACCESS_INBOUND, GENERIC_WRITE},
    {{"outbound", "npipe.connect.outbound"}, PIPE_ACCESS_OUTBOUND, GENERIC_READ},
};

static const struct direction disconnects[] = {
    {{"inbound", "npipe.disconnect.inbound"}, PIPE_ACCESS_INBOUND, GENERIC_WRITE},
    {{"outbound", "npipe.disconnect.outbound"}, PIPE_ACCESS_OUTBOUND, GENERIC_READ},
};

static void expect_flow(const struct direction *row, HANDLE server, HANDLE client)
{
    if (row->mode == PIPE_ACCESS_INBOUND)
        expect_bytes_flow(client, server);
    else
        expect_bytes_flow(server, client);
}

START_TEST(client_is_waited_for)
{
    const struct direction *row = &connects[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, row->mode | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    OVERLAPPED connecting = overlapped_with_event();

    BOOL connected = ConnectNamedPipe(server, &connecting);

    expect_failed(connected, ERROR_IO_PENDING);
    expect_not_signaled(connecting.hEvent);
    HANDLE client = open_client(name, row->access, 0);
    expect_signaled(connecting.hEvent);
    expect_succeeded(GetOverlappedResult(server, &connecting, &(DWORD){0}, FALSE));
    expect_flow(row, server, client);
}
END_TEST
COVERS_ROWS(client_is_waited_for, connects);

START_TEST(client_is_cut_off)
{
    const struct direction *row = &disconnects[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, row->mode | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    HANDLE first = open_client(name, row->access, 0);
    expect_flow(row, server, first);
    char byte = 'x';
    DWORD count = 99;

    BOOL disconnected = DisconnectNamedPipe(server);

    expect_succeeded(disconnected);
    BOOL moved = row->access == GENERIC_WRITE ? WriteFile(first, &byte, 1, &count, NULL)
                                              : ReadFile(first, &byte, 1, &count, NULL);
    expect_failed(moved, ERROR_PIPE_NOT_CONNECTED);
    OVERLAPPED connecting;
    offer(server, &connecting);
    HANDLE next = open_client(name, row->access, 0);
    expect_signaled(connecting.hEvent);
    expect_flow(row, server, next);
}
END_TEST
COVERS_ROWS(client_is_cut_off, disconnects);
