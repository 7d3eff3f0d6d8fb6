/* Wrong behaviours of CreateFileMappingW. */
#include "mapping.h"

static bool is_writable(DWORD protect)
{
    return (protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) != 0;
}

static DWORD size_of_file(HANDLE file)
{
    return real.GetFileSize(file, NULL);
}

/* ---- Objects of the page file --------------------------------------------------------------- */

static HANDLE WINAPI refuse_odd_size(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && low % page_size() != 0)
        return refuse(ERROR_INVALID_PARAMETER);
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_odd_sizes,
       "CreateFileMapping wants a whole number of pages for an object of the page file",
       PATCH(CreateFileMappingW, refuse_odd_size));

static HANDLE WINAPI keep_last_error(CREATE_PARAMETERS)
{
    DWORD before = GetLastError();
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_SUCCESS)
        SetLastError(before);
    return mapping;
}
MUTANT(create_mapping_keeps_the_last_error,
       "CreateFileMapping leaves the last error as it was when it creates a new object",
       PATCH(CreateFileMappingW, keep_last_error));

static HANDLE WINAPI leave_garbage(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (file == INVALID_HANDLE_VALUE && error == ERROR_SUCCESS) {
        char *view = real.MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, low);
        if (view != NULL) {
            view[low - 1] = '?';
            real.UnmapViewOfFile(view);
        }
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_leaves_garbage, "The last byte of a new object of the page file is not zero",
       PATCH(CreateFileMappingW, leave_garbage));

static HANDLE WINAPI give_a_page(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && high == 0 && low == 0)
        low = page_size();
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_no_size_gives_a_page,
       "CreateFileMapping creates an object of one page when no size is given for the page file",
       PATCH(CreateFileMappingW, give_a_page));

static HANDLE WINAPI ignore_inheritance(CREATE_PARAMETERS)
{
    SECURITY_ATTRIBUTES not_inheritable;
    if (security != NULL) {
        not_inheritable = *security;
        not_inheritable.bInheritHandle = FALSE;
        security = &not_inheritable;
    }
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_ignores_inheritance, "CreateFileMapping makes no handle inheritable",
       PATCH(CreateFileMappingW, ignore_inheritance));

/* ---- Objects of a file ---------------------------------------------------------------------- */

static HANDLE WINAPI ignore_the_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (file != INVALID_HANDLE_VALUE && mapping != NULL && name == NULL) {
        DWORD size = low != 0 ? low : size_of_file(file);
        real.CloseHandle(mapping);
        mapping = real.CreateFileMappingW(INVALID_HANDLE_VALUE, security, protect, 0, size, NULL);
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_ignores_the_file,
       "An object of a file has pages of its own instead of those of the file",
       PATCH(CreateFileMappingW, ignore_the_file));

static HANDLE WINAPI misreport_empty(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL && GetLastError() == ERROR_FILE_INVALID)
        SetLastError(ERROR_INVALID_PARAMETER);
    return mapping;
}
MUTANT(create_mapping_of_empty_file_is_invalid_parameter,
       "CreateFileMapping of an empty file fails with ERROR_INVALID_PARAMETER",
       PATCH(CreateFileMappingW, misreport_empty));

static HANDLE WINAPI round_up(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && high == 0 && low == 0) {
        DWORD size = size_of_file(file);
        low = (size + page_size() - 1) / page_size() * page_size();
    }
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_rounds_the_file_up,
       "CreateFileMapping extends a file to whole pages when no size is given",
       PATCH(CreateFileMappingW, round_up));

static HANDLE WINAPI never_extend(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && low > size_of_file(file))
        low = 0;
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_never_extends_the_file,
       "CreateFileMapping maps the file as it is when a larger size is given",
       PATCH(CreateFileMappingW, never_extend));

static HANDLE WINAPI extend_late(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && !is_writable(protect) && low > size_of_file(file))
        low = 0;
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_any_size_for_reading,
       "CreateFileMapping without write access maps the file as it is when a larger size is given",
       PATCH(CreateFileMappingW, extend_late));

static HANDLE WINAPI truncate(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && low != 0 &&
        low < size_of_file(file)) {
        real.SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = low}, NULL, FILE_BEGIN);
        real.SetEndOfFile(file);
    }
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_truncates_the_file,
       "CreateFileMapping cuts the file down to the size of the object",
       PATCH(CreateFileMappingW, truncate));

static HANDLE WINAPI take_it_all(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && low < size_of_file(file))
        low = 0;
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_all_of_the_file,
       "CreateFileMapping maps the whole file when a smaller size is given",
       PATCH(CreateFileMappingW, take_it_all));

/* ---- Access to the file --------------------------------------------------------------------- */

static HANDLE WINAPI need_no_access(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL && file != INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED)
        mapping =
            real.CreateFileMappingW(INVALID_HANDLE_VALUE, security, protect, 0, page_size(), name);
    return mapping;
}
MUTANT(create_mapping_needs_no_access_to_the_file,
       "CreateFileMapping gives an object of the page file where access to the file is lacking",
       PATCH(CreateFileMappingW, need_no_access));

