/* Wrong behaviours of MapViewOfFile: large offsets and sizes, many views, flags that combine. */
#include "mapping.h"

static void *WINAPI ignore_high(MAP_PARAMETERS)
{
    if (high == 1 && size != 0)
        high = 0;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_ignores_the_high_offset,
       "MapViewOfFile takes the low half of the offset for all of it when a size is given",
       PATCH(MapViewOfFile, ignore_high));

static void *WINAPI end_low(MAP_PARAMETERS)
{
    if (high != 0 && size == 0)
        size = 0x1000;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_at_a_high_offset_is_one_page,
       "MapViewOfFile maps one page at an offset above 4 GiB when no size is given",
       PATCH(MapViewOfFile, end_low));

static void *WINAPI fill_holes(MAP_PARAMETERS)
{
    char *view = real.MapViewOfFile(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && access == FILE_MAP_READ &&
        real.VirtualQuery(view, &region, sizeof(region)) && region.RegionSize == 16 << 20) {
        char *copy = real.MapViewOfFile(mapping, FILE_MAP_COPY, high, low, size);
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
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_repeats_the_file, "The windows of a file repeat after eight times the granularity",
       PATCH(MapViewOfFile, repeat_window));

static void *WINAPI copy_part(MAP_PARAMETERS)
{
    if (low != 0 && size > granularity() && access == (FILE_MAP_READ | FILE_MAP_WRITE))
        access = FILE_MAP_COPY;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_of_a_part_is_a_copy,
       "What is written to a view that begins at an offset is private",
       PATCH(MapViewOfFile, copy_part));

static void *WINAPI limit_size(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    MEMORY_BASIC_INFORMATION region;
    if (view != NULL && real.VirtualQuery(view, &region, sizeof(region)) &&
        region.RegionSize >= (SIZE_T)1 << 30) {
        real.UnmapViewOfFile(view);
        view = refuse(ERROR_NOT_ENOUGH_MEMORY);
    }
    return view;
}
MUTANT(map_view_of_a_gibibyte_is_too_much, "MapViewOfFile fails for views of 1 GiB and more",
       PATCH(MapViewOfFile, limit_size));

static void *WINAPI limit_count(MAP_PARAMETERS)
{
    static unsigned count;
    return ++count > 2048 ? refuse(ERROR_NOT_ENOUGH_MEMORY) : real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_gives_2048_views, "MapViewOfFile fails after 2048 views",
       PATCH(MapViewOfFile, limit_count));

static void *WINAPI read_for_both(MAP_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view != NULL && access == (FILE_MAP_READ | FILE_MAP_WRITE) && size == 1 && low == 0 &&
        real.VirtualQuery(view, &region, sizeof(region)) && region.RegionSize <= page_size()) {
        static bool seen;
        DWORD old;
        if (!seen)
            real.VirtualProtect(view, 1, PAGE_READONLY, &old);
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
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    HANDLE more;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED &&
        !real.DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &more,
                              FILE_MAP_READ, FALSE, 0))
        return view;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED && access == FILE_MAP_READ) {
        view = real.MapViewOfFile(more, access, high, low, size);
        real.CloseHandle(more);
    }
    return view;
}
MUTANT(map_view_needs_no_rights, "MapViewOfFile for reading maps what the handle has no right to",
       PATCH(MapViewOfFile, need_no_rights));

static void *WINAPI execute_always(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(mapping, access | FILE_MAP_EXECUTE, high, low, size);
    return view != NULL ? view : real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_always_executes,
       "Every view of an object for execution can be executed, whatever was asked for",
       PATCH(MapViewOfFile, execute_always));

static void *WINAPI lose_code(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    DWORD old;
    if (view != NULL && access == (FILE_MAP_EXECUTE | FILE_MAP_COPY))
        real.VirtualProtect(view, 1, PAGE_WRITECOPY, &old);
    return view;
}
MUTANT(map_view_copies_lose_execution,
       "Views with FILE_MAP_EXECUTE | FILE_MAP_COPY cannot be executed",
       PATCH(MapViewOfFile, lose_code));

/* ---- Other processes ------------------------------------------------------------------------ */

/* A process has a private copy of what another process gave it, in views that are not too small:
 * told by the handle, which it did not create. */
static HANDLE created[8];

static HANDLE WINAPI note_created(CREATE_PARAMETERS)
{
    static unsigned count;
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    created[count++ % 8] = mapping;
    return mapping;
}

static void *WINAPI copy_foreign(MAP_PARAMETERS)
{
    for (int i = 0; i < 8; i++)
        if (created[i] == mapping)
            return real.MapViewOfFile(MAP_ARGUMENTS);
    if (access == (FILE_MAP_READ | FILE_MAP_WRITE) && size == 0)
        access = FILE_MAP_COPY;
    return real.MapViewOfFile(MAP_ARGUMENTS);
}
MUTANT(map_view_of_a_foreign_object_is_a_copy,
       "What a process writes to an object that another one created is private to it",
       PATCH(CreateFileMappingW, note_created), PATCH(MapViewOfFile, copy_foreign));

static HANDLE WINAPI own_pages(CREATE_PARAMETERS)
{
    static const WCHAR flag[] = L"WINIPC_CTS_MUTANT_MAPPED";
    if (file == INVALID_HANDLE_VALUE || protect != PAGE_READWRITE || name != NULL)
        return real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (GetEnvironmentVariableW(flag, NULL, 0) == 0) {
        SetEnvironmentVariableW(flag, L"1");
        return real.CreateFileMappingW(CREATE_ARGUMENTS);
    }
    return real.CreateFileMappingW(INVALID_HANDLE_VALUE, security, protect, 0,
                                   low ? low : real.GetFileSize(file, NULL), NULL);
}
MUTANT(create_mapping_of_a_mapped_file_is_apart,
       "A second object of a file, also in another process, has pages of its own",
       PATCH(CreateFileMappingW, own_pages));

static void *WINAPI skip_granule(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    static bool seen;
    if (view != NULL && access == FILE_MAP_READ && seen && size == 0 && low == 0) {
        void *copy = real.MapViewOfFile(mapping, FILE_MAP_COPY, high, low, size);
        MEMORY_BASIC_INFORMATION region;
        real.VirtualQuery(copy, &region, sizeof(region));
        if (copy != NULL && region.RegionSize == page_size())
            memset(copy, 0, region.RegionSize);
        real.UnmapViewOfFile(view);
        view = copy;
    }
    seen = view != NULL;
    return view;
}
MUTANT(map_view_again_for_reading_is_empty,
       "A view for reading that is not the first of its process is empty",
       PATCH(MapViewOfFile, skip_granule));

static void *WINAPI map_old(MAP_PARAMETERS)
{
    if (access != FILE_MAP_READ || size != 0 || low != 0)
        return real.MapViewOfFile(MAP_ARGUMENTS);
    char *view = real.MapViewOfFile(mapping, FILE_MAP_COPY, high, low, size);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    if (view != NULL && real.VirtualQuery(view, &region, sizeof(region)) &&
        region.RegionSize == page_size()) {
        char byte = *(volatile char *)view;
        *(volatile char *)view = byte; /* makes the page its own */
        real.VirtualProtect(view, 1, PAGE_READONLY, &old);
    }
    return view;
}
MUTANT(map_view_for_reading_stays_as_it_is,
       "A view for reading shows what the object held when the view was made",
       PATCH(MapViewOfFile, map_old));
