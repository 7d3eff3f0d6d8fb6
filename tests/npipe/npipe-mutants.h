/* npipe-mutants.h - what the mutants of npipe share. */
#ifndef NPIPE_MUTANTS_H
#define NPIPE_MUTANTS_H

#include "../pipe/pipe-mutants.h"

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

/* The last ConnectNamedPipe, for PATCH(ConnectNamedPipe, notes_connect). */
static __attribute__((unused)) struct {
    HANDLE server;
    OVERLAPPED *operation;
} connecting;

static inline BOOL WINAPI notes_connect(HANDLE server, LPOVERLAPPED overlapped)
{
    connecting.server = server;
    connecting.operation = overlapped;
    return real.ConnectNamedPipe(server, overlapped);
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
#define CONNECT_PARAMETERS HANDLE server, LPOVERLAPPED overlapped
#define CONNECT real.ConnectNamedPipe(server, overlapped)
#define STATE_PARAMETERS                                                                         \
    HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD count, LPDWORD time_out, LPWSTR user, \
        DWORD user_size
#define STATE \
    real.GetNamedPipeHandleStateW(pipe, state, instances, count, time_out, user, user_size)

static inline bool is_left(HANDLE end)
{
    DWORD error = GetLastError();
    bool left =
        !real.PeekNamedPipe(end, NULL, 0, NULL, NULL, NULL) && GetLastError() == ERROR_BROKEN_PIPE;
    SetLastError(error);
    return left;
}

#define RESULT_PARAMETERS HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved, BOOL wait
#define RESULT real.GetOverlappedResult(file, overlapped, moved, wait)
#define PACKET_PARAMETERS \
    HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time
#define PACKET real.GetQueuedCompletionStatus(port, count, key, overlapped, time)
#define TRANSACT_PARAMETERS                                                                 \
    HANDLE pipe, LPVOID request, DWORD size, LPVOID reply, DWORD reply_size, LPDWORD count, \
        LPOVERLAPPED overlapped
#define TRANSACT real.TransactNamedPipe(pipe, request, size, reply, reply_size, count, overlapped)
#define SET_PARAMETERS HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out
#define SET_MODE(other) real.SetNamedPipeHandleState(pipe, (other), count, time_out)

/* The thread that came first to one of these functions; the others are the further ones. */
static inline bool is_further_thread(void)
{
    static LONG first;
    LONG own = (LONG)GetCurrentThreadId();
    LONG before = InterlockedCompareExchange(&first, own, 0);
    return before && before != own;
}

#endif
