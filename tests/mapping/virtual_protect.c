/* VirtualProtect on views: which protections a view can take, and what becomes of its pages. */
#include "mapping.h"

/* Sets the protection as set-up. */
static void protect(void *address, SIZE_T size, DWORD protection)
{
    DWORD old;
    require(VirtualProtect(address, size, protection, &old));
}

START_TEST(writable_view_becomes_readable_only)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, READ_WRITE);
    char *other = map_view(mapping, READ_WRITE);
    DWORD old = 0;

    BOOL set = VirtualProtect(view, page_size(), PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(view).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_write(other, 'x'), 0);
    expect_fault(try_read(view), 0);
    expect_number(view[0], 'x');
}
END_TEST
COVERS(writable_view_becomes_readable_only, "mapping.protect.rw_to_ro");

START_TEST(view_becomes_inaccessible_and_comes_back)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    view[0] = 'x';
    DWORD old = 0;

    BOOL set = VirtualProtect(view, page_size(), PAGE_NOACCESS, &old);

    expect_succeeded(set);
    expect_fault(try_read(view), EXCEPTION_ACCESS_VIOLATION);
    expect_fault(try_write(view, 'y'), EXCEPTION_ACCESS_VIOLATION);
    set = VirtualProtect(view, page_size(), PAGE_READWRITE, &old);
    expect_succeeded(set);
    expect_flags(old, PAGE_NOACCESS, PAGE_NAMES);
    expect_number(view[0], 'x');
    expect_fault(try_write(view, 'y'), 0);
}
END_TEST
COVERS(view_becomes_inaccessible_and_comes_back, "mapping.protect.rw_to_noaccess");

static const struct {
    struct row row;
    DWORD access;
    bool file;
} private_rows[] = {
    {{"of_a_view_for_writing", "mapping.protect.rw_to_writecopy"}, READ_WRITE, false},
    {{"of_a_view_for_reading", "mapping.protect.ro_to_writecopy"}, FILE_MAP_READ, false},
    {{"of_a_file_for_writing", "mapping.protect.rw_to_writecopy"}, READ_WRITE, true},
    {{"of_a_file_for_reading", "mapping.protect.ro_to_writecopy"}, FILE_MAP_READ, true},
};

START_TEST(copy_on_write)
{
    HANDLE mapping =
        private_rows[_i].file
            ? file_mapping(create_file(scratch_path(L"data"), page_size()), PAGE_READWRITE)
            : page_file_mapping(PAGE_READWRITE, page_size());
    char *view = map_view(mapping, private_rows[_i].access);
    char *other = map_view(mapping, READ_WRITE);
    other[0] = 'x';
    DWORD old = 0;

    BOOL set = VirtualProtect(view, page_size(), PAGE_WRITECOPY, &old);

    expect_succeeded(set);
    expect_flags(region_at(view).Protect, PAGE_WRITECOPY, PAGE_NAMES);
    expect_number(view[0], 'x');
    expect_fault(try_write(view, 'y'), 0);
    expect_number(view[0], 'y');
    expect_number(other[0], 'x');
}
END_TEST
COVERS_ROWS(copy_on_write, private_rows);

static const struct {
    struct row row;
    DWORD access, protection, wanted;
} refused_rows[] = {
    {{"read_to_write", "mapping.protect.ro_to_rw"}, FILE_MAP_READ, PAGE_READONLY, PAGE_READWRITE},
    {{"copy_to_write", "mapping.protect.cow_to_rw"}, FILE_MAP_COPY, PAGE_WRITECOPY, PAGE_READWRITE},
    {{"write_to_execute", "mapping.protect.compatible"},
     READ_WRITE,
     PAGE_READWRITE,
     PAGE_EXECUTE_READ},
    {{"write_to_execute_write", "mapping.protect.compatible"},
     READ_WRITE,
     PAGE_READWRITE,
     PAGE_EXECUTE_READWRITE},
};

START_TEST(more_than_the_view_was_mapped_for_is_refused)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, page_size());
    void *view = map_view(mapping, refused_rows[_i].access);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), refused_rows[_i].wanted, &old);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    expect_flags(region_at(view).Protect, refused_rows[_i].protection, PAGE_NAMES);

    /* What it was mapped for is right. */
    set = VirtualProtect(view, page_size(), refused_rows[_i].protection, &old);
    expect_succeeded(set);
}
END_TEST
COVERS_ROWS(more_than_the_view_was_mapped_for_is_refused, refused_rows);

