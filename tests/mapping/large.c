/* Objects and views that are large, and views that are many. */
#include "mapping.h"

#include <stdlib.h>

#include <psapi.h>

#define GIB ((SIZE_T)1 << 30)

START_TEST(one_gibibyte_of_the_page_file)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, (DWORD)GIB);

    char *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, GIB);
    static const DWORD places[] = {0, 0x12345678, 0x3FFFFFFF};
    for (int i = 0; i < 3; i++) {
        expect_number(view[places[i]], 0);
        expect_fault(try_write(view + places[i], 'x'), 0);
    }
    char *end = MapViewOfFile(mapping, FILE_MAP_READ, 0, (DWORD)(GIB - granularity()), 0);
    expect_not_null(end);
    expect_number(end[granularity() - 1], 'x');
    expect_fault(try_read(view + GIB),
                 region_at(view + GIB).State == MEM_COMMIT ? 0 : EXCEPTION_ACCESS_VIOLATION);
}
END_TEST
COVERS(one_gibibyte_of_the_page_file, "mapping.view.size.one_gib");

#define VIEWS 3000

START_TEST(thousands_of_views)
{
    HANDLE file = create_file(scratch_path(L"data"), 4 * granularity());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    uint8_t **views = calloc(VIEWS, sizeof(*views));
    require(views != NULL);

    for (DWORD i = 0; i < VIEWS; i++) {
        views[i] = MapViewOfFile(mapping, FILE_MAP_READ, 0, i % 4 * granularity(), page_size());
        expect_not_null(views[i]);
    }

    uint8_t *all = map_view(mapping, READ_WRITE);
    for (DWORD i = 0; i < 4; i++)
        all[i * granularity() + 5] = (uint8_t)(i + 1);
    for (DWORD i = 0; i < VIEWS; i++)
        expect_number(views[i][5], i % 4 + 1);
    for (DWORD i = 0; i < VIEWS; i++)
        expect_succeeded(UnmapViewOfFile(views[i]));
    expect_number(all[5], 1);
}
END_TEST
COVERS(thousands_of_views, "mapping.view.thousands");
TAKES(thousands_of_views, 30);

/* ---- Limits of the address space and charges for memory ---- */

#define BEYOND_32_BITS 0xC0000000 /* 3 GiB: more than one block of a 32-bit process can have */

START_TEST(object_may_be_larger_than_a_view)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    if ((UINT_PTR)info.lpMaximumApplicationAddress > BEYOND_32_BITS)
        unsupported("the address space of this process has room for any object tried here");
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 0,
                                        BEYOND_32_BITS, NULL);
    expect_handle(mapping);

    void *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);

    expect_pointer(view, NULL);
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, 0, BEYOND_32_BITS - granularity(), 0));
}
END_TEST
COVERS(object_may_be_larger_than_a_view, "mapping.create.size.view_limit",
       "mapping.view.size.address_space");

static PROCESS_MEMORY_COUNTERS counters(void)
{
    PROCESS_MEMORY_COUNTERS found = {.cb = sizeof(found)};
    require(GetProcessMemoryInfo(GetCurrentProcess(), &found, sizeof(found)));
    return found;
}

START_TEST(copy_on_write_view_is_charged_as_a_whole)
{
    enum { SIZE = 64 << 20 };
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, SIZE);
    SIZE_T before = counters().PagefileUsage;

    void *view = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0, 0);

    expect_not_null(view);
    expect_true(counters().PagefileUsage >= before + SIZE);
}
END_TEST
COVERS(copy_on_write_view_is_charged_as_a_whole, "mapping.view.cow_commit");

START_TEST(working_set_after_unmapping)
{
    enum { SIZE = 32 << 20 };
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, SIZE);
    char *view = map_view(mapping, READ_WRITE);
    memset(view, 1, SIZE);
    SIZE_T before = counters().WorkingSetSize;

    BOOL unmapped = UnmapViewOfFile(view);

    expect_succeeded(unmapped);
    record("working set after unmapping 32 MiB of touched pages", "%s",
           counters().WorkingSetSize + SIZE / 2 < before ? "shrinks" : "does not shrink");
}
END_TEST
COVERS(working_set_after_unmapping, "mapping.unmap.workingset");
