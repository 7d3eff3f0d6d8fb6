/* Sizes that CreateFileMappingW is given: odd ones, huge ones, and ones beyond the end of a file.
 */
#include "mapping.h"
#include <winioctl.h>

#define GIB ((uint64_t)1 << 30)

static DWORD high(uint64_t value)
{
    return (DWORD)(value >> 32);
}

static DWORD low(uint64_t value)
{
    return (DWORD)value;
}

/* A new file whose bytes take no room on the disk until they are written. */
static HANDLE create_sparse_file(void)
{
    HANDLE file = create_file(scratch_path(L"sparse"), 0);
    DWORD got;
    DeviceIoControl(file, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &got, NULL);
    return file;
}

static void set_size(HANDLE file, uint64_t size)
{
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = (LONGLONG)size}, NULL, FILE_BEGIN));
    require(SetEndOfFile(file));
}

/* ---- Files that grow ------------------------------------------------------------------------ */

START_TEST(empty_file_grows_to_the_size_given)
{
    HANDLE file = create_file(scratch_path(L"data"), 0);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0x2003, NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    expect_number(size_of_file(file), 0x2003);
    expect_fault(try_write((char *)map_view(mapping, READ_WRITE) + 0x2002, 'x'), 0);
}
END_TEST
COVERS(empty_file_grows_to_the_size_given, "mapping.create.size.empty_file_explicit");

START_TEST(empty_file_does_not_grow_for_reading)
{
    HANDLE file = create_file(scratch_path(L"data"), 0);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0x1000, NULL);

    expect_failed_somehow(mapping);
    expect_number(size_of_file(file), 0);
    mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0x1000, NULL);
    expect_handle(mapping);
}
END_TEST
COVERS(empty_file_does_not_grow_for_reading, "mapping.create.size.empty_file_explicit_readonly");

START_TEST(file_grows_for_execution_and_writing)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, page_size());
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_EXECUTE_READWRITE, 0, 0x5001, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), 0x5001);
}
END_TEST
COVERS(file_grows_for_execution_and_writing, "mapping.create.size.grow_exec_readwrite");

START_TEST(file_stays_grown)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 1);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0x3001, NULL);

    expect_handle(mapping);
    close_handle(&mapping);
    close_handle(&file);
    expect_number(size_of_file(open_file(path, GENERIC_READ)), 0x3001);
}
END_TEST
COVERS(file_stays_grown, "mapping.create.size.grow_persists");

START_TEST(file_that_cannot_grow)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0x3FFFFFFF, 0, NULL);

    expect_failed_somehow(mapping);
    expect_number(size_of_file(file), page_size());
    expect_handle(CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 2 * page_size(), NULL));
}
END_TEST
COVERS(file_that_cannot_grow, "mapping.create.size.grow_disk_full");

/* ---- The size of the object ----------------------------------------------------------------- */

START_TEST(object_of_a_file_keeps_its_size)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    set_size(file, 4 * page_size());

    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 2 * page_size()), ERROR_ACCESS_DENIED);
    expect_number(region_at(map_view(mapping, FILE_MAP_READ)).RegionSize, page_size());

    /* A new object sees all of the file. */
    HANDLE newer = file_mapping(file, PAGE_READWRITE);
    expect_not_null(MapViewOfFile(newer, FILE_MAP_READ, 0, 0, 4 * page_size()));
}
END_TEST
COVERS(object_of_a_file_keeps_its_size, "mapping.create.size.static",
       "mapping.create.size.file_exceeds");

static const struct {
    struct row row;
    DWORD size;
} odd_rows[] = {
    {{"one", NULL}, 1},
    {{"almost_a_page", NULL}, 4090},
    {{"page_and_a_byte", NULL}, 4097},
    {{"pages_and_some", NULL}, 0x3452},
};

START_TEST(odd_size_of_the_page_file)
{
    DWORD size = odd_rows[_i].size, pages = (size + page_size() - 1) / page_size() * page_size();

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, NULL);

    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_number(region_at(view).RegionSize, pages);
    expect_fault(try_write(view + pages - 1, 'x'), 0);
}
END_TEST
COVERS_ROWS(odd_size_of_the_page_file, odd_rows, "mapping.create.size.odd");

