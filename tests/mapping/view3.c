/* MapViewOfFile3, MapViewOfFile2 (MapViewOfFileNuma2), UnmapViewOfFileEx, UnmapViewOfFile2. */
#include "mapping.h"

#ifndef MEM_RESERVE_PLACEHOLDER
#define MEM_RESERVE_PLACEHOLDER 0x00040000
#define MEM_REPLACE_PLACEHOLDER 0x00004000
#endif
#ifndef MEM_PRESERVE_PLACEHOLDER
#define MEM_PRESERVE_PLACEHOLDER 0x00000002
#endif

/* ---- MapViewOfFile3 ------------------------------------------------------------------------- */

static const struct {
    struct row row;
    ULONG64 offset;
    SIZE_T size;
    DWORD protection;
} rows[] = {
    {{"all_read", NULL}, 0, 0, PAGE_READONLY},
    {{"all_write", NULL}, 0, 0, PAGE_READWRITE},
    {{"all_copy", NULL}, 0, 0, PAGE_WRITECOPY},
    {{"part", NULL}, 0x10000, 0x1000, PAGE_READONLY},
};

START_TEST(view_of_the_process_itself)
{
    optional_api(MapViewOfFile3);
    HANDLE file = create_file(scratch_path(L"data"), 0x12000);
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    SIZE_T size = rows[_i].size != 0 ? rows[_i].size : 0x12000;

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, rows[_i].offset, rows[_i].size,
                                0, rows[_i].protection, NULL, 0);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, size);
    expect_flags(region_at(view).Protect, rows[_i].protection, PAGE_NAMES);
    expect_pattern(view, size, rows[_i].offset);
}
END_TEST
COVERS_ROWS(view_of_the_process_itself, rows, "mapping.view3.basic");

START_TEST(offset_must_be_aligned)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, page_size(), page_size(), 0,
                                PAGE_READWRITE, NULL, 0);

    expect_null(view, ERROR_MAPPED_ALIGNMENT);
    expect_not_null(MapViewOfFile3(mapping, GetCurrentProcess(), NULL, granularity(), page_size(),
                                   0, PAGE_READWRITE, NULL, 0));
}
END_TEST
COVERS(offset_must_be_aligned, "mapping.view3.offset_aligned");

PEER(wait_for_a_view)
{
    checkpoint_reach("ready");
    checkpoint_wait("mapped");
}

START_TEST(view_of_another_process)
{
    optional_api(MapViewOfFile3);
    optional_api(UnmapViewOfFile2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *own = map_view(mapping, READ_WRITE);
    memcpy(own, "shared", 6);
    struct peer *peer = peer_start(wait_for_a_view);
    checkpoint_wait("ready");

    char *view =
        MapViewOfFile3(mapping, peer->info.hProcess, NULL, 0, 0, 0, PAGE_READWRITE, NULL, 0);

    expect_not_null(view);
    char bytes[6];
    expect_succeeded(ReadProcessMemory(peer->info.hProcess, view, bytes, 6, NULL));
    expect_bytes(bytes, "shared", 6);
    BOOL unmapped = UnmapViewOfFile2(peer->info.hProcess, view, 0);
    expect_succeeded(unmapped);
    MEMORY_BASIC_INFORMATION region;
    expect_succeeded(VirtualQueryEx(peer->info.hProcess, view, &region, sizeof(region)));
    expect_flags(region.State, MEM_FREE, MEM_NAMES);
    expect_bytes(own, "shared", 6);
    checkpoint_reach("mapped");
}
END_TEST
COVERS(view_of_another_process, "mapping.view3.other_process", "mapping.unmap2.other_process");

/* The page requires a process; Wine's tests, on Windows, pass none for the caller's own. */
START_TEST(no_process_given)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    void *view = MapViewOfFile3(mapping, NULL, NULL, 0, 0, 0, PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    if (view != NULL)
        record("no process", "the caller's own");
    else
        record("no process", "refused with error %lu", error);
}
END_TEST
COVERS(no_process_given, "mapping.view3.process_null");

START_TEST(size_of_no_whole_pages)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());

    void *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 100, 0, PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    if (view != NULL)
        record("size 100", "%lu bytes", (unsigned long)region_at(view).RegionSize);
    else
        record("size 100", "refused with error %lu", error);
}
END_TEST
COVERS(size_of_no_whole_pages, "mapping.view3.size_page_multiple");

START_TEST(address_requirements_are_met)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *only_place = free_range(granularity());
    MEM_ADDRESS_REQUIREMENTS range = {.LowestStartingAddress = only_place,
                                      .HighestEndingAddress = only_place + granularity() - 1};
    MEM_EXTENDED_PARAMETER parameter = {.Type = MemExtendedParameterAddressRequirements,
                                        .Pointer = &range};

    char *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READWRITE, &parameter, 1);

    expect_not_null(view);
    expect_pointer(view, only_place);
    view[0] = 'x';
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), 'x');

    /* Now there is none. */
    view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READWRITE, &parameter, 1);
    expect_failed_somehow(view);
}
END_TEST
COVERS(address_requirements_are_met, "mapping.view3.address_requirements");

