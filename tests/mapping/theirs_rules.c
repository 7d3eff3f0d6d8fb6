/* Views of another process: where VirtualQueryEx ends a region, and what VirtualProtectEx,
 * ReadProcessMemory and WriteProcessMemory refuse. */
#include "mapping.h"

#define PAGES 4

/* Where the other process has its view; in an object of its own. */
struct place {
    uint64_t address;
};

enum doing { KEEP, WRITE_SECOND_PAGE, UNMAP };

PEER(have_a_view)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    char *view = map_view_apart(peer_handle(0), (DWORD)peer_number(0));
    place->address = (UINT_PTR)view;
    if (peer_number(1) == WRITE_SECOND_PAGE)
        view[page_size()] = 'x';
    if (peer_number(1) == UNMAP)
        unmap_view(view);
    checkpoint_reach("ready");
    checkpoint_wait("looked");
}

struct holder {
    struct peer *peer;
    HANDLE process;
    char *view;
};

/* Another process that has, or had, a view of the object. */
static struct holder holder(HANDLE mapping, DWORD access, enum doing doing)
{
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer = peer_start(have_a_view, given_handle(mapping), given_handle(report),
                                   given_number(access), given_number(doing));
    checkpoint_wait("ready");
    return (struct holder){peer, peer->info.hProcess, (char *)(UINT_PTR)place->address};
}

static struct holder holder_of_pages(DWORD access, enum doing doing)
{
    return holder(page_file_mapping(PAGE_READWRITE, PAGES * page_size()), access, doing);
}

static void let_go(struct holder holder)
{
    checkpoint_reach("looked");
    peer_join(holder.peer);
}

static HANDLE with_access(struct holder holder, DWORD access)
{
    HANDLE narrow = OpenProcess(access, FALSE, GetProcessId(holder.process));
    require(narrow != NULL);
    return narrow;
}

static MEMORY_BASIC_INFORMATION page_of(struct holder holder, int page)
{
    MEMORY_BASIC_INFORMATION region;
    require(VirtualQueryEx(holder.process, holder.view + page * page_size(), &region,
                           sizeof(region)) == sizeof(region));
    return region;
}

/* ---- VirtualQueryEx ------------------------------------------------------------------------- */

START_TEST(free_memory_counts_from_the_address_on)
{
    struct holder their = holder_of_pages(READ_WRITE, UNMAP);
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got =
        VirtualQueryEx(their.process, their.view + page_size() + 7, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
    expect_pointer(region.BaseAddress, their.view + page_size());
    expect_number(page_of(their, 2).RegionSize, region.RegionSize - page_size());
    let_go(their);
}
END_TEST
COVERS(free_memory_counts_from_the_address_on, "mapping.query_ex.free");

START_TEST(region_ends_where_the_protection_changes)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    DWORD old;
    require(VirtualProtectEx(their.process, their.view + page_size(), page_size(), PAGE_READONLY,
                             &old));
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, their.view, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_number(region.RegionSize, page_size());
    expect_flags(region.Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(page_of(their, 1).RegionSize, page_size());
    expect_flags(page_of(their, 1).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_number(page_of(their, 2).RegionSize, 2 * page_size());
    let_go(their);
}
END_TEST
COVERS(region_ends_where_the_protection_changes, "mapping.query_ex.split_by_protection");

/* The pages are committed through a view of the caller. */
START_TEST(region_ends_where_the_state_changes)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE);
    struct holder their = holder(mapping, READ_WRITE, KEEP);
    require(VirtualAlloc(own + page_size(), page_size(), MEM_COMMIT, PAGE_READWRITE));
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, their.view, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.State, MEM_RESERVE, MEM_NAMES);
    expect_number(region.RegionSize, page_size());
    expect_flags(page_of(their, 1).State, MEM_COMMIT, MEM_NAMES);
    expect_number(page_of(their, 1).RegionSize, page_size());
    expect_flags(page_of(their, 2).State, MEM_RESERVE, MEM_NAMES);
    let_go(their);
}
END_TEST
COVERS(region_ends_where_the_state_changes, "mapping.query_ex.split_by_state");

START_TEST(written_copy_still_counts_as_mapped)
{
    struct holder their = holder_of_pages(FILE_MAP_COPY, WRITE_SECOND_PAGE);
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, their.view + page_size(), &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
    expect_pointer(region.AllocationBase, their.view);
    let_go(their);
}
END_TEST
COVERS(written_copy_still_counts_as_mapped, "mapping.query_ex.written_copy");

