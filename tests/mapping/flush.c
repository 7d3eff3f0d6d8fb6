/* When what was written to a view is in the file: after UnmapViewOfFile, after FlushViewOfFile. */
#include "mapping.h"

START_TEST(unmapped_view_is_in_the_file)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = map_view(mapping, READ_WRITE);
    memcpy(view, "first", 5);
    memcpy(view + 2 * page_size() - 4, "last", 4);

    BOOL unmapped = UnmapViewOfFile(view);

    expect_succeeded(unmapped);
    close_handle(&mapping);
    close_handle(&file);
    char bytes[5];
    file = open_file(path, GENERIC_READ);
    read_file(file, 0, bytes, 5);
    expect_bytes(bytes, "first", 5);
    read_file(file, 2 * page_size() - 4, bytes, 4);
    expect_bytes(bytes, "last", 4);
}
END_TEST
COVERS(unmapped_view_is_in_the_file, "mapping.coherence.after_unmap_readfile",
       "mapping.general.write_back");

START_TEST(flushed_bytes_are_in_the_file)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    memcpy(view, "flushed", 7);

    BOOL flushed = FlushViewOfFile(view, 7);

    expect_succeeded(flushed);
    char bytes[7];
    read_file(file, 0, bytes, 7);
    expect_bytes(bytes, "flushed", 7);
}
END_TEST
COVERS(flushed_bytes_are_in_the_file, "mapping.coherence.after_flush_readfile");

START_TEST(each_flush_writes_what_has_changed)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE), bytes[6];
    memcpy(view, "first", 6);
    require(FlushViewOfFile(view, 6));
    memcpy(view, "again", 6);

    BOOL flushed = FlushViewOfFile(view, 6);

    expect_succeeded(flushed);
    read_file(file, 0, bytes, 6);
    expect_bytes(bytes, "again", 6);
    memcpy(view, "third", 6);
    expect_succeeded(FlushViewOfFile(view, 0));
    read_file(file, 0, bytes, 6);
    expect_bytes(bytes, "third", 6);
}
END_TEST
COVERS(each_flush_writes_what_has_changed, "mapping.flush.again");

PEER(read_what_was_flushed)
{
    HANDLE file = open_file(peer_text(0), GENERIC_READ);
    char bytes[7];
    read_file(file, 0, bytes, 7);
    expect_bytes(bytes, "flushed", 7);
}

START_TEST(flushed_bytes_are_what_another_process_reads)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    memcpy(view, "flushed", 7);

    BOOL flushed = FlushViewOfFile(view, 7);

    expect_succeeded(flushed);
    peer_join(peer_start(read_what_was_flushed, given_text(path)));
}
END_TEST
COVERS(flushed_bytes_are_what_another_process_reads, "mapping.flush.order_cross_process");

START_TEST(flush_takes_any_address_and_size)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    char *middle = view + page_size() + 100;
    memcpy(middle, "flushed", 7);

    BOOL flushed = FlushViewOfFile(middle, 7);

    expect_succeeded(flushed);
    char bytes[7];
    read_file(file, page_size() + 100, bytes, 7);
    expect_bytes(bytes, "flushed", 7);
}
END_TEST
COVERS(flush_takes_any_address_and_size, "mapping.flush.partial");

START_TEST(flush_of_size_zero_reaches_the_end)
{
    HANDLE file = create_file(scratch_path(L"data"), 3 * page_size());
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    memset(view, 'x', 3 * page_size());

    BOOL flushed = FlushViewOfFile(view + page_size(), 0);

    expect_succeeded(flushed);
    char bytes[8];
    read_file(file, page_size(), bytes, 8);
    expect_filled(bytes, 'x', 8);
    read_file(file, 3 * page_size() - 8, bytes, 8);
    expect_filled(bytes, 'x', 8);
}
END_TEST
COVERS(flush_of_size_zero_reaches_the_end, "mapping.flush.size_zero");

START_TEST(flush_of_an_unwritten_view)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    void *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);

    BOOL flushed = FlushViewOfFile(view, 0);

    expect_succeeded(flushed);
}
END_TEST
COVERS(flush_of_an_unwritten_view, "mapping.flush.clean_view");

START_TEST(flush_of_an_unmapped_view_is_refused)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    void *view = map_view_apart(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    require(FlushViewOfFile(view, 0));
    unmap_view(view);

    BOOL flushed = FlushViewOfFile(view, 0);

    expect_failed_somehow(flushed);
}
END_TEST
COVERS(flush_of_an_unmapped_view_is_refused, "mapping.flush.unmapped_address");
