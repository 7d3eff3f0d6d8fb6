/* Wrong behaviours, for the tests of reserve.c: VirtualAlloc and VirtualFree on views:
 * committing pages of SEC_RESERVE objects, and what is not possible. */
#include "mapping-mutants.h"

#define ALLOC_PARAMETERS void *address, SIZE_T size, DWORD type, DWORD protect
#define ALLOC_ARGUMENTS address, size, type, protect

static bool view_at(const void *address, MEMORY_BASIC_INFORMATION *region)
{
    return address != NULL && real(VirtualQuery)(address, region, sizeof(*region)) &&
           region->State != MEM_FREE && region->Type == MEM_MAPPED;
}

static void *WINAPI commit_nothing(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && size == page_size() && view_at(address, &region) &&
        region.State == MEM_RESERVE && region.AllocationBase != address)
        real(VirtualAlloc)(region.AllocationBase, 1, MEM_COMMIT, protect);
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_commits_the_first_page_too,
       "Committing a page of a view commits the first page of the view as well",
       PATCH(VirtualAlloc, commit_nothing));

/* Committed here: private memory in the place of the view, as if the object knew nothing. */
static void *WINAPI commit_privately(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && view_at(address, &region) && region.State == MEM_RESERVE &&
        region.AllocationBase == address && size == page_size()) {
        real(UnmapViewOfFile)(address);
        return real(VirtualAlloc)(address, region.RegionSize, MEM_RESERVE | MEM_COMMIT, protect);
    }
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_commits_for_one_view,
       "Pages are committed for one view and not for the object",
       PATCH(VirtualAlloc, commit_privately));

static void *WINAPI commit_in_one_process(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && view_at(address, &region) && region.State == MEM_RESERVE &&
        region.AllocationBase != address && size == page_size()) {
        void *base = region.AllocationBase;
        real(UnmapViewOfFile)(base);
        real(VirtualAlloc)(base, 2 * page_size(), MEM_RESERVE | MEM_COMMIT, protect);
        return address;
    }
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_commits_for_one_process,
       "Pages that follow the first are committed for one process and not for the object",
       PATCH(VirtualAlloc, commit_in_one_process));

static void *WINAPI commit_one_page(ALLOC_PARAMETERS)
{
    return real(VirtualAlloc)(address, type == MEM_COMMIT && size == 2 ? 1 : size, type, protect);
}
MUTANT(virtual_alloc_rounds_down, "VirtualAlloc leaves the page where a small range ends",
       PATCH(VirtualAlloc, commit_one_page));

static void *WINAPI refuse_committed(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && size > page_size() && view_at(address, &region) &&
        region.State == MEM_COMMIT)
        return refuse(ERROR_INVALID_ADDRESS);
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_refuses_committed, "VirtualAlloc fails when a page is committed already",
       PATCH(VirtualAlloc, refuse_committed));

static void *WINAPI reserve_view(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_RESERVE && view_at(address, &region))
        return address;
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_reserves_views, "VirtualAlloc reserves addresses where a view is",
       PATCH(VirtualAlloc, reserve_view));

static const void *unmapped;

static BOOL WINAPI note_unmapped(const void *view)
{
    unmapped = view;
    return real(UnmapViewOfFile)(view);
}

static void *WINAPI avoid_unmapped(ALLOC_PARAMETERS)
{
    if (address != NULL && address == unmapped)
        return refuse(ERROR_INVALID_ADDRESS);
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(unmap_view_keeps_the_addresses,
       "Addresses of a view that was unmapped cannot be allocated again",
       PATCH(UnmapViewOfFile, note_unmapped), PATCH(VirtualAlloc, avoid_unmapped));

static void *WINAPI reset_anything(ALLOC_PARAMETERS)
{
    void *memory = real(VirtualAlloc)(ALLOC_ARGUMENTS);
    return memory == NULL && type == MEM_RESET ? address : memory;
}
MUTANT(virtual_alloc_resets_files, "VirtualAlloc takes MEM_RESET for a view of a file",
       PATCH(VirtualAlloc, reset_anything));

static void *WINAPI commit_rest(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_COMMIT && size == page_size() && view_at(address, &region) &&
        region.State == MEM_RESERVE && region.AllocationBase == address &&
        region.RegionSize == 2 * page_size())
        size = region.RegionSize;
    return real(VirtualAlloc)(ALLOC_ARGUMENTS);
}
MUTANT(virtual_alloc_commits_with_the_rest,
       "Committing the first of two pages of a view commits the second as well",
       PATCH(VirtualAlloc, commit_rest));

static BOOL WINAPI release_view(void *address, SIZE_T size, DWORD type)
{
    MEMORY_BASIC_INFORMATION region;
    if (type == MEM_RELEASE && view_at(address, &region))
        return real(UnmapViewOfFile)(address);
    return real(VirtualFree)(address, size, type);
}
MUTANT(virtual_free_releases_views, "VirtualFree unmaps a view that it should not know",
       PATCH(VirtualFree, release_view));
