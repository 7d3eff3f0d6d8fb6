/* What goes on when handles are closed and views are unmapped: parts of objects, the last of many
 * handles, MapViewOfFile3 and PrefetchVirtualMemory. */
#include "mapping.h"

#include <stdlib.h>

static const struct kind {
    struct row row;
    bool file;
} kinds[] = {{{"of_a_file", NULL}, true}, {{"of_the_page_file", NULL}, false}};

/* One and a half granule of it from the second on. */
START_TEST(part_alone)
{
    DWORD granule = granularity(), size = 2 * granule + page_size() + 9;
    HANDLE file = kinds[_i].file ? create_file(scratch_path(L"data"), size) : NULL;
    HANDLE mapping =
        CreateFileMappingW(file ? file : INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, size, NULL);
    require(mapping != NULL);
    pattern_fill(map_view(mapping, READ_WRITE), size, 0);
    char *part = MapViewOfFile(mapping, READ_WRITE, 0, granule, granule + page_size() + 9);
    char *other = MapViewOfFile(mapping, FILE_MAP_READ, 0, 2 * granule, 0);
    require(part != NULL && other != NULL);
    if (file)
        close_handle(&file);

    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    expect_number(region_at(part).RegionSize, granule + 2 * page_size());
    expect_pattern(part, granule + page_size() + 9, granule);
    part[granule + page_size() + 8] = 'p';
    expect_number(other[page_size() + 8], 'p');
    expect_succeeded(UnmapViewOfFile(part));
    expect_number(other[page_size() + 8], 'p');
}
END_TEST
COVERS_ROWS(part_alone, kinds, "mapping.lifetime.alone.part");

#define HANDLES 1000

START_TEST(last_of_many_handles)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size()), self = GetCurrentProcess();
    HANDLE *handles = calloc(HANDLES, sizeof(*handles));
    require(handles != NULL);
    char *view = map_view(mapping, READ_WRITE);
    view[0] = 'x';
    unmap_view(view);
    for (int i = 0; i < HANDLES; i++)
        require(DuplicateHandle(self, mapping, self, &handles[i], 0, FALSE, DUPLICATE_SAME_ACCESS));

    for (int i = 1; i < HANDLES; i++)
        expect_succeeded(CloseHandle(handles[i]));
    expect_succeeded(CloseHandle(mapping));

    mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    expect_handle(mapping);
    expect_number(*(char *)map_view(mapping, FILE_MAP_READ), 'x');
}
END_TEST
COVERS(last_of_many_handles, "mapping.lifetime.last_of_many");

START_TEST(view3_alone)
{
    optional_api(MapViewOfFile3);
    HANDLE file = kinds[_i].file ? create_file(scratch_path(L"data"), 2 * page_size()) : NULL;
    HANDLE mapping = CreateFileMappingW(file ? file : INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                        2 * page_size(), NULL);
    require(mapping != NULL);
    char *other = map_view(mapping, READ_WRITE);
    char *view =
        MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 0, 0, PAGE_READWRITE, NULL, 0);
    require(view != NULL);
    if (file)
        close_handle(&file);

    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    expect_fault(try_write(view + page_size(), 'x'), 0);
    expect_number(other[page_size()], 'x');
    expect_succeeded(UnmapViewOfFile(view));
    expect_number(other[page_size()], 'x');
}
END_TEST
COVERS_ROWS(view3_alone, kinds, "mapping.view3.alone");

/* The page promises a view that is reserved; whether it may be larger than the object it leaves
 * open. Databases map a file that is to grow so. */
START_TEST(reserved_view_larger_than_its_file)
{
    optional_api(MapViewOfFile3);
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    char *view = MapViewOfFile3(mapping, GetCurrentProcess(), NULL, 0, 16 * page_size(),
                                MEM_RESERVE, PAGE_READWRITE, NULL, 0);

    DWORD error = GetLastError();
    char text[80];
    record("view", "%s", view ? "mapped" : error_text(error, text, sizeof(text)));
    if (view != NULL)
        expect_pattern(view, page_size(), 0);
    expect_number(size_of_file(file), page_size());
}
END_TEST
COVERS(reserved_view_larger_than_its_file, "mapping.view3.reserve_beyond_object");

START_TEST(prefetch_where_a_view_was)
{
    optional_api(PrefetchVirtualMemory);
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    unmap_view(view);
    WIN32_MEMORY_RANGE_ENTRY range = {view, page_size()};

    BOOL done = PrefetchVirtualMemory(GetCurrentProcess(), 1, &range, 0);

    DWORD error = GetLastError();
    char text[80];
    record("prefetching", "%s", done ? "done" : error_text(error, text, sizeof(text)));
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
}
END_TEST
COVERS(prefetch_where_a_view_was, "mapping.prefetch.unmapped");

/* ---- Files that are mapped again ------------------------------------------------------------ */

static const struct {
    struct row row;
    bool another_handle, whole;
} writer_rows[] = {
    {{"through_the_handle", NULL}, false, true},
    {{"through_another_handle", NULL}, true, true},
    {{"in_part", NULL}, true, false},
};

/* The file was mapped, and read through the view, before it was written to. */
START_TEST(file_written_since_is_mapped)
{
    const WCHAR *path = scratch_path(L"data");
    DWORD size = 2 * page_size(), count = writer_rows[_i].whole ? size : 5, from = size - count;
    HANDLE file = create_file(path, size), mapping = file_mapping(file, PAGE_READONLY);
    char *view = map_view(mapping, FILE_MAP_READ), bytes[0x2000];
    expect_pattern(view, size, 0);
    unmap_view(view);
    close_handle(&mapping);
    require(size <= sizeof(bytes));
    memset(bytes, 'w', count);
    OVERLAPPED place = {.Offset = from};
    HANDLE writer = writer_rows[_i].another_handle ? open_file(path, GENERIC_WRITE) : file;
    require(WriteFile(writer, bytes, count, &count, &place));

    mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);

    expect_handle(mapping);
    view = map_view(mapping, FILE_MAP_READ);
    expect_filled(view + from, 'w', count);
    expect_pattern(view, from, 0);
}
END_TEST
COVERS_ROWS(file_written_since_is_mapped, writer_rows, "mapping.create.create.written_since");

#define ROUNDS 25

START_TEST(file_is_mapped_again_and_again)
{
    const WCHAR *path = scratch_path(L"counter");
    HANDLE file = create_file(path, 0);
    HANDLE extended = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 3 * page_size(), NULL);
    require(extended != NULL);
    close_handle(&extended);
    close_handle(&file);

    for (int i = 0; i < ROUNDS; i++) {
        file = open_file(path, GENERIC_READ | GENERIC_WRITE);
        HANDLE mapping = file_mapping(file, PAGE_READWRITE);
        char *view = map_view(mapping, READ_WRITE);
        for (int page = 0; page < 3; page++)
            expect_number(view[page * (int)page_size()]++, i);
        close_handle(&file);
        close_handle(&mapping);
        expect_succeeded(UnmapViewOfFile(view));
    }

    char byte;
    file = open_file(path, GENERIC_READ);
    read_file(file, 2 * page_size(), &byte, 1);
    expect_number(byte, ROUNDS);
}
END_TEST
COVERS(file_is_mapped_again_and_again, "mapping.lifetime.mapped_again");
