/* Wrong behaviours, for the tests of view_flags.c: what combinations of FILE_MAP_* give, and
 * running the code in a view. */
#include "mapping-mutants.h"

static void *WINAPI read_for_both(MAP_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && access == (FILE_MAP_READ | FILE_MAP_WRITE) && size == 1 && low == 0 &&
        real(VirtualQuery)(view, &region, sizeof(region)) && region.RegionSize <= page_size()) {
        static bool seen;
        DWORD old;
        if (!seen)
            real(VirtualProtect)(view, 1, PAGE_READONLY, &old);
        seen = true;
    }
    return view;
}
/* On the first view of one byte of a process only, so that tests which need one of them go on. */
MUTANT(map_view_read_wins_over_write,
       "The first small view of a process with FILE_MAP_READ | FILE_MAP_WRITE is read-only",
       PATCH(MapViewOfFile, read_for_both));

static void *WINAPI need_no_rights(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    HANDLE more;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED &&
        !real(DuplicateHandle)(GetCurrentProcess(), mapping, GetCurrentProcess(), &more,
                               FILE_MAP_READ, FALSE, 0))
        return view;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED && access == FILE_MAP_READ) {
        view = real(MapViewOfFile)(more, access, high, low, size);
        real(CloseHandle)(more);
    }
    return view;
}
MUTANT(map_view_needs_no_rights, "MapViewOfFile for reading maps what the handle has no right to",
       PATCH(MapViewOfFile, need_no_rights));

static void *WINAPI execute_always(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(mapping, access | FILE_MAP_EXECUTE, high, low, size);
    return view != NULL ? view : real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_always_executes,
       "Every view of an object for execution can be executed, whatever was asked for",
       PATCH(MapViewOfFile, execute_always));

static void *WINAPI lose_code(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    DWORD old;
    if (view != NULL && access == (FILE_MAP_EXECUTE | FILE_MAP_COPY))
        real(VirtualProtect)(view, 1, PAGE_WRITECOPY, &old);
    return view;
}
MUTANT(map_view_copies_lose_execution,
       "Views with FILE_MAP_EXECUTE | FILE_MAP_COPY cannot be executed",
       PATCH(MapViewOfFile, lose_code));
