/* Which names a file mapping can have, and which names are one and the same. */
#include "mapping.h"

#include <stdlib.h>

/* A name, unlike any other, that ends with END. */
static const WCHAR *name_with(const WCHAR *prefix, const WCHAR *end)
{
    const WCHAR *unique = unique_name(prefix);
    WCHAR *name = malloc((wcslen(unique) + wcslen(end) + 1) * sizeof(WCHAR));
    require(name != NULL);
    return wcscat(wcscpy(name, unique), end);
}

static HANDLE create(const WCHAR *name)
{
    return CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);
}

/* Both mappings are of one object: what is written through the first is read through the second. */
static void expect_same_object(HANDLE first, HANDLE second)
{
    char *written = map_view(first, READ_WRITE), *read = map_view(second, READ_WRITE);
    written[7] = 'x';
    expect_number(read[7], 'x');
}

static void expect_different_objects(HANDLE first, HANDLE second)
{
    char *written = map_view(first, READ_WRITE), *read = map_view(second, READ_WRITE);
    written[7] = 'x';
    expect_number(read[7], 0);
}

/* ---- Characters ----------------------------------------------------------------------------- */

static const struct {
    struct row row;
    const WCHAR *end;
} character_rows[] = {
    {{"space", NULL}, L" a b "},
    {{"slash", NULL}, L"/a/b"},
    {{"colon", NULL}, L":a"},
    {{"wildcards", NULL}, L"*?<>|"},
    {{"quotes", NULL}, L"\"'`"},
    {{"dots", NULL}, L"..."},
    {{"percent", NULL}, L"%PATH%"},
    {{"control_characters", NULL}, L"\x01\t\n\x7F\x1F"},
    {{"umlaut", NULL}, L"\x00E4\x00D6"},
    {{"cjk", NULL}, L"\x6F22\x5B57"},
    {{"surrogates", NULL}, L"\xD83D\xDE00"},
    {{"half_a_surrogate", NULL}, L"\xD83D"},
};

