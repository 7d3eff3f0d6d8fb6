/* What the functions of pipes say in each state that an end can be in. */
#include "npipe.h"

enum state { LISTENING, CONNECTED, LEFT, CUT_OFF, CUT_OFF_AND_LEFT };

/* An end of a duplex message pipe, nothing unread. */
static HANDLE end_in(bool client, enum state state)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX,
                                  PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    if (state == LISTENING)
        return pipe.server;
    pipe.client = open_client(pipe.name, READ_WRITE, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    if (state == CUT_OFF || state == CUT_OFF_AND_LEFT)
        require(DisconnectNamedPipe(pipe.server));
    if (state == LEFT || state == CUT_OFF_AND_LEFT)
        close_handle(client ? &pipe.server : &pipe.client);
    return client ? pipe.client : pipe.server;
}

#define SILENT 0, ERROR_BAD_PIPE, ERROR_PIPE_LISTENING, ERROR_PIPE_LISTENING, ERROR_BAD_PIPE
#define ENDED 0, ERROR_BROKEN_PIPE, ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_BAD_PIPE
#define IDLE 0, ERROR_BAD_PIPE, OFF, OFF, ERROR_BAD_PIPE
#define OFF ERROR_PIPE_NOT_CONNECTED
#define FORCED_OFF OFF, OFF, OFF, OFF, OFF

static const struct asked {
    struct row row;
    bool client;
    enum state state;
    DWORD query, peek, read, write, transact; /* errors; 0: success */
} askeds[] = {
    {{"listening_server", NULL}, false, LISTENING, SILENT},
    {{"server_left_by_client", NULL}, false, LEFT, ENDED},
    {{"client_left_by_server", NULL}, true, LEFT, ENDED},
    {{"disconnected_server", NULL}, false, CUT_OFF, IDLE},
    {{"disconnected_server_left_by_client", NULL}, false, CUT_OFF_AND_LEFT, IDLE},
    {{"disconnected_client", NULL}, true, CUT_OFF, FORCED_OFF},
    {{"disconnected_client_left_by_server", NULL}, true, CUT_OFF_AND_LEFT, FORCED_OFF},
};

static void expect_answer(BOOL result, DWORD error)
{
    if (error)
        expect_failed(result, error);
    else
        expect_succeeded(result);
}

START_TEST(info_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    DWORD flags = 99, limit = 99;

    BOOL got = GetNamedPipeInfo(end, &flags, NULL, NULL, &limit);

    expect_answer(got, row->query);
    if (got) {
        expect_flags(flags, PIPE_TYPE_MESSAGE | (row->client ? 0 : PIPE_SERVER_END),
                     PIPE_INFO_NAMES);
        expect_number(limit, 1);
    }
}
END_TEST
COVERS_ROWS(info_of, askeds, "npipe.asked.info");

START_TEST(state_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    DWORD state = 99;

    BOOL got = GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0);

    expect_answer(got, row->query);
    if (got)
        expect_flags(state, PIPE_READMODE_MESSAGE, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(state_of, askeds, "npipe.asked.state");

START_TEST(mode_change_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    DWORD mode = PIPE_READMODE_BYTE | PIPE_NOWAIT, state = 99;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_answer(set, row->query);
    if (set) {
        require(GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0));
        expect_flags(state, mode, PIPE_MODE_NAMES);
    }
}
END_TEST
COVERS_ROWS(mode_change_of, askeds, "npipe.asked.mode_change");

START_TEST(flush_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);

    BOOL flushed = FlushFileBuffers(end);

    expect_answer(flushed, row->query);
}
END_TEST
COVERS_ROWS(flush_of, askeds, "npipe.asked.flush");

START_TEST(peek_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    DWORD available = 99;

    BOOL peeked = PeekNamedPipe(end, NULL, 0, NULL, &available, NULL);

    expect_answer(peeked, row->peek);
}
END_TEST
COVERS_ROWS(peek_of, askeds, "npipe.asked.peek");

