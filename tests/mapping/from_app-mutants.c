/* Wrong behaviours, for the tests of from_app.c. */
#include "variants-mutants.h"

#define MAP_APP_PARAMETERS HANDLE mapping, ULONG access, ULONG64 offset, SIZE_T size
#define MAP_APP real(MapViewOfFileFromApp)(mapping, access, offset, size)
#define OPEN_APP_PARAMETERS ULONG access, BOOL inherit, LPCWSTR name

static HANDLE WINAPI create_adds_a_page(APP_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && !name && !(protect & SEC_RESERVE))
        size += page_size();
    return APP;
}
MUTANT(create_from_app_adds_a_page,
       "CreateFileMappingFromApp makes an object of the page file a page too long",
       PATCH(CreateFileMappingFromApp, create_adds_a_page));

static HANDLE WINAPI create_ignores_attributes(APP_PARAMETERS)
{
    security = NULL;
    return APP;
}
MUTANT(create_from_app_ignores_attributes,
       "What CreateFileMappingFromApp returns is never inheritable",
       PATCH(CreateFileMappingFromApp, create_ignores_attributes));

static HANDLE WINAPI create_keeps_file(APP_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && size > size_of_file(file))
        size = 0;
    return APP;
}
MUTANT(create_from_app_extends_nothing, "CreateFileMappingFromApp does not extend the file",
       PATCH(CreateFileMappingFromApp, create_keeps_file));

static HANDLE WINAPI create_wants_size(APP_PARAMETERS)
{
    bool wants = !size && protect == PAGE_READONLY && size_of_file(file);
    return wants ? refuse(ERROR_INVALID_PARAMETER) : APP;
}
MUTANT(create_from_app_wants_a_size,
       "CreateFileMappingFromApp needs the size of a file's object for reading",
       PATCH(CreateFileMappingFromApp, create_wants_size));

static HANDLE WINAPI create_of_empty(APP_PARAMETERS)
{
    HANDLE mapping = APP;
    if (!mapping && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_HANDLE_EOF);
    return mapping;
}
MUTANT(create_from_app_of_empty_file_is_end_of_file,
       "CreateFileMappingFromApp fails with ERROR_HANDLE_EOF for an empty file",
       PATCH(CreateFileMappingFromApp, create_of_empty));

static HANDLE WINAPI create_hides_existing(APP_PARAMETERS)
{
    HANDLE mapping = APP;
    if (mapping)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_from_app_hides_that_it_existed,
       "CreateFileMappingFromApp does not tell that the name existed",
       PATCH(CreateFileMappingFromApp, create_hides_existing));

