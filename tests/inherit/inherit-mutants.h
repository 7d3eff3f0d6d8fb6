/* inherit-mutants.h - what the mutants of inherit share. */
#ifndef INHERIT_MUTANTS_H
#define INHERIT_MUTANTS_H

#include "mutants.h"

#include <wchar.h>

#define CREATE_PROCESS_PARAMETERS                                                       \
    LPCWSTR program, LPWSTR words, LPSECURITY_ATTRIBUTES of_process,                    \
        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags, LPVOID environment, \
        LPCWSTR directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION info
#define CREATE_PROCESS(inherit_, flags_, startup_)                                                 \
    real(CreateProcessW)(program, words, of_process, of_thread, (inherit_), (flags_), environment, \
                         directory, (startup_), info)

/* CreateProcess after CHANGE, a statement about its parameters. */
#define CREATES_AFTER(name, change)                     \
    static BOOL WINAPI name(CREATE_PROCESS_PARAMETERS)  \
    {                                                   \
        change;                                         \
        return CREATE_PROCESS(inherit, flags, startup); \
    }

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

static inline BOOL create_suspended(CREATE_PROCESS_PARAMETERS)
{
    return CREATE_PROCESS(inherit, flags | CREATE_SUSPENDED, startup);
}

static inline void run_unless_suspended(DWORD flags, LPPROCESS_INFORMATION info)
{
    if (!(flags & CREATE_SUSPENDED))
        real(ResumeThread)(info->hThread);
}

/* By way of this process: without a target process, some implementations close nothing. */
static inline BOOL close_in(HANDLE process, HANDLE handle)
{
    HANDLE copy;
    return real(DuplicateHandle)(process, handle, GetCurrentProcess(), &copy, 0, FALSE,
                                 DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE) &&
           real(CloseHandle)(copy);
}

static inline BOOL create_without(bool (*is_kind)(HANDLE, const WCHAR *), const WCHAR *type,
                                  CREATE_PROCESS_PARAMETERS)
{
    static HANDLE kept[2000];
    unsigned count = 0;
    for (UINT_PTR value = 4; inherit && value < 0x2000 && count < 2000; value += 4) {
        HANDLE handle = (HANDLE)value;
        DWORD of_handle = 0;
        if (!real(GetHandleInformation)(handle, &of_handle) || !(of_handle & HANDLE_FLAG_INHERIT) ||
            !is_kind(handle, type))
            continue;
        real(SetHandleInformation)(handle, HANDLE_FLAG_INHERIT, 0);
        kept[count++] = handle;
    }
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    while (count--)
        real(SetHandleInformation)(kept[count], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    SetLastError(error);
    return created;
}

#define KEEPS(name, is_kind, type)                                                           \
    static BOOL WINAPI name(CREATE_PROCESS_PARAMETERS)                                       \
    {                                                                                        \
        return create_without(is_kind, type, program, words, of_process, of_thread, inherit, \
                              flags, environment, directory, startup, info);                 \
    }

#endif
