/* Wrong behaviours of QueryWorkingSetEx, for the tests of working_set_rules.c. */
#include "working_set-mutants.h"

static bool is_view(const PSAPI_WORKING_SET_EX_INFORMATION *page)
{
    return region_of(page).Type == MEM_MAPPED;
}

static BOOL WINAPI no_rights(PARAMETERS)
{
    BOOL asked = ASK;
    if (!asked && process != GetCurrentProcess() && GetProcessId(process) == GetCurrentProcessId())
        asked = real(K32QueryWorkingSetEx)(GetCurrentProcess(), list, size);
    return asked;
}
MUTANT(query_working_set_needs_no_rights, "QueryWorkingSetEx takes a handle without any right",
       PATCH(K32QueryWorkingSetEx, no_rights));

PAGES(counts_one, page->VirtualAttributes.ShareCount > 1, ShareCount = 1)
MUTANT(query_working_set_counts_one_process,
       "QueryWorkingSetEx tells a ShareCount of 1 for every page that is shared",
       PATCH(K32QueryWorkingSetEx, counts_one));

PAGES(counts_none, is_view(page), ShareCount = 0)
MUTANT(query_working_set_counts_no_process, "QueryWorkingSetEx tells no ShareCount",
       PATCH(K32QueryWorkingSetEx, counts_none));

PAGES(counts_private, !is_view(page) && page->VirtualAttributes.Valid, ShareCount = 1)
MUTANT(query_working_set_counts_private_pages,
       "QueryWorkingSetEx tells a ShareCount for pages that are not shared",
       PATCH(K32QueryWorkingSetEx, counts_private));

PAGES(never_locked, true, Locked = 0)
MUTANT(query_working_set_never_finds_a_page_locked,
       "QueryWorkingSetEx takes no notice of VirtualLock",
       PATCH(K32QueryWorkingSetEx, never_locked));

PAGES(always_locked, is_view(page) && page->VirtualAttributes.Valid, Locked = 1)
MUTANT(query_working_set_takes_views_for_locked,
       "QueryWorkingSetEx says that pages of views are locked",
       PATCH(K32QueryWorkingSetEx, always_locked));

PAGES(always_large, is_view(page) && page->VirtualAttributes.Valid, LargePage = 1)
MUTANT(query_working_set_takes_views_for_large,
       "QueryWorkingSetEx says that pages of views are large",
       PATCH(K32QueryWorkingSetEx, always_large));

PAGES(invalid_private, !page->VirtualAttributes.Valid, Invalid.Shared = 0)
MUTANT(query_working_set_takes_invalid_pages_for_private,
       "QueryWorkingSetEx takes every page that is not in the working set for private",
       PATCH(K32QueryWorkingSetEx, invalid_private));

PAGES(invalid_shared, !page->VirtualAttributes.Valid, Invalid.Shared = 1)
MUTANT(query_working_set_takes_invalid_pages_for_shared,
       "QueryWorkingSetEx takes every page that is not in the working set for shared",
       PATCH(K32QueryWorkingSetEx, invalid_shared));
