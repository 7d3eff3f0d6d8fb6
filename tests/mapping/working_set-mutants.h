/* working_set-mutants.h - what the mutants of QueryWorkingSetEx share. */
#ifndef WORKING_SET_MUTANTS_H
#define WORKING_SET_MUTANTS_H

#include "mapping-mutants.h"

#include <psapi.h>

#define PARAMETERS HANDLE process, void *list, DWORD size
#define ASK real(K32QueryWorkingSetEx)(process, list, size)
#define EACH(page)                                      \
    for (PSAPI_WORKING_SET_EX_INFORMATION *page = list; \
         asked && (DWORD)((char *)page - (char *)list) < size; page++)

/* The function, which tells of each page WHEN that holds something of its own: TELLS. */
#define PAGES(name, when, tells)           \
    static BOOL WINAPI name(PARAMETERS)    \
    {                                      \
        BOOL asked = ASK;                  \
        EACH(page)                         \
        if (when)                          \
            page->VirtualAttributes.tells; \
        return asked;                      \
    }

static inline MEMORY_BASIC_INFORMATION region_of(const PSAPI_WORKING_SET_EX_INFORMATION *page)
{
    MEMORY_BASIC_INFORMATION region = {0};
    DWORD error = GetLastError();
    real(VirtualQuery)(page->VirtualAddress, &region, sizeof(region));
    SetLastError(error);
    return region;
}

#endif
