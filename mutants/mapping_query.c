/* Wrong behaviours of VirtualQuery, VirtualProtect and VirtualLock on views. */
#include "mapping.h"

#define QUERY_PARAMETERS const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size
#define QUERY_ARGUMENTS address, region, size

static bool is_view(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real.VirtualQuery(address, &region, sizeof(region)) && region.State != MEM_FREE &&
           region.Type == MEM_MAPPED;
}

/* ---- VirtualQuery --------------------------------------------------------------------------- */

/* The mutants act on few of the many callers of VirtualQuery: those that ask what the fact is
 * about.
 */
#define QUERY(name, when, wrong)                             \
    static SIZE_T WINAPI name(QUERY_PARAMETERS)              \
    {                                                        \
        SIZE_T got = real.VirtualQuery(QUERY_ARGUMENTS);     \
        if (got != 0 && size == sizeof(*region) && (when)) { \
            wrong;                                           \
        }                                                    \
        return got;                                          \
    }

QUERY(return_more, region->RegionSize == 5 * page_size() && region->Type == MEM_MAPPED, got += 16)
MUTANT(virtual_query_returns_more, "VirtualQuery of five pages returns more than it wrote",
       PATCH(VirtualQuery, return_more));

QUERY(forget_protection,
      region->State == MEM_COMMIT && region->Type == MEM_MAPPED &&
          (region->AllocationProtect & 0xF0),
      region->AllocationProtect = PAGE_READONLY)
MUTANT(virtual_query_forgets_the_allocation_protection,
       "VirtualQuery says that views for executing were allocated PAGE_READONLY",
       PATCH(VirtualQuery, forget_protection));

QUERY(keep_address, (UINT_PTR)address % page_size() != 0, region->BaseAddress = (void *)address)
MUTANT(virtual_query_keeps_the_address, "VirtualQuery does not round the address down",
       PATCH(VirtualQuery, keep_address));

QUERY(call_free_reserved, region->State == MEM_FREE && (UINT_PTR)address % granularity() != 0,
      region->State = MEM_RESERVE)
MUTANT(virtual_query_calls_free_reserved,
       "VirtualQuery reports MEM_RESERVE inside a region that is free",
       PATCH(VirtualQuery, call_free_reserved));

QUERY(measure_more,
      region->State == MEM_FREE && region->RegionSize >= 20 << 20 && region->RegionSize <= 64 << 20,
      region->RegionSize += 10 << 20)
MUTANT(virtual_query_measures_free_from_its_start,
       "VirtualQuery gives more than the rest of a large free region",
       PATCH(VirtualQuery, measure_more));

QUERY(ignore_reservation,
      region->State == MEM_RESERVE && region->Type == MEM_MAPPED &&
          region->BaseAddress != region->AllocationBase,
      region->State = MEM_COMMIT)
MUTANT(virtual_query_ignores_reservation,
       "VirtualQuery reports MEM_COMMIT for the reserved pages of a view after committed ones",
       PATCH(VirtualQuery, ignore_reservation));

QUERY(call_image_private,
      region->Type == MEM_IMAGE && (region->Protect & (PAGE_READWRITE | PAGE_WRITECOPY)),
      region->Type = MEM_PRIVATE)
MUTANT(virtual_query_calls_image_private,
       "VirtualQuery reports writable pages of an image as MEM_PRIVATE",
       PATCH(VirtualQuery, call_image_private));

static SIZE_T WINAPI merge_neighbours(QUERY_PARAMETERS)
{
    SIZE_T got = real.VirtualQuery(QUERY_ARGUMENTS);
    MEMORY_BASIC_INFORMATION next;
    if (got != 0 && region->Type == MEM_MAPPED && region->State == MEM_COMMIT &&
        real.VirtualQuery((char *)region->BaseAddress + region->RegionSize, &next, sizeof(next)) &&
        next.Type == MEM_MAPPED && next.State == MEM_COMMIT && next.Protect == region->Protect &&
        next.AllocationBase != region->AllocationBase)
        region->RegionSize += next.RegionSize;
    return got;
}
MUTANT(virtual_query_joins_views, "VirtualQuery takes adjacent views for one region",
       PATCH(VirtualQuery, merge_neighbours));

static SIZE_T WINAPI ignore_protection(QUERY_PARAMETERS)
{
    SIZE_T got = real.VirtualQuery(QUERY_ARGUMENTS);
    MEMORY_BASIC_INFORMATION next;
    if (got != 0 && region->Type == MEM_MAPPED && region->BaseAddress == region->AllocationBase &&
        region->Protect == PAGE_READWRITE &&
        real.VirtualQuery((char *)region->BaseAddress + region->RegionSize, &next, sizeof(next)) &&
        next.AllocationBase == region->AllocationBase && next.State == region->State)
        region->RegionSize += next.RegionSize;
    return got;
}
MUTANT(virtual_query_ignores_protection,
       "VirtualQuery takes the pages after a writable one for alike whatever their protection",
       PATCH(VirtualQuery, ignore_protection));

