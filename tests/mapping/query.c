/* What VirtualQuery reports of views. */
#include "mapping.h"

START_TEST(result_is_the_size_of_the_information)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, 5 * page_size()), READ_WRITE);
    struct {
        MEMORY_BASIC_INFORMATION region;
        uint8_t guard[16];
    } buffer;
    memset(&buffer, 0xEE, sizeof(buffer));

    SIZE_T got = VirtualQuery(view, &buffer.region, sizeof(buffer.region));

    expect_number(got, sizeof(buffer.region));
    expect_pointer(buffer.region.BaseAddress, view);
    expect_filled(buffer.guard, 0xEE, sizeof(buffer.guard));
}
END_TEST
COVERS(result_is_the_size_of_the_information, "mapping.query.basic");

static const struct {
    struct row row;
    DWORD access, protection;
} view_rows[] = {
    {{"read", NULL}, FILE_MAP_READ, PAGE_READONLY},
    {{"write", NULL}, FILE_MAP_WRITE, PAGE_READWRITE},
    {{"copy", NULL}, FILE_MAP_COPY, PAGE_WRITECOPY},
    {{"execute_read", NULL}, FILE_MAP_EXECUTE | FILE_MAP_READ, PAGE_EXECUTE_READ},
    {{"execute_write", NULL}, FILE_MAP_EXECUTE | FILE_MAP_WRITE, PAGE_EXECUTE_READWRITE},
    {{"execute_copy", NULL}, FILE_MAP_EXECUTE | FILE_MAP_COPY, PAGE_EXECUTE_WRITECOPY},
};

START_TEST(new_view)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, 3 * page_size() - 1);
    void *view = map_view(mapping, view_rows[_i].access);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(view, &region, sizeof(region));

    expect_succeeded(got);
    expect_pointer(region.BaseAddress, view);
    expect_pointer(region.AllocationBase, view);
    expect_flags(region.AllocationProtect, view_rows[_i].protection, PAGE_NAMES);
    expect_number(region.RegionSize, 3 * page_size());
    expect_flags(region.State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region.Protect, view_rows[_i].protection, PAGE_NAMES);
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
}
END_TEST
COVERS_ROWS(new_view, view_rows, "mapping.query.fields_full_view");

START_TEST(address_in_a_page_stands_for_the_page)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 4 * page_size()), FILE_MAP_READ);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(view + page_size() + 10, &region, sizeof(region));

    expect_succeeded(got);
    expect_pointer(region.BaseAddress, view + page_size());
    expect_pointer(region.AllocationBase, view);
    expect_number(region.RegionSize, 3 * page_size());
}
END_TEST
COVERS(address_in_a_page_stands_for_the_page, "mapping.query.interior");

START_TEST(unmapped_view_is_free)
{
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    unmap_view(view);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(view + page_size(), &region, sizeof(region));

    expect_succeeded(got);
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
    expect_pointer(region.BaseAddress, view + page_size());
    expect_true(region.RegionSize >= granularity() - page_size());
}
END_TEST
COVERS(unmapped_view_is_free, "mapping.query.free");

START_TEST(free_region_begins_at_the_address)
{
    SIZE_T size = 40u << 20;
    char *range = free_range(size);
    require(VirtualAlloc(range + size, page_size(), MEM_RESERVE, PAGE_NOACCESS));

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(range + size / 4, &region, sizeof(region));

    expect_succeeded(got);
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
    expect_pointer(region.BaseAddress, range + size / 4);
    expect_number(region.RegionSize, size - size / 4);
}
END_TEST
COVERS(free_region_begins_at_the_address, "mapping.query.free_rest");

START_TEST(adjacent_views_are_two_regions)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = free_range(2 * granularity());
    require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base) == base);
    require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base + granularity()) != NULL);

    MEMORY_BASIC_INFORMATION first, second;
    SIZE_T got_first = VirtualQuery(base, &first, sizeof(first));
    SIZE_T got_second = VirtualQuery(base + granularity(), &second, sizeof(second));

    expect_true(got_first != 0 && got_second != 0);
    expect_number(first.RegionSize, granularity());
    expect_pointer(first.AllocationBase, base);
    expect_number(second.RegionSize, granularity());
    expect_pointer(second.AllocationBase, base + granularity());
}
END_TEST
COVERS(adjacent_views_are_two_regions, "mapping.query.region_stops_at_view");

