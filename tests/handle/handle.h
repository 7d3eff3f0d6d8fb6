/* Set-up of the tests of handles as such. */
#ifndef HANDLE_H
#define HANDLE_H

#include "pipe/pipe.h"

/* A handle of this process for the same object, with the same access. */
static inline HANDLE duplicate(HANDLE handle)
{
    HANDLE copy = NULL;
    require(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE,
                            DUPLICATE_SAME_ACCESS));
    return copy;
}

/* Handle values travel between processes as they do for any other use: by a pipe. */
static inline void send_value(HANDLE channel, HANDLE handle)
{
    uint64_t value = (UINT_PTR)handle;
    DWORD count = 0;
    require(WriteFile(channel, &value, sizeof(value), &count, NULL));
}

static inline HANDLE receive_value(HANDLE channel)
{
    uint64_t value = 0;
    DWORD count = 0;
    require(ReadFile(channel, &value, sizeof(value), &count, NULL));
    require(count == sizeof(value));
    return (HANDLE)(UINT_PTR)value;
}

#endif
