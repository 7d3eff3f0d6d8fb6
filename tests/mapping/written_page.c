/*
 * Pages that are copied when they are written to: of FILE_MAP_COPY views, of images and of the
 * program itself. What VirtualQuery and VirtualProtect say of the page that was written to, of its
 * neighbours, and of other views.
 */
#include "mapping.h"

/* Four pages of the program's own data, which nothing else writes to. */
static char program_pages[0x4000] __attribute__((aligned(0x1000))) = "data of the program";

static HANDLE object_of_a_file(void)
{
    return file_mapping(create_file(scratch_path(L"data"), 4 * page_size()), PAGE_READWRITE);
}

static HANDLE object_of_the_page_file(void)
{
    return page_file_mapping(PAGE_EXECUTE_READWRITE, 4 * page_size());
}

static HANDLE object_of_the_program(void)
{
    WCHAR path[MAX_PATH];
    require(GetModuleFileNameW(NULL, path, MAX_PATH));
    return file_mapping(open_file(path, GENERIC_READ | GENERIC_EXECUTE), PAGE_READONLY | SEC_IMAGE);
}

static const struct kind {
    struct row row;
    HANDLE (*object)(void);
    DWORD access;
    bool image, program;
    DWORD before, after;
} kinds[] = {
    {{"file", NULL}, object_of_a_file, FILE_MAP_COPY, false, false, PAGE_WRITECOPY, PAGE_READWRITE},
    {{"page_file", NULL},
     object_of_the_page_file,
     FILE_MAP_COPY,
     false,
     false,
     PAGE_WRITECOPY,
     PAGE_READWRITE},
    {{"executable", NULL},
     object_of_the_page_file,
     FILE_MAP_EXECUTE | FILE_MAP_COPY,
     false,
     false,
     PAGE_EXECUTE_WRITECOPY,
     PAGE_EXECUTE_READWRITE},
    {{"image", NULL},
     object_of_the_program,
     FILE_MAP_READ,
     true,
     false,
     PAGE_WRITECOPY,
     PAGE_READWRITE},
    {{"program", NULL},
     object_of_the_program,
     FILE_MAP_READ,
     true,
     true,
     PAGE_WRITECOPY,
     PAGE_READWRITE},
};

/* The four pages in a view of the object. */
static char *pages_of_a_view(const struct kind *kind, HANDLE object)
{
    char *view = map_view(object, kind->access);
    return kind->image ? view + (program_pages - (char *)GetModuleHandleW(NULL)) : view;
}

static char *pages_of(const struct kind *kind)
{
    return kind->program ? program_pages : pages_of_a_view(kind, kind->object());
}

static const struct {
    struct row row;
    const struct kind *kind;
} written_rows[] = {
    {{"file", "mapping.copy_on_write.protection_change"}, &kinds[0]},
    {{"page_file", "mapping.copy_on_write.protection_change"}, &kinds[1]},
    {{"executable", "mapping.copy_on_write.exec_protection_change"}, &kinds[2]},
    {{"image", "mapping.copy_on_write.protection_change_image"}, &kinds[3]},
    {{"program", "mapping.copy_on_write.protection_change_image"}, &kinds[4]},
};

START_TEST(is_readable_and_writable)
{
    const struct kind *kind = written_rows[_i].kind;
    char *page = pages_of(kind) + page_size();
    expect_flags(region_at(page).Protect, kind->before, PAGE_NAMES);

    expect_fault(try_write(page, '!'), 0);

    expect_flags(region_at(page).Protect, kind->after, PAGE_NAMES);
    expect_number(region_at(page).RegionSize, page_size());
}
END_TEST
COVERS_ROWS(is_readable_and_writable, written_rows);

START_TEST(old_protection_is_that_of_the_copy)
{
    const struct kind *kind = &kinds[_i];
    char *page = pages_of(kind) + page_size();
    expect_fault(try_write(page, '!'), 0);
    DWORD old = 0;

    BOOL set = VirtualProtect(page, page_size(), PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, kind->after, PAGE_NAMES);
}
END_TEST
COVERS_ROWS(old_protection_is_that_of_the_copy, kinds, "mapping.protect.old_of_written_page");

START_TEST(neighbours_are_as_they_were)
{
    const struct kind *kind = &kinds[_i];
    char *first = pages_of(kind), *next = first + 2 * page_size();
    expect_fault(try_write(first + page_size(), '!'), 0);
    DWORD old = 0;

    BOOL set = VirtualProtect(next, page_size(), PAGE_READONLY, &old);

    expect_succeeded(set);
    expect_flags(old, kind->before, PAGE_NAMES);
    expect_flags(region_at(first).Protect, kind->before, PAGE_NAMES);
    expect_flags(region_at(next + page_size()).Protect, kind->before, PAGE_NAMES);
}
END_TEST
COVERS_ROWS(neighbours_are_as_they_were, kinds, "mapping.copy_on_write.neighbour_page");

START_TEST(other_view_is_as_it_was)
{
    const struct kind *kind = &kinds[_i];
    HANDLE object = kind->object();
    char *page = (kind->program ? program_pages : pages_of_a_view(kind, object)) + page_size();
    char *other = pages_of_a_view(kind, object) + page_size(), was = *other;
    DWORD old = 0;

    expect_fault(try_write(page, '!'), 0);

    expect_number(*other, was);
    expect_flags(region_at(other).Protect, kind->before, PAGE_NAMES);
    expect_succeeded(VirtualProtect(other, page_size(), PAGE_READONLY, &old));
    expect_flags(old, kind->before, PAGE_NAMES);
    expect_fault(try_write(page, '?'), 0); /* whose protection is its own */
}
END_TEST
COVERS_ROWS(other_view_is_as_it_was, kinds, "mapping.copy_on_write.other_copy");

static const struct {
    struct row row;
    const struct kind *kind;
} image_rows[] = {{{"image", NULL}, &kinds[3]}, {{"program", NULL}, &kinds[4]}};

/* What a program does that protects its own data for a while. */
START_TEST(old_protection_of_an_image_is_set_again)
{
    char *page = pages_of(image_rows[_i].kind) + page_size();
    expect_fault(try_write(page, '!'), 0);
    DWORD old = 0, read_only = 0;
    require(VirtualProtect(page, page_size(), PAGE_READONLY, &old));
    expect_fault(try_write(page, '?'), EXCEPTION_ACCESS_VIOLATION);

    BOOL set = VirtualProtect(page, page_size(), old, &read_only);

    expect_succeeded(set);
    expect_flags(read_only, PAGE_READONLY, PAGE_NAMES);
    expect_number(*page, '!');
    expect_fault(try_write(page + 1, '?'), 0);
    expect_bytes(page, "!?", 2);
}
END_TEST
COVERS_ROWS(old_protection_of_an_image_is_set_again, image_rows, "mapping.protect.old_set_again");

/* Unlike an image, such a view was not mapped for writing. */
START_TEST(copy_of_a_file_takes_no_other_protection_for_writing)
{
    char *page = pages_of(&kinds[0]);
    expect_fault(try_write(page, '!'), 0);
    DWORD old;

    BOOL set = VirtualProtect(page, page_size(), PAGE_READWRITE, &old);

    expect_failed(set, ERROR_INVALID_PARAMETER);
    expect_number(*page, '!');
    expect_fault(try_write(page, '?'), 0);
    expect_number(*page, '?');
}
END_TEST
COVERS(copy_of_a_file_takes_no_other_protection_for_writing, "mapping.protect.cow_to_rw");
