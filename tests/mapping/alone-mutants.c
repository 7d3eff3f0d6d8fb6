/* Wrong behaviours towards a view whose object has no handle left. */
#include "mapping-mutants.h"

/* The latest view of MapViewOfFile, what it was made from, and whether that is closed. */
static struct {
    HANDLE mapping;
    char *view;
    bool alone;
} latest;

static void *WINAPI notes_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view) {
        latest.mapping = mapping;
        latest.view = view;
        latest.alone = false;
    }
    return view;
}

static BOOL WINAPI notes_close(HANDLE handle)
{
    if (latest.view && handle == latest.mapping)
        latest.alone = true;
    return real(CloseHandle)(handle);
}
#define NOTES PATCH(MapViewOfFile, notes_view), PATCH(CloseHandle, notes_close)

static bool is_alone(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD error = GetLastError();
    bool is = latest.alone && real(VirtualQuery)(address, &region, sizeof(region)) &&
              region.AllocationBase == latest.view;
    SetLastError(error);
    return is;
}

static BOOL refuse_view(void)
{
    SetLastError(ERROR_INVALID_ADDRESS);
    return FALSE;
}

static SIZE_T WINAPI forgets_view(const void *address, MEMORY_BASIC_INFORMATION *region,
                                  SIZE_T size)
{
    bool alone = is_alone(address);
    SIZE_T got = real(VirtualQuery)(address, region, size);
    if (got && alone)
        region->Type = MEM_PRIVATE;
    return got;
}
MUTANT(virtual_query_forgets_a_view_without_handles,
       "VirtualQuery calls a view private memory when its mapping is closed", NOTES,
       PATCH(VirtualQuery, forgets_view));

static BOOL WINAPI refuses_protection(void *address, SIZE_T size, DWORD protection, DWORD *old)
{
    return is_alone(address) ? refuse_view() : real(VirtualProtect)(address, size, protection, old);
}
MUTANT(virtual_protect_refuses_a_view_without_handles,
       "VirtualProtect fails on a view when its mapping is closed", NOTES,
       PATCH(VirtualProtect, refuses_protection));

static BOOL WINAPI refuses_flush(const void *address, SIZE_T size)
{
    return is_alone(address) ? refuse_view() : real(FlushViewOfFile)(address, size);
}
MUTANT(flush_view_refuses_a_view_without_handles,
       "FlushViewOfFile fails on a view when its mapping is closed", NOTES,
       PATCH(FlushViewOfFile, refuses_flush));

static void *WINAPI refuses_commitment(void *address, SIZE_T size, DWORD type, DWORD protection)
{
    return type == MEM_COMMIT && is_alone(address)
               ? refuse(ERROR_INVALID_ADDRESS)
               : real(VirtualAlloc)(address, size, type, protection);
}
MUTANT(virtual_alloc_refuses_a_view_without_handles,
       "VirtualAlloc commits nothing in a view when its mapping is closed", NOTES,
       PATCH(VirtualAlloc, refuses_commitment));

/* Maps the latest view anew, at its place, when it is the mapping that is closed. */
static void map_again(HANDLE handle, DWORD protection, DWORD access)
{
    MEMORY_BASIC_INFORMATION region;
    DWORD error = GetLastError();
    if (latest.view && handle == latest.mapping &&
        real(VirtualQuery)(latest.view, &region, sizeof(region)) && region.Protect == protection &&
        real(UnmapViewOfFile)(latest.view))
        real(MapViewOfFileEx)(handle, access, 0, 0, 0, latest.view);
    SetLastError(error);
}

static BOOL WINAPI makes_shared(HANDLE handle)
{
    map_again(handle, PAGE_WRITECOPY, FILE_MAP_WRITE);
    return real(CloseHandle)(handle);
}
MUTANT(close_mapping_makes_a_copy_shared,
       "CloseHandle on a mapping makes its copy-on-write view one for writing",
       PATCH(MapViewOfFile, notes_view), PATCH(CloseHandle, makes_shared));

static BOOL WINAPI makes_private(HANDLE handle)
{
    map_again(handle, PAGE_READWRITE, FILE_MAP_COPY);
    return real(CloseHandle)(handle);
}
MUTANT(close_mapping_makes_its_view_private,
       "CloseHandle on a mapping makes its view for writing a copy of its own",
       PATCH(MapViewOfFile, notes_view), PATCH(CloseHandle, makes_private));