#define NOTHING 0x01u /* PAGE_* are bits: a set of them is their sum */
static const struct {
    struct row row;
    DWORD access, allowed;
} matrix_rows[] = {
    {{"read", NULL}, FILE_MAP_READ, NOTHING | PAGE_READONLY | PAGE_WRITECOPY},
    {{"write", NULL}, FILE_MAP_WRITE, NOTHING | PAGE_READONLY | PAGE_READWRITE | PAGE_WRITECOPY},
    {{"copy", NULL}, FILE_MAP_COPY, NOTHING | PAGE_READONLY | PAGE_WRITECOPY},
    {{"execute_read", NULL},
     FILE_MAP_EXECUTE | FILE_MAP_READ,
     NOTHING | PAGE_READONLY | PAGE_WRITECOPY | PAGE_EXECUTE | PAGE_EXECUTE_READ |
         PAGE_EXECUTE_WRITECOPY},
    {{"execute_write", "mapping.protect.rwx_any"}, FILE_MAP_EXECUTE | FILE_MAP_WRITE, 0xFF},
};

START_TEST(protections_of_a_view)
{
    HANDLE mapping = page_file_mapping(PAGE_EXECUTE_READWRITE, page_size());
    void *view = map_view(mapping, matrix_rows[_i].access);
    DWORD before = region_at(view).Protect;

    for (DWORD wanted = PAGE_NOACCESS; wanted <= PAGE_EXECUTE_WRITECOPY; wanted <<= 1) {
        DWORD old = 0;
        BOOL set = VirtualProtect(view, page_size(), wanted, &old);

        if (matrix_rows[_i].allowed & wanted) {
            expect_succeeded(set);
            expect_flags(old, before, PAGE_NAMES);
            before = wanted;
        } else {
            expect_failed(set, ERROR_INVALID_PARAMETER);
        }
        expect_flags(region_at(view).Protect, before, PAGE_NAMES);
    }
}
END_TEST
COVERS_ROWS(protections_of_a_view, matrix_rows, "mapping.protect.compatible");

START_TEST(two_bytes_may_be_two_pages)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 4 * page_size()), READ_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view + 2 * page_size() - 1, 2, PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(view + page_size()).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_flags(region_at(view + 2 * page_size()).Protect, PAGE_READONLY, PAGE_NAMES);
    expect_flags(region_at(view + 3 * page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS(two_bytes_may_be_two_pages, "mapping.protect.page_rounding");

START_TEST(old_protection_is_that_of_the_first_page)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 3 * page_size()), READ_WRITE);
    protect(view + page_size(), page_size(), PAGE_READONLY);
    protect(view + 2 * page_size(), page_size(), PAGE_NOACCESS);
    DWORD old = 0;

    BOOL set = VirtualProtect(view + page_size(), 2 * page_size(), PAGE_READWRITE, &old);

    expect_succeeded(set);
    expect_flags(old, PAGE_READONLY, PAGE_NAMES);
    expect_flags(region_at(view + 2 * page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS(old_protection_is_that_of_the_first_page, "mapping.protect.old_first_page");

START_TEST(old_protection_must_be_taken)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);

    BOOL set = VirtualProtect(view, page_size(), PAGE_READONLY, NULL);

    expect_failed_somehow(set);

    /* With a place for it the same call is right. */
    DWORD old = 0;
    set = VirtualProtect(view, page_size(), PAGE_READONLY, &old);
    expect_succeeded(set);
}
END_TEST
COVERS(old_protection_must_be_taken, "mapping.protect.old_null");

START_TEST(range_must_lie_in_one_view)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, granularity());
    char *first = free_range(2 * granularity());
    char *second = first + granularity();
    require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, first) == first);
    require(MapViewOfFileEx(mapping, READ_WRITE, 0, 0, 0, second) == second);
    DWORD old;

    BOOL set = VirtualProtect(second - 1, 2, PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(second - page_size()).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_flags(region_at(second).Protect, PAGE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS(range_must_lie_in_one_view, "mapping.protect.cross_views");

START_TEST(reserved_page_fails_all)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE));
    DWORD old;

    BOOL set = VirtualProtect(view, 2 * page_size(), PAGE_READONLY, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(try_write(view, 'x'), 0);

    /* For the committed page the same call is right. */
    set = VirtualProtect(view, page_size(), PAGE_READONLY, &old);
    expect_succeeded(set);
}
END_TEST
COVERS(reserved_page_fails_all, "mapping.protect.uncommitted");