START_TEST(other_protection_is_another_region)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 4 * page_size()), READ_WRITE);
    DWORD old;
    require(VirtualProtect(view + page_size(), 2 * page_size(), PAGE_READONLY, &old));

    MEMORY_BASIC_INFORMATION region[3];
    VirtualQuery(view, &region[0], sizeof(region[0]));
    VirtualQuery(view + page_size(), &region[1], sizeof(region[1]));
    VirtualQuery(view + 3 * page_size(), &region[2], sizeof(region[2]));

    static const struct {
        DWORD pages, protection;
    } expected[] = {{1, PAGE_READWRITE}, {2, PAGE_READONLY}, {1, PAGE_READWRITE}};
    for (int i = 0; i < 3; i++) {
        expect_number(region[i].RegionSize, expected[i].pages * page_size());
        expect_flags(region[i].Protect, expected[i].protection, PAGE_NAMES);
        expect_flags(region[i].AllocationProtect, PAGE_READWRITE, PAGE_NAMES);
        expect_pointer(region[i].AllocationBase, view);
    }
}
END_TEST
COVERS(other_protection_is_another_region, "mapping.query.split_by_protection");

START_TEST(other_state_is_another_region)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 4 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE));

    MEMORY_BASIC_INFORMATION committed, reserved;
    VirtualQuery(view, &committed, sizeof(committed));
    VirtualQuery(view + page_size(), &reserved, sizeof(reserved));

    expect_flags(committed.State, MEM_COMMIT, MEM_NAMES);
    expect_number(committed.RegionSize, page_size());
    expect_flags(committed.Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(reserved.State, MEM_RESERVE, MEM_NAMES);
    expect_number(reserved.RegionSize, 3 * page_size());
    expect_pointer(reserved.AllocationBase, view);
    expect_flags(reserved.Type, MEM_MAPPED, MEM_NAMES);
}
END_TEST
COVERS(other_state_is_another_region, "mapping.query.split_by_state");

START_TEST(address_above_the_highest_is_refused)
{
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQuery((void *)~(UINT_PTR)0xFFFF, &region, sizeof(region));

    expect_failed(got, ERROR_INVALID_PARAMETER);
}
END_TEST
COVERS(address_above_the_highest_is_refused, "mapping.query.above_max");

START_TEST(short_buffer_is_refused)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    MEMORY_BASIC_INFORMATION region;
    memset(&region, 0xEE, sizeof(region));

    SIZE_T got = VirtualQuery(view, &region, sizeof(region) - 1);

    expect_failed_somehow(got);
    expect_number(VirtualQuery(view, &region, sizeof(region)), sizeof(region));
}
END_TEST
COVERS(short_buffer_is_refused, "mapping.query.short_buffer");

/* In the program's own image: copied on the first write, as all its data is. */
static char image_data[0x4000] = {1};

START_TEST(written_page_of_an_image_still_counts_as_image)
{
    char *page = image_data + 0x2000;
    *(volatile char *)page = 'y';

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(page, &region, sizeof(region));

    expect_succeeded(got);
    expect_flags(region.Type, MEM_IMAGE, MEM_NAMES);
    expect_pointer(region.AllocationBase, GetModuleHandleW(NULL));
}
END_TEST
COVERS(written_page_of_an_image_still_counts_as_image, "mapping.query.image_cow_type");

static const struct {
    struct row row;
    bool reserved;
} joinings[] = {
    {{"when_protection_is_given_back", NULL}, false},
    {{"when_pages_between_are_committed", NULL}, true},
};

START_TEST(alike_pages_are_one_region_again)
{
    bool reserved = joinings[_i].reserved;
    HANDLE mapping =
        page_file_mapping(PAGE_READWRITE | (reserved ? SEC_RESERVE : SEC_COMMIT), 4 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    if (reserved)
        for (int page = 0; page < 4; page += 3)
            require(
                VirtualAlloc(view + page * page_size(), page_size(), MEM_COMMIT, PAGE_READWRITE));
    DWORD old;
    require(reserved || VirtualProtect(view + page_size(), page_size(), PAGE_READONLY, &old));
    expect_number(region_at(view).RegionSize, page_size());
    require(reserved ? VirtualAlloc(view + page_size(), 2 * page_size(), MEM_COMMIT,
                                    PAGE_READWRITE) != NULL
                     : VirtualProtect(view + page_size(), page_size(), PAGE_READWRITE, &old));
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQuery(view, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_number(region.RegionSize, 4 * page_size());
    expect_number(region_at(view + page_size()).RegionSize, 3 * page_size());
}
END_TEST
COVERS_ROWS(alike_pages_are_one_region_again, joinings, "mapping.query.joined_again");
