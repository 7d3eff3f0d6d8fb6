/* mapping-mutants.h - what the mutants of mapping share. */
#ifndef MAPPING_MUTANTS_H
#define MAPPING_MUTANTS_H

#include "mutants.h"

#include <stdlib.h>

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

static inline bool is_writable(DWORD protect)
{
    return (protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) != 0;
}

static inline DWORD size_of_file(HANDLE file)
{
    return real(GetFileSize)(file, NULL);
}

/* A new object without a name that holds what the one of MAPPING holds now. */
static inline HANDLE copy_of(HANDLE mapping)
{
    void *from = real(MapViewOfFile)(mapping, FILE_MAP_READ, 0, 0, 0);
    if (from == NULL)
        return NULL;
    MEMORY_BASIC_INFORMATION region;
    real(VirtualQuery)(from, &region, sizeof(region));
    HANDLE copy = real(CreateFileMappingW)(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                           (DWORD)region.RegionSize, NULL);
    void *to = real(MapViewOfFile)(copy, FILE_MAP_WRITE, 0, 0, 0);
    memcpy(to, from, region.RegionSize);
    real(UnmapViewOfFile)(to);
    real(UnmapViewOfFile)(from);
    return copy;
}

/* Whether SOURCE is, or was, a handle of this process to a file mapping. */
static inline bool is_mapping(HANDLE from, HANDLE source)
{
    DWORD error = GetLastError();
    void *view =
        from == GetCurrentProcess() ? real(MapViewOfFile)(source, FILE_MAP_READ, 0, 0, 1) : NULL;
    if (view != NULL)
        real(UnmapViewOfFile)(view);
    SetLastError(error);
    return view != NULL;
}

/* Mappings cannot be waited for; what other tests hold can. */
static inline bool can_be_waited_for(HANDLE handle)
{
    DWORD error = GetLastError();
    bool can = real(WaitForSingleObject)(handle, 0) != WAIT_FAILED;
    SetLastError(error);
    return can;
}

#define OPEN_PARAMETERS DWORD access, BOOL inherit, const WCHAR *name
#define PROTECT_PARAMETERS void *address, SIZE_T size, DWORD wanted, DWORD *old
#define PROTECT_ARGUMENTS address, size, wanted, old

static inline bool is_reserved(const void *address)
{
    MEMORY_BASIC_INFORMATION region;
    return real(VirtualQuery)(address, &region, sizeof(region)) && region.State == MEM_RESERVE;
}

#define PAGE_PROTECTION 0xFF /* the bits of the page protection proper */

static inline bool can_map(HANDLE mapping, DWORD access, DWORD offset, SIZE_T size)
{
    void *view = real(MapViewOfFile)(mapping, access, 0, offset, size);
    if (view != NULL)
        real(UnmapViewOfFile)(view);
    return view != NULL;
}

#endif
