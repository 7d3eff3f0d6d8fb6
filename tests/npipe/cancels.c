/* Which operations CancelIo and CancelIoEx end: all of a handle, of every kind, and of no other. */
#include "npipe.h"

static const struct canceller {
    struct row row;
    bool ex;
} cancellers[] = {
    {{"cancel_io", NULL}, false},
    {{"cancel_io_ex", NULL}, true},
};

static BOOL cancel_all(HANDLE end, bool ex)
{
    return ex ? CancelIoEx(end, NULL) : CancelIo(end);
}

enum kind { NOTHING, READ, WRITE, TRANSACTION };

struct begun {
    OVERLAPPED operation;
    char bytes[3 * PIPE_BUFFER];
};

static void begin(enum kind kind, HANDLE end, struct begun *begun)
{
    DWORD size = sizeof(begun->bytes);
    begun->operation = overlapped_with_event();
    BOOL done = kind == READ ? ReadFile(end, begun->bytes, size, NULL, &begun->operation)
                : kind == WRITE
                    ? WriteFile(end, begun->bytes, size, NULL, &begun->operation)
                    : TransactNamedPipe(end, "ask", 3, begun->bytes, size, NULL, &begun->operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
}

static void expect_aborted(HANDLE end, struct begun *begun)
{
    expect_signaled(begun->operation.hEvent);
    BOOL ended = GetOverlappedResult(end, &begun->operation, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
}

static const struct pending {
    struct row row;
    bool ex;
    enum kind first, second;
} pendings[] = {
    {{"write_by_cancel_io", "npipe.cancelio.kinds"}, false, WRITE, NOTHING},
    {{"transaction_by_cancel_io", "npipe.cancelio.kinds"}, false, TRANSACTION, NOTHING},
    {{"two_reads_by_cancel_io", "npipe.cancelio.several"}, false, READ, READ},
    {{"two_writes_by_cancel_io", "npipe.cancelio.several"}, false, WRITE, WRITE},
    {{"read_and_write_by_cancel_io", "npipe.cancelio.several"}, false, READ, WRITE},
    {{"write_and_read_by_cancel_io", "npipe.cancelio.several"}, false, WRITE, READ},
    {{"write_by_cancel_io_ex", "npipe.cancelioex.kinds"}, true, WRITE, NOTHING},
    {{"transaction_by_cancel_io_ex", "npipe.cancelioex.kinds"}, true, TRANSACTION, NOTHING},
    {{"two_reads_by_cancel_io_ex", "npipe.cancelioex.several"}, true, READ, READ},
    {{"two_writes_by_cancel_io_ex", "npipe.cancelioex.several"}, true, WRITE, WRITE},
    {{"read_and_write_by_cancel_io_ex", "npipe.cancelioex.several"}, true, READ, WRITE},
    {{"write_and_read_by_cancel_io_ex", "npipe.cancelioex.several"}, true, WRITE, READ},
};

START_TEST(pending)
{
    const struct pending *row = &pendings[_i];
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static struct begun first, second;
    begin(row->first, pipe.server, &first);
    if (row->second)
        begin(row->second, pipe.server, &second);

    BOOL cancelled = cancel_all(pipe.server, row->ex);

    expect_succeeded(cancelled);
    expect_aborted(pipe.server, &first);
    if (row->second)
        expect_aborted(pipe.server, &second);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS_ROWS(pending, pendings);

static const struct other {
    struct row row;
    bool ex, same_pipe; /* the other handle: the client's of the same pipe, or of another pipe */
} others[] = {
    {{"another_pipe_at_cancel_io", "npipe.cancelio.other_handle"}, false, false},
    {{"the_other_end_at_cancel_io", "npipe.cancelio.other_handle"}, false, true},
    {{"another_pipe_at_cancel_io_ex", "npipe.cancelioex.other_handle"}, true, false},
    {{"the_other_end_at_cancel_io_ex", "npipe.cancelioex.other_handle"}, true, true},
};

START_TEST(read_stays_of)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    struct connection other = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE reader = others[_i].same_pipe ? pipe.client : other.server;
    HANDLE writer = others[_i].same_pipe ? pipe.server : other.client;
    static struct begun stays, ends;
    DWORD got = 0;
    begin(READ, reader, &stays);
    begin(READ, pipe.server, &ends);

    BOOL cancelled = cancel_all(pipe.server, others[_i].ex);

    expect_succeeded(cancelled);
    expect_aborted(pipe.server, &ends);
    expect_not_signaled(stays.operation.hEvent);
    put(writer, "late", 4);
    expect_signaled(stays.operation.hEvent);
    expect_succeeded(GetOverlappedResult(reader, &stays.operation, &got, FALSE));
    expect_number(got, 4);
    expect_bytes(stays.bytes, "late", 4);
}
END_TEST
COVERS_ROWS(read_stays_of, others);

START_TEST(operation_begun_after_cancelling_goes_on)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct begun cancelled, next;
    DWORD got = 0;
    begin(READ, pipe.server, &cancelled);
    expect_succeeded(cancel_all(pipe.server, cancellers[_i].ex));
    expect_aborted(pipe.server, &cancelled);
    begin(READ, pipe.server, &next);
    expect_not_signaled(next.operation.hEvent);

    put(pipe.client, "next", 4);

    expect_signaled(next.operation.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &next.operation, &got, FALSE);
    expect_succeeded(ended);
    expect_number(got, 4);
    expect_bytes(next.bytes, "next", 4);
}
END_TEST
COVERS_ROWS(operation_begun_after_cancelling_goes_on, cancellers,
            "npipe.cancelioex.outstanding_only");
