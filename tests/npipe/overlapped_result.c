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
