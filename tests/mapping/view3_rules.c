/* MapViewOfFile3: addresses, offsets beyond 4 GiB, protections, what is no placeholder. */
#include "mapping.h"

#include <winioctl.h>

#ifndef MEM_REPLACE_PLACEHOLDER
#define MEM_REPLACE_PLACEHOLDER 0x00004000
#endif

#define FOUR_GIB ((ULONG64)1 << 32)

START_TEST(high_half_of_the_offset_counts)
{
    optional_api(MapViewOfFile3);
    HANDLE file = create_file(scratch_path(L"sparse"), 0x20000);
    DWORD got;
    DeviceIoControl(file, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &got, NULL); /* where there is such */
    OVERLAPPED high = {.Offset = 0x10000, .OffsetHigh = 1};
    require(WriteFile(file, "high", 5, &got, &high));
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, FOUR_GIB + 0x10000, 0, 0,
                                PAGE_READONLY, NULL, 0);

    expect_not_null(view);
    expect_bytes(view, "high", 5);
}
END_TEST
COVERS(high_half_of_the_offset_counts, "mapping.view3.offset_64");

START_TEST(address_is_where_the_view_begins)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *base = free_range(2 * granularity());

    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), base + granularity(), 0, 0, 0,
                                PAGE_READWRITE, NULL, 0);

    expect_pointer(view, base + granularity());
    expect_fault(try_write(view + page_size(), 'x'), 0);

    /* There it is in the way of another. */
    void *other = MapViewOfFile3(mapping, GetCurrentProcess(), base + granularity(), 0, 0, 0,
                                 PAGE_READWRITE, NULL, 0);
    expect_null(other, ERROR_INVALID_ADDRESS);
    expect_succeeded(UnmapViewOfFile(view));
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS(address_is_where_the_view_begins, "mapping.view3.base_given", "mapping.view3.base_occupied");

/* The page rounds the address down; Windows refuses it. */
START_TEST(misaligned_address)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *base = free_range(2 * granularity());

    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), base + page_size(), 0, 0, 0,
                                PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    record("misaligned address", "%s", view ? "rounded" : "refused");
    if (view != NULL)
        expect_pointer(view, base);
    else
        expect_error(error, ERROR_MAPPED_ALIGNMENT);
}
END_TEST
COVERS(misaligned_address, "mapping.view3.base_rounded");

static const struct {
    struct row row;
    DWORD object, view;
} refused_rows[] = {
    {{"write_of_readonly", NULL}, PAGE_READONLY, PAGE_READWRITE},
    {{"execute_of_readonly", NULL}, PAGE_READONLY, PAGE_EXECUTE_READ},
    {{"execute_of_readwrite", NULL}, PAGE_READWRITE, PAGE_EXECUTE_READ},
    {{"execute_write_of_execute_read", NULL}, PAGE_EXECUTE_READ, PAGE_EXECUTE_READWRITE},
};

START_TEST(protection_of_the_object_limits_the_view)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(refused_rows[_i].object, page_size());

    void *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, refused_rows[_i].view, NULL, 0);

    expect_failed_somehow(view);
    expect_not_null(MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0,
                                   refused_rows[_i].object, NULL, 0));
}
END_TEST
COVERS_ROWS(protection_of_the_object_limits_the_view, refused_rows, "mapping.view3.protection");

START_TEST(view_of_an_image)
{
    optional_api(MapViewOfFile3);
    create_program(scratch_path(L"program.exe"));
    HANDLE file = open_file(scratch_path(L"program.exe"), GENERIC_READ | GENERIC_EXECUTE);
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY | SEC_IMAGE, 0, 0, NULL);
    require(mapping != NULL);

    char *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READONLY, NULL, 0);

    expect_not_null(view);
    expect_flags(region_at(view).Type, MEM_IMAGE, MEM_NAMES);
    IMAGE_DOS_HEADER *dos = (IMAGE_DOS_HEADER *)view;
    IMAGE_NT_HEADERS *headers = (IMAGE_NT_HEADERS *)(view + dos->e_lfanew);
    char *code = view + headers->OptionalHeader.AddressOfEntryPoint;
    expect_flags(region_at(code).Protect, PAGE_EXECUTE_READ, PAGE_NAMES);
}
END_TEST
COVERS(view_of_an_image, "mapping.view3.image");

START_TEST(reserved_view)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 3 * page_size());

    char *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READWRITE, NULL, 0);

    expect_not_null(view);
    expect_flags(region_at(view).State, MEM_RESERVE, MEM_NAMES);
    expect_number(region_at(view).RegionSize, 3 * page_size());
    expect_succeeded(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE) != NULL);
    expect_fault(try_write(view, 'x'), 0);
    expect_flags(region_at(view + page_size()).State, MEM_RESERVE, MEM_NAMES);
}
END_TEST
COVERS(reserved_view, "mapping.view3.sec_reserve");

START_TEST(reserved_view_asked_for)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, page_size());

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, MEM_RESERVE,
                                PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    if (view != NULL)
        record("MEM_RESERVE", "state 0x%lx", region_at(view).State);
    else
        record("MEM_RESERVE", "refused with error %lu", error);
}
END_TEST
COVERS(reserved_view_asked_for, "mapping.view3.mem_reserve");

START_TEST(ordinary_reservation_is_no_placeholder)
{
    optional_api(MapViewOfFile3);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *base = VirtualAlloc(NULL, granularity(), MEM_RESERVE, PAGE_NOACCESS);
    require(base != NULL);

    void *view = MapViewOfFile3(mapping, GetCurrentProcess(), base, 0, granularity(),
                                MEM_REPLACE_PLACEHOLDER, PAGE_READWRITE, NULL, 0);

    expect_failed_somehow(view);
    expect_flags(region_at(base).State, MEM_RESERVE, MEM_NAMES);
    expect_flags(region_at(base).Type, MEM_PRIVATE, MEM_NAMES);
}
END_TEST
COVERS(ordinary_reservation_is_no_placeholder, "mapping.view3.replace_ordinary");
