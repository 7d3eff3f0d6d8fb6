/* What VirtualAlloc refuses on views, and MEM_RESET. */
#include "mapping.h"

/* A reserved view with nothing behind its last page. */
static char *reserved_view_apart(DWORD pages)
{
    return map_view_apart(page_file_mapping(PAGE_READWRITE | SEC_RESERVE, pages * page_size()),
                          READ_WRITE);
}

START_TEST(range_may_not_reach_beyond_the_view)
{
    char *view = reserved_view_apart(4);
    char *last = view + 3 * page_size();

    void *committed = VirtualAlloc(last, 2 * page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_null(committed, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(last).State, MEM_RESERVE, MEM_NAMES);
    expect_pointer(VirtualAlloc(last, page_size(), MEM_COMMIT, PAGE_READWRITE), last);
}
END_TEST
COVERS(range_may_not_reach_beyond_the_view, "mapping.reserve.beyond_the_view");

START_TEST(nothing_is_committed_where_a_view_was)
{
    char *view = reserved_view_apart(1);
    unmap_view(view);

    void *committed = VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_null(committed, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS(nothing_is_committed_where_a_view_was, "mapping.reserve.nothing_reserved");

START_TEST(range_that_ends_in_a_view_is_not_reserved)
{
    char *base = free_range(2 * granularity()), *second = base + granularity();
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, second) == second);

    void *memory = VirtualAlloc(base, granularity() + 1, MEM_RESERVE, PAGE_READWRITE);

    expect_null(memory, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(base).State, MEM_FREE, MEM_NAMES);
    expect_flags(region_at(second).Type, MEM_MAPPED, MEM_NAMES);
    expect_pointer(VirtualAlloc(base, granularity(), MEM_RESERVE, PAGE_READWRITE), base);
}
END_TEST
COVERS(range_that_ends_in_a_view_is_not_reserved, "mapping.reserve.ends_in_a_view");

START_TEST(reset_does_not_look_at_the_protection)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);

    void *reset = VirtualAlloc(view, page_size(), MEM_RESET, PAGE_NOACCESS);

    expect_pointer(reset, view);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(region_at(view).RegionSize, 2 * page_size());
    expect_fault(try_write(view, 'x'), 0);
}
END_TEST
COVERS(reset_does_not_look_at_the_protection, "mapping.reserve.reset_protection");

START_TEST(reset_goes_with_nothing_else)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';

    void *reset = VirtualAlloc(view, page_size(), MEM_RESET | MEM_COMMIT, PAGE_READWRITE);

    expect_failed_somehow(reset);
    expect_number(view[0], 'x');
    expect_pointer(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE), view);
}
END_TEST
COVERS(reset_goes_with_nothing_else, "mapping.reserve.reset_alone");

static const struct {
    struct row row;
    DWORD protect, right;
} copies[] = {
    {{"write", NULL}, PAGE_WRITECOPY, PAGE_READWRITE},
    {{"execute", NULL}, PAGE_EXECUTE_WRITECOPY, PAGE_EXECUTE_READWRITE},
};

START_TEST(memory_is_not_allocated_to_copy_on)
{
    void *memory = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, copies[_i].protect);

    expect_null(memory, ERROR_INVALID_PARAMETER);
    expect_not_null(VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, copies[_i].right));
}
END_TEST
COVERS_ROWS(memory_is_not_allocated_to_copy_on, copies, "mapping.reserve.no_copies_allocated");

/* ---- VirtualUnlock -------------------------------------------------------------------------- */

START_TEST(pages_are_unlocked_as_another_range)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 4 * page_size()), READ_WRITE);
    require(VirtualLock(view, page_size()));
    require(VirtualLock(view + page_size(), 2 * page_size()));

    BOOL unlocked = VirtualUnlock(view, 2 * page_size());

    expect_succeeded(unlocked);
    expect_succeeded(VirtualUnlock(view + 2 * page_size(), page_size()));
}
END_TEST
COVERS(pages_are_unlocked_as_another_range, "mapping.lock.other_range");

START_TEST(all_pages_must_be_locked)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    require(VirtualLock(view, page_size()));

    BOOL unlocked = VirtualUnlock(view, 2 * page_size());

    expect_failed(unlocked, ERROR_NOT_LOCKED);
}
END_TEST
COVERS(all_pages_must_be_locked, "mapping.lock.all_locked");
