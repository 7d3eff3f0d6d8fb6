/* Wrong behaviours of MapViewOfFile, UnmapViewOfFile and VirtualQuery. */
#include "mapping.h"

static bool can_map(HANDLE mapping, DWORD access, DWORD offset, SIZE_T size)
{
    void *view = real.MapViewOfFile(mapping, access, 0, offset, size);
    if (view != NULL)
        real.UnmapViewOfFile(view);
    return view != NULL;
}

/* ---- Access --------------------------------------------------------------------------------- */

static void *WINAPI copy_for_read(MAP_PARAMETERS)
{
    return real.MapViewOfFile(mapping, access == FILE_MAP_READ ? FILE_MAP_COPY : access, high, low,
                              size);
}
MUTANT(map_view_for_reading_is_a_copy, "MapViewOfFile gives copy on write for FILE_MAP_READ",
       PATCH(MapViewOfFile, copy_for_read));

static void *WINAPI want_read(MAP_PARAMETERS)
{
    if ((access & FILE_MAP_WRITE) && !(access & FILE_MAP_READ))
        return refuse(ERROR_ACCESS_DENIED);
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_for_writing_wants_read,
       "MapViewOfFile refuses FILE_MAP_WRITE without FILE_MAP_READ",
       PATCH(MapViewOfFile, want_read));

static void *WINAPI execute_all(MAP_PARAMETERS)
{
    if (access == FILE_MAP_ALL_ACCESS)
        access |= FILE_MAP_EXECUTE;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_of_all_access_executes, "FILE_MAP_ALL_ACCESS asks MapViewOfFile for execution too",
       PATCH(MapViewOfFile, execute_all));

static void *WINAPI copy_for_write(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view == NULL && (access & FILE_MAP_WRITE) && GetLastError() == ERROR_ACCESS_DENIED)
        view = real.MapViewOfFile(mapping, FILE_MAP_COPY, high, low, size);
    return view;
}
MUTANT(map_view_for_writing_falls_back_to_a_copy,
       "MapViewOfFile gives copy on write where it must refuse a view for writing",
       PATCH(MapViewOfFile, copy_for_write));

static void *WINAPI read_for_copy(MAP_PARAMETERS)
{
    if ((access & ~FILE_MAP_EXECUTE) == FILE_MAP_COPY)
        access = (access & ~FILE_MAP_COPY) | FILE_MAP_READ;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_for_copying_is_for_reading, "MapViewOfFile takes FILE_MAP_COPY for FILE_MAP_READ",
       PATCH(MapViewOfFile, read_for_copy));

static void *WINAPI share_copy(MAP_PARAMETERS)
{
    if (access == FILE_MAP_COPY) {
        void *view = real.MapViewOfFile(mapping, FILE_MAP_WRITE, high, low, size);
        if (view != NULL)
            return view;
    }
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_for_copying_is_shared,
       "MapViewOfFile takes FILE_MAP_COPY for FILE_MAP_WRITE where the object allows it",
       PATCH(MapViewOfFile, share_copy));

static void *WINAPI never_execute(MAP_PARAMETERS)
{
    return real.MapViewOfFile(mapping, access & ~FILE_MAP_EXECUTE, high, low, size);
}
MUTANT(map_view_ignores_execute, "MapViewOfFile ignores FILE_MAP_EXECUTE",
       PATCH(MapViewOfFile, never_execute));

/* ---- Place, offset and size ----------------------------------------------------------------- */

static void *WINAPI skip_a_page(MAP_PARAMETERS)
{
    char *view = real.MapViewOfFile(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && access == FILE_MAP_READ && low == 0 && size == 0 &&
        real.VirtualQuery(view, &region, sizeof(region)) && region.RegionSize > page_size())
        view += page_size();
    return view;
}
MUTANT(map_view_skips_a_page, "MapViewOfFile returns the address of the second page",
       PATCH(MapViewOfFile, skip_a_page));

static void *WINAPI ignore_offset(MAP_PARAMETERS)
{
    if (can_map(mapping, access, low, size))
        low = 0;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_offset, "MapViewOfFile begins at the beginning of the object",
       PATCH(MapViewOfFile, ignore_offset));

static void *WINAPI round_down(MAP_PARAMETERS)
{
    DWORD excess = low % granularity();
    char *view = real.MapViewOfFile(mapping, access, high, low - excess, size ? size + excess : 0);
    return view != NULL ? view + excess : NULL;
}
MUTANT(map_view_takes_any_offset, "MapViewOfFile takes offsets that are no multiple of anything",
       PATCH(MapViewOfFile, round_down));

