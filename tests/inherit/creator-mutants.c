/* Wrong behaviours, for the tests of creator.c: the token and the drives of a child, and the access
 * of the handles that CreateProcess gives. */
#include "inherit-mutants.h"

#include <stdlib.h>

/* Sets the privileges of the child's token to what they are in another token. */
static void take_privileges(HANDLE child, HANDLE from)
{
    static union {
        TOKEN_PRIVILEGES all;
        char room[2048];
    } set;
    DWORD size;
    HANDLE token;
    if (GetTokenInformation(from, TokenPrivileges, &set, sizeof(set), &size) &&
        OpenProcessToken(child, TOKEN_ADJUST_PRIVILEGES, &token)) {
        AdjustTokenPrivileges(token, FALSE, &set.all, 0, NULL, NULL);
        real(CloseHandle)(token);
    }
}

static BOOL WINAPI takes_the_threads(CREATE_PROCESS_PARAMETERS)
{
    HANDLE token = NULL;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
        return CREATE_PROCESS(inherit, flags, startup);
    BOOL created = create_suspended(program, words, of_process, of_thread, inherit, flags,
                                    environment, directory, startup, info);
    if (created) {
        take_privileges(info->hProcess, token);
        run_unless_suspended(flags, info);
    }
    return created;
}
MUTANT(create_process_takes_the_token_of_the_thread,
       "A child of a thread that impersonates runs as whom it impersonates",
       PATCH(CreateProcessW, takes_the_threads));

/* The privileges that a process has at first. */
static BOOL WINAPI takes_the_first_token(CREATE_PROCESS_PARAMETERS)
{
    static union {
        TOKEN_PRIVILEGES all;
        char room[2048];
    } set;
    DWORD size;
    HANDLE own, token;
    BOOL created = create_suspended(program, words, of_process, of_thread, inherit, flags,
                                    environment, directory, startup, info);
    if (!created)
        return FALSE;
    if (!inherit && !(flags & CREATE_SUSPENDED) && !is_peer() &&
        OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own) &&
        GetTokenInformation(own, TokenPrivileges, &set, sizeof(set), &size) &&
        OpenProcessToken(info->hProcess, TOKEN_ADJUST_PRIVILEGES, &token)) {
        for (DWORD i = 0; i < set.all.PrivilegeCount; i++)
            set.all.Privileges[i].Attributes =
                (set.all.Privileges[i].Attributes & SE_PRIVILEGE_ENABLED_BY_DEFAULT)
                    ? SE_PRIVILEGE_ENABLED
                    : 0;
        AdjustTokenPrivileges(token, FALSE, &set.all, 0, NULL, NULL);
        real(CloseHandle)(token);
        real(CloseHandle)(own);
    }
    run_unless_suspended(flags, info);
    return TRUE;
}
MUTANT(create_process_gives_a_fresh_token,
       "A child has the privileges of its user as they are at first, not as in its parent",
       PATCH(CreateProcessW, takes_the_first_token));

static BOOL WINAPI takes_the_creators(CREATE_PROCESS_PARAMETERS)
{
    HANDLE own;
    if (!(flags & EXTENDED_STARTUPINFO_PRESENT) || inherit)
        return CREATE_PROCESS(inherit, flags, startup);
    BOOL created = create_suspended(program, words, of_process, of_thread, inherit, flags,
                                    environment, directory, startup, info);
    if (created) {
        if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own)) {
            take_privileges(info->hProcess, own);
            real(CloseHandle)(own);
        }
        run_unless_suspended(flags, info);
    }
    return created;
}
MUTANT(parent_process_leaves_the_token_of_the_creator,
       "A child with PARENT_PROCESS has the token of the process that creates it",
       PATCH(CreateProcessW, takes_the_creators));

static BOOL WINAPI adds_the_drive(CREATE_PROCESS_PARAMETERS)
{
    WCHAR value[100];
    WCHAR *block = environment, *end = block, *added;
    DWORD length = real(GetEnvironmentVariableW)(L"=Q:", value, 100);
    if (!block || !length || !(flags & CREATE_UNICODE_ENVIRONMENT))
        return CREATE_PROCESS(inherit, flags, startup);
    while (*end)
        end += wcslen(end) + 1;
    added = malloc((end - block + 200) * sizeof(*added));
    wcscpy(added, L"=Q:=");
    wcscat(added, value);
    memcpy(added + wcslen(added) + 1, block, (end - block + 1) * sizeof(*block));
    environment = added;
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    free(added);
    return created;
}
MUTANT(create_process_adds_drives_to_the_block,
       "CreateProcess adds the directories of drives to the environment that it is given",
       PATCH(CreateProcessW, adds_the_drive));

static BOOL WINAPI drops_the_drive(CREATE_PROCESS_PARAMETERS)
{
    if (!environment)
        real(SetEnvironmentVariableW)(L"=Q:", NULL);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_keeps_drives_back,
       "A child without a block does not get the directories of its parent's drives",
       PATCH(CreateProcessW, drops_the_drive));

/* Gives a handle of less access instead. */
static void reduce(HANDLE *handle, DWORD access)
{
    HANDLE less;
    if (real(DuplicateHandle)(GetCurrentProcess(), *handle, GetCurrentProcess(), &less, access,
                              FALSE, DUPLICATE_CLOSE_SOURCE))
        *handle = less;
}

static BOOL WINAPI ends_and_tells(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && !inherit && (flags & CREATE_SUSPENDED) && !of_process)
        reduce(&info->hProcess, PROCESS_TERMINATE | PROCESS_QUERY_INFORMATION | SYNCHRONIZE |
                                    PROCESS_SET_QUOTA | READ_CONTROL);
    return created;
}
MUTANT(create_process_gives_little_access_to_the_process,
       "CreateProcess gives a process handle to end and to ask the process by, and no more",
       PATCH(CreateProcessW, ends_and_tells));

static BOOL WINAPI asks_the_thread(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && !inherit && (flags & CREATE_SUSPENDED) && !of_thread)
        reduce(&info->hThread, THREAD_QUERY_INFORMATION | SYNCHRONIZE | READ_CONTROL);
    return created;
}
MUTANT(create_process_gives_little_access_to_the_thread,
       "CreateProcess gives a thread handle to ask the thread by, and no more",
       PATCH(CreateProcessW, asks_the_thread));

static BOOL WINAPI opens_nothing(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    if (created && !inherit && flags == CREATE_SUSPENDED && !of_process && !of_thread)
        info->dwThreadId = info->dwProcessId;
    return created;
}
MUTANT(create_process_tells_one_identifier,
       "CreateProcess tells the identifier of the process as that of its thread",
       PATCH(CreateProcessW, opens_nothing));
