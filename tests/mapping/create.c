/* What CreateFileMappingW creates: objects of the page file and of a file, and their size. */
#include "mapping.h"

START_TEST(object_of_the_page_file)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0x100, NULL);

    expect_handle(mapping);
    void *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0x100);
    expect_not_null(view);
    expect_fault(try_write((char *)view + 0xFF, 'x'), 0);
}
END_TEST
COVERS(object_of_the_page_file, "mapping.create.create.pagefile_basic");

START_TEST(new_object_sets_the_last_error_to_zero)
{
    const WCHAR *name = unique_name(L"Local\\");
    SetLastError(ERROR_FILE_NOT_FOUND);

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0x100, name);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
}
END_TEST
COVERS(new_object_sets_the_last_error_to_zero, "mapping.create.create.lasterror_new");

START_TEST(object_of_a_file_holds_the_bytes_of_the_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 3 * page_size());

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);

    expect_handle(mapping);
    expect_pattern(map_view(mapping, FILE_MAP_READ), 3 * page_size(), 0);
}
END_TEST
COVERS(object_of_a_file_holds_the_bytes_of_the_file, "mapping.create.create.file_basic");

START_TEST(pages_of_the_page_file_start_as_zeros)
{
    DWORD size = 4 * page_size();

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, NULL);

    expect_handle(mapping);
    expect_filled(map_view(mapping, FILE_MAP_READ), 0, size);
}
END_TEST
COVERS(pages_of_the_page_file_start_as_zeros, "mapping.create.zeroed");

START_TEST(pages_start_as_zeros_when_the_name_was_used_before)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = named_mapping(name, page_size());
    void *view = map_view(first, READ_WRITE);
    memset(view, 'x', page_size());
    unmap_view(view);
    close_handle(&first);

    HANDLE second =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    expect_last_error(ERROR_SUCCESS);
    expect_filled(map_view(second, FILE_MAP_READ), 0, page_size());
}
END_TEST
COVERS(pages_start_as_zeros_when_the_name_was_used_before, "mapping.create.zeroed_after_recreate");

START_TEST(object_of_the_page_file_needs_a_size)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, NULL);

    expect_failed_somehow(mapping);

    /* With a size the same call is right. */
    mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS(object_of_the_page_file_needs_a_size, "mapping.create.hfile.invalid_needs_size");

static const struct {
    struct row row;
    DWORD protect;
} empty_file_rows[] = {
    {{"read_only", "mapping.create.size.empty_file"}, PAGE_READONLY},
    {{"read_write", "mapping.create.size.empty_file_readwrite"}, PAGE_READWRITE},
};

START_TEST(file_without_bytes_has_nothing_to_map)
{
    HANDLE file = create_file(scratch_path(L"empty"), 0);
    DWORD protect = empty_file_rows[_i].protect;

    HANDLE mapping = CreateFileMappingW(file, NULL, protect, 0, 0, NULL);

    expect_null(mapping, ERROR_FILE_INVALID);

    /* With one byte in the file the same call is right. */
    require(WriteFile(file, "x", 1, &(DWORD){0}, NULL));
    mapping = CreateFileMappingW(file, NULL, protect, 0, 0, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(file_without_bytes_has_nothing_to_map, empty_file_rows);

START_TEST(size_zero_means_the_size_of_the_file)
{
    DWORD size = page_size() + 0x123;
    HANDLE file = create_file(scratch_path(L"data"), size);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), size);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, size));
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, size + 1), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(size_zero_means_the_size_of_the_file, "mapping.create.size.zero_file",
       "mapping.create.size.zero_file_stable");

START_TEST(larger_size_extends_the_file_at_once)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE observer = open_file(path, GENERIC_READ);
    DWORD size = 2 * page_size() + 1;

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, size, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(observer), size);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
}
END_TEST
COVERS(larger_size_extends_the_file_at_once, "mapping.create.size.grow_readwrite",
       "mapping.create.size.grow_before_return");

static const struct {
    struct row row;
    DWORD protect;
} unwritable_rows[] = {
    {{"read_only", "mapping.create.size.readonly_larger"}, PAGE_READONLY},
    {{"write_copy", "mapping.create.size.writecopy_larger"}, PAGE_WRITECOPY},
};

START_TEST(larger_size_without_write_access_is_refused)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    DWORD protect = unwritable_rows[_i].protect;

    HANDLE mapping = CreateFileMappingW(file, NULL, protect, 0, page_size() + 1, NULL);

    expect_failed_somehow(mapping);
    expect_number(size_of_file(file), page_size());

    /* Up to the end of the file the same call is right. */
    mapping = CreateFileMappingW(file, NULL, protect, 0, page_size(), NULL);
    expect_handle(mapping);
}
END_TEST
COVERS_ROWS(larger_size_without_write_access_is_refused, unwritable_rows);

START_TEST(smaller_size_maps_the_beginning_and_leaves_the_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 3 * page_size());

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, page_size(), NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), 3 * page_size());
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size()));
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 2 * page_size()), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(smaller_size_maps_the_beginning_and_leaves_the_file,
       "mapping.create.size.smaller_file_not_truncated",
       "mapping.create.size.smaller_limits_views");
