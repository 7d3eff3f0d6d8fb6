/* Wrong behaviours of CreateFileMappingW and CloseHandle, for the tests of grow.c. */
#include "mapping-mutants.h"

/* How often an object of that file has been made. */
static int objects_of(HANDLE file)
{
    static HANDLE last;
    static int objects;
    objects = file == last ? objects + 1 : 0;
    last = file;
    return objects;
}

static bool is_extended(HANDLE file, DWORD low)
{
    DWORD error = GetLastError();
    bool extends = file != INVALID_HANDLE_VALUE && low > size_of_file(file);
    SetLastError(error);
    return extends;
}

static HANDLE WINAPI not_while_mapped(CREATE_PARAMETERS)
{
    bool mapped = objects_of(file) == 1;
    if (mapped && is_extended(file, low))
        return refuse(ERROR_USER_MAPPED_FILE);
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_does_not_extend_a_mapped_file,
       "CreateFileMapping fails with ERROR_USER_MAPPED_FILE when a mapped file is to be extended",
       PATCH(CreateFileMappingW, not_while_mapped));

/* The third object of a growing file is one of the page file. */
static HANDLE WINAPI loses_third(CREATE_PARAMETERS)
{
    bool third = objects_of(file) == 2;
    if (third && is_extended(file, low)) {
        real(CloseHandle)(real(CreateFileMappingW)(CREATE_ARGUMENTS));
        file = INVALID_HANDLE_VALUE;
    }
    return real(CreateFileMappingW)(CREATE_ARGUMENTS);
}
MUTANT(create_mapping_loses_the_third_part,
       "What is written to the third object of a file that grows does not reach the file",
       PATCH(CreateFileMappingW, loses_third));

static HANDLE temporary;

static HANDLE WINAPI note_temporary(const WCHAR *path, DWORD access, DWORD share,
                                    SECURITY_ATTRIBUTES *security, DWORD creation, DWORD flags,
                                    HANDLE template)
{
    HANDLE file = real(CreateFileW)(path, access, share, security, creation, flags, template);
    if (file != INVALID_HANDLE_VALUE && (flags & FILE_FLAG_DELETE_ON_CLOSE))
        temporary = file;
    return file;
}

/* Nothing is left of the file when it is closed. */
static BOOL WINAPI clear_temporary(HANDLE handle)
{
    if (handle != NULL && handle == temporary && (size_of_file(handle) != 0)) {
        HANDLE mapping = real(CreateFileMappingW)(handle, NULL, PAGE_READWRITE, 0, 0, NULL);
        void *view = mapping ? real(MapViewOfFile)(mapping, FILE_MAP_WRITE, 0, 0, 0) : NULL;
        if (view != NULL) {
            memset(view, 0, size_of_file(handle));
            real(UnmapViewOfFile)(view);
        }
        if (mapping != NULL)
            real(CloseHandle)(mapping);
    }
    return real(CloseHandle)(handle);
}
MUTANT(close_temporary_file_empties_its_views,
       "CloseHandle on a file that is deleted then leaves nothing in the views of others",
       PATCH(CreateFileW, note_temporary), PATCH(CloseHandle, clear_temporary));
