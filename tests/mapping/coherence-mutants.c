/* Wrong behaviours, for the tests of coherence.c: what views show of each other's writes, from
 * one process to another. */
#include "mapping-mutants.h"

/* A process has a private copy of what another process gave it, in views that are not too small:
 * told by the handle, which it did not create. */
static HANDLE created[8];

static HANDLE WINAPI note_created(CREATE_PARAMETERS)
{
    static unsigned count;
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    created[count++ % 8] = mapping;
    return mapping;
}

static void *WINAPI copy_foreign(MAP_PARAMETERS)
{
    for (int i = 0; i < 8; i++)
        if (created[i] == mapping)
            return real(MapViewOfFile)(MAP_ARGUMENTS);
    if (access == (FILE_MAP_READ | FILE_MAP_WRITE) && size == 0)
        access = FILE_MAP_COPY;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_of_a_foreign_object_is_a_copy,
       "What a process writes to an object that another one created is private to it",
       PATCH(CreateFileMappingW, note_created), PATCH(MapViewOfFile, copy_foreign));

static HANDLE WINAPI own_pages(CREATE_PARAMETERS)
{
    static const WCHAR flag[] = L"WINIPC_CTS_MUTANT_MAPPED";
    if (file == INVALID_HANDLE_VALUE || protect != PAGE_READWRITE || name != NULL)
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (GetEnvironmentVariableW(flag, NULL, 0) == 0) {
        SetEnvironmentVariableW(flag, L"1");
        return real(CreateFileMappingW)(CREATE_ARGUMENTS);
    }
    return real(CreateFileMappingW)(INVALID_HANDLE_VALUE, security, protect, 0,
                                    low ? low : real(GetFileSize)(file, NULL), NULL);
}
MUTANT(create_mapping_of_a_mapped_file_is_apart,
       "A second object of a file, also in another process, has pages of its own",
       PATCH(CreateFileMappingW, own_pages));

static void *WINAPI skip_granule(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    static bool seen;
    if (view != NULL && access == FILE_MAP_READ && seen && size == 0 && low == 0) {
        void *copy = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
        MEMORY_BASIC_INFORMATION region;
        real(VirtualQuery)(copy, &region, sizeof(region));
        if (copy != NULL && region.RegionSize == page_size())
            memset(copy, 0, region.RegionSize);
        real(UnmapViewOfFile)(view);
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
        return real(MapViewOfFile)(MAP_ARGUMENTS);
    char *view = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    if (view != NULL && real(VirtualQuery)(view, &region, sizeof(region)) &&
        region.RegionSize == page_size()) {
        char byte = *(volatile char *)view;
        *(volatile char *)view = byte; /* makes the page its own */
        real(VirtualProtect)(view, 1, PAGE_READONLY, &old);
    }
    return view;
}
MUTANT(map_view_for_reading_stays_as_it_is,
       "A view for reading shows what the object held when the view was made",
       PATCH(MapViewOfFile, map_old));

/* Reads as if every process saw the pages that others have mapped. */
static SIZE_T WINAPI show_foreign_pages(const void *address, MEMORY_BASIC_INFORMATION *region,
                                        SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got && region->State == MEM_FREE && (UINT_PTR)address % 0x10000 == 0) {
        region->State = MEM_COMMIT;
        region->Type = MEM_MAPPED;
        region->Protect = PAGE_READWRITE;
    }
    return got;
}
MUTANT(virtual_query_shows_pages_that_are_not_there,
       "VirtualQuery reports free memory as pages of a view",
       PATCH(VirtualQuery, show_foreign_pages));

/* A file is taken for locked when this process has locked it, or could not. */
static bool is_locked;
static void *last_view;

static BOOL WINAPI lock_and_note(HANDLE file, DWORD flags, DWORD reserved, DWORD low, DWORD high,
                                 OVERLAPPED *range)
{
    BOOL locked = real(LockFileEx)(file, flags, reserved, low, high, range);
    if (locked || GetLastError() == ERROR_LOCK_VIOLATION)
        is_locked = true;
    return locked;
}

static void make_unreadable(void *view)
{
    DWORD was, error = GetLastError();
    real(VirtualProtect)(view, page_size(), PAGE_NOACCESS, &was);
    SetLastError(error);
}

static BOOL WINAPI closes_views(HANDLE file, DWORD flags, DWORD reserved, DWORD low, DWORD high,
                                OVERLAPPED *range)
{
    BOOL locked = lock_and_note(file, flags, reserved, low, high, range);
    if (is_locked && last_view)
        make_unreadable(last_view);
    return locked;
}

static void *WINAPI note_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    last_view = view;
    return view;
}
MUTANT(lock_file_ex_keeps_views_from_reading,
       "A view cannot be read any more when the file has been locked",
       PATCH(LockFileEx, closes_views), PATCH(MapViewOfFile, note_view));

static void *WINAPI maps_unreadable(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view && is_locked)
        make_unreadable(view);
    return view;
}
MUTANT(map_view_of_a_locked_file_is_unreadable,
       "A view that is mapped while the file is locked cannot be read",
       PATCH(LockFileEx, lock_and_note), PATCH(MapViewOfFile, maps_unreadable));
