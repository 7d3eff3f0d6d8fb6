/* Two views of another process that lie side by side, and what is asked for on its behalf:
 * VirtualQueryEx, VirtualProtectEx, ReadProcessMemory, VirtualAllocExNuma, PrefetchVirtualMemory.
 */
#include "mapping.h"

#define NO_NODE NUMA_NO_PREFERRED_NODE

/* Where the other process has its views; in an object of its own. */
struct place {
    uint64_t address;
};

/* Two views of the object, each of one granule, without anything between them or behind them. */
PEER(have_adjacent_views)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    char *first = free_range(3 * granularity()), *second = first + granularity();
    require(MapViewOfFileEx(peer_handle(0), READ_WRITE, 0, 0, 0, first) == first);
    require(MapViewOfFileEx(peer_handle(0), READ_WRITE, 0, 0, 0, second) == second);
    place->address = (UINT_PTR)first;
    checkpoint_reach("ready");
    checkpoint_wait("looked");
}

struct neighbours {
    struct peer *peer;
    HANDLE process;
    char *first, *second;
};

static struct neighbours neighbours_of(HANDLE mapping)
{
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer =
        peer_start(have_adjacent_views, given_handle(mapping), given_handle(report));
    checkpoint_wait("ready");
    char *first = (char *)(UINT_PTR)place->address;
    return (struct neighbours){peer, peer->info.hProcess, first, first + granularity()};
}

static struct neighbours neighbours(void)
{
    return neighbours_of(page_file_mapping(PAGE_READWRITE, granularity()));
}

static void let_go(struct neighbours their)
{
    checkpoint_reach("looked");
    peer_join(their.peer);
}

static MEMORY_BASIC_INFORMATION region_in(HANDLE process, const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    require(VirtualQueryEx(process, address, &region, sizeof(region)) == sizeof(region));
    return region;
}

/* ---- VirtualQueryEx ------------------------------------------------------------------------- */

START_TEST(region_ends_where_the_next_view_begins)
{
    struct neighbours their = neighbours();
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, their.first + page_size(), &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_pointer(region.AllocationBase, their.first);
    expect_number(region.RegionSize, granularity() - page_size());
    expect_pointer(region_in(their.process, their.second).AllocationBase, their.second);
    let_go(their);
}
END_TEST
COVERS(region_ends_where_the_next_view_begins, "mapping.query_ex.adjacent");

/* ---- VirtualProtectEx ----------------------------------------------------------------------- */

START_TEST(range_must_lie_in_one_view)
{
    struct neighbours their = neighbours();
    DWORD old;

    BOOL set = VirtualProtectEx(their.process, their.second - 1, 2, PAGE_READONLY, &old);

    expect_failed_somehow(set);
    char *last = their.second - page_size();
    expect_flags(region_in(their.process, last).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_in(their.process, their.second).Protect, PAGE_READWRITE, PAGE_NAMES);

    /* Each for itself is right. */
    expect_succeeded(VirtualProtectEx(their.process, their.second - 1, 1, PAGE_READONLY, &old));
    expect_succeeded(VirtualProtectEx(their.process, their.second, 1, PAGE_READONLY, &old));
    let_go(their);
}
END_TEST
COVERS(range_must_lie_in_one_view, "mapping.protect_ex.cross_views");

static const struct {
    struct row row;
    DWORD protection;
} places[] = {
    {{"not_writable", NULL}, PAGE_READONLY},
    {{"not_accessible", NULL}, PAGE_NOACCESS},
};

START_TEST(old_protection_needs_a_place_that_is)
{
    struct neighbours their = neighbours();
    DWORD *place = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE), old;
    require(place != NULL && VirtualProtect(place, 1, places[_i].protection, &old));

    BOOL set = VirtualProtectEx(their.process, their.first, 1, PAGE_READONLY, place);

    expect_failed_somehow(set);

    /* With a place that can be written the same call is right. */
    require(VirtualProtect(place, 1, PAGE_READWRITE, &old));
    expect_succeeded(VirtualProtectEx(their.process, their.first, 1, PAGE_READONLY, place));
    let_go(their);
}
END_TEST
COVERS_ROWS(old_protection_needs_a_place_that_is, places, "mapping.protect_ex.old_invalid");

/* ---- ReadProcessMemory ---------------------------------------------------------------------- */

/* Nothing is copied of a range that ends where there is nothing. */
START_TEST(reading_beyond_the_last_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    memset(map_view(mapping, READ_WRITE), 'x', granularity());
    struct neighbours their = neighbours_of(mapping);
    char *end = their.second + granularity(), bytes[8] = "before";
    SIZE_T count = 99;

    BOOL read = ReadProcessMemory(their.process, end - 4, bytes, sizeof(bytes), &count);

    expect_failed_somehow(read);
    expect_bytes(bytes, "before\0", sizeof(bytes));
    expect_number(count, 0);
    expect_succeeded(ReadProcessMemory(their.process, end - 8, bytes, sizeof(bytes), &count));
    expect_filled(bytes, 'x', sizeof(bytes));
    let_go(their);
}
END_TEST
COVERS(reading_beyond_the_last_view, "mapping.read_process_memory.nothing_copied");

