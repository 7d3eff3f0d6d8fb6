/* What the mutants of CreateProcessW have in common. */
#ifndef INHERIT_MUTANTS_H
#define INHERIT_MUTANTS_H

#include "mutants.h"

#include <wchar.h>

#define CREATE_PROCESS_PARAMETERS                                                       \
    LPCWSTR program, LPWSTR words, LPSECURITY_ATTRIBUTES of_process,                    \
        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags, LPVOID environment, \
        LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION info
#define CREATE_PROCESS(inherit_, flags_, startup_)                                                \
    real.CreateProcessW(program, words, of_process, of_thread, (inherit_), (flags_), environment, \
                        directory, (startup_), info)

static inline BOOL failed(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

static inline bool failed_with(BOOL result, DWORD error)
{
    return !result && GetLastError() == error;
}

/* Whether this process was started by another one of the case. */
static inline bool is_peer(void)
{
    return wcsstr(GetCommandLineW(), L"@peer") != NULL;
}

/* The id of the process that started this one. */
static inline DWORD starter_id(void)
{
    typedef LONG(WINAPI * query)(HANDLE, int, void *, ULONG, ULONG *);
    query information =
        (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationProcess");
    ULONG_PTR basic[6] = {0}; /* PROCESS_BASIC_INFORMATION; the last is the parent's id */
    information(GetCurrentProcess(), 0, basic, sizeof(basic), NULL);
    return (DWORD)basic[5];
}

#endif
