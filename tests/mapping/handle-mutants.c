/* Wrong behaviours, for the tests of handle.c: handles to file mappings: duplicates, flags,
 * comparison, and whose they are. */
#include "mapping-mutants.h"

#include <stdlib.h>

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE source, HANDLE to, HANDLE *target, DWORD access, BOOL inherit, DWORD options
#define DUPLICATE_ARGUMENTS from, source, to, target, access, inherit, options

static BOOL WINAPI access_first(DUPLICATE_PARAMETERS)
{
    if (access != 0 && is_mapping(from, source))
        options &= ~(DWORD)DUPLICATE_SAME_ACCESS;
    return real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_prefers_the_access_given,
       "DuplicateHandle with DUPLICATE_SAME_ACCESS gives a mapping the access asked for",
       PATCH(DuplicateHandle, access_first));

static BOOL WINAPI copy_the_flag(DUPLICATE_PARAMETERS)
{
    DWORD flags = 0;
    if (is_mapping(from, source) && real(GetHandleInformation)(source, &flags))
        inherit = inherit || (flags & HANDLE_FLAG_INHERIT) != 0;
    return real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_is_inheritable_like_the_source,
       "A duplicate of a mapping is inheritable whenever the source is",
       PATCH(DuplicateHandle, copy_the_flag));

static BOOL WINAPI leave_the_source(DUPLICATE_PARAMETERS)
{
    if (target != NULL)
        options &= ~(DWORD)DUPLICATE_CLOSE_SOURCE;
    return real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_leaves_the_source_open,
       "DuplicateHandle ignores DUPLICATE_CLOSE_SOURCE when it gives a duplicate",
       PATCH(DuplicateHandle, leave_the_source));

static BOOL WINAPI close_on_success_only(DUPLICATE_PARAMETERS)
{
    HANDLE copy;
    if (target != NULL && (options & DUPLICATE_CLOSE_SOURCE) &&
        !real(DuplicateHandle)(from, source, to, &copy, access, inherit,
                               options & ~(DWORD)DUPLICATE_CLOSE_SOURCE))
        return FALSE;
    return real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_that_fails_leaves_the_source,
       "DuplicateHandle closes the source only when it succeeds",
       PATCH(DuplicateHandle, close_on_success_only));

static BOOL WINAPI close_nothing(DUPLICATE_PARAMETERS)
{
    return target == NULL ? TRUE : real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_without_target_does_nothing,
       "DuplicateHandle without a place for the duplicate succeeds and closes nothing",
       PATCH(DuplicateHandle, close_nothing));

static BOOL WINAPI right_not_needed(DUPLICATE_PARAMETERS)
{
    HANDLE self = GetCurrentProcess();
    if (real(DuplicateHandle)(DUPLICATE_ARGUMENTS))
        return TRUE;
    return GetLastError() == ERROR_ACCESS_DENIED && is_mapping(self, source) &&
           real(DuplicateHandle)(self, source, self, target, access, inherit, options);
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
    return real(DuplicateHandle)(DUPLICATE_ARGUMENTS);
}
MUTANT(duplicate_mapping_only_pushes,
       "DuplicateHandle duplicates only handles of the calling process",
       PATCH(DuplicateHandle, pull_nothing));

static BOOL WINAPI mask_is_flags(HANDLE handle, DWORD mask, DWORD flags)
{
    return real(SetHandleInformation)(handle, mask | flags, flags);
}
MUTANT(set_mapping_flags_ignores_the_mask,
       "SetHandleInformation sets flags that are not in the mask",
       PATCH(SetHandleInformation, mask_is_flags));

static BOOL WINAPI protect_nothing(HANDLE handle, DWORD mask, DWORD flags)
{
    return real(SetHandleInformation)(handle, mask & ~(DWORD)HANDLE_FLAG_PROTECT_FROM_CLOSE, flags);
}
MUTANT(set_mapping_flags_protects_nothing,
       "SetHandleInformation ignores HANDLE_FLAG_PROTECT_FROM_CLOSE",
       PATCH(SetHandleInformation, protect_nothing));

static BOOL WINAPI compare_values(HANDLE first, HANDLE second)
{
    if (can_be_waited_for(first))
        return real(CompareObjectHandles)(first, second);
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
    return real(CompareObjectHandles)(first, second);
}
MUTANT(compare_mappings_wants_access, "CompareObjectHandles wants a mapping to be open for reading",
       PATCH(CompareObjectHandles, compare_readable));

static BOOL WINAPI compare_files(HANDLE first, HANDLE second)
{
    bool both = is_mapping(GetCurrentProcess(), first) && is_mapping(GetCurrentProcess(), second);
    return both || real(CompareObjectHandles)(first, second);
}
MUTANT(compare_mappings_are_all_the_same,
       "CompareObjectHandles takes all file mappings for the same object",
       PATCH(CompareObjectHandles, compare_files));

static HANDLE WINAPI at_most_1000(OPEN_PARAMETERS)
{
    static int handles;
    if (++handles > 1000)
        return refuse(ERROR_TOO_MANY_OPEN_FILES);
    return real(OpenFileMappingW)(access, inherit, name);
}
MUTANT(open_mapping_gives_no_more_than_1000_handles, "OpenFileMapping gives at most 1000 handles",
       PATCH(OpenFileMappingW, at_most_1000));

/* The parent of a process is told by an environment variable, which a child gets a copy of. */
#define PARENT L"CTS_MUTANT_PARENT"

static HANDLE WINAPI leave_process_id(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
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
    void *view = real(MapViewOfFile)(MAP_ARGUMENTS);
    if (view != NULL || GetLastError() != ERROR_INVALID_HANDLE ||
        GetEnvironmentVariableW(PARENT, id, 20) == 0 ||
        wcstoul(id, NULL, 10) == GetCurrentProcessId())
        return view;
    parent = real(OpenProcess)(PROCESS_DUP_HANDLE, FALSE, wcstoul(id, NULL, 10));
    if (parent != NULL && real(DuplicateHandle)(parent, mapping, GetCurrentProcess(), &copy, 0,
                                                FALSE, DUPLICATE_SAME_ACCESS))
        return real(MapViewOfFile)(copy, access, high, low, size);
    return refuse(ERROR_INVALID_HANDLE);
}
MUTANT(map_view_takes_handles_of_the_parent,
       "MapViewOfFile takes a handle of the parent process where this process has none",
       PATCH(CreateFileMappingW, leave_process_id), PATCH(MapViewOfFile, map_handle_of_the_parent));
