/* The ANSI twins CreateFileMappingA, OpenFileMappingA and CreateFileMappingNumaA. */
#include "mapping.h"

/* A name twice: in ANSI and in Unicode. */
struct name {
    const char *ansi;
    WCHAR unicode[100];
};

static struct name new_name(void)
{
    struct name name = {.ansi = unique_name_a("Local\\")};
    require(MultiByteToWideChar(CP_ACP, 0, name.ansi, -1, name.unicode, 100));
    return name;
}

static void expect_same_object(HANDLE first, HANDLE second)
{
    char *written = map_view(first, READ_WRITE), *read = map_view(second, READ_WRITE);
    written[3] = 'x';
    expect_number(read[3], 'x');
}

START_TEST(created_ansi_opened_unicode)
{
    struct name name = new_name();

    HANDLE created =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name.ansi);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(created);
    HANDLE opened = OpenFileMappingW(READ_WRITE, FALSE, name.unicode);
    expect_handle(opened);
    expect_same_object(created, opened);
}
END_TEST
COVERS(created_ansi_opened_unicode, "mapping.create.name.ansi_unicode_same");

START_TEST(created_unicode_opened_ansi)
{
    struct name name = new_name();
    HANDLE created = named_mapping(name.unicode, page_size());

    HANDLE opened = OpenFileMappingA(READ_WRITE, FALSE, name.ansi);

    expect_handle(opened);
    expect_same_object(created, opened);
}
END_TEST
COVERS(created_unicode_opened_ansi, "mapping.create.name.ansi_unicode_same",
       "mapping.open.ansi_twin");

START_TEST(created_unicode_then_ansi)
{
    struct name name = new_name();
    HANDLE created = named_mapping(name.unicode, page_size());

    HANDLE again = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                      3 * page_size(), name.ansi);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(again);
    expect_same_object(created, again);
    expect_number(region_at(map_view(again, FILE_MAP_READ)).RegionSize, page_size());
}
END_TEST
COVERS(created_unicode_then_ansi, "mapping.create.name.ansi_unicode_same");

START_TEST(create_without_a_name)
{
    HANDLE first =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(first);
    char *view = map_view(first, READ_WRITE);
    view[0] = 'x';
    HANDLE second =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), NULL);
    expect_last_error(ERROR_SUCCESS);
    expect_number(*(char *)map_view(second, FILE_MAP_READ), 0);
}
END_TEST
COVERS(create_without_a_name, "mapping.create.ansi_twin");

START_TEST(create_passes_all_parameters_on)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};

    HANDLE mapping =
        CreateFileMappingA(file, &inheritable, PAGE_READWRITE, 0, page_size() + 5, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), page_size() + 5);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    expect_pattern(map_view(mapping, READ_WRITE), page_size(), 0);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size() + 6), ERROR_ACCESS_DENIED);
    expect_null(CreateFileMappingA(file, NULL, PAGE_NOACCESS, 0, 0, NULL), ERROR_INVALID_PARAMETER);
}
END_TEST
COVERS(create_passes_all_parameters_on, "mapping.create.ansi_twin");

START_TEST(create_of_an_empty_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 0);

    HANDLE mapping = CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0, NULL);

    expect_null(mapping, ERROR_FILE_INVALID);
    expect_handle(CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 1, NULL));
}
END_TEST
COVERS(create_of_an_empty_file, "mapping.create.ansi_twin");

START_TEST(create_on_the_name_of_an_event)
{
    struct name name = new_name();
    require(CreateEventW(NULL, TRUE, FALSE, name.unicode) != NULL);

    HANDLE mapping =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, name.ansi);

    expect_null(mapping, ERROR_INVALID_HANDLE);
    expect_null(OpenFileMappingA(FILE_MAP_READ, FALSE, name.ansi), ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(create_on_the_name_of_an_event, "mapping.create.ansi_twin", "mapping.open.ansi_twin");

START_TEST(open_of_a_missing_name)
{
    HANDLE mapping = OpenFileMappingA(FILE_MAP_READ, FALSE, unique_name_a("Local\\"));

    expect_null(mapping, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(open_of_a_missing_name, "mapping.open.ansi_twin");

static const struct {
    struct row row;
    DWORD access;
    BOOL inherit;
} open_rows[] = {
    {{"read_inheritable", NULL}, FILE_MAP_READ, TRUE},
    {{"write", NULL}, READ_WRITE, FALSE},
};

START_TEST(open_passes_all_parameters_on)
{
    struct name name = new_name();
    named_mapping(name.unicode, page_size());

    HANDLE mapping = OpenFileMappingA(open_rows[_i].access, open_rows[_i].inherit, name.ansi);

    expect_handle(mapping);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, open_rows[_i].inherit ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
    BOOL writes = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0) != NULL;
    expect_number(writes, (open_rows[_i].access & FILE_MAP_WRITE) != 0);
}
END_TEST
COVERS_ROWS(open_passes_all_parameters_on, open_rows, "mapping.open.ansi_twin");

START_TEST(name_is_in_the_ansi_code_page)
{
    struct name name = new_name();
    char ansi[100];
    BOOL lost = FALSE;
    wcscat(name.unicode, L"\x00E9");
    if (!WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, name.unicode, -1, ansi, sizeof(ansi),
                             NULL, GetACP() == CP_UTF8 ? NULL : &lost) ||
        lost)
        unsupported("the ANSI code page, %u, lacks U+00E9", GetACP());

    HANDLE created =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), ansi);

    expect_handle(created);
    HANDLE opened = OpenFileMappingW(READ_WRITE, FALSE, name.unicode);
    expect_handle(opened);
    expect_same_object(created, opened);
}
END_TEST
COVERS(name_is_in_the_ansi_code_page, "mapping.create.name.ansi_codepage");

static const struct {
    struct row row;
    size_t length;
} long_rows[] = {
    {{"259", NULL}, 259},
    {{"260", NULL}, 260},
    {{"261", NULL}, 261},
    {{"300", NULL}, 300},
};

START_TEST(long_name)
{
    char name[400];
    const char *unique = unique_name_a("");
    memset(name, 'a', sizeof(name));
    memcpy(name, unique, strlen(unique));
    name[long_rows[_i].length] = 0;

    HANDLE mapping =
        CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    DWORD error = GetLastError();
    char text[80];
    record("result", "%s", mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(long_name, long_rows, "mapping.create.name.maxpath_ansi");

/* ---- CreateFileMappingNumaA ----------------------------------------------------------------- */

START_TEST(numa_created_ansi_opened_unicode)
{
    struct name name = new_name();
    optional_api(CreateFileMappingNumaA);

    HANDLE created = CreateFileMappingNumaA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                            page_size(), name.ansi, NUMA_NO_PREFERRED_NODE);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(created);
    expect_same_object(created, OpenFileMappingW(READ_WRITE, FALSE, name.unicode));
}
END_TEST
COVERS(numa_created_ansi_opened_unicode, "mapping.create_numa.ansi_twin");
