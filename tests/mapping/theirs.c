/* Views of another process: what VirtualQueryEx, ReadProcessMemory, WriteProcessMemory and
 * VirtualProtectEx make of them. */
#include "mapping.h"

#define PAGES 4

/* Where the other process has its view; in an object of its own. */
struct place {
    uint64_t address;
};

PEER(hold_a_view)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    char *view = map_view(peer_handle(0), (DWORD)peer_number(0));
    place->address = (UINT_PTR)view;
    checkpoint_reach("mapped");
    checkpoint_wait("looked");
}

/* Another process with a view of the object, and the address of that. */
static struct peer *holder(HANDLE mapping, DWORD access, char **theirs)
{
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer =
        peer_start(hold_a_view, given_handle(mapping), given_handle(report), given_number(access));
    checkpoint_wait("mapped");
    *theirs = (char *)(UINT_PTR)place->address;
    return peer;
}

static void let_go(struct peer *peer)
{
    checkpoint_reach("looked");
    peer_join(peer);
}

static const struct kind {
    struct row row;
    DWORD access, protection;
} kinds[] = {
    {{"for_reading", NULL}, FILE_MAP_READ, PAGE_READONLY},
    {{"for_writing", NULL}, FILE_MAP_WRITE, PAGE_READWRITE},
    {{"for_copying", NULL}, FILE_MAP_COPY, PAGE_WRITECOPY},
};

START_TEST(query_of_a_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *theirs;
    struct peer *peer = holder(mapping, kinds[_i].access, &theirs);

    MEMORY_BASIC_INFORMATION region;
    SIZE_T got =
        VirtualQueryEx(peer->info.hProcess, theirs + page_size() + 5, &region, sizeof(region));

    expect_number(got, sizeof(region));
    expect_pointer(region.BaseAddress, theirs + page_size());
    expect_pointer(region.AllocationBase, theirs);
    expect_number(region.RegionSize, (PAGES - 1) * page_size());
    expect_flags(region.State, MEM_COMMIT, MEM_NAMES);
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
    expect_flags(region.Protect, kinds[_i].protection, PAGE_NAMES);
    expect_flags(region.AllocationProtect, kinds[_i].protection, PAGE_NAMES);
    let_go(peer);
}
END_TEST
COVERS_ROWS(query_of_a_view, kinds, "mapping.query_ex.view");

static HANDLE with_access(HANDLE process, DWORD access)
{
    HANDLE narrow = OpenProcess(access, FALSE, GetProcessId(process));
    require(narrow != NULL);
    return narrow;
}

START_TEST(query_needs_its_right)
{
    char *theirs;
    struct peer *peer = holder(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE, &theirs);
    HANDLE too_narrow = with_access(peer->info.hProcess, PROCESS_VM_READ | PROCESS_VM_OPERATION);
    HANDLE enough = with_access(peer->info.hProcess, PROCESS_QUERY_INFORMATION);
    MEMORY_BASIC_INFORMATION region;

    SIZE_T got = VirtualQueryEx(too_narrow, theirs, &region, sizeof(region));

    expect_failed(got, ERROR_ACCESS_DENIED);
    expect_number(VirtualQueryEx(enough, theirs, &region, sizeof(region)), sizeof(region));
    let_go(peer);
}
END_TEST
COVERS(query_needs_its_right, "mapping.query_ex.right");

START_TEST(reading_of_a_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE), *theirs, bytes[9] = "";
    struct peer *peer = holder(mapping, kinds[_i].access, &theirs);
    memcpy(own + 2 * page_size() - 4, "border of", 9);
    SIZE_T count = 0;

    BOOL read =
        ReadProcessMemory(peer->info.hProcess, theirs + 2 * page_size() - 4, bytes, 9, &count);

    expect_succeeded(read);
    expect_number(count, 9);
    expect_bytes(bytes, "border of", 9);
    let_go(peer);
}
END_TEST
COVERS_ROWS(reading_of_a_view, kinds, "mapping.read_process_memory.view");

START_TEST(reading_across_an_inaccessible_page)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *theirs, bytes[8];
    struct peer *peer = holder(mapping, READ_WRITE, &theirs);
    DWORD old;
    require(VirtualProtectEx(peer->info.hProcess, theirs + 2 * page_size(), page_size(),
                             PAGE_NOACCESS, &old));

    BOOL read =
        ReadProcessMemory(peer->info.hProcess, theirs + 2 * page_size() - 4, bytes, 8, NULL);

    expect_failed_somehow(read);
    read = ReadProcessMemory(peer->info.hProcess, theirs + 2 * page_size() - 8, bytes, 8, NULL);
    expect_succeeded(read);
    let_go(peer);
}
END_TEST
COVERS(reading_across_an_inaccessible_page, "mapping.read_process_memory.inaccessible");

START_TEST(writing_to_a_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE), *theirs;
    struct peer *peer = holder(mapping, FILE_MAP_WRITE, &theirs);
    SIZE_T count = 0;

    BOOL written = WriteProcessMemory(peer->info.hProcess, theirs + 2 * page_size() - 4,
                                      "border of", 9, &count);

    expect_succeeded(written);
    expect_number(count, 9);
    expect_bytes(own + 2 * page_size() - 4, "border of", 9);
    let_go(peer);
}
END_TEST
COVERS(writing_to_a_view, "mapping.write_process_memory.view");

START_TEST(writing_to_a_copy)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *own = map_view(mapping, READ_WRITE), *theirs, bytes[7] = "";
    memcpy(own, "as here", 7);
    struct peer *peer = holder(mapping, FILE_MAP_COPY, &theirs);

    BOOL written = WriteProcessMemory(peer->info.hProcess, theirs, "private", 7, NULL);

    expect_succeeded(written);
    expect_bytes(own, "as here", 7);
    require(ReadProcessMemory(peer->info.hProcess, theirs, bytes, 7, NULL));
    expect_bytes(bytes, "private", 7);
    let_go(peer);
}
END_TEST
COVERS(writing_to_a_copy, "mapping.write_process_memory.copy");

START_TEST(protection_of_a_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, PAGES * page_size());
    char *own = map_view(mapping, READ_WRITE), *theirs;
    struct peer *peer = holder(mapping, READ_WRITE, &theirs);
    MEMORY_BASIC_INFORMATION region;
    DWORD old = 0;

    BOOL set = VirtualProtectEx(peer->info.hProcess, theirs + page_size(), 2 * page_size(),
                                PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    require(VirtualQueryEx(peer->info.hProcess, theirs + page_size(), &region, sizeof(region)));
    expect_flags(region.Protect, PAGE_READONLY, PAGE_NAMES);
    expect_number(region.RegionSize, 2 * page_size());
    expect_flags(region_at(own).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_number(region_at(own).RegionSize, PAGES * page_size());
    let_go(peer);
}
END_TEST
COVERS(protection_of_a_view, "mapping.protect_ex.view");