/* The page offers an alignment; Windows refuses any. */
START_TEST(alignment)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    MEM_ADDRESS_REQUIREMENTS multiple = {.Alignment = 1 << 20};
    MEM_EXTENDED_PARAMETER parameter = {.Type = MemExtendedParameterAddressRequirements,
                                        .Pointer = &multiple};

    for (int i = 0; i < 2; i++) { /* one may lie right by chance, but not its neighbour */
        char *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READWRITE,
                                    &parameter, 1);

        DWORD error = GetLastError();
        record("alignment", "%s", view ? "granted" : "refused");
        if (view == NULL)
            expect_error(error, ERROR_INVALID_PARAMETER);
        else
            expect_number((UINT_PTR)view % (1 << 20), 0);
    }
}
END_TEST
COVERS(alignment, "mapping.view3.alignment");

/* ---- Placeholders --------------------------------------------------------------------------- */

static char *placeholder_or_null(SIZE_T size)
{
    __typeof__(&VirtualAlloc2) allocate =
        (__typeof__(allocate))cts_find_api(CTS_API_NUMBER(VirtualAlloc2));
    return allocate ? allocate(GetCurrentProcess(), NULL, size,
                               MEM_RESERVE | MEM_RESERVE_PLACEHOLDER, PAGE_NOACCESS, NULL, 0)
                    : NULL;
}

/* A placeholder of that size; without any the test says so. */
static char *placeholder(SIZE_T size)
{
    char *base = placeholder_or_null(size);
    if (base == NULL)
        unsupported("VirtualAlloc2 reserves no placeholders");
    return base;
}

START_TEST(placeholder_is_reserved_and_split)
{
    optional_api(VirtualAlloc2);
    DWORD half = granularity();

    char *base = VirtualAlloc2(GetCurrentProcess(), NULL, 2 * half,
                               MEM_RESERVE | MEM_RESERVE_PLACEHOLDER, PAGE_NOACCESS, NULL, 0);

    expect_not_null(base);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    expect_number(region_at(base).RegionSize, 2 * half);
    expect_succeeded(VirtualFree(base, half, MEM_RELEASE | MEM_PRESERVE_PLACEHOLDER));
    expect_number(region_at(base).RegionSize, half);
    expect_number(region_at(base + half).RegionSize, half);
}
END_TEST
COVERS(placeholder_is_reserved_and_split, "mapping.view3.placeholder");

START_TEST(ring_of_two_views)
{
    optional_api(MapViewOfFile3);
    DWORD half = granularity();
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, half);
    char *base = placeholder(2 * half);
    require(VirtualFree(base, half, MEM_RELEASE | MEM_PRESERVE_PLACEHOLDER));

    char *first = MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, half,
                                 MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);
    expect_pointer(first, base);
    char *second = MapViewOfFile3(mapping, GetCurrentProcess(), base + half, 0, half,
                                  MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);
    expect_pointer(second, base + half);

    memcpy(second - 3, "across", 6);
    expect_bytes(first, "oss", 3);
    expect_bytes(second + half - 3, "acr", 3);
}
END_TEST
COVERS(ring_of_two_views, "mapping.view3.replace_placeholder");

START_TEST(placeholder_must_match)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());
    char *base = placeholder(2 * granularity());

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, granularity(),
                                MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);

    expect_failed_somehow(view);
    expect_pointer(MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, 2 * granularity(),
                                  MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0),
                   base);
}
END_TEST
COVERS(placeholder_must_match, "mapping.view3.replace_placeholder_mismatch");

/* The page demands 64 KiB; what it says of placeholders suggests that pages are enough there. */
START_TEST(placeholder_of_one_page)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 4 * page_size());
    char *base = placeholder(granularity());
    require(VirtualFree(base, page_size(), MEM_RELEASE | MEM_PRESERVE_PLACEHOLDER));
    require(VirtualFree(base + page_size(), page_size(), MEM_RELEASE | MEM_PRESERVE_PLACEHOLDER));

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), base + page_size(), page_size(),
                                page_size(), MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    if (view != NULL)
        record("page-aligned placeholder", "replaced");
    else
        record("page-aligned placeholder", "refused with error %lu", error);
}
END_TEST
COVERS(placeholder_of_one_page, "mapping.view3.replace_placeholder_no_64k");

START_TEST(view_becomes_a_placeholder_again)
{
    optional_api(MapViewOfFile3);
    optional_api(UnmapViewOfFileEx);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = placeholder(granularity());
    require(MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, granularity(),
                           MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0) == base);

    BOOL unmapped = UnmapViewOfFileEx(base, MEM_PRESERVE_PLACEHOLDER);

    expect_succeeded(unmapped);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(base).Type, MEM_PRIVATE, MEM_NAMES);
    expect_number(region_at(base).RegionSize, granularity());
    expect_pointer(MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, granularity(),
                                  MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0),
                   base);
}
END_TEST
COVERS(view_becomes_a_placeholder_again, "mapping.unmap_ex.preserve_placeholder");

