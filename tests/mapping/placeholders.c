/* VirtualFree on placeholders: joined again, released, and what is not joined. */
#include "mapping.h"

#ifndef MEM_RESERVE_PLACEHOLDER
#define MEM_RESERVE_PLACEHOLDER 0x00040000
#define MEM_REPLACE_PLACEHOLDER 0x00004000
#endif
#ifndef MEM_COALESCE_PLACEHOLDERS
#define MEM_COALESCE_PLACEHOLDERS 0x00000001
#endif
#ifndef MEM_PRESERVE_PLACEHOLDER
#define MEM_PRESERVE_PLACEHOLDER 0x00000002
#endif

#define JOIN (MEM_RELEASE | MEM_COALESCE_PLACEHOLDERS)
#define SPLIT (MEM_RELEASE | MEM_PRESERVE_PLACEHOLDER)

/* A placeholder of that size; without any the test says so. */
static char *placeholder(SIZE_T size)
{
    __typeof__(&VirtualAlloc2) allocate =
        (__typeof__(allocate))cts_find_api(CTS_API_NUMBER(VirtualAlloc2));
    char *base = allocate ? allocate(GetCurrentProcess(), NULL, size,
                                     MEM_RESERVE | MEM_RESERVE_PLACEHOLDER, PAGE_NOACCESS, NULL, 0)
                          : NULL;
    if (base == NULL)
        unsupported("VirtualAlloc2 reserves no placeholders");
    return base;
}

/* Three that lie side by side, each of one granule. */
static char *three_placeholders(void)
{
    SIZE_T granule = granularity();
    char *base = placeholder(3 * granule);
    require(VirtualFree(base, granule, SPLIT));
    require(VirtualFree(base + granule, granule, SPLIT));
    return base;
}

START_TEST(two_are_joined)
{
    SIZE_T granule = granularity();
    char *base = three_placeholders();

    BOOL joined = VirtualFree(base, 2 * granule, JOIN);

    expect_succeeded(joined);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    expect_number(region_at(base).RegionSize, 2 * granule);
    expect_pointer(region_at(base + granule).AllocationBase, base);
    expect_pointer(region_at(base + 2 * granule).AllocationBase, base + 2 * granule);
}
END_TEST
COVERS(two_are_joined, "mapping.placeholder.joined");

START_TEST(joined_ones_take_a_view)
{
    optional_api(MapViewOfFile3);
    SIZE_T granule = granularity();
    char *base = three_placeholders();
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, (DWORD)(3 * granule));

    BOOL joined = VirtualFree(base, 3 * granule, JOIN);

    expect_succeeded(joined);
    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, 3 * granule,
                                MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);
    expect_pointer(view, base);
    expect_number(region_at(view).RegionSize, 3 * granule);
}
END_TEST
COVERS(joined_ones_take_a_view, "mapping.placeholder.joined");

static const struct {
    struct row row;
    int begin, end; /* in pages, beyond the borders of the first two */
} ranges[] = {
    {{"one_alone", NULL}, 0, -1},
    {{"too_far", NULL}, 0, 1},
    {{"begun_too_late", NULL}, 1, 0},
};

START_TEST(range_must_match)
{
    SIZE_T granule = granularity();
    char *base = three_placeholders();
    char *from = base + ranges[_i].begin * (int)page_size();
    char *to = base + 2 * granule + ranges[_i].end * (int)page_size();
    if (ranges[_i].end < 0)
        to = base + granule;

    BOOL joined = VirtualFree(from, (SIZE_T)(to - from), JOIN);

    expect_failed_somehow(joined);
    expect_number(region_at(base).RegionSize, granule);
    expect_pointer(region_at(base + granule).AllocationBase, base + granule);
    expect_succeeded(VirtualFree(base, 2 * granule, JOIN));
}
END_TEST
COVERS_ROWS(range_must_match, ranges, "mapping.placeholder.join_exactly");

START_TEST(view_is_not_joined)
{
    optional_api(MapViewOfFile3);
    SIZE_T granule = granularity();
    char *base = three_placeholders();
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, (DWORD)granule);
    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), base + granule, 0, granule,
                                MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);
    require(view == base + granule);

    BOOL joined = VirtualFree(base, 2 * granule, JOIN);

    expect_failed_somehow(joined);
    expect_flags(region_at(view).Type, MEM_MAPPED, MEM_NAMES);
    expect_fault(try_write(view, 'x'), 0);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(view_is_not_joined, "mapping.placeholder.view_not_joined");

START_TEST(one_is_released)
{
    SIZE_T granule = granularity();
    char *base = three_placeholders(), *middle = base + granule;

    BOOL released = VirtualFree(middle, 0, MEM_RELEASE);

    expect_succeeded(released);
    expect_flags(region_at(middle).State, MEM_FREE, MEM_NAMES);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(middle + granule).State, MEM_RESERVE, MEM_NAMES);
    expect_pointer(VirtualAlloc(middle, granule, MEM_RESERVE, PAGE_NOACCESS), middle);
}
END_TEST
COVERS(one_is_released, "mapping.placeholder.released");
