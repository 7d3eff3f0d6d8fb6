/* Names of pipes, for every function that takes one: letter case, length, and what is another name.
 */
#include "npipe.h"

#include <wchar.h>

static WCHAR *copy_of(const WCHAR *name)
{
    WCHAR *copy = _wcsdup(name);
    require(copy != NULL);
    return copy;
}

/* The same name in other letter case: of what the creator chose, of \\.\pipe\, of both. */
static WCHAR *own_part(const WCHAR *name)
{
    WCHAR *other = copy_of(name);
    _wcsupr(other + wcslen(L"\\\\.\\pipe\\"));
    return other;
}

static WCHAR *prefix(const WCHAR *name)
{
    WCHAR *other = copy_of(name);
    memcpy(other, L"\\\\.\\PiPe\\", sizeof(WCHAR) * wcslen(L"\\\\.\\pipe\\"));
    return other;
}

static WCHAR *all(const WCHAR *name)
{
    return _wcsupr(copy_of(name));
}

static const struct spelling {
    struct row row;
    WCHAR *(*of)(const WCHAR *);
} spellings[] = {
    {{"own_part", NULL}, own_part},
    {{"prefix", NULL}, prefix},
    {{"all", NULL}, all},
};

static const WCHAR *named_pipe(void)
{
    return unique_name(L"\\\\.\\pipe\\lower-case-");
}

START_TEST(further_instance_in_other_case)
{
    const WCHAR *name = named_pipe(), *other = spellings[_i].of(name);
    HANDLE first = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);

    HANDLE second = CreateNamedPipeW(other, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);

    expect_handle(second);
    DWORD instances = 0;
    expect_succeeded(GetNamedPipeHandleStateW(first, NULL, &instances, NULL, NULL, NULL, 0));
    expect_number(instances, 2);
    HANDLE third = CreateNamedPipeW(other, PIPE_ACCESS_DUPLEX, 0, 2, 0, 0, 0, NULL);
    expect_invalid_handle(third, ERROR_PIPE_BUSY);
}
END_TEST
COVERS_ROWS(further_instance_in_other_case, spellings, "npipe.names.case_of_instances");

START_TEST(wait_in_other_case)
{
    const WCHAR *name = named_pipe(), *other = spellings[_i].of(name);
    create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);

    BOOL available = WaitNamedPipeW(other, 1);

    expect_succeeded(available);
    HANDLE client = CreateFileW(other, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    expect_failed(WaitNamedPipeW(other, 1), ERROR_SEM_TIMEOUT);
}
END_TEST
COVERS_ROWS(wait_in_other_case, spellings, "npipe.names.case_of_waits");

static DWORD answer(void *server)
{
    require(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    expect_read(server, "ask", 3);
    put(server, "tell", 4);
    FlushFileBuffers(server);
    return 0;
}

static void expect_answer(const WCHAR *name)
{
    char reply[8];
    DWORD got = 0;
    BOOL called =
        CallNamedPipeW(name, (char[]){"ask"}, 3, reply, sizeof(reply), &got, step_limit());
    expect_succeeded(called);
    expect_number(got, 4);
    expect_bytes(reply, "tell", 4);
}

START_TEST(call_in_other_case)
{
    const WCHAR *name = named_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);
    struct thread *serving = thread_start(answer, server);

    expect_answer(spellings[_i].of(name));

    thread_join(serving);
}
END_TEST
COVERS_ROWS(call_in_other_case, spellings, "npipe.names.case_of_calls");

/* ---- Long names */

static const WCHAR *name_of_length(size_t length, WCHAR last)
{
    static WCHAR name[300];
    wcscpy(name, named_pipe());
    while (wcslen(name) < length)
        wcscat(name, L"x");
    name[length - 1] = last;
    return name;
}

static const struct length {
    struct row row;
    size_t length;
} lengths[] = {
    {{"of_255", NULL}, 255},
    {{"of_256", NULL}, 256},
};

START_TEST(long_name)
{
    const WCHAR *name = name_of_length(lengths[_i].length, L'a');
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 2);

    BOOL available = WaitNamedPipeW(name, 1);

    expect_succeeded(available);
    struct thread *serving = thread_start(answer, server);
    expect_answer(name);
    thread_join(serving);
    expect_handle(CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, MESSAGES, 2, 0, 0, 0, NULL));
}
END_TEST
COVERS_ROWS(long_name, lengths, "npipe.names.long");

/* ---- What is another name */

static WCHAR *longer(const WCHAR *name)
{
    static WCHAR other[300];
    return wcscat(wcscpy(other, name), L"0");
}

static WCHAR *shorter(const WCHAR *name)
{
    WCHAR *other = copy_of(name);
    other[wcslen(other) - 1] = 0;
    return other;
}

static WCHAR *last_character(const WCHAR *name)
{
    WCHAR *other = copy_of(name);
    other[wcslen(other) - 1] ^= 1;
    return other;
}

static const struct other_name {
    struct row row;
    size_t length; /* of the pipe's name; 0: any */
    WCHAR *(*of)(const WCHAR *);
} other_names[] = {
    {{"longer", NULL}, 0, longer},
    {{"shorter", NULL}, 0, shorter},
    {{"other_last_character", NULL}, 0, last_character},
    {{"other_256th_character", NULL}, 256, last_character},
};

START_TEST(pipe_beside_one_whose_name_is)
{
    const struct other_name *row = &other_names[_i];
    const WCHAR *name = row->length ? name_of_length(row->length, L'a') : named_pipe();
    const WCHAR *other = row->of(name);
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);

    HANDLE client = CreateFileW(other, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_FILE_NOT_FOUND);
    expect_failed(WaitNamedPipeW(other, 1), ERROR_FILE_NOT_FOUND);
    HANDLE second = CreateNamedPipeW(other, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0,
                                     1, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    expect_handle(second);
    HANDLE of_second = open_client(other, READ_WRITE, 0);
    HANDLE of_first = open_client(name, READ_WRITE, 0);
    expect_bytes_flow(of_first, server);
    expect_bytes_flow(of_second, second);
}
END_TEST
COVERS_ROWS(pipe_beside_one_whose_name_is, other_names, "npipe.names.another");

/* A pipe is no file in a directory, whatever its name there. */
START_TEST(same_last_part)
{
    const WCHAR *name = named_pipe();
    const WCHAR *file = scratch_path(name + wcslen(L"\\\\.\\pipe\\"));
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);

    HANDLE opened = CreateFileW(file, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(opened, ERROR_FILE_NOT_FOUND);
    expect_bytes_flow(open_client(name, READ_WRITE, 0), server);
}
END_TEST
COVERS(same_last_part, "npipe.names.another");
