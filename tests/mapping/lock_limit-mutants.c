/* Wrong behaviours, for the tests of lock_limit.c: VirtualLock, and VirtualAlloc with
 * MEM_RESET_UNDO. */
#include "mapping-mutants.h"

#ifndef MEM_RESET_UNDO
#define MEM_RESET_UNDO 0x01000000
#endif

static BOOL WINAPI no_limit(void *address, SIZE_T size)
{
    return real(VirtualLock)(address, size) || GetLastError() == ERROR_WORKING_SET_QUOTA;
}
MUTANT(virtual_lock_knows_no_limit, "VirtualLock succeeds however many pages are to be locked",
       PATCH(VirtualLock, no_limit));

#define ALLOCATE_PARAMETERS void *address, SIZE_T size, DWORD type, DWORD protect
#define ALLOCATE real(VirtualAlloc)(address, size, type, protect)

static void *WINAPI undo_clears(ALLOCATE_PARAMETERS)
{
    if (type != MEM_RESET_UNDO)
        return ALLOCATE;
    memset(address, 0, size);
    return address;
}
MUTANT(virtual_alloc_reset_undo_clears_the_pages,
       "VirtualAlloc with MEM_RESET_UNDO succeeds where data has been lost",
       PATCH(VirtualAlloc, undo_clears));

static void *WINAPI undo_protects(ALLOCATE_PARAMETERS)
{
    DWORD old;
    if (type != MEM_RESET_UNDO)
        return ALLOCATE;
    real(VirtualProtect)(address, size, protect, &old);
    return address;
}
MUTANT(virtual_alloc_reset_undo_looks_at_the_protection,
       "VirtualAlloc with MEM_RESET_UNDO gives the pages the protection that goes with it",
       PATCH(VirtualAlloc, undo_protects));

static void *WINAPI undo_in_company(ALLOCATE_PARAMETERS)
{
    if ((type & MEM_RESET_UNDO) && (type & MEM_COMMIT))
        type = MEM_COMMIT;
    return ALLOCATE;
}
MUTANT(virtual_alloc_takes_reset_undo_with_commit,
       "VirtualAlloc takes MEM_RESET_UNDO together with MEM_COMMIT",
       PATCH(VirtualAlloc, undo_in_company));
