/* WSAAccept and its condition function. */
#include "winsock/winsock.h"

static int answer, calls;
static DWORD_PTR told;
static DWORD thread_of_call;
static struct sockaddr_in caller, callee;

static int CALLBACK condition(LPWSABUF caller_id, LPWSABUF caller_data, LPQOS qos, LPQOS group_qos,
                              LPWSABUF callee_id, LPWSABUF callee_data, GROUP *group,
                              DWORD_PTR data)
{
    (void)caller_data, (void)qos, (void)group_qos, (void)callee_data, (void)group;
    calls++;
    told = data;
    thread_of_call = GetCurrentThreadId();
    if (caller_id && caller_id->len >= sizeof(caller))
        memcpy(&caller, caller_id->buf, sizeof(caller));
    if (callee_id && callee_id->len >= sizeof(callee))
        memcpy(&callee, callee_id->buf, sizeof(callee));
    return answer;
}

struct waiting {
    SOCKET listener, client;
};

/* A listener with one client that waits to be accepted. */
static struct waiting waiting_client(void)
{
    struct waiting waiting = {.listener = stream_listen()};
    waiting.client = stream_connect(socket_port(waiting.listener));
    wait_readable(waiting.listener);
    return waiting;
}

START_TEST(accepts)
{
    winsock_start();
    struct waiting waiting = waiting_client();
    answer = CF_ACCEPT;

    SOCKET s = WSAAccept(waiting.listener, NULL, NULL, condition, 4711);

    expect_socket_succeeded(s);
    expect_number(calls, 1);
    expect_number(told, 4711);
    expect_number(thread_of_call, GetCurrentThreadId());
    limit_waits(s);
    send_all(waiting.client, "there", 5);
    expect_receives(s, "there", 5);
}
END_TEST
COVERS(accepts, "stream.wsaaccept.cf_accept", "stream.wsaaccept.condition_same_thread",
       "stream.wsaaccept.callback_data");

START_TEST(is_told_both_names)
{
    winsock_start();
    struct waiting waiting = waiting_client();
    struct sockaddr_in client = socket_name(waiting.client), server = socket_name(waiting.listener);
    answer = CF_ACCEPT;

    SOCKET s = WSAAccept(waiting.listener, NULL, NULL, condition, 0);

    expect_socket_succeeded(s);
    expect_bytes(&caller, &client, NAME_SIZE);
    expect_bytes(&callee, &server, NAME_SIZE);
}
END_TEST
COVERS(is_told_both_names, "stream.wsaaccept.callerid_address",
       "stream.wsaaccept.calleeid_address");

START_TEST(rejects)
{
    winsock_start();
    struct waiting waiting = waiting_client();
    answer = CF_REJECT;

    SOCKET s = WSAAccept(waiting.listener, NULL, NULL, condition, 0);

    expect_socket_failed(s, WSAECONNREFUSED);
    char byte;
    int got = recv(waiting.client, &byte, 1, 0);
    DWORD error = GetLastError();
    expect_true(got == 0 || (got == SOCKET_ERROR && error != WSAETIMEDOUT));
}
END_TEST
COVERS(rejects, "stream.wsaaccept.cf_reject_error", "stream.wsaaccept.cf_reject_client_dropped");

START_TEST(defers)
{
    winsock_start();
    struct waiting waiting = waiting_client();
    answer = CF_DEFER;

    SOCKET s = WSAAccept(waiting.listener, NULL, NULL, condition, 0);

    expect_socket_failed(s, WSATRY_AGAIN);
    answer = CF_ACCEPT;
    SOCKET later = WSAAccept(waiting.listener, NULL, NULL, condition, 0);
    expect_socket_succeeded(later);
    limit_waits(later);
    send_all(waiting.client, "there", 5);
    expect_receives(later, "there", 5);
}
END_TEST
COVERS(defers, "stream.wsaaccept.cf_defer_try_again", "stream.wsaaccept.cf_defer_keeps_request");

START_TEST(other_answer_is_invalid)
{
    winsock_start();
    struct waiting waiting = waiting_client();
    answer = 4711;

    SOCKET s = WSAAccept(waiting.listener, NULL, NULL, condition, 0);

    expect_socket_failed(s, WSAEINVAL);
}
END_TEST
COVERS(other_answer_is_invalid, "stream.wsaaccept.bad_condition_result_einval");

START_TEST(nobody_to_accept)
{
    winsock_start();
    SOCKET listener = stream_listen();
    set_nonblocking(listener, true);
    answer = CF_ACCEPT;

    SOCKET s = WSAAccept(listener, NULL, NULL, condition, 0);

    expect_socket_failed(s, WSAEWOULDBLOCK);
    expect_number(calls, 0);
}
END_TEST
COVERS(nobody_to_accept, "stream.wsaaccept.nonblocking_wouldblock");

START_TEST(conditional_accept_is_off)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    BOOL value = -1;
    int size = sizeof(value);

    int result = getsockopt(s, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(value, FALSE);
}
END_TEST
COVERS(conditional_accept_is_off, "stream.condaccept.default_off");

START_TEST(conditional_accept_cannot_be_set_while_listening)
{
    winsock_start();
    SOCKET listener = stream_listen();
    BOOL on = TRUE;

    int result = setsockopt(listener, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, (char *)&on, sizeof(on));

    expect_socket_failed(result, WSAEINVAL);
}
END_TEST
COVERS(conditional_accept_cannot_be_set_while_listening,
       "stream.condaccept.set_while_listening_einval");
