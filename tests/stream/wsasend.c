/* WSASend: several buffers, overlapped, with an event, with a completion routine. */
#include "winsock/winsock.h"

#include <stdlib.h>

static WSABUF two[] = {{.len = 4, .buf = "head"}, {.len = 4, .buf = "tail"}};

START_TEST(buffers_are_sent_in_order)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD sent = 99;

    int result = WSASend(pair.client, two, 2, &sent, 0, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_number(sent, 8);
    expect_receives(pair.server, "headtail", 8);
}
END_TEST
COVERS(buffers_are_sent_in_order, "stream.wsasend.gather_order", "stream.wsasend.sync_count");

START_TEST(count_is_needed_without_overlapped)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();

    int result = WSASend(pair.client, two, 2, NULL, 0, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    DWORD sent = 0;
    expect_socket_succeeded(WSASend(pair.client, &two[1], 1, &sent, 0, NULL, NULL));
    expect_receives(pair.server, "tail", 4);
}
END_TEST
COVERS(count_is_needed_without_overlapped, "stream.wsasend.count_null_needs_overlapped");

#define LARGE (4 << 20)

static DWORD receive_large(void *argument)
{
    SOCKET s = *(SOCKET *)argument;
    char *bytes = malloc(LARGE);
    int got = receive_all(s, bytes, LARGE);
    expect_number(got, LARGE);
    expect_pattern(bytes, LARGE, 0);
    free(bytes);
    return 0;
}

START_TEST(blocking_socket_takes_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char *bytes = malloc(LARGE);
    pattern_fill(bytes, LARGE, 0);
    WSABUF halves[] = {{.len = LARGE / 2, .buf = bytes},
                       {.len = LARGE / 2, .buf = bytes + LARGE / 2}};
    struct thread *receiver = thread_start(receive_large, &pair.server);
    DWORD sent = 0;

    int result = WSASend(pair.client, halves, 2, &sent, 0, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(sent, LARGE);
    thread_join(receiver);
    free(bytes);
}
END_TEST
COVERS(blocking_socket_takes_all, "stream.wsasend.blocking_takes_all");

static WSAOVERLAPPED operations[3];

static WSAOVERLAPPED *with_event(int i)
{
    operations[i].hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(operations[i].hEvent != NULL);
    return &operations[i];
}

START_TEST(event_is_set_at_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAOVERLAPPED *sending = with_event(0);
    DWORD sent = 0, flags = 0;
    WSABUF array[2];
    memcpy(array, two, sizeof(two));

    int result = WSASend(pair.client, array, 2, NULL, 0, sending, NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    memset(array, 0, sizeof(array));
    expect_signaled(sending->hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, sending, &sent, FALSE, &flags));
    expect_number(sent, 8);
    expect_receives(pair.server, "headtail", 8);
}
END_TEST
COVERS(event_is_set_at_the_end, "stream.wsasend.event_on_completion",
       "stream.wsasend.immediate_still_notifies", "stream.wsasend.wsabuf_captured");

START_TEST(error_gives_no_indication)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    require(shutdown(pair.client, SD_SEND) == 0);
    WSAOVERLAPPED *sending = with_event(0);

    int result = WSASend(pair.client, two, 2, NULL, 0, sending, NULL);

    expect_socket_failed(result, WSAESHUTDOWN);
    expect_not_signaled(sending->hEvent);
}
END_TEST
COVERS(error_gives_no_indication, "stream.wsasend.error_no_indication", "stream.wsasend.shutdown");

START_TEST(several_go_out_in_the_order_of_calls)
{
    static char bytes[3][100000];
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    for (int i = 0; i < 3; i++) {
        WSABUF buffer = {.len = sizeof(bytes[i]), .buf = bytes[i]};
        pattern_fill(bytes[i], sizeof(bytes[i]), i * sizeof(bytes[i]));
        int result = WSASend(pair.client, &buffer, 1, NULL, 0, with_event(i), NULL);
        expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    }
    char *all = malloc(sizeof(bytes));
    expect_number(receive_all(pair.server, all, sizeof(bytes)), sizeof(bytes));
    expect_pattern(all, sizeof(bytes), 0);
    for (int i = 0; i < 3; i++)
        expect_signaled(operations[i].hEvent);
    free(all);
}
END_TEST
COVERS(several_go_out_in_the_order_of_calls, "stream.wsasend.multiple_sends_in_order",
       "winsock.overlapped.order_send");

