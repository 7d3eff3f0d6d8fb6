/* Wrong behaviours, for the tests of elsewhere.c: what one thread or process does, and another one
 * sees. */
#include "mapping-mutants.h"

/* The thread that maps is not the one that protects. */
static DWORD mapper;

static void *WINAPI note_mapper(MAP_PARAMETERS)
{
    if (mapper == 0)
        mapper = GetCurrentThreadId();
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}

static BOOL WINAPI own_thread_only(PROTECT_PARAMETERS)
{
    if (mapper != 0 && GetCurrentThreadId() != mapper) {
        *old = PAGE_READWRITE;
        return TRUE;
    }
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}
MUTANT(virtual_protect_is_for_the_thread,
       "VirtualProtect has no effect on what another thread than the caller has mapped",
       PATCH(MapViewOfFile, note_mapper), PATCH(VirtualProtect, own_thread_only));

static BOOL WINAPI guards_one_page(PROTECT_PARAMETERS)
{
    BOOL set = real(VirtualProtect)(PROTECT_ARGUMENTS);
    DWORD previous, error = GetLastError();
    if (set && (wanted & PAGE_GUARD) && size > page_size())
        real(VirtualProtect)((char *)address + page_size(), size - page_size(),
                             wanted & ~(DWORD)PAGE_GUARD, &previous);
    SetLastError(error);
    return set;
}
MUTANT(virtual_protect_guards_the_first_page_only,
       "VirtualProtect with PAGE_GUARD on several pages guards the first of them",
       PATCH(VirtualProtect, guards_one_page));

/* Processes that are started when a guard page has been made guard theirs. */
#define NOTE L"CTS_MUTANT_GUARD"

static BOOL WINAPI guards_object(PROTECT_PARAMETERS)
{
    if (wanted & PAGE_GUARD)
        SetEnvironmentVariableW(NOTE, L"1");
    return real(VirtualProtect)(PROTECT_ARGUMENTS);
}

static void *WINAPI maps_guarded(MAP_PARAMETERS)
{
    WCHAR note[2];
    DWORD old;
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL && GetEnvironmentVariableW(NOTE, note, 2))
        real(VirtualProtect)(view, page_size(), PAGE_READWRITE | PAGE_GUARD, &old);
    return view;
}
MUTANT(virtual_protect_guards_the_object,
       "VirtualProtect with PAGE_GUARD guards the page of the object for every process",
       PATCH(VirtualProtect, guards_object), PATCH(MapViewOfFile, maps_guarded));

/* ---- Asking ---- */

static SIZE_T WINAPI query_disarms(const void *address, MEMORY_BASIC_INFORMATION *region,
                                   SIZE_T size)
{
    SIZE_T got = real(VirtualQuery)(address, region, size);
    DWORD old, error = GetLastError();
    if (got && (region->Protect & PAGE_GUARD))
        real(VirtualProtect)(region->BaseAddress, page_size(), region->Protect & 0xFF, &old);
    SetLastError(error);
    return got;
}
MUTANT(virtual_query_takes_the_guard_away, "VirtualQuery takes the flag of a guard page away",
       PATCH(VirtualQuery, query_disarms));

static SIZE_T WINAPI query_ex_disarms(HANDLE process, const void *address,
                                      MEMORY_BASIC_INFORMATION *region, SIZE_T size)
{
    SIZE_T got = real(VirtualQueryEx)(process, address, region, size);
    DWORD old, error = GetLastError();
    if (got && (region->Protect & PAGE_GUARD))
        real(VirtualProtectEx)(process, region->BaseAddress, 1, region->Protect & 0xFF, &old);
    SetLastError(error);
    return got;
}
MUTANT(virtual_query_ex_takes_the_guard_away, "VirtualQueryEx takes the flag of a guard page away",
       PATCH(VirtualQueryEx, query_ex_disarms));

/* ---- Objects that another process has made ---- */

static bool created;

static HANDLE WINAPI note_created(CREATE_PARAMETERS)
{
    created = true;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}

static void *WINAPI from_the_beginning(MAP_PARAMETERS)
{
    if (!created)
        high = low = 0;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_of_a_given_object_ignores_the_offset,
       "MapViewOfFile ignores the offset in a process that has not created the object",
       PATCH(CreateFileMappingW, note_created), PATCH(MapViewOfFile, from_the_beginning));

/* Such views are copies. */
static void *WINAPI private_to_the_process(MAP_PARAMETERS)
{
    bool given = !created && size == 0 && (access & FILE_MAP_WRITE);
    return real(MapViewOfFile)(mapping, given ? FILE_MAP_COPY : access, high, low, size);
}
MUTANT(map_view_of_a_given_object_is_a_copy,
       "Views for writing of an object that another process has created are private",
       PATCH(CreateFileMappingW, note_created), PATCH(MapViewOfFile, private_to_the_process));

static bool opened;

static HANDLE WINAPI note_opened(const WCHAR *path, DWORD access, DWORD share,
                                 SECURITY_ATTRIBUTES *security, DWORD creation, DWORD flags,
                                 HANDLE template)
{
    opened = true;
    return real(CreateFileW)(path, access, share, security, creation, flags, template);
}

static HANDLE WINAPI own_files_only(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && !opened)
        return refuse(ERROR_INVALID_HANDLE);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_no_file_of_another_process,
       "CreateFileMapping refuses the handle of a file that another process has opened",
       PATCH(CreateFileW, note_opened), PATCH(CreateFileMappingW, own_files_only));
