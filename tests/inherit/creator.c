/* What a child has of the process, or the thread, that creates it: its token and the directories of
 * drives; and what the creator can do with the handles that it is given. */
#include "inherit.h"

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* ---- Tokens ---- */

static HANDLE token_of(HANDLE process)
{
    HANDLE token = NULL;
    require(OpenProcessToken(process, TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token));
    return token;
}

/* The privileges of a token. */
static TOKEN_PRIVILEGES *privileges_of(HANDLE token)
{
    DWORD size = 0;
    GetTokenInformation(token, TokenPrivileges, NULL, 0, &size);
    TOKEN_PRIVILEGES *all = malloc(size);
    require(GetTokenInformation(token, TokenPrivileges, all, size, &size));
    return all;
}

/* The first privilege by whose state nobody cares here: not the one to pass through folders. */
static LUID_AND_ATTRIBUTES any_privilege(HANDLE token)
{
    LUID through_folders;
    require(LookupPrivilegeValueW(NULL, L"SeChangeNotifyPrivilege", &through_folders));
    TOKEN_PRIVILEGES *all = privileges_of(token);
    for (DWORD i = 0; i < all->PrivilegeCount; i++)
        if (all->Privileges[i].Luid.LowPart != through_folders.LowPart)
            return all->Privileges[i];
    unsupported("the user has one privilege only");
}

static bool is_enabled(HANDLE token, DWORD privilege)
{
    TOKEN_PRIVILEGES *all = privileges_of(token);
    for (DWORD i = 0; i < all->PrivilegeCount; i++)
        if (all->Privileges[i].Luid.LowPart == privilege)
            return all->Privileges[i].Attributes & SE_PRIVILEGE_ENABLED;
    unresolved("the token has lost the privilege");
}

/* Enables the privilege if it is not, and disables it if it is. */
static void turn_over(HANDLE token, LUID_AND_ATTRIBUTES privilege)
{
    TOKEN_PRIVILEGES turned = {1, {privilege}};
    bool enabled = is_enabled(token, privilege.Luid.LowPart);
    turned.Privileges[0].Attributes = enabled ? 0 : SE_PRIVILEGE_ENABLED;
    require(AdjustTokenPrivileges(token, FALSE, &turned, 0, NULL, NULL));
    require(is_enabled(token, privilege.Luid.LowPart) != enabled);
}

PEER(has_the_privilege)
{
    HANDLE token = token_of(GetCurrentProcess());
    expect_number(is_enabled(token, (DWORD)peer_number(0)), peer_number(1));
}

static const struct whose {
    struct row row;
    bool of_thread;
} whose[] = {
    {{"process_while_the_thread_impersonates", "inherit.create_process.token_of_the_process"},
     true},
    {{"process_as_it_has_changed_it", "inherit.create_process.token_as_it_is"}, false},
};

START_TEST(token_is_that_of_the)
{
    bool of_thread = whose[_i].of_thread;
    HANDLE own = token_of(GetCurrentProcess()), changed = own;
    LUID_AND_ATTRIBUTES privilege = any_privilege(own);
    DWORD id = privilege.Luid.LowPart;
    bool before = is_enabled(own, id);
    if (of_thread) {
        require(ImpersonateSelf(SecurityImpersonation));
        require(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, TRUE,
                                &changed));
    }
    turn_over(changed, privilege);
    struct peer *child = peer_prepare(has_the_privilege, given_number(id),
                                      given_number(of_thread ? before : !before));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    require(RevertToSelf());
    if (!of_thread)
        turn_over(own, privilege);
    expect_number(is_enabled(own, id), before);
    peer_join(child);
}
END_TEST
COVERS_ROWS(token_is_that_of_the, whose);

PEER(changes_its_token)
{
    HANDLE own = token_of(GetCurrentProcess());
    LUID_AND_ATTRIBUTES privilege = any_privilege(own);
    require(privilege.Luid.LowPart == peer_number(0));
    turn_over(own, privilege);
    checkpoint_reach("changed");
    checkpoint_wait("never");
}

START_TEST(token_is_that_of_the_parent_given)
{
    HANDLE own = token_of(GetCurrentProcess());
    DWORD id = any_privilege(own).Luid.LowPart;
    bool before = is_enabled(own, id);
    struct peer *parent = peer_start(changes_its_token, given_number(id));
    checkpoint_wait("changed");
    struct peer *child = peer_prepare(has_the_privilege, given_number(id), given_number(!before));
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 1, 0, &size);
    /* No standard handles: the caller's values would mean other handles of the parent. */
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .StartupInfo.dwFlags = STARTF_USESTDHANDLES,
                              .lpAttributeList = malloc(size)};
    require(InitializeProcThreadAttributeList(startup.lpAttributeList, 1, 0, &size));
    require(UpdateProcThreadAttribute(startup.lpAttributeList, 0,
                                      PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, &parent->info.hProcess,
                                      sizeof(HANDLE), NULL, NULL));

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                                  DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_join(child);
    expect_number(is_enabled(own, id), before);
    peer_kill(parent);
}
END_TEST
COVERS(token_is_that_of_the_parent_given, "inherit.attribute.parent_token");

