/* How much VirtualLock locks, and MEM_RESET_UNDO. */
#include "mapping.h"

#include <stdlib.h>

#ifndef MEM_RESET_UNDO
#define MEM_RESET_UNDO 0x01000000
#endif

static SIZE_T minimum_working_set(void)
{
    SIZE_T minimum, maximum;
    require(GetProcessWorkingSetSize(GetCurrentProcess(), &minimum, &maximum));
    return minimum;
}

static const struct {
    struct row row;
    bool file;
} kinds[] = {{{"of_the_page_file", NULL}, false}, {{"of_a_file", NULL}, true}};

/* A view of as many bytes as the working set has at least, and one page more. */
START_TEST(view_larger_than_the_working_set)
{
    SIZE_T size = minimum_working_set() + page_size();
    require(size < 64 << 20);
    HANDLE file = kinds[_i].file ? create_file(scratch_path(L"data"), 1) : INVALID_HANDLE_VALUE;
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, (DWORD)size, NULL);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);

    BOOL locked = VirtualLock(view, size);

    expect_failed(locked, ERROR_WORKING_SET_QUOTA);
    expect_fault(try_write(view, 'x'), 0);
    expect_succeeded(VirtualLock(view, page_size()));
}
END_TEST
COVERS_ROWS(view_larger_than_the_working_set, kinds, "mapping.lock.limit");

/* Whether it succeeds depends on what the system has done in between. */
START_TEST(reset_is_undone)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 4 * page_size()), READ_WRITE);
    pattern_fill(view, 4 * page_size(), 0);
    require(VirtualAlloc(view + page_size(), 2 * page_size(), MEM_RESET, PAGE_NOACCESS));

    void *undone = VirtualAlloc(view + page_size(), 2 * page_size(), MEM_RESET_UNDO, PAGE_NOACCESS);

    DWORD error = GetLastError();
    char text[80];
    record("MEM_RESET_UNDO", "%s", undone ? "done" : error_text(error, text, sizeof(text)));
    if (undone != NULL) {
        expect_pointer(undone, view + page_size());
        expect_pattern(view, 4 * page_size(), 0);
    }
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(region_at(view).RegionSize, 4 * page_size());
    expect_pattern(view, page_size(), 0);
    expect_pattern(view + 3 * page_size(), page_size(), 3 * page_size());
}
END_TEST
COVERS(reset_is_undone, "mapping.reserve.reset_undo");

START_TEST(undoing_goes_with_nothing_else)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';

    void *undone = VirtualAlloc(view, page_size(), MEM_RESET_UNDO | MEM_COMMIT, PAGE_READWRITE);

    expect_failed_somehow(undone);
    expect_number(view[0], 'x');
    expect_pointer(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE), view);
}
END_TEST
COVERS(undoing_goes_with_nothing_else, "mapping.reserve.reset_undo_alone");
