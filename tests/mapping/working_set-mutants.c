/* Wrong behaviours of QueryWorkingSetEx. */
#include "working_set-mutants.h"

PAGES(views_private,
      region_of(page).Type == MEM_MAPPED && region_of(page).AllocationProtect == PAGE_READONLY,
      Shared = 0)
MUTANT(query_working_set_takes_views_for_private,
       "QueryWorkingSetEx says that pages of views for reading are private",
       PATCH(K32QueryWorkingSetEx, views_private));

PAGES(all_shared, region_of(page).Type == MEM_PRIVATE, Shared = 1)
MUTANT(query_working_set_takes_all_for_shared,
       "QueryWorkingSetEx says that allocated memory can be shared",
       PATCH(K32QueryWorkingSetEx, all_shared));

PAGES(one_protection, true, Win32Protection = PAGE_READWRITE)
MUTANT(query_working_set_tells_one_protection, "QueryWorkingSetEx calls every page PAGE_READWRITE",
       PATCH(K32QueryWorkingSetEx, one_protection));

PAGES(copies_shared, region_of(page).Type == MEM_MAPPED, Shared = 1)
MUTANT(query_working_set_takes_copies_for_shared,
       "QueryWorkingSetEx does not see that a copy-on-write page was written to",
       PATCH(K32QueryWorkingSetEx, copies_shared));

/* One page of the view that is private makes all of them so. */
static bool has_private_page(const MEMORY_BASIC_INFORMATION *region)
{
    PSAPI_WORKING_SET_EX_INFORMATION page;
    MEMORY_BASIC_INFORMATION at;
    for (char *address = region->AllocationBase; real(VirtualQuery)(address, &at, sizeof(at)) &&
                                                 at.AllocationBase == region->AllocationBase;
         address += page_size()) {
        page.VirtualAddress = address;
        if (real(K32QueryWorkingSetEx)(GetCurrentProcess(), &page, sizeof(page)) &&
            page.VirtualAttributes.Valid && !page.VirtualAttributes.Shared)
            return true;
    }
    return false;
}

static BOOL WINAPI one_copy_for_all(PARAMETERS)
{
    BOOL asked = ASK;
    EACH(page)
    {
        MEMORY_BASIC_INFORMATION region = region_of(page);
        if (region.AllocationProtect == PAGE_WRITECOPY && has_private_page(&region))
            page->VirtualAttributes.Shared = 0;
    }
    return asked;
}
MUTANT(query_working_set_takes_one_copy_for_all,
       "QueryWorkingSetEx takes all pages of a copy-on-write view for private when one is",
       PATCH(K32QueryWorkingSetEx, one_copy_for_all));

static BOOL WINAPI first_only(PARAMETERS)
{
    return real(K32QueryWorkingSetEx)(process, list,
                                      size > sizeof(PSAPI_WORKING_SET_EX_INFORMATION)
                                          ? (DWORD)sizeof(PSAPI_WORKING_SET_EX_INFORMATION)
                                          : size);
}
MUTANT(query_working_set_answers_for_the_first_page,
       "QueryWorkingSetEx fills in the first of several structures only",
       PATCH(K32QueryWorkingSetEx, first_only));

static BOOL WINAPI in_order(PARAMETERS)
{
    BOOL asked = ASK;
    PSAPI_WORKING_SET_EX_INFORMATION *pages = list, first;
    size_t count = size / sizeof(*pages);
    if (asked && count > 1) {
        first = pages[0];
        pages[0].VirtualAttributes = pages[count - 1].VirtualAttributes;
        pages[count - 1].VirtualAttributes = first.VirtualAttributes;
    }
    return asked;
}
MUTANT(query_working_set_answers_in_order_of_address,
       "QueryWorkingSetEx answers in another order than it was asked",
       PATCH(K32QueryWorkingSetEx, in_order));

static BOOL WINAPI own_pages(PARAMETERS)
{
    (void)process;
    return real(K32QueryWorkingSetEx)(GetCurrentProcess(), list, size);
}
MUTANT(query_working_set_asks_the_caller,
       "QueryWorkingSetEx answers for the caller's memory whatever process is given",
       PATCH(K32QueryWorkingSetEx, own_pages));
