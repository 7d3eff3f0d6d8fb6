/* How long an object and its name live: handles, views and processes that keep them. */
#include "mapping.h"

START_TEST(view_outlives_the_mapping_and_the_file_handle)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = map_view(mapping, READ_WRITE);

    BOOL mapping_closed = CloseHandle(mapping);
    expect_succeeded(mapping_closed);
    BOOL file_closed = CloseHandle(file);
    expect_succeeded(file_closed);

    expect_fault(try_read(view), 0);
    expect_pattern(view, page_size(), 0);
    expect_fault(try_write(view, '!'), 0);
}
END_TEST
COVERS(view_outlives_the_mapping_and_the_file_handle, "mapping.lifetime.view_outlives_handle",
       "mapping.lifetime.close_file_too");

START_TEST(views_still_share_when_all_handles_are_closed)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *first = map_view(mapping, READ_WRITE);
    char *second = map_view(mapping, READ_WRITE);

    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    expect_fault(try_write(first, 'x'), 0);
    expect_fault(try_read(second), 0);
    expect_number(second[0], 'x');
}
END_TEST
COVERS(views_still_share_when_all_handles_are_closed, "mapping.lifetime.view_outlives_handle");

START_TEST(mapping_outlives_the_file_handle)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);

    BOOL closed = CloseHandle(file);

    expect_succeeded(closed);
    void *view = MapViewOfFile(mapping, READ_WRITE, 0, 0, 0);
    expect_not_null(view);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(mapping_outlives_the_file_handle, "mapping.create.hfile.close_after_create");

static void expect_is_gone(const WCHAR *name, const void *view)
{
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    expect_null(mapping, ERROR_FILE_NOT_FOUND);
    expect_flags(region_at(view).State, MEM_FREE, MEM_NAMES);
}

START_TEST(unmap_and_close_in_this_order)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    char *view = map_view_apart(mapping, READ_WRITE);
    view[0] = 'x';

    BOOL unmapped = UnmapViewOfFile(view);
    expect_succeeded(unmapped);
    char *again = map_view(mapping, FILE_MAP_READ);
    expect_number(again[0], 'x'); /* the object is still there */
    unmap_view(again);
    BOOL closed = CloseHandle(mapping);
    expect_succeeded(closed);
    expect_is_gone(name, view);
}
END_TEST
COVERS(unmap_and_close_in_this_order, "mapping.lifetime.any_order");

START_TEST(close_and_unmap_in_this_order)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    char *view = map_view_apart(mapping, READ_WRITE);
    view[0] = 'x';

    BOOL closed = CloseHandle(mapping);
    expect_succeeded(closed);
    expect_fault(try_read(view), 0);
    expect_number(view[0], 'x'); /* the view is still there */
    BOOL unmapped = UnmapViewOfFile(view);
    expect_succeeded(unmapped);
    expect_is_gone(name, view);
}
END_TEST
COVERS(close_and_unmap_in_this_order, "mapping.lifetime.any_order");

START_TEST(name_goes_with_the_last_handle_and_view)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    unmap_view(map_view(mapping, READ_WRITE));
    close_handle(&mapping);

    mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);

    expect_null(mapping, ERROR_FILE_NOT_FOUND);
}
END_TEST
COVERS(name_goes_with_the_last_handle_and_view, "mapping.open.closed");

/* The object lives on in its view, says one page; a name is found while a handle is open, says
 * another. Windows goes by the handle. */
START_TEST(name_when_only_a_view_is_left)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE mapping = named_mapping(name, page_size());
    char *view = map_view(mapping, READ_WRITE);
    close_handle(&mapping);

    mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    DWORD error = GetLastError();

    record("name", "%s", mapping ? "found" : "gone");
    if (mapping == NULL)
        expect_error(error, ERROR_FILE_NOT_FOUND);
    expect_fault(try_write(view, 'x'), 0);
}
END_TEST
COVERS(name_when_only_a_view_is_left, "mapping.lifetime.name_dies_with_last_handle");

START_TEST(name_stays_with_the_second_handle)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE creators = named_mapping(name, page_size());
    HANDLE openers = OpenFileMappingW(READ_WRITE, FALSE, name);
    require(openers != NULL);

    BOOL closed = CloseHandle(creators);

    expect_succeeded(closed);
    expect_not_null(MapViewOfFile(openers, READ_WRITE, 0, 0, 0));
    expect_handle(OpenFileMappingW(READ_WRITE, FALSE, name));
}
END_TEST
COVERS(name_stays_with_the_second_handle, "mapping.lifetime.two_handles");

PEER(create_write_and_exit)
{
    HANDLE mapping = named_mapping(peer_text(0), page_size());
    checkpoint_reach("created");
    checkpoint_wait("opened");
    char *view = map_view(mapping, READ_WRITE);
    memcpy(view, "left behind", 11);
}

START_TEST(object_outlives_the_process_that_created_it)
{
    const WCHAR *name = unique_name(L"Local\\");
    struct peer *creator = peer_start(create_write_and_exit, given_text(name));
    checkpoint_wait("created");

    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);

    expect_handle(mapping);
    checkpoint_reach("opened");
    peer_join(creator);
    void *view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(view);
    expect_bytes(view, "left behind", 11);
}
END_TEST
COVERS(object_outlives_the_process_that_created_it, "mapping.lifetime.creator_exits");
