/* VirtualQuery and VirtualProtect on guard pages, at the ends, and on allocated memory beside
 * views. */
#include "mapping.h"

static char *allocate(void *address, SIZE_T size, DWORD type)
{
    char *memory = VirtualAlloc(address, size, type, PAGE_READWRITE);
    require(memory != NULL && (address == NULL || memory == address));
    return memory;
}

/* ---- VirtualQuery --------------------------------------------------------------------------- */

START_TEST(allocated_memory_is_private)
{
    char *memory = allocate(NULL, 3 * page_size(), MEM_RESERVE);
    allocate(memory + page_size(), page_size(), MEM_COMMIT);

    MEMORY_BASIC_INFORMATION reserved, committed;
    SIZE_T got = VirtualQuery(memory + page_size(), &committed, sizeof(committed));
    expect_succeeded(got);
    got = VirtualQuery(memory, &reserved, sizeof(reserved));
    expect_succeeded(got);

    expect_flags(committed.Type, MEM_PRIVATE, MEM_NAMES);
    expect_flags(committed.State, MEM_COMMIT, MEM_NAMES);
    expect_pointer(committed.AllocationBase, memory);
    expect_number(committed.RegionSize, page_size());
    expect_flags(reserved.Type, MEM_PRIVATE, MEM_NAMES);
    expect_flags(reserved.State, MEM_RESERVE, MEM_NAMES);
    expect_number(reserved.RegionSize, page_size());
}
END_TEST
COVERS(allocated_memory_is_private, "mapping.query.private");

static const struct {
    struct row row;
    bool view;
} kind_rows[] = {{{"of_a_view", NULL}, true}, {{"of_allocated_memory", NULL}, false}};

START_TEST(guard_page_is_a_region)
{
    char *pages = kind_rows[_i].view
                      ? map_view(page_file_mapping(PAGE_READWRITE, 3 * page_size()), READ_WRITE)
                      : allocate(NULL, 3 * page_size(), MEM_RESERVE | MEM_COMMIT);
    DWORD old;
    require(VirtualProtect(pages + page_size(), page_size(), PAGE_READWRITE | PAGE_GUARD, &old));

    MEMORY_BASIC_INFORMATION region[3];
    for (int i = 0; i < 3; i++) {
        SIZE_T got = VirtualQuery(pages + i * page_size(), &region[i], sizeof(region[i]));
        expect_succeeded(got);
    }

    for (int i = 0; i < 3; i++) {
        expect_number(region[i].RegionSize, page_size());
        expect_flags(region[i].Protect, PAGE_READWRITE | (i == 1 ? PAGE_GUARD : 0), PAGE_NAMES);
        expect_flags(region[i].State, MEM_COMMIT, MEM_NAMES);
    }
}
END_TEST
COVERS_ROWS(guard_page_is_a_region, kind_rows, "mapping.query.guard");

START_TEST(first_address_is_free)
{
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQuery(NULL, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_pointer(region.BaseAddress, NULL);
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS(first_address_is_free, "mapping.query.null_address");

START_TEST(longer_buffer_is_filled_in_part)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    struct {
        MEMORY_BASIC_INFORMATION region;
        uint8_t rest[24];
    } buffer;
    memset(&buffer, 0xEE, sizeof(buffer));

    SIZE_T got = VirtualQuery(view, &buffer.region, sizeof(buffer));

    expect_number(got, sizeof(buffer.region));
    expect_pointer(buffer.region.BaseAddress, view);
    expect_filled(buffer.rest, 0xEE, sizeof(buffer.rest));
}
END_TEST
COVERS(longer_buffer_is_filled_in_part, "mapping.query.long_buffer");

/* PAGE_NOCACHE is among the protections that the page lists. */
START_TEST(view_without_cache)
{
    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_COMMIT | SEC_NOCACHE, 0,
                           page_size(), NULL);
    require(mapping != NULL);
    void *view = map_view(mapping, READ_WRITE);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got = VirtualQuery(view, &region, sizeof(region));

    expect_succeeded(got);
    record("protection", "0x%lx, at first 0x%lx", region.Protect, region.AllocationProtect);
}
END_TEST
COVERS(view_without_cache, "mapping.query.nocache");

/* ---- VirtualProtect ------------------------------------------------------------------------- */

static const struct {
    struct row row;
    bool view;
    DWORD wanted;
} none_rows[] = {
    {{"nothing_on_a_view", NULL}, true, 0},
    {{"nothing_on_allocated_memory", NULL}, false, 0},
    {{"two_on_a_view", NULL}, true, PAGE_READONLY | PAGE_READWRITE},
    {{"two_on_allocated_memory", NULL}, false, PAGE_READONLY | PAGE_READWRITE},
    {{"none_and_one_on_a_view", NULL}, true, PAGE_READONLY | PAGE_NOACCESS},
    {{"execution_and_none_on_allocated_memory", NULL}, false, PAGE_EXECUTE_READ | PAGE_EXECUTE},
    {{"guard_alone_on_a_view", NULL}, true, PAGE_GUARD},
};

