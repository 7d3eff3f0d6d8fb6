/* Named pipes of several processes: inherited ends, many clients, peers that are killed. */
#include "npipe.h"

static HANDLE inheritable(HANDLE handle)
{
    require(SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    return handle;
}

static const struct inheriting {
    struct row row;
    BOOL source, asked;
} inheritings[] = {
    {{"of_a_plain_one", NULL}, FALSE, TRUE},
    {{"of_an_inheritable_one", NULL}, TRUE, FALSE},
};

START_TEST(duplicate)
{
    const struct inheriting *row = &inheritings[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE source = row->source ? inheritable(pipe.client) : pipe.client, copy = NULL;
    DWORD flags = 99;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), source, GetCurrentProcess(), &copy, 0,
                                      row->asked, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    require(GetHandleInformation(copy, &flags));
    expect_flags(flags, row->asked ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
    expect_bytes_flow(copy, pipe.server);
}
END_TEST
COVERS_ROWS(duplicate, inheritings, "npipe.inherit.duplicate_changes");

PEER(write_to_its_output)
{
    DWORD written = 0;
    expect_succeeded(
        WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "by the child", 12, &written, NULL));
}

START_TEST(client_end_as_output_of_a_child)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct peer *child = peer_prepare(write_to_its_output, given_handle(pipe.client));
    STARTUPINFOW startup = {.cb = sizeof(startup),
                            .dwFlags = STARTF_USESTDHANDLES,
                            .hStdOutput = inheritable(pipe.client)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    expect_read(pipe.server, "by the child", 12);
    peer_join(child);
}
END_TEST
COVERS(client_end_as_output_of_a_child, "npipe.inherit.child_uses_end");

PEER(end_at_once)
{
    put(peer_handle(0), "once", 4);
}

START_TEST(end_comes_with_the_last_copy)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct peer *child = peer_prepare(end_at_once, given_handle(inheritable(pipe.client)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                           &child->info));
    peer_join(child);
    expect_read(pipe.server, "once", 4);
    expect_succeeded(PeekNamedPipe(pipe.server, NULL, 0, NULL, NULL, NULL));

    close_handle(&pipe.client);

    char byte;
    DWORD got = 99;
    expect_failed(ReadFile(pipe.server, &byte, 1, &got, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(end_comes_with_the_last_copy, "npipe.inherit.eof_only_after_last_writer");

/* ---- One thread serves several clients ---- */

enum { CLIENTS = 4, ROUNDS = 100 };

PEER(ask_again_and_again)
{
    HANDLE end = open_client(peer_text(0), READ_WRITE, 0);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint32_t question[2] = {(uint32_t)peer_number(0), i};
        put(end, question, sizeof(question));
        expect_read(end, question, sizeof(question));
    }
}

struct session {
    HANDLE server;
    OVERLAPPED operation;
    uint32_t message[2];
    unsigned answered;
};

static void read_next(struct session *session)
{
    BOOL read = ReadFile(session->server, session->message, sizeof(session->message), NULL,
                         &session->operation);
    expect_true(read || GetLastError() == ERROR_IO_PENDING);
}

START_TEST(one_thread_serves_four_clients)
{
    static struct session sessions[CLIENTS];
    HANDLE events[CLIENTS];
    struct peer *clients[CLIENTS];
    const WCHAR *name = unique_pipe();
    for (unsigned i = 0; i < CLIENTS; i++) {
        sessions[i].server =
            create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, CLIENTS);
        offer(sessions[i].server, &sessions[i].operation);
        events[i] = sessions[i].operation.hEvent;
    }
    for (unsigned i = 0; i < CLIENTS; i++)
        clients[i] = peer_start(ask_again_and_again, given_text(name), given_number(i));
    for (unsigned i = 0; i < CLIENTS; i++) {
        expect_signaled(events[i]);
        read_next(&sessions[i]);
    }
    for (unsigned i = 0; i < CLIENTS * ROUNDS; i++) {
        DWORD which = WaitForMultipleObjects(CLIENTS, events, FALSE, step_limit());
        expect_true(which < CLIENTS);
        struct session *session = &sessions[which];
        DWORD got = 0;
        BOOL ended = GetOverlappedResult(session->server, &session->operation, &got, FALSE);
        expect_succeeded(ended);
        expect_number(got, sizeof(session->message));
        expect_number(session->message[1], session->answered++);
        put(session->server, session->message, sizeof(session->message));
        if (session->answered < ROUNDS)
            read_next(session);
        else
            require(ResetEvent(events[which]));
    }
    for (unsigned i = 0; i < CLIENTS; i++)
        peer_join(clients[i]);
}
END_TEST
COVERS(one_thread_serves_four_clients, "npipe.ovl.single_thread_many_clients");
TAKES(one_thread_serves_four_clients, 30);

START_TEST(sixty_four_clients)
{
    enum { MANY = 64 };
    static struct connection pipes[MANY];
    const WCHAR *name = unique_pipe();
    for (unsigned i = 0; i < MANY; i++) {
        pipes[i].server =
            CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, MANY, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
        expect_handle(pipes[i].server);
        pipes[i].client = open_client(name, READ_WRITE, 0);
        uint32_t number = i;
        put(pipes[i].client, &number, sizeof(number));
    }
    HANDLE one_more = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(one_more, ERROR_PIPE_BUSY);
    for (uint32_t i = 0; i < MANY; i++)
        expect_read(pipes[i].server, &i, sizeof(i));
}
END_TEST
COVERS(sixty_four_clients, "npipe.create.many_instances");

START_TEST(instance_is_used_again_and_again)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    for (uint32_t i = 0; i < 1000; i++) {
        OVERLAPPED connecting;
        DWORD written = 0;
        offer(server, &connecting);
        HANDLE client = open_client(name, READ_WRITE, 0);
        expect_signaled(connecting.hEvent);
        require(WriteFile(client, &i, sizeof(i), &written, NULL));
        expect_read(server, &i, sizeof(i));
        close_handle(&client);
        expect_succeeded(DisconnectNamedPipe(server));
        close_handle(&connecting.hEvent);
    }
}
END_TEST
COVERS(instance_is_used_again_and_again, "npipe.disconnect.reuse_many_times");
TAKES(instance_is_used_again_and_again, 30);

