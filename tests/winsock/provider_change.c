/* WSAProviderConfigChange: a handle at once, and then a request that waits for a change. */
#include "winsock.h"

static HANDLE notification(void)
{
    HANDLE handle = NULL;
    winsock_start();
    require(WSAProviderConfigChange(&handle, NULL, NULL) == 0 && handle != NULL);
    return handle;
}

START_TEST(handle_at_once)
{
    winsock_start();
    HANDLE handle = NULL;

    int result = WSAProviderConfigChange(&handle, NULL, NULL);

    expect_socket_succeeded(result);
    expect_not_null(handle);
    expect_succeeded(CloseHandle(handle));
}
END_TEST
COVERS(handle_at_once, "winsock.provider_change.handle");

START_TEST(request_waits)
{
    static WSAOVERLAPPED operation;
    HANDLE handle = notification(), before = handle;
    operation.hEvent = event_create();

    int result = WSAProviderConfigChange(&handle, &operation, NULL);

    expect_socket_failed(result, WSA_IO_PENDING);
    expect_pointer(handle, before);
    expect_stays_unsignaled(operation.hEvent);
}
END_TEST
COVERS(request_waits, "winsock.provider_change.pends");

START_TEST(no_notification_handle)
{
    static WSAOVERLAPPED operation;
    HANDLE handle = notification();
    operation.hEvent = event_create();
    require(CloseHandle(handle));

    int result = WSAProviderConfigChange(&handle, &operation, NULL);

    expect_socket_failed(result, WSA_INVALID_HANDLE);
}
END_TEST
COVERS(no_notification_handle, "winsock.provider_change.invalid_handle");

START_TEST(before_startup)
{
    HANDLE handle = NULL;

    int result = WSAProviderConfigChange(&handle, NULL, NULL);

    expect_socket_failed(result, WSANOTINITIALISED);
    winsock_start();
    expect_socket_succeeded(WSAProviderConfigChange(&handle, NULL, NULL));
}
END_TEST
COVERS(before_startup, "winsock.provider_change.notinitialised");
