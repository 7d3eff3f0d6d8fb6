/* Views as the buffers of ReadFile and WriteFile: the system reads and writes them as a process
 * does. */
#include "mapping.h"

#define SOME 64 /* bytes, half of them in one page and half in the next */

static const struct {
    struct row row;
    bool pipe;
} source_rows[] = {{{"from_a_file", NULL}, false}, {{"from_a_pipe", NULL}, true}};

/* A file or a pipe to read the first SOME bytes of the pattern from. */
static HANDLE source_of_bytes(bool pipe)
{
    if (!pipe) {
        create_file(scratch_path(L"source"), SOME);
        return open_file(scratch_path(L"source"), GENERIC_READ);
    }
    HANDLE from, to;
    char bytes[SOME];
    DWORD written;
    pattern_fill(bytes, SOME, 0);
    require(CreatePipe(&from, &to, NULL, SOME));
    require(WriteFile(to, bytes, SOME, &written, NULL) && written == SOME);
    return from;
}

START_TEST(read_into_a_view_shows_in_the_others)
{
    HANDLE source = source_of_bytes(source_rows[_i].pipe);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE), *other = map_view(mapping, FILE_MAP_READ);
    DWORD got = 0, place = page_size() - SOME / 2;

    BOOL read = ReadFile(source, view + place, SOME, &got, NULL);

    expect_succeeded(read);
    expect_number(got, SOME);
    expect_pattern(other + place, SOME, 0);
    expect_filled(other, 0, place);
    expect_filled(other + place + SOME, 0, 2 * page_size() - place - SOME);
}
END_TEST
COVERS_ROWS(read_into_a_view_shows_in_the_others, source_rows, "mapping.buffer.read_into_view");

START_TEST(read_into_a_copy_is_private)
{
    HANDLE source = source_of_bytes(source_rows[_i].pipe);
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *shared = map_view(mapping, READ_WRITE), *copy = map_view(mapping, FILE_MAP_COPY);
    DWORD got = 0, place = page_size() - SOME / 2;

    BOOL read = ReadFile(source, copy + place, SOME, &got, NULL);

    expect_succeeded(read);
    expect_number(got, SOME);
    expect_pattern(copy + place, SOME, 0);
    expect_pattern(copy, place, 0);
    expect_pattern(shared, 2 * page_size(), 0);
    char bytes[SOME];
    read_file(file, place, bytes, SOME);
    expect_pattern(bytes, SOME, place);
}
END_TEST
COVERS_ROWS(read_into_a_copy_is_private, source_rows, "mapping.buffer.read_into_copy");

START_TEST(read_into_a_view_for_reading_is_refused)
{
    HANDLE source = source_of_bytes(source_rows[_i].pipe);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, FILE_MAP_READ);
    DWORD got;

    BOOL read = ReadFile(source, view, SOME, &got, NULL);

    expect_failed_somehow(read);
    expect_filled(view, 0, page_size());

    /* Into a view for writing the same call is right. */
    source = source_of_bytes(true);
    read = ReadFile(source, map_view(mapping, READ_WRITE), SOME, &got, NULL);
    expect_succeeded(read);
    expect_pattern(view, SOME, 0);
}
END_TEST
COVERS_ROWS(read_into_a_view_for_reading_is_refused, source_rows,
            "mapping.buffer.read_into_readonly");

START_TEST(inaccessible_page_cannot_be_written_to_a_file)
{
    HANDLE file = create_file(scratch_path(L"data"), 0);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    pattern_fill(view, 2 * page_size(), 0);
    DWORD old, written;
    require(VirtualProtect(view, page_size(), PAGE_NOACCESS, &old));

    BOOL done = WriteFile(file, view, SOME, &written, NULL);

    expect_failed_somehow(done);
    expect_number(size_of_file(file), 0);

    /* From the page behind it the same call is right. */
    done = WriteFile(file, view + page_size(), SOME, &written, NULL);
    expect_succeeded(done);
    expect_number(size_of_file(file), SOME);
}
END_TEST
COVERS(inaccessible_page_cannot_be_written_to_a_file, "mapping.buffer.write_from_noaccess");

static const struct {
    struct row row;
    bool pipe;
} sink_rows[] = {{{"to_a_file", NULL}, false}, {{"to_a_pipe", NULL}, true}};

START_TEST(write_from_a_copy_is_of_what_it_shows)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    memset(map_view(mapping, READ_WRITE), 's', 2 * page_size());
    char *copy = map_view(mapping, FILE_MAP_COPY), bytes[SOME], expected[SOME];
    DWORD written = 0, got = 0, place = page_size() - SOME / 2;
    memset(copy + place, 'p', 8); /* in the first page alone */
    memset(expected, 's', SOME);
    memset(expected, 'p', 8);
    HANDLE from = NULL, to = create_file(scratch_path(L"data"), 0);
    if (sink_rows[_i].pipe)
        require(CreatePipe(&from, &to, NULL, SOME));

    BOOL done = WriteFile(to, copy + place, SOME, &written, NULL);

    expect_succeeded(done);
    expect_number(written, SOME);
    if (sink_rows[_i].pipe)
        require(ReadFile(from, bytes, SOME, &got, NULL) && got == SOME);
    else
        read_file(to, 0, bytes, SOME);
    expect_bytes(bytes, expected, SOME);
}
END_TEST
COVERS_ROWS(write_from_a_copy_is_of_what_it_shows, sink_rows, "mapping.buffer.write_from_copy");
