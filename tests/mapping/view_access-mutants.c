/* Wrong behaviours, for the tests of view_access.c: which access MapViewOfFile grants to objects
 * of which protection, and what the pages get. */
#include "mapping-mutants.h"

static void *WINAPI copy_for_read(MAP_PARAMETERS)
{
    return real(MapViewOfFile)(mapping, access == FILE_MAP_READ ? FILE_MAP_COPY : access, high, low,
                               size);
}
MUTANT(map_view_for_reading_is_a_copy, "MapViewOfFile gives copy on write for FILE_MAP_READ",
       PATCH(MapViewOfFile, copy_for_read));

static void *WINAPI want_read(MAP_PARAMETERS)
{
    if ((access & FILE_MAP_WRITE) && !(access & FILE_MAP_READ))
        return refuse(ERROR_ACCESS_DENIED);
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_for_writing_wants_read,
       "MapViewOfFile refuses FILE_MAP_WRITE without FILE_MAP_READ",
       PATCH(MapViewOfFile, want_read));

static void *WINAPI execute_all(MAP_PARAMETERS)
{
    if (access == FILE_MAP_ALL_ACCESS)
        access |= FILE_MAP_EXECUTE;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_of_all_access_executes, "FILE_MAP_ALL_ACCESS asks MapViewOfFile for execution too",
       PATCH(MapViewOfFile, execute_all));

static void *WINAPI copy_for_write(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view == NULL && (access & FILE_MAP_WRITE) && GetLastError() == ERROR_ACCESS_DENIED)
        view = real(MapViewOfFile)(mapping, FILE_MAP_COPY, high, low, size);
    return view;
}
MUTANT(map_view_for_writing_falls_back_to_a_copy,
       "MapViewOfFile gives copy on write where it must refuse a view for writing",
       PATCH(MapViewOfFile, copy_for_write));

static void *WINAPI read_for_copy(MAP_PARAMETERS)
{
    if ((access & ~FILE_MAP_EXECUTE) == FILE_MAP_COPY)
        access = (access & ~FILE_MAP_COPY) | FILE_MAP_READ;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_for_copying_is_for_reading, "MapViewOfFile takes FILE_MAP_COPY for FILE_MAP_READ",
       PATCH(MapViewOfFile, read_for_copy));

static void *WINAPI never_execute(MAP_PARAMETERS)
{
    return real(MapViewOfFile)(mapping, access & ~FILE_MAP_EXECUTE, high, low, size);
}
MUTANT(map_view_ignores_execute, "MapViewOfFile ignores FILE_MAP_EXECUTE",
       PATCH(MapViewOfFile, never_execute));

static SIZE_T WINAPI call_copies_written(const void *address, MEMORY_BASIC_INFORMATION *region,
                                         SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got != 0 && region->Protect == PAGE_WRITECOPY)
        region->Protect = PAGE_READWRITE;
    return got;
}
MUTANT(virtual_query_calls_copies_written,
       "VirtualQuery reports PAGE_READWRITE for copies on write before they are written to",
       PATCH(VirtualQuery, call_copies_written));
