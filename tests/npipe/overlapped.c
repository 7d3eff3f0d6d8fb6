/* Overlapped operations on named pipes: pending, ended, several at once, cancelled. */
#include "npipe.h"

#define LARGE (16 * PIPE_BUFFER)

/* The state of an operation that has just begun: its event is reset, and it has not ended. */
static void expect_pending(BOOL started, HANDLE end, OVERLAPPED *operation)
{
    expect_failed(started, ERROR_IO_PENDING);
    expect_not_signaled(operation->hEvent);
    BOOL ended = GetOverlappedResult(end, operation, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_IO_INCOMPLETE);
}

START_TEST(connect_ends_when_client_comes)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting = overlapped_with_event();
    require(SetEvent(connecting.hEvent));

    BOOL connected = ConnectNamedPipe(server, &connecting);

    expect_pending(connected, server, &connecting);
    HANDLE client = open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);
    expect_true(HasOverlappedIoCompleted(&connecting));
    BOOL ended = GetOverlappedResult(server, &connecting, &(DWORD){0}, FALSE);
    expect_succeeded(ended);
    expect_bytes_flow(client, server);
}
END_TEST
COVERS(connect_ends_when_client_comes, "npipe.connect.async_pending",
       "npipe.connect.async_completes");

START_TEST(read_ends_when_peer_writes)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    require(SetEvent(reading.hEvent));
    char buffer[32];
    DWORD got = 0;

    BOOL read = ReadFile(pipe.server, buffer, sizeof(buffer), NULL, &reading);

    expect_pending(read, pipe.server, &reading);
    put(pipe.client, "at last", 7);
    expect_signaled(reading.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &reading, &got, FALSE);
    expect_succeeded(ended);
    expect_number(got, 7);
    expect_bytes(buffer, "at last", 7);
}
END_TEST
COVERS(read_ends_when_peer_writes, "npipe.read.returns_on_peer_write",
       "npipe.gor.event_reset_at_start", "npipe.gor.nowait_incomplete",
       "npipe.gor.bytes_transferred");

START_TEST(pending_read_gets_part_of_message)
{
    struct connection pipe =
        connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char buffer[4];
    DWORD got = 0;
    BOOL read = ReadFile(pipe.server, buffer, sizeof(buffer), NULL, &reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);
    put(pipe.client, "too long", 8);
    expect_signaled(reading.hEvent);

    BOOL ended = GetOverlappedResult(pipe.server, &reading, &got, FALSE);

    expect_failed(ended, ERROR_MORE_DATA);
    expect_number(got, 4);
    expect_bytes(buffer, "too ", 4);
    expect_read(pipe.server, "long", 4);
}
END_TEST
COVERS(pending_read_gets_part_of_message, "npipe.gor.more_data");

static const struct leaving {
    struct row row;
    bool disconnected;
} leavings[] = {
    {{"peer_closes", "npipe.gor.error_reported"}, false},
    {{"server_disconnects", "npipe.disconnect.aborts_pending_read"}, true},
};

START_TEST(pending_read_fails_when)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    BOOL read = ReadFile(pipe.client, (char[1]){0}, 1, NULL, &reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);
    if (leavings[_i].disconnected)
        require(DisconnectNamedPipe(pipe.server));
    else
        close_handle(&pipe.server);
    expect_signaled(reading.hEvent);

    BOOL ended = GetOverlappedResult(pipe.client, &reading, &(DWORD){0}, FALSE);

    if (leavings[_i].disconnected)
        expect_failed_somehow(ended);
    else
        expect_failed(ended, ERROR_BROKEN_PIPE);
}
END_TEST
COVERS_ROWS(pending_read_fails_when, leavings);

START_TEST(write_ends_when_peer_has_read)
{
    static uint8_t sent[LARGE], received[LARGE];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED writing = overlapped_with_event();
    require(SetEvent(writing.hEvent));
    pattern_fill(sent, LARGE, 0);
    DWORD written = 0;

    BOOL wrote = WriteFile(pipe.server, sent, LARGE, NULL, &writing);

    expect_pending(wrote, pipe.server, &writing);
    for (DWORD got, total = 0; total < LARGE; total += got) {
        OVERLAPPED reading = overlapped_with_event();
        BOOL started = ReadFile(pipe.client, received + total, LARGE - total, NULL, &reading);
        BOOL read = finish(started, pipe.client, &reading, &got);
        expect_succeeded(read);
    }
    expect_pattern(received, LARGE, 0);
    expect_signaled(writing.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &writing, &written, FALSE);
    expect_succeeded(ended);
    expect_number(written, LARGE);
}
END_TEST
COVERS(write_ends_when_peer_has_read, "npipe.write.overlapped_pending",
       "npipe.create.buffers_advisory");

START_TEST(pending_read_does_not_hold_up_write)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char buffer[32];
    DWORD got = 0;
    BOOL read = ReadFile(pipe.client, buffer, sizeof(buffer), NULL, &reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);

    expect_bytes_flow(pipe.client, pipe.server);

    expect_not_signaled(reading.hEvent);
    put(pipe.server, "answer", 6);
    expect_signaled(reading.hEvent);
    BOOL ended = GetOverlappedResult(pipe.client, &reading, &got, FALSE);
    expect_succeeded(ended);
    expect_bytes(buffer, "answer", 6);
}
END_TEST
COVERS(pending_read_does_not_hold_up_write, "npipe.ovl.simultaneous_read_write");

START_TEST(one_read_of_two_is_cancelled)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED first = overlapped_with_event(), second = overlapped_with_event();
    char buffer[32];
    DWORD got = 0;
    BOOL read = ReadFile(pipe.server, (char[1]){0}, 1, NULL, &first);
    require(!read && GetLastError() == ERROR_IO_PENDING);
    read = ReadFile(pipe.server, buffer, sizeof(buffer), NULL, &second);
    require(!read && GetLastError() == ERROR_IO_PENDING);

    BOOL cancelled = CancelIoEx(pipe.server, &first);

    expect_succeeded(cancelled);
    expect_signaled(first.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &first, &got, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
    expect_not_signaled(second.hEvent);
    put(pipe.client, "for the second", 14);
    expect_signaled(second.hEvent);
    ended = GetOverlappedResult(pipe.server, &second, &got, FALSE);
    expect_succeeded(ended);
    expect_number(got, 14);
}
END_TEST
COVERS(one_read_of_two_is_cancelled, "npipe.cancelioex.one");

START_TEST(handle_works_after_cancelling)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    BOOL read = ReadFile(pipe.server, (char[1]){0}, 1, NULL, &reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);

    BOOL cancelled = CancelIoEx(pipe.server, &reading);

    expect_succeeded(cancelled);
    expect_signaled(reading.hEvent);
    expect_bytes_flow(pipe.client, pipe.server);
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS(handle_works_after_cancelling, "npipe.cancelioex.handle_still_usable");

static const struct cancelling {
    struct row row;
    bool of_one;
} cancellings[] = {
    {{"one_operation", NULL}, true},
    {{"all_operations", NULL}, false},
};

START_TEST(nothing_to_cancel)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED ended = overlapped_with_event();
    DWORD got = 0;
    put(pipe.client, "x", 1);
    BOOL started = ReadFile(pipe.server, (char[1]){0}, 1, NULL, &ended);
    require(finish(started, pipe.server, &ended, &got));

    BOOL cancelled = CancelIoEx(pipe.server, cancellings[_i].of_one ? &ended : NULL);

    expect_failed(cancelled, ERROR_NOT_FOUND);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS_ROWS(nothing_to_cancel, cancellings, "npipe.cancelioex.not_found");
