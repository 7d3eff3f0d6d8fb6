/* An empty message that comes while a read of a message-type pipe is waiting for one. */
#include "npipe.h"

enum way { BY_EVENT, BY_PORT, BY_ROUTINE, BY_RETURN };

static const struct ending {
    struct row row;
    enum way way;
    bool at_client;
} endings[] = {
    {{"server_by_event", "npipe.read.empty_ends_pending"}, BY_EVENT, false},
    {{"client_by_event", "npipe.read.empty_ends_pending"}, BY_EVENT, true},
    {{"server_by_port", "npipe.port.empty_message"}, BY_PORT, false},
    {{"client_by_port", "npipe.port.empty_message"}, BY_PORT, true},
    {{"server_by_routine", "npipe.readex.empty_message"}, BY_ROUTINE, false},
    {{"client_by_routine", "npipe.readex.empty_message"}, BY_ROUTINE, true},
};

static struct told {
    OVERLAPPED *operation;
    DWORD error, count;
} told;

static void CALLBACK note_end(DWORD error, DWORD count, LPOVERLAPPED operation)
{
    told = (struct told){operation, error, count};
}

static void expect_no_bytes(enum way way, HANDLE reader, HANDLE port, OVERLAPPED *reading)
{
    DWORD got = 99;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    if (way == BY_EVENT) {
        expect_signaled(reading->hEvent);
        BOOL ended = GetOverlappedResult(reader, reading, &got, FALSE);
        expect_succeeded(ended);
    } else if (way == BY_PORT) {
        BOOL ended = GetQueuedCompletionStatus(port, &got, &key, &which, step_limit());
        expect_succeeded(ended);
        expect_pointer(which, reading);
        expect_number(key, 77);
    } else {
        expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
        expect_pointer(told.operation, reading);
        expect_error(told.error, ERROR_SUCCESS);
        got = told.count;
    }
    expect_number(got, 0);
}

START_TEST(pending_read_of)
{
    const struct ending *row = &endings[_i];
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    HANDLE reader = row->at_client ? pipe.client : pipe.server;
    HANDLE writer = row->at_client ? pipe.server : pipe.client;
    HANDLE port = NULL;
    static char bytes[8];
    static OVERLAPPED reading;
    if (row->way == BY_EVENT)
        reading = overlapped_with_event();
    if (row->way == BY_PORT)
        require((port = CreateIoCompletionPort(reader, NULL, 77, 0)) != NULL);
    if (row->way == BY_ROUTINE)
        require(ReadFileEx(reader, bytes, sizeof(bytes), &reading, note_end));
    else
        start_read(reader, bytes, sizeof(bytes), &reading);
    OVERLAPPED writing = overlapped_with_event();
    DWORD written = 99;

    BOOL started = WriteFile(writer, "", 0, NULL, &writing);

    BOOL wrote = finish(started, writer, &writing, &written);
    expect_succeeded(wrote);
    expect_number(written, 0);
    expect_no_bytes(row->way, reader, port, &reading);
    put(writer, "next", 4);
    expect_read(reader, "next", 4);
}
END_TEST
COVERS_ROWS(pending_read_of, endings);

/* ---- A read that does not return before it has a message ---- */

static DWORD read_a_message(void *end)
{
    char bytes[8];
    DWORD got = 99;
    BOOL read = ReadFile(end, bytes, sizeof(bytes), &got, NULL);
    expect_succeeded(read);
    return got;
}

START_TEST(blocked_read)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    struct thread *reader = thread_start(read_a_message, pipe.server);
    expect_stays_unsignaled(reader->handle);
    DWORD written = 99;

    BOOL wrote = WriteFile(pipe.client, "", 0, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, 0);
    expect_number(thread_join(reader), 0);
    put(pipe.client, "next", 4);
    expect_read(pipe.server, "next", 4);
}
END_TEST
COVERS(blocked_read, "npipe.read.empty_ends_blocked");