START_TEST(protection_must_be_one)
{
    char *pages = none_rows[_i].view
                      ? map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE)
                      : allocate(NULL, page_size(), MEM_RESERVE | MEM_COMMIT);
    DWORD old;

    BOOL set = VirtualProtect(pages, page_size(), none_rows[_i].wanted, &old);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    expect_flags(region_at(pages).Protect, PAGE_READWRITE, PAGE_NAMES);
    set = VirtualProtect(pages, page_size(), PAGE_READONLY, &old);
    expect_succeeded(set);
}
END_TEST
COVERS_ROWS(protection_must_be_one, none_rows, "mapping.protect.one_value");

static const struct {
    struct row row;
    bool first_is_view, second_is_view;
} neighbour_rows[] = {
    {{"two_allocations", NULL}, false, false},
    {{"allocation_and_view", NULL}, false, true},
    {{"view_and_allocation", NULL}, true, false},
};

/* A view, or an allocation, of 64 KiB at that address. */
static void put_at(char *address, bool view)
{
    DWORD size = granularity();
    if (!view)
        allocate(address, size, MEM_RESERVE | MEM_COMMIT);
    else
        require(MapViewOfFileEx(page_file_mapping(PAGE_READWRITE, size), READ_WRITE, 0, 0, 0,
                                address) == address);
}

START_TEST(range_must_lie_in_one_allocation)
{
    char *first = free_range(2 * granularity()), *second = first + granularity();
    put_at(first, neighbour_rows[_i].first_is_view);
    put_at(second, neighbour_rows[_i].second_is_view);
    DWORD old;

    BOOL set = VirtualProtect(second - 1, 2, PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(second - page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(second).Protect, PAGE_READWRITE, PAGE_NAMES);

    /* Each for itself is right. */
    expect_succeeded(VirtualProtect(second - 1, 1, PAGE_READONLY, &old));
    expect_succeeded(VirtualProtect(second, 1, PAGE_READONLY, &old));
}
END_TEST
COVERS_ROWS(range_must_lie_in_one_allocation, neighbour_rows, "mapping.protect.cross_allocations");

START_TEST(reserved_page_between_committed_ones_fails_all)
{
    char *memory = allocate(NULL, 3 * page_size(), MEM_RESERVE);
    allocate(memory, page_size(), MEM_COMMIT);
    allocate(memory + 2 * page_size(), page_size(), MEM_COMMIT);
    DWORD old;

    BOOL set = VirtualProtect(memory, 3 * page_size(), PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(memory).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(memory + 2 * page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
    set = VirtualProtect(memory, page_size(), PAGE_READONLY, &old);
    expect_succeeded(set);
}
END_TEST
COVERS(reserved_page_between_committed_ones_fails_all, "mapping.protect.uncommitted_allocated");

static const struct {
    struct row row;
    DWORD protection;
} place_rows[] = {
    {{"not_writable", NULL}, PAGE_READONLY},
    {{"not_accessible", NULL}, PAGE_NOACCESS},
};

START_TEST(old_protection_needs_a_place)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    DWORD *place = (DWORD *)allocate(NULL, page_size(), MEM_RESERVE | MEM_COMMIT), old;
    require(VirtualProtect(place, page_size(), place_rows[_i].protection, &old));

    BOOL set = VirtualProtect(view, page_size(), PAGE_READONLY, place);

    expect_failed_somehow(set);

    /* With a place that can be written the same call is right. */
    require(VirtualProtect(place, page_size(), PAGE_READWRITE, &old));
    set = VirtualProtect(view, page_size(), PAGE_READONLY, place);
    expect_succeeded(set);
}
END_TEST
COVERS_ROWS(old_protection_needs_a_place, place_rows, "mapping.protect.old_invalid");

static const struct {
    struct row row;
    DWORD between;
} between_rows[] = {
    {{"after_reading_only", NULL}, PAGE_READONLY},
    {{"after_no_access", NULL}, PAGE_NOACCESS},
};

START_TEST(copy_stays_a_copy)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *shared = map_view(mapping, READ_WRITE);
    char *copy = map_view(mapping, FILE_MAP_COPY);
    shared[0] = 'x';
    expect_fault(try_write(copy, 'y'), 0);
    DWORD old;

    BOOL set = VirtualProtect(copy, page_size(), between_rows[_i].between, &old);
    expect_succeeded(set);
    expect_fault(try_write(copy, 'z'), EXCEPTION_ACCESS_VIOLATION);
    set = VirtualProtect(copy, page_size(), PAGE_WRITECOPY, &old);

    expect_succeeded(set);
    expect_number(copy[0], 'y');
    expect_fault(try_write(copy, 'z'), 0);
    expect_number(copy[0], 'z');
    expect_number(shared[0], 'x');
}
END_TEST
COVERS_ROWS(copy_stays_a_copy, between_rows, "mapping.protect.copy_stays");
