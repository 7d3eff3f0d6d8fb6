/* The page protections that CreateFileMappingW knows, and what it says of a bad file handle. */
#include "mapping.h"

static const struct {
    struct row row;
    DWORD protect;
} unknown_rows[] = {
    {{"noaccess", "mapping.create.prot.invalid.noaccess"}, PAGE_NOACCESS},
    {{"execute", "mapping.create.prot.invalid.execute"}, PAGE_EXECUTE},
    {{"guard", "mapping.create.prot.invalid.guard"}, PAGE_READWRITE | PAGE_GUARD},
    {{"none", "mapping.create.prot.zero"}, 0},
    {{"attribute_alone", "mapping.create.prot.zero"}, SEC_COMMIT},
};

START_TEST(unknown_for_the_page_file)
{
    DWORD protect = unknown_rows[_i].protect;

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, protect, 0, 1, NULL);

    expect_null(mapping, ERROR_INVALID_PARAMETER);

    mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(unknown_for_the_page_file, unknown_rows);

START_TEST(unknown_for_a_file)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());

    HANDLE mapping = CreateFileMappingW(file, NULL, unknown_rows[_i].protect, 0, 0, NULL);

    expect_null(mapping, ERROR_INVALID_PARAMETER);

    mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(unknown_for_a_file, unknown_rows);

static const struct {
    struct row row;
    DWORD modifier;
} private_rows[] = {
    {{"nocache", "mapping.create.prot.invalid.nocache"}, PAGE_NOCACHE},
    {{"writecombine", "mapping.create.prot.invalid.writecombine"}, PAGE_WRITECOMBINE},
};

/* The page says that these are for private memory alone, not what CreateFileMapping does. */
START_TEST(modifier_of_private_memory)
{
    DWORD protect = PAGE_READWRITE | private_rows[_i].modifier;

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, protect, 0, 1, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("result", "%s", mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(modifier_of_private_memory, private_rows);

/* ---- Protections that mean the same --------------------------------------------------------- */

static const struct {
    struct row row;
    DWORD protect, equivalent;
} twin_rows[] = {
    {{"writecopy", "mapping.create.prot.writecopy_eq_readonly"}, PAGE_WRITECOPY, PAGE_READONLY},
    {{"execute_writecopy", "mapping.create.prot.exec_writecopy_eq_exec_read"},
     PAGE_EXECUTE_WRITECOPY,
     PAGE_EXECUTE_READ},
};

START_TEST(equivalent)
{
    static const DWORD accesses[] = {FILE_MAP_READ,
                                     FILE_MAP_COPY,
                                     FILE_MAP_WRITE,
                                     READ_WRITE,
                                     FILE_MAP_ALL_ACCESS,
                                     FILE_MAP_READ | FILE_MAP_EXECUTE,
                                     FILE_MAP_COPY | FILE_MAP_EXECUTE,
                                     FILE_MAP_WRITE | FILE_MAP_EXECUTE};
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE);
    HANDLE equivalent = file_mapping(file, twin_rows[_i].equivalent);

    HANDLE mapping = CreateFileMappingW(file, NULL, twin_rows[_i].protect, 0, 0, NULL);

    expect_handle(mapping);
    for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        void *expected = MapViewOfFile(equivalent, accesses[i], 0, 0, 0);
        void *view = MapViewOfFile(mapping, accesses[i], 0, 0, 0);
        DWORD wanted = expected != NULL ? region_at(expected).Protect : 0;
        expect_flags(view != NULL ? region_at(view).Protect : 0, wanted, PAGE_NAMES);
    }
}
END_TEST
COVERS_ROWS(equivalent, twin_rows);

START_TEST(read_only_page_file)
{
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READONLY, 0, page_size(), NULL);

    expect_handle(mapping);
    const char *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(view);
    expect_filled(view, 0, page_size());
    expect_flags(region_at(view).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(read_only_page_file, "mapping.create.prot.pagefile_readonly");

/* ---- File handles that are none ------------------------------------------------------------- */

START_TEST(closed_file)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, 1);
    HANDLE mapping = INVALID_HANDLE_VALUE;

    for (int tries = CLOSED_HANDLES; mapping != NULL && tries; tries--)
        mapping = CreateFileMappingW(closed(open_file(path, GENERIC_READ)), NULL, PAGE_READONLY, 0,
                                     0, NULL);

    expect_null(mapping, ERROR_INVALID_HANDLE);
    expect_handle(
        CreateFileMappingW(open_file(path, GENERIC_READ), NULL, PAGE_READONLY, 0, 0, NULL));
}
END_TEST
COVERS(closed_file, "mapping.create.hfile.closed");

static const struct {
    struct row row;
    UINT_PTR handle;
} odd_handle_rows[] = {
    {{"null", "mapping.create.hfile.null"}, 0},
#ifdef _WIN64
    {{"invalid_handle_value_cut_to_32_bits", "mapping.create.hfile.x64_truncated"}, 0xFFFFFFFF},
#endif
};

START_TEST(odd_handle)
{
    HANDLE file = (HANDLE)odd_handle_rows[_i].handle;

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 1, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("result", "%s", mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS_ROWS(odd_handle, odd_handle_rows);

START_TEST(handle_of_no_file)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);

    HANDLE mapping = CreateFileMappingW(event, NULL, PAGE_READWRITE, 0, 1, NULL);

    expect_failed_somehow(mapping);
}
END_TEST
COVERS(handle_of_no_file, "mapping.create.hfile.no_file");

START_TEST(file_open_for_appending)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    HANDLE file = open_file(path, GENERIC_READ | FILE_APPEND_DATA);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("result", "%s", mapping ? "created" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(file_open_for_appending, "mapping.create.prot_access.file_append_only");

START_TEST(size_of_an_existing_object)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, name);

    DWORD error = GetLastError();
    char text[80];
    record("size 0 for an object that exists", "%s",
           mapping ? "opened" : error_text(error, text, sizeof(text)));
}
END_TEST
COVERS(size_of_an_existing_object, "mapping.create.hfile.invalid_needs_size.existing");
