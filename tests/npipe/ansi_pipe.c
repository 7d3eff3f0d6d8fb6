/* CreateNamedPipeA and CreateFileA pass on what they are given, as their Unicode twins do. */
#include "npipe.h"

static HANDLE create_ansi(const char *name, DWORD open_mode, SECURITY_ATTRIBUTES *attributes)
{
    return CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX | open_mode, MESSAGES, 3, 1024, 2048, 0,
                            attributes);
}

START_TEST(sizes_limit_and_modes)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");

    HANDLE server = create_ansi(name, 0, NULL);

    expect_handle(server);
    DWORD flags = 0, out = 0, in = 0, limit = 0, state = 99;
    require(GetNamedPipeInfo(server, &flags, &out, &in, &limit));
    expect_flags(flags, PIPE_SERVER_END | PIPE_TYPE_MESSAGE, PIPE_INFO_NAMES);
    expect_number(out, 1024);
    expect_number(in, 2048);
    expect_number(limit, 3);
    require(GetNamedPipeHandleStateW(server, &state, NULL, NULL, NULL, NULL, 0));
    expect_number(state, PIPE_READMODE_MESSAGE);
}
END_TEST
COVERS(sizes_limit_and_modes, "npipe.createa.sizes");

START_TEST(first_instance)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    expect_handle(create_ansi(name, FILE_FLAG_FIRST_PIPE_INSTANCE, NULL));

    HANDLE second = create_ansi(name, FILE_FLAG_FIRST_PIPE_INSTANCE, NULL);

    expect_invalid_handle(second, ERROR_ACCESS_DENIED);
    expect_handle(create_ansi(name, 0, NULL));
}
END_TEST
COVERS(first_instance, "npipe.createa.first_instance");

static const struct inheritance {
    struct row row;
    BOOL inherit;
} inheritances[] = {
    {{"inheritable", NULL}, TRUE},
    {{"not_inheritable", NULL}, FALSE},
};

START_TEST(server_is)
{
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, inheritances[_i].inherit};
    DWORD flags = 99;

    HANDLE server = create_ansi(unique_name_a("\\\\.\\pipe\\"), 0, &attributes);

    expect_handle(server);
    require(GetHandleInformation(server, &flags));
    expect_number(flags, inheritances[_i].inherit ? HANDLE_FLAG_INHERIT : 0);
}
END_TEST
COVERS_ROWS(server_is, inheritances, "npipe.createa.inherit");

START_TEST(client_is)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server = create_ansi(name, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, inheritances[_i].inherit};
    DWORD flags = 99;

    HANDLE client = CreateFileA(name, READ_WRITE, 0, &attributes, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    require(GetHandleInformation(client, &flags));
    expect_number(flags, inheritances[_i].inherit ? HANDLE_FLAG_INHERIT : 0);
}
END_TEST
COVERS_ROWS(client_is, inheritances, "npipe.openeda.inherit");

START_TEST(overlapped_ends)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server = create_ansi(name, FILE_FLAG_OVERLAPPED, NULL);
    require(server != INVALID_HANDLE_VALUE);
    OVERLAPPED by_client = overlapped_with_event(), by_server = overlapped_with_event();
    char byte;

    HANDLE client =
        CreateFileA(name, READ_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);

    expect_handle(client);
    start_read(client, &byte, 1, &by_client);
    start_read(server, &byte, 1, &by_server);
    put(server, "1", 1);
    put(client, "2", 1);
    expect_signaled(by_client.hEvent);
    expect_signaled(by_server.hEvent);
}
END_TEST
COVERS(overlapped_ends, "npipe.createa.overlapped", "npipe.openeda.overlapped");

START_TEST(client_for_reading)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server = create_ansi(name, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    DWORD written = 99;

    HANDLE client = CreateFileA(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    BOOL wrote = WriteFile(client, "x", 1, &written, NULL);
    expect_failed(wrote, ERROR_ACCESS_DENIED);
    put(server, "bytes", 5);
    expect_read(client, "bytes", 5);
}
END_TEST
COVERS(client_for_reading, "npipe.openeda.access");

START_TEST(default_time_out)
{
    const char *name = unique_name_a("\\\\.\\pipe\\");
    HANDLE server = CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 200, NULL);
    require(server != INVALID_HANDLE_VALUE);
    HANDLE client = CreateFileA(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    require(client != INVALID_HANDLE_VALUE);
    LARGE_INTEGER frequency, before, after;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);

    BOOL available = WaitNamedPipeA(name, NMPWAIT_USE_DEFAULT_WAIT);

    expect_failed(available, ERROR_SEM_TIMEOUT);
    QueryPerformanceCounter(&after);
    LONGLONG waited = (after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart;
    /* A tick of the system clock (16 ms) too early is still on time. */
    expect_true(waited >= 200 - 16);
}
END_TEST
COVERS(default_time_out, "npipe.createa.time_out");
