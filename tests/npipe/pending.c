/* Operations that are pending when the other end goes: each operation, each way to go, and each way
 * to learn of it. */
#include "npipe.h"

#define BROKEN ERROR_BROKEN_PIPE
#define CUT_OFF ERROR_PIPE_NOT_CONNECTED

static const struct pending {
    struct row row;
    enum { READS, WRITES, TRANSACTS } operation;
    bool at_server; /* the operation's end */
    enum { CLOSES, CLOSES_DUPLICATE, IS_KILLED, DISCONNECTS } going;
    DWORD error;
} pendings[] = {
    {{"read_client_closes", "npipe.pending.read_closed"}, READS, true, CLOSES, BROKEN},
    {{"write_client_closes", "npipe.pending.write_closed"}, WRITES, true, CLOSES, BROKEN},
    {{"transaction_client_closes", "npipe.pending.transaction_closed"},
     TRANSACTS,
     true,
     CLOSES,
     BROKEN},
    {{"read_server_closes", "npipe.pending.read_closed"}, READS, false, CLOSES, BROKEN},
    {{"write_server_closes", "npipe.pending.write_closed"}, WRITES, false, CLOSES, BROKEN},
    {{"transaction_server_closes", "npipe.pending.transaction_closed"},
     TRANSACTS,
     false,
     CLOSES,
     BROKEN},
    {{"read_last_duplicate", "npipe.pending.read_last_duplicate"},
     READS,
     true,
     CLOSES_DUPLICATE,
     BROKEN},
    {{"write_last_duplicate", "npipe.pending.write_last_duplicate"},
     WRITES,
     true,
     CLOSES_DUPLICATE,
     BROKEN},
    {{"transaction_last_duplicate", "npipe.pending.transaction_last_duplicate"},
     TRANSACTS,
     true,
     CLOSES_DUPLICATE,
     BROKEN},
    {{"read_client_killed", "npipe.pending.read_killed"}, READS, true, IS_KILLED, BROKEN},
    {{"write_client_killed", "npipe.pending.write_killed"}, WRITES, true, IS_KILLED, BROKEN},
    {{"transaction_client_killed", "npipe.pending.transaction_killed"},
     TRANSACTS,
     true,
     IS_KILLED,
     BROKEN},
    {{"read_server_killed", "npipe.pending.read_killed"}, READS, false, IS_KILLED, BROKEN},
    {{"write_server_killed", "npipe.pending.write_killed"}, WRITES, false, IS_KILLED, BROKEN},
    {{"transaction_server_killed", "npipe.pending.transaction_killed"},
     TRANSACTS,
     false,
     IS_KILLED,
     BROKEN},
    {{"read_disconnected", "npipe.pending.read_disconnected"}, READS, false, DISCONNECTS, CUT_OFF},
    {{"write_disconnected", "npipe.pending.write_disconnected"},
     WRITES,
     false,
     DISCONNECTS,
     CUT_OFF},
    {{"transaction_disconnected", "npipe.pending.transaction_disconnected"},
     TRANSACTS,
     false,
     DISCONNECTS,
     CUT_OFF},
    {{"read_own_disconnect", "npipe.pending.read_own_disconnect"},
     READS,
     true,
     DISCONNECTS,
     CUT_OFF},
    {{"write_own_disconnect", "npipe.pending.write_own_disconnect"},
     WRITES,
     true,
     DISCONNECTS,
     CUT_OFF},
    {{"transaction_own_disconnect", "npipe.pending.transaction_own_disconnect"},
     TRANSACTS,
     true,
     DISCONNECTS,
     CUT_OFF},
};

/* What the ways to learn of an end are tried on that need not be tried on all. */
static const struct pending some[] = {
    {{"read_client_closes", NULL}, READS, true, CLOSES, BROKEN},
    {{"write_server_closes", NULL}, WRITES, false, CLOSES, BROKEN},
    {{"transaction_server_closes", NULL}, TRANSACTS, false, CLOSES, BROKEN},
    {{"transaction_disconnected", NULL}, TRANSACTS, false, DISCONNECTS, CUT_OFF},
    {{"write_own_disconnect", NULL}, WRITES, true, DISCONNECTS, CUT_OFF},
};

static struct connection message_pipe(void)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

static HANDLE end_of(const struct connection *pipe, const struct pending *row)
{
    return row->at_server ? pipe->server : pipe->client;
}