/* ---- Directories of drives ---- */

/* Only a text here: no such drive is looked for. */
#define DRIVE L"=Q:"
#define DIRECTORY L"Q:\\somewhere"

/* The variables of this process without the directories of drives. */
static WCHAR *block_without_drives(void)
{
    WCHAR *own = GetEnvironmentStringsW(), *end = own;
    while (*end)
        end += wcslen(end) + 1;
    WCHAR *block = malloc((end - own + 2) * sizeof(*block)), *to = block;
    for (const WCHAR *from = own; *from; from += wcslen(from) + 1)
        if (*from != L'=') {
            wcscpy(to, from);
            to += wcslen(to) + 1;
        }
    *to = 0;
    FreeEnvironmentStringsW(own);
    return block;
}

PEER(has_the_directory)
{
    WCHAR buffer[100] = L"";
    DWORD length = GetEnvironmentVariableW(DRIVE, buffer, 100);
    expect_text(length ? buffer : L"none", peer_text(0));
}

static const struct source {
    struct row row;
    bool block;
} sources[] = {
    {{"without_a_block_is_the_parents", "inherit.environment.drives_null"}, false},
    {{"with_a_block_is_what_that_says", "inherit.environment.drives_block"}, true},
};

START_TEST(directory_of_a_drive)
{
    bool block = sources[_i].block;
    require(SetEnvironmentVariableW(DRIVE, DIRECTORY));
    struct peer *child = peer_prepare(has_the_directory, given_text(block ? L"none" : DIRECTORY));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(
        NULL, child->command_line, NULL, NULL, FALSE, block ? CREATE_UNICODE_ENVIRONMENT : 0,
        block ? block_without_drives() : NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    require(SetEnvironmentVariableW(DRIVE, NULL));
}
END_TEST
COVERS_ROWS(directory_of_a_drive, sources);

/* ---- What can be done by the handles ---- */

static BOOL duplicate_into_it(const PROCESS_INFORMATION *child)
{
    HANDLE there = NULL;
    return DuplicateHandle(GetCurrentProcess(), event_create(FALSE), child->hProcess, &there, 0,
                           FALSE, DUPLICATE_SAME_ACCESS);
}

static BOOL write_its_memory(const PROCESS_INFORMATION *child)
{
    char byte = 0;
    SIZE_T moved = 0;
    void *there = VirtualAllocEx(child->hProcess, NULL, 4096, MEM_COMMIT, PAGE_READWRITE);
    return there && WriteProcessMemory(child->hProcess, there, "x", 1, &moved) &&
           ReadProcessMemory(child->hProcess, there, &byte, 1, &moved) && byte == 'x';
}

static BOOL set_its_priority(const PROCESS_INFORMATION *child)
{
    return SetPriorityClass(child->hProcess, IDLE_PRIORITY_CLASS);
}

static BOOL open_its_token(const PROCESS_INFORMATION *child)
{
    HANDLE token;
    return OpenProcessToken(child->hProcess, TOKEN_QUERY, &token);
}

static BOOL suspend_its_thread(const PROCESS_INFORMATION *child)
{
    return SuspendThread(child->hThread) != (DWORD)-1;
}

static BOOL set_its_threads_priority(const PROCESS_INFORMATION *child)
{
    return SetThreadPriority(child->hThread, THREAD_PRIORITY_LOWEST);
}

static const struct use {
    struct row row;
    BOOL (*made)(const PROCESS_INFORMATION *child);
} uses[] = {
    {{"duplicate_a_handle_into_it", "inherit.create_process.full_access"}, duplicate_into_it},
    {{"write_and_read_its_memory", "inherit.create_process.full_access"}, write_its_memory},
    {{"set_its_priority_class", "inherit.create_process.full_access"}, set_its_priority},
    {{"open_its_token", "inherit.create_process.full_access"}, open_its_token},
    {{"suspend_its_thread", "inherit.create_process.full_access_to_thread"}, suspend_its_thread},
    {{"set_the_priority_of_its_thread", "inherit.create_process.full_access_to_thread"},
     set_its_threads_priority},
};

START_TEST(creator_can)
{
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    BOOL made = uses[_i].made(&child->info);
    expect_succeeded(made);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(creator_can, uses);

/* ---- Identifiers ---- */

START_TEST(identifiers_open_the_child)
{
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, child->info.dwProcessId);
    HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, child->info.dwThreadId);
    expect_handle(process);
    expect_handle(thread);
    expect_not_signaled(process);
    expect_not_signaled(thread);
    peer_kill(child);
    expect_signaled(process);
    expect_signaled(thread);
}
END_TEST
COVERS(identifiers_open_the_child, "inherit.create_process.identifiers_open");
