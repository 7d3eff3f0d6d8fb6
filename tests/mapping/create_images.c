/* CreateFileMappingFromApp and CreateFileMappingNumaW: images, objects for execution, large pages,
 * and names and sizes that exist already. What they mean to CreateFileMappingW they mean to them.
 */
#include "mapping.h"

#define NO_NODE NUMA_NO_PREFERRED_NODE
#define PAGE_FILE INVALID_HANDLE_VALUE
#define EVERYTHING (GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE)

/* A new file that is a program, or one of data, of which the handle may do what is said. */
static HANDLE program(DWORD access)
{
    const WCHAR *path = scratch_path(L"program.exe");
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        create_program(path);
    return open_file(path, access);
}

static HANDLE data(DWORD access)
{
    const WCHAR *path = scratch_path(L"data");
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES) {
        HANDLE file = create_file(path, page_size());
        close_handle(&file);
    }
    return open_file(path, access);
}

/* The beginning of a program as an image: its headers, and something after them that is not in
 * that place of the file. */
static void expect_image(const char *view)
{
    expect_bytes(view, "MZ", 2);
    MEMORY_BASIC_INFORMATION region = region_at(view);
    expect_flags(region.Type, MEM_IMAGE, MEM_NAMES);
    expect_flags(region.Protect, PAGE_READONLY, PAGE_NAMES);
    const IMAGE_NT_HEADERS *headers =
        (const void *)(view + ((const IMAGE_DOS_HEADER *)(const void *)view)->e_lfanew);
    const char *first = view + IMAGE_FIRST_SECTION(headers)->VirtualAddress;
    expect_pointer(region_at(first).AllocationBase, view);
    expect_flags(region_at(first).State, MEM_COMMIT, MEM_NAMES);
}

/* ---- Images --------------------------------------------------------------------------------- */

START_TEST(app_image_is_laid_out)
{
    optional_api(CreateFileMappingFromApp);
    DWORD protect = PAGE_READONLY | SEC_IMAGE_NO_EXECUTE;

    HANDLE mapping =
        CreateFileMappingFromApp(program(GENERIC_READ | GENERIC_EXECUTE), NULL, protect, 0, NULL);

    expect_handle(mapping);
    expect_image(map_view(mapping, FILE_MAP_READ));
}
END_TEST
COVERS(app_image_is_laid_out, "mapping.createfromapp.image_noexec");

