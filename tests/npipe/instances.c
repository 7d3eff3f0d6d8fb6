/* Several instances of one pipe: what happens to one leaves the others alone, which of them count,
 * and which of them are available. */
#include "npipe.h"

#include <wchar.h>

static HANDLE two_at_most(const WCHAR *name)
{
    return CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 2, PIPE_BUFFER,
                            PIPE_BUFFER, 0, NULL);
}

/* An instance with its client, the second or the first of a pipe's two. */
static struct connection connected_instance(const WCHAR *name)
{
    struct connection pipe = {.name = name, .server = two_at_most(name)};
    require(pipe.server != INVALID_HANDLE_VALUE);
    pipe.client = open_client(name, READ_WRITE, 0);
    return pipe;
}

PEER(holds_it_until_killed)
{
    checkpoint_wait("never");
}

enum fate { CLOSED, DISCONNECTED, LEFT, SERVER_KILLED, CONNECTED_AGAIN };

static void meet(enum fate fate, struct connection *pipe)
{
    static OVERLAPPED connecting;
    struct peer *peer;
    switch (fate) {
    case CLOSED:
        close_handle(&pipe->server);
        break;
    case DISCONNECTED:
        require(DisconnectNamedPipe(pipe->server));
        break;
    case LEFT:
        close_handle(&pipe->client);
        break;
    case SERVER_KILLED:
        peer = peer_start(holds_it_until_killed, given_handle(pipe->server));
        close_handle(&pipe->server);
        peer_kill(peer);
        break;
    case CONNECTED_AGAIN:
        require(DisconnectNamedPipe(pipe->server));
        offer(pipe->server, &connecting);
        open_client(pipe->name, READ_WRITE, 0);
        expect_signaled(connecting.hEvent);
    }
}

static const struct event {
    struct row row;
    enum fate fate;
    bool of_the_first;
} events[] = {
    {{"second_closed", "npipe.instances.other_closed"}, CLOSED, false},
    {{"first_closed", "npipe.instances.other_closed"}, CLOSED, true},
    {{"second_disconnected", "npipe.instances.other_disconnected"}, DISCONNECTED, false},
    {{"first_disconnected", "npipe.instances.other_disconnected"}, DISCONNECTED, true},
    {{"client_of_second_left", "npipe.instances.other_left"}, LEFT, false},
    {{"client_of_first_left", "npipe.instances.other_left"}, LEFT, true},
    {{"second_killed", "npipe.instances.other_closed"}, SERVER_KILLED, false},
    {{"second_connected_again", "npipe.instances.other_connected_again"}, CONNECTED_AGAIN, false},
};

START_TEST(other_instance_stays_when)
{
    const WCHAR *name = unique_pipe();
    struct connection first = connected_instance(name), second = connected_instance(name);
    struct connection *one = events[_i].of_the_first ? &first : &second;
    struct connection *other = events[_i].of_the_first ? &second : &first;
    OVERLAPPED reading = overlapped_with_event();
    char byte;
    put(other->server, "to client", 9);
    start_read(other->server, &byte, 1, &reading);

    meet(events[_i].fate, one);

    expect_not_signaled(reading.hEvent);
    put(other->client, "x", 1);
    expect_signaled(reading.hEvent);
    expect_read(other->client, "to client", 9);
    expect_bytes_flow(other->client, other->server);
    expect_bytes_flow(other->server, other->client);
}
END_TEST
COVERS_ROWS(other_instance_stays_when, events);

/* ---- Which instances the limit counts */

static const struct counted {
    struct row row;
    enum fate fate;
    bool counts;
} counteds[] = {
    {{"disconnected", "npipe.instances.counts_disconnected"}, DISCONNECTED, true},
    {{"left_by_client", "npipe.instances.counts_left"}, LEFT, true},
    {{"connected_again", "npipe.instances.counts_disconnected"}, CONNECTED_AGAIN, true},
    {{"closed_before_its_client", "npipe.instances.closed_does_not_count"}, CLOSED, false},
    {{"killed_before_its_client", "npipe.instances.closed_does_not_count"}, SERVER_KILLED, false},
};

START_TEST(limit_counts)
{
    const struct counted *row = &counteds[_i];
    const WCHAR *name = unique_pipe();
    struct connection first = connected_instance(name), second = connected_instance(name);
    meet(row->fate, &second);

    HANDLE third = two_at_most(name);

    if (row->counts)
        expect_invalid_handle(third, ERROR_PIPE_BUSY);
    else
        expect_handle(third);
    DWORD instances = 0;
    expect_succeeded(GetNamedPipeHandleStateW(first.client, NULL, &instances, NULL, NULL, NULL, 0));
    expect_number(instances, 2);
}
END_TEST
COVERS_ROWS(limit_counts, counteds, "npipe.instances.count_at_a_client");

