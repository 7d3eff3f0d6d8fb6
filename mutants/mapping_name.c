/* Wrong behaviours of CreateFileMappingW and OpenFileMappingW with names. */
#include "mapping.h"

#include <stdlib.h>

#define OPEN_PARAMETERS DWORD access, BOOL inherit, const WCHAR *name

#define LOCAL L"Local\\"
#define GLOBAL L"Global\\"

static bool begins_with(const WCHAR *name, const WCHAR *prefix)
{
    return name != NULL && wcsncmp(name, prefix, wcslen(prefix)) == 0;
}

/* What follows the prefix, if there is one. */
static WCHAR *rest_of(WCHAR *name)
{
    if (begins_with(name, LOCAL))
        return name + wcslen(LOCAL);
    return begins_with(name, GLOBAL) ? name + wcslen(GLOBAL) : name;
}

/* Other names for the same calls: CHANGE is done to a copy of the name. */
#define RENAMES(change)                                                                       \
    static HANDLE WINAPI create_with_##change(CREATE_PARAMETERS)                              \
    {                                                                                         \
        if (name != NULL && name[0] != 0)                                                     \
            name = change(_wcsdup(name));                                                     \
        return real.CreateFileMappingW(CREATE_ARGUMENTS);                                     \
    }                                                                                         \
    static HANDLE WINAPI open_with_##change(OPEN_PARAMETERS)                                  \
    {                                                                                         \
        return real.OpenFileMappingW(access, inherit,                                         \
                                     name != NULL && name[0] ? change(_wcsdup(name)) : name); \
    }                                                                                         \
    struct cts_swallow_semicolon
#define RENAMED(change) \
    PATCH(CreateFileMappingW, create_with_##change), PATCH(OpenFileMappingW, open_with_##change)

/* ---- Characters ----------------------------------------------------------------------------- */

static WCHAR *ascii(WCHAR *name)
{
    for (WCHAR *c = name; *c; c++)
        if (*c > 0x7E)
            *c = L'?';
    return name;
}
RENAMES(ascii);
MUTANT(mapping_names_are_ascii, "Characters beyond ASCII are all alike in the name of an object",
       RENAMED(ascii));

static WCHAR *visible(WCHAR *name)
{
    for (WCHAR *c = name; *c; c++)
        if (*c < L' ' || *c == 0x7F)
            *c = L' ';
    return name;
}
RENAMES(visible);
MUTANT(mapping_names_have_no_control_characters,
       "Control characters are blanks in the name of an object", RENAMED(visible));

static WCHAR *trimmed(WCHAR *name)
{
    size_t length = wcslen(name);
    while (length > 0 && (name[length - 1] == L' ' || name[length - 1] == L'.'))
        name[--length] = 0;
    return name;
}
RENAMES(trimmed);
MUTANT(mapping_names_are_trimmed,
       "Blanks and dots at the end do not count in the name of an object", RENAMED(trimmed));

static HANDLE WINAPI refuse_file_characters(CREATE_PARAMETERS)
{
    if (name != NULL && wcspbrk(name, L"/:*?\"<>|") != NULL)
        return refuse(ERROR_INVALID_NAME);
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(mapping_names_are_like_those_of_files,
       "CreateFileMapping refuses names with characters that a file name cannot have",
       PATCH(CreateFileMappingW, refuse_file_characters));

static WCHAR *flat(WCHAR *name)
{
    for (WCHAR *c = rest_of(name); *c; c++)
        if (*c == L'\\')
            *c = L'_';
    return name;
}
RENAMES(flat);
MUTANT(mapping_names_may_contain_backslashes,
       "A backslash is like any other character in the name of an object", RENAMED(flat));

static WCHAR *lower_case(WCHAR *name)
{
    _wcslwr(rest_of(name));
    return name;
}
RENAMES(lower_case);
MUTANT(mapping_names_ignore_case, "Upper and lower case are alike in the name of an object",
       RENAMED(lower_case));

/* ---- Prefixes ------------------------------------------------------------------------------- */

static WCHAR *without_prefix(WCHAR *name)
{
    if (begins_with(name, LOCAL))
        name[wcslen(LOCAL) - 1] = L'-';
    return name;
}
RENAMES(without_prefix);
MUTANT(mapping_names_do_not_know_local, "The prefix Local\\ is a part of the name of an object",
       RENAMED(without_prefix));

static WCHAR *prefix_in_any_case(WCHAR *name)
{
    if (_wcsnicmp(name, LOCAL, wcslen(LOCAL)) == 0)
        memcpy(name, LOCAL, wcslen(LOCAL) * sizeof(*name));
    if (_wcsnicmp(name, GLOBAL, wcslen(GLOBAL)) == 0)
        memcpy(name, GLOBAL, wcslen(GLOBAL) * sizeof(*name));
    return name;
}
RENAMES(prefix_in_any_case);
MUTANT(mapping_names_know_prefixes_in_any_case,
       "The prefixes Local\\ and Global\\ are known in any case", RENAMED(prefix_in_any_case));

static WCHAR *never_global(WCHAR *name)
{
    return begins_with(name, GLOBAL) ? name + wcslen(GLOBAL) : name;
}
RENAMES(never_global);
MUTANT(mapping_names_are_all_local, "The prefix Global\\ means the name space of the session",
       RENAMED(never_global));

static HANDLE WINAPI refuse_global(CREATE_PARAMETERS)
{
    if (begins_with(name, GLOBAL))
        return refuse(ERROR_ACCESS_DENIED);
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_global_names, "CreateFileMapping always refuses the prefix Global\\",
       PATCH(CreateFileMappingW, refuse_global));

/* ---- What exists ---------------------------------------------------------------------------- */

static HANDLE WINAPI open_with_all_access(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL || GetLastError() != ERROR_ALREADY_EXISTS)
        return mapping;
    HANDLE all = real.OpenFileMappingW(FILE_MAP_ALL_ACCESS,
                                       security != NULL && security->bInheritHandle, name);
    if (all != NULL) {
        real.CloseHandle(mapping);
        mapping = all;
    }
    SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_opens_with_all_access,
       "CreateFileMapping gives all access to an object that exists",
       PATCH(CreateFileMappingW, open_with_all_access));

static HANDLE WINAPI forget_inheritance(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && error == ERROR_ALREADY_EXISTS)
        real.SetHandleInformation(mapping, HANDLE_FLAG_INHERIT, 0);
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_opens_without_inheritance,
       "CreateFileMapping makes the handle to an object that exists never inheritable",
       PATCH(CreateFileMappingW, forget_inheritance));

