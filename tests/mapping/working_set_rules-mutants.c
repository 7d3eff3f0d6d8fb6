/* Wrong behaviours of QueryWorkingSetEx, for the tests of working_set_rules.c. */
#include "mapping-mutants.h"

#include <psapi.h>

#define PARAMETERS HANDLE process, void *list, DWORD size
#define ASK real(K32QueryWorkingSetEx)(process, list, size)
#define EACH(page)                                      \
    for (PSAPI_WORKING_SET_EX_INFORMATION *page = list; \
         asked && (DWORD)((char *)page - (char *)list) < size; page++)

static bool is_view(const PSAPI_WORKING_SET_EX_INFORMATION *page)
{
    MEMORY_BASIC_INFORMATION region = {0};
    DWORD error = GetLastError();
    real(VirtualQuery)(page->VirtualAddress, &region, sizeof(region));
    SetLastError(error);
    return region.Type == MEM_MAPPED;
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

static BOOL WINAPI counts_one(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (page->VirtualAttributes.ShareCount > 1)
        page->VirtualAttributes.ShareCount = 1;
    return asked;
}
MUTANT(query_working_set_counts_one_process,
       "QueryWorkingSetEx tells a ShareCount of 1 for every page that is shared",
       PATCH(K32QueryWorkingSetEx, counts_one));

static BOOL WINAPI counts_none(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (is_view(page))
        page->VirtualAttributes.ShareCount = 0;
    return asked;
}
MUTANT(query_working_set_counts_no_process, "QueryWorkingSetEx tells no ShareCount",
       PATCH(K32QueryWorkingSetEx, counts_none));

static BOOL WINAPI counts_private(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (!is_view(page) && page->VirtualAttributes.Valid)
        page->VirtualAttributes.ShareCount = 1;
    return asked;
}
MUTANT(query_working_set_counts_private_pages,
       "QueryWorkingSetEx tells a ShareCount for pages that are not shared",
       PATCH(K32QueryWorkingSetEx, counts_private));

static BOOL WINAPI never_locked(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    page->VirtualAttributes.Locked = 0;
    return asked;
}
MUTANT(query_working_set_never_finds_a_page_locked,
       "QueryWorkingSetEx takes no notice of VirtualLock",
       PATCH(K32QueryWorkingSetEx, never_locked));

static BOOL WINAPI always_locked(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (is_view(page) && page->VirtualAttributes.Valid)
        page->VirtualAttributes.Locked = 1;
    return asked;
}
MUTANT(query_working_set_takes_views_for_locked,
       "QueryWorkingSetEx says that pages of views are locked",
       PATCH(K32QueryWorkingSetEx, always_locked));

static BOOL WINAPI always_large(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (is_view(page) && page->VirtualAttributes.Valid)
        page->VirtualAttributes.LargePage = 1;
    return asked;
}
MUTANT(query_working_set_takes_views_for_large,
       "QueryWorkingSetEx says that pages of views are large",
       PATCH(K32QueryWorkingSetEx, always_large));

static BOOL WINAPI invalid_private(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (!page->VirtualAttributes.Valid)
        page->VirtualAttributes.Invalid.Shared = 0;
    return asked;
}
MUTANT(query_working_set_takes_invalid_pages_for_private,
       "QueryWorkingSetEx takes every page that is not in the working set for private",
       PATCH(K32QueryWorkingSetEx, invalid_private));

static BOOL WINAPI invalid_shared(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    if (!page->VirtualAttributes.Valid)
        page->VirtualAttributes.Invalid.Shared = 1;
    return asked;
}
MUTANT(query_working_set_takes_invalid_pages_for_shared,
       "QueryWorkingSetEx takes every page that is not in the working set for shared",
       PATCH(K32QueryWorkingSetEx, invalid_shared));
