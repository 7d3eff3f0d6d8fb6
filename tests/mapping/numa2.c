/* MapViewOfFileNuma2, UnmapViewOfFile2 and GetMappedFileName: each parameter, and views of another
 * process. */
#include "mapping.h"

#define OURSELVES GetCurrentProcess()

/* ---- MapViewOfFileNuma2 ---- */

static const struct part {
    struct row row;
    DWORD granules; /* the offset, in units of what offsets are multiples of */
    SIZE_T size, mapped;
} parts[] = {
    {{"all", "mapping.view2.size_zero"}, 0, 0, 0x23000},
    {{"from_an_offset", "mapping.view2.offset"}, 1, 0x2000, 0x2000},
    {{"from_the_last_offset", "mapping.view2.offset"}, 2, 0x3000, 0x3000},
    {{"first_page", "mapping.view2.size"}, 0, 0x1000, 0x1000},
    {{"first_byte", "mapping.view2.size"}, 0, 1, 0x1000},
};

START_TEST(view_shows)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = file_mapping(create_file(scratch_path(L"data"), 0x23000), PAGE_READWRITE);
    ULONG64 offset = (ULONG64)parts[_i].granules * granularity();

    char *view = MapViewOfFileNuma2(mapping, OURSELVES, offset, NULL, parts[_i].size, 0,
                                    PAGE_READONLY, NUMA_NO_PREFERRED_NODE);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, parts[_i].mapped);
    expect_pattern(view, parts[_i].mapped, offset);
}
END_TEST
COVERS_ROWS(view_shows, parts);

static const struct misaligned {
    struct row row;
    ULONG64 offset;
} misaligned[] = {{{"one_byte", NULL}, 1}, {{"one_page", NULL}, 0x1000}};

START_TEST(offset_is_refused_of)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());

    void *view = MapViewOfFileNuma2(mapping, OURSELVES, misaligned[_i].offset, NULL, 0x1000, 0,
                                    PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);

    expect_failed_somehow(view);
    expect_not_null(MapViewOfFileNuma2(mapping, OURSELVES, granularity(), NULL, 0x1000, 0,
                                       PAGE_READWRITE, NUMA_NO_PREFERRED_NODE));
}
END_TEST
COVERS_ROWS(offset_is_refused_of, misaligned, "mapping.view2.offset_aligned");

START_TEST(view_is_at_the_address_given)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(granularity());

    char *view = MapViewOfFileNuma2(mapping, OURSELVES, 0, base, 0, 0, PAGE_READWRITE,
                                    NUMA_NO_PREFERRED_NODE);

    expect_not_null(view);
    expect_pointer(view, base);
    view[0] = 'x';
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), 'x');
}
END_TEST
COVERS(view_is_at_the_address_given, "mapping.view2.base_given");

static const struct protection {
    struct row row;
    DWORD asked, writing; /* writing: what a write does */
    bool shared;
} protections[] = {
    {{"read", NULL}, PAGE_READONLY, EXCEPTION_ACCESS_VIOLATION, false},
    {{"write", NULL}, PAGE_READWRITE, 0, true},
    {{"copy", NULL}, PAGE_WRITECOPY, 0, false},
};

START_TEST(view_has_the_protection_to)
{
    optional_api(MapViewOfFileNuma2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());

    char *view = MapViewOfFileNuma2(mapping, OURSELVES, 0, NULL, 0, 0, protections[_i].asked,
                                    NUMA_NO_PREFERRED_NODE);

    expect_not_null(view);
    expect_flags(region_at(view).Protect, protections[_i].asked, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), protections[_i].writing);
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), protections[_i].shared ? 'x' : 0);
}
END_TEST
COVERS_ROWS(view_has_the_protection_to, protections, "mapping.view2.protection");

static const struct {
    struct row row;
    DWORD asked;
} image_rows[] = {{{"readable", NULL}, PAGE_READONLY}, {{"writable", NULL}, PAGE_READWRITE}};

START_TEST(view_of_an_image_asked_for_as)
{
    optional_api(MapViewOfFileNuma2);
    create_program(scratch_path(L"program.exe"));
    HANDLE file = open_file(scratch_path(L"program.exe"), GENERIC_READ | GENERIC_EXECUTE);
    HANDLE mapping = file_mapping(file, PAGE_READONLY | SEC_IMAGE);

    char *view = MapViewOfFileNuma2(mapping, OURSELVES, 0, NULL, 0, 0, image_rows[_i].asked,
                                    NUMA_NO_PREFERRED_NODE);

    expect_not_null(view);
    expect_flags(region_at(view).Type, MEM_IMAGE, MEM_NAMES);
    expect_flags(region_at(view).Protect, PAGE_READONLY, PAGE_NAMES);
    IMAGE_DOS_HEADER *dos = (IMAGE_DOS_HEADER *)(void *)view;
    IMAGE_NT_HEADERS *headers = (IMAGE_NT_HEADERS *)(void *)(view + dos->e_lfanew);
    char *code = view + headers->OptionalHeader.AddressOfEntryPoint;
    expect_flags(region_at(code).Protect, PAGE_EXECUTE_READ, PAGE_NAMES);
}
END_TEST
COVERS_ROWS(view_of_an_image_asked_for_as, image_rows, "mapping.view2.image");

