/* Wrong behaviours, for the tests of query.c: what VirtualQuery reports of views. */
#include "mapping-mutants.h"

#define QUERY_PARAMETERS const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size
#define QUERY_ARGUMENTS address, region, size

/* The mutants act on few of the many callers of VirtualQuery: those that ask what the fact is
 * about.
 */
#define QUERY(name, when, wrong)                             \
    static SIZE_T WINAPI name(QUERY_PARAMETERS)              \
    {                                                        \
        SIZE_T got = real(VirtualQuery)(QUERY_ARGUMENTS);    \
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
    SIZE_T got = real(VirtualQuery)(QUERY_ARGUMENTS);
    MEMORY_BASIC_INFORMATION next;
    if (got != 0 && region->Type == MEM_MAPPED && region->State == MEM_COMMIT &&
        real(VirtualQuery)((char *)region->BaseAddress + region->RegionSize, &next, sizeof(next)) &&
        next.Type == MEM_MAPPED && next.State == MEM_COMMIT && next.Protect == region->Protect &&
        next.AllocationBase != region->AllocationBase)
        region->RegionSize += next.RegionSize;
    return got;
}
MUTANT(virtual_query_joins_views, "VirtualQuery takes adjacent views for one region",
       PATCH(VirtualQuery, merge_neighbours));

static SIZE_T WINAPI ignore_protection(QUERY_PARAMETERS)
{
    SIZE_T got = real(VirtualQuery)(QUERY_ARGUMENTS);
    MEMORY_BASIC_INFORMATION next;
    if (got != 0 && region->Type == MEM_MAPPED && region->BaseAddress == region->AllocationBase &&
        region->Protect == PAGE_READWRITE &&
        real(VirtualQuery)((char *)region->BaseAddress + region->RegionSize, &next, sizeof(next)) &&
        next.AllocationBase == region->AllocationBase && next.State == region->State)
        region->RegionSize += next.RegionSize;
    return got;
}
MUTANT(virtual_query_ignores_protection,
       "VirtualQuery takes the pages after a writable one for alike whatever their protection",
       PATCH(VirtualQuery, ignore_protection));

static SIZE_T WINAPI accept_high(QUERY_PARAMETERS)
{
    SIZE_T got = real(VirtualQuery)(QUERY_ARGUMENTS);
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
        return real(VirtualQuery)(QUERY_ARGUMENTS);
    real(VirtualQuery)(address, &whole, sizeof(whole));
    memcpy(region, &whole, size);
    return size;
}
MUTANT(virtual_query_fills_a_short_buffer, "VirtualQuery writes as much as the buffer takes",
       PATCH(VirtualQuery, accept_short));

/* Where ranges began and ended that were changed. */
static char *borders[32];
static unsigned border_count;

static void note_borders(char *address, SIZE_T size)
{
    char *begin = (char *)((UINT_PTR)address & ~(UINT_PTR)(page_size() - 1));
    char *end =
        (char *)(((UINT_PTR)address + size + page_size() - 1) & ~(UINT_PTR)(page_size() - 1));
    if (border_count + 2 <= 32) {
        borders[border_count++] = begin;
        borders[border_count++] = end;
    }
}

static BOOL WINAPI protect_with_borders(PROTECT_PARAMETERS)
{
    BOOL done = real(VirtualProtect)(PROTECT_ARGUMENTS);
    if (done)
        note_borders(address, size);
    return done;
}

static void *WINAPI commit_with_borders(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    if (type == MEM_COMMIT && address != NULL)
        note_borders(address, size);
    return real(VirtualAlloc)(address, size, type, protect);
}

static SIZE_T WINAPI keep_borders(QUERY_PARAMETERS)
{
    SIZE_T got = real(VirtualQuery)(QUERY_ARGUMENTS);
    for (unsigned i = 0; got != 0 && region->State != MEM_FREE && i < border_count; i++) {
        char *base = region->BaseAddress;
        if (borders[i] > base && borders[i] < base + region->RegionSize)
            region->RegionSize = borders[i] - base;
    }
    return got;
}
MUTANT(virtual_query_keeps_borders,
       "VirtualQuery ends a region where a range ended that was changed once",
       PATCH(VirtualProtect, protect_with_borders), PATCH(VirtualAlloc, commit_with_borders),
       PATCH(VirtualQuery, keep_borders));
