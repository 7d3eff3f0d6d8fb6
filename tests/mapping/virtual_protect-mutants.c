/* Wrong behaviours, for the tests of virtual_protect.c: VirtualProtect on views: which
 * protections a view can take, and what becomes of its pages. */
#include "mapping-mutants.h"

static bool is_view(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real(VirtualQuery)(address, &region, sizeof(region)) && region.State != MEM_FREE &&
           region.Type == MEM_MAPPED;
}

/* The rows of tests that loop over all protections count as callers too: one page, from one on. */
static BOOL WINAPI report_new(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
    if (set && wanted == PAGE_READONLY && *old == PAGE_READWRITE)
        *old = wanted;
    return set;
}
MUTANT(virtual_protect_reports_the_new, "VirtualProtect reports the new protection for the old one",
       PATCH(VirtualProtect, report_new));

static BOOL WINAPI lose_access(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = {0};
    real(VirtualQuery)(address, &region, sizeof(region));
    if (wanted == PAGE_NOACCESS && region.Protect == PAGE_READWRITE)
        wanted = PAGE_READONLY;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_leaves_access, "PAGE_NOACCESS leaves the pages of a view readable",
       PATCH(VirtualProtect, lose_access));

static BOOL WINAPI share_copies(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_WRITECOPY && real(VirtualProtect)(address, size, PAGE_READWRITE, old))
        return TRUE;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_shares_copies,
       "VirtualProtect makes pages writable for all when they should be copied on write",
       PATCH(VirtualProtect, share_copies));

static BOOL WINAPI refuse_copies(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (wanted == PAGE_WRITECOPY && real(VirtualQuery)(address, &region, sizeof(region)) &&
        region.AllocationProtect == PAGE_READONLY) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_refuses_copies, "A view for reading cannot become copy on write",
       PATCH(VirtualProtect, refuse_copies));

static BOOL WINAPI pretend(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
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
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
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
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_refuses_page_execute, "VirtualProtect does not know PAGE_EXECUTE",
       PATCH(VirtualProtect, refuse_execute));

static BOOL WINAPI first_page(PROTECT_PARAMETERS)
{
    if (size < page_size())
        size = 1;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_rounds_down, "VirtualProtect leaves the page where a small range ends",
       PATCH(VirtualProtect, first_page));

static BOOL WINAPI report_last(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = {0};
    if (size > page_size())
        real(VirtualQuery)((char *)address + size - 1, &region, sizeof(region));
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
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
    return real(VirtualProtect)(address, size, wanted, old ? old : &ignored);
}
MUTANT(virtual_protect_needs_no_old, "VirtualProtect works without a place for the old protection",
       PATCH(VirtualProtect, need_no_old));

static BOOL WINAPI cross_views(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
    char *last = (char *)address + size - 1;
    if (!set && size == 2 && is_view(address) && is_view(last))
        set = real(VirtualProtect)(address, 1, wanted, old) &&
              real(VirtualProtect)(last, 1, wanted, old);
    return set;
}
MUTANT(virtual_protect_crosses_views, "VirtualProtect takes a range over two adjacent views",
       PATCH(VirtualProtect, cross_views));

static BOOL WINAPI begin_anyway(PROTECT_PARAMETERS)
{
    if (size > page_size() && is_reserved((char *)address + size - 1))
        real(VirtualProtect)(address, 1, wanted, old);
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_begins_and_fails,
       "VirtualProtect changes the committed pages before it fails at a reserved one",
       PATCH(VirtualProtect, begin_anyway));
