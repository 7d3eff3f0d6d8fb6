/* Where MapViewOfFile puts a view, and which part of the object it shows. */
#include "mapping.h"

START_TEST(view_starts_at_a_multiple_of_the_granularity)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);

    expect_not_null(view);
    expect_number((UINT_PTR)view % granularity(), 0);
    expect_pointer(region_at(view).AllocationBase, view);
}
END_TEST
COVERS(view_starts_at_a_multiple_of_the_granularity, "mapping.view.ret.base",
       "mapping.view.ret.aligned");

START_TEST(offset_chooses_the_first_byte)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * granularity() + page_size());
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 2 * granularity(), page_size());

    expect_not_null(view);
    expect_pattern(view, page_size(), 2 * granularity());
}
END_TEST
COVERS(offset_chooses_the_first_byte, "mapping.view.offset.aligned_ok");

static const struct {
    struct row row;
    DWORD offset;
} misaligned_rows[] = {
    {{"one_byte", "mapping.view.offset.unaligned_fails"}, 1},
    {{"one_page", "mapping.view.offset.page_aligned_fails"}, 0x1000},
};

START_TEST(offset_must_be_a_multiple_of_the_granularity)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * granularity());

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, misaligned_rows[_i].offset, 1);

    expect_null(view, ERROR_MAPPED_ALIGNMENT);

    /* At a multiple the same call is right. */
    view = MapViewOfFile(mapping, FILE_MAP_READ, 0, granularity(), 1);
    expect_not_null(view);
}
END_TEST
COVERS_ROWS(offset_must_be_a_multiple_of_the_granularity, misaligned_rows,
            "mapping.view.offset.error_text");

START_TEST(offset_must_be_inside_the_object)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, granularity(), 1);

    expect_failed_somehow(view);

    /* In an object of one byte more the same call is right. */
    mapping = page_file_mapping(PAGE_READWRITE, granularity() + 1);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, granularity(), 1));
}
END_TEST
COVERS(offset_must_be_inside_the_object, "mapping.view.offset.beyond_object");

START_TEST(size_zero_extends_to_the_end_of_the_object)
{
    DWORD size = granularity() + page_size() + 0x123;
    HANDLE mapping = file_mapping(create_file(scratch_path(L"data"), size), PAGE_READONLY);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, granularity(), 0);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, 2 * page_size());
    expect_pattern(view, page_size() + 0x123, granularity());
}
END_TEST
COVERS(size_zero_extends_to_the_end_of_the_object, "mapping.view.size.zero",
       "mapping.view.size.zero_odd");

START_TEST(size_limits_the_view_to_whole_pages)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 4 * page_size());

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size() + 1);

    expect_not_null(view);
    expect_number(region_at(view).RegionSize, 2 * page_size());
}
END_TEST
COVERS(size_limits_the_view_to_whole_pages, "mapping.view.size.partial");

START_TEST(view_may_be_as_large_as_the_object)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size() + 0x123);
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size() + 0x123);

    expect_not_null(view);
    expect_pattern(view, page_size() + 0x123, 0);
}
END_TEST
COVERS(view_may_be_as_large_as_the_object, "mapping.view.size.full");

START_TEST(view_one_byte_larger_than_the_object_is_refused)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size() + 0x123);
    HANDLE mapping = file_mapping(file, PAGE_READONLY);

    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size() + 0x124);

    expect_null(view, ERROR_ACCESS_DENIED);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, page_size() + 0x123));
}
END_TEST
COVERS(view_one_byte_larger_than_the_object_is_refused, "mapping.view.size.too_big_one_byte");

START_TEST(views_of_one_object_show_the_same_data)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *first = map_view(mapping, READ_WRITE);

    char *second = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);

    expect_not_null(second);
    expect_true(second != first);
    first[0] = 'a';
    expect_number(second[0], 'a');
    second[1] = 'b';
    expect_number(first[1], 'b');
}
END_TEST
COVERS(views_of_one_object_show_the_same_data, "mapping.view.multiple_views",
       "mapping.coherence.same_object_same_process");

START_TEST(views_of_two_objects_of_one_file_show_the_same_data)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE first_file = create_file(path, page_size());
    HANDLE second_file = open_file(path, GENERIC_READ | GENERIC_WRITE);
    char *first = map_view(file_mapping(first_file, PAGE_READWRITE), READ_WRITE);

    char *second = MapViewOfFile(file_mapping(second_file, PAGE_READWRITE), READ_WRITE, 0, 0, 0);

    expect_not_null(second);
    first[0] = '!';
    expect_number(second[0], '!');
    second[1] = '?';
    expect_number(first[1], '?');
}
END_TEST
COVERS(views_of_two_objects_of_one_file_show_the_same_data,
       "mapping.coherence.separate_objects_same_file");

START_TEST(handle_of_a_file_is_no_mapping)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());

    void *view = MapViewOfFile(file, FILE_MAP_READ, 0, 0, 0);

    expect_null(view, ERROR_INVALID_HANDLE);
    expect_not_null(MapViewOfFile(file_mapping(file, PAGE_READONLY), FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS(handle_of_a_file_is_no_mapping, "mapping.view.wrong_type_handle");

static const struct {
    struct row row;
    enum { NULL_HANDLE, EVENT, CLOSED } kind;
} no_mapping_rows[] = {
    {{"null", NULL}, NULL_HANDLE},
    {{"event", NULL}, EVENT},
    {{"closed", NULL}, CLOSED},
};

START_TEST(no_mapping_no_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    void *view = NULL;
    DWORD error = 0;

    for (int tries = 0; tries < CLOSED_HANDLES && error != ERROR_INVALID_HANDLE; tries++) {
        HANDLE handle = no_mapping_rows[_i].kind == NULL_HANDLE ? NULL
                        : no_mapping_rows[_i].kind == EVENT
                            ? CreateEventW(NULL, TRUE, FALSE, NULL)
                            : closed(page_file_mapping(PAGE_READWRITE, page_size()));
        view = MapViewOfFile(handle, FILE_MAP_READ, 0, 0, 0);
        error = GetLastError();
    }

    expect_pointer(view, NULL);
    expect_error(error, ERROR_INVALID_HANDLE);
    expect_not_null(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
}
END_TEST
COVERS_ROWS(no_mapping_no_view, no_mapping_rows, "mapping.view.no_mapping");
