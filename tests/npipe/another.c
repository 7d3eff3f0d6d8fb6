/* What one process cancels of another: two processes with handles to one end of a pipe. */
#include "npipe.h"

PEER(cancel_all)
{
    BOOL cancelled = peer_number(0) ? CancelIoEx(peer_handle(0), NULL) : CancelIo(peer_handle(0));

    record_result(peer_number(0) ? "CancelIoEx" : "CancelIo", cancelled);
}

static const struct canceller {
    struct row row;
    bool ex;
} cancellers[] = {
    {{"cancel_io_ex", "npipe.cancelioex.other_process"}, true},
    {{"cancel_io", "npipe.cancelio.other_process"}, false},
};

START_TEST(read_of_another_process_goes_on)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char bytes[4];
    DWORD got = 0;
    start_read(pipe.server, bytes, 4, &reading);

    peer_join(peer_start(cancel_all, given_handle(pipe.server), given_number(cancellers[_i].ex)));

    expect_not_signaled(reading.hEvent);
    put(pipe.client, "late", 4);
    expect_signaled(reading.hEvent);
    expect_succeeded(GetOverlappedResult(pipe.server, &reading, &got, FALSE));
    expect_number(got, 4);
    expect_bytes(bytes, "late", 4);
}
END_TEST
COVERS_ROWS(read_of_another_process_goes_on, cancellers);

PEER(find_nothing_to_cancel)
{
    BOOL cancelled = CancelIoEx(peer_handle(0), NULL);

    expect_failed(cancelled, ERROR_NOT_FOUND);
}

START_TEST(read_of_another_process_is_not_found)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char bytes[4];
    start_read(pipe.server, bytes, 4, &reading);

    peer_join(peer_start(find_nothing_to_cancel, given_handle(pipe.server)));

    expect_not_signaled(reading.hEvent);
}
END_TEST
COVERS(read_of_another_process_is_not_found, "npipe.cancelioex.other_process_not_found");
