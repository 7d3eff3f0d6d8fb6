/* PrefetchVirtualMemory on views: a hint, which changes nothing that can be seen. */
#include "mapping.h"

/* The end of the first page of a view and the beginning of the second, or one of each view. */
static const struct {
    struct row row;
    DWORD count;
    DWORD offset, size;
} range_rows[] = {
    {{"one_view", NULL}, 1, 0, 0x2000},
    {{"two_views", NULL}, 2, 0, 0x2000},
    {{"uneven", NULL}, 2, 0xFFF, 2},
};

START_TEST(ranges_of_views)
{
    optional_api(PrefetchVirtualMemory);
    HANDLE file = create_file(scratch_path(L"data"), 0x2000);
    char *view = map_view(file_mapping(file, PAGE_READWRITE), FILE_MAP_READ);
    char *zeros = map_view(page_file_mapping(PAGE_READWRITE, 0x2000), READ_WRITE);
    DWORD offset = range_rows[_i].offset;
    WIN32_MEMORY_RANGE_ENTRY ranges[] = {{view + offset, range_rows[_i].size},
                                         {zeros + offset, range_rows[_i].size}};

    BOOL done = PrefetchVirtualMemory(GetCurrentProcess(), range_rows[_i].count, ranges, 0);

    expect_succeeded(done);
    expect_pattern(view, 0x2000, 0);
    expect_filled(zeros, 0, 0x2000);
    expect_flags(region_at(view).Protect, PAGE_READONLY, PAGE_NAMES);
}
END_TEST
COVERS_ROWS(ranges_of_views, range_rows, "mapping.prefetch.views");

START_TEST(no_range_is_refused)
{
    optional_api(PrefetchVirtualMemory);
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    WIN32_MEMORY_RANGE_ENTRY range = {view, page_size()};

    BOOL done = PrefetchVirtualMemory(GetCurrentProcess(), 0, NULL, 0);

    expect_failed_somehow(done);
    done = PrefetchVirtualMemory(GetCurrentProcess(), 1, &range, 0);
    expect_succeeded(done);
}
END_TEST
COVERS(no_range_is_refused, "mapping.prefetch.none");

/* The page wants a zero, and does not say what happens else; later versions know a flag. */
START_TEST(flags)
{
    optional_api(PrefetchVirtualMemory);
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    WIN32_MEMORY_RANGE_ENTRY range = {view, page_size()};

    BOOL done = PrefetchVirtualMemory(GetCurrentProcess(), 1, &range, 0x80000000);

    DWORD error = GetLastError();
    if (done)
        record("flags", "taken");
    else
        record("flags", "refused with error %lu", error);
}
END_TEST
COVERS(flags, "mapping.prefetch.flags");
