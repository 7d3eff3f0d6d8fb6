/* Wrong behaviours of the ways to another handle: OpenFileMappingW, DuplicateHandle, CloseHandle.
 */
#include "mapping.h"

/* A new object without a name that holds what the one of MAPPING holds now. */
static HANDLE copy_of(HANDLE mapping)
{
    void *from = real.MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    if (from == NULL)
        return NULL;
    MEMORY_BASIC_INFORMATION region;
    real.VirtualQuery(from, &region, sizeof(region));
    HANDLE copy = real.CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                          (DWORD)region.RegionSize, NULL);
    void *to = real.MapViewOfFile(copy, FILE_MAP_WRITE, 0, 0, 0);
    memcpy(to, from, region.RegionSize);
    real.UnmapViewOfFile(to);
    real.UnmapViewOfFile(from);
    return copy;
}

/* ---- OpenFileMappingW ----------------------------------------------------------------------- */

static bool has_created;

static HANDLE WINAPI note_creation(CREATE_PARAMETERS)
{
    has_created = true;
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}

/* Only in a process that has created none: how names go is what others are about. */
static HANDLE WINAPI misreport_missing(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real.OpenFileMappingW(access, inherit, name);
    if (mapping == NULL && !has_created && GetLastError() == ERROR_FILE_NOT_FOUND)
        SetLastError(ERROR_INVALID_NAME);
    return mapping;
}
MUTANT(open_mapping_of_missing_name_is_invalid_name,
       "OpenFileMapping fails with ERROR_INVALID_NAME when there is no object of that name",
       PATCH(OpenFileMappingW, misreport_missing), PATCH(CreateFileMappingW, note_creation));

static HANDLE WINAPI misreport_other_kind(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real.OpenFileMappingW(access, inherit, name);
    if (mapping == NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return mapping;
}
MUTANT(open_mapping_of_another_kind_is_not_found,
       "OpenFileMapping fails with ERROR_FILE_NOT_FOUND on the name of an object of another kind",
       PATCH(OpenFileMappingW, misreport_other_kind));

static bool created_here;

static HANDLE WINAPI notes_creation(HANDLE file, SECURITY_ATTRIBUTES *attributes, DWORD protect,
                                    DWORD high, DWORD low, const WCHAR *name)
{
    created_here = true;
    return real.CreateFileMappingW(file, attributes, protect, high, low, name);
}

static HANDLE WINAPI open_a_copy(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real.OpenFileMappingW(access, inherit, name);
    HANDLE copy = mapping != NULL && !created_here ? copy_of(mapping) : NULL;
    HANDLE opened;
    if (copy != NULL &&
        real.DuplicateHandle(GetCurrentProcess(), copy, GetCurrentProcess(), &opened,
                             access == FILE_MAP_COPY ? FILE_MAP_READ : access, inherit,
                             DUPLICATE_CLOSE_SOURCE))
        return opened;
    return mapping;
}
MUTANT(open_mapping_gives_a_copy,
       "OpenFileMapping in a process that has created none gives a copy of the named object",
       PATCH(CreateFileMappingW, notes_creation), PATCH(OpenFileMappingW, open_a_copy));

static HANDLE WINAPI ignore_access(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real.OpenFileMappingW(access | FILE_MAP_ALL_ACCESS, inherit, name);
}
MUTANT(open_mapping_ignores_the_access, "OpenFileMapping gives all access whatever is asked for",
       PATCH(OpenFileMappingW, ignore_access));

static HANDLE WINAPI take_copy_for_query(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real.OpenFileMappingW(access == FILE_MAP_COPY ? READ_CONTROL : access, inherit, name);
}
MUTANT(open_mapping_for_copy_maps_nothing,
       "A handle opened with FILE_MAP_COPY is not good for any view",
       PATCH(OpenFileMappingW, take_copy_for_query));

static HANDLE WINAPI turn_inheritance(DWORD access, BOOL inherit, const WCHAR *name)
{
    return real.OpenFileMappingW(access, !inherit, name);
}
MUTANT(open_mapping_turns_inheritance_round,
       "OpenFileMapping makes the handle inheritable when it should not, and not when it should",
       PATCH(OpenFileMappingW, turn_inheritance));

/* ---- DuplicateHandle ------------------------------------------------------------------------ */

static BOOL WINAPI duplicate_all_access(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, DWORD access, BOOL inherit, DWORD options)
{
    return real.DuplicateHandle(source_process, source, target_process, target, access, inherit,
                                options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_mapping_ignores_the_access,
       "DuplicateHandle gives the duplicate the access of the source whatever is asked for",
       PATCH(DuplicateHandle, duplicate_all_access));

static BOOL WINAPI duplicate_the_object(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, DWORD access, BOOL inherit, DWORD options)
{
    HANDLE copy = source_process == GetCurrentProcess() ? copy_of(source) : NULL;
    return real.DuplicateHandle(source_process, copy != NULL ? copy : source, target_process,
                                target, access, inherit, options);
}
MUTANT(duplicate_mapping_copies_the_object,
       "DuplicateHandle duplicates the object of a file mapping, not just the handle",
       PATCH(DuplicateHandle, duplicate_the_object));

/* ---- CloseHandle: what lives as long as what ------------------------------------------------ */

#define ROOM 16

static struct {
    void *view;
    HANDLE mapping;
} views[ROOM];

static void *noted(void *view, HANDLE mapping)
{
    for (int i = 0; view != NULL && i < ROOM; i++) {
        if (views[i].view == NULL) {
            views[i].view = view;
            views[i].mapping = mapping;
            break;
        }
    }
    return view;
}

static void *WINAPI note_view(MAP_PARAMETERS)
{
    return noted(real.MapViewOfFile(MAP_ARGUMENTS), mapping);
}

static void *WINAPI note_view_ex(MAP_PARAMETERS, void *base)
{
    return noted(real.MapViewOfFileEx(MAP_ARGUMENTS, base), mapping);
}

static BOOL WINAPI forget_view(const void *view)
{
    for (int i = 0; i < ROOM; i++)
        if (views[i].view == view)
            views[i].view = NULL;
    return real.UnmapViewOfFile(view);
}

static BOOL WINAPI unmap_views_and_close(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++)
        if (views[i].view != NULL && views[i].mapping == handle)
            forget_view(views[i].view);
    return real.CloseHandle(handle);
}
MUTANT(close_mapping_unmaps_its_views, "CloseHandle on a mapping unmaps the views made with it",
       PATCH(MapViewOfFile, note_view), PATCH(UnmapViewOfFile, forget_view),
       PATCH(CloseHandle, unmap_views_and_close));

static BOOL WINAPI close_unless_viewed(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++) {
        if (views[i].view != NULL && views[i].mapping == handle) {
            SetLastError(ERROR_BUSY);
            return FALSE;
        }
    }
    return real.CloseHandle(handle);
}
MUTANT(close_mapping_wants_views_unmapped,
       "CloseHandle on a mapping fails while there are views made with it",
       PATCH(MapViewOfFile, note_view), PATCH(MapViewOfFileEx, note_view_ex),
       PATCH(UnmapViewOfFile, forget_view), PATCH(CloseHandle, close_unless_viewed));