START_TEST(read_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    char byte = '-';
    DWORD got = 99;

    BOOL read = ReadFile(end, &byte, 1, &got, NULL);

    expect_answer(read, row->read);
    expect_number(got, 0);
    expect_bytes(&byte, "-", 1);
}
END_TEST
COVERS_ROWS(read_of, askeds, "npipe.asked.read");

START_TEST(write_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    DWORD written = 99;

    BOOL wrote = WriteFile(end, "x", 1, &written, NULL);

    /* Of an end that was left the page has ERROR_BROKEN_PIPE. */
    expect_failed(wrote, row->write, row->write == ERROR_NO_DATA ? ERROR_BROKEN_PIPE : row->write);
    expect_number(written, 0);
}
END_TEST
COVERS_ROWS(write_of, askeds, "npipe.asked.write");

START_TEST(transaction_of)
{
    const struct asked *row = &askeds[_i];
    HANDLE end = end_in(row->client, row->state);
    char reply[8];
    DWORD got = 99;

    BOOL done = TransactNamedPipe(end, (char[]){"request"}, 7, reply, sizeof(reply), &got, NULL);

    expect_answer(done, row->transact);
}
END_TEST
COVERS_ROWS(transaction_of, askeds, "npipe.asked.transaction");

/* ---- The ids of both processes and of their sessions, for whom the asking process is both */

static const struct id {
    struct row row;
    bool client;
    enum state state;
    DWORD of_client, of_server; /* errors; 0: success */
} ids[] = {
    {{"server", NULL}, false, CONNECTED, 0, 0},
    {{"client", NULL}, true, CONNECTED, 0, 0},
    {{"server_left_by_client", NULL}, false, LEFT, 0, 0},
    {{"client_left_by_server", NULL}, true, LEFT, 0, 0},
    {{"disconnected_server", NULL}, false, CUT_OFF, ERROR_NOT_FOUND, 0},
    {{"disconnected_client", NULL}, true, CUT_OFF, OFF, OFF},
};

#define NO_ID 0x8001 /* odd: ids of processes are not */

static DWORD own_session(void)
{
    DWORD session = 0;
    require(ProcessIdToSessionId(GetCurrentProcessId(), &session));
    return session;
}

START_TEST(client_process_by)
{
    const struct id *row = &ids[_i];
    HANDLE end = end_in(row->client, row->state);
    ULONG id = NO_ID;

    BOOL got = GetNamedPipeClientProcessId(end, &id);

    expect_answer(got, row->of_client);
    if (got)
        expect_number(id, GetCurrentProcessId());
}
END_TEST
COVERS_ROWS(client_process_by, ids, "npipe.asked.client_process");

START_TEST(server_process_by)
{
    const struct id *row = &ids[_i];
    HANDLE end = end_in(row->client, row->state);
    ULONG id = NO_ID;

    BOOL got = GetNamedPipeServerProcessId(end, &id);

    expect_answer(got, row->of_server);
    if (got)
        expect_number(id, GetCurrentProcessId());
}
END_TEST
COVERS_ROWS(server_process_by, ids, "npipe.asked.server_process");

START_TEST(client_session_by)
{
    const struct id *row = &ids[_i];
    HANDLE end = end_in(row->client, row->state);
    ULONG id = NO_ID;

    BOOL got = GetNamedPipeClientSessionId(end, &id);

    expect_answer(got, row->of_client);
    if (got)
        expect_number(id, own_session());
}
END_TEST
COVERS_ROWS(client_session_by, ids, "npipe.asked.client_session");

START_TEST(server_session_by)
{
    const struct id *row = &ids[_i];
    HANDLE end = end_in(row->client, row->state);
    ULONG id = NO_ID;

    BOOL got = GetNamedPipeServerSessionId(end, &id);

    expect_answer(got, row->of_server);
    if (got)
        expect_number(id, own_session());
}
END_TEST
COVERS_ROWS(server_session_by, ids, "npipe.asked.server_session");
