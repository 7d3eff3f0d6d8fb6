/* The later ways to create: CreateFileMappingNumaW and CreateFileMapping2. */
#include "mapping.h"

static const struct {
    struct row row;
    DWORD node;
} node_rows[] = {
    {{"no_preferred_node", "mapping.create_numa.no_preferred"}, NUMA_NO_PREFERRED_NODE},
    {{"first_node", "mapping.create_numa.valid_node"}, 0},
};

START_TEST(numa_page_file)
{
    HANDLE mapping = CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                            3 * page_size(), NULL, node_rows[_i].node);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_filled(view, 0, 3 * page_size());
    expect_number(region_at(view).RegionSize, 3 * page_size());
    expect_fault(try_write(view, 'x'), 0);
}
END_TEST
COVERS_ROWS(numa_page_file, node_rows);

START_TEST(numa_file)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    SECURITY_ATTRIBUTES inheritable = {.nLength = sizeof(inheritable), .bInheritHandle = TRUE};

    HANDLE mapping = CreateFileMappingNumaW(file, &inheritable, PAGE_READWRITE, 0, page_size() + 9,
                                            NULL, node_rows[_i].node);

    expect_handle(mapping);
    expect_number(size_of_file(file), page_size() + 9);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
    DWORD flags;
    require(GetHandleInformation(mapping, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(numa_file, node_rows);

START_TEST(numa_existing_name)
{
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    HANDLE mapping = CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                            2 * page_size(), name, NUMA_NO_PREFERRED_NODE);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    char *same = map_view(mapping, READ_WRITE);
    expect_number(same[0], 'x');
    expect_number(region_at(same).RegionSize, page_size());
}
END_TEST
COVERS(numa_existing_name, "mapping.create_numa.exists");

static const struct {
    struct row row;
    DWORD protect, low;
    bool event; /* the name is one of an event */
    DWORD error;
} numa_error_rows[] = {
    {{"name_of_an_event", NULL}, PAGE_READWRITE, 1, true, ERROR_INVALID_HANDLE},
    {{"no_protection", NULL}, 0, 1, false, ERROR_INVALID_PARAMETER},
    {{"no_size", NULL}, PAGE_READWRITE, 0, false, ERROR_INVALID_PARAMETER},
};

START_TEST(numa_refuses)
{
    const WCHAR *name = unique_name(L"Local\\");
    if (numa_error_rows[_i].event)
        require(CreateEventW(NULL, TRUE, FALSE, name) != NULL);

    HANDLE mapping =
        CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, numa_error_rows[_i].protect, 0,
                               numa_error_rows[_i].low, name, NUMA_NO_PREFERRED_NODE);

    expect_null(mapping, numa_error_rows[_i].error);

    /* With a name of its own, a protection and a size it is right. */
    expect_handle(CreateFileMappingNumaW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1,
                                         unique_name(L"Local\\"), NUMA_NO_PREFERRED_NODE));
}
END_TEST
COVERS_ROWS(numa_refuses, numa_error_rows, "mapping.create_numa.refuses");

START_TEST(numa_empty_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 0);

    HANDLE mapping =
        CreateFileMappingNumaW(file, NULL, PAGE_READWRITE, 0, 0, NULL, NUMA_NO_PREFERRED_NODE);

    expect_null(mapping, ERROR_FILE_INVALID);
    expect_handle(
        CreateFileMappingNumaW(file, NULL, PAGE_READWRITE, 0, 1, NULL, NUMA_NO_PREFERRED_NODE));
}
END_TEST
COVERS(numa_empty_file, "mapping.create_numa.empty_file");

/* ---- CreateFileMapping2 --------------------------------------------------------------------- */

START_TEST(create2_page_file)
{
    optional_api(CreateFileMapping2);

    HANDLE mapping = CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS,
                                        PAGE_READWRITE, SEC_COMMIT, page_size(), NULL, NULL, 0);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    expect_filled(map_view(mapping, READ_WRITE), 0, page_size());
}
END_TEST
COVERS(create2_page_file, "mapping.create2.basic");

START_TEST(create2_existing_name)
{
    optional_api(CreateFileMapping2);
    const WCHAR *name = unique_name(L"Local\\");
    char *view = map_view(named_mapping(name, page_size()), READ_WRITE);
    view[0] = 'x';

    HANDLE mapping = CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS,
                                        PAGE_READWRITE, SEC_COMMIT, 2 * page_size(), name, NULL, 0);

    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(mapping);
    expect_number(*(char *)map_view(mapping, READ_WRITE), 'x');
}
END_TEST
COVERS(create2_existing_name, "mapping.create2.existing_name");

