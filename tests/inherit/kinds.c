/* Inherited handles of each kind of object: what the child can do with them, and which it gets. */
#include "inherit.h"

static SECURITY_ATTRIBUTES inheriting = {.nLength = sizeof(inheriting), .bInheritHandle = TRUE};

PEER(read_the_tail)
{
    char bytes[8];
    DWORD count = 0;
    expect_succeeded(ReadFile(peer_handle(0), bytes, sizeof(bytes), &count, NULL));
    expect_number(count, 4);
    expect_bytes(bytes, "tail", 4);
}

START_TEST(file_with_its_position)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, &inheriting,
                              CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    require(file != INVALID_HANDLE_VALUE);
    pipe_put(file, "headtail");
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 4}, NULL, FILE_BEGIN));
    struct peer *child = peer_prepare(read_the_tail, given_handle(file));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    LARGE_INTEGER position;
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, &position, FILE_CURRENT));
    expect_number(position.QuadPart, 8);
}
END_TEST
COVERS(file_with_its_position, "inherit.kinds_file");

PEER(find_the_mutex_owned)
{
    HANDLE mutex = peer_handle(0);
    expect_not_signaled(mutex);
    expect_failed(ReleaseMutex(mutex), ERROR_NOT_OWNER);
    checkpoint_reach("tried");
    expect_signaled(mutex);
    expect_succeeded(ReleaseMutex(mutex));
}

START_TEST(mutex_without_its_ownership)
{
    HANDLE mutex = CreateMutexW(&inheriting, TRUE, NULL);
    require(mutex != NULL);
    struct peer *child = peer_prepare(find_the_mutex_owned, given_handle(mutex));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    checkpoint_wait("tried");
    expect_succeeded(ReleaseMutex(mutex));
    peer_join(child);
}
END_TEST
COVERS(mutex_without_its_ownership, "inherit.kinds_mutex");

PEER(release_the_semaphore)
{
    LONG before = 99;
    expect_not_signaled(peer_handle(0));
    expect_succeeded(ReleaseSemaphore(peer_handle(0), 2, &before));
    expect_number(before, 0);
}

START_TEST(semaphore_with_one_count)
{
    HANDLE semaphore = CreateSemaphoreW(&inheriting, 0, 5, NULL);
    require(semaphore != NULL);
    struct peer *child = peer_prepare(release_the_semaphore, given_handle(semaphore));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_signaled(semaphore);
    expect_signaled(semaphore);
    expect_not_signaled(semaphore);
}
END_TEST
COVERS(semaphore_with_one_count, "inherit.kinds_semaphore");

PEER(answer_in_the_mapping)
{
    char *view = MapViewOfFile(peer_handle(0), FILE_MAP_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_bytes(view, "question", 9);
    strcpy(view, "answer");
}

START_TEST(file_mapping_with_its_bytes)
{
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &inheriting, PAGE_READWRITE, 0, 4096, NULL);
    require(mapping != NULL);
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    require(view != NULL);
    strcpy(view, "question");
    struct peer *child = peer_prepare(answer_in_the_mapping, given_handle(mapping));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_bytes(view, "answer", 7);
}
END_TEST
COVERS(file_mapping_with_its_bytes, "inherit.kinds_filemapping");

PEER(know_the_parent)
{
    expect_number(GetProcessId(peer_handle(0)), peer_number(0));
    expect_number(GetThreadId(peer_handle(1)), peer_number(1));
    expect_not_signaled(peer_handle(0));
    expect_not_signaled(peer_handle(1));
}

static HANDLE real_handle(HANDLE pseudo)
{
    HANDLE handle = NULL;
    require(DuplicateHandle(GetCurrentProcess(), pseudo, GetCurrentProcess(), &handle, 0, TRUE,
                            DUPLICATE_SAME_ACCESS));
    return handle;
}

