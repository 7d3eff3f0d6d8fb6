/* Wrong behaviours of handles to file mappings: duplicates, flags, comparison, inheritance. */
#include "mapping.h"

#include <stdlib.h>

#define OPEN_PARAMETERS DWORD access, BOOL inherit, const WCHAR *name

/* ---- Handles -------------------------------------------------------------------------------- */

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE source, HANDLE to, HANDLE *target, DWORD access, BOOL inherit, DWORD options
#define DUPLICATE_ARGUMENTS from, source, to, target, access, inherit, options

/* Whether SOURCE is, or was, a handle of this process to a file mapping. */
static bool is_mapping(HANDLE from, HANDLE source)
{
    DWORD error = GetLastError();
    void *view =
        from == GetCurrentProcess() ? real.MapViewOfFile(source, FILE_MAP_READ, 0, 0, 1) : NULL;
    if (view != NULL)
        real.UnmapViewOfFile(view);
    SetLastError(error);
    return view != NULL;
}

static BOOL WINAPI access_first(DUPLICATE_PARAMETERS)
{
    if (access != 0 && is_mapping(from, source))
        options &= ~(DWORD)DUPLICATE_SAME_ACCESS;
    return real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_prefers_the_access_given,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS gives a mapping the access asked for",
       PATCH(DuplicateHandle, access_first));

static BOOL WINAPI copy_the_flag(DUPLICATE_PARAMETERS)
{
    DWORD flags = 0;
    if (is_mapping(from, source) && real.GetHandleInformation(source, &flags))
        inherit = inherit || (flags & HANDLE_FLAG_INHERIT) != 0;
    return real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_is_inheritable_like_the_source,
       "A duplicate of a mapping is inheritable whenever the source is",
       PATCH(DuplicateHandle, copy_the_flag));

static BOOL WINAPI leave_the_source(DUPLICATE_PARAMETERS)
{
    if (target != NULL)
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_leaves_the_source_open,
       "DuplicateHandle ignores DUPLICATE_CLOSE_SOURCE when it gives a duplicate",
       PATCH(DuplicateHandle, leave_the_source));

static BOOL WINAPI close_on_success_only(DUPLICATE_PARAMETERS)
{
    HANDLE copy;
    if (target != NULL && (options & DUPLICATE_CLOSE_SOURCE) &&
        !real.DuplicateHandle(from, source, to, &copy, access, inherit,
                              options & ~(DWORD)DUPLICATE_CLOSE_SOURCE))
        return FALSE;
    return real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_that_fails_leaves_the_source,
       "DuplicateHandle closes the source only when it succeeds",
       PATCH(DuplicateHandle, close_on_success_only));

static BOOL WINAPI close_nothing(DUPLICATE_PARAMETERS)
{
    return target == NULL ? TRUE : real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_without_target_does_nothing,
       "DuplicateHandle without a place for the duplicate succeeds and closes nothing",
       PATCH(DuplicateHandle, close_nothing));

static BOOL WINAPI right_not_needed(DUPLICATE_PARAMETERS)
{
    HANDLE self = GetCurrentProcess();
    if (real.DuplicateHandle(DUPLICATE_ARGUMENTS))
        return TRUE;
    return GetLastError() == ERROR_ACCESS_DENIED && is_mapping(self, source) &&
           real.DuplicateHandle(self, source, self, target, access, inherit, options);
}
MUTANT(duplicate_mapping_needs_no_right,
       "DuplicateHandle of a mapping does not ask for PROCESS_DUP_HANDLE",
       PATCH(DuplicateHandle, right_not_needed));

