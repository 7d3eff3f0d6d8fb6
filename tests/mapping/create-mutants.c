/* Wrong behaviours, for the tests of create.c: what CreateFileMappingW creates: objects of the
 * page file and of a file, and their size. */
#include "mapping-mutants.h"

static HANDLE WINAPI refuse_odd_size(CREATE_PARAMETERS)
{
    if (file == INVALID_HANDLE_VALUE && low % page_size() != 0)
        return refuse(ERROR_INVALID_PARAMETER);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_refuses_odd_sizes,
       "CreateFileMapping wants a whole number of pages for an object of the page file",
       PATCH(CreateFileMappingW, refuse_odd_size));

static HANDLE WINAPI keep_last_error(CREATE_PARAMETERS)
{
    DWORD before = GetLastError();
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_SUCCESS)
        SetLastError(before);
    return mapping;
}
MUTANT(create_mapping_keeps_the_last_error,
       "CreateFileMapping leaves the last error as it was when it creates a new object",
       PATCH(CreateFileMappingW, keep_last_error));

static HANDLE WINAPI leave_garbage(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (file == INVALID_HANDLE_VALUE && error == ERROR_SUCCESS) {
        char *view = real(MapViewOfFile)(mapping, FILE_MAP_WRITE, 0, 0, low);
        if (view != NULL) {
            view[low - 1] = '?';
            real(UnmapViewOfFile)(view);
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
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_of_no_size_gives_a_page,
       "CreateFileMapping creates an object of one page when no size is given for the page file",
       PATCH(CreateFileMappingW, give_a_page));

static HANDLE WINAPI ignore_the_file(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (file != INVALID_HANDLE_VALUE && mapping != NULL && name == NULL) {
        DWORD size = low != 0 ? low : size_of_file(file);
        real(CloseHandle)(mapping);
        mapping = real(CreateFileMappingW)(INVALID_HANDLE_VALUE, security, protect, 0, size, NULL);
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_ignores_the_file,
       "An object of a file has pages of its own instead of those of the file",
       PATCH(CreateFileMappingW, ignore_the_file));

static HANDLE WINAPI misreport_empty(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
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
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_rounds_the_file_up,
       "CreateFileMapping extends a file to whole pages when no size is given",
       PATCH(CreateFileMappingW, round_up));

static HANDLE WINAPI never_extend(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && low > size_of_file(file))
        low = 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_never_extends_the_file,
       "CreateFileMapping maps the file as it is when a larger size is given",
       PATCH(CreateFileMappingW, never_extend));

static HANDLE WINAPI extend_late(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && !is_writable(protect) && low > size_of_file(file))
        low = 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_any_size_for_reading,
       "CreateFileMapping without write access maps the file as it is when a larger size is given",
       PATCH(CreateFileMappingW, extend_late));

static HANDLE WINAPI truncate(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && is_writable(protect) && low != 0 &&
        low < size_of_file(file)) {
        real(SetFilePointerEx)(file, (LARGE_INTEGER){.QuadPart = low}, NULL, FILE_BEGIN);
        real(SetEndOfFile)(file);
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_truncates_the_file,
       "CreateFileMapping cuts the file down to the size of the object",
       PATCH(CreateFileMappingW, truncate));

static HANDLE WINAPI take_it_all(CREATE_PARAMETERS)
{
    if (file != INVALID_HANDLE_VALUE && low < size_of_file(file))
        low = 0;
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_takes_all_of_the_file,
       "CreateFileMapping maps the whole file when a smaller size is given",
       PATCH(CreateFileMappingW, take_it_all));

static HANDLE WINAPI keep_the_name(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    DWORD error = GetLastError();
    if (mapping != NULL && name != NULL) {
        HANDLE leaked;
        real(DuplicateHandle)(GetCurrentProcess(), mapping, GetCurrentProcess(), &leaked, 0, FALSE,
                              DUPLICATE_SAME_ACCESS);
    }
    SetLastError(error);
    return mapping;
}
MUTANT(create_mapping_keeps_the_name,
       "A named object stays, with its name and its data, until its creator exits",
       PATCH(CreateFileMappingW, keep_the_name));

static void *WINAPI round_limit(MAP_PARAMETERS)
{
    if (size != 0 && !can_map(mapping, access, low, size) &&
        can_map(mapping, access, low, size - size % page_size() + 1))
        size = 0;
    return real(MapViewOfFile)(MAP_ARGUMENTS);
}
MUTANT(map_view_may_fill_the_last_page,
       "MapViewOfFile takes a size beyond the object as long as it ends in its last page",
       PATCH(MapViewOfFile, round_limit));