START_TEST(any_character)
{
    const WCHAR *name = name_with(L"Local\\", character_rows[_i].end);

    HANDLE created = create(name);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(created);
    HANDLE opened = OpenFileMappingW(READ_WRITE, FALSE, name);
    expect_handle(opened);
    expect_same_object(created, opened);

    /* Each character counts. */
    WCHAR *other = _wcsdup(name);
    other[wcslen(other) - 1] ^= 2;
    HANDLE missing = OpenFileMappingW(READ_WRITE, FALSE, other);
    expect_null(missing, ERROR_FILE_NOT_FOUND);
    other[wcslen(other) - 1] = 0;
    expect_null(OpenFileMappingW(READ_WRITE, FALSE, other), ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS_ROWS(any_character, character_rows, "mapping.create.name.other_chars");

static const struct {
    struct row row;
    const WCHAR *prefix, *end;
} backslash_rows[] = {
    {{"inside", "mapping.create.name.backslash"}, L"", L"\\b"},
    {{"inside_behind_local", "mapping.create.name.backslash"}, L"Local\\", L"\\b"},
    {{"at_the_end", "mapping.create.name.backslash"}, L"Local\\", L"\\"},
    {{"at_the_beginning", "mapping.create.name.leading_backslash"}, L"\\", L""},
    {{"twice_behind_local", "mapping.create.name.leading_backslash"}, L"Local\\\\", L""},
};

START_TEST(backslash)
{
    const WCHAR *name = name_with(backslash_rows[_i].prefix, backslash_rows[_i].end);

    HANDLE mapping = create(name);

    expect_failed_somehow(mapping);
}
END_TEST
COVERS_ROWS(backslash, backslash_rows);

START_TEST(no_backslash)
{
    expect_handle(create(name_with(L"", L"b")));
    expect_handle(create(name_with(L"Local\\", L"b")));
}
END_TEST
COVERS(no_backslash, "mapping.create.name.local_prefix");

/* ---- Prefixes ------------------------------------------------------------------------------- */

START_TEST(local_prefix_is_the_default)
{
    const WCHAR *name = unique_name(L"Local\\");

    HANDLE mapping = create(name);

    expect_handle(mapping);
    HANDLE bare = OpenFileMappingW(READ_WRITE, FALSE, name + wcslen(L"Local\\"));
    expect_handle(bare);
    expect_same_object(mapping, bare);
}
END_TEST
COVERS(local_prefix_is_the_default, "mapping.create.name.local_prefix",
       "mapping.open.global_local");

START_TEST(local_prefix_opens_what_was_created_without)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE bare = create(name + wcslen(L"Local\\"));
    require(bare != NULL);

    HANDLE mapping = OpenFileMappingW(READ_WRITE, FALSE, name);

    expect_handle(mapping);
    expect_same_object(bare, mapping);
}
END_TEST
COVERS(local_prefix_opens_what_was_created_without, "mapping.open.global_local");

static const struct {
    struct row row;
    const WCHAR *prefix;
} case_rows[] = {
    {{"local", NULL}, L"local\\"},
    {{"upper_case_local", NULL}, L"LOCAL\\"},
    {{"global", NULL}, L"global\\"},
};

START_TEST(prefix_in_another_case)
{
    HANDLE mapping = create(unique_name(case_rows[_i].prefix));

    expect_failed_somehow(mapping);
}
END_TEST
COVERS_ROWS(prefix_in_another_case, case_rows, "mapping.create.name.prefix_case");

/* Whether this process may create objects in the global name space. */
static bool may_create_global(void)
{
    DWORD session;
    require(ProcessIdToSessionId(GetCurrentProcessId(), &session));
    HANDLE token;
    PRIVILEGE_SET needed = {.PrivilegeCount = 1, .Control = PRIVILEGE_SET_ALL_NECESSARY};
    BOOL held = FALSE;
    require(LookupPrivilegeValueW(NULL, L"SeCreateGlobalPrivilege", &needed.Privilege[0].Luid));
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    require(PrivilegeCheck(token, &needed, &held));
    close_handle(&token);
    return session == 0 || held;
}

START_TEST(global_prefix)
{
    const WCHAR *name = unique_name(L"Global\\");
    if (!may_create_global())
        unsupported("this user does not have SeCreateGlobalPrivilege");

    HANDLE mapping = create(name);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    HANDLE opened = OpenFileMappingW(READ_WRITE, FALSE, name);
    expect_handle(opened);
    expect_same_object(mapping, opened);
}
END_TEST
COVERS(global_prefix, "mapping.create.name.global_prefix", "mapping.open.global_local");

START_TEST(global_and_local)
{
    const WCHAR *name = unique_name(L"Global\\");
    WCHAR local[100] = L"Local\\";
    wcscat(local, name + wcslen(L"Global\\"));
    DWORD session;
    require(ProcessIdToSessionId(GetCurrentProcessId(), &session));
    if (!may_create_global() || session == 0)
        unsupported("only outside session 0 and with SeCreateGlobalPrivilege are there both");
    HANDLE global = create(name);
    require(global != NULL);

    HANDLE mapping = create(local);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    expect_different_objects(global, mapping);
}
END_TEST
COVERS(global_and_local, "mapping.create.name.global_vs_local_distinct");

/* ---- Names that differ ---------------------------------------------------------------------- */

START_TEST(case_matters)
{
    const WCHAR *name = name_with(L"Local\\", L"-Abc");
    HANDLE first = create(name);
    require(first != NULL);
    WCHAR *upper = _wcsdup(name);
    upper[wcslen(upper) - 1] = L'C';

    HANDLE second = create(upper);

    expect_last_error(ERROR_SUCCESS);
    expect_different_objects(first, second);
    close_handle(&second);
    HANDLE missing = OpenFileMappingW(READ_WRITE, FALSE, upper);
    expect_null(missing, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(case_matters, "mapping.create.name.case_sensitive");

START_TEST(composed_and_decomposed_accents)
{
    const WCHAR *composed = name_with(L"Local\\", L"\x00E9");
    WCHAR *decomposed = malloc((wcslen(composed) + 2) * sizeof(WCHAR));
    wcscpy(decomposed, composed);
    wcscpy(decomposed + wcslen(composed) - 1, L"e\x0301");
    HANDLE first = create(composed);
    require(first != NULL);

    HANDLE second = create(decomposed);

    DWORD error = GetLastError();
    expect_handle(second);
    record("the other spelling", "%s",
           error == ERROR_ALREADY_EXISTS ? "is the same name" : "is another name");
}
END_TEST
COVERS(composed_and_decomposed_accents, "mapping.create.name.unicode_normalisation");

START_TEST(empty_name)
{
    HANDLE first = create(L"");
    DWORD first_error = GetLastError();

    HANDLE second = create(L"");

    DWORD second_error = GetLastError();
    char text[80];
    record("first", "%s, %s", first ? "created" : "refused",
           error_text(first_error, text, sizeof(text)));
    record("second", "%s, %s", second ? "created" : "refused",
           error_text(second_error, text, sizeof(text)));
}
END_TEST
COVERS(empty_name, "mapping.create.name.empty");

static const struct {
    struct row row;
    size_t length;
} long_rows[] = {
    {{"max_path", NULL}, 260},
    {{"300", NULL}, 300},
    {{"30000", NULL}, 30000},
};

START_TEST(long_name)
{
    size_t length = long_rows[_i].length;
    const WCHAR *unique = unique_name(L"Local\\");
    WCHAR *name = malloc((length + 1) * sizeof(WCHAR));
    wcscpy(name, unique);
    for (size_t i = wcslen(unique); i < length; i++)
        name[i] = L'a' + i % 26;
    name[length] = 0;

    HANDLE mapping = create(name);

    DWORD error = GetLastError();
    char text[80];
    HANDLE opened = mapping != NULL ? OpenFileMappingW(READ_WRITE, FALSE, name) : NULL;
    record("name", "%s",
           opened    ? "created and opened"
           : mapping ? "created, not opened"
                     : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(long_name, long_rows, "mapping.create.name.long_unicode");
