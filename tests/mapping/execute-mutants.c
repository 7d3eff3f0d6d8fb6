/* Wrong behaviours, for the tests of execute.c: VirtualProtect with executable protections. */
#include "mapping-mutants.h"

static BOOL WINAPI does_not_run(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_EXECUTE)
        wanted = PAGE_READONLY;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_execute_does_not_run, "VirtualProtect takes PAGE_EXECUTE for PAGE_READONLY",
       PATCH(VirtualProtect, does_not_run));

static BOOL WINAPI execute_writable(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_EXECUTE)
        wanted = PAGE_EXECUTE_READWRITE;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_execute_can_be_written,
       "VirtualProtect leaves pages writable with PAGE_EXECUTE",
       PATCH(VirtualProtect, execute_writable));

static BOOL WINAPI execute_read_writable(PROTECT_PARAMETERS)
{
    if (wanted == PAGE_EXECUTE_READ)
        wanted = PAGE_EXECUTE_READWRITE;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_execute_read_can_be_written,
       "VirtualProtect leaves pages writable with PAGE_EXECUTE_READ",
       PATCH(VirtualProtect, execute_read_writable));

/* The view for writing that was mapped last. */
static void *writable_view;

static void *WINAPI note_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && access == FILE_MAP_WRITE)
        writable_view = view;
    return view;
}

static BOOL WINAPI every_view(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
    DWORD previous, error = GetLastError();
    if (set && wanted == PAGE_EXECUTE_READ && writable_view != NULL && address != writable_view)
        real(VirtualProtect)(writable_view, size, PAGE_READONLY, &previous);
    SetLastError(error);
    return set;
}
MUTANT(virtual_protect_reaches_the_other_view,
       "VirtualProtect takes writing away from another view of the object",
       PATCH(MapViewOfFile, note_view), PATCH(VirtualProtect, every_view));
