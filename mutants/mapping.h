/* mapping.h - what the mutants of the file mapping functions share. */
#ifndef MUTANTS_MAPPING_H
#define MUTANTS_MAPPING_H

#include "mutants.h"

/* The parameters of CreateFileMappingW and MapViewOfFile, and how they are passed on. */
#define CREATE_PARAMETERS                                                             \
    HANDLE file, SECURITY_ATTRIBUTES *security, DWORD protect, DWORD high, DWORD low, \
        const WCHAR *name
#define CREATE_ARGUMENTS file, security, protect, high, low, name

#define MAP_PARAMETERS HANDLE mapping, DWORD access, DWORD high, DWORD low, SIZE_T size
#define MAP_ARGUMENTS mapping, access, high, low, size

static inline DWORD page_size(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwPageSize;
}

static inline DWORD granularity(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwAllocationGranularity;
}

/* What a function that returns a handle or a view does when it fails. */
static inline void *refuse(DWORD error)
{
    SetLastError(error);
    return NULL;
}

#endif
