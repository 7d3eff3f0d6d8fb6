/* Wrong behaviours, for the tests of copy_on_write.c: FILE_MAP_COPY: what is written to such a
 * view stays in it. */
#include "mapping-mutants.h"

static void *WINAPI share_copy(MAP_PARAMETERS)
{
    if (access == FILE_MAP_COPY) {
        void *view = real(MapViewOfFile)(mapping, FILE_MAP_WRITE, high, low, size);
        if (view != NULL)
            return view;
    }
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_for_copying_is_shared,
       "MapViewOfFile takes FILE_MAP_COPY for FILE_MAP_WRITE where the object allows it",
       PATCH(MapViewOfFile, share_copy));

static SIZE_T WINAPI call_copies_private(const void *address, MEMORY_BASIC_INFORMATION *region,
                                         SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && region->AllocationProtect == PAGE_WRITECOPY)
        region->Type = MEM_PRIVATE;
    return got;
}
MUTANT(virtual_query_calls_copies_private, "VirtualQuery reports copies on write as MEM_PRIVATE",
       PATCH(VirtualQuery, call_copies_private));

/* The last copy, and what its object held when it was mapped. */
static struct {
    char *view, *before;
    HANDLE mapping;
    SIZE_T size;
} copied;

/* Bytes of the object that have changed are changed in the copy as well. */
static void bring_up_to_date(const char *now)
{
    for (SIZE_T i = 0; i < copied.size; i++)
        if (now[i] != copied.before[i] && copied.view[i] == copied.before[i])
            copied.view[i] = now[i];
}

static void *WINAPI merge_copy(MAP_PARAMETERS)
{
    char *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    DWORD error = GetLastError();
    MEMORY_BASIC_INFORMATION region = {0};
    if (view != NULL && !high && !low)
        real(VirtualQuery)(view, &region, sizeof(region));
    if (region.State == MEM_COMMIT && access == FILE_MAP_COPY && copied.view == NULL) {
        copied.before = malloc(region.RegionSize);
        memcpy(copied.before, view, region.RegionSize);
        copied.view = view;
        copied.mapping = mapping;
        copied.size = region.RegionSize;
    } else if (access == FILE_MAP_READ && copied.view != NULL && mapping == copied.mapping) {
        bring_up_to_date(view);
    }
    SetLastError(error);
    return view;
}

static BOOL WINAPI forget_copy(const void *view)
{
    if (view == copied.view)
        copied.view = NULL;
    return real(UnmapViewOfFile)(view);
}
MUTANT(map_view_brings_written_copies_up_to_date,
       "Mapping a view for reading brings the bytes of a copy up to date that were not written to",
       PATCH(MapViewOfFile, merge_copy), PATCH(UnmapViewOfFile, forget_copy));
