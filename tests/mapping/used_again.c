/* Addresses: what is at one where no view can be, and a view where another one was. */
#include "mapping.h"

/* ---- Addresses that are not free ---- */

static const struct occupant {
    struct row row;
    bool view;    /* or allocated memory */
    bool further; /* not at the address, but where the second half of the view would be */
} occupants[] = {
    {{"memory", NULL}, false, false},
    {{"view", NULL}, true, false},
    {{"memory_further_on", NULL}, false, true},
    {{"view_further_on", NULL}, true, true},
};

START_TEST(what_is_there_stays)
{
    const struct occupant *row = &occupants[_i];
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());
    HANDLE other = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = free_range(2 * granularity()), *there = base + (row->further ? granularity() : 0);
    void *occupied =
        row->view ? MapViewOfFileEx(other, READ_WRITE, 0, 0, 0, there)
                  : VirtualAlloc(there, granularity(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(occupied == there);
    memset(there, 'k', granularity());

    void *view = MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base);

    expect_null(view, ERROR_INVALID_ADDRESS);
    expect_filled(there, 'k', granularity());
    MEMORY_BASIC_INFORMATION region = region_at(there);
    expect_pointer(region.AllocationBase, there);
    expect_number(region.RegionSize, granularity());
    expect_flags(region.Type, row->view ? MEM_MAPPED : MEM_PRIVATE, MEM_NAMES);
    expect_fault(try_write(there, 'w'), 0);
    expect_filled(map_view(mapping, FILE_MAP_READ), 0, 2 * granularity());
    if (row->further)
        expect_flags(region_at(base).State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS_ROWS(what_is_there_stays, occupants, "mapping.view_ex.occupant_stays");

/* ---- Addresses that are used again ---- */

static const struct earlier {
    struct row row;
    DWORD protect; /* of the first page of the view that was there; or none */
    DWORD access;  /* of that view */
} earliers[] = {
    {{"without_access", NULL}, PAGE_NOACCESS, READ_WRITE},
    {{"for_reading", NULL}, PAGE_READONLY, READ_WRITE},
    {{"with_a_guard", NULL}, PAGE_READWRITE | PAGE_GUARD, READ_WRITE},
    {{"for_copying", NULL}, 0, FILE_MAP_COPY},
};

START_TEST(view_where_one_was)
{
    HANDLE first = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    HANDLE second = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *base = map_view_apart(first, earliers[_i].access);
    DWORD old;
    base[0] = 'f';
    require(!earliers[_i].protect || VirtualProtect(base, 1, earliers[_i].protect, &old));
    unmap_view(base);

    char *view = MapViewOfFileEx(second, READ_WRITE, 0, 0, 0, base);

    expect_pointer(view, base);
    MEMORY_BASIC_INFORMATION region = region_at(view);
    expect_flags(region.Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(region.RegionSize, 2 * page_size());
    expect_fault(try_write(view, 's'), 0);
    expect_number(*(char *)map_view(second, FILE_MAP_READ), 's');
    expect_filled(view + 1, 0, 2 * page_size() - 1);
}
END_TEST
COVERS_ROWS(view_where_one_was, earliers, "mapping.view_ex.address_again");

START_TEST(reserved_view_where_one_was_committed)
{
    HANDLE first = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 2 * page_size());
    HANDLE second = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 2 * page_size());
    char *base = map_view_apart(first, READ_WRITE);
    require(VirtualAlloc(base, page_size(), MEM_COMMIT, PAGE_READWRITE) == base);
    unmap_view(base);

    char *view = MapViewOfFileEx(second, READ_WRITE, 0, 0, 0, base);

    expect_pointer(view, base);
    MEMORY_BASIC_INFORMATION region = region_at(view);
    expect_flags(region.State, MEM_RESERVE, MEM_NAMES);
    expect_number(region.RegionSize, 2 * page_size());
}
END_TEST
COVERS(reserved_view_where_one_was_committed, "mapping.view_ex.reserved_again");

/* ---- Addresses that become free ---- */

START_TEST(free_region_of_two_views)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = free_range(3 * granularity());
    for (int i = 0; i < 3; i++)
        require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, base + i * granularity()));
    unmap_view(base);

    BOOL unmapped = UnmapViewOfFile(base + granularity());

    expect_succeeded(unmapped);
    MEMORY_BASIC_INFORMATION region = region_at(base);
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
    expect_number(region.RegionSize, 2 * granularity());
}
END_TEST
COVERS(free_region_of_two_views, "mapping.query.free_joined");
