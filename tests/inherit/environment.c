/* The environment and the directory of a child: its parent's, or what CreateProcess is given. */
#include "inherit.h"

#include <wchar.h>

#define VARIABLE L"WINIPC_CTS_VARIABLE"
#define NOT_THERE L"(not there)"

/* What the variable is; NOT_THERE where there is none. */
static const WCHAR *value_of(const WCHAR *name, WCHAR *buffer, DWORD size)
{
    DWORD length = GetEnvironmentVariableW(name, buffer, size);
    if (length)
        return buffer;
    expect_last_error(ERROR_ENVVAR_NOT_FOUND);
    return NOT_THERE;
}

/* A block for CreateProcess: this process's own variables, which a process may need to start, with
 * VARIABLE as said, or without it. */
static WCHAR *block_with(const WCHAR *value)
{
    WCHAR *own = GetEnvironmentStringsW(), *end = own;
    while (*end)
        end += wcslen(end) + 1;
    WCHAR *block = malloc((end - own + 100) * sizeof(*block)), *to = block;
    for (const WCHAR *from = own; *from; from += wcslen(from) + 1) {
        if (!_wcsnicmp(from, VARIABLE L"=", wcslen(VARIABLE) + 1))
            continue;
        wcscpy(to, from);
        to += wcslen(to) + 1;
    }
    if (value) {
        wcscpy(to, VARIABLE L"=");
        wcscat(to, value);
        to += wcslen(to) + 1;
    }
    *to = 0;
    FreeEnvironmentStringsW(own);
    return block;
}

PEER(has_the_value)
{
    WCHAR buffer[100];
    expect_text(value_of(VARIABLE, buffer, 100), peer_text(0));
}

static const struct source {
    struct row row;
    const WCHAR *parents, *given; /* the variable in the parent; in the block, if there is one */
    bool block;
    const WCHAR *childs;
} sources[] = {
    {{"no_block", "inherit.environment.null_parents"}, L"parent's", NULL, false, L"parent's"},
    {{"no_block_and_no_variable", "inherit.environment.null_parents"},
     NULL,
     NULL,
     false,
     NOT_THERE},
    {{"block", "inherit.environment.block_replaces"}, L"parent's", L"given", true, L"given"},
    {{"block_without_the_variable", "inherit.environment.block_replaces"},
     L"parent's",
     NULL,
     true,
     NOT_THERE},
    {{"block_with_a_variable_of_its_own", "inherit.environment.block_replaces"},
     NULL,
     L"given",
     true,
     L"given"},
    {{"block_that_is_not_ascii", "inherit.environment.unicode_flag"},
     L"parent's",
     L"\x416\x4E2D",
     true,
     L"\x416\x4E2D"},
};

START_TEST(variable_from)
{
    const struct source *row = &sources[_i];
    require(SetEnvironmentVariableW(VARIABLE, row->parents) || !row->parents);
    struct peer *child = peer_prepare(has_the_value, given_text(row->childs));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    WCHAR *block = row->block ? block_with(row->given) : NULL;

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE,
                       block ? CREATE_UNICODE_ENVIRONMENT : 0, block, NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    WCHAR buffer[100];
    expect_text(value_of(VARIABLE, buffer, 100), row->parents ? row->parents : NOT_THERE);
}
END_TEST
COVERS_ROWS(variable_from, sources);

static const struct form {
    struct row row;
    bool ansi_call;
} forms[] = {
    {{"create_process_w", NULL}, false},
    {{"create_process_a", NULL}, true},
};

