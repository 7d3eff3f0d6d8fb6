/* OpenFileMappingW, and CreateFileMappingW on what exists: access, attributes, and bad names. */
#include "mapping.h"

static const struct {
    struct row row;
    const WCHAR *name;
} bad_rows[] = {
    {{"null", "mapping.open.null_name"}, NULL},
    {{"empty", "mapping.open.empty_name"}, L""},
};

START_TEST(without_a_name)
{
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, bad_rows[_i].name);

    expect_failed_somehow(mapping);

    /* With a name the same call is right. */
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());
    expect_handle(OpenFileMappingW(FILE_MAP_READ, FALSE, name));
}
END_TEST
COVERS_ROWS(without_a_name, bad_rows);

/* Which access is granted is up to the security descriptor, not to the page protection. */
static HANDLE open_read_only_object(void)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    require(CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, name) != NULL);
    return OpenFileMappingW(FILE_MAP_ALL_ACCESS, FALSE, name);
}

START_TEST(all_access_to_a_read_only_object)
{
    HANDLE mapping = open_read_only_object();

    expect_handle(mapping);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
}
END_TEST
COVERS(all_access_to_a_read_only_object, "mapping.open.all_access_ro_object");

START_TEST(all_access_does_not_make_a_read_only_object_writable)
{
    HANDLE mapping = open_read_only_object();
    require(mapping != NULL);

    void *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);

    expect_failed_somehow(view != NULL);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(all_access_does_not_make_a_read_only_object_writable,
       "mapping.open.protection_limits_views");

START_TEST(handle_is_closed_once)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE created = named_mapping(name, page_size());
    void *view = created;

    for (int tries = CLOSED_HANDLES; view != NULL && tries; tries--) {
        HANDLE opened = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
        require(opened != NULL);
        BOOL done = CloseHandle(opened);
        expect_succeeded(done);
        view = MapViewOfFile(opened, FILE_MAP_READ, 0, 0, 0);
    }

    expect_null(view, ERROR_INVALID_HANDLE);
    BOOL again = TRUE;
    for (int tries = CLOSED_HANDLES; again && tries; tries--)
        again = CloseHandle(closed(OpenFileMappingW(FILE_MAP_READ, FALSE, name)));
    expect_failed(again, ERROR_INVALID_HANDLE);
    expect_not_null(MapViewOfFile(created, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(handle_is_closed_once, "mapping.open.closehandle", "mapping.handle.double_close");

static const struct {
    struct row row;
    DWORD access;
    BOOL writes, executes;
} access_rows[] = {
    {{"read", "mapping.open.access_on_handle"}, FILE_MAP_READ, FALSE, FALSE},
    {{"read_and_write", "mapping.open.access_on_handle"}, READ_WRITE, TRUE, FALSE},
    {{"read_and_execute", "mapping.open.execute"}, FILE_MAP_READ | FILE_MAP_EXECUTE, FALSE, TRUE},
    {{"all_access_and_execute", "mapping.open.access_on_handle"},
     FILE_MAP_ALL_ACCESS | FILE_MAP_EXECUTE,
     TRUE,
     TRUE},
};

static HANDLE open_executable_object(DWORD access)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_EXECUTE_READWRITE, 0, page_size(),
                               name) != NULL);
    return OpenFileMappingW(access, FALSE, name);
}

START_TEST(handle_allows_what_was_asked_for)
{
    HANDLE mapping = open_executable_object(access_rows[_i].access);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    BOOL writes = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0) != NULL;
    BOOL executes = MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_EXECUTE, 0, 0, 0) != NULL;
    expect_number(writes, access_rows[_i].writes);
    expect_number(executes, access_rows[_i].executes);
}
END_TEST
COVERS_ROWS(handle_allows_what_was_asked_for, access_rows);

START_TEST(all_access)
{
    HANDLE mapping = open_executable_object(FILE_MAP_ALL_ACCESS);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, 0, 0, 0));
    record("view for execution", "%s",
           MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_EXECUTE, 0, 0, 0) ? "mapped"
                                                                             : "refused");
}
END_TEST
COVERS(all_access, "mapping.open.all_access_executes");

/* ---- CreateFileMappingW on what exists ------------------------------------------------------ */

static const struct {
    struct row row;
    BOOL inherit;
    DWORD flags;
} inherit_rows[] = {
    {{"inheritable", NULL}, TRUE, HANDLE_FLAG_INHERIT},
    {{"not_inheritable", NULL}, FALSE, 0},
};

START_TEST(attributes_count_for_the_new_handle)
{
    const WCHAR *name = unique_name(L"Local\\");
    SECURITY_ATTRIBUTES first = {.nLength = sizeof(first),
                                 .bInheritHandle = !inherit_rows[_i].inherit};
    require(CreateFileMappingW(INVALID_HANDLE_VALUE, &first, PAGE_READWRITE, 0, 1, name) != NULL);
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes),
                                      .bInheritHandle = inherit_rows[_i].inherit};

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, &attributes, PAGE_READWRITE, 0, 1, name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, inherit_rows[_i].flags, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(attributes_count_for_the_new_handle, inherit_rows,
            "mapping.create.name.exists_sa_inherit_applied");

START_TEST(protection_of_the_object_stays)
{
    const WCHAR *name = unique_name(L"Local\\");
    require(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READONLY, 0, page_size(), name) !=
            NULL);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    DWORD error = GetLastError();
    char text[80];
    record("PAGE_READWRITE for an object with PAGE_READONLY", "%s",
           mapping ? "opened" : error_text(error, text, sizeof(text)));
    if (mapping != NULL)
        record("view for writing", "%s",
               MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0) ? "mapped" : "refused");
}
END_TEST
COVERS(protection_of_the_object_stays, "mapping.create.name.exists_protection_request");

START_TEST(access_to_the_existing_object_is_what_the_protection_says)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READONLY, 0, page_size(), name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(access_to_the_existing_object_is_what_the_protection_says,
       "mapping.create.name.exists_access");

START_TEST(file_is_not_used_for_an_existing_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    view[0] = 'x';

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 2 * page_size(), name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    char *same = map_view(mapping, READ_WRITE);
    expect_number(same[0], 'x');
    expect_number(region_at(same).RegionSize, page_size());
    record("the file", "%s", size_of_file(file) == page_size() ? "stayed" : "was extended");
}
END_TEST
COVERS(file_is_not_used_for_an_existing_object, "mapping.create.name.exists_file_not_grown");