/* ---- Peers that are killed, closed, or gone while something is pending ---- */

PEER(hold_client)
{
    HANDLE end = open_client(peer_text(0), READ_WRITE, 0);
    require(end != NULL);
    checkpoint_reach("opened");
    checkpoint_wait("never");
}

START_TEST(write_to_a_client_that_was_killed)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct peer *client = peer_start(hold_client, given_text(name));
    checkpoint_wait("opened");
    peer_kill(client);
    DWORD written = 99;

    BOOL wrote = WriteFile(server, "x", 1, &written, NULL);

    expect_failed(wrote, ERROR_NO_DATA);
    expect_number(written, 0);
}
END_TEST
COVERS(write_to_a_client_that_was_killed, "npipe.write.peer_killed");

START_TEST(disconnect_of_a_client_that_was_killed)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    struct peer *client = peer_start(hold_client, given_text(name));
    checkpoint_wait("opened");
    peer_kill(client);

    BOOL disconnected = DisconnectNamedPipe(server);

    expect_succeeded(disconnected);
    OVERLAPPED connecting;
    offer(server, &connecting);
    HANDLE next = open_client(name, READ_WRITE, 0);
    expect_signaled(connecting.hEvent);
    expect_bytes_flow(next, server);
}
END_TEST
COVERS(disconnect_of_a_client_that_was_killed, "npipe.disconnect.peer_killed");

PEER(hold_listening)
{
    HANDLE server = create_instance(peer_text(0), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    OVERLAPPED connecting;
    offer(server, &connecting);
    checkpoint_reach("listening");
    checkpoint_wait("never");
}

START_TEST(name_of_a_listening_server_that_was_killed)
{
    const WCHAR *name = unique_pipe();
    struct peer *server = peer_start(hold_listening, given_text(name));
    checkpoint_wait("listening");
    expect_succeeded(WaitNamedPipeW(name, step_limit()));
    peer_kill(server);

    BOOL free = WaitNamedPipeW(name, 1);

    expect_failed(free, ERROR_FILE_NOT_FOUND);
    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(client, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(name_of_a_listening_server_that_was_killed, "npipe.create.killed_while_listening");

PEER(hold_server)
{
    HANDLE server = create_instance(peer_text(0), PIPE_ACCESS_DUPLEX,
                                    PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    char request[8];
    DWORD got = 0;
    checkpoint_reach("serving");
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    require(ReadFile(server, request, sizeof(request), &got, NULL));
    checkpoint_reach("asked");
    checkpoint_wait("never");
}

static DWORD transact_in_vain(void *end)
{
    char reply[16];
    DWORD got = 0;
    expect_failed(TransactNamedPipe(end, "request", 7, reply, sizeof(reply), &got, NULL),
                  ERROR_BROKEN_PIPE);
    return 0;
}

START_TEST(transaction_with_a_server_that_is_killed)
{
    const WCHAR *name = unique_pipe();
    struct peer *server = peer_start(hold_server, given_text(name));
    checkpoint_wait("serving");
    HANDLE client = open_client(name, READ_WRITE, 0);
    set_mode(client, PIPE_READMODE_MESSAGE);
    struct thread *transacting = thread_start(transact_in_vain, client);
    checkpoint_wait("asked");
    expect_stays_unsignaled(transacting->handle);

    peer_kill(server);

    thread_join(transacting);
}
END_TEST
COVERS(transaction_with_a_server_that_is_killed, "npipe.transact.peer_killed");

START_TEST(pending_write_when_the_reader_closes)
{
    static char bytes[64 * PIPE_BUFFER];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED writing = overlapped_with_event();
    BOOL wrote = WriteFile(pipe.server, bytes, sizeof(bytes), NULL, &writing);
    require(!wrote && GetLastError() == ERROR_IO_PENDING);

    expect_succeeded(CloseHandle(pipe.client));

    expect_signaled(writing.hEvent);
    BOOL ended = GetOverlappedResult(pipe.server, &writing, &(DWORD){0}, FALSE);
    expect_failed_somehow(ended);
}
END_TEST
COVERS(pending_write_when_the_reader_closes, "npipe.write.blocked_then_peer_closes");
