/* Wrong behaviours, for the tests of view3_rules.c: MapViewOfFile3. */
#include "mapping-mutants.h"

#define MAP3_PARAMETERS                                                                  \
    HANDLE mapping, HANDLE process, void *base, ULONG64 offset, SIZE_T size, ULONG type, \
        ULONG protect, MEM_EXTENDED_PARAMETER *extended, ULONG count
#define MAP3_ARGUMENTS mapping, process, base, offset, size, type, protect, extended, count
#define REPLACE_PLACEHOLDER 0x4000

static void *WINAPI drop_high(MAP3_PARAMETERS)
{
    offset = (ULONG)offset;
    return real(MapViewOfFile3)(MAP3_ARGUMENTS);
}
MUTANT(map_view3_drops_the_high_offset, "MapViewOfFile3 takes the low half of the offset for all",
       PATCH(MapViewOfFile3, drop_high));

static void *WINAPI choose_address(MAP3_PARAMETERS)
{
    if (base != NULL && type == 0 && (UINT_PTR)base % granularity() == 0)
        base = NULL;
    return real(MapViewOfFile3)(MAP3_ARGUMENTS);
}
MUTANT(map_view3_chooses_the_address, "MapViewOfFile3 ignores the address",
       PATCH(MapViewOfFile3, choose_address));

static void *WINAPI move_away(MAP3_PARAMETERS)
{
    void *view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    if (view == NULL && base != NULL && type == 0 && GetLastError() == ERROR_INVALID_ADDRESS)
        view = real(MapViewOfFile3)(mapping, process, NULL, offset, size, type, protect, extended,
                                    count);
    return view;
}
MUTANT(map_view3_moves_out_of_the_way,
       "MapViewOfFile3 maps the view elsewhere when something is at the address",
       PATCH(MapViewOfFile3, move_away));

static void *WINAPI reduce_protection(MAP3_PARAMETERS)
{
    void *view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    if (view == NULL && type == 0 && (protect & (PAGE_READWRITE | 0xF0)) &&
        (GetLastError() == ERROR_ACCESS_DENIED || GetLastError() == ERROR_INVALID_PARAMETER))
        view = real(MapViewOfFile3)(mapping, process, base, offset, size, type, PAGE_READONLY,
                                    extended, count);
    return view;
}
MUTANT(map_view3_reduces_the_protection,
       "MapViewOfFile3 gives a view for reading where the object allows no more",
       PATCH(MapViewOfFile3, reduce_protection));

static void *WINAPI protect_images(MAP3_PARAMETERS)
{
    char *view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    for (char *at = view; at != NULL && real(VirtualQuery)(at, &region, sizeof(region)) &&
                          region.AllocationBase == view && region.Type == MEM_IMAGE;
         at += region.RegionSize)
        real(VirtualProtect)(at, region.RegionSize, protect, &old);
    return view;
}
MUTANT(map_view3_protects_images, "MapViewOfFile3 gives all pages of an image the protection asked",
       PATCH(MapViewOfFile3, protect_images));

static void *WINAPI commit(MAP3_PARAMETERS)
{
    char *view = real(MapViewOfFile3)(MAP3_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && real(VirtualQuery)(view, &region, sizeof(region)) &&
        region.State == MEM_RESERVE && region.Type == MEM_MAPPED)
        real(VirtualAlloc)(view, region.RegionSize, MEM_COMMIT, PAGE_READWRITE);
    return view;
}
MUTANT(map_view3_commits, "MapViewOfFile3 commits the pages of a view that should be reserved",
       PATCH(MapViewOfFile3, commit));

static void *WINAPI replace_any(MAP3_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if ((type & REPLACE_PLACEHOLDER) && real(VirtualQuery)(base, &region, sizeof(region)) &&
        region.State == MEM_RESERVE && real(VirtualFree)(base, 0, MEM_RELEASE))
        type &= ~(ULONG)REPLACE_PLACEHOLDER;
    return real(MapViewOfFile3)(MAP3_ARGUMENTS);
}
MUTANT(map_view3_replaces_any_reservation, "MapViewOfFile3 replaces reserved memory of any kind",
       PATCH(MapViewOfFile3, replace_any));
