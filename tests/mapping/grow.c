/* Files that grow while they are mapped: CreateFileMappingW with a size beyond their end. */
#include "mapping.h"

PEER(hold_a_view)
{
    char *view = map_view(peer_handle(0), READ_WRITE);
    checkpoint_reach("mapped");
    checkpoint_wait("grown");
    expect_pattern(view, page_size(), 0);
    view[1] = 'p';
    checkpoint_reach("written");
    checkpoint_wait("read");
}

static const struct {
    struct row row;
    DWORD more; /* behind the first granule */
} sizes[] = {{{"by_one_byte", NULL}, 1}, {{"by_granules", NULL}, 0x20000}};

START_TEST(mapped_file_is_extended)
{
    DWORD size = granularity(), new_size = size + sizes[_i].more;
    HANDLE file = create_file(scratch_path(L"data"), size);
    char *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);

    HANDLE larger = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, new_size, NULL);

    expect_handle(larger);
    expect_number(size_of_file(file), new_size);
    expect_pattern(view, size, 0);
    char *all = map_view(larger, READ_WRITE);
    view[5] = 'v';
    expect_number(all[5], 'v');
    all[6] = 'a';
    expect_number(view[6], 'a');
    expect_fault(try_write(all + new_size - 1, 'x'), 0);
}
END_TEST
COVERS_ROWS(mapped_file_is_extended, sizes, "mapping.create.size.grow_mapped");

START_TEST(file_that_another_process_has_mapped_is_extended)
{
    DWORD size = granularity();
    HANDLE file = create_file(scratch_path(L"data"), size);
    struct peer *peer = peer_start(hold_a_view, given_handle(file_mapping(file, PAGE_READWRITE)));
    checkpoint_wait("mapped");

    HANDLE larger = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 3 * size, NULL);

    expect_handle(larger);
    expect_number(size_of_file(file), 3 * size);
    char *all = map_view(larger, READ_WRITE);
    checkpoint_reach("grown");
    checkpoint_wait("written");
    expect_number(all[1], 'p');
    checkpoint_reach("read");
    peer_join(peer);
}
END_TEST
COVERS(file_that_another_process_has_mapped_is_extended, "mapping.create.size.grow_mapped");

#define STEPS 4

/* As an index in shared memory grows: an object and a view for each part, and all of them stay. */
START_TEST(file_grows_step_by_step)
{
    DWORD part = granularity();
    HANDLE file = create_file(scratch_path(L"index"), 0);
    char *views[STEPS];

    for (DWORD i = 0; i < STEPS; i++) {
        HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, (i + 1) * part, NULL);
        expect_handle(mapping);
        views[i] = MapViewOfFile(mapping, READ_WRITE, 0, i * part, part);
        expect_not_null(views[i]);
        views[i][part - 1] = (char)('0' + i);
    }

    char *all = map_view(file_mapping(file, PAGE_READONLY), FILE_MAP_READ);
    for (DWORD i = 0; i < STEPS; i++) {
        expect_number(all[(i + 1) * part - 1], '0' + i);
        views[i][0] = (char)('a' + i);
        expect_number(all[i * part], 'a' + i);
    }
}
END_TEST
COVERS(file_grows_step_by_step, "mapping.create.size.grow_steps");

/* ---- A file that is deleted when it is closed ----------------------------------------------- */

PEER(go_on_without_the_owner)
{
    HANDLE mapping = OpenFileMappingW(READ_WRITE, FALSE, peer_text(0));
    expect_handle(mapping);
    char *view = map_view(mapping, READ_WRITE);
    expect_bytes(view, "shared", 6);
    checkpoint_reach("opened");
    checkpoint_wait("closed");
    expect_bytes(view, "shared", 6);
    expect_fault(try_write(view + page_size(), 'x'), 0);
    char *again = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    expect_not_null(again);
    expect_number(again[page_size()], 'x');
}

START_TEST(object_outlives_its_temporary_file)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE file =
        CreateFileW(scratch_path(L"temporary"), GENERIC_READ | GENERIC_WRITE | DELETE,
                    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, CREATE_NEW,
                    FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    require(file != INVALID_HANDLE_VALUE);
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 2 * page_size(), name);
    require(mapping != NULL);
    char *view = map_view(mapping, READ_WRITE);
    memcpy(view, "shared", 6);
    struct peer *peer = peer_start(go_on_without_the_owner, given_text(name));
    checkpoint_wait("opened");

    BOOL unmapped = UnmapViewOfFile(view);
    expect_succeeded(unmapped);
    BOOL closed = CloseHandle(mapping);
    expect_succeeded(closed);
    closed = CloseHandle(file);
    expect_succeeded(closed);

    checkpoint_reach("closed");
    peer_join(peer);
}
END_TEST
COVERS(object_outlives_its_temporary_file, "mapping.lifetime.deleted_on_close");
