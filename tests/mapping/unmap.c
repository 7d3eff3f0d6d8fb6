/* What UnmapViewOfFile takes away, and what it leaves. */
#include "mapping.h"

START_TEST(unmapped_memory_is_free)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    void *view = map_view_apart(mapping, READ_WRITE);
    expect_fault(try_read(view), 0);

    BOOL unmapped = UnmapViewOfFile(view);

    expect_succeeded(unmapped);
    expect_fault(try_read(view), EXCEPTION_ACCESS_VIOLATION);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS(unmapped_memory_is_free, "mapping.unmap.ok", "mapping.unmap.range_invalid_after");

START_TEST(other_views_stay)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *first = map_view(mapping, READ_WRITE);
    char *second = map_view(mapping, READ_WRITE);
    first[0] = 'x';

    BOOL unmapped = UnmapViewOfFile(first);

    expect_succeeded(unmapped);
    expect_fault(try_read(second), 0);
    expect_number(second[0], 'x');
}
END_TEST
COVERS(other_views_stay, "mapping.unmap.only_that_view", "mapping.unmap.dirty_not_lost");

START_TEST(second_time_is_refused)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    void *view = map_view_apart(mapping, READ_WRITE);
    unmap_view(view);

    BOOL unmapped = UnmapViewOfFile(view);

    expect_failed(unmapped, ERROR_INVALID_ADDRESS);
}
END_TEST
COVERS(second_time_is_refused, "mapping.unmap.twice");

/* The page wants the very address that MapViewOfFile returned; Windows takes any in the view. */
START_TEST(address_inside_the_view)
{
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);

    BOOL unmapped = UnmapViewOfFile(view + page_size());

    record("address inside the view", "%s", unmapped ? "unmaps it" : "refused");
    expect_fault(try_read(view), unmapped ? EXCEPTION_ACCESS_VIOLATION : 0);
}
END_TEST
COVERS(address_inside_the_view, "mapping.unmap.interior_pointer");

START_TEST(allocated_memory_is_no_view)
{
    char *memory = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(memory != NULL);

    BOOL unmapped = UnmapViewOfFile(memory);

    expect_failed(unmapped, ERROR_INVALID_ADDRESS);
    expect_fault(try_write(memory, 'x'), 0);
}
END_TEST
COVERS(allocated_memory_is_no_view, "mapping.unmap.not_a_view");

START_TEST(null_is_no_view)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    BOOL unmapped = UnmapViewOfFile(NULL);

    expect_failed(unmapped, ERROR_INVALID_ADDRESS);
    expect_fault(try_write(view, 'x'), 0);
}
END_TEST
COVERS(null_is_no_view, "mapping.unmap.null");
