/* FILE_MAP_COPY: what is written to such a view stays in it. */
#include "mapping.h"

#include <string.h>

START_TEST(write_is_private_to_the_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *shared = map_view(mapping, READ_WRITE);
    shared[0] = 'x';

    char *copy = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    expect_not_null(copy);
    expect_number(copy[0], 'x');
    expect_fault(try_write(copy, 'y'), 0);
    expect_number(copy[0], 'y');
    expect_number(shared[0], 'x');
}
END_TEST
COVERS(write_is_private_to_the_view, "mapping.copy_on_write.private_to_view");

PEER(write_to_a_copy)
{
    char *copy = MapViewOfFile(peer_handle(0), FILE_MAP_COPY, 0, 0, 0);

    expect_not_null(copy);
    expect_number(copy[0], 'x');
    expect_fault(try_write(copy, 'y'), 0);
    expect_number(copy[0], 'y');
}

START_TEST(write_is_private_to_the_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *shared = map_view(mapping, READ_WRITE);
    shared[0] = 'x';

    peer_join(peer_start(write_to_a_copy, given_handle(mapping)));

    expect_number(shared[0], 'x');
}
END_TEST
COVERS(write_is_private_to_the_process, "mapping.copy_on_write.private_to_view_process");

START_TEST(write_never_reaches_the_file)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    char *copy = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    expect_not_null(copy);
    expect_fault(try_write(copy, '!'), 0);
    expect_succeeded(FlushViewOfFile(copy, 0));
    expect_succeeded(UnmapViewOfFile(copy));
    close_handle(&mapping);
    close_handle(&file);
    char bytes[8];
    read_file(open_file(path, GENERIC_READ), 0, bytes, 8);
    expect_pattern(bytes, 8, 0);
}
END_TEST
COVERS(write_never_reaches_the_file, "mapping.copy_on_write.file_unchanged",
       "mapping.copy_on_write.flush_noop");

START_TEST(write_needs_no_writable_file)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    HANDLE mapping = file_mapping(open_file(path, GENERIC_READ), PAGE_READONLY);

    uint8_t *copy = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    expect_not_null(copy);
    expect_pattern(copy, page_size(), 0);
    expect_fault(try_write(copy, '!'), 0);
    expect_number(copy[0], '!');
    expect_pattern(copy + 1, page_size() - 1, 1);
}
END_TEST
COVERS(write_needs_no_writable_file, "mapping.copy_on_write.from_readonly_file");

START_TEST(write_is_lost_with_the_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *copy = map_view(mapping, FILE_MAP_COPY);
    expect_fault(try_write(copy, 'y'), 0);

    BOOL unmapped = UnmapViewOfFile(copy);

    expect_succeeded(unmapped);
    copy = map_view(mapping, FILE_MAP_COPY);
    expect_number(copy[0], 0);
}
END_TEST
COVERS(write_is_lost_with_the_view, "mapping.copy_on_write.lost_on_unmap");

START_TEST(written_page_becomes_readable_and_writable)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    char *copy = map_view(file_mapping(file, PAGE_READWRITE), FILE_MAP_COPY);
    expect_flags(region_at(copy).Protect, PAGE_WRITECOPY, PAGE_NAMES);

    expect_fault(try_write(copy, 'y'), 0);

    expect_flags(region_at(copy).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(copy + page_size()).Protect, PAGE_WRITECOPY, PAGE_NAMES);
}
END_TEST
COVERS(written_page_becomes_readable_and_writable, "mapping.copy_on_write.protection_change");

START_TEST(written_page_still_counts_as_mapped)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *copy = map_view(mapping, FILE_MAP_COPY);

    expect_fault(try_write(copy, 'y'), 0);

    expect_flags(region_at(copy).Type, MEM_MAPPED, MEM_NAMES);
}
END_TEST
COVERS(written_page_still_counts_as_mapped, "mapping.copy_on_write.type_stays_mapped");

/* The pages say what happens to a page that was written, and not whether one that was not still
 * follows the object. */
START_TEST(unwritten_page_and_later_writes_of_others)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *shared = map_view(mapping, READ_WRITE);
    char *copy = map_view(mapping, FILE_MAP_COPY);
    expect_fault(try_write(copy, 'y'), 0);

    shared[page_size()] = 'x';

    record("unwritten page", "%s", copy[page_size()] == 'x' ? "follows the object" : "stays");
}
END_TEST
COVERS(unwritten_page_and_later_writes_of_others, "mapping.copy_on_write.page_granular");

PEER(overwrite_the_object)
{
    memset(map_view(peer_handle(0), READ_WRITE), 'n', page_size());
}

static const struct overwriter {
    struct row row;
    bool file;
    enum { OTHER_VIEW, OTHER_PROCESS, WRITE_FILE } how;
} overwriters[] = {
    {{"view", NULL}, false, OTHER_VIEW},
    {{"view_of_the_file", NULL}, true, OTHER_VIEW},
    {{"process", NULL}, false, OTHER_PROCESS},
    {{"process_with_the_file", NULL}, true, OTHER_PROCESS},
    {{"write_file", NULL}, true, WRITE_FILE},
};

START_TEST(written_page_ignores_another)
{
    const struct overwriter *row = &overwriters[_i];
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = row->file ? file_mapping(file, PAGE_READWRITE)
                               : page_file_mapping(PAGE_READWRITE, page_size());
    char *shared = map_view(mapping, READ_WRITE);
    memset(shared, 's', page_size());
    char *copy = map_view(mapping, FILE_MAP_COPY);
    expect_fault(try_write(copy, 'c'), 0);
    char bytes[8] = "nnnnnnnn";
    OVERLAPPED start = {0};

    if (row->how == OTHER_VIEW)
        memset(shared, 'n', page_size());
    else if (row->how == OTHER_PROCESS)
        peer_join(peer_start(overwrite_the_object, given_handle(mapping)));
    else
        require(WriteFile(file, bytes, sizeof(bytes), &(DWORD){0}, &start));

    char *now = map_view(mapping, FILE_MAP_READ);
    if (row->how != WRITE_FILE) /* whether views show what WriteFile writes is not said */
        expect_filled(now, 'n', page_size());
    expect_number(copy[0], 'c');
    expect_filled(copy + 1, 's', page_size() - 1);
}
END_TEST
COVERS_ROWS(written_page_ignores_another, overwriters, "mapping.copy_on_write.written_page_stays");
