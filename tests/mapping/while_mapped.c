/* What can be done to a file while it is mapped: opening, truncating, deleting it. */
#include "mapping.h"

#define ALL_SHARES (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* An object of a file to which no other handle is open. */
static HANDLE mapped_file(const WCHAR *path, DWORD protect, DWORD size)
{
    HANDLE file = create_file(path, size);
    close_handle(&file);
    wait_until_unused(path);
    file = open_file(path, GENERIC_READ | (protect == PAGE_READWRITE ? GENERIC_WRITE : 0));
    HANDLE mapping = file_mapping(file, protect);
    close_handle(&file);
    return mapping;
}

/* ---- CreateFile ----------------------------------------------------------------------------- */

static const struct {
    struct row row;
    DWORD object, access, share;
    bool granted;
} share_rows[] = {
    {{"write_mapping_share_read", NULL}, PAGE_READWRITE, GENERIC_READ, FILE_SHARE_READ, false},
    {{"write_mapping_share_delete", NULL},
     PAGE_READWRITE,
     GENERIC_READ,
     FILE_SHARE_READ | FILE_SHARE_DELETE,
     false},
    {{"write_mapping_share_nothing", NULL}, PAGE_READWRITE, GENERIC_READ | GENERIC_WRITE, 0, false},
    {{"write_mapping_share_write", "mapping.unmap.file_held_no_sharing_limits"},
     PAGE_READWRITE,
     GENERIC_READ,
     FILE_SHARE_WRITE,
     true},
    {{"write_mapping_share_all", "mapping.unmap.file_held_no_sharing_limits"},
     PAGE_READWRITE,
     GENERIC_READ | GENERIC_WRITE,
     ALL_SHARES,
     true},
    {{"read_mapping_share_nothing", "mapping.file.share.readonly_mapping"},
     PAGE_READONLY,
     GENERIC_READ | GENERIC_WRITE,
     0,
     true},
    {{"read_mapping_share_read", "mapping.file.share.readonly_mapping"},
     PAGE_READONLY,
     GENERIC_READ,
     FILE_SHARE_READ,
     true},
    {{"copy_mapping_share_nothing", "mapping.file.share.readonly_mapping"},
     PAGE_WRITECOPY,
     GENERIC_READ | GENERIC_WRITE,
     0,
     true},
};

START_TEST(share_mode)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE mapping = mapped_file(path, share_rows[_i].object, page_size());

    HANDLE file = CreateFileW(path, share_rows[_i].access, share_rows[_i].share, NULL,
                              OPEN_EXISTING, 0, NULL);

    if (share_rows[_i].granted) {
        expect_handle(file);
        close_handle(&file);
    } else {
        expect_invalid_handle(file, ERROR_SHARING_VIOLATION);
    }

    /* Without the mapping it is right in any case. */
    close_handle(&mapping);
    file = CreateFileW(path, share_rows[_i].access, share_rows[_i].share, NULL, OPEN_EXISTING, 0,
                       NULL);
    expect_handle(file);
}
END_TEST
COVERS_ROWS(share_mode, share_rows, "mapping.file.share.write_mapping");

START_TEST(share_mode_goes_with_its_handle)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, page_size());
    close_handle(&file);
    wait_until_unused(path);
    file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    HANDLE mapping = file_mapping(file, PAGE_READONLY);
    HANDLE second = CreateFileW(path, GENERIC_READ, ALL_SHARES, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(second, ERROR_SHARING_VIOLATION);
    close_handle(&file);

    second = CreateFileW(path, GENERIC_READ, ALL_SHARES, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(second);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
}
END_TEST
COVERS(share_mode_goes_with_its_handle, "mapping.file.share.original_mode");

static const struct {
    struct row row;
    DWORD disposition;
} overwrite_rows[] = {{{"create_always", NULL}, CREATE_ALWAYS},
                      {{"truncate_existing", NULL}, TRUNCATE_EXISTING}};

START_TEST(mapped_file_is_not_overwritten)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE mapping = mapped_file(path, PAGE_READWRITE, page_size());
    DWORD disposition = overwrite_rows[_i].disposition;

    HANDLE file =
        CreateFileW(path, GENERIC_READ | GENERIC_WRITE, ALL_SHARES, NULL, disposition, 0, NULL);

    expect_invalid_handle(file, ERROR_USER_MAPPED_FILE);
    expect_pattern(map_view(mapping, FILE_MAP_READ), page_size(), 0);
    expect_number(size_of_file(open_file(path, GENERIC_READ)), page_size());
}
END_TEST
COVERS_ROWS(mapped_file_is_not_overwritten, overwrite_rows, "mapping.file.overwrite.mapped");