static void *WINAPI misreport_offset(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view == NULL && GetLastError() == ERROR_MAPPED_ALIGNMENT)
        SetLastError(ERROR_INVALID_PARAMETER);
    return view;
}
MUTANT(map_view_of_odd_offset_is_invalid_parameter,
       "MapViewOfFile fails with ERROR_INVALID_PARAMETER on a misaligned offset",
       PATCH(MapViewOfFile, misreport_offset));

static void *WINAPI wrap(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view == NULL && low != 0 && low % granularity() == 0)
        view = real.MapViewOfFile(mapping, access, high, 0, size);
    return view;
}
MUTANT(map_view_beyond_the_end_wraps, "MapViewOfFile takes an offset beyond the end for zero",
       PATCH(MapViewOfFile, wrap));

static void *WINAPI one_page(MAP_PARAMETERS)
{
    if (size == 0 && low != 0)
        size = page_size();
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_of_size_zero_is_one_page,
       "MapViewOfFile maps one page when an offset but no size is given",
       PATCH(MapViewOfFile, one_page));

static void *WINAPI ignore_size(MAP_PARAMETERS)
{
    if (can_map(mapping, access, low, size))
        size = 0;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_size, "MapViewOfFile maps all of the object whatever the size",
       PATCH(MapViewOfFile, ignore_size));

static void *WINAPI want_less(MAP_PARAMETERS)
{
    if (size != 0 && !can_map(mapping, access, low, size + 1))
        return refuse(ERROR_ACCESS_DENIED);
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_must_be_smaller_than_the_object,
       "MapViewOfFile refuses a view as large as the object", PATCH(MapViewOfFile, want_less));

static void *WINAPI round_limit(MAP_PARAMETERS)
{
    if (size != 0 && !can_map(mapping, access, low, size) &&
        can_map(mapping, access, low, size - size % page_size() + 1))
        size = 0;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_may_fill_the_last_page,
       "MapViewOfFile takes a size beyond the object as long as it ends in its last page",
       PATCH(MapViewOfFile, round_limit));

static void *WINAPI take_a_file(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view == NULL && GetLastError() == ERROR_INVALID_HANDLE) {
        HANDLE made = real.CreateFileMappingW(mapping, NULL, PAGE_READONLY, 0, 0, NULL);
        view = made != NULL ? real.MapViewOfFile(made, access, high, low, size) : NULL;
    }
    return view;
}
MUTANT(map_view_takes_a_file, "MapViewOfFile maps a file when it is given a handle of one",
       PATCH(MapViewOfFile, take_a_file));

/* ---- Several views -------------------------------------------------------------------------- */

static HANDLE viewed;
static void *last_view;

static void *WINAPI same_again(MAP_PARAMETERS)
{
    if (mapping == viewed && access == (FILE_MAP_READ | FILE_MAP_WRITE) && last_view != NULL)
        return last_view;
    viewed = mapping;
    return last_view = real.MapViewOfFile(MAP_ARGUMENTS);
}

static BOOL WINAPI unmap_last(const void *view)
{
    if (view == last_view)
        last_view = NULL;
    return real.UnmapViewOfFile(view);
}
MUTANT(map_view_gives_the_same_view_again, "MapViewOfFile gives the view that is there already",
       PATCH(MapViewOfFile, same_again), PATCH(UnmapViewOfFile, unmap_last));

static void *WINAPI private_again(MAP_PARAMETERS)
{
    if (mapping == viewed && access == (FILE_MAP_READ | FILE_MAP_WRITE))
        access = FILE_MAP_COPY;
    viewed = mapping;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_again_is_private, "What is written to the second view of an object is private",
       PATCH(MapViewOfFile, private_again));

/* ---- UnmapViewOfFile ------------------------------------------------------------------------ */

static BOOL WINAPI leave_memory(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    BOOL mapped = real.VirtualQuery(view, &region, sizeof(region)) && region.Type == MEM_MAPPED;
    BOOL unmapped = real.UnmapViewOfFile(view);
    DWORD error = GetLastError();
    if (mapped && unmapped)
        real.VirtualAlloc(region.AllocationBase, region.RegionSize, MEM_RESERVE | MEM_COMMIT,
                          PAGE_READWRITE);
    SetLastError(error);
    return unmapped;
}
MUTANT(unmap_view_leaves_memory, "UnmapViewOfFile leaves memory of the process where the view was",
       PATCH(UnmapViewOfFile, leave_memory));