/* Begins what only the other end can bring to its end. */
static void begin(HANDLE end, const struct pending *row, OVERLAPPED *operation)
{
    static char request[4 * PIPE_BUFFER], reply[8];
    BOOL done = row->operation == READS ? ReadFile(end, reply, sizeof(reply), NULL, operation)
                : row->operation == WRITES
                    ? WriteFile(end, request, sizeof(request), NULL, operation)
                    : TransactNamedPipe(end, request, 8, reply, sizeof(reply), NULL, operation);
    expect_failed(done, ERROR_IO_PENDING);
}

PEER(holds_an_end)
{
    checkpoint_wait("never");
}

/* The other end goes. What has several handles goes with the last of them and not before. */
static void go(struct connection *pipe, const struct pending *row, const OVERLAPPED *operation)
{
    HANDLE *other = row->at_server ? &pipe->client : &pipe->server, second = NULL;
    struct peer *peer = NULL;
    if (row->going == DISCONNECTS) {
        expect_succeeded(DisconnectNamedPipe(pipe->server));
        return;
    }
    if (row->going == CLOSES_DUPLICATE)
        second = duplicate_of(*other);
    if (row->going == IS_KILLED)
        peer = peer_start(holds_an_end, given_handle(*other));
    expect_succeeded(CloseHandle(*other));
    if (operation->hEvent && (second || peer))
        expect_not_signaled(operation->hEvent);
    if (second)
        expect_succeeded(CloseHandle(second));
    if (peer)
        peer_kill(peer);
}

START_TEST(told_by_event)
{
    const struct pending *row = &pendings[_i];
    struct connection pipe = message_pipe();
    OVERLAPPED operation = overlapped_with_event();
    HANDLE end = end_of(&pipe, row);
    DWORD moved = 99;
    begin(end, row, &operation);

    go(&pipe, row, &operation);

    expect_signaled(operation.hEvent);
    expect_failed(GetOverlappedResult(end, &operation, &moved, FALSE), row->error);
    expect_number(moved, 0);
}
END_TEST
COVERS_ROWS(told_by_event, pendings, "npipe.pending.count");

START_TEST(told_by_macro)
{
    const struct pending *row = &some[_i];
    struct connection pipe = message_pipe();
    OVERLAPPED operation = overlapped_with_event();
    begin(end_of(&pipe, row), row, &operation);
    bool completed = HasOverlappedIoCompleted(&operation);

    go(&pipe, row, &operation);

    expect_true(!completed);
    expect_signaled(operation.hEvent);
    expect_true(HasOverlappedIoCompleted(&operation));
}
END_TEST
COVERS_ROWS(told_by_macro, some, "npipe.pending.has_completed");

START_TEST(told_by_handle)
{
    const struct pending *row = &some[_i];
    struct connection pipe = message_pipe();
    OVERLAPPED operation = {.hEvent = NULL};
    HANDLE end = end_of(&pipe, row);
    DWORD moved = 99;
    begin(end, row, &operation);
    expect_not_signaled(end);

    go(&pipe, row, &operation);

    expect_signaled(end);
    expect_failed(GetOverlappedResult(end, &operation, &moved, FALSE), row->error);
    expect_number(moved, 0);
}
END_TEST
COVERS_ROWS(told_by_handle, some, "npipe.pending.handle");

START_TEST(told_by_port)
{
    const struct pending *row = &pendings[_i];
    struct connection pipe = message_pipe();
    OVERLAPPED operation = {.hEvent = NULL}, *ended = NULL;
    HANDLE end = end_of(&pipe, row), port = CreateIoCompletionPort(end, NULL, 77, 0);
    DWORD moved = 99;
    ULONG_PTR key = 0;
    begin(end, row, &operation);
    go(&pipe, row, &operation);
    SetLastError(LAST_ERROR_UNSET);

    BOOL success = GetQueuedCompletionStatus(port, &moved, &key, &ended, step_limit());

    expect_failed(success, row->error);
    expect_pointer(ended, &operation);
    expect_number(key, 77);
    expect_number(moved, 0);
}
END_TEST
COVERS_ROWS(told_by_port, pendings, "npipe.pending.port");

