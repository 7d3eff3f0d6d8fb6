/* FlushViewOfFile and FlushFileBuffers on mapped files, and writers that are killed. */
#include "mapping.h"

START_TEST(flush_of_a_view_of_the_page_file)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';

    BOOL flushed = FlushViewOfFile(view, 0);

    DWORD error = GetLastError();
    if (flushed)
        record("flush", "succeeded");
    else
        record("flush", "failed with error %lu", error);
    expect_number(view[0], 'x');
}
END_TEST
COVERS(flush_of_a_view_of_the_page_file, "mapping.flush.pagefile");

START_TEST(flush_beyond_the_view)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);

    BOOL flushed = FlushViewOfFile(view, page_size() + granularity());

    DWORD error = GetLastError();
    if (flushed)
        record("flush", "succeeded");
    else
        record("flush", "failed with error %lu", error);
}
END_TEST
COVERS(flush_beyond_the_view, "mapping.flush.beyond_view");

START_TEST(flush_then_file_buffers)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    memcpy(view, "durable", 7);

    BOOL flushed = FlushViewOfFile(view, 0);
    expect_succeeded(flushed);
    BOOL on_disk = FlushFileBuffers(file);
    expect_succeeded(on_disk);

    char bytes[7];
    read_file(open_file(path, GENERIC_READ), 0, bytes, 7);
    expect_bytes(bytes, "durable", 7);
}
END_TEST
COVERS(flush_then_file_buffers, "mapping.flush.then_ffb", "mapping.flush_file.mapped");

START_TEST(flush_of_a_view_for_reading)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *written = map_view(mapping, READ_WRITE);
    void *view = map_view(mapping, FILE_MAP_READ);
    memcpy(written, "by the other", 12);

    BOOL flushed = FlushViewOfFile(view, 0);

    expect_succeeded(flushed);
    char bytes[12];
    expect_succeeded(FlushViewOfFile(written, 0));
    read_file(file, 0, bytes, 12);
    expect_bytes(bytes, "by the other", 12);
}
END_TEST
COVERS(flush_of_a_view_for_reading, "mapping.flush.readonly_view");

START_TEST(flush_at_an_offset_reaches_that_part)
{
    HANDLE file = create_file(scratch_path(L"data"), 3 * granularity());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = MapViewOfFile(mapping, READ_WRITE, 0, granularity(), granularity());
    require(view != NULL);
    memcpy(view + page_size() + 3, "here", 4);

    BOOL flushed = FlushViewOfFile(view + page_size() + 3, 4);

    expect_succeeded(flushed);
    char bytes[4];
    read_file(file, granularity() + page_size() + 3, bytes, 4);
    expect_bytes(bytes, "here", 4);
    read_file(file, page_size() + 3, bytes, 4);
    expect_pattern(bytes, 4, page_size() + 3);
}
END_TEST
COVERS(flush_at_an_offset_reaches_that_part, "mapping.flush.view_at_offset");

PEER(write_and_be_killed)
{
    char *view = map_view(peer_handle(0), READ_WRITE);
    memcpy(view, "last words", 10);
    memcpy(view + 2 * page_size() - 4, "end", 4);
    if (peer_number(0))
        require(FlushViewOfFile(view, 0));
    checkpoint_reach("written");
    checkpoint_wait("never");
}

static const struct {
    struct row row;
    bool flush;
} killed_rows[] = {
    {{"without_flush", "mapping.lifetime.terminate_file_data"}, false},
    {{"after_flush", "mapping.flush.survives_kill"}, true},
};

START_TEST(file_holds_what_a_killed_process_wrote)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    struct peer *writer =
        peer_start(write_and_be_killed, given_handle(mapping), given_number(killed_rows[_i].flush));
    checkpoint_wait("written");
    close_handle(&mapping);
    close_handle(&file);

    peer_kill(writer);

    char bytes[10];
    file = open_file(path, GENERIC_READ);
    read_file(file, 0, bytes, 10);
    expect_bytes(bytes, "last words", 10);
    read_file(file, 2 * page_size() - 4, bytes, 4);
    expect_bytes(bytes, "end", 4);
}
END_TEST
COVERS_ROWS(file_holds_what_a_killed_process_wrote, killed_rows);
