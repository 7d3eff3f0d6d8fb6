/* What GetOverlappedResult and events tell of operations of a named pipe. */
#include "npipe.h"

START_TEST(result_of_a_connect)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);
    open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);
    DWORD undefined = 99;

    BOOL ended = GetOverlappedResult(server, &connecting, &undefined, FALSE);

    expect_succeeded(ended);
    record("byte count of a connect", "%lu", undefined);
}
END_TEST
COVERS(result_of_a_connect, "npipe.gor.connect_count_undefined");

struct waiting {
    HANDLE end;
    OVERLAPPED *operation;
};

static DWORD wait_for_result(void *argument)
{
    const struct waiting *waiting = argument;
    DWORD got = 0;
    expect_succeeded(GetOverlappedResult(waiting->end, waiting->operation, &got, TRUE));
    return got;
}

static const struct eventful {
    struct row row;
    bool event;
} eventfuls[] = {
    {{"with_event", "npipe.gor.wait_blocks"}, true},
    {{"without_event", "npipe.gor.no_event_uses_handle"}, false},
};

START_TEST(result_is_waited_for)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = {.hEvent = NULL};
    char bytes[8];
    if (eventfuls[_i].event)
        reading = overlapped_with_event();
    start_read(pipe.server, bytes, sizeof(bytes), &reading);
    struct waiting waiting = {pipe.server, &reading};

    struct thread *waiter = thread_start(wait_for_result, &waiting);

    expect_stays_unsignaled(waiter->handle);
    put(pipe.client, "late", 4);
    expect_number(thread_join(waiter), 4);
    expect_bytes(bytes, "late", 4);
}
END_TEST
COVERS_ROWS(result_is_waited_for, eventfuls);

START_TEST(read_of_what_is_there)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = overlapped_with_event();
    char bytes[8];
    DWORD got = 0;
    put(pipe.client, "there", 5);

    BOOL started = ReadFile(pipe.server, bytes, sizeof(bytes), NULL, &reading);

    record_result("overlapped ReadFile of what is there", started);
    BOOL read = finish(started, pipe.server, &reading, &got);
    expect_succeeded(read);
    expect_signaled(reading.hEvent);
    expect_number(got, 5);
    expect_bytes(bytes, "there", 5);
}
END_TEST
COVERS(read_of_what_is_there, "npipe.ovl.immediate_success");

START_TEST(each_read_has_its_event)
{
    struct connection pipe =
        connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED first = overlapped_with_event(), second = overlapped_with_event();
    char one[8], two[8];
    start_read(pipe.server, one, sizeof(one), &first);
    start_read(pipe.server, two, sizeof(two), &second);

    put(pipe.client, "one", 3);

    expect_signaled(first.hEvent);
    expect_not_signaled(second.hEvent);
    expect_bytes(one, "one", 3);
    put(pipe.client, "two", 3);
    expect_signaled(second.hEvent);
    expect_bytes(two, "two", 3);
}
END_TEST
COVERS(each_read_has_its_event, "npipe.ovl.separate_events");

/* ---- Polling ---- */

enum operation { READS, WRITES, CONNECTS };

static const struct polled {
    struct row row;
    enum operation operation;
} polleds[] = {
    {{"read", NULL}, READS},
    {{"write", NULL}, WRITES},
    {{"connect", NULL}, CONNECTS},
};

static char much[2 * PIPE_BUFFER];

/* The client: lets the operation of the server end. */
PEER(let_it_end)
{
    HANDLE client = peer_number(0) == CONNECTS ? NULL : open_client(peer_text(0), READ_WRITE, 0);
    DWORD moved = 0;
    checkpoint_reach("there");
    checkpoint_wait("go");
    if (peer_number(0) == CONNECTS)
        open_client(peer_text(0), READ_WRITE, 0);
    else if (peer_number(0) == READS)
        require(WriteFile(client, "four", 4, &moved, NULL));
    for (DWORD all = 0; peer_number(0) == WRITES && all < sizeof(much); all += moved)
        require(ReadFile(client, much, sizeof(much), &moved, NULL));
    checkpoint_wait("seen");
}

/* Looks at the OVERLAPPED and calls nothing that waits. */
static bool is_polled(const OVERLAPPED *operation)
{
    ULONGLONG start = GetTickCount64();
    while (!HasOverlappedIoCompleted(operation))
        if (GetTickCount64() - start > step_limit())
            return false;
    return true;
}

START_TEST(polling_sees_the_end_of)
{
    enum operation what = polleds[_i].operation;
    const WCHAR *name = unique_pipe();
    HANDLE server =
        create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    struct peer *client = peer_start(let_it_end, given_text(name), given_number(what));
    checkpoint_wait("there");
    OVERLAPPED operation = overlapped_with_event();
    char bytes[8];
    DWORD moved = 99;
    BOOL done = what == READS    ? ReadFile(server, bytes, sizeof(bytes), NULL, &operation)
                : what == WRITES ? WriteFile(server, much, sizeof(much), NULL, &operation)
                                 : ConnectNamedPipe(server, &operation);
    require(!done && GetLastError() == ERROR_IO_PENDING);
    checkpoint_reach("go");

    bool seen = is_polled(&operation);

    expect_true(seen);
    expect_succeeded(GetOverlappedResult(server, &operation, &moved, FALSE));
    if (what != CONNECTS)
        expect_number(moved, what == READS ? 4 : sizeof(much));
    checkpoint_reach("seen");
    peer_join(client);
}
END_TEST
COVERS_ROWS(polling_sees_the_end_of, polleds, "npipe.ovl.polled");
