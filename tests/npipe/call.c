/* CallNamedPipe: names without a pipe, servers that leave, and what time-outs are about. */
#include "npipe.h"

static char reply[32];

START_TEST(without_waiting)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);

    BOOL called = CallNamedPipeW(pipe.name, (char[]){"ask"}, 3, reply, sizeof(reply), &(DWORD){0},
                                 NMPWAIT_NOWAIT);

    /* From the wait, or from opening the pipe once more after it. */
    expect_failed(called, ERROR_SEM_TIMEOUT, ERROR_PIPE_BUSY);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(without_waiting, "npipe.call.nowait");

static DWORD answer(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "ask", 3);
    put(server, "tell", 4);
    FlushFileBuffers(server);
    return 0;
}

START_TEST(without_waiting_for_what_is_free)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(answer, server);
    DWORD got = 0;

    BOOL called =
        CallNamedPipeW(name, (char[]){"ask"}, 3, reply, sizeof(reply), &got, NMPWAIT_NOWAIT);

    expect_succeeded(called);
    expect_number(got, 4);
    expect_bytes(reply, "tell", 4);
    thread_join(serving);
}
END_TEST
COVERS(without_waiting_for_what_is_free, "npipe.call.nowait_free");

START_TEST(unknown_name)
{
    BOOL called = CallNamedPipeW(unique_pipe(), (char[]){"ask"}, 3, reply, sizeof(reply),
                                 &(DWORD){0}, NMPWAIT_WAIT_FOREVER);

    expect_failed(called, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(unknown_name, "npipe.call.unknown_name");

static DWORD leave_without_a_reply(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "ask", 3);
    expect_succeeded(DisconnectNamedPipe(server));
    return 0;
}

START_TEST(server_that_does_not_reply)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(leave_without_a_reply, server);

    BOOL called =
        CallNamedPipeW(name, (char[]){"ask"}, 3, reply, sizeof(reply), &(DWORD){0}, step_limit());

    expect_failed_somehow(called);
    thread_join(serving);
}
END_TEST
COVERS(server_that_does_not_reply, "npipe.call.no_reply");

static DWORD answer_emptily(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "", 0);
    put(server, "", 0);
    FlushFileBuffers(server);
    return 0;
}

START_TEST(empty_request_and_reply)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(answer_emptily, server);
    DWORD got = 99;

    BOOL called = CallNamedPipeW(name, (char[]){""}, 0, reply, sizeof(reply), &got, step_limit());

    expect_succeeded(called);
    expect_number(got, 0);
    thread_join(serving);
}
END_TEST
COVERS(empty_request_and_reply, "npipe.call.empty_messages");

/* CreateFile, a transaction that fails, CloseHandle: a call that does not open what it cannot use
 * would do as well. */
START_TEST(failure_leaves_no_client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server =
        create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1);
    OVERLAPPED connecting = overlapped_with_event();

    BOOL called =
        CallNamedPipeW(name, (char[]){"ask"}, 3, reply, sizeof(reply), &(DWORD){0}, step_limit());

    expect_failed_somehow(called);
    BOOL connected = ConnectNamedPipe(server, &connecting);
    expect_failed(connected, ERROR_NO_DATA, ERROR_IO_PENDING);
}
END_TEST
COVERS(failure_leaves_no_client, "npipe.call.failure_closes");