static bool closed_a_mapping;

static BOOL WINAPI note_that_closed(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++)
        closed_a_mapping |= views[i].view != NULL && views[i].mapping == handle;
    return real.CloseHandle(handle);
}

static BOOL WINAPI unmap_unless_closed(const void *view)
{
    return closed_a_mapping || forget_view(view);
}
MUTANT(unmap_view_pretends_when_the_mapping_is_closed,
       "UnmapViewOfFile succeeds, without effect, when a mapping with a view has been closed",
       PATCH(MapViewOfFile, note_view), PATCH(MapViewOfFileEx, note_view_ex),
       PATCH(CloseHandle, note_that_closed), PATCH(UnmapViewOfFile, unmap_unless_closed));

static HANDLE was_viewed;

static BOOL WINAPI note_that_unmapped(const void *view)
{
    for (int i = 0; i < ROOM; i++)
        if (views[i].view == view)
            was_viewed = views[i].mapping;
    return forget_view(view);
}

static BOOL WINAPI close_unless_it_was_viewed(HANDLE handle)
{
    return handle == was_viewed || real.CloseHandle(handle);
}
MUTANT(close_mapping_pretends_when_a_view_was_unmapped,
       "CloseHandle succeeds, without effect, on the mapping whose view was unmapped last",
       PATCH(MapViewOfFile, note_view), PATCH(MapViewOfFileEx, note_view_ex),
       PATCH(UnmapViewOfFile, note_that_unmapped), PATCH(CloseHandle, close_unless_it_was_viewed));

static HANDLE mapped_file;

static HANDLE WINAPI note_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && file != INVALID_HANDLE_VALUE)
        mapped_file = file;
    return mapping;
}

static BOOL WINAPI close_unless_mapped(HANDLE handle)
{
    if (handle == mapped_file) {
        SetLastError(ERROR_USER_MAPPED_FILE);
        return FALSE;
    }
    return real.CloseHandle(handle);
}
MUTANT(close_file_wants_it_unmapped, "CloseHandle fails on a file that was mapped",
       PATCH(CreateFileMappingW, note_file), PATCH(CloseHandle, close_unless_mapped));

static const WCHAR *created_name;
static HANDLE creators_handle;
static bool creator_closed;

static HANDLE WINAPI note_creator(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && name != NULL) {
        created_name = name;
        creators_handle = mapping;
        creator_closed = false;
    }
    return mapping;
}

static BOOL WINAPI note_close(HANDLE handle)
{
    creator_closed |= handle == creators_handle;
    return real.CloseHandle(handle);
}

static HANDLE WINAPI open_while_creator_lives(DWORD access, BOOL inherit, const WCHAR *name)
{
    if (creator_closed && wcscmp(name, created_name) == 0) {
        SetLastError(ERROR_FILE_NOT_FOUND);
        return NULL;
    }
    return real.OpenFileMappingW(access, inherit, name);
}
MUTANT(close_mapping_takes_the_name, "The name of an object goes with its creator's handle",
       PATCH(CreateFileMappingW, note_creator), PATCH(CloseHandle, note_close),
       PATCH(OpenFileMappingW, open_while_creator_lives));