/* ---- What an overlapped send tells of its count ---- */

START_TEST(overlapped_send_tells_its_count)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAOVERLAPPED *sending = with_event(0);
    DWORD sent = 4711, total = 0, flags = 0;

    int result = WSASend(pair.client, two, 2, &sent, 0, sending, NULL);

    if (result == SOCKET_ERROR)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(sent, result == 0 ? 8 : 4711);
    expect_signaled(sending->hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, sending, &total, FALSE, &flags));
    expect_number(total, 8);
    expect_receives(pair.server, "headtail", 8);
}
END_TEST
COVERS(overlapped_send_tells_its_count, "stream.wsasend.overlapped_count");

START_TEST(pending_send_tells_its_count_at_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    char *bytes = malloc(LARGE);
    pattern_fill(bytes, LARGE, 0);
    WSABUF halves[] = {{.len = LARGE / 2, .buf = bytes},
                       {.len = LARGE / 2, .buf = bytes + LARGE / 2}};
    int none = 0;
    DWORD sent = 4711, total = 0, flags = 0;
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDBUF, (char *)&none, sizeof(none)) == 0);
    WSAOVERLAPPED *sending = with_event(0);

    int result = WSASend(pair.client, halves, 2, &sent, 0, sending, NULL);

    if (result == 0)
        unsupported("this much is taken at once");
    expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(sent, 4711);
    receive_large(&pair.server);
    expect_signaled(sending->hEvent);
    expect_succeeded(WSAGetOverlappedResult(pair.client, sending, &total, FALSE, &flags));
    expect_number(total, LARGE);
}
END_TEST
COVERS(pending_send_tells_its_count_at_the_end, "stream.wsasend.pending_count_untouched");

/* ---- Completion routines ---- */

static int runs;
static DWORD routine_error, routine_count;
static WSAOVERLAPPED *routine_operation;
static SOCKET again;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)flags;
    runs++;
    routine_error = error;
    routine_count = count;
    routine_operation = operation;
    if (again != 0) {
        SOCKET s = again;
        again = 0;
        WSASend(s, two, 1, NULL, 0, &operations[2], note);
    }
}

START_TEST(routine_runs_in_an_alertable_wait)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAOVERLAPPED *sending = with_event(0);
    HANDLE never = CreateEventW(NULL, TRUE, FALSE, NULL);

    int result = WSASend(pair.client, two, 2, NULL, 0, sending, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_stays_unsignaled(never);
    expect_number(runs, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_error(routine_error, 0);
    expect_number(routine_count, 8);
    expect_pointer(routine_operation, sending);
    expect_not_signaled(sending->hEvent);
}
END_TEST
COVERS(routine_runs_in_an_alertable_wait, "stream.wsasend.routine_only_alertable",
       "stream.wsasend.routine_ignores_event", "winsock.completion_routine.params");

START_TEST(routine_may_send)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    again = pair.client;

    int result = WSASend(pair.client, two, 2, NULL, 0, &operations[0], note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    for (int i = 0; i < 3 && runs < 2; i++)
        SleepEx(step_limit(), TRUE);
    expect_number(runs, 2);
    expect_receives(pair.server, "headtailhead", 12);
}
END_TEST
COVERS(routine_may_send, "stream.wsasend.from_routine",
       "winsock.completion_routine.io_from_routine");

START_TEST(partial_flag)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD sent = 0;

    int result = WSASend(pair.client, two, 1, &sent, MSG_PARTIAL, NULL, NULL);

    char text[80];
    record("WSASend with MSG_PARTIAL over TCP", "%s",
           result == 0 ? "succeeds" : error_text(GetLastError(), text, sizeof(text)));
}
END_TEST
COVERS(partial_flag, "stream.wsasend.partial_eopnotsupp");