START_TEST(file_without_buffering_is_mapped_all_the_same)
{
    const WCHAR *path = scratch_path(L"data");
    create_file(path, 3 * page_size() + 5);
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, ALL_SHARES, NULL, OPEN_EXISTING,
                              FILE_FLAG_NO_BUFFERING, NULL);
    require(file != INVALID_HANDLE_VALUE);

    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);

    expect_handle(mapping);
    uint8_t *view = map_view(mapping, READ_WRITE);
    expect_pattern(view, 3 * page_size() + 5, 0);
    memcpy(view + 3 * page_size() + 1, "odd", 3);
    expect_succeeded(FlushViewOfFile(view + 3 * page_size() + 1, 3));
    char bytes[3];
    read_file(open_file(path, GENERIC_READ), 3 * page_size() + 1, bytes, 3);
    expect_bytes(bytes, "odd", 3);
}
END_TEST
COVERS(file_without_buffering_is_mapped_all_the_same, "mapping.file.nobuffering");

/* ---- SetEndOfFile --------------------------------------------------------------------------- */

static void move_to(HANDLE file, uint64_t offset)
{
    require(
        SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = (LONGLONG)offset}, NULL, FILE_BEGIN));
}

static const struct {
    struct row row;
    bool close_mapping, unmap;
} held_rows[] = {
    {{"by_mapping_and_view", "mapping.file.seteof.truncate"}, false, false},
    {{"by_mapping", "mapping.file.seteof.handle_only"}, false, true},
    {{"by_view", "mapping.file.seteof.view_only"}, true, false},
};

START_TEST(truncation_while_held)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    void *view = map_view(mapping, READ_WRITE);
    if (held_rows[_i].close_mapping)
        close_handle(&mapping);
    if (held_rows[_i].unmap)
        unmap_view(view);
    move_to(file, page_size());

    BOOL set = SetEndOfFile(file);

    expect_failed(set, ERROR_USER_MAPPED_FILE);
    expect_number(size_of_file(file), 2 * page_size());
    if (!held_rows[_i].unmap)
        expect_pattern(view, 2 * page_size(), 0);
}
END_TEST
COVERS_ROWS(truncation_while_held, held_rows);

PEER(keep_file_mapped)
{
    map_view(peer_handle(0), READ_WRITE);
    checkpoint_reach("mapped");
    checkpoint_wait("tried");
}

START_TEST(truncation_while_another_process_has_a_view)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE file = create_file(path, 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    struct peer *peer = peer_start(keep_file_mapped, given_handle(mapping));
    checkpoint_wait("mapped");
    close_handle(&mapping);
    move_to(file, page_size());

    BOOL set = SetEndOfFile(file);

    expect_failed(set, ERROR_USER_MAPPED_FILE);
    expect_number(size_of_file(file), 2 * page_size());
    checkpoint_reach("tried");
    peer_join(peer);
}
END_TEST
COVERS(truncation_while_another_process_has_a_view, "mapping.file.seteof.other_process");

START_TEST(truncation_when_nothing_is_left)
{
    HANDLE file = create_file(scratch_path(L"data"), 2 * page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    unmap_view(map_view(mapping, READ_WRITE));
    close_handle(&mapping);
    move_to(file, page_size());

    BOOL set = SetEndOfFile(file);

    expect_succeeded(set);
    expect_number(size_of_file(file), page_size());
    void *view = map_view(file_mapping(file, PAGE_READONLY), FILE_MAP_READ);
    expect_number(region_at(view).RegionSize, page_size());
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(truncation_when_nothing_is_left, "mapping.file.seteof.after");

/* The page forbids any change; Windows allows the file to grow. */
START_TEST(extension_while_mapped)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    void *view = map_view(file_mapping(file, PAGE_READWRITE), READ_WRITE);
    move_to(file, 2 * page_size());

    BOOL set = SetEndOfFile(file);

    DWORD error = GetLastError();
    if (set)
        record("extension", "succeeded");
    else
        record("extension", "failed with error %lu", error);
    expect_number(size_of_file(file), set ? 2 * page_size() : page_size());
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(extension_while_mapped, "mapping.file.seteof.extend");

START_TEST(size_is_what_the_mapping_made_it)
{
    HANDLE file = create_file(scratch_path(L"data"), 10);
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 1, 0x123, NULL);
    require(mapping != NULL);

    DWORD high = 0;
    DWORD low = GetFileSize(file, &high);

    expect_number(low, 0x123);
    expect_number(high, 1);
    LARGE_INTEGER size;
    expect_succeeded(GetFileSizeEx(file, &size));
    expect_number(size.QuadPart, 0x100000123);
}
END_TEST
COVERS(size_is_what_the_mapping_made_it, "mapping.file.getsize_growth");

START_TEST(small_size_is_what_the_mapping_made_it)
{
    HANDLE file = create_file(scratch_path(L"data"), 10);
    HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0x1234, NULL);
    require(mapping != NULL);

    DWORD high = 1;
    DWORD low = GetFileSize(file, &high);

    expect_number(low, 0x1234);
    expect_number(high, 0);
}
END_TEST
COVERS(small_size_is_what_the_mapping_made_it, "mapping.file.getsize_growth");

