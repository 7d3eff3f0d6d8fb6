/* WaitNamedPipe and CallNamedPipe: what ends the wait, and after what time. */
#include "npipe.h"

struct waiting {
    const WCHAR *name;
    DWORD time;
};

static DWORD wait_for_instance(void *argument)
{
    const struct waiting *waiting = argument;
    expect_succeeded(WaitNamedPipeW(waiting->name, waiting->time));
    return 0;
}

/* A pipe whose only instance has a client. */
static struct connection busy_pipe(DWORD instances, DWORD default_time)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server =
        CreateNamedPipeW(pipe.name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE,
                         instances, PIPE_BUFFER, PIPE_BUFFER, default_time, NULL);
    require(pipe.server != INVALID_HANDLE_VALUE);
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    return pipe;
}

static DWORD accept_client(void *server)
{
    return ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED;
}

START_TEST(new_instance_ends_the_wait)
{
    struct connection pipe = busy_pipe(2, 0);
    struct waiting waiting = {pipe.name, step_limit()};
    struct thread *waiter = thread_start(wait_for_instance, &waiting);
    expect_stays_unsignaled(waiter->handle);

    HANDLE second = create_instance(pipe.name, PIPE_ACCESS_DUPLEX,
                                    PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 2);

    thread_join(waiter);
    struct thread *server = thread_start(accept_client, second);
    open_client(pipe.name, READ_WRITE, 0);
    expect_number(thread_join(server), TRUE);
}
END_TEST
COVERS(new_instance_ends_the_wait, "npipe.wait.released_by_new_instance");

START_TEST(wait_for_ever)
{
    struct connection pipe = busy_pipe(1, 10);
    struct waiting waiting = {pipe.name, NMPWAIT_WAIT_FOREVER};

    struct thread *waiter = thread_start(wait_for_instance, &waiting);

    expect_stays_unsignaled(waiter->handle);
    require(DisconnectNamedPipe(pipe.server));
    struct thread *server = thread_start(accept_client, pipe.server);
    thread_join(waiter);
    open_client(pipe.name, READ_WRITE, 0);
    expect_number(thread_join(server), TRUE);
}
END_TEST
COVERS(wait_for_ever, "npipe.wait.forever");

START_TEST(one_is_a_millisecond)
{
    struct connection pipe = busy_pipe(1, NMPWAIT_WAIT_FOREVER);

    BOOL free = WaitNamedPipeW(pipe.name, NMPWAIT_NOWAIT);

    expect_failed(free, ERROR_SEM_TIMEOUT);
}
END_TEST
COVERS(one_is_a_millisecond, "npipe.wait.nowait_value");

START_TEST(name_of_no_pipe)
{
    BOOL free = WaitNamedPipeW(L"winipc-cts", 100);

    expect_failed_somehow(free);
}
END_TEST
COVERS(name_of_no_pipe, "npipe.wait.bad_name");

/* ---- CallNamedPipe ---- */

static DWORD answer_once(void *server)
{
    char request[32];
    DWORD got = 0, written = 0;
    expect_number(accept_client(server), TRUE);
    expect_succeeded(ReadFile(server, request, sizeof(request), &got, NULL));
    expect_bytes(request, "request", 7);
    expect_succeeded(WriteFile(server, "answer", 6, &written, NULL));
    FlushFileBuffers(server);
    return got;
}

static DWORD call_for_ever(void *name)
{
    char answer[32];
    DWORD got = 0;
    expect_succeeded(
        CallNamedPipeW(name, "request", 7, answer, sizeof(answer), &got, NMPWAIT_WAIT_FOREVER));
    expect_number(got, 6);
    expect_bytes(answer, "answer", 6);
    return got;
}

START_TEST(call_waits_for_ever)
{
    struct connection pipe = busy_pipe(1, 10);

    struct thread *caller = thread_start(call_for_ever, (void *)pipe.name);

    expect_stays_unsignaled(caller->handle);
    require(DisconnectNamedPipe(pipe.server));
    struct thread *server = thread_start(answer_once, pipe.server);
    expect_number(thread_join(caller), 6);
    expect_number(thread_join(server), 7);
}
END_TEST
COVERS(call_waits_for_ever, "npipe.call.wait_forever");

START_TEST(call_waits_the_default_time)
{
    enum { DEFAULT = 200, COARSE = 16 }; /* milliseconds; the clock may be as coarse as this */
    struct connection pipe = busy_pipe(1, DEFAULT);
    char answer[32];
    DWORD got = 0;
    ULONGLONG before = GetTickCount64();

    BOOL called = CallNamedPipeW(pipe.name, "request", 7, answer, sizeof(answer), &got,
                                 NMPWAIT_USE_DEFAULT_WAIT);

    expect_failed_somehow(called);
    expect_true(GetTickCount64() - before + COARSE >= DEFAULT);
}
END_TEST
COVERS(call_waits_the_default_time, "npipe.call.default_wait");

START_TEST(twins_call_the_same_pipe)
{
    const char *name_a = unique_name_a("\\\\.\\pipe\\");
    HANDLE server =
        CreateNamedPipeA(name_a, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1,
                         PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    struct thread *answerer = thread_start(answer_once, server);
    char answer[32];
    DWORD got = 0;

    BOOL called = CallNamedPipeA(name_a, "request", 7, answer, sizeof(answer), &got, step_limit());

    expect_succeeded(called);
    expect_number(got, 6);
    expect_bytes(answer, "answer", 6);
    thread_join(answerer);
}
END_TEST
COVERS(twins_call_the_same_pipe, "npipe.call.aw_twins");

START_TEST(ansi_call_of_a_missing_pipe)
{
    char answer[32];
    DWORD got = 99;

    BOOL called = CallNamedPipeA(unique_name_a("\\\\.\\pipe\\"), "request", 7, answer,
                                 sizeof(answer), &got, step_limit());

    expect_failed(called, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(ansi_call_of_a_missing_pipe, "npipe.call.aw_twins");
