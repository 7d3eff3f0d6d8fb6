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
    real(GetNamedPipeInfo)(pipe, &flags, NULL, NULL, NULL);
    SetLastError(error);
    return flags;
}

static inline bool is_client_end(HANDLE pipe)
{
    DWORD error = GetLastError(), flags = PIPE_SERVER_END;
    real(GetNamedPipeInfo)(pipe, &flags, NULL, NULL, NULL);
    SetLastError(error);
    return !(flags & PIPE_SERVER_END);
}

#define PIPE_STATE_CONNECTED 3
#define PIPE_STATE_CLOSING 4 /* the other end is closed */

/* NamedPipeState of FILE_PIPE_LOCAL_INFORMATION; 0 where it cannot be told. */
static inline DWORD pipe_state(HANDLE pipe)
{
    typedef LONG(WINAPI * query)(HANDLE, void *, void *, ULONG, int);
    query information =
        (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationFile");
    ULONG_PTR status[2];
    DWORD error = GetLastError(), values[10] = {0};
    information(pipe, status, values, sizeof(values), 24 /* FilePipeLocalInformation */);
    SetLastError(error);
    return values[8];
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
    return real(ConnectNamedPipe)(server, overlapped);
}

static inline DWORD mode_of(HANDLE pipe)
{
    DWORD error = GetLastError(), mode = 0;
    real(GetNamedPipeHandleStateW)(pipe, &mode, NULL, NULL, NULL, NULL, 0);
    SetLastError(error);
    return mode;
}

/* Bytes that can be read now, and the length of the first message of a message-type pipe. */
static inline DWORD unread_in(HANDLE pipe, DWORD *message)
{
    DWORD error = GetLastError(), available = 0, left = 0;
    real(PeekNamedPipe)(pipe, NULL, 0, NULL, &available, &left);
    SetLastError(error);
    if (message)
        *message = left;
    return available;
}

#define CREATE_PIPE_PARAMETERS                                                       \
    LPCWSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size, \
        DWORD in_size, DWORD time_out, LPSECURITY_ATTRIBUTES security
#define CREATE_PIPE                                                                            \
    real(CreateNamedPipeW)(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, \
                           security)
#define OPEN_PARAMETERS                                                                      \
    LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD creation, \
        DWORD flags, HANDLE template
#define OPEN real(CreateFileW)(name, access, share, security, creation, flags, template)
#define READ_PARAMETERS HANDLE end, LPVOID buffer, DWORD size, LPDWORD got, LPOVERLAPPED overlapped
#define READ real(ReadFile)(end, buffer, size, got, overlapped)
#define WRITE_PARAMETERS \
    HANDLE end, LPCVOID bytes, DWORD size, LPDWORD written, LPOVERLAPPED overlapped
#define WRITE real(WriteFile)(end, bytes, size, written, overlapped)
#define CONNECT_PARAMETERS HANDLE server, LPOVERLAPPED overlapped
#define CONNECT real(ConnectNamedPipe)(server, overlapped)
#define STATE_PARAMETERS                                                                         \
    HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD count, LPDWORD time_out, LPWSTR user, \
        DWORD user_size
#define STATE \
    real(GetNamedPipeHandleStateW)(pipe, state, instances, count, time_out, user, user_size)

#define PEEK_PARAMETERS \
    HANDLE end, LPVOID buffer, DWORD size, LPDWORD read, LPDWORD available, LPDWORD left
#define PEEK real(PeekNamedPipe)(end, buffer, size, read, available, left)
#define WAIT_PARAMETERS LPCWSTR name, DWORD time_out
#define WAIT real(WaitNamedPipeW)(name, time_out)
#define CALL_PARAMETERS                                                                            \
    LPCWSTR name, LPVOID request, DWORD request_size, LPVOID reply, DWORD reply_size, LPDWORD got, \
        DWORD time_out
#define CALL real(CallNamedPipeW)(name, request, request_size, reply, reply_size, got, time_out)
#define DUPLICATE_PARAMETERS \
    HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access, BOOL inherit, DWORD options
#define DUPLICATED real(DuplicateHandle)(from, handle, to, copy, access, inherit, options)

/* Whether this is a time-out in milliseconds, and none of the special values. */
static inline bool is_time(DWORD time_out)
{
    return time_out != NMPWAIT_USE_DEFAULT_WAIT && time_out != NMPWAIT_NOWAIT &&
           time_out != NMPWAIT_WAIT_FOREVER;
}

/* Takes SIZE bytes out of a pipe, or all that there are. Leaves the last error alone. */
static inline void drop(HANDLE end, DWORD size)
{
    DWORD error = GetLastError(), got = 1;
    char byte;
    for (; size && got && unread_in(end, NULL); size--)
        real(ReadFile)(end, &byte, 1, &got, NULL);
    SetLastError(error);
}

static inline bool is_left(HANDLE end)
{
    DWORD error = GetLastError();
    bool left =
        !real(PeekNamedPipe)(end, NULL, 0, NULL, NULL, NULL) && GetLastError() == ERROR_BROKEN_PIPE;
    SetLastError(error);
    return left;
}

#define RESULT_PARAMETERS HANDLE file, LPOVERLAPPED overlapped, LPDWORD moved, BOOL wait
#define RESULT real(GetOverlappedResult)(file, overlapped, moved, wait)
#define PACKET_PARAMETERS \
    HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped, DWORD time
#define PACKET real(GetQueuedCompletionStatus)(port, count, key, overlapped, time)
#define TRANSACT_PARAMETERS                                                                 \
    HANDLE pipe, LPVOID request, DWORD size, LPVOID reply, DWORD reply_size, LPDWORD count, \
        LPOVERLAPPED overlapped
#define TRANSACT real(TransactNamedPipe)(pipe, request, size, reply, reply_size, count, overlapped)
#define SET_PARAMETERS HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out
#define SET_MODE(other) real(SetNamedPipeHandleState)(pipe, (other), count, time_out)

/* The thread that came first to one of these functions; the others are the further ones. */
static inline bool is_further_thread(void)
{
    static LONG first;
    LONG own = (LONG)GetCurrentThreadId();
    LONG before = InterlockedCompareExchange(&first, own, 0);
    return before && before != own;
}

#endif