/* ---- MapViewOfFile2, which is MapViewOfFileNuma2 without a node ----------------------------- */

START_TEST(view2_of_another_process)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    memcpy(map_view(mapping, READ_WRITE), "shared", 6);
    struct peer *peer = peer_start(wait_for_a_view);
    checkpoint_wait("ready");

    void *view = MapViewOfFileNuma2(mapping, peer->info.hProcess, 0, NULL, 0, 0, PAGE_READWRITE,
                                    NUMA_NO_PREFERRED_NODE);

    expect_not_null(view);
    char bytes[6];
    expect_succeeded(ReadProcessMemory(peer->info.hProcess, view, bytes, 6, NULL));
    expect_bytes(bytes, "shared", 6);
    MEMORY_BASIC_INFORMATION region;
    expect_succeeded(VirtualQueryEx(peer->info.hProcess, view, &region, sizeof(region)));
    expect_flags(region.Type, MEM_MAPPED, MEM_NAMES);
    checkpoint_reach("mapped");
}
END_TEST
COVERS(view2_of_another_process, "mapping.view2.other_process", "mapping.view_numa.node");

START_TEST(view2_needs_the_right_to_change_memory)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, GetCurrentProcessId());
    require(process != NULL);

    void *view =
        MapViewOfFileNuma2(mapping, process, 0, NULL, 0, 0, PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);

    expect_failed_somehow(view);

    /* With the right the same call is right. */
    process = OpenProcess(PROCESS_VM_OPERATION, FALSE, GetCurrentProcessId());
    require(process != NULL);
    view =
        MapViewOfFileNuma2(mapping, process, 0, NULL, 0, 0, PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);
    expect_not_null(view);
}
END_TEST
COVERS(view2_needs_the_right_to_change_memory, "mapping.view2.needs_vm_operation");

START_TEST(view2_reserved)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, page_size());

    void *view = MapViewOfFileNuma2(mapping, GetCurrentProcess(), 0, NULL, 0, MEM_RESERVE,
                                    PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);

    DWORD error = GetLastError();
    if (view != NULL)
        record("MEM_RESERVE", "state 0x%lx", region_at(view).State);
    else
        record("MEM_RESERVE", "refused with error %lu", error);
}
END_TEST
COVERS(view2_reserved, "mapping.view2.mem_reserve");

START_TEST(view2_at_a_misaligned_address)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(granularity());

    void *view = MapViewOfFileNuma2(mapping, GetCurrentProcess(), 0, base + page_size(), 0, 0,
                                    PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);

    DWORD error = GetLastError();
    if (view != NULL)
        record("misaligned address", "rounded down");
    else
        record("misaligned address", "refused with error %lu", error);
}
END_TEST
COVERS(view2_at_a_misaligned_address, "mapping.view2.base_rounded");

/* ---- UnmapViewOfFileEx and UnmapViewOfFile2 ------------------------------------------------- */

static const struct {
    struct row row;
    ULONG flags;
} unmap_rows[] = {
    {{"no_flags", "mapping.unmap_ex.flags_zero"}, 0},
    {{"transient_boost", "mapping.unmap_ex.transient_boost"}, MEM_UNMAP_WITH_TRANSIENT_BOOST},
};

START_TEST(unmap_ex)
{
    optional_api(UnmapViewOfFileEx);
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    BOOL unmapped = UnmapViewOfFileEx(view, unmap_rows[_i].flags);

    expect_succeeded(unmapped);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
    expect_fault(try_read(view), EXCEPTION_ACCESS_VIOLATION);
    unmapped = UnmapViewOfFileEx(view, unmap_rows[_i].flags);
    expect_failed(unmapped, ERROR_INVALID_ADDRESS);
}
END_TEST
COVERS_ROWS(unmap_ex, unmap_rows);

START_TEST(ordinary_view_as_a_placeholder)
{
    optional_api(UnmapViewOfFileEx);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, granularity()), READ_WRITE);

    BOOL unmapped = UnmapViewOfFileEx(view, MEM_PRESERVE_PLACEHOLDER);

    DWORD error = GetLastError();
    if (unmapped)
        record("ordinary view", "unmapped, state 0x%lx", region_at(view).State);
    else
        record("ordinary view", "refused with error %lu", error);
}
END_TEST
COVERS(ordinary_view_as_a_placeholder, "mapping.unmap_ex.preserve_not_placeholder");

START_TEST(unmap2)
{
    optional_api(UnmapViewOfFile2);
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    BOOL unmapped = UnmapViewOfFile2(GetCurrentProcess(), view, 0);

    expect_succeeded(unmapped);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
    unmapped = UnmapViewOfFile2(GetCurrentProcess(), view, 0);
    expect_failed(unmapped, ERROR_INVALID_ADDRESS);
}
END_TEST
COVERS(unmap2, "mapping.unmap2.ret");
