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