START_TEST(reading_across_two_views)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *own = map_view(mapping, READ_WRITE), bytes[8] = "";
    memcpy(own + granularity() - 4, "the ", 4);
    memcpy(own, "ring", 4);
    struct neighbours their = neighbours_of(mapping);
    SIZE_T count = 0;

    BOOL read = ReadProcessMemory(their.process, their.second - 4, bytes, sizeof(bytes), &count);

    expect_succeeded(read);
    expect_number(count, sizeof(bytes));
    expect_bytes(bytes, "the ring", sizeof(bytes));
    let_go(their);
}
END_TEST
COVERS(reading_across_two_views, "mapping.read_process_memory.across_views");

/* ---- VirtualAllocExNuma --------------------------------------------------------------------- */

START_TEST(reserved_page_of_another_process_is_committed)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, granularity());
    char *own = map_view(mapping, READ_WRITE);
    struct neighbours their = neighbours_of(mapping);
    char *second_page = their.first + page_size();

    void *committed = VirtualAllocExNuma(their.process, second_page, page_size(), MEM_COMMIT,
                                         PAGE_READWRITE, NO_NODE);

    expect_pointer(committed, second_page);
    expect_flags(region_in(their.process, second_page).State, MEM_COMMIT, MEM_NAMES);
    expect_number(region_in(their.process, second_page).RegionSize, page_size());
    expect_flags(region_in(their.process, their.first).State, MEM_RESERVE, MEM_NAMES);
    require(WriteProcessMemory(their.process, second_page, "shared", 6, NULL));
    expect_bytes(own + page_size(), "shared", 6);
    let_go(their);
}
END_TEST
COVERS(reserved_page_of_another_process_is_committed,
       "mapping.create_numa.reserved_then_committed");

START_TEST(reserved_page_is_committed)
{
    char *view =
        map_view(page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 3 * page_size()), READ_WRITE);

    void *committed = VirtualAllocExNuma(GetCurrentProcess(), view + page_size(), page_size(),
                                         MEM_COMMIT, PAGE_READWRITE, NO_NODE);

    expect_pointer(committed, view + page_size());
    expect_flags(region_at(view + page_size()).State, MEM_COMMIT, MEM_NAMES);
    expect_fault(try_write(view + page_size(), 'x'), 0);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(view + 2 * page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(reserved_page_is_committed, "mapping.create_numa.reserved_then_committed");

START_TEST(nothing_is_reserved_where_a_view_is)
{
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';

    void *memory = VirtualAllocExNuma(GetCurrentProcess(), view, page_size(), MEM_RESERVE,
                                      PAGE_READWRITE, NO_NODE);

    expect_failed_somehow(memory);
    expect_flags(region_at(view).Type, MEM_MAPPED, MEM_NAMES);
    expect_number(view[0], 'x');
    unmap_view(view);
    memory = VirtualAllocExNuma(GetCurrentProcess(), view, page_size(), MEM_RESERVE, PAGE_READWRITE,
                                NO_NODE);
    expect_pointer(memory, view);
}
END_TEST
COVERS(nothing_is_reserved_where_a_view_is, "mapping.view_numa.range_reserved");

START_TEST(nothing_is_reserved_where_another_process_has_a_view)
{
    struct neighbours their = neighbours();
    char *behind = their.second + granularity();

    void *memory = VirtualAllocExNuma(their.process, their.second, page_size(), MEM_RESERVE,
                                      PAGE_READWRITE, NO_NODE);

    expect_failed_somehow(memory);
    expect_flags(region_in(their.process, their.second).Type, MEM_MAPPED, MEM_NAMES);
    memory = VirtualAllocExNuma(their.process, behind, page_size(), MEM_RESERVE, PAGE_READWRITE,
                                NO_NODE);
    expect_pointer(memory, behind);
    let_go(their);
}
END_TEST
COVERS(nothing_is_reserved_where_another_process_has_a_view, "mapping.view_numa.range_reserved");

/* ---- PrefetchVirtualMemory ------------------------------------------------------------------ */

START_TEST(ranges_of_another_process_are_prefetched)
{
    optional_api(PrefetchVirtualMemory);
    HANDLE mapping =
        file_mapping(create_file(scratch_path(L"data"), granularity()), PAGE_READWRITE);
    struct neighbours their = neighbours_of(mapping);
    char bytes[16];
    WIN32_MEMORY_RANGE_ENTRY ranges[] = {{their.first, granularity()},
                                         {their.second + page_size() - 1, 2}};

    BOOL done = PrefetchVirtualMemory(their.process, 2, ranges, 0);

    expect_succeeded(done);
    require(ReadProcessMemory(their.process, their.second, bytes, sizeof(bytes), NULL));
    expect_pattern(bytes, sizeof(bytes), 0);
    expect_flags(region_in(their.process, their.first).Protect, PAGE_READWRITE, PAGE_NAMES);
    let_go(their);
}
END_TEST
COVERS(ranges_of_another_process_are_prefetched, "mapping.prefetch.other_process");
