/* Transactions from their sides: either end, replies of each length, and what else is under way. */
#include "npipe.h"

static const struct caller {
    struct row row;
    bool server;
} callers[] = {
    {{"by_the_client", NULL}, false},
    {{"by_the_server", NULL}, true},
};

struct ends {
    HANDLE caller, other;
};

/* An overlapped pair in message mode. */
static struct ends ends_for(bool server_calls)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return server_calls ? (struct ends){pipe.server, pipe.client}
                        : (struct ends){pipe.client, pipe.server};
}

/* Begins a transaction that its reply is to end. */
static void transact(HANDLE end, const char *request, void *reply, DWORD size,
                     OVERLAPPED *operation)
{
    *operation = overlapped_with_event();
    BOOL done = TransactNamedPipe(end, (void *)request, (DWORD)strlen(request), reply, size, NULL,
                                  operation);
    expect_failed(done, ERROR_IO_PENDING);
}

static void expect_reply(HANDLE end, OVERLAPPED *operation, DWORD count)
{
    DWORD got = 99;
    expect_signaled(operation->hEvent);
    expect_succeeded(GetOverlappedResult(end, operation, &got, FALSE));
    expect_number(got, count);
}

static const struct length {
    struct row row;
    bool server;
    const char *request, *answer;
    DWORD room;
} lengths[] = {
    {{"one_short_by_client", "npipe.transact.one_byte_short"}, false, "ask", "answer", 5},
    {{"one_short_by_server", "npipe.transact.one_byte_short"}, true, "ask", "answer", 5},
    {{"exact_by_client", "npipe.transact.exact_reply"}, false, "ask", "answer", 6},
    {{"exact_by_server", "npipe.transact.exact_reply"}, true, "ask", "answer", 6},
    {{"empty_reply_by_client", "npipe.transact.empty_reply"}, false, "ask", "", 8},
    {{"empty_reply_by_server", "npipe.transact.empty_reply"}, true, "ask", "", 8},
    {{"no_room_by_client", "npipe.transact.empty_reply"}, false, "ask", "", 0},
    {{"empty_request_by_client", "npipe.transact.empty_request"}, false, "", "answer", 8},
    {{"empty_request_by_server", "npipe.transact.empty_request"}, true, "", "answer", 8},
};

START_TEST(exchange_of)
{
    const struct length *row = &lengths[_i];
    struct ends pipe = ends_for(row->server);
    OVERLAPPED operation;
    char reply[8];
    DWORD length = (DWORD)strlen(row->answer), got = 99;
    transact(pipe.caller, row->request, reply, row->room, &operation);
    expect_read(pipe.other, row->request, (DWORD)strlen(row->request));
    expect_not_signaled(operation.hEvent);
    put(pipe.other, row->answer, length);
    put(pipe.other, "next", 4);
    expect_signaled(operation.hEvent);

    BOOL ended = GetOverlappedResult(pipe.caller, &operation, &got, FALSE);

    if (length > row->room)
        expect_failed(ended, ERROR_MORE_DATA);
    else
        expect_succeeded(ended);
    expect_number(got, min(length, row->room));
    expect_bytes(reply, row->answer, got);
    if (length > got)
        expect_read(pipe.caller, row->answer + got, length - got);
    expect_read(pipe.caller, "next", 4);
}
END_TEST
COVERS_ROWS(exchange_of, lengths);

START_TEST(transaction_with_a_message_unread)
{
    struct ends pipe = ends_for(callers[_i].server);
    OVERLAPPED operation = overlapped_with_event();
    char reply[8];
    DWORD got = 99;
    put(pipe.other, "early", 5);

    BOOL done =
        TransactNamedPipe(pipe.caller, (char[]){"ask"}, 3, reply, sizeof(reply), NULL, &operation);

    BOOL ended = finish(done, pipe.caller, &operation, &got);
    expect_failed(ended, ERROR_PIPE_BUSY);
    expect_read(pipe.caller, "early", 5);
    transact(pipe.caller, "ask", reply, sizeof(reply), &operation);
}
END_TEST
COVERS_ROWS(transaction_with_a_message_unread, callers, "npipe.transact.unread_is_busy");

