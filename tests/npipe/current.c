/* Whose ids the functions of process ids tell: of the client of this instance, of the one that is
 * there now, of who has opened the pipe. */
#include "npipe.h"

PEER(opens_and_stays)
{
    HANDLE end = open_client(peer_text(0), READ_WRITE, 0);
    put(end, "opened", 6);
    ReadFile(end, (char[1]){0}, 1, &(DWORD){0}, NULL); /* until the server goes */
}

/* A client in a process of its own, which SERVER has heard from. */
static struct peer *client_of(const WCHAR *name, HANDLE server)
{
    struct peer *client = peer_start(opens_and_stays, given_text(name));
    BOOL connected = ConnectNamedPipe(server, NULL);
    require(connected || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "opened", 6);
    return client;
}

static void expect_client(HANDLE server, DWORD process)
{
    ULONG id = 0;
    BOOL got = GetNamedPipeClientProcessId(server, &id);
    expect_succeeded(got);
    expect_number(id, process);
}

START_TEST(clients_of_two_instances)
{
    const WCHAR *name = unique_pipe();
    HANDLE first = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);
    struct peer *of_first = client_of(name, first);
    HANDLE second = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);
    struct peer *of_second = client_of(name, second);
    ULONG id = 0;

    BOOL got = GetNamedPipeClientProcessId(second, &id);

    expect_succeeded(got);
    expect_number(id, of_second->info.dwProcessId);
    expect_client(first, of_first->info.dwProcessId);
    close_handle(&first);
    close_handle(&second);
    peer_join(of_first);
    peer_join(of_second);
}
END_TEST
COVERS(clients_of_two_instances, "npipe.current.each_instance");

START_TEST(next_client_of_an_instance)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct peer *first = client_of(name, server);
    expect_client(server, first->info.dwProcessId);
    require(DisconnectNamedPipe(server));
    peer_join(first);
    struct peer *next = client_of(name, server);
    ULONG id = 0;

    BOOL got = GetNamedPipeClientProcessId(server, &id);

    expect_succeeded(got);
    expect_number(id, next->info.dwProcessId);
    close_handle(&server);
    peer_join(next);
}
END_TEST
COVERS(next_client_of_an_instance, "npipe.current.next_client");

START_TEST(client_that_was_killed)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct peer *client = client_of(name, server);
    DWORD process = client->info.dwProcessId;
    ULONG id = 0;
    peer_kill(client);

    BOOL got = GetNamedPipeClientProcessId(server, &id);

    expect_succeeded(got);
    expect_number(id, process);
}
END_TEST
COVERS(client_that_was_killed, "npipe.current.killed");

/* ---- Ends that another process has than the one that opened them */

PEER(has_the_end)
{
    put(peer_handle(0), "here", 4);
    ReadFile(peer_handle(0), (char[1]){0}, 1, &(DWORD){0}, NULL); /* until the other end goes */
}

static const struct end {
    struct row row;
    bool client;
} ends[] = {
    {{"server_end", NULL}, false},
    {{"client_end", NULL}, true},
};

START_TEST(end_given_to_another_process)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE *given = ends[_i].client ? &pipe.client : &pipe.server;
    HANDLE *other = ends[_i].client ? &pipe.server : &pipe.client;
    struct peer *peer = peer_start(has_the_end, given_handle(*given));
    close_handle(given);
    expect_read(*other, "here", 4);
    ULONG id = 0;

    BOOL got = ends[_i].client ? GetNamedPipeClientProcessId(*other, &id)
                               : GetNamedPipeServerProcessId(*other, &id);

    expect_succeeded(got);
    record("the id of an end that was given to another process", "%s",
           id == GetCurrentProcessId()    ? "of who opened it"
           : id == peer->info.dwProcessId ? "of who has it"
                                          : "another");
    close_handle(other);
    peer_join(peer);
}
END_TEST
COVERS_ROWS(end_given_to_another_process, ends, "npipe.current.who_opened");

/* ---- Sessions of another process, which is in the same one */

START_TEST(session_of_another_process)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct peer *client = client_of(name, server);
    DWORD session = 0x99;
    ULONG of_client = 0x88;
    require(ProcessIdToSessionId(client->info.dwProcessId, &session));

    BOOL got = GetNamedPipeClientSessionId(server, &of_client);

    expect_succeeded(got);
    expect_number(of_client, session);
    close_handle(&server);
    peer_join(client);
}
END_TEST
COVERS(session_of_another_process, "npipe.current.session");
