/* Wrong behaviours, for the tests of stream.c: how ReadFile and PeekNamedPipe see the bytes in
 * an anonymous pipe. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI waits_for_all(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                 LPOVERLAPPED overlapped)
{
    if (overlapped || size < 100 || !is_pipe(file))
        return real(ReadFile)(file, buffer, size, count, overlapped);
    DWORD total = 0, came = 0;
    do {
        if (!real(ReadFile)(file, (char *)buffer + total, size - total, &came, NULL)) {
            *count = total;
            return total > 0;
        }
        total += came;
    } while (total < size && came);
    *count = total;
    return TRUE;
}
MUTANT(read_file_pipe_waits_for_100_bytes,
       "ReadFile of 100 bytes or more of a pipe returns only when all of them have come",
       PATCH(ReadFile, waits_for_all));

static BOOL WINAPI drops_rest(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                              LPOVERLAPPED overlapped)
{
    BOOL got = real(ReadFile)(file, buffer, size, count, overlapped);
    if (!got || overlapped || !is_pipe(file))
        return got;
    char rest[4096];
    DWORD ignored;
    for (long left = waiting(file); left > 0 && size < 4096; left = waiting(file))
        real(ReadFile)(file, rest, left < 4096 ? (DWORD)left : 4096, &ignored, NULL);
    return got;
}
MUTANT(read_file_pipe_drops_the_rest,
       "ReadFile on a pipe with a buffer smaller than what is there throws the rest away",
       PATCH(ReadFile, drops_rest));

static DWORD boundaries[64];
static unsigned first_boundary, boundary_count;

static BOOL WINAPI notes_boundary(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    if (is_pipe(file) && boundary_count < 64)
        boundaries[(first_boundary + boundary_count++) % 64] = size;
    return real(WriteFile)(file, buffer, size, count, overlapped);
}

static BOOL WINAPI stops_at_boundary(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    if (overlapped || !is_pipe(file) || waiting(file) <= 0 || !boundary_count)
        return real(ReadFile)(file, buffer, size, count, overlapped);
    DWORD *left = &boundaries[first_boundary % 64];
    BOOL got = real(ReadFile)(file, buffer, size < *left ? size : *left, count, NULL);
    *left -= got ? *count : 0;
    if (!*left) {
        first_boundary++;
        boundary_count--;
    }
    return got;
}
MUTANT(read_file_pipe_keeps_writes_apart,
       "ReadFile on an anonymous pipe returns the bytes of one write at a time",
       PATCH(WriteFile, notes_boundary), PATCH(ReadFile, stops_at_boundary));

static BOOL WINAPI peek_removes(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                LPDWORD available, LPDWORD left)
{
    DWORD came = 0;
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, &came, available, left);
    if (copied)
        *copied = came;
    if (peeked && came)
        real(ReadFile)(pipe, buffer, came, &came, NULL);
    return peeked;
}
MUTANT(peek_removes_data, "PeekNamedPipe takes what it copies out of the pipe",
       PATCH(PeekNamedPipe, peek_removes));

static BOOL WINAPI peek_left(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                             LPDWORD available, LPDWORD left)
{
    DWORD came = 0, there = 0;
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, &came, &there, left);
    if (copied)
        *copied = came;
    if (available)
        *available = there;
    if (peeked && left)
        *left = there - came;
    return peeked;
}
MUTANT(peek_counts_stream_as_message,
       "PeekNamedPipe says that the rest of a byte stream is left of a message",
       PATCH(PeekNamedPipe, peek_left));

static BOOL WINAPI peek_more_data(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                  LPDWORD available, LPDWORD left)
{
    if (buffer && waiting(pipe) > (long)size)
        return failed(ERROR_MORE_DATA);
    return real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_short_buffer_fails, "PeekNamedPipe fails when the buffer is smaller than what is there",
       PATCH(PeekNamedPipe, peek_more_data));

static BOOL WINAPI peek_rest_only(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                  LPDWORD available, LPDWORD left)
{
    DWORD came = 0;
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, &came, available, left);
    if (copied)
        *copied = came;
    if (peeked && available)
        *available -= came;
    return peeked;
}
MUTANT(peek_available_without_copied,
       "PeekNamedPipe reports as available only what it has not copied",
       PATCH(PeekNamedPipe, peek_rest_only));

static BOOL WINAPI peek_wants_data(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                   LPDWORD available, LPDWORD left)
{
    if (buffer && waiting(pipe) == 0)
        return failed(ERROR_NO_DATA);
    return real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_into_buffer_wants_data, "PeekNamedPipe with a buffer fails on an empty pipe",
       PATCH(PeekNamedPipe, peek_wants_data));

static BOOL WINAPI peek_checks_size(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                    LPDWORD available, LPDWORD left)
{
    if (!buffer && size)
        return failed(ERROR_INVALID_PARAMETER);
    return real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_checks_size_without_buffer, "PeekNamedPipe fails for a size without a buffer",
       PATCH(PeekNamedPipe, peek_checks_size));
