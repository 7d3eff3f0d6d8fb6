/* WSAGetLastError and WSASetLastError, and the texts of WSADATA. */
#include "winsock.h"

#include <errno.h>

START_TEST(set_value_is_got)
{
    WSASetLastError(WSAEHOSTDOWN);

    int error = WSAGetLastError();

    expect_error(error, WSAEHOSTDOWN);
}
END_TEST
COVERS(set_value_is_got, "stream.lasterror.set_then_get",
       "stream.lasterror.callable_without_startup");

START_TEST(failed_call_is_known_without_startup)
{
    WSASetLastError(0);
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);

    int error = WSAGetLastError();

    expect_true(s == INVALID_SOCKET);
    expect_error(error, WSANOTINITIALISED);
}
END_TEST
COVERS(failed_call_is_known_without_startup, "stream.lasterror.callable_without_startup");

static HANDLE gate;

static DWORD set_another(void *unused)
{
    (void)unused;
    WaitForSingleObject(gate, step_limit());
    WSASetLastError(WSAEINTR);
    return (DWORD)WSAGetLastError();
}

START_TEST(each_thread_has_its_own)
{
    gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(gate != NULL);
    struct thread *thread = thread_start(set_another, NULL);
    WSASetLastError(WSAEHOSTDOWN);
    SetEvent(gate);
    WaitForSingleObject(thread->handle, step_limit());

    int error = WSAGetLastError();

    expect_error(error, WSAEHOSTDOWN);
    expect_number(thread_join(thread), WSAEINTR);
}
END_TEST
COVERS(each_thread_has_its_own, "stream.lasterror.per_thread", "dgram.errors.getlasterror_shared");

START_TEST(socket_keeps_its_error)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int value = -1, size = sizeof(value);
    WSASetLastError(WSAEHOSTDOWN);

    int result = getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&value, &size);

    expect_socket_succeeded(result);
    expect_number(value, 0);
}
END_TEST
COVERS(socket_keeps_its_error, "stream.lasterror.set_not_so_error");

START_TEST(asking_for_the_sockets_error_resets_it)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    int value = -1, size = sizeof(value);
    WSASetLastError(WSAEHOSTDOWN);
    require(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&value, &size) == 0);
    WSASetLastError(WSAEHOSTDOWN);
    getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&value, &size);

    int error = WSAGetLastError();

    expect_error(error, 0);
}
END_TEST
COVERS(asking_for_the_sockets_error_resets_it, "stream.lasterror.so_error_query_resets");

START_TEST(errno_is_left_alone)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    errno = 4711;

    int result = listen(s, 1);

    expect_socket_failed(result, WSAEINVAL);
    expect_number(errno, 4711);
}
END_TEST
COVERS(errno_is_left_alone, "stream.api.errno_untouched");

static const struct {
    struct row row;
    size_t offset, size;
} texts[] = {
    {{"description", "stream.wsadata.description_terminated"},
     offsetof(WSADATA, szDescription),
     WSADESCRIPTION_LEN + 1},
    {{"system_status", "stream.wsadata.status_terminated"},
     offsetof(WSADATA, szSystemStatus),
     WSASYS_STATUS_LEN + 1},
};

START_TEST(text_is_terminated)
{
    WSADATA data;
    memset(&data, 'x', sizeof(data));

    int error = WSAStartup(MAKEWORD(2, 2), &data);

    expect_error(error, 0);
    const char *text = (const char *)&data + texts[_i].offset;
    const char *end = memchr(text, '\0', texts[_i].size);
    expect_not_null(end);
    for (const char *c = text; c < end; c++)
        expect_true((unsigned char)*c >= ' ');
}
END_TEST
COVERS_ROWS(text_is_terminated, texts);

START_TEST(highest_version_is_agreed_on)
{
    WSADATA data = {.wVersion = 0xFFFF, .wHighVersion = 0xFFFF};

    int error = WSAStartup(MAKEWORD(2, 2), &data);

    expect_error(error, 0);
    expect_number(LOBYTE(data.wVersion), 2);
    expect_number(HIBYTE(data.wVersion), 2);
    expect_number(data.wVersion, data.wHighVersion);
}
END_TEST
COVERS(highest_version_is_agreed_on, "stream.wsadata.max_request_equals_high");
