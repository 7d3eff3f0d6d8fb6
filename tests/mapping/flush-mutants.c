/* Wrong behaviours, for the tests of flush.c: when what was written to a view is in the file:
 * after UnmapViewOfFile, after FlushViewOfFile. */
#include "mapping-mutants.h"

#define ROOM 8
static struct {
    HANDLE mapping, file;
} objects[ROOM];
static struct view {
    char *base;
    SIZE_T size;
    HANDLE file;
    DWORD offset;
} views[ROOM];

static HANDLE WINAPI note_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    for (int i = 0; mapping != NULL && file != INVALID_HANDLE_VALUE && i < ROOM; i++) {
        if (objects[i].mapping == NULL || objects[i].mapping == mapping) {
            objects[i].mapping = mapping;
            real(DuplicateHandle)(GetCurrentProcess(), file, GetCurrentProcess(), &objects[i].file,
                                  0, FALSE, DUPLICATE_SAME_ACCESS);
            break;
        }
    }
    SetLastError(error);
    return mapping;
}

static void *WINAPI map_privately(MAP_PARAMETERS)
{
    HANDLE file = NULL;
    for (int i = 0; i < ROOM; i++)
        if (objects[i].mapping == mapping)
            file = objects[i].file;
    if (file == NULL || !(access & FILE_MAP_WRITE))
        return real(MapViewOfFile)(MAP_ARGUMENTS);

    char *base = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
    MEMORY_BASIC_INFORMATION region;
    for (int i = 0; base != NULL && i < ROOM; i++) {
        if (views[i].base == NULL) {
            real(VirtualQuery)(base, &region, sizeof(region));
            views[i] = (struct view){base, region.RegionSize, file, low};
            break;
        }
    }
    return base;
}

static struct view *view_around(const void *address)
{
    for (int i = 0; i < ROOM; i++) {
        struct view *view = &views[i];
        if (view->base != NULL && (const char *)address >= view->base &&
            (const char *)address < view->base + view->size)
            return view;
    }
    return NULL;
}

static void write_to_file(const struct view *view, SIZE_T from, SIZE_T size)
{
    OVERLAPPED at = {.Offset = (DWORD)(view->offset + from)};
    SIZE_T rest = real(GetFileSize)(view->file, NULL) - at.Offset;
    if (size > rest)
        size = rest;
    DWORD done;
    real(WriteFile)(view->file, view->base + from, (DWORD)size, &done, &at);
}

static BOOL unmap(const void *base, bool write)
{
    struct view *view = view_around(base);
    if (view != NULL && write)
        write_to_file(view, 0, view->size);
    if (view != NULL)
        view->base = NULL;
    return real(UnmapViewOfFile)(base);
}

static BOOL WINAPI unmap_and_write(const void *base)
{
    return unmap(base, true);
}

static BOOL WINAPI unmap_and_forget(const void *base)
{
    return unmap(base, false);
}

static BOOL WINAPI flush_range(const void *base, SIZE_T size)
{
    struct view *view = view_around(base);
    if (view != NULL) {
        SIZE_T from = (const char *)base - view->base;
        write_to_file(view, from, size != 0 ? size : view->size - from);
    }
    return real(FlushViewOfFile)(base, size);
}

static BOOL WINAPI flush_nothing(const void *base, SIZE_T size)
{
    return real(FlushViewOfFile)(base, size);
}
MUTANT(flush_view_writes_nothing, "FlushViewOfFile leaves the file until the view is unmapped",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_privately),
       PATCH(UnmapViewOfFile, unmap_and_write), PATCH(FlushViewOfFile, flush_nothing));
MUTANT(unmap_view_loses_what_was_not_flushed,
       "What was written to a view of a file is lost unless FlushViewOfFile was called",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_privately),
       PATCH(UnmapViewOfFile, unmap_and_forget), PATCH(FlushViewOfFile, flush_range));

static BOOL WINAPI flush_once(const void *base, SIZE_T size)
{
    static const struct view *flushed;
    const struct view *view = view_around(base);
    if (view != NULL && view == flushed)
        return real(FlushViewOfFile)(base, size);
    flushed = view;
    return flush_range(base, size);
}
MUTANT(flush_view_writes_once,
       "A second FlushViewOfFile on a view leaves the file until the view is unmapped",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_privately),
       PATCH(UnmapViewOfFile, unmap_and_write), PATCH(FlushViewOfFile, flush_once));

static BOOL WINAPI flush_one_page(const void *base, SIZE_T size)
{
    return flush_range(base, size != 0 ? size : page_size());
}
MUTANT(flush_view_of_size_zero_is_one_page, "FlushViewOfFile with size zero writes one page",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_privately),
       PATCH(UnmapViewOfFile, unmap_and_write), PATCH(FlushViewOfFile, flush_one_page));

static BOOL WINAPI want_page(const void *base, SIZE_T size)
{
    if ((UINT_PTR)base % page_size() != 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(FlushViewOfFile)(base, size);
}
MUTANT(flush_view_wants_a_page, "FlushViewOfFile refuses an address that is not that of a page",
       PATCH(FlushViewOfFile, want_page));

static BOOL WINAPI flush_anything(const void *base, SIZE_T size)
{
    real(FlushViewOfFile)(base, size);
    return TRUE;
}
MUTANT(flush_view_always_succeeds, "FlushViewOfFile succeeds on an address that is no view",
       PATCH(FlushViewOfFile, flush_anything));

static BOOL WINAPI want_changes(const void *base, SIZE_T size)
{
    struct view *view = view_around(base);
    if (view != NULL) {
        char byte;
        DWORD got;
        OVERLAPPED at = {.Offset = (DWORD)(view->offset + ((const char *)base - view->base))};
        if (real(ReadFile)(view->file, &byte, 1, &got, &at) && byte == *(const char *)base) {
            SetLastError(ERROR_NO_DATA);
            return FALSE;
        }
    }
    return flush_range(base, size);
}
MUTANT(flush_view_wants_changes, "FlushViewOfFile fails when there is nothing to write",
       PATCH(CreateFileMappingW, note_file), PATCH(MapViewOfFile, map_privately),
       PATCH(UnmapViewOfFile, unmap_and_write), PATCH(FlushViewOfFile, want_changes));

/* Whether this process has views of MapViewOfFile; those of the other functions keep their data. */
static bool has_view;

static void *WINAPI note_own_view(MAP_PARAMETERS)
{
    has_view = true;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}

static BOOL WINAPI clear_and_unmap(const void *view)
{
    MEMORY_BASIC_INFORMATION region;
    if (has_view && real(VirtualQuery)(view, &region, sizeof(region)) &&
        region.Protect == PAGE_READWRITE && region.Type == MEM_MAPPED)
        memset((void *)view, 0, region.RegionSize);
    return real(UnmapViewOfFile)(view);
}
MUTANT(unmap_view_loses_the_data, "UnmapViewOfFile fills the pages with zeros",
       PATCH(UnmapViewOfFile, clear_and_unmap), PATCH(MapViewOfFile, note_own_view));
