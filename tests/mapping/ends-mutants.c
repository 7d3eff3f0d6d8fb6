/* Wrong behaviours of MapViewOfFile at the end of an object, and of what acts on one view of
 * several that lie side by side. */
#include "mapping-mutants.h"

static void *WINAPI forgets_the_offset(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view || GetLastError() != ERROR_ACCESS_DENIED || !low || !size)
        return view;
    void *from_start = real(MapViewOfFile)(mapping, access, 0, 0, size);
    if (!from_start)
        return refuse(ERROR_ACCESS_DENIED);
    real(UnmapViewOfFile)(from_start);
    return real(MapViewOfFile)(mapping, access, high, low, 0);
}
MUTANT(map_view_forgets_the_offset_in_the_size,
       "MapViewOfFile compares the size of a view with all of the object, wherever it begins",
       PATCH(MapViewOfFile, forgets_the_offset));

static HANDLE of_the_page_file;

static HANDLE WINAPI notes_page_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (file == INVALID_HANDLE_VALUE)
        of_the_page_file = mapping;
    return mapping;
}

static void *WINAPI cuts_short(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (!view && GetLastError() == ERROR_ACCESS_DENIED && mapping == of_the_page_file && size)
        view = real(MapViewOfFile)(mapping, access, high, low, 0);
    return view;
}
MUTANT(map_view_cuts_a_view_of_the_page_file_short,
       "MapViewOfFile maps what there is when a view of the page file should be larger",
       PATCH(CreateFileMappingW, notes_page_file), PATCH(MapViewOfFile, cuts_short));

static void *WINAPI cuts_to_32_bits(MAP_PARAMETERS)
{
    return real(MapViewOfFile)(mapping, access, high, low, (DWORD)size);
}
MUTANT(map_view_cuts_the_size_to_32_bits, "MapViewOfFile takes no more than 32 bits of the size",
       PATCH(MapViewOfFile, cuts_to_32_bits));

/* The region that begins at the address, if it is a view from its start. */
static bool is_a_view(const void *address, MEMORY_BASIC_INFORMATION *region)
{
    DWORD error = GetLastError();
    bool is = real(VirtualQuery)(address, region, sizeof(*region)) && region->Type == MEM_MAPPED &&
              region->AllocationBase == address;
    SetLastError(error);
    return is;
}

static BOOL WINAPI takes_next(const void *view)
{
    MEMORY_BASIC_INFORMATION region, next;
    bool all = is_a_view(view, &region);
    BOOL unmapped = real(UnmapViewOfFile)(view);
    if (unmapped && all && is_a_view((const char *)view + region.RegionSize, &next))
        real(UnmapViewOfFile)(next.BaseAddress);
    return unmapped;
}
MUTANT(unmap_view_takes_the_next_one_along,
       "UnmapViewOfFile unmaps the view that begins where this one ends as well",
       PATCH(UnmapViewOfFile, takes_next));

static BOOL WINAPI takes_previous(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    BOOL unmapped = real(UnmapViewOfFile)(view);
    DWORD error = GetLastError();
    if (unmapped && real(VirtualQuery)((const char *)view - 1, &region, sizeof(region)) &&
        region.Type == MEM_MAPPED)
        real(UnmapViewOfFile)(region.AllocationBase);
    SetLastError(error);
    return unmapped;
}
MUTANT(unmap_view_takes_the_one_before_along,
       "UnmapViewOfFile unmaps the view that ends where this one begins as well",
       PATCH(UnmapViewOfFile, takes_previous));

static BOOL WINAPI reaches_next(void *address, SIZE_T size, DWORD protection, DWORD *old)
{
    MEMORY_BASIC_INFORMATION next;
    BOOL set = real(VirtualProtect)(address, size, protection, old);
    DWORD behind;
    if (set && is_a_view((char *)address + size, &next))
        real(VirtualProtect)(next.BaseAddress, page_size(), protection, &behind);
    return set;
}
MUTANT(virtual_protect_reaches_into_the_next_view,
       "VirtualProtect changes a page too many when the range ends where the next view begins",
       PATCH(VirtualProtect, reaches_next));

static void *WINAPI ignore_size(MAP_PARAMETERS)
{
    if (can_map(mapping, access, low, size))
        size = 0;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_size, "MapViewOfFile maps all of the object whatever the size",
       PATCH(MapViewOfFile, ignore_size));
