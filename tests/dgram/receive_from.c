/* WSARecvFrom: its completion routine, its event, its buffers, and what it refuses. */
#include "stream/extension.h"

static struct told {
    DWORD calls, error, count, flags;
    WSAOVERLAPPED *operation;
} told;

static void CALLBACK tells(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    told = (struct told){told.calls + 1, error, count, flags, operation};
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED operation;
static char room[8], second_room[8];
static struct sockaddr_storage source;
static int source_size;
static DWORD flags;

static int receive(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    source_size = sizeof(source);
    return WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, &flags,
                       (struct sockaddr *)&source, &source_size, &operation, routine);
}

static SOCKET receiving(LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(receive(s, routine) == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING);
    return s;
}

static void let_routines_run(void)
{
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
}

START_TEST(routine_is_told)
{
    winsock_start();
    SOCKET s = receiving(tells);

    send_datagram(s, s, "hello");

    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.error, 0);
    expect_number(told.count, 5);
    expect_number(told.flags, 0);
    expect_pointer(told.operation, &operation);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(routine_is_told, "dgram.wsarecvfrom.routine_arguments");

START_TEST(routine_is_told_of_too_little_room)
{
    winsock_start();
    SOCKET s = receiving(tells);

    send_datagram(s, s, "longer than that");

    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.error, WSAEMSGSIZE);
    expect_bytes(room, "longer t", 8);
}
END_TEST
COVERS(routine_is_told_of_too_little_room, "dgram.wsarecvfrom.routine_truncation");

START_TEST(routine_waits_for_an_alertable_wait)
{
    winsock_start();
    HANDLE never = event_create();
    SOCKET s = receiving(tells);
    send_datagram(s, s, "hello");

    expect_stays_unsignaled(never); /* a wait that is not alertable */

    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
}
END_TEST
COVERS(routine_waits_for_an_alertable_wait, "dgram.wsarecvfrom.routine_only_alertable");

START_TEST(routine_runs_though_all_was_there)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    send_datagram(s, s, "hello");
    wait_readable(s);

    int result = receive(s, tells);

    expect_socket_succeeded(result);
    expect_number(told.calls, 0);
    let_routines_run();
    expect_number(told.calls, 1);
    expect_number(told.count, 5);
}
END_TEST
COVERS(routine_runs_though_all_was_there, "dgram.wsarecvfrom.immediate_routine");

START_TEST(routine_leaves_the_event)
{
    winsock_start();
    HANDLE event = operation.hEvent = event_create();
    SOCKET s = receiving(tells);

    send_datagram(s, s, "hello");

    let_routines_run();
    expect_number(told.count, 5);
    expect_not_signaled(event);
    expect_pointer(told.operation->hEvent, event);
}
END_TEST
COVERS(routine_leaves_the_event, "dgram.wsarecvfrom.routine_ignores_event");

/* ---- Calls from a routine: what comes is sent back, and the next is waited for. */

static SOCKET echoing;
static DWORD echo_sent;

static void CALLBACK note_sent(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    (void)done, (void)flags_then;
    echo_sent += error ? 0 : count;
}

static void CALLBACK echoes(DWORD error, DWORD count, LPWSAOVERLAPPED done, DWORD flags_then)
{
    static WSAOVERLAPPED sending;
    static char copy[sizeof(room)];
    WSABUF back = {.len = count, .buf = memcpy(copy, room, sizeof(copy))};
    tells(error, count, done, flags_then);
    if (WSASendTo(echoing, &back, 1, NULL, 0, (struct sockaddr *)&source, source_size, &sending,
                  note_sent) == SOCKET_ERROR &&
        GetLastError() != WSA_IO_PENDING)
        return;
    receive(echoing, tells);
}

START_TEST(routine_answers_and_goes_on)
{
    winsock_start();
    SOCKET client = socket_bound(SOCK_DGRAM);
    echoing = receiving(echoes);
    send_datagram(client, echoing, "hello");

    let_routines_run();

    expect_datagram(client, "hello");
    while (echo_sent == 0)
        let_routines_run();
    expect_number(echo_sent, 5);
    send_datagram(client, echoing, "again!");
    while (told.calls < 2)
        let_routines_run();
    expect_number(told.count, 6);
}
END_TEST
COVERS(routine_answers_and_goes_on, "dgram.wsarecvfrom.from_routine",
       "dgram.wsasendto.from_routine");