/* ---- UnmapViewOfFile2 ---- */

PEER(hold_views)
{
    checkpoint_reach("ready");
    checkpoint_wait("done");
}

static MEMORY_BASIC_INFORMATION region_in(HANDLE process, const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    require(VirtualQueryEx(process, address, &region, sizeof(region)) == sizeof(region));
    return region;
}

/* The caller has a view at the very address as well. */
START_TEST(view_of_the_other_process_alone_goes)
{
    optional_api(MapViewOfFileNuma2);
    optional_api(UnmapViewOfFile2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    struct peer *peer = peer_start(hold_views);
    checkpoint_wait("ready");
    char *own = map_view_apart(mapping, READ_WRITE);
    HANDLE process = peer->info.hProcess;
    void *theirs =
        MapViewOfFileNuma2(mapping, process, 0, own, 0, 0, PAGE_READWRITE, NUMA_NO_PREFERRED_NODE);
    require(theirs == own);

    BOOL unmapped = UnmapViewOfFile2(process, theirs, 0);

    expect_succeeded(unmapped);
    expect_flags(region_in(process, theirs).State, MEM_FREE, MEM_NAMES);
    expect_fault(try_write(own, 1), 0);
    checkpoint_reach("done");
}
END_TEST
COVERS(view_of_the_other_process_alone_goes, "mapping.unmap2.that_process");

START_TEST(view_is_unmapped_with_a_boost)
{
    optional_api(UnmapViewOfFile2);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view_apart(mapping, READ_WRITE), *other = map_view(mapping, READ_WRITE);
    view[0] = 'x';

    BOOL unmapped = UnmapViewOfFile2(OURSELVES, view, MEM_UNMAP_WITH_TRANSIENT_BOOST);

    expect_succeeded(unmapped);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
    expect_number(other[0], 'x');
}
END_TEST
COVERS(view_is_unmapped_with_a_boost, "mapping.unmap2.transient_boost");

START_TEST(allocated_memory_is_no_view)
{
    optional_api(UnmapViewOfFile2);
    char *memory = VirtualAlloc(NULL, page_size(), MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    require(memory != NULL);

    BOOL unmapped = UnmapViewOfFile2(OURSELVES, memory, 0);

    expect_failed_somehow(unmapped);
    expect_fault(try_write(memory, 1), 0);
    expect_succeeded(UnmapViewOfFile2(
        OURSELVES, map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE), 0));
}
END_TEST
COVERS(allocated_memory_is_no_view, "mapping.unmap2.not_a_view");

START_TEST(process_is_needed)
{
    optional_api(UnmapViewOfFile2);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

    BOOL unmapped = UnmapViewOfFile2(event, view, 0);

    expect_failed_somehow(unmapped);
    expect_fault(try_write(view, 1), 0);
    expect_succeeded(UnmapViewOfFile2(OURSELVES, view, 0));
}
END_TEST
COVERS(process_is_needed, "mapping.unmap2.process_needed");

/* ---- GetMappedFileName ---- */

#define ROOM 512

START_TEST(name_in_another_process)
{
    optional_api(MapViewOfFileNuma2);
    optional_api(K32GetMappedFileNameW);
    HANDLE mapping = file_mapping(create_file(scratch_path(L"theirs"), page_size()), PAGE_READONLY);
    HANDLE other = file_mapping(create_file(scratch_path(L"own"), page_size()), PAGE_READONLY);
    struct peer *peer = peer_start(hold_views);
    checkpoint_wait("ready");
    char *own = map_view_apart(other, FILE_MAP_READ);
    require(MapViewOfFileNuma2(mapping, peer->info.hProcess, 0, own, 0, 0, PAGE_READONLY,
                               NUMA_NO_PREFERRED_NODE) == own);
    WCHAR name[ROOM];

    DWORD length = K32GetMappedFileNameW(peer->info.hProcess, own, name, ROOM);

    expect_succeeded(length);
    expect_text(wcsrchr(name, L'\\'), L"\\theirs");
    expect_succeeded(K32GetMappedFileNameW(OURSELVES, own, name, ROOM));
    expect_text(wcsrchr(name, L'\\'), L"\\own");
    checkpoint_reach("done");
}
END_TEST
COVERS(name_in_another_process, "mapping.mapped_name.other_process");
