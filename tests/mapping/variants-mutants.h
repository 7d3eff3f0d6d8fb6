/* variants-mutants.h - what the mutants of CreateFileMappingFromApp and CreateFileMappingNuma
 * share.
 */
#ifndef VARIANTS_MUTANTS_H
#define VARIANTS_MUTANTS_H

#include "mapping-mutants.h"

#define APP_PARAMETERS \
    HANDLE file, LPSECURITY_ATTRIBUTES security, ULONG protect, ULONG64 size, LPCWSTR name
#define APP real(CreateFileMappingFromApp)(file, security, protect, size, name)
#define NUMA_PARAMETERS CREATE_PARAMETERS, DWORD node
#define NUMA real(CreateFileMappingNumaW)(CREATE_ARGUMENTS, node)

/* app_NAME and numa_NAME: the two functions, called after CHANGE. */
#define BOTH_AFTER(name_, change)                      \
    static HANDLE WINAPI app_##name_(APP_PARAMETERS)   \
    {                                                  \
        change;                                        \
        return APP;                                    \
    }                                                  \
    static HANDLE WINAPI numa_##name_(NUMA_PARAMETERS) \
    {                                                  \
        change;                                        \
        return NUMA;                                   \
    }

/* Another character in the place of each backslash from the first one to be changed on. */
static inline const WCHAR *changed(const WCHAR *name, const WCHAR *from)
{
    static WCHAR copy[MAX_PATH];
    wcscpy(copy, name);
    for (WCHAR *at = copy + (from - name); (at = wcschr(at, L'\\')) != NULL;)
        *at = L'_';
    return copy;
}

#endif
