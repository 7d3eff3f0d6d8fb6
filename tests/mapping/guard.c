/* PAGE_GUARD on pages of a view, and VirtualLock. */
#include "mapping.h"

static void guard(void *page)
{
    DWORD old;
    require(VirtualProtect(page, page_size(), PAGE_READWRITE | PAGE_GUARD, &old));
}

static const struct {
    struct row row;
    bool write;
} access_rows[] = {{{"read", NULL}, false}, {{"write", NULL}, true}};

START_TEST(first_access_raises_and_the_second_works)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    char *other = map_view(mapping, READ_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), PAGE_READWRITE | PAGE_GUARD, &old);

    expect_succeeded(set);
    expect_flags(region_at(view).Protect, PAGE_READWRITE | PAGE_GUARD, PAGE_NAMES);
    expect_fault(try_read(other), 0);
    expect_fault(try_read(view + page_size()), 0);
    bool write = access_rows[_i].write;
    expect_fault(write ? try_write(view, 'x') : try_read(view), EXCEPTION_GUARD_PAGE);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
    expect_fault(write ? try_write(view, 'x') : try_read(view), 0);
    expect_number(other[0], write ? 'x' : 0);
}
END_TEST
COVERS_ROWS(first_access_raises_and_the_second_works, access_rows, "mapping.protect.guard_view");

START_TEST(guard_does_not_go_with_no_access)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    DWORD old;

    BOOL set = VirtualProtect(view, page_size(), PAGE_NOACCESS | PAGE_GUARD, &old);

    expect_failed_somehow(set);
    expect_flags(region_at(view).Protect, PAGE_READWRITE, PAGE_NAMES);
}
END_TEST
COVERS(guard_does_not_go_with_no_access, "mapping.protect.guard_noaccess");

START_TEST(system_service_fails_once)
{
    HANDLE file = create_file(scratch_path(L"data"), 16);
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    guard(view);
    OVERLAPPED from = {0};
    DWORD got;

    BOOL read = ReadFile(file, view, 16, &got, &from);

    expect_failed_somehow(read);
    read = ReadFile(file, view, 16, &got, &from);
    expect_succeeded(read);
    expect_pattern(view, 16, 0);
}
END_TEST
COVERS(system_service_fails_once, "mapping.protect.guard_syscall");

START_TEST(lock_fails_once_on_a_guard_page)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    guard(view);

    BOOL locked = VirtualLock(view, page_size());

    expect_failed(locked, STATUS_GUARD_PAGE_VIOLATION);
    locked = VirtualLock(view, page_size());
    expect_succeeded(locked);
}
END_TEST
COVERS(lock_fails_once_on_a_guard_page, "mapping.lock.guard");

START_TEST(pages_are_locked_and_unlocked)
{
    char *view = map_view(page_file_mapping(PAGE_READWRITE, 2 * page_size()), READ_WRITE);

    BOOL locked = VirtualLock(view + page_size() - 1, 2);
    expect_succeeded(locked);
    expect_fault(try_write(view, 'x'), 0);
    BOOL unlocked = VirtualUnlock(view, 2 * page_size());
    expect_succeeded(unlocked);
}
END_TEST
COVERS(pages_are_locked_and_unlocked, "mapping.lock.view");

START_TEST(locks_are_not_counted)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    require(VirtualLock(view, page_size()));
    require(VirtualLock(view, page_size()));

    BOOL unlocked = VirtualUnlock(view, page_size());

    expect_succeeded(unlocked);
    unlocked = VirtualUnlock(view, page_size());
    expect_failed(unlocked, ERROR_NOT_LOCKED);
}
END_TEST
COVERS(locks_are_not_counted, "mapping.lock.no_count");

START_TEST(inaccessible_page_cannot_be_locked)
{
    void *view = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
    DWORD old;
    require(VirtualProtect(view, page_size(), PAGE_NOACCESS, &old));

    BOOL locked = VirtualLock(view, page_size());

    expect_failed_somehow(locked);

    /* As soon as it can be read the same call is right. */
    require(VirtualProtect(view, page_size(), PAGE_READONLY, &old));
    locked = VirtualLock(view, page_size());
    expect_succeeded(locked);
}
END_TEST
COVERS(inaccessible_page_cannot_be_locked, "mapping.lock.noaccess");

START_TEST(reserved_page_cannot_be_locked)
{
    HANDLE mapping = page_file_mapping(PAGE_READWRITE | SEC_RESERVE, 2 * page_size());
    char *view = map_view(mapping, READ_WRITE);
    require(VirtualAlloc(view, page_size(), MEM_COMMIT, PAGE_READWRITE));

    BOOL locked = VirtualLock(view, 2 * page_size());

    expect_failed_somehow(locked);
    expect_succeeded(VirtualLock(view, page_size()));
}
END_TEST
COVERS(reserved_page_cannot_be_locked, "mapping.lock.reserved");

static const struct {
    struct row row;
    bool allocate;
    DWORD protect;
} maker_rows[] = {
    {{"allocated", "mapping.protect.guard_allocated"}, true, PAGE_READWRITE | PAGE_GUARD},
    {{"allocated_without", "mapping.protect.guard_allocated"}, true, PAGE_READWRITE},
    {{"writable", "mapping.protect.guard_protect_ex"}, false, PAGE_READWRITE | PAGE_GUARD},
    {{"readable", "mapping.protect.guard_protect_ex"}, false, PAGE_READONLY | PAGE_GUARD},
    {{"readable_without", "mapping.protect.guard_protect_ex"}, false, PAGE_READONLY},
};

START_TEST(guard_page_that_is)
{
    DWORD protect = maker_rows[_i].protect, old = 0;
    char *page = NULL;

    if (maker_rows[_i].allocate) {
        page = VirtualAlloc(NULL, page_size(), MEM_RESERVE | MEM_COMMIT, protect);
    } else {
        page = map_view(page_file_mapping(PAGE_READWRITE, page_size()), READ_WRITE);
        BOOL set = VirtualProtectEx(GetCurrentProcess(), page, page_size(), protect, &old);
        expect_succeeded(set);
        expect_flags(old, PAGE_READWRITE, PAGE_NAMES);
    }

    expect_not_null(page);
    expect_flags(region_at(page).Protect, protect, PAGE_NAMES);
    expect_fault(try_read(page), protect & PAGE_GUARD ? EXCEPTION_GUARD_PAGE : 0);
    expect_flags(region_at(page).Protect, protect & ~(DWORD)PAGE_GUARD, PAGE_NAMES);
    expect_fault(try_read(page), 0);
}
END_TEST
COVERS_ROWS(guard_page_that_is, maker_rows);