static volatile LONG times;

static HANDLE WINAPI lose_the_race(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS &&
        InterlockedIncrement(&times) % 20 == 1 && file == INVALID_HANDLE_VALUE && low < 2)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_has_two_creators_now_and_then,
       "CreateFileMapping tells two callers now and then that they have created one object",
       PATCH(CreateFileMappingW, lose_the_race));

/* ---- OpenFileMappingW ----------------------------------------------------------------------- */

static HANDLE WINAPI open_something(OPEN_PARAMETERS)
{
    if (name == NULL || name[0] == 0)
        return real.CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    return real.OpenFileMappingW(access, inherit, name);
}
MUTANT(open_mapping_without_a_name_gives_a_new_object,
       "OpenFileMapping without a name gives a new object",
       PATCH(OpenFileMappingW, open_something));

static HANDLE WINAPI execute_always(OPEN_PARAMETERS)
{
    return real.OpenFileMappingW(access | SECTION_MAP_EXECUTE, inherit, name);
}
MUTANT(open_mapping_always_executes,
       "OpenFileMapping gives FILE_MAP_EXECUTE whether it is asked for or not",
       PATCH(OpenFileMappingW, execute_always));

static DWORD named_protect;

static HANDLE WINAPI note_protection(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL && GetLastError() == ERROR_SUCCESS)
        named_protect = protect;
    return mapping;
}

static HANDLE WINAPI look_at_the_protection(OPEN_PARAMETERS)
{
    if ((access & FILE_MAP_WRITE) && named_protect == PAGE_READONLY)
        return refuse(ERROR_ACCESS_DENIED);
    return real.OpenFileMappingW(access, inherit, name);
}
MUTANT(open_mapping_looks_at_the_protection,
       "OpenFileMapping for writing refuses an object that was created with PAGE_READONLY",
       PATCH(CreateFileMappingW, note_protection), PATCH(OpenFileMappingW, look_at_the_protection));

static HANDLE opened;

static HANDLE WINAPI note_opened(OPEN_PARAMETERS)
{
    return opened = real.OpenFileMappingW(access, inherit, name);
}

static BOOL WINAPI close_again(HANDLE handle)
{
    DWORD before = GetLastError();
    BOOL closed = real.CloseHandle(handle);
    if (closed || opened == NULL || handle != opened)
        return closed;
    SetLastError(before);
    return TRUE;
}
MUTANT(close_mapping_again_succeeds, "CloseHandle on a mapping that was closed before succeeds",
       PATCH(OpenFileMappingW, note_opened), PATCH(CloseHandle, close_again));

static BOOL WINAPI forget_to_close(HANDLE handle)
{
    return handle == opened && opened != NULL ? TRUE : real.CloseHandle(handle);
}
MUTANT(close_mapping_leaves_it_open,
       "CloseHandle on a handle from OpenFileMapping succeeds and closes nothing",
       PATCH(OpenFileMappingW, note_opened), PATCH(CloseHandle, forget_to_close));