START_TEST(written_copy_has_another_protection)
{
    struct holder their = holder_of_pages(FILE_MAP_COPY, WRITE_SECOND_PAGE);
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, their.view + page_size(), &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_flags(region.Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(region.RegionSize, page_size());
    expect_flags(page_of(their, 0).Protect, PAGE_WRITECOPY, PAGE_NAMES);
    expect_flags(page_of(their, 2).Protect, PAGE_WRITECOPY, PAGE_NAMES);
    let_go(their);
}
END_TEST
COVERS(written_copy_has_another_protection, "mapping.query_ex.written_copy_protection");

START_TEST(address_above_the_highest_is_refused)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(their.process, (void *)~(UINT_PTR)0xFFFF, &region, sizeof(region));

    expect_failed(got, ERROR_INVALID_PARAMETER);
    expect_number(VirtualQueryEx(their.process, their.view, &region, sizeof(region)),
                  sizeof(region));
    let_go(their);
}
END_TEST
COVERS(address_above_the_highest_is_refused, "mapping.query_ex.above_max");

/* ---- VirtualProtectEx ----------------------------------------------------------------------- */

START_TEST(protecting_needs_its_right)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    HANDLE too_narrow =
        with_access(their, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ | PROCESS_VM_WRITE);
    HANDLE enough = with_access(their, PROCESS_VM_OPERATION);
    DWORD old;

    BOOL set = VirtualProtectEx(too_narrow, their.view, page_size(), PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(page_of(their, 0).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_succeeded(VirtualProtectEx(enough, their.view, page_size(), PAGE_READONLY, &old));
    expect_flags(page_of(their, 0).Protect, PAGE_READONLY, PAGE_NAMES);
    let_go(their);
}
END_TEST
COVERS(protecting_needs_its_right, "mapping.protect_ex.right");

START_TEST(two_bytes_may_protect_two_pages)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    DWORD old = 0;

    BOOL set =
        VirtualProtectEx(their.process, their.view + 2 * page_size() - 1, 2, PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(page_of(their, 0).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(page_of(their, 1).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_flags(page_of(their, 2).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_flags(page_of(their, 3).Protect, PAGE_READWRITE, PAGE_NAMES);
    let_go(their);
}
END_TEST
COVERS(two_bytes_may_protect_two_pages, "mapping.protect_ex.page_rounding");

START_TEST(old_protection_is_that_of_the_first_page)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    DWORD old = 0;
    require(VirtualProtectEx(their.process, their.view + page_size(), page_size(), PAGE_READONLY,
                             &old));

    BOOL set = VirtualProtectEx(their.process, their.view + page_size(), 2 * page_size(),
                                PAGE_NOACCESS, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READONLY, PAGE_NAMES);
    expect_number(page_of(their, 1).RegionSize, 2 * page_size());
    let_go(their);
}
END_TEST
COVERS(old_protection_is_that_of_the_first_page, "mapping.protect_ex.old_first_page");

static const struct purpose {
    struct row row;
    DWORD access, protection;
} purposes[] = {
    {{"for_reading", NULL}, FILE_MAP_READ, PAGE_READONLY},
    {{"for_copying", NULL}, FILE_MAP_COPY, PAGE_WRITECOPY},
};

START_TEST(protection_must_suit_a_view)
{
    struct holder their = holder_of_pages(purposes[_i].access, KEEP);
    DWORD old;

    BOOL set = VirtualProtectEx(their.process, their.view, page_size(), PAGE_READWRITE, &old);

    expect_failed_somehow(set);
    expect_flags(page_of(their, 0).Protect, purposes[_i].protection, PAGE_NAMES);
    expect_succeeded(VirtualProtectEx(their.process, their.view, page_size(), PAGE_NOACCESS, &old));
    expect_flags(old, purposes[_i].protection, PAGE_NAMES);
    let_go(their);
}
END_TEST
COVERS_ROWS(protection_must_suit_a_view, purposes, "mapping.protect_ex.compatible");

START_TEST(uncommitted_page_keeps_all_from_changing)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE);
    struct holder their = holder(mapping, READ_WRITE, KEEP);
    require(VirtualAlloc(own, page_size(), MEM_COMMIT, PAGE_READWRITE));
    DWORD old;

    BOOL set = VirtualProtectEx(their.process, their.view, 2 * page_size(), PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(page_of(their, 0).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_succeeded(VirtualProtectEx(their.process, their.view, page_size(), PAGE_READONLY, &old));
    let_go(their);
}
END_TEST
COVERS(uncommitted_page_keeps_all_from_changing, "mapping.protect_ex.uncommitted");

START_TEST(place_for_the_old_protection_is_needed)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    DWORD old;

    BOOL set = VirtualProtectEx(their.process, their.view, page_size(), PAGE_READONLY, NULL);

    expect_failed_somehow(set);
    expect_succeeded(VirtualProtectEx(their.process, their.view, page_size(), PAGE_READONLY, &old));
    let_go(their);
}
END_TEST
COVERS(place_for_the_old_protection_is_needed, "mapping.protect_ex.old_null");

/* ---- ReadProcessMemory and WriteProcessMemory ----------------------------------------------- */

START_TEST(reading_needs_its_right)
{
    struct holder their = holder_of_pages(READ_WRITE, WRITE_SECOND_PAGE);
    HANDLE too_narrow = with_access(their, PROCESS_QUERY_INFORMATION | PROCESS_VM_OPERATION);
    HANDLE enough = with_access(their, PROCESS_VM_READ);
    char byte = 'a';
    SIZE_T count = 9;

    BOOL read = ReadProcessMemory(too_narrow, their.view + page_size(), &byte, 1, &count);

    expect_failed(read, ERROR_ACCESS_DENIED);
    expect_number(byte, 'a');
    expect_succeeded(ReadProcessMemory(enough, their.view + page_size(), &byte, 1, &count));
    expect_number(byte, 'x');
    let_go(their);
}
END_TEST
COVERS(reading_needs_its_right, "mapping.read_process_memory.right");

START_TEST(writing_needs_its_right)
{
    struct holder their = holder_of_pages(READ_WRITE, WRITE_SECOND_PAGE);
    HANDLE too_narrow =
        with_access(their, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ | PROCESS_VM_OPERATION);
    char *second = their.view + page_size(), byte = 0;

    BOOL written = WriteProcessMemory(too_narrow, second, "y", 1, NULL);

    expect_failed_somehow(written);
    require(ReadProcessMemory(their.process, second, &byte, 1, NULL));
    expect_number(byte, 'x');
    HANDLE enough = with_access(their, PROCESS_VM_WRITE | PROCESS_VM_OPERATION);
    expect_succeeded(WriteProcessMemory(enough, second, "y", 1, NULL));
    require(ReadProcessMemory(their.process, second, &byte, 1, NULL));
    expect_number(byte, 'y');
    let_go(their);
}
END_TEST
COVERS(writing_needs_its_right, "mapping.write_process_memory.right");

START_TEST(writing_across_an_inaccessible_page)
{
    struct holder their = holder_of_pages(READ_WRITE, KEEP);
    char *border = their.view + 2 * page_size();
    DWORD old;
    require(VirtualProtectEx(their.process, border, page_size(), PAGE_NOACCESS, &old));

    BOOL written = WriteProcessMemory(their.process, border - 4, "too far", 7, NULL);

    expect_failed_somehow(written);
    expect_succeeded(WriteProcessMemory(their.process, border - 7, "so far", 7, NULL));
    let_go(their);
}
END_TEST
COVERS(writing_across_an_inaccessible_page, "mapping.write_process_memory.inaccessible");

START_TEST(writing_to_a_view_for_reading)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE);
    memcpy(own, "as here", 7);
    struct holder their = holder(mapping, FILE_MAP_READ, KEEP);

    BOOL written = WriteProcessMemory(their.process, their.view, "changed", 7, NULL);

    expect_failed_somehow(written);
    expect_bytes(own, "as here", 7);
    let_go(their);
}
END_TEST
COVERS(writing_to_a_view_for_reading, "mapping.write_process_memory.read_only");

START_TEST(count_of_bytes_read_is_optional)
{
    struct holder their = holder_of_pages(READ_WRITE, WRITE_SECOND_PAGE);
    char bytes[3] = "";

    BOOL read = ReadProcessMemory(their.process, their.view + page_size(), bytes, 3, NULL);

    expect_succeeded(read);
    expect_bytes(bytes, "x\0", 3);
    let_go(their);
}
END_TEST
COVERS(count_of_bytes_read_is_optional, "mapping.read_process_memory.no_count");

START_TEST(count_of_bytes_written_is_optional)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE);
    struct holder their = holder(mapping, READ_WRITE, KEEP);

    BOOL written = WriteProcessMemory(their.process, their.view + page_size(), "yes", 3, NULL);

    expect_succeeded(written);
    expect_bytes(own + page_size(), "yes", 3);
    let_go(their);
}
END_TEST
COVERS(count_of_bytes_written_is_optional, "mapping.write_process_memory.no_count");