START_TEST(odd_size_of_a_file)
{
    HANDLE file = create_file(scratch_path(L"data"), odd_rows[_i].size);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, odd_rows[_i].size + 7, NULL);

    expect_handle(mapping);
    expect_number(size_of_file(file), odd_rows[_i].size + 7);
    expect_pattern(map_view(mapping, FILE_MAP_READ), odd_rows[_i].size, 0);
}
END_TEST
COVERS_ROWS(odd_size_of_a_file, odd_rows, "mapping.create.size.odd_file");

/* ---- Sizes of more than 32 bits ------------------------------------------------------------- */

START_TEST(high_half_counts_for_a_file)
{
    HANDLE file = create_sparse_file();
    uint64_t size = 5 * GIB + 0x10003;

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, high(size), low(size), NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    expect_number(size_of_file(file), size);
    char *end = MapViewOfFile(mapping, READ_WRITE, 1, 0x40010000, 0);
    expect_not_null(end);
    end[2] = 'x';
    char last[3];
    OVERLAPPED from = {.Offset = 0x40010000, .OffsetHigh = 1};
    DWORD got;
    require(UnmapViewOfFile(end));
    require(ReadFile(file, last, 3, &got, &from) && got == 3);
    expect_bytes(last, ((char[]){0, 0, 'x'}), 3);
}
END_TEST
COVERS(high_half_counts_for_a_file, "mapping.create.size.high_dword");

START_TEST(five_gib_of_a_file_are_mapped_for_reading)
{
    HANDLE file = create_sparse_file();
    uint64_t size = 5 * GIB;
    set_size(file, size);
    OVERLAPPED to = {.Offset = 0x3FFF0000, .OffsetHigh = 1};
    require(WriteFile(file, "at 5 GiB - 64 KiB", 17, &(DWORD){0}, &to));

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);

    expect_handle(mapping);
    const char *view = MapViewOfFile(mapping, FILE_MAP_READ, 1, 0x3FFF0000, 0x10000);
    expect_not_null(view);
    expect_bytes(view, "at 5 GiB - 64 KiB", 17);
    expect_failed_somehow(MapViewOfFile(mapping, FILE_MAP_READ, 1, 0x3FFF0000, 0x10001) != NULL);
    expect_failed_somehow(
        CreateFileMappingW(file, NULL, PAGE_READONLY, high(size + 1), low(size + 1), NULL) != NULL);
}
END_TEST
COVERS(five_gib_of_a_file_are_mapped_for_reading, "mapping.create.size.zero_file_high");

START_TEST(high_half_counts_for_the_page_file)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 1,
                                        0x10000, NULL);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    char *below = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0x10000);
    char *above = MapViewOfFile(mapping, READ_WRITE, 1, 0, 0x10000);
    expect_not_null(below);
    expect_not_null(above);
    require(VirtualAlloc(below, 1, MEM_COMMIT, PAGE_READWRITE) != NULL);
    require(VirtualAlloc(above, 1, MEM_COMMIT, PAGE_READWRITE) != NULL);
    below[0] = 'b';
    above[0] = 'a';
    expect_number(below[0], 'b');
    char *again = MapViewOfFile(mapping, READ_WRITE, 1, 0, 0x10000);
    expect_not_null(again);
    expect_number(again[0], 'a');
}
END_TEST
COVERS(high_half_counts_for_the_page_file, "mapping.create.size.high_dword_pagefile");

START_TEST(more_than_can_be_committed)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_COMMIT,
                                        0x3FFFFFFF, 0xFFFFF000, NULL);

    expect_failed_somehow(mapping);
    expect_handle(page_file_mapping(PAGE_READWRITE | SEC_COMMIT, page_size()));
}
END_TEST
COVERS(more_than_can_be_committed, "mapping.create.size.too_big_commit");

START_TEST(more_can_be_reserved_than_committed)
{
    MEMORYSTATUSEX memory = {.dwLength = sizeof(memory)};
    require(GlobalMemoryStatusEx(&memory));
    uint64_t size = memory.ullTotalPageFile + GIB;

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE,
                                        high(size), low(size), NULL);

    expect_handle(mapping);
    expect_not_null(MapViewOfFile(mapping, READ_WRITE, high(size - GIB),
                                  low(size - GIB) / granularity() * granularity(), 0x10000));
}
END_TEST
COVERS(more_can_be_reserved_than_committed, "mapping.create.size.reserve_beyond_commit");
