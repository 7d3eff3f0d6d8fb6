/* Wrong behaviours, for the tests of sides.c: right only in the usual case. */
#include "mapping-mutants.h"

#include <wchar.h>

static LPVOID WINAPI private_elsewhere(MAP_PARAMETERS)
{
    if (low && access == FILE_MAP_WRITE && wcsstr(GetCommandLineW(), L"@peer"))
        access = FILE_MAP_COPY;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(view_at_an_offset_is_private_elsewhere,
       "A view at an offset is private in a process that did not create the object",
       PATCH(MapViewOfFile, private_elsewhere));

static LPVOID WINAPI shared_at_offset(MAP_PARAMETERS)
{
    if (low && access == FILE_MAP_COPY)
        access = FILE_MAP_WRITE;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(copy_at_an_offset_is_shared, "A FILE_MAP_COPY view at an offset writes to the object",
       PATCH(MapViewOfFile, shared_at_offset));

static LPVOID WINAPI shared_in_part(MAP_PARAMETERS)
{
    if (size && access == FILE_MAP_COPY &&
        can_map(mapping, FILE_MAP_WRITE, low, size + page_size()))
        access = FILE_MAP_WRITE;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(copy_of_a_part_is_shared, "A FILE_MAP_COPY view of a part writes to the object",
       PATCH(MapViewOfFile, shared_in_part));

static HANDLE WINAPI dirty_behind(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping && file == INVALID_HANDLE_VALUE && error != ERROR_ALREADY_EXISTS &&
        protect == PAGE_READWRITE && !high && low > granularity()) {
        char *view = real(MapViewOfFile)(mapping, FILE_MAP_WRITE, 0, 0, 0);
        if (view) {
            view[low - 1] = 1;
            real(UnmapViewOfFile)(view);
        }
    }
    SetLastError(error);
    return mapping;
}
MUTANT(new_object_is_zero_for_64_kib, "The end of a new object beyond 64 KiB is not zero",
       PATCH(CreateFileMappingW, dirty_behind));

static HANDLE WINAPI name_commits(CREATE_PARAMETERS)
{
    if (name && !high)
        protect &= ~(DWORD)SEC_RESERVE;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_with_a_name_commits, "CreateFileMapping ignores SEC_RESERVE beside a name",
       PATCH(CreateFileMappingW, name_commits));

static HANDLE WINAPI a_drops_high(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protect,
                                  DWORD high, DWORD low, LPCSTR name)
{
    (void)high;
    return real(CreateFileMappingA)(file, security, protect, 0, low, name);
}
MUTANT(create_mapping_a_drops_the_high_half, "CreateFileMappingA ignores dwMaximumSizeHigh",
       PATCH(CreateFileMappingA, a_drops_high));

static LPVOID WINAPI ex_drops_high(MAP_PARAMETERS, LPVOID base)
{
    (void)high;
    return real(MapViewOfFileEx)(mapping, access, 0, low, size, base);
}
MUTANT(map_view_ex_drops_the_high_half, "MapViewOfFileEx ignores dwFileOffsetHigh",
       PATCH(MapViewOfFileEx, ex_drops_high));

static LPVOID WINAPI numa_drops_high(MAP_PARAMETERS, LPVOID base, DWORD node)
{
    (void)high;
    return real(MapViewOfFileExNuma)(mapping, access, 0, low, size, base, node);
}
MUTANT(map_view_numa_drops_the_high_half, "MapViewOfFileExNuma ignores dwFileOffsetHigh",
       PATCH(MapViewOfFileExNuma, numa_drops_high));
