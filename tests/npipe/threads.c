/* Several threads at one pipe: operations of one cancelled by another, and all at once. */
#include "npipe.h"

/* ---- Operations that another thread has begun, which lives on ---- */

struct begun {
    HANDLE end;
    bool connects;
    OVERLAPPED operation;
    HANDLE pending, leave;
    char byte;
};

static DWORD begin_and_stay(void *argument)
{
    struct begun *begun = argument;
    if (begun->connects)
        offer(begun->end, &begun->operation);
    else
        start_read(begun->end, &begun->byte, 1, &begun->operation);
    require(SetEvent(begun->pending));
    expect_signaled(begun->leave);
    return 0;
}

/* Returns when the operation is pending. */
static struct thread *begin_in_a_thread(struct begun *begun)
{
    begun->operation = overlapped_with_event();
    begun->pending = CreateEventW(NULL, TRUE, FALSE, NULL);
    begun->leave = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct thread *thread = thread_start(begin_and_stay, begun);
    expect_signaled(begun->pending);
    return thread;
}

static void let_go(struct begun *begun, struct thread *thread)
{
    require(SetEvent(begun->leave));
    thread_join(thread);
}

static void expect_aborted(struct begun *begun)
{
    expect_signaled(begun->operation.hEvent);
    BOOL ended = GetOverlappedResult(begun->end, &begun->operation, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
}

static const struct cancelled {
    struct row row;
    bool connects, one;
} cancelleds[] = {
    {{"read_by_its_overlapped", "npipe.cancelioex.one_of_another_thread"}, false, true},
    {{"read_among_all", "npipe.cancelioex.all_of_other_threads"}, false, false},
    {{"connect_by_its_overlapped", "npipe.cancelioex.one_of_another_thread"}, true, true},
    {{"connect_among_all", "npipe.cancelioex.all_of_other_threads"}, true, false},
};

START_TEST(another_cancels)
{
    const struct cancelled *row = &cancelleds[_i];
    static struct begun begun;
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    if (!row->connects)
        pipe.client = open_client(pipe.name, READ_WRITE, 0);
    begun.end = pipe.server;
    begun.connects = row->connects;
    struct thread *beginner = begin_in_a_thread(&begun);

    BOOL cancelled = CancelIoEx(pipe.server, row->one ? &begun.operation : NULL);

    expect_succeeded(cancelled);
    expect_aborted(&begun);
    let_go(&begun, beginner);
}
END_TEST
COVERS_ROWS(another_cancels, cancelleds);

START_TEST(one_thread_of_two)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct begun first, second;
    first.end = second.end = pipe.server;
    struct thread *beginners[] = {begin_in_a_thread(&first), begin_in_a_thread(&second)};

    BOOL cancelled = CancelIoEx(pipe.server, &first.operation);

    expect_succeeded(cancelled);
    expect_aborted(&first);
    expect_not_signaled(second.operation.hEvent);
    put(pipe.client, "x", 1);
    expect_signaled(second.operation.hEvent);
    expect_bytes(&second.byte, "x", 1);
    let_go(&first, beginners[0]);
    let_go(&second, beginners[1]);
}
END_TEST
COVERS(one_thread_of_two, "npipe.cancelioex.one", "npipe.cancelioex.one_of_another_thread");

START_TEST(both_threads)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct begun first, second;
    first.end = second.end = pipe.server;
    struct thread *beginners[] = {begin_in_a_thread(&first), begin_in_a_thread(&second)};

    BOOL cancelled = CancelIoEx(pipe.server, NULL);

    expect_succeeded(cancelled);
    expect_aborted(&first);
    expect_aborted(&second);
    let_go(&first, beginners[0]);
    let_go(&second, beginners[1]);
}
END_TEST
COVERS(both_threads, "npipe.cancelioex.all_of_other_threads");

static DWORD read_or_be_cancelled(void *end)
{
    char byte;
    DWORD got = 0;
    BOOL read = ReadFile(end, &byte, 1, &got, NULL);
    return read ? ERROR_SUCCESS : GetLastError();
}

START_TEST(synchronous_read_by_its_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *reader = thread_start(read_or_be_cancelled, pipe.server);
    bool ended = false;

    for (int tries = 100; !ended && tries; tries--) {
        CancelIoEx(pipe.server, NULL);
        ended = WaitForSingleObject(reader->handle, 1) == WAIT_OBJECT_0;
    }

    if (!ended)
        put(pipe.client, "x", 1);
    DWORD error = thread_join(reader);
    char text[80];
    record("synchronous ReadFile after CancelIoEx by another thread", "%s",
           error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(synchronous_read_by_its_handle, "npipe.cancelioex.synchronous");

/* ---- Operations of a thread that has ended ---- */

static DWORD begin_and_end(void *argument)
{
    struct begun *begun = argument;
    start_read(begun->end, &begun->byte, 1, &begun->operation);
    return 0;
}

START_TEST(read_of_a_thread_that_ends)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct begun begun;
    begun.end = pipe.server;
    begun.operation = overlapped_with_event();

    thread_join(thread_start(begin_and_end, &begun));

    expect_aborted(&begun);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(read_of_a_thread_that_ends, "npipe.ovl.thread_end_cancels");

static DWORD offer_and_end(void *argument)
{
    struct begun *begun = argument;
    offer(begun->end, &begun->operation);
    return 0;
}

START_TEST(connect_of_a_thread_that_ends)
{
    const WCHAR *name = unique_pipe();
    static struct begun begun;
    begun.end = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);

    thread_join(thread_start(offer_and_end, &begun));

    expect_aborted(&begun);
    OVERLAPPED connecting;
    offer(begun.end, &connecting);
    HANDLE client = open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);
    expect_bytes_flow(client, begun.end);
}
END_TEST
COVERS(connect_of_a_thread_that_ends, "npipe.ovl.thread_end_cancels");