static const void *all_views[16];

static void *WINAPI note_view(MAP_PARAMETERS)
{
    static unsigned count;
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    all_views[count++ % 16] = view;
    return view;
}

static BOOL WINAPI unmap_all(const void *view)
{
    BOOL unmapped = real.UnmapViewOfFile(view);
    DWORD error = GetLastError();
    for (int i = 0; unmapped && i < 16; i++) {
        if (all_views[i] != NULL && all_views[i] != view)
            real.UnmapViewOfFile(all_views[i]);
        all_views[i] = NULL;
    }
    SetLastError(error);
    return unmapped;
}
MUTANT(unmap_view_unmaps_all_views, "UnmapViewOfFile unmaps the other views too",
       PATCH(MapViewOfFile, note_view), PATCH(UnmapViewOfFile, unmap_all));

/* Whether this process has views of MapViewOfFile; those of the other functions keep their data. */
static bool has_view;

static void *WINAPI note_own_view(MAP_PARAMETERS)
{
    has_view = true;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}

static BOOL WINAPI clear_and_unmap(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (has_view && real.VirtualQuery(view, &region, sizeof(region)) &&
        region.Protect == PAGE_READWRITE && region.Type == MEM_MAPPED)
        memset((void *)view, 0, region.RegionSize);
    return real.UnmapViewOfFile(view);
}
MUTANT(unmap_view_loses_the_data, "UnmapViewOfFile fills the pages with zeros",
       PATCH(UnmapViewOfFile, clear_and_unmap), PATCH(MapViewOfFile, note_own_view));

static BOOL WINAPI unmap_what_is_free(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (real.VirtualQuery(view, &region, sizeof(region)) && region.State == MEM_FREE)
        return TRUE;
    return real.UnmapViewOfFile(view);
}
MUTANT(unmap_view_succeeds_twice, "UnmapViewOfFile succeeds where nothing is mapped",
       PATCH(UnmapViewOfFile, unmap_what_is_free));

static BOOL WINAPI free_memory(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (real.VirtualQuery(view, &region, sizeof(region)) && region.Type == MEM_PRIVATE)
        return real.VirtualFree(region.AllocationBase, 0, MEM_RELEASE);
    return real.UnmapViewOfFile(view);
}
MUTANT(unmap_view_frees_memory, "UnmapViewOfFile frees what VirtualAlloc allocated",
       PATCH(UnmapViewOfFile, free_memory));

/* ---- VirtualQuery on copies ----------------------------------------------------------------- */

static SIZE_T WINAPI call_copies_private(const void *address, MEMORY_BASIC_INFORMATION *region,
                                         SIZE_T size)
{
    SIZE_T got = real.VirtualQuery(address, region, size);
    if (got != 0 && region->AllocationProtect == PAGE_WRITECOPY)
        region->Type = MEM_PRIVATE;
    return got;
}
MUTANT(virtual_query_calls_copies_private, "VirtualQuery reports copies on write as MEM_PRIVATE",
       PATCH(VirtualQuery, call_copies_private));

static SIZE_T WINAPI call_copies_written(const void *address, MEMORY_BASIC_INFORMATION *region,
                                         SIZE_T size)
{
    SIZE_T got = real.VirtualQuery(address, region, size);
    if (got != 0 && region->Protect == PAGE_WRITECOPY)
        region->Protect = PAGE_READWRITE;
    return got;
}
MUTANT(virtual_query_calls_copies_written,
       "VirtualQuery reports PAGE_READWRITE for copies on write before they are written to",
       PATCH(VirtualQuery, call_copies_written));

static LPVOID WINAPI cuts_what_is_too_large(HANDLE mapping, DWORD access, DWORD high, DWORD low,
                                            SIZE_T size)
{
    LPVOID view = real.MapViewOfFile(mapping, access, high, low, size);
    if (!view && !size && GetLastError() == ERROR_NOT_ENOUGH_MEMORY)
        return real.MapViewOfFile(mapping, access, high, low, 4096);
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
    return real.MapViewOfFile(mapping, access, high, low, size);
}
MUTANT(map_view_copy_is_not_charged, "A copy-on-write view takes no commit charge",
       PATCH(MapViewOfFile, charges_nothing));