static SIZE_T WINAPI accept_high(QUERY_PARAMETERS)
{
    SIZE_T got = real.VirtualQuery(QUERY_ARGUMENTS);
    if (got == 0 && GetLastError() == ERROR_INVALID_PARAMETER && size == sizeof(*region)) {
        memset(region, 0, size);
        region->State = MEM_FREE;
        return size;
    }
    return got;
}
MUTANT(virtual_query_takes_any_address, "VirtualQuery calls addresses of the system free",
       PATCH(VirtualQuery, accept_high));

static SIZE_T WINAPI accept_short(QUERY_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION whole;
    if (size >= sizeof(whole))
        return real.VirtualQuery(QUERY_ARGUMENTS);
    real.VirtualQuery(address, &whole, sizeof(whole));
    memcpy(region, &whole, size);
    return size;
}
MUTANT(virtual_query_fills_a_short_buffer, "VirtualQuery writes as much as the buffer takes",
       PATCH(VirtualQuery, accept_short));

/* ---- VirtualProtect ------------------------------------------------------------------------- */

#define PROTECT_PARAMETERS void *address, SIZE_T size, DWORD wanted, DWORD *old
#define PROTECT_ARGUMENTS address, size, wanted, old

static bool is_reserved(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real.VirtualQuery(address, &region, sizeof(region)) && region.State == MEM_RESERVE;
}

/* The rows of tests that loop over all protections count as callers too: one page, from one on. */
static BOOL WINAPI report_new(PROTECT_PARAMETERS)
{
    BOOL set = real.VirtualProtect(PROTECT_ARGUMENTS);
    if (set && wanted == PAGE_READONLY && *old == PAGE_READWRITE)
        *old = wanted;
    return set;
}
MUTANT(virtual_protect_reports_the_new, "VirtualProtect reports the new protection for the old one",
       PATCH(VirtualProtect, report_new));

static BOOL WINAPI lose_access(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = {0};
    real.VirtualQuery(address, &region, sizeof(region));
    if (wanted == PAGE_NOACCESS && region.Protect == PAGE_READWRITE)
        wanted = PAGE_READONLY;
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_leaves_access, "PAGE_NOACCESS leaves the pages of a view readable",
       PATCH(VirtualProtect, lose_access));

static BOOL WINAPI share_copies(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_WRITECOPY && real.VirtualProtect(address, size, PAGE_READWRITE, old))
        return TRUE;
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_shares_copies,
       "VirtualProtect makes pages writable for all when they should be copied on write",
       PATCH(VirtualProtect, share_copies));

static BOOL WINAPI refuse_copies(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (wanted == PAGE_WRITECOPY && real.VirtualQuery(address, &region, sizeof(region)) &&
        region.AllocationProtect == PAGE_READONLY) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_refuses_copies, "A view for reading cannot become copy on write",
       PATCH(VirtualProtect, refuse_copies));

static BOOL WINAPI pretend(PROTECT_PARAMETERS)
{
    BOOL set = real.VirtualProtect(PROTECT_ARGUMENTS);
    if (!set && wanted == PAGE_READWRITE && old != NULL && is_view(address) &&
        GetLastError() == ERROR_INVALID_PARAMETER) {
        *old = PAGE_READONLY;
        return TRUE;
    }
    return set;
}
MUTANT(virtual_protect_pretends_to_make_writable,
       "VirtualProtect succeeds, without effect, where PAGE_READWRITE is more than the view allows",
       PATCH(VirtualProtect, pretend));

static BOOL WINAPI pretend_execute(PROTECT_PARAMETERS)
{
    BOOL set = real.VirtualProtect(PROTECT_ARGUMENTS);
    return set || (wanted == PAGE_EXECUTE_READ && GetLastError() == ERROR_INVALID_PARAMETER &&
                   is_view(address));
}
MUTANT(virtual_protect_pretends_to_execute,
       "VirtualProtect pretends to grant PAGE_EXECUTE_READ where the view does not allow it",
       PATCH(VirtualProtect, pretend_execute));

static BOOL WINAPI refuse_execute(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_EXECUTE) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_refuses_page_execute, "VirtualProtect does not know PAGE_EXECUTE",
       PATCH(VirtualProtect, refuse_execute));

static BOOL WINAPI first_page(PROTECT_PARAMETERS)
{
    if (size < page_size())
        size = 1;
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_rounds_down, "VirtualProtect leaves the page where a small range ends",
       PATCH(VirtualProtect, first_page));

static BOOL WINAPI report_last(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = {0};
    if (size > page_size())
        real.VirtualQuery((char *)address + size - 1, &region, sizeof(region));
    BOOL set = real.VirtualProtect(PROTECT_ARGUMENTS);
    if (set && region.Protect != 0)
        *old = region.Protect;
    return set;
}
MUTANT(virtual_protect_reports_the_last_page,
       "VirtualProtect reports the old protection of the last page",
       PATCH(VirtualProtect, report_last));

