/* Wrong behaviours, for the tests of theirs_rules.c: the edges of the functions that reach into
 * other processes. */
#include "mapping-mutants.h"

#define QUERY_EX_PARAMETERS \
    HANDLE process, const void *address, MEMORY_BASIC_INFORMATION *region, SIZE_T size
#define QUERY_EX real(VirtualQueryEx)(process, address, region, size)
#define WRITE_PARAMETERS \
    HANDLE process, void *address, const void *bytes, SIZE_T size, SIZE_T *count
#define WRITE real(WriteProcessMemory)(process, address, bytes, size, count)

static bool is_other(HANDLE process)
{
    return process != GetCurrentProcess();
}

static MEMORY_BASIC_INFORMATION region_in(HANDLE process, const void *address)
{
    MEMORY_BASIC_INFORMATION region = {0};
    DWORD error = GetLastError();
    real(VirtualQueryEx)(process, address, &region, sizeof(region));
    SetLastError(error);
    return region;
}

/* ---- VirtualQueryEx ---- */

static SIZE_T WINAPI free_from_a_granule(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (got && region->State == MEM_FREE && is_other(process)) {
        SIZE_T excess = (UINT_PTR)region->BaseAddress % granularity();
        region->BaseAddress = (char *)region->BaseAddress - excess;
        region->RegionSize += excess;
    }
    return got;
}
MUTANT(virtual_query_ex_free_from_a_granule,
       "VirtualQueryEx describes free memory from a multiple of the allocation granularity on",
       PATCH(VirtualQueryEx, free_from_a_granule));

/* Adds what follows in the same view, whatever its protection or its state. */
static void join(HANDLE process, MEMORY_BASIC_INFORMATION *region, bool states)
{
    char *view = region->AllocationBase;
    while (region->Type == MEM_MAPPED) {
        MEMORY_BASIC_INFORMATION next =
            region_in(process, (char *)region->BaseAddress + region->RegionSize);
        if (next.AllocationBase != view || (next.State != region->State) != states)
            break;
        region->RegionSize += next.RegionSize;
    }
}

static SIZE_T WINAPI joins_protections(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (got && is_other(process) && region->State == MEM_COMMIT)
        join(process, region, false);
    return got;
}
MUTANT(virtual_query_ex_joins_protections,
       "VirtualQueryEx does not end a region where the protection changes",
       PATCH(VirtualQueryEx, joins_protections));

static SIZE_T WINAPI joins_states(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (got && is_other(process) && region->State == MEM_RESERVE)
        join(process, region, true);
    return got;
}
MUTANT(virtual_query_ex_joins_states,
       "VirtualQueryEx does not end a region of reserved pages where one is committed",
       PATCH(VirtualQueryEx, joins_states));

static SIZE_T WINAPI copies_private(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (got && is_other(process) && region->AllocationProtect == PAGE_WRITECOPY &&
        region->Type == MEM_MAPPED && region->BaseAddress != region->AllocationBase)
        region->Type = MEM_PRIVATE;
    return got;
}
MUTANT(virtual_query_ex_takes_copies_for_private_memory,
       "VirtualQueryEx calls the pages inside of a copy-on-write view private memory",
       PATCH(VirtualQueryEx, copies_private));

static SIZE_T WINAPI sees_no_copies(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (got && is_other(process) && region->AllocationProtect == PAGE_WRITECOPY &&
        region->Protect == PAGE_READWRITE)
        region->Protect = PAGE_WRITECOPY;
    return got;
}
MUTANT(virtual_query_ex_does_not_see_copies,
       "VirtualQueryEx tells the protection that a copy-on-write page had before it was written to",
       PATCH(VirtualQueryEx, sees_no_copies));

static SIZE_T WINAPI above_max(QUERY_EX_PARAMETERS)
{
    SIZE_T got = QUERY_EX;
    if (!got && GetLastError() == ERROR_INVALID_PARAMETER)
        SetLastError(ERROR_INVALID_ADDRESS);
    return got;
}
MUTANT(virtual_query_ex_above_max_is_invalid_address,
       "VirtualQueryEx fails with ERROR_INVALID_ADDRESS above the highest address",
       PATCH(VirtualQueryEx, above_max));

/* ---- VirtualProtectEx ---- */

static HANDLE stronger(HANDLE process, DWORD right)
{
    HANDLE better = NULL;
    real(DuplicateHandle)(GetCurrentProcess(), process, GetCurrentProcess(), &better, right, FALSE,
                          0);
    return better;
}

static BOOL WINAPI protect_without_right(HANDLE process, PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
    return set ||
           (GetLastError() == ERROR_ACCESS_DENIED &&
            real(VirtualProtectEx)(stronger(process, PROCESS_VM_OPERATION), PROTECT_ARGUMENTS));
}
MUTANT(virtual_protect_ex_needs_no_right,
       "VirtualProtectEx is satisfied with any handle to a process",
       PATCH(VirtualProtectEx, protect_without_right));

