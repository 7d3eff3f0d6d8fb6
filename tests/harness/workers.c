/* Pairs: the first case leaves something in its process, the second passes only where that is
 * found. So the second fails, in whatever process it runs. */
#include "cts.h"

static volatile LONG left, over; /* nothing ever sets OVER */

START_TEST(directory_1_is_left)
{
    BOOL set = SetCurrentDirectoryW(L"C:\\");
    expect_succeeded(set);
}
END_TEST
COVERS(directory_1_is_left);

START_TEST(directory_2_is_found)
{
    WCHAR dir[MAX_PATH];
    DWORD length = GetCurrentDirectoryW(MAX_PATH, dir);
    expect_true(length <= wcslen(L"C:\\"));
}
END_TEST
COVERS(directory_2_is_found);

START_TEST(environment_1_is_left)
{
    BOOL set = SetEnvironmentVariableW(L"CTS_LEFT", L"1");
    expect_succeeded(set);
}
END_TEST
COVERS(environment_1_is_left);

START_TEST(environment_2_is_found)
{
    DWORD size = GetEnvironmentVariableW(L"CTS_LEFT", NULL, 0);
    expect_number(size, 2);
}
END_TEST
COVERS(environment_2_is_found);

START_TEST(standard_handle_1_is_left)
{
    BOOL set = SetStdHandle(STD_ERROR_HANDLE, NULL);
    expect_succeeded(set);
}
END_TEST
COVERS(standard_handle_1_is_left);

START_TEST(standard_handle_2_is_found)
{
    HANDLE handle = GetStdHandle(STD_ERROR_HANDLE);
    expect_true(handle == NULL);
}
END_TEST
COVERS(standard_handle_2_is_found);

/* Known to nobody but this test. */
static DWORD WINAPI sets_for_ever(void *unused)
{
    (void)unused;
    while (!InterlockedCompareExchange(&over, 0, 0))
        InterlockedExchange(&left, 1);
    return 0;
}

START_TEST(thread_1_is_left)
{
    HANDLE thread = CreateThread(NULL, 0, sets_for_ever, NULL, 0, NULL);
    expect_handle(thread);
}
END_TEST
COVERS(thread_1_is_left);

START_TEST(thread_2_is_found)
{
    for (ULONGLONG end = GetTickCount64() + 100; !left && GetTickCount64() < end;)
        SwitchToThread();
    expect_number(left, 1);
}
END_TEST
COVERS(thread_2_is_found);

START_TEST(variable_1_is_left)
{
    left = 1;
    expect_number(left, 1);
}
END_TEST
COVERS(variable_1_is_left);

START_TEST(variable_2_is_found)
{
    expect_number(left, 1);
}
END_TEST
COVERS(variable_2_is_found);

START_TEST(winsock_1_is_left)
{
    WSADATA data;
    int error = WSAStartup(MAKEWORD(2, 2), &data);
    expect_error(error, ERROR_SUCCESS);
}
END_TEST
COVERS(winsock_1_is_left);

START_TEST(winsock_2_is_found)
{
    SOCKET socket_ = socket(AF_INET, SOCK_STREAM, 0);
    expect_true(socket_ != INVALID_SOCKET);
}
END_TEST
COVERS(winsock_2_is_found);

START_TEST(handle_and_views_are_left)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
    expect_handle(mapping);
    for (int i = 0; i < 2; i++)
        expect_succeeded(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0) != NULL);
}
END_TEST
COVERS(handle_and_views_are_left);
