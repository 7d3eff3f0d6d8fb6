/* Wrong behaviours, for the tests of pages.c: VirtualQuery and VirtualProtect on guard pages, at
 * the ends, and on allocated memory beside views. */
#include "mapping-mutants.h"

static SIZE_T WINAPI call_allocated_mapped(const void *address, MEMORY_BASIC_INFORMATION *region,
                                           SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && region->Type == MEM_PRIVATE && region->AllocationProtect == PAGE_READWRITE)
        region->Type = MEM_MAPPED;
    return got;
}
MUTANT(virtual_query_calls_allocated_mapped,
       "VirtualQuery reports MEM_MAPPED for memory that was allocated to be read and written",
       PATCH(VirtualQuery, call_allocated_mapped));

static SIZE_T WINAPI hide_guards(const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && region->State == MEM_COMMIT)
        region->Protect &= ~(DWORD)PAGE_GUARD;
    return got;
}
MUTANT(virtual_query_hides_guards, "VirtualQuery does not tell that a page is a guard page",
       PATCH(VirtualQuery, hide_guards));

static SIZE_T WINAPI want_address(const void *address, MEMORY_BASIC_INFORMATION *region,
                                  SIZE_T size)
{
    if (address == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    return real(VirtualQuery)(address, region, size);
}
MUTANT(virtual_query_wants_an_address, "VirtualQuery refuses the address zero",
       PATCH(VirtualQuery, want_address));

static SIZE_T WINAPI return_size(const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    return got != 0 ? size : 0;
}
MUTANT(virtual_query_returns_the_buffer_size,
       "VirtualQuery returns the size of the buffer however much it wrote",
       PATCH(VirtualQuery, return_size));

static BOOL WINAPI take_strongest(PROTECT_PARAMETERS)
{
    DWORD page = wanted & PAGE_PROTECTION;
    while (page & (page - 1))
        page &= page - 1;
    return real(VirtualProtect)(
        address, size, page ? page | (wanted & ~(DWORD)PAGE_PROTECTION) : PAGE_NOACCESS, old);
}
MUTANT(virtual_protect_takes_the_strongest,
       "VirtualProtect takes the last of several protections, and PAGE_NOACCESS for none",
       PATCH(VirtualProtect, take_strongest));

/* One after the other of the pieces that the range has: of other allocations, or of the same one
 * with reserved pages between. */
static BOOL piecewise(PROTECT_PARAMETERS, bool over_allocations)
{
    if (real(VirtualProtect)(PROTECT_ARGUMENTS))
        return TRUE;
    DWORD error = GetLastError();
    char *at = address, *end = at + size;
    MEMORY_BASIC_INFORMATION first, region;
    bool set = old != NULL && real(VirtualQuery)(address, &first, sizeof(first));
    while (set && at < end && real(VirtualQuery)(at, &region, sizeof(region))) {
        char *next = (char *)region.BaseAddress + region.RegionSize;
        if (next > end)
            next = end;
        bool same = region.AllocationBase == first.AllocationBase;
        set = (same != over_allocations || at == address) &&
              (region.State != MEM_COMMIT ||
               real(VirtualProtect)(at, (SIZE_T)(next - at), wanted, old));
        at = next;
    }
    SetLastError(error);
    return set;
}

static BOOL WINAPI span_allocations(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION last;
    real(VirtualQuery)((char *)address + size - 1, &last, sizeof(last));
    if (last.State != MEM_COMMIT)
        return real(VirtualProtect)(PROTECT_ARGUMENTS);
    return piecewise(PROTECT_ARGUMENTS, true);
}
MUTANT(virtual_protect_spans_allocations,
       "VirtualProtect changes the pages of two allocations that adjoin",
       PATCH(VirtualProtect, span_allocations));

static BOOL WINAPI skip_reserved(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION first;
    real(VirtualQuery)(address, &first, sizeof(first));
    if (first.Type != MEM_PRIVATE)
        return real(VirtualProtect)(PROTECT_ARGUMENTS);
    return piecewise(PROTECT_ARGUMENTS, false);
}
MUTANT(virtual_protect_skips_reserved_pages,
       "VirtualProtect skips the pages of allocated memory that are not committed",
       PATCH(VirtualProtect, skip_reserved));

static BOOL WINAPI forgive_place(PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION place;
    DWORD own;
    bool bad = old != NULL && real(VirtualQuery)(old, &place, sizeof(place)) &&
               (place.Protect & (PAGE_READONLY | PAGE_NOACCESS));
    return real(VirtualProtect)(address, size, wanted, bad ? &own : old);
}
MUTANT(virtual_protect_forgives_a_bad_place,
       "VirtualProtect succeeds where the place for the old protection cannot be written",
       PATCH(VirtualProtect, forgive_place));

static BOOL WINAPI lose_copies(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (set && wanted == PAGE_WRITECOPY && (*old == PAGE_READONLY || *old == PAGE_NOACCESS) &&
        real(VirtualQuery)(address, &region, sizeof(region)) &&
        region.AllocationProtect == PAGE_WRITECOPY)
        memset(address, 0, size);
    return set;
}
MUTANT(virtual_protect_loses_copies,
       "A page that becomes copy on write again loses what was written to it",
       PATCH(VirtualProtect, lose_copies));
