/* What a thread that has ended leaves to the others of its process. */
#include "handle.h"

struct left {
    HANDLE handle, other;
    char *view;
    const WCHAR *name;
};

static DWORD make_pipe(void *argument)
{
    struct left *left = argument;
    expect_succeeded(CreatePipe(&left->handle, &left->other, NULL, 0));
    return 0;
}

static void use_pipe(struct left *left)
{
    expect_written(left->other, "x");
    expect_arrives(left->handle, "x");
}

static DWORD make_named_pipe(void *argument)
{
    struct left *left = argument;
    left->handle = CreateNamedPipeW(left->name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT, 1,
                                    100, 100, 0, NULL);
    expect_handle(left->handle);
    return 0;
}

static void use_named_pipe(struct left *left)
{
    HANDLE client = CreateFileW(left->name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
    expect_written(left->handle, "x");
    expect_arrives(client, "x");
}

static DWORD make_client(void *argument)
{
    struct left *left = argument;
    left->handle = CreateFileW(left->name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(left->handle);
    return 0;
}

static void use_client(struct left *left)
{
    expect_written(left->other, "x");
    expect_arrives(left->handle, "x");
}

static DWORD make_mapping(void *argument)
{
    struct left *left = argument;
    left->handle =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, left->name);
    expect_handle(left->handle);
    return 0;
}

static void use_mapping(struct left *left)
{
    HANDLE opened = OpenFileMappingW(FILE_MAP_WRITE, FALSE, left->name);
    expect_handle(opened);
    char *view = MapViewOfFile(left->handle, FILE_MAP_WRITE, 0, 0, 0);
    expect_not_null(view);
    view[99] = 'x';
}

static DWORD make_view(void *argument)
{
    struct left *left = argument;
    left->view = MapViewOfFile(left->handle, FILE_MAP_WRITE, 0, 0, 0);
    expect_not_null(left->view);
    left->view[0] = 'x';
    return 0;
}

static void use_view(struct left *left)
{
    expect_fault(try_read(left->view), 0);
    expect_number(left->view[0], 'x');
    expect_fault(try_write(left->view + 99, 'y'), 0);
}

static DWORD make_event(void *argument)
{
    struct left *left = argument;
    left->handle = CreateEventW(NULL, TRUE, TRUE, left->name);
    expect_handle(left->handle);
    return 0;
}

static void use_event(struct left *left)
{
    expect_handle(OpenEventW(SYNCHRONIZE, FALSE, left->name));
    expect_number(WaitForSingleObject(left->handle, 0), WAIT_OBJECT_0);
}

static const struct kind {
    struct row row;
    const WCHAR *prefix;
    DWORD (*make)(void *);
    void (*use)(struct left *);
} kinds[] = {
    {{"anonymous_pipe", "handle.thread.leaves_handles"}, L"", make_pipe, use_pipe},
    {{"named_pipe", "handle.thread.leaves_handles"},
     L"\\\\.\\pipe\\",
     make_named_pipe,
     use_named_pipe},
    {{"client_of_a_pipe", "handle.thread.leaves_handles"},
     L"\\\\.\\pipe\\",
     make_client,
     use_client},
    {{"file_mapping", "handle.thread.leaves_handles"}, L"Local\\", make_mapping, use_mapping},
    {{"view", "handle.thread.leaves_views"}, L"Local\\", make_view, use_view},
    {{"event", "handle.thread.leaves_handles"}, L"Local\\", make_event, use_event},
};

START_TEST(made_by_a_thread_that_has_ended)
{
    const struct kind *kind = &kinds[_i];
    struct left left = {.name = unique_name(kind->prefix)};
    if (kind->make == make_client) {
        left.other = CreateNamedPipeW(left.name, PIPE_ACCESS_OUTBOUND, PIPE_TYPE_BYTE | PIPE_WAIT,
                                      1, 100, 100, 0, NULL);
        require(left.other != INVALID_HANDLE_VALUE);
    }
    if (kind->make == make_view)
        make_mapping(&left);
    struct thread *thread = thread_start(kind->make, &left);

    DWORD result = thread_join(thread);

    expect_number(result, 0);
    expect_signaled(thread->handle);
    kind->use(&left);
}
END_TEST
COVERS_ROWS(made_by_a_thread_that_has_ended, kinds);

/* ---- The process of another one ---- */

PEER(is_killed)
{
    peer_passed();
    checkpoint_wait("never");
}

START_TEST(pseudo_handle_of_the_source_process)
{
    struct peer *peer = peer_start(is_killed);
    HANDLE weak = OpenProcess(PROCESS_DUP_HANDLE, FALSE, peer->info.dwProcessId), strong = NULL;
    require(weak != NULL);
    expect_failed(TerminateProcess(weak, 5), ERROR_ACCESS_DENIED);

    BOOL duplicated = DuplicateHandle(weak, GetCurrentProcess(), GetCurrentProcess(), &strong, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_number(GetProcessId(strong), peer->info.dwProcessId);
    expect_succeeded(TerminateProcess(strong, 5));
    expect_exit_code(peer->info.hProcess, 5);
}
END_TEST
COVERS(pseudo_handle_of_the_source_process, "handle.pseudo.of_the_source_process");