/* ---- Buffers */

START_TEST(array_of_buffers_need_not_last)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    operation.hEvent = event_create();
    WSABUF two[] = {{.len = 2, .buf = room}, {.len = 6, .buf = second_room}};
    require(WSARecvFrom(s, two, 2, NULL, &flags, NULL, NULL, &operation, NULL) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);

    memset(two, 0, sizeof(two));

    send_datagram(s, s, "hello");
    expect_signaled(operation.hEvent);
    expect_bytes(room, "he", 2);
    expect_bytes(second_room, "llo", 3);
}
END_TEST
COVERS(array_of_buffers_need_not_last, "dgram.wsarecvfrom.wsabuf_captured");

START_TEST(size_of_the_source)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    int size = sizeof(source);
    DWORD got = 0;
    send_datagram(s, s, "hello");

    int result = WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, &got, &flags,
                             (struct sockaddr *)&source, &size, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(size, sizeof(struct sockaddr_in));
}
END_TEST
COVERS(size_of_the_source, "dgram.wsarecvfrom.fromlen_out");

START_TEST(size_of_the_source_at_the_end)
{
    winsock_start();
    operation.hEvent = event_create();
    SOCKET s = receiving(NULL);
    expect_number(source_size, sizeof(source));

    send_datagram(s, s, "hello");

    expect_signaled(operation.hEvent);
    expect_number(source_size, sizeof(struct sockaddr_in));
}
END_TEST
COVERS(size_of_the_source_at_the_end, "dgram.wsarecvfrom.fromlen_at_completion");

START_TEST(peeked_at)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    DWORD got = 0, peek = MSG_PEEK;
    send_datagram(s, s, "first");
    send_datagram(s, s, "second");

    int result = WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, &got, &peek, NULL,
                             NULL, NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(got, 5);
    expect_bytes(room, "first", 5);
    expect_datagram(s, "first");
    expect_datagram(s, "second");
}
END_TEST
COVERS(peeked_at, "dgram.wsarecvfrom.peek_leaves");

/* ---- Failures */

static int receive_without_flags(SOCKET s, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return WSARecvFrom(s, &(WSABUF){.len = sizeof(room), .buf = room}, 1, NULL, NULL, NULL, NULL,
                       &operation, routine);
}

START_TEST(failure_tells_nothing_later)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    operation.hEvent = event_create();

    int result = receive_without_flags(s, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_not_signaled(operation.hEvent);
    expect_socket_failed(receive_without_flags(s, tells), WSAEFAULT);
    expect_number(SleepEx(0, TRUE), 0);
    expect_number(told.calls, 0);
}
END_TEST
COVERS(failure_tells_nothing_later, "dgram.wsarecvfrom.failure_no_indication");

START_TEST(no_socket)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    socket_close(s);

    int result = receive(s, NULL);

    expect_socket_failed(result, WSAENOTSOCK);
}
END_TEST
COVERS(no_socket, "dgram.wsarecvfrom.enotsock");

static const struct {
    struct row row;
    bool size; /* NOWHERE is what the size of the source, or the buffer, is at */
} nowheres[] = {
    {{"size_of_the_source", "dgram.wsarecvfrom.bad_fromlen"}, true},
    {{"buffer", "dgram.wsarecvfrom.bad_buffer"}, false},
};

#define NOWHERE ((void *)(UINT_PTR)1)

START_TEST(not_in_memory)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM);
    WSABUF buffer = {.len = 5, .buf = nowheres[_i].size ? room : NOWHERE};
    DWORD got = 0;
    send_datagram(s, s, "hello");
    wait_readable(s);

    int result = WSARecvFrom(s, &buffer, 1, &got, &flags, (struct sockaddr *)&source,
                             nowheres[_i].size ? NOWHERE : &(int){sizeof(source)}, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS_ROWS(not_in_memory, nowheres);
