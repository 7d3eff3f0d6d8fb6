/* Wrong behaviours of MapViewOfFileFromApp and MapViewOfFileExNuma. */
#include "mapping-mutants.h"

#define APP_PARAMETERS HANDLE mapping, ULONG access, ULONG64 offset, SIZE_T size
#define APP real(MapViewOfFileFromApp)(mapping, access, offset, size)
#define NUMA_PARAMETERS MAP_PARAMETERS, void *base, DWORD node
#define NUMA real(MapViewOfFileExNuma)(MAP_ARGUMENTS, base, node)

#define EXECUTE_READ (FILE_MAP_EXECUTE | FILE_MAP_READ)

static bool is_for_execution(HANDLE mapping)
{
    return can_map(mapping, EXECUTE_READ, 0, 1);
}

static bool is_for_writing(HANDLE mapping)
{
    return can_map(mapping, FILE_MAP_WRITE, 0, 1);
}

static LPVOID WINAPI app_reads_no_code(APP_PARAMETERS)
{
    return access == FILE_MAP_READ && is_for_execution(mapping) ? refuse(ERROR_ACCESS_DENIED) : APP;
}
MUTANT(map_from_app_reads_nothing_for_execution,
       "MapViewOfFileFromApp does not map objects for execution with FILE_MAP_READ",
       PATCH(MapViewOfFileFromApp, app_reads_no_code));

static LPVOID WINAPI app_copies_no_code(APP_PARAMETERS)
{
    return access == FILE_MAP_COPY && is_for_execution(mapping) ? refuse(ERROR_ACCESS_DENIED) : APP;
}
MUTANT(map_from_app_copies_nothing_for_execution,
       "MapViewOfFileFromApp does not map objects for execution with FILE_MAP_COPY",
       PATCH(MapViewOfFileFromApp, app_copies_no_code));

static LPVOID WINAPI app_writes_to_copies(APP_PARAMETERS)
{
    void *view = APP;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED && (access & FILE_MAP_WRITE))
        view = real(MapViewOfFileFromApp)(mapping, FILE_MAP_COPY, offset, size);
    return view;
}
MUTANT(map_from_app_writes_to_copies,
       "MapViewOfFileFromApp gives a copy for writing of what cannot be written",
       PATCH(MapViewOfFileFromApp, app_writes_to_copies));

static void *WINAPI numa_reads_no_code(NUMA_PARAMETERS)
{
    return access == FILE_MAP_READ && is_for_execution(mapping) ? refuse(ERROR_ACCESS_DENIED)
                                                                : NUMA;
}
MUTANT(map_numa_reads_nothing_for_execution,
       "MapViewOfFileExNuma does not map objects for execution with FILE_MAP_READ",
       PATCH(MapViewOfFileExNuma, numa_reads_no_code));

static void *WINAPI numa_reading_writes(NUMA_PARAMETERS)
{
    if (access == FILE_MAP_READ && is_for_writing(mapping))
        access = FILE_MAP_WRITE;
    return NUMA;
}
MUTANT(map_numa_reading_allows_writing,
       "A view of MapViewOfFileExNuma for reading can be written where the object can",
       PATCH(MapViewOfFileExNuma, numa_reading_writes));

static void *WINAPI numa_writes_to_copies(NUMA_PARAMETERS)
{
    void *view = NUMA;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED &&
        (access & (FILE_MAP_WRITE | FILE_MAP_EXECUTE)) == FILE_MAP_WRITE) {
        access = FILE_MAP_COPY;
        view = NUMA;
    }
    return view;
}
MUTANT(map_numa_writes_to_copies,
       "MapViewOfFileExNuma gives a copy for writing of what cannot be written",
       PATCH(MapViewOfFileExNuma, numa_writes_to_copies));

static void *WINAPI numa_all_access(NUMA_PARAMETERS)
{
    return access == FILE_MAP_ALL_ACCESS ? refuse(ERROR_INVALID_PARAMETER) : NUMA;
}
MUTANT(map_numa_does_not_know_all_access, "MapViewOfFileExNuma refuses FILE_MAP_ALL_ACCESS",
       PATCH(MapViewOfFileExNuma, numa_all_access));

static void *WINAPI numa_copies_no_code(NUMA_PARAMETERS)
{
    return access == FILE_MAP_COPY && is_for_execution(mapping) ? refuse(ERROR_ACCESS_DENIED)
                                                                : NUMA;
}
MUTANT(map_numa_copies_nothing_for_execution,
       "MapViewOfFileExNuma does not map objects for execution with FILE_MAP_COPY",
       PATCH(MapViewOfFileExNuma, numa_copies_no_code));

static void *WINAPI numa_drops_execution(NUMA_PARAMETERS)
{
    access &= ~(DWORD)FILE_MAP_EXECUTE;
    return NUMA;
}
MUTANT(map_numa_drops_execution, "MapViewOfFileExNuma ignores FILE_MAP_EXECUTE",
       PATCH(MapViewOfFileExNuma, numa_drops_execution));

static void *WINAPI numa_from_0(NUMA_PARAMETERS)
{
    if (low == granularity() && can_map(mapping, access, low, size))
        low = 0;
    return NUMA;
}
MUTANT(map_numa_ignores_the_offset, "MapViewOfFileExNuma maps from the beginning of the object on",
       PATCH(MapViewOfFileExNuma, numa_from_0));

static void *WINAPI numa_clamps(NUMA_PARAMETERS)
{
    void *view = NUMA;
    if (view == NULL && GetLastError() == ERROR_ACCESS_DENIED && size && low) {
        size = 0;
        view = NUMA;
    }
    return view;
}
MUTANT(map_numa_clamps_the_size,
       "MapViewOfFileExNuma maps to the end of the object when it is asked for more",
       PATCH(MapViewOfFileExNuma, numa_clamps));

static void *WINAPI numa_rounds(NUMA_PARAMETERS)
{
    low -= low % granularity();
    return NUMA;
}
MUTANT(map_numa_rounds_the_offset, "MapViewOfFileExNuma rounds the offset down",
       PATCH(MapViewOfFileExNuma, numa_rounds));

static void *WINAPI numa_moves(NUMA_PARAMETERS)
{
    void *view = NUMA;
    if (view == NULL && base != NULL && GetLastError() == ERROR_INVALID_ADDRESS) {
        base = NULL;
        view = NUMA;
    }
    return view;
}
MUTANT(map_numa_moves_the_view,
       "MapViewOfFileExNuma maps elsewhere when something is at the address",
       PATCH(MapViewOfFileExNuma, numa_moves));
