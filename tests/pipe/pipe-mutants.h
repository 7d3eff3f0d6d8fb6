/* pipe-mutants.h - what the mutants of pipe share. */
#ifndef PIPE_MUTANTS_H
#define PIPE_MUTANTS_H

#include "mutants.h"

#include <string.h>
#include <wchar.h>

/* Leaves the last error alone, as the mutants' callers look at it. */
static inline bool is_pipe(HANDLE handle)
{
    DWORD error = GetLastError();
    bool pipe = real(GetFileType)(handle) == FILE_TYPE_PIPE;
    SetLastError(error);
    return pipe;
}

/* Bytes that can be read at once; -1 at the end of the pipe or when that cannot be told. */
static inline long waiting(HANDLE read_end)
{
    DWORD error = GetLastError(), available = 0;
    BOOL peeked = real(PeekNamedPipe)(read_end, NULL, 0, NULL, &available, NULL);
    SetLastError(error);
    return peeked ? (long)available : -1;
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

#define READ_FILE_PARAMETERS \
    HANDLE file, LPVOID buffer, DWORD size, LPDWORD count, LPOVERLAPPED overlapped
#define READ_FILE real(ReadFile)(file, buffer, size, count, overlapped)
#define WRITE_FILE_PARAMETERS \
    HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count, LPOVERLAPPED overlapped
#define WRITE_FILE real(WriteFile)(file, buffer, size, count, overlapped)

#endif
