/* Lifetimes: an object of a file by name, and views and handles that go in every order. */
#include "mapping.h"

/* One page says that a view keeps the object, another that the name is found while a handle is
 * open. */
START_TEST(name_of_an_object_of_a_file_when_only_a_view_is_left)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, name);
    require(mapping != NULL);
    uint8_t *view = map_view(mapping, READ_WRITE);
    close_handle(&mapping);

    mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);

    DWORD error = GetLastError();
    record("name", "%s", mapping ? "found" : "gone");
    if (mapping == NULL)
        expect_error(error, ERROR_FILE_NOT_FOUND);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(name_of_an_object_of_a_file_when_only_a_view_is_left,
       "mapping.lifetime.name_dies_file_backed");

/* Two views, a mapping and a file handle, each of which goes at its place of the row. */
static const struct {
    struct row row;
    const char *order; /* a, b: the views; m: the mapping; f: the file */
} order_rows[] = {
    {{"views_mapping_file", NULL}, "abmf"},     {{"views_file_mapping", NULL}, "bafm"},
    {{"mapping_views_file", NULL}, "mabf"},     {{"file_views_mapping", NULL}, "fabm"},
    {{"mapping_file_views", NULL}, "mfba"},     {{"file_mapping_views", NULL}, "fmab"},
    {{"view_mapping_view_file", NULL}, "ambf"}, {{"view_file_mapping_view", NULL}, "bfma"},
};

START_TEST(what_is_left_works_to_the_end)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    uint8_t *views[2] = {map_view(mapping, READ_WRITE), map_view(mapping, READ_WRITE)};
    uint8_t *last = NULL;

    for (const char *step = order_rows[_i].order; *step; step++) {
        if (*step == 'm') {
            expect_succeeded(CloseHandle(mapping));
        } else if (*step == 'f') {
            expect_succeeded(CloseHandle(file));
        } else {
            uint8_t **view = &views[*step - 'a'];
            (*view)[(unsigned)*step]++; /* both views add to bytes of their own */
            expect_succeeded(UnmapViewOfFile(*view));
            *view = NULL;
        }
        last = views[0] != NULL ? views[0] : views[1];
        if (last != NULL)
            expect_pattern(last, 'a', 0);
    }

    uint8_t bytes['b' + 1], expected['b' + 1];
    pattern_fill(expected, sizeof(expected), 0);
    expected['a']++;
    expected['b']++;
    read_file(open_file(path, GENERIC_READ), 0, bytes, sizeof(bytes));
    expect_bytes(bytes, expected, sizeof(bytes));
    expect_succeeded(DeleteFileW(path));
}
END_TEST
COVERS_ROWS(what_is_left_works_to_the_end, order_rows, "mapping.lifetime.every_order");

PEER(hold_a_view_and_exit)
{
    HANDLE mapping = peer_handle(0);
    char *view = map_view(mapping, READ_WRITE);
    close_handle(&mapping);
    checkpoint_reach("only-a-view");
    checkpoint_wait("first-is-gone");
    memcpy(view, "second", 6);
}

START_TEST(view_of_another_process_keeps_the_data)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = map_view(mapping, READ_WRITE);
    memcpy(view + 6, "first", 5);
    struct peer *peer = peer_start(hold_a_view_and_exit, given_handle(mapping));
    checkpoint_wait("only-a-view");

    expect_succeeded(UnmapViewOfFile(view));
    expect_succeeded(CloseHandle(mapping));
    expect_succeeded(CloseHandle(file));

    checkpoint_reach("first-is-gone");
    peer_join(peer);
    char bytes[11];
    read_file(open_file(path, GENERIC_READ), 0, bytes, 11);
    expect_bytes(bytes, "secondfirst", 11);
}
END_TEST
COVERS(view_of_another_process_keeps_the_data, "mapping.lifetime.exit_updates_file");

static DWORD unmap_it(void *view)
{
    BOOL unmapped = UnmapViewOfFile(view);
    expect_succeeded(unmapped);
    return 0;
}

START_TEST(any_thread_may_unmap)
{
    char *view = map_view_apart(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    thread_join(thread_start(unmap_it, view));

    record("view", "%s", region_at(view).State == MEM_FREE ? "unmapped" : "still there");
}
END_TEST
COVERS(any_thread_may_unmap, "mapping.unmap.other_thread");