/* ---- Deletion and times --------------------------------------------------------------------- */

/* The page lets DeleteFile fail for a mapped file unless it was opened to share deletion; whether
 * it does when it was, and what then becomes of the name, differs from one Windows to the next. */
START_TEST(deletion_while_mapped)
{
    const WCHAR *path = scratch_path(L"data");
    HANDLE mapping = mapped_file(path, PAGE_READONLY, page_size());
    void *view = map_view(mapping, FILE_MAP_READ);

    BOOL deleted = DeleteFileW(path);

    DWORD error = GetLastError();
    if (deleted)
        record("deletion", "succeeded");
    else
        record("deletion", "failed with error %lu", error);
    expect_pattern(view, page_size(), 0);
    HANDLE again = CreateFileW(path, GENERIC_WRITE, ALL_SHARES, NULL, CREATE_NEW, 0, NULL);
    record("name", "%s", again != INVALID_HANDLE_VALUE ? "free" : "taken");
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(deletion_while_mapped, "mapping.file.after_delete_view", "mapping.file.delete.name_blocked");

START_TEST(deletion_on_close_while_mapped)
{
    const WCHAR *path = scratch_path(L"data");
    void *view = map_view(mapped_file(path, PAGE_READONLY, page_size()), FILE_MAP_READ);

    HANDLE file = CreateFileW(path, GENERIC_READ | DELETE, ALL_SHARES, NULL, OPEN_EXISTING,
                              FILE_FLAG_DELETE_ON_CLOSE, NULL);

    expect_handle(file);
    close_handle(&file);
    expect_pattern(view, page_size(), 0);
}
END_TEST
COVERS(deletion_on_close_while_mapped, "mapping.file.delete.on_close");

START_TEST(time_is_what_it_was_set_to)
{
    HANDLE file = create_file(scratch_path(L"data"), page_size());
    HANDLE mapping = file_mapping(file, PAGE_READWRITE);
    char *view = map_view(mapping, READ_WRITE);
    view[0] = '!';
    require(FlushViewOfFile(view, 0));
    unmap_view(view);
    close_handle(&mapping);
    FILETIME wanted = {.dwLowDateTime = 0x12345680, .dwHighDateTime = 0x01D00000}, time;

    BOOL set = SetFileTime(file, NULL, NULL, &wanted);

    expect_succeeded(set);
    expect_succeeded(GetFileTime(file, NULL, NULL, &time));
    expect_number(time.dwHighDateTime, wanted.dwHighDateTime);
    expect_number(time.dwLowDateTime, wanted.dwLowDateTime);
}
END_TEST
COVERS(time_is_what_it_was_set_to, "mapping.time.setfiletime");

/* ---- Images --------------------------------------------------------------------------------- */

/* A program that is mapped as an image. */
static HANDLE mapped_image(const WCHAR *path)
{
    create_program(path);
    HANDLE file = open_file(path, GENERIC_READ | GENERIC_EXECUTE);
    HANDLE mapping = file_mapping(file, PAGE_READONLY | SEC_IMAGE);
    close_handle(&file);
    return mapping;
}

/* The pages are silent; Windows refuses both with a sharing violation. */
START_TEST(file_mapped_as_an_image)
{
    const WCHAR *path = scratch_path(L"image.exe");
    mapped_image(path);

    HANDLE file =
        CreateFileW(path, GENERIC_READ | GENERIC_WRITE, ALL_SHARES, NULL, OPEN_EXISTING, 0, NULL);
    DWORD error = GetLastError();
    if (file != INVALID_HANDLE_VALUE) {
        record("open for writing", "succeeded");
        close_handle(&file);
    } else {
        record("open for writing", "failed with error %lu", error);
    }
    file =
        CreateFileW(path, GENERIC_READ | GENERIC_WRITE, ALL_SHARES, NULL, CREATE_ALWAYS, 0, NULL);
    error = GetLastError();
    if (file != INVALID_HANDLE_VALUE)
        record("overwriting", "succeeded");
    else
        record("overwriting", "failed with error %lu", error);
}
END_TEST
COVERS(file_mapped_as_an_image, "mapping.file.share.image_mapping", "mapping.file.overwrite.image");