START_TEST(process_and_thread_of_the_parent)
{
    HANDLE process = real_handle(GetCurrentProcess()), thread = real_handle(GetCurrentThread());
    struct peer *child =
        peer_prepare(know_the_parent, given_handle(process), given_handle(thread),
                     given_number(GetCurrentProcessId()), given_number(GetCurrentThreadId()));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(process_and_thread_of_the_parent, "inherit.kinds_process_thread");

PEER(take_pseudo_handles_for_itself)
{
    HANDLE process = (HANDLE)(INT_PTR)peer_number(0), thread = (HANDLE)(INT_PTR)peer_number(1);
    expect_number(GetProcessId(process), GetCurrentProcessId());
    expect_number(GetThreadId(thread), GetCurrentThreadId());
}

START_TEST(pseudo_handles_mean_the_child)
{
    struct peer *child =
        peer_prepare(take_pseudo_handles_for_itself, given_number((INT_PTR)GetCurrentProcess()),
                     given_number((INT_PTR)GetCurrentThread()));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(pseudo_handles_mean_the_child, "inherit.not_pseudo");

PEER(read_the_mailslot)
{
    char bytes[16];
    DWORD count = 0;
    expect_succeeded(ReadFile(peer_handle(0), bytes, sizeof(bytes), &count, NULL));
    expect_number(count, 4);
    expect_bytes(bytes, "mail", 4);
}

START_TEST(mailslot_with_its_messages)
{
    const WCHAR *name = unique_name(L"\\\\.\\mailslot\\");
    HANDLE mailslot = CreateMailslotW(name, 0, 0, NULL);
    require(mailslot != INVALID_HANDLE_VALUE);
    HANDLE sender = CreateFileW(name, GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    require(sender != INVALID_HANDLE_VALUE);
    pipe_put(sender, "mail");
    struct peer *child = peer_prepare(read_the_mailslot, given_handle(inheritable(mailslot)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(mailslot_with_its_messages, "inherit.kinds_mailslot_console_serial");

/* ---- The others of the page's list: the child can do with them what the parent could ---- */

static HANDLE make_token(void)
{
    HANDLE token = NULL;
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    return inheritable(token);
}

static void use_token(HANDLE token)
{
    TOKEN_STATISTICS statistics;
    DWORD size = 0;
    expect_succeeded(
        GetTokenInformation(token, TokenStatistics, &statistics, sizeof(statistics), &size));
}

static HANDLE make_job(void)
{
    return CreateJobObjectW(&inheriting, NULL);
}

static void use_job(HANDLE job)
{
    BOOL in_it = TRUE;
    expect_succeeded(IsProcessInJob(GetCurrentProcess(), job, &in_it));
    expect_number(in_it, FALSE);
}

static HANDLE make_key(void)
{
    HKEY key = NULL;
    require(!RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software", 0, KEY_READ, &key));
    return inheritable(key);
}

static void use_key(HANDLE key)
{
    DWORD keys = 0;
    expect_error(RegQueryInfoKeyW((HKEY)key, NULL, NULL, NULL, &keys, NULL, NULL, NULL, NULL, NULL,
                                  NULL, NULL),
                 ERROR_SUCCESS);
}

static HANDLE make_timer(void)
{
    return CreateWaitableTimerW(&inheriting, TRUE, NULL);
}

static void use_timer(HANDLE timer)
{
    LARGE_INTEGER now = {.QuadPart = -1};
    expect_succeeded(SetWaitableTimer(timer, &now, 0, NULL, NULL, FALSE));
    expect_signaled(timer);
}

static const struct kind {
    struct row row;
    HANDLE (*make)(void);
    void (*use)(HANDLE);
} kinds[] = {
    {{"token", NULL}, make_token, use_token},
    {{"job", NULL}, make_job, use_job},
    {{"registry_key", NULL}, make_key, use_key},
    {{"timer", NULL}, make_timer, use_timer},
};

PEER(use_it)
{
    kinds[peer_number(0)].use(peer_handle(0));
}

START_TEST(can_be_inherited)
{
    HANDLE handle = kinds[_i].make();
    require(handle != NULL);
    struct peer *child = peer_prepare(use_it, given_handle(handle), given_number(_i));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(can_be_inherited, kinds, "inherit.kinds_list");