static HANDLE WINAPI create_other_kind(APP_PARAMETERS)
{
    HANDLE mapping = APP;
    if (!mapping && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_from_app_other_kind_exists,
       "CreateFileMappingFromApp fails with ERROR_ALREADY_EXISTS for the name of an event",
       PATCH(CreateFileMappingFromApp, create_other_kind));

static HANDLE WINAPI create_32_bits(APP_PARAMETERS)
{
    size = (ULONG)size;
    return APP;
}
MUTANT(create_from_app_takes_32_bits, "CreateFileMappingFromApp takes the low half of the size",
       PATCH(CreateFileMappingFromApp, create_32_bits));

static LPVOID WINAPI map_32_bits(MAP_APP_PARAMETERS)
{
    offset = (ULONG)offset;
    return MAP_APP;
}
MUTANT(map_from_app_takes_32_bits, "MapViewOfFileFromApp takes the low half of the offset",
       PATCH(MapViewOfFileFromApp, map_32_bits));

static LPVOID WINAPI map_from_the_beginning(MAP_APP_PARAMETERS)
{
    if (!size && offset)
        offset = 0;
    return MAP_APP;
}
MUTANT(map_from_app_to_the_end_starts_at_0,
       "MapViewOfFileFromApp without a size maps from the beginning",
       PATCH(MapViewOfFileFromApp, map_from_the_beginning));

static LPVOID WINAPI map_all(MAP_APP_PARAMETERS)
{
    if (!offset && size < granularity())
        size = 0;
    return MAP_APP;
}
MUTANT(map_from_app_maps_all, "MapViewOfFileFromApp maps all of the object whatever the size",
       PATCH(MapViewOfFileFromApp, map_all));

static LPVOID WINAPI map_all_access_reads(MAP_APP_PARAMETERS)
{
    if (access == FILE_MAP_ALL_ACCESS) {
        PVOID view = MAP_APP;
        DWORD old;
        if (view)
            real(VirtualProtect)(view, page_size(), PAGE_READONLY, &old);
        return view;
    }
    return MAP_APP;
}
MUTANT(map_from_app_all_access_reads,
       "MapViewOfFileFromApp with FILE_MAP_ALL_ACCESS gives a view to read",
       PATCH(MapViewOfFileFromApp, map_all_access_reads));

static LPVOID WINAPI map_read_writes(MAP_APP_PARAMETERS)
{
    PVOID view = access == FILE_MAP_READ && !size && !offset
                     ? real(MapViewOfFileFromApp)(mapping, FILE_MAP_WRITE, offset, size)
                     : NULL;
    return view ? view : MAP_APP;
}
MUTANT(map_from_app_read_writes, "MapViewOfFileFromApp with FILE_MAP_READ gives a view to write",
       PATCH(MapViewOfFileFromApp, map_read_writes));

static LPVOID WINAPI map_write_is_private(MAP_APP_PARAMETERS)
{
    if (access & FILE_MAP_WRITE && access != FILE_MAP_ALL_ACCESS && !size) {
        PVOID view = MAP_APP;
        if (!view)
            return view;
        real(UnmapViewOfFile)(view);
        access = FILE_MAP_COPY;
    }
    return MAP_APP;
}
MUTANT(map_from_app_write_is_private,
       "What is written to a view of MapViewOfFileFromApp is seen by no other view",
       PATCH(MapViewOfFileFromApp, map_write_is_private));

static LPVOID WINAPI map_copy_reads(MAP_APP_PARAMETERS)
{
    if (access == FILE_MAP_COPY)
        access = FILE_MAP_READ;
    return MAP_APP;
}
MUTANT(map_from_app_copy_reads, "MapViewOfFileFromApp with FILE_MAP_COPY gives a view to read",
       PATCH(MapViewOfFileFromApp, map_copy_reads));

static LPVOID WINAPI map_read_instead(MAP_APP_PARAMETERS)
{
    PVOID view = MAP_APP;
    if (!view && GetLastError() == ERROR_ACCESS_DENIED && !size)
        view = real(MapViewOfFileFromApp)(mapping, FILE_MAP_READ, offset, size);
    return view;
}
MUTANT(map_from_app_reads_instead,
       "MapViewOfFileFromApp gives a view to read where the object allows no more",
       PATCH(MapViewOfFileFromApp, map_read_instead));

static LPVOID WINAPI map_unaligned(MAP_APP_PARAMETERS)
{
    offset -= offset % granularity();
    return MAP_APP;
}
MUTANT(map_from_app_rounds_the_offset, "MapViewOfFileFromApp rounds the offset down",
       PATCH(MapViewOfFileFromApp, map_unaligned));

static LPVOID WINAPI map_clamps(MAP_APP_PARAMETERS)
{
    PVOID view = MAP_APP;
    if (!view && size)
        view = real(MapViewOfFileFromApp)(mapping, access, offset, 0);
    return view;
}
MUTANT(map_from_app_clamps_the_size, "MapViewOfFileFromApp maps what there is of a size too large",
       PATCH(MapViewOfFileFromApp, map_clamps));

static HANDLE WINAPI open_makes_a_new_one(OPEN_APP_PARAMETERS)
{
    HANDLE mapping = real(OpenFileMappingFromApp)(access, inherit, name);
    return mapping && !inherit ? copy_of(mapping) : mapping;
}
MUTANT(open_from_app_gives_a_copy, "OpenFileMappingFromApp gives an object of its own",
       PATCH(OpenFileMappingFromApp, open_makes_a_new_one));

static HANDLE WINAPI open_is_inheritable(OPEN_APP_PARAMETERS)
{
    (void)inherit;
    return real(OpenFileMappingFromApp)(access, TRUE, name);
}
MUTANT(open_from_app_is_always_inheritable,
       "What OpenFileMappingFromApp returns is always inheritable",
       PATCH(OpenFileMappingFromApp, open_is_inheritable));

static HANDLE WINAPI open_ignores_inherit(OPEN_APP_PARAMETERS)
{
    (void)inherit;
    return real(OpenFileMappingFromApp)(access, FALSE, name);
}
MUTANT(open_from_app_ignores_inherit, "What OpenFileMappingFromApp returns is never inheritable",
       PATCH(OpenFileMappingFromApp, open_ignores_inherit));

static HANDLE WINAPI open_unknown(OPEN_APP_PARAMETERS)
{
    HANDLE mapping = real(OpenFileMappingFromApp)(access, inherit, name);
    if (!mapping && GetLastError() == ERROR_FILE_NOT_FOUND)
        SetLastError(ERROR_INVALID_NAME);
    return mapping;
}
MUTANT(open_from_app_of_unknown_name_is_invalid,
       "OpenFileMappingFromApp fails with ERROR_INVALID_NAME where there is no object",
       PATCH(OpenFileMappingFromApp, open_unknown));

static HANDLE WINAPI open_for_all(OPEN_APP_PARAMETERS)
{
    (void)access;
    return real(OpenFileMappingFromApp)(FILE_MAP_ALL_ACCESS, inherit, name);
}
MUTANT(open_from_app_gives_all_access, "OpenFileMappingFromApp gives all access",
       PATCH(OpenFileMappingFromApp, open_for_all));
