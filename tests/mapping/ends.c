/* Views at the end of their object: to the last byte, one less and one more, of a file and of the
 * page file, from the beginning and from an offset. Views of more bytes than 32 bits can count. */
#include "mapping.h"

static const struct end {
    struct row row;
    bool file, offset;
} ends[] = {
    {{"of_a_file", "mapping.view.size.too_big_one_byte"}, true, false},
    {{"of_a_file_at_an_offset", "mapping.view.size.too_big_at_offset"}, true, true},
    {{"of_the_page_file", "mapping.view.size.too_big_page_file"}, false, false},
    {{"of_the_page_file_at_an_offset", "mapping.view.size.too_big_at_offset"}, false, true},
};

START_TEST(last_byte)
{
    DWORD whole = 2 * granularity(), offset = ends[_i].offset ? granularity() : 0;
    SIZE_T rest = whole - offset;
    HANDLE mapping = ends[_i].file
                         ? file_mapping(create_file(scratch_path(L"data"), whole), PAGE_READWRITE)
                         : page_file_mapping(PAGE_READWRITE, whole);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, offset, rest + 1);

    expect_null(view, ERROR_ACCESS_DENIED);
    view = MapViewOfFile(mapping, FILE_MAP_READ, 0, offset, rest);
    expect_not_null(view);
    expect_number(region_at(view).RegionSize, rest);
    view = MapViewOfFile(mapping, FILE_MAP_READ, 0, offset, rest - 1);
    expect_not_null(view);
    expect_number(region_at(view).RegionSize, rest);
}
END_TEST
COVERS_ROWS(last_byte, ends);

#define FOUR_GIB (UINT64_C(1) << 32)

START_TEST(size_of_more_than_32_bits)
{
    if (sizeof(SIZE_T) == 4)
        unsupported("the address space of this process has no room for such a view");
    SIZE_T size = (SIZE_T)(FOUR_GIB + granularity());
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 1,
                                        2 * granularity(), NULL);
    require(mapping != NULL);

    char *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, size);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, size);
    char *last = view + size - page_size();
    expect_pointer(region_at(last).AllocationBase, view);
    expect_pointer(VirtualAlloc(last, page_size(), MEM_COMMIT, PAGE_READWRITE), last);
    memcpy(last, "last", 4);
    char *there = MapViewOfFile(mapping, READ_WRITE, 1, 0, granularity());
    expect_not_null(there);
    expect_bytes(there + granularity() - page_size(), "last", 4);
}
END_TEST
COVERS(size_of_more_than_32_bits, "mapping.view.size.above_32_bits");

/* ---- Three views side by side ---------------------------------------------------------------- */

static const struct place {
    struct row row;
    int which;
} places[] = {{{"first", NULL}, 0}, {{"middle", NULL}, 1}, {{"last", NULL}, 2}};

/* Three views of an object, one behind the other. */
static char *three_views(HANDLE mapping)
{
    char *base = free_range(3 * granularity());
    for (int i = 0; i < 3; i++) {
        char *at = base + i * granularity();
        require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, at) == at);
    }
    return base;
}

START_TEST(unmapping_of_the)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = three_views(mapping), *gone = base + places[_i].which * granularity();
    base[0] = 'x';

    BOOL unmapped = UnmapViewOfFile(gone);

    expect_succeeded(unmapped);
    for (char *view = base; view < base + 3 * granularity(); view += granularity())
        if (view != gone) {
            expect_flags(region_at(view).State, MEM_COMMIT, MEM_NAMES);
            expect_number(region_at(view).RegionSize, granularity());
            expect_number(view[0], 'x');
            expect_fault(try_write(view + granularity() - 1, 'y'), 0);
        }
    expect_flags(region_at(gone).State, MEM_FREE, MEM_NAMES);
    expect_pointer(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, gone), gone);
    expect_number(gone[granularity() - 1], 'y');
}
END_TEST
COVERS_ROWS(unmapping_of_the, places, "mapping.unmap.neighbours_stay");

START_TEST(protection_of_the)
{
    char *base = three_views(page_file_mapping(PAGE_READWRITE, granularity()));
    char *chosen = base + places[_i].which * granularity();
    DWORD old = 0;

    BOOL set = VirtualProtect(chosen, granularity(), PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    for (char *view = base; view < base + 3 * granularity(); view += granularity()) {
        DWORD protection = view == chosen ? PAGE_READONLY : PAGE_READWRITE;
        expect_flags(region_at(view).Protect, protection, PAGE_NAMES);
        expect_flags(region_at(view + granularity() - 1).Protect, protection, PAGE_NAMES);
        expect_number(region_at(view).RegionSize, granularity());
    }
}
END_TEST
COVERS_ROWS(protection_of_the, places, "mapping.protect.neighbours_stay");