START_TEST(told_by_result_ex)
{
    optional_api(GetOverlappedResultEx);
    const struct pending *row = &some[_i];
    struct connection pipe = message_pipe();
    OVERLAPPED operation = overlapped_with_event();
    HANDLE end = end_of(&pipe, row);
    DWORD moved = 99;
    begin(end, row, &operation);
    go(&pipe, row, &operation);

    BOOL ended = GetOverlappedResultEx(end, &operation, &moved, step_limit(), FALSE);

    expect_failed(ended, row->error);
    expect_number(moved, 0);
}
END_TEST
COVERS_ROWS(told_by_result_ex, some, "npipe.pending.result_ex");

/* ---- Completion routines */

static struct {
    DWORD calls, error, count;
    OVERLAPPED *operation;
} routine;

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    routine.calls++;
    routine.error = error;
    routine.count = count;
    routine.operation = operation;
}

START_TEST(told_by_routine)
{
    static char request[4 * PIPE_BUFFER], reply[8];
    static OVERLAPPED operation;
    const struct pending *row = &pendings[_i];
    struct connection pipe = message_pipe();
    HANDLE end = end_of(&pipe, row);
    if (row->operation == TRANSACTS)
        return; /* takes no routine */
    require(row->operation == READS ? ReadFileEx(end, reply, sizeof(reply), &operation, note)
                                    : WriteFileEx(end, request, sizeof(request), &operation, note));

    go(&pipe, row, &operation);

    expect_number(routine.calls, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(routine.calls, 1);
    expect_error(routine.error, row->error);
    expect_number(routine.count, 0);
    expect_pointer(routine.operation, &operation);
}
END_TEST
COVERS_ROWS(told_by_routine, pendings, "npipe.pending.routine");

/* ---- FlushFileBuffers, which waits in a thread */

static DWORD flush(void *end)
{
    return FlushFileBuffers(end) ? ERROR_SUCCESS : GetLastError();
}

static const struct flush {
    struct row row;
    struct pending how;
} flushes[] = {
    {{"client_closes", "npipe.pending.flush_client_closes"},
     {.at_server = true, .going = CLOSES, .error = ERROR_BROKEN_PIPE}},
    {{"client_killed", "npipe.pending.flush_client_closes"},
     {.at_server = true, .going = IS_KILLED, .error = ERROR_BROKEN_PIPE}},
    {{"own_disconnect", "npipe.pending.flush_own_disconnect"},
     {.at_server = true, .going = DISCONNECTS, .error = ERROR_PIPE_NOT_CONNECTED}},
};

START_TEST(flush_ends_when)
{
    const struct flush *row = &flushes[_i];
    struct connection pipe = message_pipe();
    static const OVERLAPPED waiting = {.Internal = STATUS_PENDING};
    put(pipe.server, "unread", 6);
    struct thread *flusher = thread_start(flush, pipe.server);
    expect_stays_unsignaled(flusher->handle);

    go(&pipe, &row->how, &waiting);

    /* A flush that begins only now has nothing to wait for. */
    DWORD error = thread_join(flusher);
    expect_true(error == row->how.error || error == ERROR_SUCCESS);
}
END_TEST
COVERS_ROWS(flush_ends_when, flushes);

/* ---- ConnectNamedPipe, which ends well whatever the client does next */

static const struct connect {
    struct row row;
    bool client_leaves, event;
} connects[] = {
    {{"client_stays_event", "npipe.pending.connect_event"}, false, true},
    {{"client_stays_handle", "npipe.pending.connect_handle"}, false, false},
    {{"client_leaves_event", "npipe.pending.connect_client_leaves"}, true, true},
    {{"client_leaves_handle", "npipe.pending.connect_client_leaves"}, true, false},
};

START_TEST(connect_ends_when)
{
    const struct connect *row = &connects[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting = {.hEvent = NULL};
    DWORD undefined = 0;
    if (row->event)
        connecting = overlapped_with_event();
    expect_failed(ConnectNamedPipe(server, &connecting), ERROR_IO_PENDING);
    expect_true(!HasOverlappedIoCompleted(&connecting));
    expect_not_signaled(row->event ? connecting.hEvent : server);

    HANDLE client = open_client(name, READ_WRITE, 0);
    if (row->client_leaves)
        close_handle(&client);

    expect_signaled(row->event ? connecting.hEvent : server);
    expect_succeeded(GetOverlappedResult(server, &connecting, &undefined, FALSE));
    expect_true(HasOverlappedIoCompleted(&connecting));
}
END_TEST
COVERS_ROWS(connect_ends_when, connects);
