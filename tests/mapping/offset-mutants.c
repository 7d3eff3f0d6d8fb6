/* Wrong behaviours, for the tests of offset.c: views of large objects and files: offsets beyond
 * 4 GiB, windows that move, the last page. */
#include "mapping-mutants.h"

static void *WINAPI ignore_high(MAP_PARAMETERS)
{
    if (high == 1 && size != 0)
        high = 0;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_high_offset,
       "MapViewOfFile takes the low half of the offset for all of it when a size is given",
       PATCH(MapViewOfFile, ignore_high));

static void *WINAPI end_low(MAP_PARAMETERS)
{
    if (high != 0 && size == 0)
        size = 0x1000;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_at_a_high_offset_is_one_page,
       "MapViewOfFile maps one page at an offset above 4 GiB when no size is given",
       PATCH(MapViewOfFile, end_low));

static void *WINAPI fill_holes(MAP_PARAMETERS)
{
    char *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && access == FILE_MAP_READ &&
        real(VirtualQuery)(view, &region, sizeof(region)) && region.RegionSize == 16 << 20) {
        char *copy = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
        copy[8 << 20] = '?';
        return copy;
    }
    return view;
}
MUTANT(map_view_fills_holes, "A hole in the middle of a large file is not all zeros in a view",
       PATCH(MapViewOfFile, fill_holes));

static void *WINAPI repeat_window(MAP_PARAMETERS)
{
    if (low >= 8 * granularity() && size == granularity() && high == 0)
        low -= 8 * granularity();
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_repeats_the_file, "The windows of a file repeat after eight times the granularity",
       PATCH(MapViewOfFile, repeat_window));

static void *WINAPI copy_part(MAP_PARAMETERS)
{
    if (low != 0 && size > granularity() && access == (FILE_MAP_READ | FILE_MAP_WRITE))
        access = FILE_MAP_COPY;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_of_a_part_is_a_copy,
       "What is written to a view that begins at an offset is private",
       PATCH(MapViewOfFile, copy_part));