START_TEST(create2_grants_the_access_asked_for)
{
    optional_api(CreateFileMapping2);

    HANDLE mapping = CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_READ, PAGE_READWRITE,
                                        SEC_COMMIT, page_size(), NULL, NULL, 0);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
    expect_null(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(create2_grants_the_access_asked_for, "mapping.create2.desired_access");

#ifndef SEC_NO_CHANGE
#define SEC_NO_CHANGE 0x00400000
#endif

START_TEST(create2_image_may_not_be_permanent)
{
    optional_api(CreateFileMapping2);
    WCHAR path[MAX_PATH];
    require(GetModuleFileNameW(NULL, path, MAX_PATH));
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_EXECUTE);

    HANDLE mapping = CreateFileMapping2(file, NULL, FILE_MAP_READ, PAGE_READONLY,
                                        SEC_IMAGE | SEC_NO_CHANGE, 0, NULL, NULL, 0);

    expect_failed_somehow(mapping);
    mapping =
        CreateFileMapping2(file, NULL, FILE_MAP_READ, PAGE_READONLY, SEC_IMAGE, 0, NULL, NULL, 0);
    expect_handle(mapping);
}
END_TEST
COVERS(create2_image_may_not_be_permanent, "mapping.create2.no_change_image");

START_TEST(create2_empty_file)
{
    optional_api(CreateFileMapping2);
    HANDLE file = create_file(scratch_path(L"data"), 0);

    HANDLE mapping =
        CreateFileMapping2(file, NULL, FILE_MAP_READ, PAGE_READONLY, SEC_COMMIT, 0, NULL, NULL, 0);

    expect_null(mapping, ERROR_FILE_INVALID);
}
END_TEST
COVERS(create2_empty_file, "mapping.create2.empty_file");

START_TEST(create2_size_beyond_4_gib)
{
    optional_api(CreateFileMapping2);
    ULONG64 size = ((ULONG64)1 << 32) + granularity();

    HANDLE mapping = CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS,
                                        PAGE_READWRITE, SEC_RESERVE, size, NULL, NULL, 0);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, 1, 0, page_size()));
    expect_failed_somehow(MapViewOfFile(mapping, READ_WRITE, 1, granularity(), page_size()));
}
END_TEST
COVERS(create2_size_beyond_4_gib, "mapping.create2.size_64");

START_TEST(create2_takes_a_node)
{
    optional_api(CreateFileMapping2);
    MEM_EXTENDED_PARAMETER first_node = {.Type = MemExtendedParameterNumaNode, .ULong = 0};

    HANDLE mapping =
        CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS, PAGE_READWRITE,
                           SEC_COMMIT, page_size(), NULL, &first_node, 1);

    expect_handle(mapping);
    expect_filled(map_view(mapping, READ_WRITE), 0, page_size());
}
END_TEST
COVERS(create2_takes_a_node, "mapping.create2.node");

/* ---- SEC_NO_CHANGE: what is mapped stays as it is to the end of the process ------------------ */

START_TEST(create2_permanent_view_keeps_its_protection)
{
    optional_api(CreateFileMapping2);
    HANDLE mapping =
        CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS, PAGE_READWRITE,
                           SEC_COMMIT | SEC_NO_CHANGE, page_size(), NULL, NULL, 0);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), 0);
    char *other = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    expect_succeeded(VirtualProtect(other, page_size(), PAGE_READONLY, &old));
}
END_TEST
COVERS(create2_permanent_view_keeps_its_protection, "mapping.create2.no_change_protection");

START_TEST(create2_permanent_view_stays)
{
    optional_api(CreateFileMapping2);
    HANDLE mapping =
        CreateFileMapping2(INVALID_HANDLE_VALUE, NULL, FILE_MAP_ALL_ACCESS, PAGE_READWRITE,
                           SEC_COMMIT | SEC_NO_CHANGE, page_size(), NULL, NULL, 0);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);

    BOOL unmapped = UnmapViewOfFile(view);

    expect_failed_somehow(unmapped);
    expect_fault(try_write(view, 'x'), 0);
    expect_succeeded(
        UnmapViewOfFile(map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE)));
}
END_TEST
COVERS(create2_permanent_view_stays, "mapping.create2.no_change_view");
