/* GetOverlappedResultEx: how long it waits, and what ends an alertable wait. */
#include "npipe.h"

static DWORD apcs;

static void CALLBACK count_apc(ULONG_PTR argument)
{
    (void)argument;
    apcs++;
}

/* An APC of the calling thread, which runs when the thread waits alertably. */
static void queue_apc(void)
{
    apcs = 0;
    require(QueueUserAPC(count_apc, GetCurrentThread(), 0));
}

/* A read that goes pending at the server end of a new pipe. */
static struct pending_read {
    struct connection pipe;
    OVERLAPPED reading;
    char bytes[8];
} pending;

static void begin_to_read(bool event)
{
    pending.pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    pending.reading = event ? overlapped_with_event() : (OVERLAPPED){.hEvent = NULL};
    start_read(pending.pipe.server, pending.bytes, sizeof(pending.bytes), &pending.reading);
}

/* The read goes on whatever its result was asked for. */
static void expect_read_goes_on(void)
{
    DWORD got = 0;
    expect_not_signaled(pending.reading.hEvent);
    put(pending.pipe.client, "late", 4);
    expect_signaled(pending.reading.hEvent);
    expect_succeeded(GetOverlappedResult(pending.pipe.server, &pending.reading, &got, FALSE));
    expect_number(got, 4);
    expect_bytes(pending.bytes, "late", 4);
}

static const struct waits {
    struct row row;
    DWORD time_out;
    BOOL alertable;
    DWORD error;
    DWORD apcs; /* that have run */
} waits[] = {
    {{"at_once", "npipe.gorex.at_once"}, 0, FALSE, ERROR_IO_INCOMPLETE, 0},
    {{"at_once_alertable", "npipe.gorex.at_once"}, 0, TRUE, ERROR_IO_INCOMPLETE, 0},
    {{"timed", "npipe.gorex.time_out"}, 10, FALSE, WAIT_TIMEOUT, 0},
    {{"timed_alertable", "npipe.gorex.apc"}, 10000, TRUE, WAIT_IO_COMPLETION, 1},
    {{"endless_alertable", "npipe.gorex.apc"}, INFINITE, TRUE, WAIT_IO_COMPLETION, 1},
};

START_TEST(pending_read_and_an_apc)
{
    optional_api(GetOverlappedResultEx);
    DWORD moved = 0;
    begin_to_read(true);
    queue_apc();

    BOOL ended = GetOverlappedResultEx(pending.pipe.server, &pending.reading, &moved,
                                       waits[_i].time_out, waits[_i].alertable);

    expect_failed(ended, waits[_i].error);
    expect_number(apcs, waits[_i].apcs);
    expect_read_goes_on();
}
END_TEST
COVERS_ROWS(pending_read_and_an_apc, waits, "npipe.gorex.goes_on");

START_TEST(alertable_wait_that_times_out)
{
    optional_api(GetOverlappedResultEx);
    DWORD moved = 0;
    begin_to_read(true);

    BOOL ended = GetOverlappedResultEx(pending.pipe.server, &pending.reading, &moved, 10, TRUE);

    expect_failed(ended, WAIT_TIMEOUT);
    expect_read_goes_on();
}
END_TEST
COVERS(alertable_wait_that_times_out, "npipe.gorex.time_out", "npipe.gorex.goes_on");

static DWORD routine_calls;

static void CALLBACK count_routine(DWORD error, DWORD count, OVERLAPPED *operation)
{
    (void)error, (void)count, (void)operation;
    routine_calls++;
}

START_TEST(completion_routine_of_another_read)
{
    optional_api(GetOverlappedResultEx);
    static OVERLAPPED other;
    static char byte;
    DWORD moved = 0;
    begin_to_read(true);
    struct connection second = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    require(ReadFileEx(second.server, &byte, 1, &other, count_routine));
    put(second.client, "x", 1);

    BOOL ended =
        GetOverlappedResultEx(pending.pipe.server, &pending.reading, &moved, step_limit(), TRUE);

    expect_failed(ended, WAIT_IO_COMPLETION);
    expect_number(routine_calls, 1);
    expect_bytes(&byte, "x", 1);
    expect_read_goes_on();
}
END_TEST
COVERS(completion_routine_of_another_read, "npipe.gorex.routine");

static const struct end {
    struct row row;
    DWORD time_out;
    BOOL alertable;
} ends[] = {
    {{"without_waiting", NULL}, 0, FALSE},
    {{"with_a_time_out", NULL}, 1000, FALSE},
    {{"without_a_time_out", NULL}, INFINITE, FALSE},
    {{"alertable", NULL}, INFINITE, TRUE},
};

START_TEST(read_that_has_ended)
{
    optional_api(GetOverlappedResultEx);
    DWORD moved = 0;
    begin_to_read(true);
    put(pending.pipe.client, "bytes", 5);
    expect_signaled(pending.reading.hEvent);

    BOOL ended = GetOverlappedResultEx(pending.pipe.server, &pending.reading, &moved,
                                       ends[_i].time_out, ends[_i].alertable);

    expect_succeeded(ended);
    expect_number(moved, 5);
    expect_bytes(pending.bytes, "bytes", 5);
}
END_TEST
COVERS_ROWS(read_that_has_ended, ends, "npipe.gorex.ended");

static DWORD wait_for_the_read(void *time_out)
{
    optional_api(GetOverlappedResultEx);
    DWORD moved = 0;
    expect_succeeded(GetOverlappedResultEx(pending.pipe.server, &pending.reading, &moved,
                                           *(DWORD *)time_out, FALSE));
    return moved;
}

static const struct waiter {
    struct row row;
    bool event;
    DWORD time_out;
} waiters[] = {
    {{"with_event", "npipe.gorex.waits"}, true, INFINITE},
    {{"with_event_and_time_out", "npipe.gorex.waits"}, true, 60000},
    {{"without_event", "npipe.gorex.handle"}, false, INFINITE},
};

START_TEST(read_is_waited_for)
{
    optional_api(GetOverlappedResultEx);
    begin_to_read(waiters[_i].event);
    DWORD time_out = waiters[_i].time_out;

    struct thread *waiter = thread_start(wait_for_the_read, &time_out);

    expect_stays_unsignaled(waiter->handle);
    put(pending.pipe.client, "bytes", 5);
    expect_number(thread_join(waiter), 5);
    expect_bytes(pending.bytes, "bytes", 5);
}
END_TEST
COVERS_ROWS(read_is_waited_for, waiters);