START_TEST(limit_counts_an_instance_until_its_last_handle)
{
    const WCHAR *name = unique_pipe();
    struct connection first = connected_instance(name), second = connected_instance(name);
    HANDLE duplicate = duplicate_of(first.server);
    close_handle(&first.server);

    HANDLE third = two_at_most(name);

    expect_invalid_handle(third, ERROR_PIPE_BUSY);
    close_handle(&duplicate);
    third = two_at_most(name);
    expect_handle(third);
    expect_bytes_flow(second.client, second.server);
}
END_TEST
COVERS(limit_counts_an_instance_until_its_last_handle, "npipe.instances.counts_last_handle");

START_TEST(no_instance_is_left)
{
    const WCHAR *name = unique_pipe();
    struct connection pipe = connected_instance(name);
    close_handle(&pipe.server);
    DWORD instances = 99;

    BOOL got = GetNamedPipeHandleStateW(pipe.client, NULL, &instances, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_number(instances, 0);
    /* A pipe of that name can be made anew, of another kind, while the client is open. */
    HANDLE anew = CreateNamedPipeW(name, PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE, 1, 0, 0, 0, NULL);
    expect_handle(anew);
}
END_TEST
COVERS(no_instance_is_left, "npipe.instances.none_left");

/* ---- WaitNamedPipe: which instances are available, by either twin */

static const struct waited {
    struct row row;
    enum { MISSING, FRESH, TAKEN, SECOND_FREE, CUT_OFF, LEFT_ALONE, OFFERED } state;
    DWORD error; /* 0: available */
} waiteds[] = {
    {{"no_instance", "npipe.wait.no_such_pipe"}, MISSING, ERROR_FILE_NOT_FOUND},
    {{"fresh", "npipe.wait.available_immediate"}, FRESH, 0},
    {{"taken", "npipe.wait.timeout_error"}, TAKEN, ERROR_SEM_TIMEOUT},
    {{"second_free", "npipe.wait.any_instance"}, SECOND_FREE, 0},
    {{"disconnected", "npipe.wait.disconnected"}, CUT_OFF, ERROR_SEM_TIMEOUT},
    {{"left_by_client", "npipe.wait.left"}, LEFT_ALONE, ERROR_SEM_TIMEOUT},
    {{"offered_again", "npipe.wait.offered_again"}, OFFERED, 0},
};

/* Brings a pipe of this name into the state. */
static void prepare(const WCHAR *name, const struct waited *row)
{
    static OVERLAPPED connecting; /* stays pending */
    if (row->state == MISSING)
        return;
    if (row->state == FRESH) {
        require(two_at_most(name) != INVALID_HANDLE_VALUE);
        return;
    }
    struct connection pipe = connected_instance(name);
    if (row->state == SECOND_FREE)
        require(two_at_most(name) != INVALID_HANDLE_VALUE);
    if (row->state == CUT_OFF || row->state == OFFERED)
        require(DisconnectNamedPipe(pipe.server));
    if (row->state == OFFERED)
        offer(pipe.server, &connecting);
    if (row->state == LEFT_ALONE)
        close_handle(&pipe.client);
}

static void expect_availability(BOOL available, const WCHAR *name, const struct waited *row)
{
    if (row->error) {
        expect_failed(available, row->error);
        return;
    }
    expect_succeeded(available);
    expect_handle(CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL));
}

START_TEST(wait_for)
{
    const WCHAR *name = unique_pipe();
    prepare(name, &waiteds[_i]);

    BOOL available = WaitNamedPipeW(name, 10);

    expect_availability(available, name, &waiteds[_i]);
}
END_TEST
COVERS_ROWS(wait_for, waiteds);

START_TEST(ansi_wait_for)
{
    const char *name_a = unique_name_a("\\\\.\\pipe\\");
    WCHAR name[200];
    require(MultiByteToWideChar(CP_ACP, 0, name_a, -1, name, 200));
    prepare(name, &waiteds[_i]);

    BOOL available = WaitNamedPipeA(name_a, 10);

    expect_availability(available, name, &waiteds[_i]);
}
END_TEST
COVERS_ROWS(ansi_wait_for, waiteds, "npipe.wait.ansi");

static DWORD ansi_wait(void *name)
{
    expect_succeeded(WaitNamedPipeA(name, step_limit()));
    return 0;
}

START_TEST(ansi_wait_ends_with_a_new_instance)
{
    const char *name_a = unique_name_a("\\\\.\\pipe\\");
    WCHAR name[200];
    require(MultiByteToWideChar(CP_ACP, 0, name_a, -1, name, 200));
    connected_instance(name);
    struct thread *waiting = thread_start(ansi_wait, (void *)name_a);
    expect_stays_unsignaled(waiting->handle);

    HANDLE second = two_at_most(name);

    expect_handle(second);
    thread_join(waiting);
}
END_TEST
COVERS(ansi_wait_ends_with_a_new_instance, "npipe.wait.ansi");
