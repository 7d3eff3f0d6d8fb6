/* What one thread or process does to views and objects, seen from another one. */
#include "mapping.h"

/* ---- Another thread ------------------------------------------------------------------------- */

static DWORD make_readable_only(void *view)
{
    DWORD old;
    BOOL set = VirtualProtect(view, page_size(), PAGE_READONLY, &old);
    expect_succeeded(set);
    return old;
}

START_TEST(protection_counts_for_every_thread)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);

    struct thread *thread = thread_start(make_readable_only, view);

    expect_flags(thread_join(thread), PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_read(view), 0);
    expect_fault(try_write(view + page_size(), 'x'), 0);
}
END_TEST
COVERS(protection_counts_for_every_thread, "mapping.protect.every_thread");

static DWORD write_to_it(void *page)
{
    return try_write(page, 't').code;
}

START_TEST(guard_is_gone_for_every_thread)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    DWORD old;
    require(VirtualProtect(view, 2 * page_size(), PAGE_READWRITE | PAGE_GUARD, &old));

    struct thread *thread = thread_start(write_to_it, view);

    expect_number(thread_join(thread), EXCEPTION_GUARD_PAGE);
    expect_fault(try_write(view, 'x'), 0);
    expect_fault(try_write(view + page_size(), 'x'), EXCEPTION_GUARD_PAGE);
}
END_TEST
COVERS(guard_is_gone_for_every_thread, "mapping.protect.guard_every_thread");

/* ---- A guard page, and another process ------------------------------------------------------ */

PEER(use_the_object)
{
    char *view = map_view(peer_handle(0), READ_WRITE);
    expect_fault(try_read(view), 0);
    expect_fault(try_write(view, 'p'), 0);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
}

START_TEST(guard_is_for_one_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), PAGE_READWRITE | PAGE_GUARD, &old);

    expect_succeeded(set);
    peer_join(peer_start(use_the_object, given_handle(mapping)));
    expect_flags(region_at(view).Protect, PAGE_READWRITE | PAGE_GUARD, PAGE_NAMES);
    expect_fault(try_read(view), EXCEPTION_GUARD_PAGE);
    expect_number(view[0], 'p');
}
END_TEST
COVERS(guard_is_for_one_process, "mapping.protect.guard_this_process");

/* ---- Asking changes nothing ----------------------------------------------------------------- */

START_TEST(query_leaves_the_guard)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    require(VirtualProtect(view, page_size(), PAGE_READONLY | PAGE_GUARD, &old));

    SIZE_T got = VirtualQuery(view, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.Protect, PAGE_READONLY | PAGE_GUARD, PAGE_NAMES);
    expect_fault(try_read(view), EXCEPTION_GUARD_PAGE);
    expect_fault(try_read(view), 0);
}
END_TEST
COVERS(query_leaves_the_guard, "mapping.query.guard_stays");

/* Where the other process has its view; in an object of its own. */
struct place {
    uint64_t address;
};

PEER(meet_a_guard)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    char *view = map_view(peer_handle(0), READ_WRITE);
    place->address = (UINT_PTR)view;
    checkpoint_reach("mapped");
    checkpoint_wait("asked");
    expect_fault(try_read(view), EXCEPTION_GUARD_PAGE);
    expect_fault(try_read(view), 0);
}

START_TEST(query_leaves_the_guard_of_another_process)
{
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer =
        peer_start(meet_a_guard, given_handle(page_file_mapping(PAGE_READWRITE, page_size())),
                   given_handle(report));
    checkpoint_wait("mapped");
    char *theirs = (char *)(UINT_PTR)place->address;
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    require(VirtualProtectEx(peer->info.hProcess, theirs, 1, PAGE_READWRITE | PAGE_GUARD, &old));

    SIZE_T got = VirtualQueryEx(peer->info.hProcess, theirs, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.Protect, PAGE_READWRITE | PAGE_GUARD, PAGE_NAMES);
    checkpoint_reach("asked");
    peer_join(peer);
}
END_TEST
COVERS(query_leaves_the_guard_of_another_process, "mapping.query_ex.guard_stays");

/* ---- Objects and views of another process --------------------------------------------------- */

#define LAST_PART (2 * granularity())

PEER(write_at_an_offset)
{
    char *view = MapViewOfFile(peer_handle(0), READ_WRITE, 0, LAST_PART, 0);
    expect_not_null(view);
    expect_number(region_at(view).RegionSize, 2 * page_size());
    expect_number(view[0], 'f');
    view[2 * page_size() - 1] = 'p';
}

START_TEST(offset_counts_in_every_process)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, LAST_PART + 2 * page_size());
    char *view = map_view(mapping, READ_WRITE), *last = view + LAST_PART;
    *last = 'f';

    peer_join(peer_start(write_at_an_offset, given_handle(mapping)));

    expect_number(last[2 * page_size() - 1], 'p');
    expect_filled(view, 0, LAST_PART);
    expect_filled(last + 1, 0, 2 * page_size() - 2);
}
END_TEST
COVERS(offset_counts_in_every_process, "mapping.view.offset.every_process");

PEER(write_every_second_byte)
{
    char *view = map_view(peer_handle(0), READ_WRITE);
    for (DWORD i = 1; i < page_size(); i += 2)
        view[i] = 'p';
}

/* The bytes of both are in one page, side by side. */
START_TEST(bytes_of_two_processes_in_one_page)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    struct peer *peer = peer_start(write_every_second_byte, given_handle(mapping));

    for (DWORD i = 0; i < page_size(); i += 2)
        view[i] = 'f';

    peer_join(peer);
    unmap_view(view);
    view = map_view(mapping, FILE_MAP_READ);
    for (DWORD i = 0; i < page_size(); i++)
        expect_number(view[i], i % 2 ? 'p' : 'f');
}
END_TEST
COVERS(bytes_of_two_processes_in_one_page, "mapping.coherence.one_page");

/* ---- The handle of a file, in another process ----------------------------------------------- */

static const struct {
    struct row row;
    DWORD flags;
} flag_rows[] = {
    {{"plain", NULL}, 0},
    {{"overlapped", NULL}, FILE_FLAG_OVERLAPPED},
    {{"write_through", NULL}, FILE_FLAG_WRITE_THROUGH},
};

PEER(map_a_file_it_was_given)
{
    HANDLE mapping = CreateFileMappingW(peer_handle(0), NULL, PAGE_READWRITE, 0, 0, NULL);
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_number(view[0], 'f');
    view[page_size()] = 'p';
}

START_TEST(file_is_mapped_by_another_process_that_is)
{
    HANDLE file = CreateFileW(scratch_path(L"data"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_NEW, flag_rows[_i].flags, NULL);
    require(file != INVALID_HANDLE_VALUE);
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 2 * page_size(), NULL);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'f';

    peer_join(peer_start(map_a_file_it_was_given, given_handle(file)));

    expect_number(view[page_size()], 'p');
    expect_number(size_of_file(file), 2 * page_size());
}
END_TEST
COVERS_ROWS(file_is_mapped_by_another_process_that_is, flag_rows,
            "mapping.create.hfile.other_process");
