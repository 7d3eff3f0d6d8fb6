/* Several completion routines of one thread: which alertable wait they run in, and their order. */
#include "npipe.h"

#include <stddef.h>
#include <string.h>

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
    char order[MOST + 1] = "";
    for (int i = 0; i < MOST; i++) {
        ptrdiff_t which = called[i] - operations;
        require(which >= 0 && which < MOST && !strchr(order, (char)('1' + which)));
        expect_number(counts[i], sizes[which]);
        order[i] = (char)('1' + which);
    }
    record("order of the routines of three operations", "%s", order);
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

/* ---- What a routine may do, and what it is told ---- */

static DWORD waited_within;

/* Begins another read and waits for that, alertably, before it returns. */
static void CALLBACK waits_within(DWORD error, DWORD count, OVERLAPPED *operation)
{
    static char bytes[8];
    HANDLE end = operation->hEvent;
    require(ReadFileEx(end, bytes, sizeof(bytes), &operations[1], note));
    waited_within = SleepEx(step_limit(), TRUE);
    note(error, count, operation);
}

START_TEST(routine_waits_for_another)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    operations[0].hEvent = pipe.server; /* which is the program's to use */
    put(pipe.client, "1", 1);
    put(pipe.client, "22", 2);
    require(ReadFileEx(pipe.server, bytes, 8, &operations[0], waits_within));

    DWORD waited = SleepEx(step_limit(), TRUE);

    expect_number(waited, WAIT_IO_COMPLETION);
    expect_number(waited_within, WAIT_IO_COMPLETION);
    expect_number(calls, 2);
    expect_pointer(called[0], &operations[1]); /* it has run while the other one did */
    expect_number(counts[0], 2);
    expect_pointer(called[1], &operations[0]);
    expect_number(counts[1], 1);
}
END_TEST
COVERS(routine_waits_for_another, "npipe.readex.waits_within");

static void CALLBACK fills(DWORD error, DWORD count, OVERLAPPED *operation)
{
    note(error, count, operation);
    memset(operation, 0xcc, sizeof(*operation));
}

static const struct filled {
    struct row row;
    bool write;
} fillings[] = {
    {{"read", NULL}, false},
    {{"write", NULL}, true},
};

START_TEST(routine_has_the_overlapped_of_a)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    if (!fillings[_i].write)
        put(pipe.client, "bytes", 5);
    require(fillings[_i].write ? WriteFileEx(pipe.server, "bytes", 5, &operations[0], fills)
                               : ReadFileEx(pipe.server, bytes, 8, &operations[0], fills));

    DWORD waited = SleepEx(step_limit(), TRUE);

    expect_number(waited, WAIT_IO_COMPLETION);
    expect_number(calls, 1);
    expect_filled(&operations[0], 0xcc, sizeof(operations[0]));
    put(pipe.client, "x", 1); /* and later on */
    expect_read(pipe.server, "x", 1);
    expect_filled(&operations[0], 0xcc, sizeof(operations[0]));
}
END_TEST
COVERS_ROWS(routine_has_the_overlapped_of_a, fillings, "npipe.readex.overlapped_is_free");

static DWORD error_told = 99, result_error;
static HANDLE end_read;

static void CALLBACK asks_for_the_result(DWORD error, DWORD count, OVERLAPPED *operation)
{
    DWORD got = 0;
    note(error, count, operation);
    error_told = error;
    SetLastError(LAST_ERROR_UNSET);
    result_error = GetOverlappedResult(end_read, operation, &got, FALSE) ? 0 : GetLastError();
}

START_TEST(routine_of_a_part)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[4];
    end_read = pipe.server;
    require(ReadFileEx(pipe.server, bytes, sizeof(bytes), &operations[0], asks_for_the_result));
    put(pipe.client, "too long", 8);

    DWORD waited = SleepEx(step_limit(), TRUE);

    expect_number(waited, WAIT_IO_COMPLETION);
    expect_number(calls, 1);
    expect_error(error_told, ERROR_SUCCESS); /* that there is more is a warning */
    expect_error(result_error, ERROR_MORE_DATA);
    expect_bytes(bytes, "too ", 4);
    expect_read(pipe.server, "long", 4);
}
END_TEST
COVERS(routine_of_a_part, "npipe.readex.part_is_no_error");

/* ---- SleepEx that is not alertable ---- */

START_TEST(sleep_that_is_not_alertable)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    LARGE_INTEGER frequency, before, after;
    put(pipe.client, "bytes", 5);
    require(ReadFileEx(pipe.server, bytes, 8, &operations[0], note));
    require(QueryPerformanceFrequency(&frequency) && QueryPerformanceCounter(&before));

    DWORD slept = SleepEx(60, FALSE);

    require(QueryPerformanceCounter(&after));
    expect_number(slept, 0);
    expect_number(calls, 0);
    expect_true((after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart >= 60 - 16);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(sleep_that_is_not_alertable, "npipe.readex.sleep_not_alertable");

START_TEST(sleep_without_an_end_of_an_operation)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    static char bytes[8];
    LARGE_INTEGER frequency, before, after;
    require(ReadFileEx(pipe.server, bytes, 8, &operations[0], note));
    require(QueryPerformanceFrequency(&frequency) && QueryPerformanceCounter(&before));

    DWORD slept = SleepEx(60, TRUE);

    require(QueryPerformanceCounter(&after));
    expect_number(slept, 0);
    expect_number(calls, 0);
    expect_true((after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart >= 60 - 16);
    put(pipe.client, "bytes", 5);
    expect_number(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    expect_number(calls, 1);
}
END_TEST
COVERS(sleep_without_an_end_of_an_operation, "npipe.readex.sleep_time");

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
