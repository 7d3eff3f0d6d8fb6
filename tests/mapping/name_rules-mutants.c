/* Wrong behaviours, for the tests of name_rules.c: which names a file mapping can have, and
 * which names are one and the same. */
#include "mapping-mutants.h"

#include <stdlib.h>

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
#define RENAMES(change)                                                                        \
    static HANDLE WINAPI create_with_##change(CREATE_PARAMETERS)                               \
    {                                                                                          \
        if (name != NULL && name[0] != 0)                                                      \
            name = change(_wcsdup(name));                                                      \
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);                                     \
    }                                                                                          \
    static HANDLE WINAPI open_with_##change(OPEN_PARAMETERS)                                   \
    {                                                                                          \
        return real(OpenFileMappingW)(access, inherit,                                         \
                                      name != NULL && name[0] ? change(_wcsdup(name)) : name); \
    }                                                                                          \
    struct cts_swallow_semicolon
#define RENAMED(change) \
    PATCH(CreateFileMappingW, create_with_##change), PATCH(OpenFileMappingW, open_with_##change)

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
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
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
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_global_names, "CreateFileMapping always refuses the prefix Global\\",
       PATCH(CreateFileMappingW, refuse_global));
