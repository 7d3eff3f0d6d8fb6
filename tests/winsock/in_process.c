/* What is told, and can be set, while a connection is in process; and a code that waits. */
#include "option.h"

#include "stream/extension.h"

/* Whether a connection that was begun without blocking has succeeded or failed. */
static bool is_over(SOCKET s, DWORD milliseconds)
{
    fd_set done = {.fd_count = 1, .fd_array = {s}}, failed = done;
    TIMEVAL limit = {.tv_usec = (long)milliseconds * 1000};
    int count = select(0, NULL, &done, &failed, &limit);
    require(count != SOCKET_ERROR);
    return count > 0;
}

/* The name of a listener whose queue is full: who connects now is refused after some tries, or
 * has to wait. UNSUPPORTED where the queue takes all. */
static struct sockaddr_in full_listener(SOCKET *in_process)
{
    SOCKET listener = socket_bound(SOCK_STREAM);
    struct sockaddr_in name = socket_name(listener);
    require(listen(listener, 1) == 0);
    for (int i = 0; i < 300; i++) {
        *in_process = socket_open(SOCK_STREAM);
        set_nonblocking(*in_process, true);
        require(connect(*in_process, (struct sockaddr *)&name, sizeof(name)) == 0 ||
                GetLastError() == WSAEWOULDBLOCK);
        if (!is_over(*in_process, 100))
            return name;
    }
    unsupported("the queue of a listener is never full");
}

START_TEST(keepalive_while_connecting)
{
    winsock_start();
    SOCKET s;
    full_listener(&s);

    int result = option_set(s, SOL_SOCKET, SO_KEEPALIVE, 1);

    DWORD error = GetLastError();
    if (is_over(s, 0))
        unresolved("the connection is no longer in process");
    expect_number(result, SOCKET_ERROR);
    expect_error(error, WSAEINVAL);
    struct stream_pair pair = stream_pair_open();
    expect_socket_succeeded(option_set(pair.client, SOL_SOCKET, SO_KEEPALIVE, 1));
    expect_socket_succeeded(option_set(socket_open(SOCK_STREAM), SOL_SOCKET, SO_KEEPALIVE, 1));
}
END_TEST
COVERS(keepalive_while_connecting, "winsock.option_keepalive.connecting");

START_TEST(connect_time_while_connecting)
{
    winsock_start();
    SOCKET other, s = socket_bound(SOCK_STREAM);
    struct sockaddr_in name = full_listener(&other);
    OVERLAPPED *operation = operation_with_event();
    DWORD seconds = 0;
    BOOL done = connect_ex(s)(s, (struct sockaddr *)&name, sizeof(name), NULL, 0, NULL, operation);
    require(!done && GetLastError() == WSA_IO_PENDING);

    int result = option_get(s, SOL_SOCKET, SO_CONNECT_TIME, &seconds);

    record_outcome("SO_CONNECT_TIME while ConnectEx is pending", result == 0);
    if (WaitForSingleObject(operation->hEvent, 0) != WAIT_TIMEOUT)
        unresolved("the connection is no longer in process");
    if (result == 0)
        expect_number(seconds, 0xFFFFFFFF);
}
END_TEST
COVERS(connect_time_while_connecting, "winsock.getsockopt.connect_time_connecting");

static DWORD waits_for_a_change(void *s)
{
    DWORD size = 0;

    WSAIoctl((SOCKET)s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &size, NULL, NULL);
    return 0;
}

START_TEST(code_that_waits)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_DGRAM);

    struct thread *waiting = thread_start(waits_for_a_change, (void *)s);

    expect_stays_unsignaled(waiting->handle);
    socket_close(s);
    thread_join(waiting);
}
END_TEST
COVERS(code_that_waits, "winsock.ioctl.blocking_waits");
