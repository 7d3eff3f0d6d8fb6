/* Set-up shared by the tests of named pipes, and what they all look for. */
#ifndef NPIPE_H
#define NPIPE_H

#include "cts.h"

#include <string.h>

#define PIPE_BUFFER 4096 /* what the area's pipes ask for, in each direction */
#define READ_WRITE (GENERIC_READ | GENERIC_WRITE)
#define MESSAGES (PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE)
#define NONE 0xFFFFFFFF /* a row's message that there is not */

static inline const WCHAR *unique_pipe(void)
{
    return unique_name(L"\\\\.\\pipe\\");
}

static inline HANDLE create_instance(const WCHAR *name, DWORD open_mode, DWORD pipe_mode,
                                     DWORD instances)
{
    HANDLE server =
        CreateNamedPipeW(name, open_mode, pipe_mode, instances, PIPE_BUFFER, PIPE_BUFFER, 0, NULL);
    require(server != INVALID_HANDLE_VALUE);
    return server;
}

static inline HANDLE open_client(const WCHAR *name, DWORD access, DWORD flags)
{
    HANDLE client = CreateFileW(name, access, 0, NULL, OPEN_EXISTING, flags, NULL);
    require(client != INVALID_HANDLE_VALUE);
    return client;
}

/* Both ends of the only instance of a pipe, connected. */
struct connection {
    const WCHAR *name;
    HANDLE server, client;
};

/* FLAGS: 0 or FILE_FLAG_OVERLAPPED, for both ends. */
static inline struct connection connect_duplex(DWORD pipe_mode, DWORD flags)
{
    struct connection pipe = {.name = unique_pipe()};
    pipe.server = create_instance(pipe.name, PIPE_ACCESS_DUPLEX | flags, pipe_mode, 1);
    pipe.client = open_client(pipe.name, READ_WRITE, flags);
    return pipe;
}

static inline void set_mode(HANDLE end, DWORD mode)
{
    require(SetNamedPipeHandleState(end, &mode, NULL, NULL));
}

/* Another handle to the same end, of this process. */
static inline HANDLE duplicate_of(HANDLE handle)
{
    HANDLE duplicate = NULL;
    require(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &duplicate, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    return duplicate;
}

static inline OVERLAPPED overlapped_with_event(void)
{
    OVERLAPPED operation = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    require(operation.hEvent != NULL);
    return operation;
}

/*
 * Waits, bounded, for the end of an operation that has just been started with this result. Returns
 * what the operation returned in the end, with its last error; *moved is its byte count.
 */
static inline BOOL finish(BOOL started, HANDLE end, OVERLAPPED *operation, DWORD *moved)
{
    DWORD error = GetLastError();
    if (!started && error != ERROR_IO_PENDING)
        return FALSE;
    expect_signaled(operation->hEvent);
    return GetOverlappedResult(end, operation, moved, FALSE);
}

/* Offers an overlapped instance to the next client; CONNECTING ends when one has come. */
static inline void offer(HANDLE server, OVERLAPPED *connecting)
{
    *connecting = overlapped_with_event();
    BOOL connected = ConnectNamedPipe(server, connecting);
    require(!connected && GetLastError() == ERROR_IO_PENDING);
}

/* A read that goes pending: its data and its end are still to come. */
static inline void start_read(HANDLE end, void *buffer, DWORD size, OVERLAPPED *reading)
{
    BOOL read = ReadFile(end, buffer, size, NULL, reading);
    require(!read && GetLastError() == ERROR_IO_PENDING);
}

/* Stores what a call did that is only recorded. Leaves the last error as it was. */
#define record_result(key, result)                                                        \
    do {                                                                                  \
        BOOL result_ = (result);                                                          \
        DWORD error_ = GetLastError();                                                    \
        char text_[80];                                                                   \
        record((key), "%s", result_ ? "TRUE" : error_text(error_, text_, sizeof(text_))); \
        SetLastError(error_);                                                             \
    } while (0)

/* One write; END may be a synchronous or an overlapped handle. */
static inline void put(HANDLE end, const void *bytes, DWORD size)
{
    OVERLAPPED writing = overlapped_with_event();
    DWORD written = 0;
    BOOL started = WriteFile(end, bytes, size, NULL, &writing);
    require(finish(started, end, &writing, &written) && written == size);
}

/* One read, with room for more, gives exactly these bytes. */
static inline void expect_read(HANDLE end, const void *bytes, DWORD size)
{
    char buffer[256];
    OVERLAPPED reading = overlapped_with_event();
    DWORD got = 0;
    BOOL started = ReadFile(end, buffer, sizeof(buffer), NULL, &reading);
    BOOL read = finish(started, end, &reading, &got);
    expect_succeeded(read);
    expect_number(got, size);
    expect_bytes(buffer, bytes, size);
}

/* Bytes written at one end arrive at the other. */
static inline void expect_bytes_flow(HANDLE from, HANDLE to)
{
    OVERLAPPED writing = overlapped_with_event();
    DWORD written = 0;
    BOOL started = WriteFile(from, "drops", 5, NULL, &writing);
    BOOL wrote = finish(started, from, &writing, &written);
    expect_succeeded(wrote);
    expect_number(written, 5);
    expect_read(to, "drops", 5);
}

#endif
