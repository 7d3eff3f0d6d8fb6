/* Wrong behaviours, for the tests of commit_rules.c: VirtualAlloc on views, and VirtualUnlock. */
#include "mapping-mutants.h"

#define ALLOC_PARAMETERS void *address, SIZE_T size, DWORD type, DWORD protect
#define ALLOC real(VirtualAlloc)(address, size, type, protect)

static MEMORY_BASIC_INFORMATION region_of(const void *address)
{
    MEMORY_BASIC_INFORMATION region = {0};
    if (address != NULL)
        real(VirtualQuery)(address, &region, sizeof(region));
    return region;
}

static void *WINAPI commit_what_is_reserved(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = region_of(address);
    SIZE_T there = (char *)region.BaseAddress + region.RegionSize - (char *)address;
    if (type == MEM_COMMIT && region.State == MEM_RESERVE && there < size &&
        region_of((char *)address + there).State == MEM_FREE)
        size = there;
    return ALLOC;
}
MUTANT(virtual_alloc_commits_what_is_reserved,
       "VirtualAlloc commits the pages of a range that are reserved, and is content",
       PATCH(VirtualAlloc, commit_what_is_reserved));

static void *WINAPI commit_free_memory(ALLOC_PARAMETERS)
{
    if (type == MEM_COMMIT && address != NULL && region_of(address).State == MEM_FREE)
        type |= MEM_RESERVE;
    return ALLOC;
}
MUTANT(virtual_alloc_commits_free_memory,
       "VirtualAlloc with MEM_COMMIT reserves what is free at the address first",
       PATCH(VirtualAlloc, commit_free_memory));

static void *WINAPI reserve_up_to_a_view(ALLOC_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = region_of(address);
    if (type == MEM_RESERVE && region.State == MEM_FREE && region.RegionSize < size)
        size = region.RegionSize;
    return ALLOC;
}
MUTANT(virtual_alloc_reserves_up_to_a_view,
       "VirtualAlloc reserves what is free of a range, and is content",
       PATCH(VirtualAlloc, reserve_up_to_a_view));

static void *WINAPI reset_protection(ALLOC_PARAMETERS)
{
    void *memory = ALLOC;
    DWORD old;
    if (memory != NULL && type == MEM_RESET)
        real(VirtualProtect)(memory, size, protect, &old);
    return memory;
}
MUTANT(virtual_alloc_resets_the_protection,
       "VirtualAlloc with MEM_RESET gives the pages the protection that it is given",
       PATCH(VirtualAlloc, reset_protection));

static void *WINAPI reset_and_commit(ALLOC_PARAMETERS)
{
    if (type == (MEM_RESET | MEM_COMMIT))
        type = MEM_COMMIT;
    return ALLOC;
}
MUTANT(virtual_alloc_resets_and_commits, "VirtualAlloc takes MEM_RESET together with MEM_COMMIT",
       PATCH(VirtualAlloc, reset_and_commit));

static void *WINAPI copy_on_write(ALLOC_PARAMETERS)
{
    if (protect == PAGE_WRITECOPY)
        protect = PAGE_READWRITE;
    if (protect == PAGE_EXECUTE_WRITECOPY)
        protect = PAGE_EXECUTE_READWRITE;
    return ALLOC;
}
MUTANT(virtual_alloc_takes_copy_on_write,
       "VirtualAlloc takes PAGE_WRITECOPY for PAGE_READWRITE, also with execution",
       PATCH(VirtualAlloc, copy_on_write));

/* The page where the latest range begins. */
static void *locked_address;

static BOOL WINAPI note_range(void *address, SIZE_T size)
{
    BOOL locked = real(VirtualLock)(address, size);
    if (locked)
        locked_address = (char *)address - (UINT_PTR)address % page_size();
    return locked;
}

static BOOL WINAPI unlock_that_range(void *address, SIZE_T size)
{
    if (address != locked_address) {
        SetLastError(ERROR_NOT_LOCKED);
        return FALSE;
    }
    return real(VirtualUnlock)(address, size);
}
MUTANT(virtual_unlock_wants_the_range,
       "VirtualUnlock fails when its range does not begin as that of the latest VirtualLock",
       PATCH(VirtualLock, note_range), PATCH(VirtualUnlock, unlock_that_range));

static BOOL WINAPI unlock_first_page(void *address, SIZE_T size)
{
    return real(VirtualUnlock)(address, size > page_size() ? page_size() : size);
}
MUTANT(virtual_unlock_is_content_with_the_first_page,
       "VirtualUnlock does not mind that a page behind the first one is not locked",
       PATCH(VirtualUnlock, unlock_first_page));