START_TEST(transaction_behind_a_pending_write)
{
    enum { LONG = 3 * PIPE_BUFFER };
    static char sent[LONG], taken[LONG];
    struct ends pipe = ends_for(callers[_i].server);
    OVERLAPPED writing = overlapped_with_event(), operation;
    char reply[8];
    DWORD got = 99;
    expect_failed(WriteFile(pipe.caller, sent, LONG, NULL, &writing), ERROR_IO_PENDING);

    transact(pipe.caller, "ask", reply, sizeof(reply), &operation);

    OVERLAPPED reading = overlapped_with_event();
    BOOL read = ReadFile(pipe.other, taken, LONG, NULL, &reading);
    read = finish(read, pipe.other, &reading, &got);
    expect_succeeded(read);
    expect_number(got, LONG);
    expect_signaled(writing.hEvent);
    expect_read(pipe.other, "ask", 3);
    expect_not_signaled(operation.hEvent);
    put(pipe.other, "answer", 6);
    expect_reply(pipe.caller, &operation, 6);
}
END_TEST
COVERS_ROWS(transaction_behind_a_pending_write, callers, "npipe.transact.behind_pending_write");

START_TEST(request_for_a_pending_read)
{
    struct ends pipe = ends_for(callers[_i].server);
    OVERLAPPED reading = overlapped_with_event(), operation;
    char request[8], reply[8];
    start_read(pipe.other, request, sizeof(request), &reading);

    transact(pipe.caller, "ask", reply, sizeof(reply), &operation);

    expect_reply(pipe.other, &reading, 3);
    expect_bytes(request, "ask", 3);
    expect_not_signaled(operation.hEvent);
}
END_TEST
COVERS_ROWS(request_for_a_pending_read, callers, "npipe.transact.request_for_pending_read");

START_TEST(transaction_answers_another)
{
    struct ends pipe = ends_for(callers[_i].server);
    OVERLAPPED asking, answering;
    char reply[8], reply_to_answer[8];
    transact(pipe.caller, "ask", reply, sizeof(reply), &asking);
    expect_read(pipe.other, "ask", 3);

    transact(pipe.other, "ask back", reply_to_answer, sizeof(reply_to_answer), &answering);

    expect_reply(pipe.caller, &asking, 8);
    expect_bytes(reply, "ask back", 8);
    expect_not_signaled(answering.hEvent);
    put(pipe.caller, "done", 4);
    expect_reply(pipe.other, &answering, 4);
    expect_bytes(reply_to_answer, "done", 4);
}
END_TEST
COVERS_ROWS(transaction_answers_another, callers, "npipe.transact.answers_another");

START_TEST(cancelled_transaction)
{
    struct ends pipe = ends_for(callers[_i].server);
    OVERLAPPED operation;
    char reply[8];
    DWORD available = 99;
    transact(pipe.caller, "ask", reply, sizeof(reply), &operation);

    BOOL cancelled = CancelIoEx(pipe.caller, &operation);

    expect_succeeded(cancelled);
    expect_signaled(operation.hEvent);
    BOOL ended = GetOverlappedResult(pipe.caller, &operation, &(DWORD){0}, FALSE);
    expect_failed(ended, ERROR_OPERATION_ABORTED);
    expect_succeeded(PeekNamedPipe(pipe.other, NULL, 0, NULL, &available, NULL));
    expect_number(available, 3);
    expect_read(pipe.other, "ask", 3);
}
END_TEST
COVERS_ROWS(cancelled_transaction, callers, "npipe.transact.cancelled_keeps_request");

/* ---- CallNamedPipeA */

static DWORD serve(void *server)
{
    BOOL connected = ConnectNamedPipe(server, NULL);
    if (!connected)
        expect_failed(connected, ERROR_PIPE_CONNECTED);
    expect_read(server, "ask", 3);
    put(server, "answer", 6);
    expect_failed(ReadFile(server, (char[1]){0}, 1, &(DWORD){0}, NULL), ERROR_BROKEN_PIPE);
    return 0;
}

static const struct room {
    struct row row;
    DWORD room;
} rooms[] = {
    {{"part_of_the_reply", "npipe.call.ansi_more_data"}, 4},
    {{"all_but_a_byte", "npipe.call.ansi_more_data"}, 5},
    {{"just_all", "npipe.call.ansi_exact"}, 6},
};

START_TEST(ansi_call_for)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server =
        CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    struct thread *serving = thread_start(serve, server);
    char reply[8];
    DWORD got = 99;

    BOOL called =
        CallNamedPipeA(name, (char[]){"ask"}, 3, reply, rooms[_i].room, &got, step_limit());

    if (rooms[_i].room < 6)
        expect_failed(called, ERROR_MORE_DATA);
    else
        expect_succeeded(called);
    expect_number(got, rooms[_i].room);
    expect_bytes(reply, "answer", rooms[_i].room);
    thread_join(serving);
}
END_TEST
COVERS_ROWS(ansi_call_for, rooms);
