/* Overlapped transactions: who tells of a reply longer than the buffer, and their event. */
#include "npipe.h"

enum teller { WAITING, EVENT, RESULT_EX, PORT };

static const struct told {
    struct row row;
    enum teller by;
    bool server; /* begins the transaction */
} tolds[] = {
    {{"by_a_result_waited_for", "npipe.transact.part_result"}, WAITING, false},
    {{"by_a_result_waited_for_by_the_server", "npipe.transact.part_result"}, WAITING, true},
    {{"by_a_result", "npipe.transact.part_result"}, EVENT, false},
    {{"by_result_ex", "npipe.transact.part_result_ex"}, RESULT_EX, false},
    {{"by_a_port", "npipe.transact.part_port"}, PORT, false},
    {{"by_a_port_to_the_server", "npipe.transact.part_port"}, PORT, true},
};

static BOOL ended(const struct told *row, HANDLE end, HANDLE port, OVERLAPPED *operation,
                  DWORD *got)
{
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    if (row->by == RESULT_EX) {
        optional_api(GetOverlappedResultEx);
        return GetOverlappedResultEx(end, operation, got, step_limit(), FALSE);
    }
    return row->by == PORT ? GetQueuedCompletionStatus(port, got, &key, &which, step_limit())
                           : GetOverlappedResult(end, operation, got, row->by == WAITING);
}

START_TEST(part_of_a_reply_is_told)
{
    const struct told *row = &tolds[_i];
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE end = row->server ? pipe.server : pipe.client;
    HANDLE other = row->server ? pipe.client : pipe.server;
    HANDLE port = row->by == PORT ? CreateIoCompletionPort(end, NULL, 77, 0) : NULL;
    OVERLAPPED operation = overlapped_with_event();
    char reply[8] = {0};
    DWORD got = 99;
    BOOL done = TransactNamedPipe(end, "ask", 3, reply, 4, NULL, &operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    expect_read(other, "ask", 3);
    put(other, "answer", 6);
    expect_signaled(operation.hEvent);

    BOOL succeeded = ended(row, end, port, &operation, &got);

    expect_failed(succeeded, ERROR_MORE_DATA);
    expect_number(got, 4);
    expect_bytes(reply, "answ\0", 5);
    expect_read(end, "er", 2);
}
END_TEST
COVERS_ROWS(part_of_a_reply_is_told, tolds);

START_TEST(event_that_is_set_is_reset)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    OVERLAPPED operation = overlapped_with_event();
    char reply[8];
    DWORD got = 99;
    require(SetEvent(operation.hEvent));

    BOOL done = TransactNamedPipe(pipe.server, "ask", 3, reply, 8, NULL, &operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation.hEvent);
    put(pipe.client, "answer", 6);
    expect_signaled(operation.hEvent);
    expect_succeeded(GetOverlappedResult(pipe.server, &operation, &got, FALSE));
    expect_number(got, 6);
}
END_TEST
COVERS(event_that_is_set_is_reset, "npipe.transact.event_reset");