static BOOL WINAPI need_no_old(PROTECT_PARAMETERS)
{
    DWORD ignored;
    return real.VirtualProtect(address, size, wanted, old ? old : &ignored);
}
MUTANT(virtual_protect_needs_no_old, "VirtualProtect works without a place for the old protection",
       PATCH(VirtualProtect, need_no_old));

static BOOL WINAPI cross_views(PROTECT_PARAMETERS)
{
    BOOL set = real.VirtualProtect(PROTECT_ARGUMENTS);
    char *last = (char *)address + size - 1;
    if (!set && size == 2 && is_view(address) && is_view(last))
        set = real.VirtualProtect(address, 1, wanted, old) &&
              real.VirtualProtect(last, 1, wanted, old);
    return set;
}
MUTANT(virtual_protect_crosses_views, "VirtualProtect takes a range over two adjacent views",
       PATCH(VirtualProtect, cross_views));

static BOOL WINAPI begin_anyway(PROTECT_PARAMETERS)
{
    if (size > page_size() && is_reserved((char *)address + size - 1))
        real.VirtualProtect(address, 1, wanted, old);
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_begins_and_fails,
       "VirtualProtect changes the committed pages before it fails at a reserved one",
       PATCH(VirtualProtect, begin_anyway));

static BOOL WINAPI ignore_guard(PROTECT_PARAMETERS)
{
    return real.VirtualProtect(address, size,
                               wanted == PAGE_NOACCESS ? wanted : wanted & ~(DWORD)PAGE_GUARD, old);
}
MUTANT(virtual_protect_ignores_guard, "VirtualProtect ignores PAGE_GUARD",
       PATCH(VirtualProtect, ignore_guard));

static BOOL WINAPI guard_nothing(PROTECT_PARAMETERS)
{
    if (wanted == (PAGE_NOACCESS | PAGE_GUARD))
        wanted = PAGE_NOACCESS;
    return real.VirtualProtect(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_takes_guard_with_no_access,
       "VirtualProtect takes PAGE_NOACCESS | PAGE_GUARD for PAGE_NOACCESS",
       PATCH(VirtualProtect, guard_nothing));

/* ---- VirtualLock and VirtualUnlock ---------------------------------------------------------- */

static unsigned locks;

static BOOL WINAPI count_lock(void *address, SIZE_T size)
{
    BOOL locked = real.VirtualLock(address, size);
    locks += locked;
    return locked;
}

static BOOL WINAPI count_unlock(void *address, SIZE_T size)
{
    if (locks > 1) {
        locks--;
        return TRUE;
    }
    return real.VirtualUnlock(address, size);
}
MUTANT(virtual_unlock_counts, "Pages stay locked until they are unlocked as often as locked",
       PATCH(VirtualLock, count_lock), PATCH(VirtualUnlock, count_unlock));

static BOOL WINAPI lock_one_view(void *address, SIZE_T size)
{
    if (size == 2) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real.VirtualLock(address, size);
}
MUTANT(virtual_lock_wants_pages, "VirtualLock refuses a range that is not made of whole pages",
       PATCH(VirtualLock, lock_one_view));

static BOOL WINAPI lock_inaccessible(void *address, SIZE_T size)
{
    MEMORY_BASIC_INFORMATION region;
    if (real.VirtualQuery(address, &region, sizeof(region)) && region.Protect == PAGE_NOACCESS)
        return TRUE;
    return real.VirtualLock(address, size);
}
MUTANT(virtual_lock_takes_no_access, "VirtualLock succeeds on pages that are PAGE_NOACCESS",
       PATCH(VirtualLock, lock_inaccessible));

static BOOL WINAPI lock_reserved(void *address, SIZE_T size)
{
    return real.VirtualLock(address, size) || is_reserved((char *)address + size - 1);
}
MUTANT(virtual_lock_takes_reserved, "VirtualLock succeeds on a range that ends in reserved pages",
       PATCH(VirtualLock, lock_reserved));

static BOOL WINAPI lock_guarded(void *address, SIZE_T size)
{
    MEMORY_BASIC_INFORMATION region;
    if (real.VirtualQuery(address, &region, sizeof(region)) && (region.Protect & PAGE_GUARD))
        return TRUE;
    return real.VirtualLock(address, size);
}
MUTANT(virtual_lock_ignores_guard, "VirtualLock succeeds on a guard page",
       PATCH(VirtualLock, lock_guarded));

/* Reads as if every process saw the pages that others have mapped. */
static SIZE_T WINAPI show_foreign_pages(const void *address, MEMORY_BASIC_INFORMATION *region,
                                        SIZE_T size)
{
    SIZE_T got = real.VirtualQuery(address, region, size);
    if (got && region->State == MEM_FREE && (UINT_PTR)address % 0x10000 == 0) {
        region->State = MEM_COMMIT;
        region->Type = MEM_MAPPED;
        region->Protect = PAGE_READWRITE;
    }
    return got;
}
MUTANT(virtual_query_shows_pages_that_are_not_there,
       "VirtualQuery reports free memory as pages of a view",
       PATCH(VirtualQuery, show_foreign_pages));