static const struct image {
    struct row row;
    DWORD protect;
} images[] = {
    {{"readonly", "mapping.create_numa.image"}, PAGE_READONLY | SEC_IMAGE},
    {{"execute_read", "mapping.create_numa.image"}, PAGE_EXECUTE_READ | SEC_IMAGE},
    {{"not_executed", "mapping.create_numa.image_noexec"}, PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
};

START_TEST(numa_image_is_laid_out)
{
    HANDLE file = program(GENERIC_READ | GENERIC_EXECUTE);

    HANDLE mapping = CreateFileMappingNumaW(file, NULL, images[_i].protect, 0, 0, NULL, NO_NODE);

    expect_handle(mapping);
    expect_image(map_view(mapping, FILE_MAP_READ));
}
END_TEST
COVERS_ROWS(numa_image_is_laid_out, images);

static const struct refusal {
    struct row row;
    HANDLE (*source)(DWORD access);
    DWORD refused, right;
} app_refusals[] = {
    {{"noexec_for_writing", "mapping.createfromapp.image_noexec_readonly"},
     program,
     PAGE_READWRITE | SEC_IMAGE_NO_EXECUTE,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
    {{"noexec_and_commit", "mapping.createfromapp.image_noexec_exclusive"},
     program,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE | SEC_COMMIT,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
    {{"noexec_and_reserve", "mapping.createfromapp.image_noexec_exclusive"},
     program,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE | SEC_RESERVE,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
    {{"large_pages_of_data", "mapping.createfromapp.large_file"},
     data,
     PAGE_READWRITE | SEC_COMMIT | SEC_LARGE_PAGES,
     PAGE_READWRITE | SEC_COMMIT},
};

START_TEST(app_refuses)
{
    optional_api(CreateFileMappingFromApp);
    HANDLE file = app_refusals[_i].source(EVERYTHING);

    HANDLE mapping = CreateFileMappingFromApp(file, NULL, app_refusals[_i].refused, 0, NULL);

    expect_failed_somehow(mapping);
    expect_handle(CreateFileMappingFromApp(file, NULL, app_refusals[_i].right, 0, NULL));
}
END_TEST
COVERS_ROWS(app_refuses, app_refusals);

static const struct refusal numa_refusals[] = {
    {{"image_without_protection", "mapping.create_numa.image_protection"},
     program,
     SEC_IMAGE,
     PAGE_READONLY | SEC_IMAGE},
    {{"image_and_commit", "mapping.create_numa.image_exclusive"},
     program,
     PAGE_READONLY | SEC_IMAGE | SEC_COMMIT,
     PAGE_READONLY | SEC_IMAGE},
    {{"image_and_reserve", "mapping.create_numa.image_exclusive"},
     program,
     PAGE_READONLY | SEC_IMAGE | SEC_RESERVE,
     PAGE_READONLY | SEC_IMAGE},
    {{"noexec_for_writing", "mapping.create_numa.image_noexec_readonly"},
     program,
     PAGE_READWRITE | SEC_IMAGE_NO_EXECUTE,
     PAGE_READONLY | SEC_IMAGE_NO_EXECUTE},
    {{"large_pages_of_data", "mapping.create_numa.large_file"},
     data,
     PAGE_READWRITE | SEC_COMMIT | SEC_LARGE_PAGES,
     PAGE_READWRITE | SEC_COMMIT},
};

START_TEST(numa_refuses)
{
    HANDLE file = numa_refusals[_i].source(EVERYTHING);
    DWORD refused = numa_refusals[_i].refused, right = numa_refusals[_i].right;

    HANDLE mapping = CreateFileMappingNumaW(file, NULL, refused, 0, 0, NULL, NO_NODE);

    expect_failed_somehow(mapping);
    expect_handle(CreateFileMappingNumaW(file, NULL, right, 0, 0, NULL, NO_NODE));
}
END_TEST
COVERS_ROWS(numa_refuses, numa_refusals);

/* ---- Large pages ---------------------------------------------------------------------------- */

static DWORD large_page(void)
{
    DWORD size = (DWORD)GetLargePageMinimum();
    if (size == 0)
        unsupported("GetLargePageMinimum says that there are no large pages");
    return size;
}

static const struct {
    struct row row;
    DWORD attributes;
} large_rows[] = {
    {{"without_the_privilege", "mapping.createfromapp.large_needs_privilege"},
     SEC_COMMIT | SEC_LARGE_PAGES},
    {{"without_commit", "mapping.createfromapp.large_needs_commit"}, SEC_LARGE_PAGES},
};

START_TEST(app_refuses_large_pages)
{
    optional_api(CreateFileMappingFromApp);
    DWORD protect = PAGE_READWRITE | large_rows[_i].attributes, size = large_page();

    HANDLE mapping = CreateFileMappingFromApp(PAGE_FILE, NULL, protect, size, NULL);

    expect_failed_somehow(mapping);
    protect = PAGE_READWRITE | SEC_COMMIT;
    expect_handle(CreateFileMappingFromApp(PAGE_FILE, NULL, protect, size, NULL));
}
END_TEST
COVERS_ROWS(app_refuses_large_pages, large_rows);

/* ---- Objects for execution ------------------------------------------------------------------ */

static const struct lack {
    struct row row;
    DWORD access, protect;
} lacks[] = {
    {{"execute_read_without_read", NULL}, GENERIC_EXECUTE, PAGE_EXECUTE_READ},
    {{"execute_read_without_execute", NULL}, GENERIC_READ, PAGE_EXECUTE_READ},
    {{"execute_writecopy_without_read", NULL}, GENERIC_EXECUTE, PAGE_EXECUTE_WRITECOPY},
    {{"execute_writecopy_without_execute", NULL}, GENERIC_READ, PAGE_EXECUTE_WRITECOPY},
    {{"execute_readwrite_without_write", NULL},
     GENERIC_READ | GENERIC_EXECUTE,
     PAGE_EXECUTE_READWRITE},
    {{"execute_readwrite_without_execute", NULL},
     GENERIC_READ | GENERIC_WRITE,
     PAGE_EXECUTE_READWRITE},
};

START_TEST(numa_lacks_access_for)
{
    DWORD protect = lacks[_i].protect;
    HANDLE file = data(lacks[_i].access);

    HANDLE mapping = CreateFileMappingNumaW(file, NULL, protect, 0, 0, NULL, NO_NODE);

    expect_failed_somehow(mapping);
    expect_handle(CreateFileMappingNumaW(data(EVERYTHING), NULL, protect, 0, 0, NULL, NO_NODE));
}
END_TEST
COVERS_ROWS(numa_lacks_access_for, lacks, "mapping.create_numa.execute_access_to_the_file");

#define X FILE_MAP_EXECUTE
static const DWORD accesses[] = {FILE_MAP_READ, FILE_MAP_COPY, FILE_MAP_WRITE, X | FILE_MAP_READ,
                                 X | FILE_MAP_WRITE};
#define FOR_READING 0x0Bu /* read, copy, execute: bits of the accesses above */
#define FOR_ALL 0x1Fu

static const struct {
    struct row row;
    DWORD protect, allowed;
} executable_rows[] = {
    {{"execute_read", NULL}, PAGE_EXECUTE_READ, FOR_READING},
    {{"execute_writecopy", NULL}, PAGE_EXECUTE_WRITECOPY, FOR_READING},
    {{"execute_readwrite", NULL}, PAGE_EXECUTE_READWRITE, FOR_ALL},
};

START_TEST(numa_views_of)
{
    HANDLE file = data(EVERYTHING);

    HANDLE mapping =
        CreateFileMappingNumaW(file, NULL, executable_rows[_i].protect, 0, 0, NULL, NO_NODE);

    expect_handle(mapping);
    for (unsigned i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        void *view = MapViewOfFile(mapping, accesses[i], 0, 0, 0);
        if (executable_rows[_i].allowed & (1u << i))
            expect_not_null(view);
        else
            expect_null(view, ERROR_ACCESS_DENIED);
    }
}
END_TEST
COVERS_ROWS(numa_views_of, executable_rows, "mapping.create_numa.execute_views");

/* ---- What exists already -------------------------------------------------------------------- */

START_TEST(app_opens_for_reading)
{
    optional_api(CreateFileMappingFromApp);
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping = CreateFileMappingFromApp(PAGE_FILE, NULL, PAGE_READONLY, page_size(), name);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(app_opens_for_reading, "mapping.createfromapp.existing_access");

START_TEST(numa_opens_for_reading)
{
    const WCHAR *name = unique_name(L"Local\\");
    named_mapping(name, page_size());

    HANDLE mapping =
        CreateFileMappingNumaW(PAGE_FILE, NULL, PAGE_READONLY, 0, page_size(), name, NO_NODE);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(numa_opens_for_reading, "mapping.create_numa.existing_access");

START_TEST(numa_takes_the_file_s_size)
{
    HANDLE file = create_file(scratch_path(L"odd"), 2 * page_size() + 9);

    HANDLE mapping = CreateFileMappingNumaW(file, NULL, PAGE_READONLY, 0, 0, NULL, NO_NODE);

    expect_handle(mapping);
    char *view = map_view(mapping, FILE_MAP_READ);
    expect_number(region_at(view).RegionSize, 3 * page_size());
    expect_pattern(view, 2 * page_size() + 9, 0);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 2 * page_size() + 10),
                ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(numa_takes_the_file_s_size, "mapping.create_numa.file_size");

/* The mapping and its views do without the handle of the file. */
START_TEST(app_object_outlives_the_file_handle)
{
    optional_api(CreateFileMappingFromApp);
    HANDLE file = create_file(scratch_path(L"pattern"), page_size());
    HANDLE mapping = CreateFileMappingFromApp(file, NULL, PAGE_READWRITE, 0, NULL);
    require(mapping != NULL);

    BOOL closed = CloseHandle(file);

    expect_succeeded(closed);
    char *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(app_object_outlives_the_file_handle, "mapping.createfromapp.file_closed");

START_TEST(numa_object_outlives_the_file_handle)
{
    HANDLE file = create_file(scratch_path(L"pattern"), page_size());
    HANDLE mapping = CreateFileMappingNumaW(file, NULL, PAGE_READWRITE, 0, 0, NULL, NO_NODE);
    require(mapping != NULL);

    BOOL closed = CloseHandle(file);

    expect_succeeded(closed);
    char *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(numa_object_outlives_the_file_handle, "mapping.create_numa.file_closed");

/* ---- OpenFileMappingFromApp ----------------------------------------------------------------- */

static const struct prefix {
    struct row row;
    const WCHAR *created, *opened;
} prefixes[] = {
    {{"session_without", "mapping.openfromapp.local_prefix"}, L"Local\\", L""},
    {{"without_session", "mapping.openfromapp.local_prefix"}, L"", L"Local\\"},
    {{"global", "mapping.openfromapp.global_prefix"}, L"Global\\", L"Global\\"},
};

START_TEST(app_opens_with_a_prefix)
{
    optional_api(OpenFileMappingFromApp);
    const WCHAR *own = unique_name(L"Local\\") + wcslen(L"Local\\");
    WCHAR created[MAX_PATH], opened[MAX_PATH];
    wcscat(wcscpy(created, prefixes[_i].created), own);
    wcscat(wcscpy(opened, prefixes[_i].opened), own);
    HANDLE object = CreateFileMappingW(PAGE_FILE, NULL, PAGE_READWRITE, 0, 1, created);
    if (object == NULL && GetLastError() == ERROR_ACCESS_DENIED)
        unsupported("the account may not create global objects");
    require(object != NULL);

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, FALSE, opened);

    expect_handle(mapping);
    *(char *)map_view(object, READ_WRITE) = 'x';
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), 'x');
}
END_TEST
COVERS_ROWS(app_opens_with_a_prefix, prefixes);

/* No object can have such a name. */
START_TEST(app_opens_nothing_with_another_backslash)
{
    optional_api(OpenFileMappingFromApp);
    WCHAR name[MAX_PATH];
    wcscat(wcscpy(name, unique_name(L"Local\\")), L"_more");
    named_mapping(name, 1);
    *wcsrchr(name, L'_') = L'\\';

    HANDLE mapping = OpenFileMappingFromApp(FILE_MAP_READ, FALSE, name);

    expect_failed_somehow(mapping);
    *wcsrchr(name, L'\\') = L'_';
    expect_handle(OpenFileMappingFromApp(FILE_MAP_READ, FALSE, name));
}
END_TEST
COVERS(app_opens_nothing_with_another_backslash, "mapping.openfromapp.backslash");