static BOOL WINAPI pull_nothing(DUPLICATE_PARAMETERS)
{
    if (from != GetCurrentProcess() && to == GetCurrentProcess() &&
        !(options & DUPLICATE_CLOSE_SOURCE)) {
        SetLastError(ERROR_INVALID_HANDLE);
        return FALSE;
    }
    return real.DuplicateHandle(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_only_pushes,
       "DuplicateHandle duplicates only handles of the calling process",
       PATCH(DuplicateHandle, pull_nothing));

static BOOL WINAPI mask_is_flags(HANDLE handle, DWORD mask, DWORD flags)
{
    return real.SetHandleInformation(handle, mask | flags, flags);
}
MUTANT(set_mapping_flags_ignores_the_mask,
       "SetHandleInformation sets flags that are not in the mask",
       PATCH(SetHandleInformation, mask_is_flags));

/* Mappings cannot be waited for; what other tests hold can. */
static bool can_be_waited_for(HANDLE handle)
{
    DWORD error = GetLastError();
    bool can = real.WaitForSingleObject(handle, 0) != WAIT_FAILED;
    SetLastError(error);
    return can;
}

static BOOL WINAPI never_cleared(HANDLE handle, DWORD mask, DWORD flags)
{
    if (can_be_waited_for(handle))
        return real.SetHandleInformation(handle, mask, flags);
    return real.SetHandleInformation(handle, mask & ~(HANDLE_FLAG_INHERIT & ~flags), flags);
}
MUTANT(set_mapping_flags_keeps_inheritance,
       "SetHandleInformation never clears HANDLE_FLAG_INHERIT of a mapping",
       PATCH(SetHandleInformation, never_cleared));

static BOOL WINAPI protect_nothing(HANDLE handle, DWORD mask, DWORD flags)
{
    return real.SetHandleInformation(handle, mask & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE, flags);
}
MUTANT(set_mapping_flags_protects_nothing,
       "SetHandleInformation ignores HANDLE_FLAG_PROTECT_FROM_CLOSE",
       PATCH(SetHandleInformation, protect_nothing));

static BOOL WINAPI stray_flag(HANDLE handle, DWORD *flags)
{
    BOOL got = real.GetHandleInformation(handle, flags);
    if (got && *flags == 0 && is_mapping(GetCurrentProcess(), handle))
        *flags = HANDLE_FLAG_PROTECT_FROM_CLOSE;
    return got;
}
MUTANT(get_mapping_flags_says_protected,
       "GetHandleInformation calls the handle of a mapping without flags protected",
       PATCH(GetHandleInformation, stray_flag));

static BOOL WINAPI compare_values(HANDLE first, HANDLE second)
{
    if (can_be_waited_for(first))
        return real.CompareObjectHandles(first, second);
    if (first == second)
        return TRUE;
    SetLastError(1656); /* ERROR_NOT_SAME_OBJECT */
    return FALSE;
}
MUTANT(compare_mappings_compares_values, "CompareObjectHandles compares the values of the handles",
       PATCH(CompareObjectHandles, compare_values));

static BOOL WINAPI compare_readable(HANDLE first, HANDLE second)
{
    if (!can_be_waited_for(first) && !is_mapping(GetCurrentProcess(), first)) {
        SetLastError(ERROR_ACCESS_DENIED);
        return FALSE;
    }
    return real.CompareObjectHandles(first, second);
}
MUTANT(compare_mappings_wants_access, "CompareObjectHandles wants a mapping to be open for reading",
       PATCH(CompareObjectHandles, compare_readable));

static BOOL WINAPI compare_files(HANDLE first, HANDLE second)
{
    bool both = is_mapping(GetCurrentProcess(), first) && is_mapping(GetCurrentProcess(), second);
    return both || real.CompareObjectHandles(first, second);
}
MUTANT(compare_mappings_are_all_the_same,
       "CompareObjectHandles takes all file mappings for the same object",
       PATCH(CompareObjectHandles, compare_files));

static HANDLE WINAPI at_most_1000(OPEN_PARAMETERS)
{
    static int handles;
    if (++handles > 1000)
        return refuse(ERROR_TOO_MANY_OPEN_FILES);
    return real.OpenFileMappingW(access, inherit, name);
}
MUTANT(open_mapping_gives_no_more_than_1000_handles, "OpenFileMapping gives at most 1000 handles",
       PATCH(OpenFileMappingW, at_most_1000));

static HANDLE WINAPI inheritable_with_attributes(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES with;
    if (security != NULL && security->lpSecurityDescriptor == NULL) {
        with = *security;
        with.bInheritHandle = TRUE;
        security = &with;
    }
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_with_attributes_is_inheritable,
       "CreateFileMapping takes any security attributes for a wish to inherit",
       PATCH(CreateFileMappingW, inheritable_with_attributes));

/* The parent of a process is told by an environment variable, which a child gets a copy of. */
#define PARENT L"CTS_MUTANT_PARENT"

static HANDLE WINAPI leave_process_id(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    WCHAR id[20];
    if (mapping != NULL && GetEnvironmentVariableW(PARENT, id, 20) == 0)
        SetEnvironmentVariableW(PARENT, _ultow(GetCurrentProcessId(), id, 10));
    SetLastError(error);
    return mapping;
}

static void *WINAPI map_handle_of_the_parent(MAP_PARAMETERS)
{
    WCHAR id[20];
    HANDLE parent, copy;
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
    if (view != NULL || GetLastError() != ERROR_INVALID_HANDLE ||
        GetEnvironmentVariableW(PARENT, id, 20) == 0 ||
        wcstoul(id, NULL, 10) == GetCurrentProcessId())
        return view;
    parent = real.OpenProcess(PROCESS_DUP_HANDLE, FALSE, wcstoul(id, NULL, 10));
    if (parent != NULL && real.DuplicateHandle(parent, mapping, GetCurrentProcess(), &copy, 0,
                                               FALSE, DUPLICATE_SAME_ACCESS))
        return real.MapViewOfFile(copy, access, high, low, size);
    return refuse(ERROR_INVALID_HANDLE);
}
MUTANT(map_view_takes_handles_of_the_parent,
       "MapViewOfFile takes a handle of the parent process where this process has none",
       PATCH(CreateFileMappingW, leave_process_id), PATCH(MapViewOfFile, map_handle_of_the_parent));

/* ---- Inheritance ---------------------------------------------------------------------------- */

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
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && security != NULL && plains < 4)
        plain[plains++] = mapping;
    return mapping;
}

