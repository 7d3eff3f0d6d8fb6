/* Wrong behaviours of the functions that reach into other processes, with views there. */
#include "mapping-mutants.h"

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

static bool is_their_view(HANDLE process, const void *address)
{
    return is_other(process) && region_in(process, address).Type == MEM_MAPPED;
}

static SIZE_T WINAPI looks_at_the_caller(HANDLE process, const void *address,
                                         MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    (void)process;
    return real(VirtualQuery)(address, region, size);
}
MUTANT(virtual_query_ex_looks_at_the_caller, "VirtualQueryEx describes the caller's own memory",
       PATCH(VirtualQueryEx, looks_at_the_caller));

static SIZE_T WINAPI takes_for_private(HANDLE process, const void *address,
                                       MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQueryEx)(process, address, region, size);
    if (got && region->Type == MEM_MAPPED && is_other(process))
        region->Type = MEM_PRIVATE;
    return got;
}
MUTANT(virtual_query_ex_takes_views_for_private_memory,
       "VirtualQueryEx calls the views of another process private memory",
       PATCH(VirtualQueryEx, takes_for_private));

static SIZE_T WINAPI begins_with_the_view(HANDLE process, const void *address,
                                          MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQueryEx)(process, address, region, size);
    if (got && region->Type == MEM_MAPPED && region->BaseAddress != region->AllocationBase)
        got = real(VirtualQueryEx)(process, region->AllocationBase, region, size);
    return got;
}
MUTANT(virtual_query_ex_begins_with_the_view,
       "VirtualQueryEx describes a view of another process from its beginning on",
       PATCH(VirtualQueryEx, begins_with_the_view));

static SIZE_T WINAPI needs_no_right(HANDLE process, const void *address,
                                    MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQueryEx)(process, address, region, size);
    HANDLE better;
    if (got || GetLastError() != ERROR_ACCESS_DENIED ||
        !real(DuplicateHandle)(GetCurrentProcess(), process, GetCurrentProcess(), &better,
                               PROCESS_QUERY_INFORMATION, FALSE, 0))
        return got;
    got = real(VirtualQueryEx)(better, address, region, size);
    real(CloseHandle)(better);
    return got;
}
MUTANT(virtual_query_ex_needs_no_right, "VirtualQueryEx is satisfied with any handle to a process",
       PATCH(VirtualQueryEx, needs_no_right));

static BOOL WINAPI refuses_views(HANDLE process, const void *address, void *bytes, SIZE_T size,
                                 SIZE_T *count)
{
    if (!is_their_view(process, address) || region_in(process, address).Protect != PAGE_READONLY)
        return real(ReadProcessMemory)(process, address, bytes, size, count);
    if (count)
        *count = 0;
    SetLastError(ERROR_PARTIAL_COPY);
    return FALSE;
}
MUTANT(read_process_memory_refuses_views_for_reading,
       "ReadProcessMemory reads no view of another process that cannot be written to",
       PATCH(ReadProcessMemory, refuses_views));

static BOOL WINAPI stops_at_a_page(HANDLE process, const void *address, void *bytes, SIZE_T size,
                                   SIZE_T *count)
{
    SIZE_T rest = page_size() - (UINT_PTR)address % page_size();
    if (is_their_view(process, address) && size > rest)
        size = rest;
    return real(ReadProcessMemory)(process, address, bytes, size, count);
}
MUTANT(read_process_memory_stops_at_the_end_of_a_page,
       "ReadProcessMemory reads of a view no further than to the end of a page",
       PATCH(ReadProcessMemory, stops_at_a_page));

static BOOL WINAPI reads_what_it_can(HANDLE process, const void *address, void *bytes, SIZE_T size,
                                     SIZE_T *count)
{
    BOOL read = real(ReadProcessMemory)(process, address, bytes, size, count);
    if (!read && GetLastError() != ERROR_ACCESS_DENIED) {
        MEMORY_BASIC_INFORMATION region = region_in(process, address);
        SIZE_T there = (char *)region.BaseAddress + region.RegionSize - (const char *)address;
        if (region.State == MEM_COMMIT && region.Protect != PAGE_NOACCESS && there < size)
            read = real(ReadProcessMemory)(process, address, bytes, there, count);
    }
    return read;
}
MUTANT(read_process_memory_reads_what_it_can,
       "ReadProcessMemory succeeds with the bytes before a page that is not accessible",
       PATCH(ReadProcessMemory, reads_what_it_can));

static BOOL WINAPI passes_over(HANDLE process, void *address, const void *bytes, SIZE_T size,
                               SIZE_T *count)
{
    bool crosses = (UINT_PTR)address / 4096 != ((UINT_PTR)address + size - 1) / 4096;
    if (!crosses || !is_their_view(process, address) ||
        region_in(process, address).Protect != PAGE_READWRITE)
        return real(WriteProcessMemory)(process, address, bytes, size, count);
    if (count)
        *count = size;
    return TRUE;
}
MUTANT(write_process_memory_passes_views_over,
       "WriteProcessMemory across pages of a shared view says that it has written, and has not",
       PATCH(WriteProcessMemory, passes_over));

/* The latest view that this process has. */
static char *own_view;

static void *WINAPI notes_own_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view && (access & FILE_MAP_WRITE) && !own_view)
        own_view = view;
    return view;
}

static BOOL WINAPI writes_behind(HANDLE process, void *address, const void *bytes, SIZE_T size,
                                 SIZE_T *count)
{
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    if (own_view && is_other(process) && region.Protect == PAGE_WRITECOPY)
        memcpy(own_view + ((char *)address - (char *)region.AllocationBase), bytes, size);
    return real(WriteProcessMemory)(process, address, bytes, size, count);
}
MUTANT(write_process_memory_writes_behind_a_copy,
       "WriteProcessMemory to a copy-on-write view writes to the object as well",
       PATCH(MapViewOfFile, notes_own_view), PATCH(WriteProcessMemory, writes_behind));

static BOOL WINAPI protects_own_view(HANDLE process, void *address, SIZE_T size, DWORD protection,
                                     DWORD *old)
{
    MEMORY_BASIC_INFORMATION region = region_in(process, address);
    BOOL set = real(VirtualProtectEx)(process, address, size, protection, old);
    DWORD was;
    if (set && own_view && is_other(process) && region.Type == MEM_MAPPED)
        real(VirtualProtect)(own_view + ((char *)address - (char *)region.AllocationBase), size,
                             protection, &was);
    return set;
}
MUTANT(virtual_protect_ex_protects_the_callers_view,
       "VirtualProtectEx changes the caller's view of the object, too",
       PATCH(MapViewOfFile, notes_own_view), PATCH(VirtualProtectEx, protects_own_view));

static BOOL WINAPI protects_first_page(HANDLE process, void *address, SIZE_T size, DWORD protection,
                                       DWORD *old)
{
    if (is_other(process) && size > page_size())
        size = page_size();
    return real(VirtualProtectEx)(process, address, size, protection, old);
}
MUTANT(virtual_protect_ex_protects_the_first_page,
       "VirtualProtectEx changes no more than the first page of a range in another process",
       PATCH(VirtualProtectEx, protects_first_page));
