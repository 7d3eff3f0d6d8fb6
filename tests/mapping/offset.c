/* Views of large objects and files: offsets beyond 4 GiB, windows that move, the last page. */
#include "mapping.h"

#include <winioctl.h>

/* A file whose bytes are nearly all of them no more than promised. */
static HANDLE sparse_file(uint64_t size)
{
    HANDLE file = create_file(scratch_path(L"sparse"), 0);
    DWORD got;
    DeviceIoControl(file, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &got, NULL); /* where there is such */
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = (LONGLONG)size}, NULL, FILE_BEGIN));
    require(SetEndOfFile(file));
    return file;
}

static void write_at(HANDLE file, uint64_t offset, const char *text)
{
    OVERLAPPED at = {.Offset = (DWORD)offset, .OffsetHigh = (DWORD)(offset >> 32)};
    DWORD done;
    require(WriteFile(file, text, (DWORD)strlen(text), &done, &at));
}

#define FOUR_GIB ((uint64_t)1 << 32)

START_TEST(high_half_of_the_offset_counts)
{
    HANDLE file = sparse_file(FOUR_GIB + 0x30000);
    write_at(file, 0x10000, "low");
    write_at(file, FOUR_GIB + 0x10000, "high");
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    char *view = MapViewOfFile(mapping, READ_WRITE, 1, 0x10000, page_size());

    expect_not_null(view);
    expect_bytes(view, "high", 5);
    memcpy(view, "above", 5);
    expect_succeeded(FlushViewOfFile(view, 5));
    expect_bytes(map_view(mapping, FILE_MAP_READ) ? "ok" : "", "ok", 2);
    char *low = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0x10000, page_size());
    expect_not_null(low);
    expect_bytes(low, "low", 4);
    OVERLAPPED from = {.Offset = 0x10000, .OffsetHigh = 1};
    char bytes[5];
    require(ReadFile(file, bytes, 5, &(DWORD){0}, &from));
    expect_bytes(bytes, "above", 5);
}
END_TEST
COVERS(high_half_of_the_offset_counts, "mapping.view.offset.high");

START_TEST(view_at_a_high_offset_ends_with_the_object)
{
    HANDLE file = sparse_file(FOUR_GIB + 0x11001);
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 1, 0x10000, 0);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, 2 * page_size());
    expect_filled(view, 0, 0x1001);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 1, 0x10000, 0x1002), ERROR_ACCESS_DENIED);
    expect_null(MapViewOfFile(mapping, FILE_MAP_READ, 2, 0x10000, 1), ERROR_ACCESS_DENIED,
                ERROR_INVALID_PARAMETER);
}
END_TEST
COVERS(view_at_a_high_offset_ends_with_the_object, "mapping.view.offset.high_end");

START_TEST(hole_of_a_sparse_file_reads_as_zeros)
{
    HANDLE file = sparse_file(16 << 20);
    write_at(file, 0, "first");
    write_at(file, (16 << 20) - 4, "last");

    char *view = MapViewOfFile(file_mapping(file, PAGE_READONLY), FILE_MAP_READ, 0, 0, 0);

    expect_not_null(view);
    expect_bytes(view, "first", 5);
    expect_filled(view + page_size(), 0, page_size());
    expect_filled(view + (8 << 20), 0, page_size());
    expect_bytes(view + (16 << 20) - 4, "last", 4);
}
END_TEST
COVERS(hole_of_a_sparse_file_reads_as_zeros, "mapping.view.sparse");

START_TEST(window_moves_over_a_file)
{
    DWORD window = granularity(), count = 16;
    HANDLE mapping =
        file_mapping(create_file(scratch_path(L"data"), count * window), PAGE_READONLY);

    for (DWORD i = 0; i < count; i++) {
        DWORD place = (i * 7) % count * window;
        void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, place, window);
        expect_not_null(view);
        expect_pattern(view, window, place);
        expect_succeeded(UnmapViewOfFile(view));
    }
}
END_TEST
COVERS(window_moves_over_a_file, "mapping.general.move_window");

START_TEST(overlapping_views_show_the_same_bytes)
{
    HANDLE file = create_file(scratch_path(L"data"), 3 * granularity());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    uint8_t *all = map_view(mapping, READ_WRITE);

    uint8_t *part = MapViewOfFile(mapping, READ_WRITE, 0, granularity(), granularity() + 10);

    expect_not_null(part);
    expect_bytes(part, all + granularity(), granularity() + 10);
    part[0] ^= 0xFF;
    all[2 * granularity()] ^= 0xFF;
    expect_bytes(part, all + granularity(), granularity() + 10);
    expect_pattern(all, granularity(), 0);
    expect_pattern(part + 1, granularity() - 1, granularity() + 1);
}
END_TEST
COVERS(overlapping_views_show_the_same_bytes, "mapping.coherence.offset_overlap");

/* The pages say nothing of the bytes between the end of a file and the end of its last page. */
START_TEST(rest_of_the_last_page)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 100);
    uint8_t *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    expect_pattern(view, 100, 0);
    bool zeros = true;
    for (DWORD i = 100; i < page_size(); i++)
        zeros = zeros && view[i] == 0;
    view[100] = 'x';

    BOOL flushed = FlushViewOfFile(view, 0);

    expect_succeeded(flushed);
    record("rest", "%s", zeros ? "zeros" : "something");
    record("size of the file", "%llu", (unsigned long long)size_of_file(file));
}
END_TEST
COVERS(rest_of_the_last_page, "mapping.view.tail_of_last_page");