static BOOL WINAPI inherit_all(PROCESS_PARAMETERS)
{
    for (unsigned i = 0; inherit && i < plains; i++)
        real.SetHandleInformation(plain[i], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return real.CreateProcessW(PROCESS_ARGUMENTS);
}
MUTANT(create_process_inherits_all_mappings,
       "CreateProcess passes on mappings that are not inheritable",
       PATCH(CreateFileMappingW, note_plain), PATCH(CreateProcessW, inherit_all));

static BOOL WINAPI inherit_always(PROCESS_PARAMETERS)
{
    (void)inherit;
    return real.CreateProcessW(image, command, process, thread, TRUE, flags, environment, folder,
                               startup, info);
}
MUTANT(create_process_always_inherits_mappings,
       "CreateProcess passes inheritable handles on whether bInheritHandles is set or not",
       PATCH(CreateProcessW, inherit_always));

static BOOL WINAPI inherit_two(PROCESS_PARAMETERS)
{
    for (unsigned i = 2; i < plains; i++)
        real.SetHandleInformation(plain[i], HANDLE_FLAG_INHERIT, 0);
    return real.CreateProcessW(PROCESS_ARGUMENTS);
}
MUTANT(create_process_inherits_two_mappings, "CreateProcess passes at most two mappings on",
       PATCH(CreateFileMappingW, note_plain), PATCH(CreateProcessW, inherit_two));

static BOOL WINAPI forget_the_list(PROCESS_PARAMETERS)
{
    if (!(flags & EXTENDED_STARTUPINFO_PRESENT))
        return real.CreateProcessW(PROCESS_ARGUMENTS);
    STARTUPINFOW without = *startup;
    without.cb = sizeof(without);
    return real.CreateProcessW(image, command, process, thread, inherit,
                               flags & ~(DWORD)EXTENDED_STARTUPINFO_PRESENT, environment, folder,
                               &without, info);
}
MUTANT(create_process_ignores_the_list_of_mappings,
       "CreateProcess ignores PROC_THREAD_ATTRIBUTE_HANDLE_LIST",
       PATCH(CreateProcessW, forget_the_list));

static HANDLE inherited_by_child;

static BOOL WINAPI note_child(PROCESS_PARAMETERS)
{
    BOOL created = real.CreateProcessW(PROCESS_ARGUMENTS);
    if (created && inherit)
        inherited_by_child = info->hProcess;
    return created;
}

static BOOL WINAPI close_in_the_child_too(HANDLE handle)
{
    HANDLE none;
    if (inherited_by_child != NULL && is_mapping(GetCurrentProcess(), handle))
        real.DuplicateHandle(inherited_by_child, handle, GetCurrentProcess(), &none, 0, FALSE,
                             DUPLICATE_CLOSE_SOURCE);
    return real.CloseHandle(handle);
}
MUTANT(close_mapping_closes_the_childs_too,
       "CloseHandle closes a mapping in the child that has inherited it as well",
       PATCH(CreateProcessW, note_child), PATCH(CloseHandle, close_in_the_child_too));

static HANDLE viewed;
static void *viewed_at;

static void *WINAPI note_view(MAP_PARAMETERS)
{
    void *view = real.MapViewOfFile(MAP_ARGUMENTS);
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
        return real.CreateProcessW(PROCESS_ARGUMENTS);
    if (!real.CreateProcessW(image, command, process, thread, inherit, flags | CREATE_SUSPENDED,
                             environment, folder, startup, info))
        return FALSE;
    map(viewed, info->hProcess, &base, 0, 0, NULL, &size, 1, 0, PAGE_READWRITE);
    if (!(flags & CREATE_SUSPENDED))
        real.ResumeThread(info->hThread);
    return TRUE;
}
MUTANT(create_process_passes_a_view_on,
       "A child that inherits handles has the view that its parent mapped last",
       PATCH(MapViewOfFile, note_view), PATCH(CreateProcessW, map_in_the_child));
