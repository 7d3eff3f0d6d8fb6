/* Wrong behaviours, for the tests of map.c: where MapViewOfFile puts a view, and which part of
 * the object it shows. */
#include "mapping-mutants.h"

static void *WINAPI skip_a_page(MAP_PARAMETERS)
{
    char *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && access == FILE_MAP_READ && low == 0 && size == 0 &&
        real(VirtualQuery)(view, &region, sizeof(region)) && region.RegionSize > page_size())
        view += page_size();
    return view;
}
MUTANT(map_view_skips_a_page, "MapViewOfFile returns the address of the second page",
       PATCH(MapViewOfFile, skip_a_page));

static void *WINAPI ignore_offset(MAP_PARAMETERS)
{
    if (can_map(mapping, access, low, size))
        low = 0;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_offset, "MapViewOfFile begins at the beginning of the object",
       PATCH(MapViewOfFile, ignore_offset));

static void *WINAPI round_down(MAP_PARAMETERS)
{
    DWORD excess = low % granularity();
    char *view = real(MapViewOfFile)(mapping, access, high, low - excess, size ? size + excess : 0);
    return view != NULL ? view + excess : NULL;
}
MUTANT(map_view_takes_any_offset, "MapViewOfFile takes offsets that are no multiple of anything",
       PATCH(MapViewOfFile, round_down));

static void *WINAPI misreport_offset(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view == NULL && GetLastError() == ERROR_MAPPED_ALIGNMENT)
        SetLastError(ERROR_INVALID_PARAMETER);
    return view;
}
MUTANT(map_view_of_odd_offset_is_invalid_parameter,
       "MapViewOfFile fails with ERROR_INVALID_PARAMETER on a misaligned offset",
       PATCH(MapViewOfFile, misreport_offset));

static void *WINAPI wrap(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view == NULL && low != 0 && low % granularity() == 0)
        view = real(MapViewOfFile)(mapping, access, high, 0, size);
    return view;
}
MUTANT(map_view_beyond_the_end_wraps, "MapViewOfFile takes an offset beyond the end for zero",
       PATCH(MapViewOfFile, wrap));

static void *WINAPI one_page(MAP_PARAMETERS)
{
    if (size == 0 && low != 0)
        size = page_size();
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_of_size_zero_is_one_page,
       "MapViewOfFile maps one page when an offset but no size is given",
       PATCH(MapViewOfFile, one_page));

static void *WINAPI want_less(MAP_PARAMETERS)
{
    if (size != 0 && !can_map(mapping, access, low, size + 1))
        return refuse(ERROR_ACCESS_DENIED);
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_must_be_smaller_than_the_object,
       "MapViewOfFile refuses a view as large as the object", PATCH(MapViewOfFile, want_less));

static void *WINAPI take_a_file(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view == NULL && GetLastError() == ERROR_INVALID_HANDLE) {
        HANDLE made = real(CreateFileMappingW)(mapping, NULL, PAGE_READONLY, 0, 0, NULL);
        view = made != NULL ? real(MapViewOfFile)(made, access, high, low, size) : NULL;
    }
    return view;
}
MUTANT(map_view_takes_a_file, "MapViewOfFile maps a file when it is given a handle of one",
       PATCH(MapViewOfFile, take_a_file));

static HANDLE viewed;
static void *last_view;

static void *WINAPI same_again(MAP_PARAMETERS)
{
    if (mapping == viewed && access == (FILE_MAP_READ | FILE_MAP_WRITE) && last_view != NULL)
        return last_view;
    viewed = mapping;
    return last_view = real(MapViewOfFile)(MAP_ARGUMENTS);
}

static BOOL WINAPI unmap_last(const void *view)
{
    if (view == last_view)
        last_view = NULL;
    return real(UnmapViewOfFile)(view);
}
MUTANT(map_view_gives_the_same_view_again, "MapViewOfFile gives the view that is there already",
       PATCH(MapViewOfFile, same_again), PATCH(UnmapViewOfFile, unmap_last));

static void *WINAPI private_again(MAP_PARAMETERS)
{
    if (mapping == viewed && access == (FILE_MAP_READ | FILE_MAP_WRITE))
        access = FILE_MAP_COPY;
    viewed = mapping;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_again_is_private, "What is written to the second view of an object is private",
       PATCH(MapViewOfFile, private_again));

static void *WINAPI misreport_no_mapping(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view == NULL && GetLastError() == ERROR_INVALID_HANDLE &&
        real(GetFileType)(mapping) != FILE_TYPE_DISK)
        SetLastError(ERROR_ACCESS_DENIED);
    return view;
}
MUTANT(map_view_without_a_mapping_is_access_denied,
       "MapViewOfFile fails with ERROR_ACCESS_DENIED on what is neither a mapping nor a file",
       PATCH(MapViewOfFile, misreport_no_mapping));
