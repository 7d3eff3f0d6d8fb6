/* Wrong behaviours, for the tests of large.c: objects and views that are large, and views that
 * are many. */
#include "mapping-mutants.h"

static void *WINAPI limit_size(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && real(VirtualQuery)(view, &region, sizeof(region)) &&
        region.RegionSize >= (SIZE_T)1 << 30) {
        real(UnmapViewOfFile)(view);
        view = refuse(ERROR_NOT_ENOUGH_MEMORY);
    }
    return view;
}
MUTANT(map_view_of_a_gibibyte_is_too_much, "MapViewOfFile fails for views of 1 GiB and more",
       PATCH(MapViewOfFile, limit_size));

static void *WINAPI limit_count(MAP_PARAMETERS)
{
    static unsigned count;
    return ++count > 2048 ? refuse(ERROR_NOT_ENOUGH_MEMORY) : real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_gives_2048_views, "MapViewOfFile fails after 2048 views",
       PATCH(MapViewOfFile, limit_count));

static LPVOID WINAPI cuts_what_is_too_large(HANDLE mapping, DWORD access, DWORD high, DWORD low,
                                            SIZE_T size)
{
    LPVOID view = real(MapViewOfFile)(mapping, access, high, low, size);
    if (!view && !size && GetLastError() == ERROR_NOT_ENOUGH_MEMORY)
        return real(MapViewOfFile)(mapping, access, high, low, 4096);
    return view;
}
MUTANT(map_view_cuts_what_is_too_large,
       "MapViewOfFile maps a part where the whole finds no room in the address space",
       PATCH(MapViewOfFile, cuts_what_is_too_large));

static LPVOID WINAPI charges_nothing(HANDLE mapping, DWORD access, DWORD high, DWORD low,
                                     SIZE_T size)
{
    if (access == FILE_MAP_COPY)
        access = FILE_MAP_READ;
    return real(MapViewOfFile)(mapping, access, high, low, size);
}
MUTANT(map_view_copy_is_not_charged, "A copy-on-write view takes no commit charge",
       PATCH(MapViewOfFile, charges_nothing));
