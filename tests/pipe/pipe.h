/* Set-up and observations around anonymous pipes and handles, for the areas pipe, inherit, handle
 * and stdio. */
#ifndef PIPE_H
#define PIPE_H

#include "cts.h"

#include <string.h>

struct pipe_ends {
    HANDLE read, write;
};

/* A write of so many bytes needs a reader to complete: no pipe here is asked to hold them. */
#define MORE_THAN_A_PIPE_HOLDS (256 * 1024)

static inline struct pipe_ends pipe_create(void)
{
    struct pipe_ends pipe;
    require(CreatePipe(&pipe.read, &pipe.write, NULL, 4096));
    return pipe;
}

static inline struct pipe_ends pipe_create_inheritable(void)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = TRUE};
    struct pipe_ends pipe;
    require(CreatePipe(&pipe.read, &pipe.write, &attributes, 4096));
    return pipe;
}

/* A process is never sure to be alone in itself: another thread may be given the value of a handle
 * as soon as it is closed. What must fail on a closed handle is tried on so many of them. */
#define CLOSED_HANDLES 3

/* Closes a handle and returns its value. */
static inline HANDLE closed(HANDLE handle)
{
    require(CloseHandle(handle));
    return handle;
}

/* Marks a handle as inheritable, and returns it. */
static inline HANDLE inheritable(HANDLE handle)
{
    require(SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    return handle;
}

static inline DWORD flags_of(HANDLE handle)
{
    DWORD flags = 99;
    require(GetHandleInformation(handle, &flags));
    return flags;
}

static inline HANDLE event_create(BOOL inherit)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = inherit};
    HANDLE event = CreateEventW(&attributes, TRUE, FALSE, NULL);
    require(event != NULL);
    return event;
}

/* Writes TEXT without its terminator: a few bytes, which an empty pipe takes at once. */
static inline void pipe_put(HANDLE write_end, const char *text)
{
    DWORD written = 0;
    require(WriteFile(write_end, text, (DWORD)strlen(text), &written, NULL));
    require(written == strlen(text));
}

/* Reads up to the end of the pipe, or as much as the buffer takes. */
static inline size_t pipe_read_all(HANDLE read_end, void *buffer, size_t size)
{
    size_t total = 0;
    DWORD count = 1;
    while (total < size && count &&
           ReadFile(read_end, (char *)buffer + total, (DWORD)(size - total), &count, NULL))
        total += count;
    if (total < size)
        expect_last_error(ERROR_BROKEN_PIPE);
    return total;
}

/* Whether a pipe whose bytes have all been read still has a writer, without waiting for one. */
static inline bool has_writer(HANDLE read_end)
{
    return PeekNamedPipe(read_end, NULL, 0, NULL, NULL, NULL);
}

/*
 * CancelSynchronousIo, again and again within the step limit: until the thread is in its call there
 * is nothing to be cancelled. Returns what the last call returned, with its last error.
 */
static inline BOOL cancel_synchronous(const struct thread *thread)
{
    ULONGLONG end = GetTickCount64() + step_limit();
    BOOL cancelled = CancelSynchronousIo(thread->handle);
    while (!cancelled && GetTickCount64() < end) {
        SleepEx(1, FALSE);
        cancelled = CancelSynchronousIo(thread->handle);
    }
    return cancelled;
}

/* The bytes of TEXT, a literal, go into the pipe. */
#define expect_written(write_end, text)                                                      \
    do {                                                                                     \
        DWORD written_ = 0;                                                                  \
        expect_succeeded(WriteFile((write_end), (text), sizeof(text) - 1, &written_, NULL)); \
        expect_number(written_, sizeof(text) - 1);                                           \
    } while (0)

/* The bytes of TEXT, a literal, and no others come out of the pipe. */
#define expect_arrives(read_end, text)                                               \
    do {                                                                             \
        char came_[sizeof(text) + 16];                                               \
        DWORD count_ = 0;                                                            \
        expect_succeeded(ReadFile((read_end), came_, sizeof(came_), &count_, NULL)); \
        expect_number(count_, sizeof(text) - 1);                                     \
        expect_bytes(came_, (text), sizeof(text) - 1);                               \
    } while (0)

/* No process holds a write end. ReadFile would say so too, but wait where one does. */
#define expect_end_of_file(read_end) \
    expect_failed(PeekNamedPipe((read_end), NULL, 0, NULL, NULL, NULL), ERROR_BROKEN_PIPE)

#endif