START_TEST(read_with_a_port_outlives_its_thread)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = CreateIoCompletionPort(pipe.server, NULL, 77, 0);
    require(port != NULL);
    static struct begun begun;
    begun.end = pipe.server;

    thread_join(thread_start(begin_and_end, &begun));

    put(pipe.client, "x", 1);
    DWORD got = 99;
    ULONG_PTR key = 0;
    OVERLAPPED *which = NULL;
    BOOL succeeded = GetQueuedCompletionStatus(port, &got, &key, &which, step_limit());
    expect_succeeded(succeeded);
    expect_pointer(which, &begun.operation);
    expect_number(got, 1);
    expect_bytes(&begun.byte, "x", 1);
}
END_TEST
COVERS(read_with_a_port_outlives_its_thread, "npipe.ovl.thread_end_spares_ports");

/* ---- Four threads in one function at once ---- */

#define THREADS 4

struct racer {
    HANDLE go;
    const WCHAR *name;
    DWORD open_mode, instances; /* of CreateNamedPipe; no instances: CreateFile */
    HANDLE pipe;
    DWORD error;
};

static DWORD race(void *argument)
{
    struct racer *racer = argument;
    expect_signaled(racer->go);
    racer->pipe =
        racer->instances
            ? CreateNamedPipeW(racer->name, racer->open_mode, 0, racer->instances, 0, 0, 0, NULL)
            : CreateFileW(racer->name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    racer->error = GetLastError();
    return 0;
}

static const struct rivals {
    struct row row;
    DWORD open_mode, instances;
    unsigned winners;
    DWORD error; /* of the others */
} rivals[] = {
    {{"first_instance", "npipe.create.first_instance_next_denied"},
     PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE,
     THREADS,
     1,
     ERROR_ACCESS_DENIED},
    {{"one_instance_of_a_limit", "npipe.create.maxinst_limit_busy"},
     PIPE_ACCESS_DUPLEX,
     1,
     1,
     ERROR_PIPE_BUSY},
    {{"three_instances_of_a_limit", "npipe.create.maxinst_limit_busy"},
     PIPE_ACCESS_DUPLEX,
     3,
     3,
     ERROR_PIPE_BUSY},
    {{"client_of_one_instance", "npipe.client.busy"}, 0, 0, 1, ERROR_PIPE_BUSY},
};

START_TEST(threads_that_want)
{
    const struct rivals *row = &rivals[_i];
    HANDLE go = CreateEventW(NULL, TRUE, FALSE, NULL);
    const WCHAR *name = unique_pipe();
    if (!row->instances)
        create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct racer racers[THREADS];
    struct thread *threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        racers[i] = (struct racer){go, name, row->open_mode, row->instances, NULL, 0};
        threads[i] = thread_start(race, &racers[i]);
    }

    require(SetEvent(go));

    unsigned winners = 0;
    for (int i = 0; i < THREADS; i++) {
        thread_join(threads[i]);
        if (racers[i].pipe != INVALID_HANDLE_VALUE)
            winners++;
        else
            expect_error(racers[i].error, row->error);
    }
    expect_number(winners, row->winners);
}
END_TEST
COVERS_ROWS(threads_that_want, rivals);

struct worker {
    HANDLE go, created;
    const WCHAR *name;
    DWORD number; /* of a client */
};

static DWORD create_and_serve(void *argument)
{
    struct worker *worker = argument;
    expect_signaled(worker->go);
    HANDLE server = CreateNamedPipeW(worker->name, PIPE_ACCESS_DUPLEX, 0, THREADS, PIPE_BUFFER,
                                     PIPE_BUFFER, 0, NULL);
    expect_handle(server);
    require(SetEvent(worker->created));
    BOOL connected = ConnectNamedPipe(server, NULL);
    if (!connected)
        expect_failed(connected, ERROR_PIPE_CONNECTED);
    DWORD number = 0, count = 0;
    expect_succeeded(ReadFile(server, &number, sizeof(number), &count, NULL));
    number *= 2;
    expect_succeeded(WriteFile(server, &number, sizeof(number), &count, NULL));
    expect_succeeded(FlushFileBuffers(server));
    return 0;
}

static DWORD ask(void *argument)
{
    struct worker *worker = argument;
    expect_signaled(worker->go);
    HANDLE client = CreateFileW(worker->name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    DWORD answer = 0, count = 0;
    expect_succeeded(WriteFile(client, &worker->number, sizeof(worker->number), &count, NULL));
    expect_succeeded(ReadFile(client, &answer, sizeof(answer), &count, NULL));
    expect_number(answer, 2 * worker->number);
    return 0;
}

START_TEST(each_thread_serves_a_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE create = CreateEventW(NULL, TRUE, FALSE, NULL), open = CreateEventW(NULL, TRUE, 0, NULL);
    struct worker servers[THREADS], clients[THREADS];
    struct thread *threads[2 * THREADS];
    for (int i = 0; i < THREADS; i++) {
        servers[i] = (struct worker){create, CreateEventW(NULL, TRUE, FALSE, NULL), name, 0};
        clients[i] = (struct worker){open, NULL, name, 1000 + i};
        threads[i] = thread_start(create_and_serve, &servers[i]);
        threads[THREADS + i] = thread_start(ask, &clients[i]);
    }

    require(SetEvent(create));
    for (int i = 0; i < THREADS; i++)
        expect_signaled(servers[i].created);
    require(SetEvent(open));

    for (int i = 0; i < 2 * THREADS; i++)
        thread_join(threads[i]);
}
END_TEST
COVERS(each_thread_serves_a_client, "npipe.concept.threads_at_once");
