/* Wrong behaviours, for the tests of unmap.c: what UnmapViewOfFile takes away, and what it
 * leaves. */
#include "mapping-mutants.h"

static BOOL WINAPI leave_memory(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    BOOL mapped = real(VirtualQuery)(view, &region, sizeof(region)) && region.Type == MEM_MAPPED &&
                  region.AllocationProtect == PAGE_READWRITE;
    BOOL unmapped = real(UnmapViewOfFile)(view);
    DWORD error = GetLastError();
    if (mapped && unmapped)
        real(VirtualAlloc)(region.AllocationBase, region.RegionSize, MEM_RESERVE | MEM_COMMIT,
                           PAGE_READWRITE);
    SetLastError(error);
    return unmapped;
}
MUTANT(unmap_view_leaves_memory,
       "UnmapViewOfFile leaves memory of the process where a view for writing was",
       PATCH(UnmapViewOfFile, leave_memory));

static const void *all_views[16];

static void *WINAPI note_view(MAP_PARAMETERS)
{
    static unsigned count;
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    all_views[count++ % 16] = view;
    return view;
}

static BOOL WINAPI unmap_all(const void *view)
{
    BOOL unmapped = real(UnmapViewOfFile)(view);
    DWORD error = GetLastError();
    for (int i = 0; unmapped && i < 16; i++) {
        if (all_views[i] != NULL && all_views[i] != view)
            real(UnmapViewOfFile)(all_views[i]);
        all_views[i] = NULL;
    }
    SetLastError(error);
    return unmapped;
}
MUTANT(unmap_view_unmaps_all_views, "UnmapViewOfFile unmaps the other views too",
       PATCH(MapViewOfFile, note_view), PATCH(UnmapViewOfFile, unmap_all));

static BOOL WINAPI unmap_what_is_free(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (real(VirtualQuery)(view, &region, sizeof(region)) && region.State == MEM_FREE)
        return TRUE;
    return real(UnmapViewOfFile)(view);
}
MUTANT(unmap_view_succeeds_twice, "UnmapViewOfFile succeeds where nothing is mapped",
       PATCH(UnmapViewOfFile, unmap_what_is_free));

static BOOL WINAPI free_memory(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (real(VirtualQuery)(view, &region, sizeof(region)) && region.Type == MEM_PRIVATE)
        return real(VirtualFree)(region.AllocationBase, 0, MEM_RELEASE);
    return real(UnmapViewOfFile)(view);
}
MUTANT(unmap_view_frees_memory, "UnmapViewOfFile frees what VirtualAlloc allocated",
       PATCH(UnmapViewOfFile, free_memory));

static BOOL WINAPI unmap_null(const void *view)
{
    return view == NULL || real(UnmapViewOfFile)(view);
}
MUTANT(unmap_view_of_null_succeeds, "UnmapViewOfFile succeeds on NULL",
       PATCH(UnmapViewOfFile, unmap_null));
