/* Wrong behaviours, for the tests of prefetch.c: PrefetchVirtualMemory. */
#include "mapping-mutants.h"

static BOOL WINAPI want_pages(HANDLE process, ULONG_PTR count, WIN32_MEMORY_RANGE_ENTRY *ranges,
                              ULONG flags)
{
    if (count != 0 && ranges[0].NumberOfBytes % page_size() != 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(PrefetchVirtualMemory)(process, count, ranges, flags);
}
MUTANT(prefetch_wants_whole_pages, "PrefetchVirtualMemory refuses ranges that are no whole pages",
       PATCH(PrefetchVirtualMemory, want_pages));

static BOOL WINAPI take_none(HANDLE process, ULONG_PTR count, WIN32_MEMORY_RANGE_ENTRY *ranges,
                             ULONG flags)
{
    return count == 0 || real(PrefetchVirtualMemory)(process, count, ranges, flags);
}
MUTANT(prefetch_takes_no_ranges, "PrefetchVirtualMemory succeeds when it is given no range",
       PATCH(PrefetchVirtualMemory, take_none));
