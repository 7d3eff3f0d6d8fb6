/* QueryWorkingSetEx on pages of views: who may ask, how many processes share a page, which pages
 * are locked, and what is said of pages that are not there. */
#include "mapping.h"

#include <psapi.h>

#define BLOCK PSAPI_WORKING_SET_EX_BLOCK

static BLOCK page_at(__typeof__(&K32QueryWorkingSetEx) query, volatile char *address)
{
    PSAPI_WORKING_SET_EX_INFORMATION page = {.VirtualAddress = (void *)(UINT_PTR)address};
    (void)*address;
    require(query(GetCurrentProcess(), &page, sizeof(page)));
    require(page.VirtualAttributes.Valid);
    return page.VirtualAttributes;
}

/* The same when the page may not be touched. */
static BLOCK untouched_page_at(__typeof__(&K32QueryWorkingSetEx) query, void *address)
{
    PSAPI_WORKING_SET_EX_INFORMATION page = {.VirtualAddress = address};
    BOOL asked = query(GetCurrentProcess(), &page, sizeof(page));
    expect_succeeded(asked);
    return page.VirtualAttributes;
}

static HANDLE this_process(DWORD access)
{
    HANDLE process = OpenProcess(access, FALSE, GetCurrentProcessId());
    require(process != NULL);
    return process;
}

START_TEST(handle_needs_its_rights)
{
    optional_api(K32QueryWorkingSetEx);
    volatile char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    (void)*view;
    HANDLE too_narrow = this_process(PROCESS_VM_OPERATION | PROCESS_VM_WRITE);
    HANDLE enough = this_process(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
    PSAPI_WORKING_SET_EX_INFORMATION page = {.VirtualAddress = (void *)(UINT_PTR)view};

    BOOL asked = K32QueryWorkingSetEx(too_narrow, &page, sizeof(page));

    expect_failed_somehow(asked);
    asked = K32QueryWorkingSetEx(enough, &page, sizeof(page));
    expect_succeeded(asked);
    expect_number(page.VirtualAttributes.Valid, 1);
}
END_TEST
COVERS(handle_needs_its_rights, "mapping.working_set.rights");

/* ---- ShareCount ----------------------------------------------------------------------------- */

PEER(touch_the_second_page)
{
    volatile char *view = map_view(peer_handle(0), READ_WRITE);
    view[page_size()] = 'x';
    checkpoint_reach("touched");
    checkpoint_wait("counted");
}

START_TEST(page_of_two_processes)
{
    optional_api(K32QueryWorkingSetEx);
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    struct peer *peer = peer_start(touch_the_second_page, given_handle(mapping));
    checkpoint_wait("touched");

    BLOCK page = page_at(K32QueryWorkingSetEx, view + page_size());

    expect_number(view[page_size()], 'x');
    expect_number(page.ShareCount, 2);
    checkpoint_reach("counted");
    peer_join(peer);
}
END_TEST
COVERS(page_of_two_processes, "mapping.working_set.share_count");

START_TEST(page_of_one_process)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    char *own = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);

    expect_number(page_at(K32QueryWorkingSetEx, view).ShareCount, 1);
    expect_number(page_at(K32QueryWorkingSetEx, own).ShareCount, 0);
}
END_TEST
COVERS(page_of_one_process, "mapping.working_set.share_count_alone");

/* ---- Locked and large pages ----------------------------------------------------------------- */

START_TEST(page_that_is_locked)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);
    require(VirtualLock(view + page_size(), page_size()));

    BLOCK page = page_at(K32QueryWorkingSetEx, view + page_size());

    expect_number(page.Locked, 1);
    expect_number(page_at(K32QueryWorkingSetEx, view).Locked, 0);
    require(VirtualUnlock(view + page_size(), page_size()));
    expect_number(page_at(K32QueryWorkingSetEx, view + page_size()).Locked, 0);
}
END_TEST
COVERS(page_that_is_locked, "mapping.working_set.locked");

static const struct {
    struct row row;
    bool file;
} kinds[] = {{{"of_a_file", NULL}, true}, {{"of_the_page_file", NULL}, false}};

static HANDLE object(bool file)
{
    return file ? file_mapping(create_file(scratch_path(L"data"), 2 * page_size()), PAGE_READWRITE)
                : page_file_mapping(PAGE_READWRITE, 2 * page_size());
}

START_TEST(page)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(object(kinds[_i].file), READ_WRITE);

    BLOCK page = page_at(K32QueryWorkingSetEx, view + page_size());

    expect_number(page.Locked, 0);
    expect_number(page.LargePage, 0);
}
END_TEST
COVERS_ROWS(page, kinds, "mapping.working_set.not_locked", "mapping.working_set.not_large");

/* ---- Pages that are not there --------------------------------------------------------------- */

START_TEST(page_without_access)
{
    optional_api(K32QueryWorkingSetEx);
    char *view = map_view(object(kinds[_i].file), READ_WRITE);
    char *own = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);
    view[0] = own[0] = 'x';
    DWORD old;
    require(VirtualProtect(view, page_size(), PAGE_NOACCESS, &old));
    require(VirtualProtect(own, page_size(), PAGE_NOACCESS, &old));

    BLOCK page = untouched_page_at(K32QueryWorkingSetEx, view);

    expect_number(page.Valid, 0);
    expect_number(page.Invalid.Shared, 1);
    page = untouched_page_at(K32QueryWorkingSetEx, own);
    expect_number(page.Valid, 0);
    expect_number(page.Invalid.Shared, 0);
    page = page_at(K32QueryWorkingSetEx, view + page_size());
    expect_number(page.Valid, 1);
}
END_TEST
COVERS_ROWS(page_without_access, kinds, "mapping.working_set.invalid_shared");
