/* Completion routines of named pipes: each wait that they run in, the access that they need. */
#include "npipe.h"

static DWORD calls, count_told;
static HANDLE event_told;

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)error;
    calls++;
    count_told = count;
    event_told = operation->hEvent;
}

static HANDLE never[2]; /* events that nobody sets */

static DWORD wait_for_one(DWORD time_out, BOOL alertable)
{
    return WaitForSingleObjectEx(never[0], time_out, alertable);
}

static DWORD wait_for_two(DWORD time_out, BOOL alertable)
{
    return WaitForMultipleObjectsEx(2, never, FALSE, time_out, alertable);
}

static DWORD wait_for_both(DWORD time_out, BOOL alertable)
{
    return WaitForMultipleObjectsEx(2, never, TRUE, time_out, alertable);
}

static DWORD signal_and_wait(DWORD time_out, BOOL alertable)
{
    HANDLE other = CreateEventW(NULL, TRUE, FALSE, NULL);
    return SignalObjectAndWait(other, never[0], time_out, alertable);
}

static DWORD wait_for_messages(DWORD time_out, BOOL alertable)
{
    optional_api(MsgWaitForMultipleObjectsEx);
    return MsgWaitForMultipleObjectsEx(1, never, time_out, 0, alertable ? MWMO_ALERTABLE : 0);
}

static const struct wait {
    struct row row;
    DWORD (*wait)(DWORD time_out, BOOL alertable);
    bool write, alertable;
} waits[] = {
    {{"single_with_a_read", "npipe.readex.wait_single"}, wait_for_one, false, true},
    {{"single_with_a_write", "npipe.readex.wait_single"}, wait_for_one, true, true},
    {{"single_that_is_plain_with_a_read", "npipe.readex.wait_single"}, wait_for_one, false, false},
    {{"single_that_is_plain_with_a_write", "npipe.readex.wait_single"}, wait_for_one, true, false},
    {{"any_with_a_read", "npipe.readex.wait_multiple"}, wait_for_two, false, true},
    {{"any_with_a_write", "npipe.readex.wait_multiple"}, wait_for_two, true, true},
    {{"any_that_is_plain", "npipe.readex.wait_multiple"}, wait_for_two, false, false},
    {{"all_with_a_read", "npipe.readex.wait_multiple"}, wait_for_both, false, true},
    {{"all_that_is_plain", "npipe.readex.wait_multiple"}, wait_for_both, true, false},
    {{"signal_with_a_read", "npipe.writeex.signal_and_wait"}, signal_and_wait, false, true},
    {{"signal_with_a_write", "npipe.writeex.signal_and_wait"}, signal_and_wait, true, true},
    {{"signal_that_is_plain_with_a_read", "npipe.writeex.signal_and_wait"},
     signal_and_wait,
     false,
     false},
    {{"signal_that_is_plain_with_a_write", "npipe.writeex.signal_and_wait"},
     signal_and_wait,
     true,
     false},
    {{"messages_with_a_read", "npipe.readex.wait_messages"}, wait_for_messages, false, true},
    {{"messages_with_a_write", "npipe.writeex.wait_messages"}, wait_for_messages, true, true},
    {{"messages_that_are_plain_with_a_read", "npipe.readex.wait_messages"},
     wait_for_messages,
     false,
     false},
    {{"messages_that_are_plain_with_a_write", "npipe.writeex.wait_messages"},
     wait_for_messages,
     true,
     false},
};

START_TEST(routine_and)
{
    const struct wait *row = &waits[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED operation;
    static char bytes[8];
    for (int i = 0; i < 2; i++)
        require((never[i] = CreateEventW(NULL, TRUE, FALSE, NULL)) != NULL);
    if (!row->write)
        put(pipe.client, "12345", 5);
    require(row->write ? WriteFileEx(pipe.server, "12345", 5, &operation, note)
                       : ReadFileEx(pipe.server, bytes, sizeof(bytes), &operation, note));

    DWORD waited = row->wait(row->alertable ? step_limit() : 10, row->alertable);

    expect_number(waited, row->alertable ? WAIT_IO_COMPLETION : WAIT_TIMEOUT);
    expect_number(calls, row->alertable);
    if (!row->alertable)
        expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(calls, 1);
    expect_number(count_told, 5);
}
END_TEST
COVERS_ROWS(routine_and, waits);

START_TEST(event_member_of_a_write_is_free_for_use)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED writing;
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    writing.hEvent = event;

    BOOL started = WriteFileEx(pipe.server, "bytes", 5, &writing, note);

    expect_succeeded(started);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_pointer(event_told, event);
    expect_not_signaled(event);
}
END_TEST
COVERS(event_member_of_a_write_is_free_for_use, "npipe.writeex.hevent_ignored");

static const struct needed_access {
    struct row row;
    DWORD access; /* that the client has */
    bool write;
} accesses[] = {
    {{"read", "npipe.readex.access"}, GENERIC_WRITE, false},
    {{"write", "npipe.writeex.access"}, GENERIC_READ, true},
};

START_TEST(access_is_needed_to)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    pipe.client = open_client(pipe.name, accesses[_i].access, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED operation;
    static char byte;

    BOOL started = accesses[_i].write ? WriteFileEx(pipe.client, "x", 1, &operation, note)
                                      : ReadFileEx(pipe.client, &byte, 1, &operation, note);

    expect_failed(started, ERROR_ACCESS_DENIED);
    expect_number(SleepEx(0, TRUE), 0);
    expect_number(calls, 0);
}
END_TEST
COVERS_ROWS(access_is_needed_to, accesses);

START_TEST(pending_write_ends_when_it_is_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static OVERLAPPED writing;
    static char much[4 * PIPE_BUFFER], all[4 * PIPE_BUFFER];
    pattern_fill(much, sizeof(much), 0);
    require(WriteFileEx(pipe.server, much, sizeof(much), &writing, note));
    expect_number(SleepEx(10, TRUE), 0);
    expect_number(calls, 0);

    for (DWORD got = 0, some; got < sizeof(all); got += some) {
        OVERLAPPED reading = overlapped_with_event();
        BOOL started = ReadFile(pipe.client, all + got, sizeof(all) - got, NULL, &reading);
        expect_succeeded(finish(started, pipe.client, &reading, &some));
    }

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(count_told, sizeof(much));
    expect_pattern(all, sizeof(all), 0);
}
END_TEST
COVERS(pending_write_ends_when_it_is_read, "npipe.writeex.pending");
