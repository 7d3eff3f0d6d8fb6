/* VirtualAlloc and VirtualFree on views: committing pages of SEC_RESERVE objects, and what is not
 * possible. */
#include "mapping.h"

static char *reserved_view(HANDLE *mapping, DWORD pages)
{
    *mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, pages * page_size());
    return map_view(*mapping, READ_WRITE);
}

START_TEST(reserved_page_is_usable_when_it_is_committed)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 4);
    char *page = view + page_size();

    void *committed = VirtualAlloc(page, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_pointer(committed, page);
    expect_filled(page, 0, page_size());
    expect_fault(try_write(page, 'x'), 0);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(view + 2 * page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(reserved_page_is_usable_when_it_is_committed, "mapping.reserve.commit_one_page");

START_TEST(reserved_page_cannot_be_touched)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 2);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE));

    struct fault fault = try_read(view + page_size());

    expect_fault(fault, EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_write(view + page_size(), 'x'), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_read(view), 0);
}
END_TEST
COVERS(reserved_page_cannot_be_touched, "mapping.general.free_access");

START_TEST(page_is_committed_for_all_views)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 2);
    char *other = map_view(mapping, READ_WRITE);
    expect_flags(region_at(other).State, MEM_RESERVE, MEM_NAMES);

    void *committed = VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_fault(try_write(view, 'x'), 0);
    expect_fault(try_read(other), 0);
    expect_number(other[0], 'x');
    expect_flags(region_at(other).State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region_at(other + page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(page_is_committed_for_all_views, "mapping.reserve.commit_other_view");

PEER(commit_second_page)
{
    char *view = map_view(peer_handle(0), READ_WRITE);

    void *committed = VirtualAlloc(view + page_size(), page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    memcpy(view + page_size(), "committed there", 15);
}

START_TEST(page_is_committed_for_all_processes)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 2);

    peer_join(peer_start(commit_second_page, given_handle(mapping)));

    expect_fault(try_read(view + page_size()), 0);
    expect_bytes(view + page_size(), "committed there", 15);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(page_is_committed_for_all_processes, "mapping.reserve.commit_other_process");

START_TEST(two_bytes_may_commit_two_pages)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 4);

    void *committed = VirtualAlloc(view + 2 * page_size() - 1, 2, MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_pointer(committed, view + page_size());
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_fault(try_write(view + page_size(), 'x'), 0);
    expect_fault(try_write(view + 3 * page_size() - 1, 'x'), 0);
    expect_flags(region_at(view + 2 * page_size()).State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region_at(view + 3 * page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(two_bytes_may_commit_two_pages, "mapping.reserve.commit_rounding");

START_TEST(committing_again_keeps_the_data)
{
    HANDLE mapping;
    char *view = reserved_view(&mapping, 2);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE));
    view[0] = 'x';

    void *committed = VirtualAlloc(view, 2 * page_size(), MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(committed);
    expect_number(view[0], 'x');
    expect_fault(try_write(view + page_size(), 'y'), 0);
}
END_TEST
COVERS(committing_again_keeps_the_data, "mapping.reserve.commit_again");

START_TEST(view_cannot_be_released)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';

    BOOL freed = VirtualFree(view, 0, MEM_RELEASE);

    expect_failed(freed, ERROR_INVALID_PARAMETER);
    expect_fault(try_read(view), 0);
    expect_number(view[0], 'x');
    expect_flags(region_at(view).State, MEM_COMMIT, MEM_NAMES);
}
END_TEST
COVERS(view_cannot_be_released, "mapping.reserve.no_release");

START_TEST(view_keeps_its_addresses)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, granularity()), READ_WRITE);

    void *memory = VirtualAlloc(view, page_size(), MEM_RESERVE, PAGE_READWRITE);

    expect_null(memory, ERROR_INVALID_ADDRESS);
    expect_flags(region_at(view).Type, MEM_MAPPED, MEM_NAMES);
}
END_TEST
COVERS(view_keeps_its_addresses, "mapping.view.range_reserved");

START_TEST(addresses_are_free_again_when_the_view_is_unmapped)
{
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, granularity()), READ_WRITE);
    unmap_view(view);

    void *memory = VirtualAlloc(view, granularity(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    expect_not_null(memory);
    expect_pointer(memory, view);
    expect_filled(memory, 0, granularity());
    expect_flags(region_at(view).Type, MEM_PRIVATE, MEM_NAMES);
}
END_TEST
COVERS(addresses_are_free_again_when_the_view_is_unmapped, "mapping.view.range_free_after_unmap");

START_TEST(commit_on_a_view_of_a_file)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    void *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);

    void *committed = VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE);

    DWORD error = GetLastError();
    if (committed != NULL)
        record("commit", "succeeded");
    else
        record("commit", "failed with error %lu", error);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(commit_on_a_view_of_a_file, "mapping.general.commit_file_view");

START_TEST(reset_of_a_view_of_a_file_is_refused)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    void *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    void *other = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    void *reset = VirtualAlloc(view, page_size(), MEM_RESET, PAGE_READWRITE);

    expect_failed_somehow(reset);
    expect_pattern(view, page_size(), 0);

    /* On a view of the page file the same call is right. */
    reset = VirtualAlloc(other, page_size(), MEM_RESET, PAGE_READWRITE);
    expect_not_null(reset);
}
END_TEST
COVERS(reset_of_a_view_of_a_file_is_refused, "mapping.reserve.reset_file_view");