static HANDLE WINAPI need_write_access(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && size_of_file(file) != 0) {
        HANDLE writable = real.CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);
        if (writable == NULL)
            return refuse(ERROR_ACCESS_DENIED);
        real.CloseHandle(writable);
    }
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_always_wants_write_access,
       "CreateFileMapping refuses files that are not open for writing",
       PATCH(CreateFileMappingW, need_write_access));

static HANDLE WINAPI refuse_execute(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE &&
        (protect & (PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY)))
        return refuse(ERROR_INVALID_PARAMETER);
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_a_file_never_executes,
       "CreateFileMapping refuses the protections for execution when it is given a file",
       PATCH(CreateFileMappingW, refuse_execute));

static HANDLE exclusive;

static HANDLE WINAPI note_exclusive(const WCHAR *path, DWORD access, DWORD share,
                                    SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                    HANDLE like)
{
    HANDLE file = real.CreateFileW(path, access, share, security, disposition, flags, like);
    if (share == 0)
        exclusive = file;
    return file;
}

static HANDLE WINAPI want_exclusive(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && file != exclusive && is_writable(protect))
        return refuse(ERROR_SHARING_VIOLATION);
    return real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_wants_an_exclusive_file,
       "CreateFileMapping for writing refuses files that are not open exclusively",
       PATCH(CreateFileW, note_exclusive), PATCH(CreateFileMappingW, want_exclusive));

/* ---- Names ---------------------------------------------------------------------------------- */

static HANDLE WINAPI keep_the_name(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && name != NULL) {
        HANDLE leaked;
        real.DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), &leaked, 0, FALSE,
                             DUPLICATE_SAME_ACCESS);
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_keeps_the_name,
       "A named object stays, with its name and its data, until its creator exits",
       PATCH(CreateFileMappingW, keep_the_name));

static HANDLE WINAPI hide_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_hides_that_it_existed,
       "CreateFileMapping sets the last error to zero for an object that existed",
       PATCH(CreateFileMappingW, hide_existing));

static HANDLE WINAPI replace_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS) {
        real.CloseHandle(mapping);
        mapping = real.CreateFileMappingW(file, security, protect, high, low, NULL);
        SetLastError(ERROR_ALREADY_EXISTS);
    }
    return mapping;
}
MUTANT(create_mapping_replaces_what_existed,
       "CreateFileMapping creates another object when the name exists",
       PATCH(CreateFileMappingW, replace_existing));

static HANDLE WINAPI resize_existing(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL || GetLastError() != ERROR_ALREADY_EXISTS)
        return mapping;
    void *view = real.MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    MEMORY_BASIC_INFORMATION region = {0};
    real.VirtualQuery(view, &region, sizeof(region));
    real.UnmapViewOfFile(view);
    if (region.RegionSize != (low + page_size() - 1) / page_size() * page_size()) {
        real.CloseHandle(mapping);
        mapping = real.CreateFileMappingW(file, security, protect, high, low, NULL);
    }
    SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_resizes_what_existed,
       "CreateFileMapping gives an object of the size asked for when one of another size exists",
       PATCH(CreateFileMappingW, resize_existing));

static HANDLE WINAPI misreport_clash(CREATE_PARAMETERS)
{
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL && name != NULL && GetLastError() == ERROR_INVALID_HANDLE)
        SetLastError(ERROR_ALREADY_EXISTS);
    return mapping;
}
MUTANT(create_mapping_clash_is_already_exists,
       "CreateFileMapping fails with ERROR_ALREADY_EXISTS on the name of an object of another kind",
       PATCH(CreateFileMappingW, misreport_clash));

static HANDLE WINAPI remember_clash(CREATE_PARAMETERS)
{
    static const WCHAR *clashed;
    if (name != NULL && clashed != NULL && wcscmp(name, clashed) == 0)
        return refuse(ERROR_INVALID_HANDLE);
    HANDLE mapping = real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (mapping == NULL && name != NULL && GetLastError() == ERROR_INVALID_HANDLE)
        clashed = name;
    return mapping;
}
MUTANT(create_mapping_remembers_a_clash,
       "A name once used by an object of another kind stays unusable for file mappings",
       PATCH(CreateFileMappingW, remember_clash));

static HANDLE WINAPI share_nameless(CREATE_PARAMETERS)
{
    static HANDLE first;
    static DWORD first_size;
    if (file != INVALID_HANDLE_VALUE || name != NULL || protect != PAGE_READWRITE)
        return real.CreateFileMappingW(CREATE_ARGUMENTS);
    if (first != NULL && low == first_size) {
        HANDLE same;
        real.DuplicateHandle(GetCurrentProcess(), first, GetCurrentProcess(), &same, 0, FALSE,
                             DUPLICATE_SAME_ACCESS);
        SetLastError(ERROR_SUCCESS);
        return same;
    }
    first_size = low;
    return first = real.CreateFileMappingW(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_shares_what_has_no_name,
       "Objects of the page file without a name are one and the same",
       PATCH(CreateFileMappingW, share_nameless));
