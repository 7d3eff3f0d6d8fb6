/* handle-mutants.h - what the mutants of handle share. */
#ifndef HANDLE_MUTANTS_H
#define HANDLE_MUTANTS_H

#include "../inherit/inherit-mutants.h"

static inline bool here(HANDLE process)
{
    return process == GetCurrentProcess();
}

static inline DWORD flags_of(HANDLE handle)
{
    DWORD error = GetLastError(), flags = 0;
    real(GetHandleInformation)(handle, &flags);
    SetLastError(error);
    return flags;
}

#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options

static inline bool is_file(HANDLE handle)
{
    DWORD error = GetLastError();
    bool file = real(GetFileType)(handle) != FILE_TYPE_UNKNOWN;
    SetLastError(error);
    return file;
}

#define DUPLICATED real(DuplicateHandle)(from, handle, to, copy, access, inherit, options)

#endif