START_TEST(block_without_the_unicode_flag)
{
    require(SetEnvironmentVariableW(VARIABLE, L"parent's"));
    WCHAR *wide = block_with(L"given"), *end = wide;
    while (*end)
        end += wcslen(end) + 1;
    int length = (int)(end - wide) + 1, size = 3 * length;
    char *block = malloc(size), words[2000];
    require(WideCharToMultiByte(CP_ACP, 0, wide, length, block, size, NULL, NULL));
    struct peer *child = peer_prepare(has_the_value, given_text(L"given"));
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    STARTUPINFOA startup_a = {.cb = sizeof(startup_a)};

    BOOL created = forms[_i].ansi_call
                       ? CreateProcessA(NULL, words, NULL, NULL, FALSE, 0, block, NULL, &startup_a,
                                        &child->info)
                       : CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, block,
                                        NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS_ROWS(block_without_the_unicode_flag, forms, "inherit.environment.ansi_block");

START_TEST(later_change_of_the_parent)
{
    require(SetEnvironmentVariableW(VARIABLE, L"first"));
    struct peer *child = peer_prepare(has_the_value, given_text(L"first"));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);
    expect_succeeded(created);

    BOOL set = SetEnvironmentVariableW(VARIABLE, L"later");

    expect_succeeded(set);
    require(ResumeThread(child->info.hThread) == 1);
    peer_join(child);
}
END_TEST
COVERS(later_change_of_the_parent, "inherit.environment.copy");

PEER(change_the_value)
{
    expect_succeeded(SetEnvironmentVariableW(VARIABLE, L"child's"));
}

START_TEST(change_by_the_child)
{
    require(SetEnvironmentVariableW(VARIABLE, L"parent's"));
    struct peer *child = peer_prepare(change_the_value);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    WCHAR buffer[100];
    expect_text(value_of(VARIABLE, buffer, 100), L"parent's");
}
END_TEST
COVERS(change_by_the_child, "inherit.environment.copy");

PEER(start_one_that_has_the_value)
{
    struct peer *child = peer_prepare(has_the_value, given_text(peer_text(0)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, 0, NULL, NULL,
                                  &startup, &child->info);
    expect_succeeded(created);
    peer_join(child);
}

START_TEST(grandchild_has_the_block_of_the_child)
{
    require(SetEnvironmentVariableW(VARIABLE, L"parent's"));
    struct peer *child = peer_prepare(start_one_that_has_the_value, given_text(L"given"));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_UNICODE_ENVIRONMENT,
                       block_with(L"given"), NULL, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(grandchild_has_the_block_of_the_child, "inherit.environment.null_parents");

/* ---- The current directory */

PEER(is_in_the_directory)
{
    WCHAR directory[MAX_PATH];
    DWORD length = GetCurrentDirectoryW(MAX_PATH, directory);
    expect_succeeded(length);
    if (directory[length - 1] == L'\\')
        directory[length - 1] = 0;
    expect_text(directory, peer_text(0));
}

static const struct place {
    struct row row;
    bool given, parent_moves;
} places[] = {
    {{"of_the_parent", "inherit.directory.null_parents"}, false, false},
    {{"that_is_given", "inherit.directory.given"}, true, false},
    {{"before_the_parent_moves_on", "inherit.directory.null_parents"}, false, true},
};

START_TEST(directory)
{
    const WCHAR *here = scratch_path(L"here"), *there = scratch_path(L"there");
    require(CreateDirectoryW(here, NULL) && CreateDirectoryW(there, NULL));
    require(SetCurrentDirectoryW(here));
    bool given = places[_i].given, moves = places[_i].parent_moves;
    struct peer *child = peer_prepare(is_in_the_directory, given_text(given ? there : here));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, given ? there : NULL, &startup, &child->info);

    expect_succeeded(created);
    if (moves)
        require(SetCurrentDirectoryW(there));
    require(ResumeThread(child->info.hThread) == 1);
    peer_join(child);
    WCHAR directory[MAX_PATH];
    require(GetCurrentDirectoryW(MAX_PATH, directory));
    expect_text(directory, moves ? there : here);
    require(SetCurrentDirectoryW(L"\\")); /* the folder is removed behind the test */
}
END_TEST
COVERS_ROWS(directory, places);

START_TEST(directory_given_to_create_process_a)
{
    const WCHAR *there = scratch_path(L"there");
    require(CreateDirectoryW(there, NULL));
    struct peer *child = peer_prepare(is_in_the_directory, given_text(there));
    char words[2000], ansi[MAX_PATH];
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));
    require(WideCharToMultiByte(CP_ACP, 0, there, -1, ansi, sizeof(ansi), NULL, NULL));
    STARTUPINFOA startup = {.cb = sizeof(startup)};

    BOOL created =
        CreateProcessA(NULL, words, NULL, NULL, FALSE, 0, NULL, ansi, &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(directory_given_to_create_process_a, "inherit.directory.given_by_ansi");
