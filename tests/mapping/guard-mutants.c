/* Wrong behaviours, for the tests of guard.c: PAGE_GUARD on pages of a view, and VirtualLock. */
#include "mapping-mutants.h"

static BOOL WINAPI ignore_guard(PROTECT_PARAMETERS)
{
    return real(VirtualProtect)(
        address, size, wanted == PAGE_NOACCESS ? wanted : wanted & ~(DWORD)PAGE_GUARD, old);
}
MUTANT(virtual_protect_ignores_guard, "VirtualProtect ignores PAGE_GUARD",
       PATCH(VirtualProtect, ignore_guard));

static BOOL WINAPI guard_nothing(PROTECT_PARAMETERS)
{
    if (wanted == (PAGE_NOACCESS | PAGE_GUARD))
        wanted = PAGE_NOACCESS;
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_takes_guard_with_no_access,
       "VirtualProtect takes PAGE_NOACCESS | PAGE_GUARD for PAGE_NOACCESS",
       PATCH(VirtualProtect, guard_nothing));

static unsigned locks;

static BOOL WINAPI count_lock(void *address, SIZE_T size)
{
    BOOL locked = real(VirtualLock)(address, size);
    locks += locked;
    return locked;
}

static BOOL WINAPI count_unlock(void *address, SIZE_T size)
{
    if (locks > 1) {
        locks--;
        return TRUE;
    }
    return real(VirtualUnlock)(address, size);
}
MUTANT(virtual_unlock_counts, "Pages stay locked until they are unlocked as often as locked",
       PATCH(VirtualLock, count_lock), PATCH(VirtualUnlock, count_unlock));

static BOOL WINAPI lock_one_view(void *address, SIZE_T size)
{
    if (size == 2) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real(VirtualLock)(address, size);
}
MUTANT(virtual_lock_wants_pages, "VirtualLock refuses a range that is not made of whole pages",
       PATCH(VirtualLock, lock_one_view));

static BOOL WINAPI lock_inaccessible(void *address, SIZE_T size)
{
    MEMORY_BASIC_INFORMATION region;
    if (real(VirtualQuery)(address, &region, sizeof(region)) && region.Protect == PAGE_NOACCESS)
        return TRUE;
    return real(VirtualLock)(address, size);
}
MUTANT(virtual_lock_takes_no_access, "VirtualLock succeeds on pages that are PAGE_NOACCESS",
       PATCH(VirtualLock, lock_inaccessible));

static BOOL WINAPI lock_reserved(void *address, SIZE_T size)
{
    return real(VirtualLock)(address, size) || is_reserved((char *)address + size - 1);
}
MUTANT(virtual_lock_takes_reserved, "VirtualLock succeeds on a range that ends in reserved pages",
       PATCH(VirtualLock, lock_reserved));

static BOOL WINAPI lock_guarded(void *address, SIZE_T size)
{
    MEMORY_BASIC_INFORMATION region;
    if (real(VirtualQuery)(address, &region, sizeof(region)) && (region.Protect & PAGE_GUARD))
        return TRUE;
    return real(VirtualLock)(address, size);
}
MUTANT(virtual_lock_ignores_guard, "VirtualLock succeeds on a guard page",
       PATCH(VirtualLock, lock_guarded));

static void *WINAPI alloc_without_guard(void *address, SIZE_T size, DWORD type, DWORD protect)
{
    return real(VirtualAlloc)(address, size, type, protect & ~(DWORD)PAGE_GUARD);
}

MUTANT(virtual_alloc_drops_guards, "VirtualAlloc ignores PAGE_GUARD",
       PATCH(VirtualAlloc, alloc_without_guard));

static BOOL WINAPI protect_ex_without_guard(HANDLE process, PROTECT_PARAMETERS)
{
    if (wanted == (PAGE_READWRITE | PAGE_GUARD))
        wanted = PAGE_READWRITE;
    return real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_ex_drops_guards, "VirtualProtectEx ignores PAGE_GUARD of writable pages",
       PATCH(VirtualProtectEx, protect_ex_without_guard));
