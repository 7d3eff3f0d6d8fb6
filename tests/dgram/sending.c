/* WSASendTo: several buffers, overlapped, events and completion routines. */
#include "overlapped.h"

START_TEST(buffers_make_one_datagram)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD sent = 99;

    int result = WSASendTo(s, two, 2, &sent, 0, (struct sockaddr *)&to, sizeof(to), NULL, NULL);

    expect_socket_succeeded(result);
    expect_number(result, 0);
    expect_number(sent, 8);
    expect_datagram(receiver, "headtail");
}
END_TEST
COVERS(buffers_make_one_datagram, "dgram.wsasendto.gather_one_datagram",
       "dgram.wsasendto.return_zero", "dgram.wsasendto.both_null_sync");

START_TEST(count_is_needed_without_overlapped)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);

    int result = WSASendTo(s, two, 2, NULL, 0, (struct sockaddr *)&to, sizeof(to), NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(count_is_needed_without_overlapped, "dgram.wsasendto.null_count_nonoverlapped");

START_TEST(sending_binds)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD sent = 99;

    int result = WSASendTo(s, two, 2, &sent, 0, (struct sockaddr *)&to, sizeof(to), NULL, NULL);

    expect_socket_succeeded(result);
    expect_true(socket_port(s) != 0);
    expect_datagram(receiver, "headtail");
}
END_TEST
COVERS(sending_binds, "dgram.wsasendto.einval_unbound_conflict");

START_TEST(event_is_set_at_the_end_of_sending)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    DWORD sent = 0, flags = 0;

    int result =
        WSASendTo(s, two, 2, NULL, 0, (struct sockaddr *)&to, sizeof(to), with_event(0), NULL);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_succeeded(result_of(s, &operations[0], &sent, &flags));
    expect_number(sent, 8);
    expect_datagram(receiver, "headtail");
}
END_TEST
COVERS(event_is_set_at_the_end_of_sending, "dgram.wsasendto.overlapped_event");

static int runs;
static DWORD routine_count, routine_flags;
static HANDLE routine_event;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)error;
    runs++;
    routine_count = count;
    routine_flags = flags;
    routine_event = operation->hEvent;
}

START_TEST(routine_of_sending)
{
    winsock_start();
    SOCKET s = socket_bound(SOCK_DGRAM), receiver = socket_bound(SOCK_DGRAM);
    struct sockaddr_in to = socket_name(receiver);
    HANDLE never = event_create();
    operations[0].hEvent = (HANDLE)0x4711;

    int result =
        WSASendTo(s, two, 2, NULL, 0, (struct sockaddr *)&to, sizeof(to), &operations[0], note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_stays_unsignaled(never);
    expect_number(runs, 0);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(routine_count, 8);
    expect_number(routine_flags, 0);
    expect_pointer(routine_event, 0x4711);
}
END_TEST
COVERS(routine_of_sending, "dgram.wsasendto.alertable_only",
       "dgram.wsasendto.completion_even_if_immediate", "dgram.wsasendto.routine_ignores_hevent",
       "dgram.wsasendto.routine_dwflags_zero");
