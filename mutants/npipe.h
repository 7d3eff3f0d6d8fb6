/* What the mutants of named pipes have in common. */
#ifndef NPIPE_MUTANTS_H
#define NPIPE_MUTANTS_H

#include "mutants.h"

#include <string.h>
#include <wchar.h>

#define PIPE_PREFIX L"\\\\.\\pipe\\"

static inline bool is_pipe_name(const WCHAR *name)
{
    return name && !_wcsnicmp(name, PIPE_PREFIX, wcslen(PIPE_PREFIX));
}

static inline BOOL fail_with(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

static inline HANDLE refuse_with(DWORD error)
{
    SetLastError(error);
    return INVALID_HANDLE_VALUE;
}

static inline bool failed_with(BOOL result, DWORD error)
{
    return !result && GetLastError() == error;
}

/* The following leave the last error alone. */

static inline DWORD info_of(HANDLE pipe)
{
    DWORD error = GetLastError(), flags = 0;
    real.GetNamedPipeInfo(pipe, &flags, NULL, NULL, NULL);
    SetLastError(error);
    return flags;
}

static inline bool is_client_end(HANDLE pipe)
{
    DWORD error = GetLastError(), flags = PIPE_SERVER_END;
    real.GetNamedPipeInfo(pipe, &flags, NULL, NULL, NULL);
    SetLastError(error);
    return !(flags & PIPE_SERVER_END);
}

static inline DWORD mode_of(HANDLE pipe)
{
    DWORD error = GetLastError(), mode = 0;
    real.GetNamedPipeHandleStateW(pipe, &mode, NULL, NULL, NULL, NULL, 0);
    SetLastError(error);
    return mode;
}

/* Bytes that can be read now, and the length of the first message of a message-type pipe. */
static inline DWORD unread_in(HANDLE pipe, DWORD *message)
{
    DWORD error = GetLastError(), available = 0, left = 0;
    real.PeekNamedPipe(pipe, NULL, 0, NULL, &available, &left);
    SetLastError(error);
    if (message)
        *message = left;
    return available;
}

#define CREATE_PIPE_PARAMETERS                                                       \
    LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size, \
        DWORD in_size, DWORD time_out, LPSECURITY_ATTRIBUTES security
#define CREATE_PIPE                                                                           \
    real.CreateNamedPipeW(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, \
                          security)

#define OPEN_PARAMETERS                                                                      \
    LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD creation, \
        DWORD flags, HANDLE template
#define OPEN real.CreateFileW(name, access, share, security, creation, flags, template)

#define READ_PARAMETERS HANDLE end, LPVOID buffer, DWORD size, LPDWORD got, LPOVERLAPPED overlapped
#define READ real.ReadFile(end, buffer, size, got, overlapped)

#define WRITE_PARAMETERS \
    HANDLE end, LPCVOID bytes, DWORD size, LPDWORD written, LPOVERLAPPED overlapped
#define WRITE real.WriteFile(end, bytes, size, written, overlapped)

#endif
