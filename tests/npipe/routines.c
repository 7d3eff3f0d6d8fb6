/* Several completion routines of one thread: which alertable wait they run in, and their order. */
#include "npipe.h"

#define MOST 3

static OVERLAPPED operations[MOST], *called[MOST + 1];
static DWORD counts[MOST + 1];
static unsigned calls;

static void CALLBACK note(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)error;
    if (calls < MOST) {
        called[calls] = operation;
        counts[calls] = count;
    }
    calls++;
}

START_TEST(one_wait_for_three_routines)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[2][8];
    put(pipe.client, "1", 1);
    put(pipe.client, "22", 2);
    require(ReadFileEx(pipe.server, bytes[0], 8, &operations[0], note));
    require(WriteFileEx(pipe.server, "333", 3, &operations[1], note));
    require(ReadFileEx(pipe.server, bytes[1], 8, &operations[2], note));

    DWORD waited = SleepEx(step_limit(), TRUE);

    expect_number(waited, WAIT_IO_COMPLETION);
    expect_number(calls, 3);
    const DWORD sizes[] = {1, 3, 2};
    for (int i = 0; i < 3; i++) {
        expect_pointer(called[i], &operations[i]);
        expect_number(counts[i], sizes[i]);
    }
}
END_TEST
COVERS(one_wait_for_three_routines, "npipe.readex.all_in_one_wait", "npipe.readex.order");

static DWORD wait_alertably(void *nothing)
{
    (void)nothing;
    return SleepEx(0, TRUE);
}

START_TEST(other_threads_do_not_run_it)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    put(pipe.client, "bytes", 5);
    require(ReadFileEx(pipe.server, bytes, 8, &operations[0], note));

    DWORD waited = thread_join(thread_start(wait_alertably, NULL));

    expect_number(waited, 0);
    expect_number(calls, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(other_threads_do_not_run_it, "npipe.readex.own_thread");

/* ---- Operations that fail at once ---- */

static const struct failing {
    struct row row;
    bool write, disconnected; /* else: the other end is closed */
} failings[] = {
    {{"read_of_a_closed_pipe", "npipe.readex.fails_at_once"}, false, false},
    {{"read_of_a_disconnected_pipe", "npipe.readex.fails_at_once"}, false, true},
    {{"write_to_a_closed_pipe", "npipe.writeex.fails_at_once"}, true, false},
    {{"write_to_a_disconnected_pipe", "npipe.writeex.fails_at_once"}, true, true},
};

START_TEST(no_routine_of_a)
{
    const struct failing *row = &failings[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    if (row->disconnected)
        require(DisconnectNamedPipe(pipe.server));
    else
        close_handle(&pipe.client);

    BOOL started = row->write ? WriteFileEx(pipe.server, "bytes", 5, &operations[0], note)
                              : ReadFileEx(pipe.server, bytes, 8, &operations[0], note);

    if (row->disconnected)
        expect_failed(started, ERROR_PIPE_NOT_CONNECTED);
    else if (row->write)
        expect_failed_somehow(started);
    else
        expect_failed(started, ERROR_BROKEN_PIPE);
    expect_number(SleepEx(0, TRUE), 0);
    expect_number(calls, 0);
}
END_TEST
COVERS_ROWS(no_routine_of_a, failings);