static BOOL WINAPI forgets_the_last_byte(HANDLE process, PROTECT_PARAMETERS)
{
    if (is_other(process) && size > 1)
        size--;
    return real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_ex_forgets_the_last_byte,
       "VirtualProtectEx leaves out the page of which only the first byte is in the range",
       PATCH(VirtualProtectEx, forgets_the_last_byte));

static BOOL WINAPI tells_the_last_page(HANDLE process, PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION last = region_in(process, (char *)address + size - 1);
    BOOL set = real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
    if (set && is_other(process))
        *old = last.Protect;
    return set;
}
MUTANT(virtual_protect_ex_tells_the_last_page,
       "VirtualProtectEx tells the old protection of the last page of the range",
       PATCH(VirtualProtectEx, tells_the_last_page));

static BOOL WINAPI claims_any_protection(HANDLE process, PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
    if (!set && old != NULL && region_in(process, address).Type == MEM_MAPPED &&
        region_in(process, address).AllocationProtect != PAGE_READWRITE)
        set = TRUE;
    return set;
}
MUTANT(virtual_protect_ex_claims_any_protection,
       "VirtualProtectEx says that it has made a view for reading writable",
       PATCH(VirtualProtectEx, claims_any_protection));

static BOOL WINAPI protects_what_is_committed(HANDLE process, PROTECT_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    SIZE_T there = (char *)region.BaseAddress + region.RegionSize - (char *)address;
    if (is_other(process) && region.State == MEM_COMMIT && there < size &&
        region_in(process, (char *)address + there).State == MEM_RESERVE)
        size = there;
    return real(VirtualProtectEx)(process, PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_ex_protects_what_is_committed,
       "VirtualProtectEx succeeds for the committed pages of a range",
       PATCH(VirtualProtectEx, protects_what_is_committed));

static BOOL WINAPI protect_without_place(HANDLE process, PROTECT_PARAMETERS)
{
    DWORD place;
    return real(VirtualProtectEx)(process, address, size, wanted, old ? old : &place);
}
MUTANT(virtual_protect_ex_needs_no_place,
       "VirtualProtectEx does not need a place for the old protection",
       PATCH(VirtualProtectEx, protect_without_place));

/* ---- ReadProcessMemory and WriteProcessMemory ---- */

static BOOL WINAPI read_without_right(HANDLE process, const void *address, void *bytes, SIZE_T size,
                                      SIZE_T *count)
{
    BOOL read = real(ReadProcessMemory)(process, address, bytes, size, count);
    return read || (GetLastError() == ERROR_ACCESS_DENIED &&
                    real(ReadProcessMemory)(stronger(process, PROCESS_VM_READ), address, bytes,
                                            size, count));
}
MUTANT(read_process_memory_needs_no_right,
       "ReadProcessMemory is satisfied with any handle to a process",
       PATCH(ReadProcessMemory, read_without_right));

static BOOL WINAPI write_without_right(WRITE_PARAMETERS)
{
    BOOL written = WRITE;
    if (written || GetLastError() != ERROR_ACCESS_DENIED)
        return written;
    process = stronger(process, PROCESS_ALL_ACCESS);
    return WRITE;
}
MUTANT(write_process_memory_needs_no_right,
       "WriteProcessMemory is satisfied with any handle to a process",
       PATCH(WriteProcessMemory, write_without_right));

static BOOL WINAPI writes_what_it_can(WRITE_PARAMETERS)
{
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    SIZE_T there = (char *)region.BaseAddress + region.RegionSize - (char *)address;
    if (region.Protect == PAGE_READWRITE && there < size)
        size = there;
    return WRITE;
}
MUTANT(write_process_memory_writes_what_it_can,
       "WriteProcessMemory succeeds with the bytes before a page that is not accessible",
       PATCH(WriteProcessMemory, writes_what_it_can));

static BOOL WINAPI claims_to_write(WRITE_PARAMETERS)
{
    BOOL written = WRITE;
    return written || region_in(process, address).Protect == PAGE_READONLY;
}
MUTANT(write_process_memory_claims_to_write_anywhere,
       "WriteProcessMemory to a view for reading says that it has written",
       PATCH(WriteProcessMemory, claims_to_write));

/* Of three bytes, as many tests read and write without a count. */
static BOOL WINAPI read_with_count(HANDLE process, const void *address, void *bytes, SIZE_T size,
                                   SIZE_T *count)
{
    if (count == NULL && size == 3) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    return real(ReadProcessMemory)(process, address, bytes, size, count);
}
MUTANT(read_process_memory_needs_a_count,
       "ReadProcessMemory of three bytes fails without a place for the count",
       PATCH(ReadProcessMemory, read_with_count));

static BOOL WINAPI write_with_count(WRITE_PARAMETERS)
{
    if (count == NULL && size == 3) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    return WRITE;
}
MUTANT(write_process_memory_needs_a_count,
       "WriteProcessMemory of three bytes fails without a place for the count",
       PATCH(WriteProcessMemory, write_with_count));
