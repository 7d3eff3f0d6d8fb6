/* Wrong behaviours, for the tests of code.c: executable views, and the protection of what is
 * committed. */
#include "mapping-mutants.h"

/* Every page is written to once, with what it holds, and is private then. */
static void *WINAPI executes_a_copy(MAP_PARAMETERS)
{
    if (access != (FILE_MAP_EXECUTE | FILE_MAP_READ))
        return real(MapViewOfFile)(MAP_ARGUMENTS);
    volatile uint8_t *view =
        real(MapViewOfFile)(mapping, FILE_MAP_EXECUTE | FILE_MAP_COPY, high, low, size);
    MEMORY_BASIC_INFORMATION region;
    DWORD old;
    if (view == NULL || !real(VirtualQuery)((void *)view, &region, sizeof(region)) ||
        region.State != MEM_COMMIT)
        return (void *)view;
    for (SIZE_T at = 0; at < region.RegionSize; at += page_size()) {
        uint8_t byte = view[at];
        view[at] = byte;
    }
    real(VirtualProtect)((void *)view, region.RegionSize, PAGE_EXECUTE_READ, &old);
    return (void *)view;
}
MUTANT(map_view_executes_a_copy,
       "A view for reading and execution has the code that was there when it was mapped",
       PATCH(MapViewOfFile, executes_a_copy));

static void *commit_as(void *address, SIZE_T size, DWORD type, DWORD protect, DWORD which)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && protect == which && address &&
        real(VirtualQuery)(address, &region, sizeof(region)) && region.State == MEM_RESERVE &&
        region.Type == MEM_MAPPED)
        protect = region.AllocationProtect;
    return real(VirtualAlloc)(address, size, type, protect);
}

static void *WINAPI commits_readonly(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    return commit_as(address, size, type, protect, PAGE_READONLY);
}
MUTANT(virtual_alloc_commits_readonly_as_mapped,
       "Pages of a view that are committed with PAGE_READONLY have its protection",
       PATCH(VirtualAlloc, commits_readonly));

static void *WINAPI commits_execute_read(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    return commit_as(address, size, type, protect, PAGE_EXECUTE_READ);
}
MUTANT(virtual_alloc_commits_execute_read_as_mapped,
       "Pages of a view that are committed with PAGE_EXECUTE_READ have its protection",
       PATCH(VirtualAlloc, commits_execute_read));

static void *WINAPI commits_noaccess(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    return commit_as(address, size, type, protect, PAGE_NOACCESS);
}
MUTANT(virtual_alloc_commits_noaccess_as_mapped,
       "Pages of a view that are committed with PAGE_NOACCESS have its protection",
       PATCH(VirtualAlloc, commits_noaccess));

static void *WINAPI commits_for_execution(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    return commit_as(address, size, type, protect, PAGE_READWRITE);
}
MUTANT(virtual_alloc_commits_readwrite_as_mapped,
       "Pages of an executable view that are committed with PAGE_READWRITE can be executed",
       PATCH(VirtualAlloc, commits_for_execution));
