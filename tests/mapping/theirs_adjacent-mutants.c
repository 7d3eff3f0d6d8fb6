/* Wrong behaviours, for the tests of theirs_adjacent.c: what is asked for on behalf of another
 * process. */
#include "mapping-mutants.h"

static MEMORY_BASIC_INFORMATION region_in(HANDLE process, const void *address)
{
    MEMORY_BASIC_INFORMATION region = {0};
    DWORD error = GetLastError();
    real(VirtualQueryEx)(process, address, &region, sizeof(region));
    SetLastError(error);
    return region;
}

static bool is_other(HANDLE process)
{
    return process != GetCurrentProcess();
}

static SIZE_T WINAPI joins_views(HANDLE process, const void *address,
                                 MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQueryEx)(process, address, region, size);
    while (got && is_other(process) && region->Type == MEM_MAPPED) {
        MEMORY_BASIC_INFORMATION next =
            region_in(process, (char *)region->BaseAddress + region->RegionSize);
        if (next.AllocationBase == region->AllocationBase || next.Type != MEM_MAPPED ||
            next.Protect != region->Protect)
            break;
        region->RegionSize += next.RegionSize;
    }
    return got;
}
MUTANT(virtual_query_ex_joins_adjacent_views,
       "VirtualQueryEx reports adjacent views of the same protection as one region",
       PATCH(VirtualQueryEx, joins_views));

#define PROTECT_EX_PARAMETERS HANDLE process, void *address, SIZE_T size, DWORD wanted, DWORD *old
#define PROTECT_EX real(VirtualProtectEx)(process, address, size, wanted, old)

static BOOL WINAPI each_view(PROTECT_EX_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION first = region_in(process, address);
    char *next = (char *)first.BaseAddress + first.RegionSize;
    SIZE_T part = (SIZE_T)(next - (char *)address);
    if (first.Type == MEM_MAPPED && part < size && region_in(process, next).AllocationBase == next)
        return real(VirtualProtectEx)(process, next, size - part, wanted, old) &&
               real(VirtualProtectEx)(process, address, part, wanted, old);
    return PROTECT_EX;
}
MUTANT(virtual_protect_ex_goes_on_in_the_next_view,
       "VirtualProtectEx changes the pages of two adjacent views",
       PATCH(VirtualProtectEx, each_view));

static BOOL WINAPI no_place(PROTECT_EX_PARAMETERS)
{
    DWORD before;
    BOOL set = real(VirtualProtectEx)(process, address, size, wanted, old ? &before : NULL);
    if (set && is_writable(region_in(GetCurrentProcess(), old).Protect))
        *old = before;
    return set;
}
MUTANT(virtual_protect_ex_takes_any_place,
       "VirtualProtectEx succeeds where the old protection cannot be stored",
       PATCH(VirtualProtectEx, no_place));

#define READ_PARAMETERS HANDLE process, const void *address, void *bytes, SIZE_T size, SIZE_T *count
#define READ real(ReadProcessMemory)(process, address, bytes, size, count)

static BOOL WINAPI as_far_as_it_gets(READ_PARAMETERS)
{
    BOOL read = READ;
    DWORD error = GetLastError();
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    SIZE_T there = (char *)region.BaseAddress + region.RegionSize - (char *)address;
    if (!read && is_other(process) && region.State == MEM_COMMIT && there < size)
        real(ReadProcessMemory)(process, address, bytes, there, count);
    SetLastError(error);
    return read;
}
MUTANT(read_process_memory_copies_as_far_as_it_gets,
       "ReadProcessMemory fails after it has copied what could be read",
       PATCH(ReadProcessMemory, as_far_as_it_gets));

static BOOL WINAPI one_view(READ_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    char *end = (char *)region.BaseAddress + region.RegionSize;
    if (is_other(process) && (SIZE_T)(end - (char *)address) < size &&
        region_in(process, end).AllocationBase == end) {
        SetLastError(ERROR_PARTIAL_COPY);
        return FALSE;
    }
    return READ;
}
MUTANT(read_process_memory_stops_at_the_next_view,
       "ReadProcessMemory does not read across the border of two views",
       PATCH(ReadProcessMemory, one_view));

#define ALLOCATE_PARAMETERS \
    HANDLE process, void *address, SIZE_T size, DWORD type, DWORD protect, DWORD node
#define ALLOCATE real(VirtualAllocExNuma)(process, address, size, type, protect, node)

static void *WINAPI all_of_the_view(ALLOCATE_PARAMETERS)
{
    void *memory = ALLOCATE;
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    if (memory != NULL && type == MEM_COMMIT && region.Type == MEM_MAPPED)
        for (char *view = region.AllocationBase;
             (region = region_in(process, view)).Type == MEM_MAPPED; view += region.RegionSize)
            real(VirtualAllocExNuma)(process, view, region.RegionSize, type, protect, node);
    return memory;
}
MUTANT(virtual_alloc_ex_numa_commits_all_of_the_view,
       "VirtualAllocExNuma commits all pages of a view when it is asked for one",
       PATCH(VirtualAllocExNuma, all_of_the_view));

static void *WINAPI for_the_caller(ALLOCATE_PARAMETERS)
{
    if (type == MEM_COMMIT && is_other(process))
        return address;
    return ALLOCATE;
}
MUTANT(virtual_alloc_ex_numa_commits_for_the_caller,
       "VirtualAllocExNuma pretends to commit pages of another process",
       PATCH(VirtualAllocExNuma, for_the_caller));

static void *WINAPI elsewhere(ALLOCATE_PARAMETERS)
{
    void *memory = ALLOCATE;
    if (memory == NULL && (type & MEM_RESERVE) && address != NULL)
        memory = real(VirtualAllocExNuma)(process, NULL, size, type, protect, node);
    return memory;
}
MUTANT(virtual_alloc_ex_numa_reserves_elsewhere,
       "VirtualAllocExNuma reserves other addresses when those wanted are occupied by a view",
       PATCH(VirtualAllocExNuma, elsewhere));

static BOOL WINAPI caller_only(HANDLE process, ULONG_PTR count, WIN32_MEMORY_RANGE_ENTRY *ranges,
                               ULONG flags)
{
    if (is_other(process)) {
        SetLastError(ERROR_INVALID_HANDLE);
        return FALSE;
    }
    return real(PrefetchVirtualMemory)(process, count, ranges, flags);
}
MUTANT(prefetch_is_for_the_caller_only, "PrefetchVirtualMemory takes no process but the caller's",
       PATCH(PrefetchVirtualMemory, caller_only));
