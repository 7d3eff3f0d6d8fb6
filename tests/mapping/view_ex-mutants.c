/* Wrong behaviours, for the tests of view_ex.c: where MapViewOfFileEx and MapViewOfFileExNuma
 * put a view when they are given an address. */
#include "mapping-mutants.h"

#define MAP_EX_PARAMETERS MAP_PARAMETERS, void *base
#define MAP_EX_ARGUMENTS MAP_ARGUMENTS, base

static void *WINAPI ignore_base(MAP_EX_PARAMETERS)
{
    void *view = real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
    if (view == NULL || base == NULL || low == 0)
        return view;
    void *elsewhere = real(MapViewOfFileEx)(MAP_ARGUMENTS, NULL);
    real(UnmapViewOfFile)(view);
    return elsewhere;
}
MUTANT(map_view_ex_ignores_the_address,
       "MapViewOfFileEx puts a view that begins at an offset where it likes",
       PATCH(MapViewOfFileEx, ignore_base));

static void *WINAPI want_base(MAP_EX_PARAMETERS)
{
    if (base == NULL && access == FILE_MAP_READ && low == 0)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
}
MUTANT(map_view_ex_wants_an_address,
       "MapViewOfFileEx fails for reading when it is given no address",
       PATCH(MapViewOfFileEx, want_base));

static void *WINAPI round_base(MAP_EX_PARAMETERS)
{
    base = (char *)base - (UINT_PTR)base % granularity();
    return real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
}
MUTANT(map_view_ex_rounds_the_address, "MapViewOfFileEx rounds the address down",
       PATCH(MapViewOfFileEx, round_base));

static void *WINAPI relocate(MAP_EX_PARAMETERS)
{
    void *view = real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view == NULL && GetLastError() == ERROR_INVALID_ADDRESS &&
        real(VirtualQuery)(base, &region, sizeof(region)) && region.State != MEM_FREE)
        view = real(MapViewOfFileEx)(MAP_ARGUMENTS, NULL);
    return view;
}
MUTANT(map_view_ex_goes_elsewhere,
       "MapViewOfFileEx puts the view somewhere else when its address is occupied",
       PATCH(MapViewOfFileEx, relocate));

static void *WINAPI cut_short(MAP_EX_PARAMETERS)
{
    void *view = real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view == NULL && GetLastError() == ERROR_INVALID_ADDRESS &&
        real(VirtualQuery)(base, &region, sizeof(region)) && region.State == MEM_FREE)
        view = real(MapViewOfFileEx)(mapping, access, high, low, region.RegionSize, base);
    return view;
}
MUTANT(map_view_ex_cuts_the_view_short, "MapViewOfFileEx maps what fits before the next neighbour",
       PATCH(MapViewOfFileEx, cut_short));

static bool creates;

static HANDLE WINAPI notes_creation(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protection,
                                    DWORD high, DWORD low, LPCWSTR name)
{
    creates = true;
    return real(CreateFileMappingW)(file, security, protection, high, low, name);
}

static void *WINAPI copy_at_base(MAP_EX_PARAMETERS)
{
    if (creates || base == NULL || size != 0 || !(access & FILE_MAP_WRITE))
        return real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
    access = FILE_MAP_COPY;
    volatile char *view = real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
    if (view) { /* a page of its own from now on */
        char first = *view;
        *view = first;
    }
    return (void *)view;
}
MUTANT(map_view_ex_at_an_address_is_a_copy,
       "What is written to a whole view at an address that was given is private in another process",
       PATCH(CreateFileMappingW, notes_creation), PATCH(MapViewOfFileEx, copy_at_base));

static void *WINAPI all_the_rest(MAP_EX_PARAMETERS)
{
    if (low != 0 && size != 0 && size <= 0x1000)
        size = 0;
    return real(MapViewOfFileEx)(MAP_EX_ARGUMENTS);
}
MUTANT(map_view_ex_ignores_a_small_size,
       "MapViewOfFileEx maps up to the end where an offset and a small size are given",
       PATCH(MapViewOfFileEx, all_the_rest));

#define MAP_NUMA_PARAMETERS MAP_EX_PARAMETERS, DWORD node
#define MAP_NUMA_ARGUMENTS MAP_EX_ARGUMENTS, node

static void *WINAPI drop_execute(MAP_NUMA_PARAMETERS)
{
    return real(MapViewOfFileExNuma)(mapping, access & ~FILE_MAP_EXECUTE, high, low, size, base,
                                     node);
}
MUTANT(map_view_numa_ignores_execute, "MapViewOfFileExNuma ignores FILE_MAP_EXECUTE",
       PATCH(MapViewOfFileExNuma, drop_execute));

static void *WINAPI refuse_node(MAP_NUMA_PARAMETERS)
{
    if (node == 0)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(MapViewOfFileExNuma)(MAP_NUMA_ARGUMENTS);
}
MUTANT(map_view_numa_refuses_node_zero, "MapViewOfFileExNuma refuses the first node",
       PATCH(MapViewOfFileExNuma, refuse_node));
