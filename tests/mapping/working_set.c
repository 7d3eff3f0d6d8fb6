/* QueryWorkingSetEx on the pages of views: which are shared, and which have become private. */
#include "mapping.h"

#include <psapi.h>

/* What is said of a page that has just been touched. */
static PSAPI_WORKING_SET_EX_BLOCK page_at(__typeof__(&K32QueryWorkingSetEx) query,
                                          volatile char *address)
{
    PSAPI_WORKING_SET_EX_INFORMATION page = {.VirtualAddress = (void *)(UINT_PTR)address};
    (void)*address;
    BOOL asked = query(GetCurrentProcess(), &page, sizeof(page));
    expect_succeeded(asked);
    expect_number(page.VirtualAttributes.Valid, 1);
    return page.VirtualAttributes;
}

static HANDLE object(bool file, DWORD size)
{
    return file ? file_mapping(create_file(scratch_path(L"data"), size), PAGE_READWRITE)
                : page_file_mapping(PAGE_READWRITE, size);
}

static const struct kind {
    struct row row;
    bool file;
    DWORD access, protection;
} kinds[] = {
    {{"of_a_file_for_reading", NULL}, true, FILE_MAP_READ, PAGE_READONLY},
    {{"of_a_file_for_writing", NULL}, true, FILE_MAP_WRITE, PAGE_READWRITE},
    {{"of_the_page_file_for_reading", NULL}, false, FILE_MAP_READ, PAGE_READONLY},
    {{"of_the_page_file_for_writing", NULL}, false, FILE_MAP_WRITE, PAGE_READWRITE},
};

START_TEST(page_of_a_view)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(object(kinds[_i].file, 2 * page_size()), kinds[_i].access);

    PSAPI_WORKING_SET_EX_BLOCK page = page_at(K32QueryWorkingSetEx, view + page_size());

    expect_number(page.Shared, 1);
    expect_flags(page.Win32Protection, kinds[_i].protection, PAGE_NAMES);
    char *own = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);
    *own = 'x';
    expect_number(page_at(K32QueryWorkingSetEx, own).Shared, 0);
}
END_TEST
COVERS_ROWS(page_of_a_view, kinds, "mapping.working_set.shared", "mapping.working_set.protection");

static const struct {
    struct row row;
    bool file;
} copies[] = {{{"of_a_file", NULL}, true}, {{"of_the_page_file", NULL}, false}};

START_TEST(copy)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(object(copies[_i].file, 3 * page_size()), FILE_MAP_COPY);
    expect_number(page_at(K32QueryWorkingSetEx, view + page_size()).Shared, 1);

    expect_fault(try_write(view + page_size(), 'x'), 0);

    expect_number(page_at(K32QueryWorkingSetEx, view + page_size()).Shared, 0);
    expect_number(page_at(K32QueryWorkingSetEx, view).Shared, 1);
    expect_number(page_at(K32QueryWorkingSetEx, view + 2 * page_size()).Shared, 1);
}
END_TEST
COVERS_ROWS(copy, copies, "mapping.working_set.private_copy");

START_TEST(several_pages_at_once)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    char *own = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);
    *own = *view = 'x';
    DWORD old;
    require(VirtualProtect(view + page_size(), page_size(), PAGE_READONLY, &old));
    (void)*(volatile char *)(view + page_size());
    PSAPI_WORKING_SET_EX_INFORMATION pages[] = {
        {.VirtualAddress = own},
        {.VirtualAddress = view + page_size()},
        {.VirtualAddress = view},
    };

    BOOL asked = K32QueryWorkingSetEx(GetCurrentProcess(), pages, sizeof(pages));

    expect_succeeded(asked);
    expect_number(pages[0].VirtualAttributes.Shared, 0);
    expect_number(pages[1].VirtualAttributes.Shared, 1);
    expect_flags(pages[1].VirtualAttributes.Win32Protection, PAGE_READONLY, PAGE_NAMES);
    expect_number(pages[2].VirtualAttributes.Shared, 1);
    expect_flags(pages[2].VirtualAttributes.Win32Protection, PAGE_READWRITE, PAGE_NAMES);
    expect_pointer(pages[2].VirtualAddress, view);
}
END_TEST
COVERS(several_pages_at_once, "mapping.working_set.several");

struct place {
    uint64_t address;
};

PEER(touch_a_view)
{
    struct place *place = map_view(peer_handle(1), READ_WRITE);
    volatile char *view = map_view_apart(peer_handle(0), FILE_MAP_READ);
    place->address = (UINT_PTR)view;
    (void)*view;
    checkpoint_reach("touched");
    checkpoint_wait("looked");
}

/* There is nothing at its address in the caller. */
START_TEST(page_of_another_process)
{
    optional_api(K32QueryWorkingSetEx);
    HANDLE report = page_file_mapping(PAGE_READWRITE, sizeof(struct place));
    struct place *place = map_view(report, READ_WRITE);
    struct peer *peer =
        peer_start(touch_a_view, given_handle(object(false, page_size())), given_handle(report));
    checkpoint_wait("touched");
    PSAPI_WORKING_SET_EX_INFORMATION page = {.VirtualAddress = (void *)(UINT_PTR)place->address};

    BOOL asked = K32QueryWorkingSetEx(peer->info.hProcess, &page, sizeof(page));

    expect_succeeded(asked);
    expect_number(page.VirtualAttributes.Valid, 1);
    expect_number(page.VirtualAttributes.Shared, 1);
    expect_flags(page.VirtualAttributes.Win32Protection, PAGE_READONLY, PAGE_NAMES);
    checkpoint_reach("looked");
    peer_join(peer);
}
END_TEST
COVERS(page_of_another_process, "mapping.working_set.other_process");
