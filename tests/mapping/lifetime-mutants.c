/* Wrong behaviours, for the tests of lifetime.c: how long an object and its name live: handles,
 * views and processes that keep them. */
#include "mapping-mutants.h"

static bool has_created;

static HANDLE WINAPI note_creation(CREATE_PARAMETERS)
{
    has_created = true;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}

/* Only in a process that has created none: how names go is what others are about. */
static HANDLE WINAPI misreport_missing(DWORD access, BOOL inherit, const WCHAR *name)
{
    HANDLE mapping = real(OpenFileMappingW)(access, inherit, name);
    if (mapping == NULL && !has_created && GetLastError() == ERROR_FILE_NOT_FOUND)
        SetLastError(ERROR_INVALID_NAME);
    return mapping;
}
MUTANT(open_mapping_of_missing_name_is_invalid_name,
       "OpenFileMapping fails with ERROR_INVALID_NAME when there is no object of that name",
       PATCH(OpenFileMappingW, misreport_missing), PATCH(CreateFileMappingW, note_creation));

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
    return noted(real(MapViewOfFile)(MAP_ARGUMENTS), mapping);
}

static void *WINAPI note_view_ex(MAP_PARAMETERS, void *base)
{
    return noted(real(MapViewOfFileEx)(MAP_ARGUMENTS, base), mapping);
}

static BOOL WINAPI forget_view(const void *view)
{
    for (int i = 0; i < ROOM; i++)
        if (views[i].view == view)
            views[i].view = NULL;
    return real(UnmapViewOfFile)(view);
}

static BOOL WINAPI unmap_views_and_close(HANDLE handle)
{
    for (int i = 0; i < ROOM; i++)
        if (views[i].view != NULL && views[i].mapping == handle)
            forget_view(views[i].view);
    return real(CloseHandle)(handle);
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
    return real(CloseHandle)(handle);
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
    return real(CloseHandle)(handle);
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
    return handle == was_viewed || real(CloseHandle)(handle);
}
MUTANT(close_mapping_pretends_when_a_view_was_unmapped,
       "CloseHandle succeeds, without effect, on the mapping whose view was unmapped last",
       PATCH(MapViewOfFile, note_view), PATCH(MapViewOfFileEx, note_view_ex),
       PATCH(UnmapViewOfFile, note_that_unmapped), PATCH(CloseHandle, close_unless_it_was_viewed));

static HANDLE mapped_file;

static HANDLE WINAPI note_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
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
    return real(CloseHandle)(handle);
}
MUTANT(close_file_wants_it_unmapped, "CloseHandle fails on a file that was mapped",
       PATCH(CreateFileMappingW, note_file), PATCH(CloseHandle, close_unless_mapped));

static const WCHAR *created_name;
static HANDLE creators_handle;
static bool creator_closed;

static HANDLE WINAPI note_creator(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
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
    return real(CloseHandle)(handle);
}

static HANDLE WINAPI open_while_creator_lives(DWORD access, BOOL inherit, const WCHAR *name)
{
    if (creator_closed && wcscmp(name, created_name) == 0) {
        SetLastError(ERROR_FILE_NOT_FOUND);
        return NULL;
    }
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(close_mapping_takes_the_name, "The name of an object goes with its creator's handle",
       PATCH(CreateFileMappingW, note_creator), PATCH(CloseHandle, note_close),
       PATCH(OpenFileMappingW, open_while_creator_lives));
