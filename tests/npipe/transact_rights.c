/* The access that a client's handle needs for TransactNamedPipe: both to read and to write. */
#include "npipe.h"

static const struct leave {
    struct row row;
    DWORD access;
} accesses[] = {
    {{"to_read", NULL}, GENERIC_READ | FILE_WRITE_ATTRIBUTES},
    {{"to_write", NULL}, GENERIC_WRITE | FILE_READ_ATTRIBUTES},
};

static DWORD answer_the_request(void *server)
{
    expect_read(server, "ask", 3);
    put(server, "reply", 5);
    return 0;
}

START_TEST(client_with_leave)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 2);
    HANDLE client = open_client(name, accesses[_i].access, 0);
    HANDLE other_server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 2);
    HANDLE other_client = open_client(name, READ_WRITE, 0);
    set_mode(client, PIPE_READMODE_MESSAGE);
    set_mode(other_client, PIPE_READMODE_MESSAGE);
    char reply[16];
    DWORD got = 99, available = 99;

    BOOL transacted =
        TransactNamedPipe(client, (char[]){"ask"}, 3, reply, sizeof(reply), &got, NULL);

    expect_failed_somehow(transacted);
    expect_succeeded(PeekNamedPipe(server, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
    struct thread *answering = thread_start(answer_the_request, other_server);
    expect_succeeded(
        TransactNamedPipe(other_client, (char[]){"ask"}, 3, reply, sizeof(reply), &got, NULL));
    expect_number(got, 5);
    thread_join(answering);
}
END_TEST
COVERS_ROWS(client_with_leave, accesses, "npipe.transact.client_access");
