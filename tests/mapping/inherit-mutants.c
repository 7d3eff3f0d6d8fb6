/* Wrong behaviours, for the tests of inherit.c: mappings and CreateProcess: which handles a
 * child inherits, and what it can do with them. */
#include "mapping-mutants.h"

#include <stdlib.h>

static BOOL WINAPI duplicate_all_access(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, DWORD access, BOOL inherit, DWORD options)
{
    return real(DuplicateHandle)(source_process, source, target_process, target, access, inherit,
                                 options | DUPLICATE_SAME_ACCESS);
}
MUTANT(duplicate_mapping_ignores_the_access,
       "DuplicateHandle gives the duplicate the access of the source whatever is asked for",
       PATCH(DuplicateHandle, duplicate_all_access));

static BOOL WINAPI never_cleared(HANDLE handle, DWORD mask, DWORD flags)
{
    if (can_be_waited_for(handle))
        return real(SetHandleInformation)(handle, mask, flags);
    return real(SetHandleInformation)(handle, mask & ~(HANDLE_FLAG_INHERIT & ~flags), flags);
}
MUTANT(set_mapping_flags_keeps_inheritance,
       "SetHandleInformation never clears HANDLE_FLAG_INHERIT of a mapping",
       PATCH(SetHandleInformation, never_cleared));

#define PROCESS_PARAMETERS                                                                         \
    const WCHAR *image, WCHAR *command, SECURITY_ATTRIBUTES *process, SECURITY_ATTRIBUTES *thread, \
        BOOL inherit, DWORD flags, void *environment, const WCHAR *folder, STARTUPINFOW *startup,  \
        PROCESS_INFORMATION *info
#define PROCESS_ARGUMENTS \
    image, command, process, thread, inherit, flags, environment, folder, startup, info
static HANDLE plain[4];
static unsigned plains;

static HANDLE WINAPI note_plain(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && security != NULL && plains < 4)
        plain[plains++] = mapping;
    return mapping;
}

static BOOL WINAPI inherit_all(PROCESS_PARAMETERS)
{
    for (unsigned i = 0; inherit && i < plains; i++)
        real(SetHandleInformation)(plain[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return real(CreateProcessW)(PROCESS_ARGUMENTS);
}
MUTANT(create_process_inherits_all_mappings,
       "CreateProcess passes on mappings that are not inheritable",
       PATCH(CreateFileMappingW, note_plain), PATCH(CreateProcessW, inherit_all));

static BOOL WINAPI inherit_always(PROCESS_PARAMETERS)
{
    (void)inherit;
    return real(CreateProcessW)(image, command, process, thread, TRUE, flags, environment, folder,
                                startup, info);
}
MUTANT(create_process_always_inherits_mappings,
       "CreateProcess passes inheritable handles on whether bInheritHandles is set or not",
       PATCH(CreateProcessW, inherit_always));

static BOOL WINAPI inherit_two(PROCESS_PARAMETERS)
{
    for (unsigned i = 2; i < plains; i++)
        real(SetHandleInformation)(plain[i], HANDLE_FLAG_INHERIT, 0);
    return real(CreateProcessW)(PROCESS_ARGUMENTS);
}
MUTANT(create_process_inherits_two_mappings, "CreateProcess passes at most two mappings on",
       PATCH(CreateFileMappingW, note_plain), PATCH(CreateProcessW, inherit_two));

static BOOL WINAPI forget_the_list(PROCESS_PARAMETERS)
{
    if (!(flags & EXTENDED_STARTUPINFO_PRESENT))
        return real(CreateProcessW)(PROCESS_ARGUMENTS);
    STARTUPINFOW without = *startup;
    without.cb = sizeof(without);
    return real(CreateProcessW)(image, command, process, thread, inherit,
                                flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, environment, folder,
                                &without, info);
}
MUTANT(create_process_ignores_the_list_of_mappings,
       "CreateProcess ignores PROC_THREAD_ATTRIBUTE_HANDLE_LIST",
       PATCH(CreateProcessW, forget_the_list));

static HANDLE inherited_by_child;

static BOOL WINAPI note_child(PROCESS_PARAMETERS)
{
    BOOL created = real(CreateProcessW)(PROCESS_ARGUMENTS);
    if (created && inherit)
        inherited_by_child = info->hProcess;
    return created;
}

static BOOL WINAPI close_in_the_child_too(HANDLE handle)
{
    HANDLE none;
    if (inherited_by_child != NULL && is_mapping(GetCurrentProcess(), handle))
        real(DuplicateHandle)(inherited_by_child, handle, GetCurrentProcess(), &none, 0, FALSE,
                              DUPLICATE_CLOSE_SOURCE);
    return real(CloseHandle)(handle);
}
MUTANT(close_mapping_closes_the_childs_too,
       "CloseHandle closes a mapping in the child that has inherited it as well",
       PATCH(CreateProcessW, note_child), PATCH(CloseHandle, close_in_the_child_too));

static HANDLE viewed;
static void *viewed_at;

static void *WINAPI note_view(MAP_PARAMETERS)
{
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL) {
        viewed = mapping;
        viewed_at = view;
    }
    return view;
}

static BOOL WINAPI map_in_the_child(PROCESS_PARAMETERS)
{
    LONG(WINAPI * map)
    (HANDLE, HANDLE, void **, ULONG_PTR, SIZE_T, void *, SIZE_T *, int, ULONG, ULONG) =
        (void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtMapViewOfSection");
    void *base = viewed_at;
    SIZE_T size = 0;
    if (viewed_at == NULL || !inherit || map == NULL)
        return real(CreateProcessW)(PROCESS_ARGUMENTS);
    if (!real(CreateProcessW)(image, command, process, thread, inherit, flags | CREATE_SUSPENDED,
                              environment, folder, startup, info))
        return FALSE;
    map(viewed, info->hProcess, &base, 0, 0, NULL, &size, 1, 0, PAGE_READWRITE);
    if (!(flags & CREATE_SUSPENDED))
        real(ResumeThread)(info->hThread);
    return TRUE;
}
MUTANT(create_process_passes_a_view_on,
       "A child that inherits handles has the view that its parent mapped last",
       PATCH(MapViewOfFile, note_view), PATCH(CreateProcessW, map_in_the_child));
