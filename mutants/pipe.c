/* Wrong behaviours of anonymous pipes: CreatePipe, ReadFile, WriteFile and PeekNamedPipe. */
#include "mutants.h"

#include <string.h>

/* Leaves the last error alone, as the mutants' callers look at it. */
static bool is_pipe(HANDLE handle)
{
    DWORD error = GetLastError();
    bool pipe = real.GetFileType(handle) == FILE_TYPE_PIPE;
    SetLastError(error);
    return pipe;
}

/* Bytes that can be read at once; -1 at the end of the pipe or when that cannot be told. */
static long waiting(HANDLE read_end)
{
    DWORD error = GetLastError(), available = 0;
    BOOL peeked = real.PeekNamedPipe(read_end, NULL, 0, NULL, &available, NULL);
    SetLastError(error);
    return peeked ? (long)available : -1;
}

static BOOL failed(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

/* ---- CreatePipe */

static BOOL WINAPI swaps_ends(PHANDLE read_end, PHANDLE write_end, LPSECURITY_ATTRIBUTES attributes,
                              DWORD size)
{
    if (size <= 4096)
        return real.CreatePipe(read_end, write_end, attributes, size);
    return real.CreatePipe(write_end, read_end, attributes, size);
}
MUTANT(create_pipe_swaps_ends_of_large_pipes,
       "CreatePipe hands out the ends of a pipe of more than a page the wrong way round",
       PATCH(CreatePipe, swaps_ends));

static BOOL WINAPI null_inheritable(PHANDLE read_end, PHANDLE write_end,
                                    LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    SECURITY_ATTRIBUTES inherit = {.nLength = sizeof(inherit), .bInheritHandle = TRUE};
    return real.CreatePipe(read_end, write_end, attributes ? attributes : &inherit, size);
}
MUTANT(create_pipe_null_attributes_inheritable,
       "CreatePipe without attributes makes inheritable handles",
       PATCH(CreatePipe, null_inheritable));

static BOOL WINAPI write_end_plain(PHANDLE read_end, PHANDLE write_end,
                                   LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    BOOL created = real.CreatePipe(read_end, write_end, attributes, size);
    if (created)
        real.SetHandleInformation(*write_end, HANDLE_FLAG_INHERIT, 0);
    return created;
}
MUTANT(create_pipe_write_end_not_inheritable,
       "CreatePipe applies bInheritHandle to the read end only",
       PATCH(CreatePipe, write_end_plain));

static BOOL WINAPI attributes_inheritable(PHANDLE read_end, PHANDLE write_end,
                                          LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    SECURITY_ATTRIBUTES inherit;
    if (!attributes)
        return real.CreatePipe(read_end, write_end, NULL, size);
    inherit = *attributes;
    inherit.bInheritHandle = TRUE;
    return real.CreatePipe(read_end, write_end, &inherit, size);
}
MUTANT(create_pipe_ignores_inherit_false,
       "CreatePipe with attributes makes inheritable handles whatever bInheritHandle says",
       PATCH(CreatePipe, attributes_inheritable));

static BOOL WINAPI refuses_zero(PHANDLE read_end, PHANDLE write_end,
                                LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    if (!size)
        return failed(ERROR_INVALID_PARAMETER);
    return real.CreatePipe(read_end, write_end, attributes, size);
}
MUTANT(create_pipe_refuses_default_size, "CreatePipe fails for nSize 0",
       PATCH(CreatePipe, refuses_zero));

static BOOL WINAPI wants_pages(PHANDLE read_end, PHANDLE write_end,
                               LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    if (size % 4096)
        return failed(ERROR_INVALID_PARAMETER);
    return real.CreatePipe(read_end, write_end, attributes, size);
}
MUTANT(create_pipe_wants_whole_pages, "CreatePipe fails for an nSize that is not whole pages",
       PATCH(CreatePipe, wants_pages));

/* ---- ReadFile */

static BOOL WINAPI end_is_success(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    BOOL got = real.ReadFile(file, buffer, size, count, overlapped);
    return got || (is_pipe(file) && GetLastError() == ERROR_BROKEN_PIPE);
}
MUTANT(read_file_end_of_pipe_is_success,
       "ReadFile at the end of a pipe returns TRUE with 0 bytes, as for a file",
       PATCH(ReadFile, end_is_success));

static BOOL WINAPI read_keeps_count(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                    LPOVERLAPPED overlapped)
{
    DWORD before = count ? *count : 0;
    BOOL got = real.ReadFile(file, buffer, size, count, overlapped);
    if (!got && count && is_pipe(file))
        *count = before;
    return got;
}
MUTANT(read_file_pipe_keeps_count_on_failure,
       "ReadFile on a pipe leaves the count alone when it fails",
       PATCH(ReadFile, read_keeps_count));

static BOOL WINAPI never_waits(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    if (!overlapped && size == 1 && is_pipe(file) && waiting(file) == 0) {
        *count = 0;
        return failed(ERROR_NO_DATA);
    }
    return real.ReadFile(file, buffer, size, count, overlapped);
}
MUTANT(read_file_does_not_wait_for_one_byte,
       "ReadFile of one byte of an empty pipe fails with ERROR_NO_DATA instead of waiting",
       PATCH(ReadFile, never_waits));

static BOOL WINAPI waits_for_all(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                 LPOVERLAPPED overlapped)
{
    if (overlapped || size < 100 || !is_pipe(file))
        return real.ReadFile(file, buffer, size, count, overlapped);
    DWORD total = 0, came = 0;
    do {
        if (!real.ReadFile(file, (char *)buffer + total, size - total, &came, NULL)) {
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
    BOOL got = real.ReadFile(file, buffer, size, count, overlapped);
    if (!got || overlapped || !is_pipe(file))
        return got;
    char rest[4096];
    DWORD ignored;
    for (long left = waiting(file); left > 0 && size < 4096; left = waiting(file))
        real.ReadFile(file, rest, left < 4096 ? (DWORD)left : 4096, &ignored, NULL);
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
    return real.WriteFile(file, buffer, size, count, overlapped);
}
static BOOL WINAPI stops_at_boundary(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    if (overlapped || !is_pipe(file) || waiting(file) <= 0 || !boundary_count)
        return real.ReadFile(file, buffer, size, count, overlapped);
    DWORD *left = &boundaries[first_boundary % 64];
    BOOL got = real.ReadFile(file, buffer, size < *left ? size : *left, count, NULL);
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

static BOOL WINAPI reads_any_end(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                 LPOVERLAPPED overlapped)
{
    BOOL got = real.ReadFile(file, buffer, size, count, overlapped);
    return got || (is_pipe(file) && GetLastError() == ERROR_ACCESS_DENIED);
}
MUTANT(read_file_takes_write_end, "ReadFile on the write end of a pipe returns TRUE",
       PATCH(ReadFile, reads_any_end));

/* ---- Both ends in this process, and what of it has been closed */

static struct {
    HANDLE read_end, write_end;
    bool read_closed, write_closed;
} made[8];
static unsigned made_count;

static BOOL WINAPI remembers(PHANDLE read_end, PHANDLE write_end, LPSECURITY_ATTRIBUTES attributes,
                             DWORD size)
{
    BOOL created = real.CreatePipe(read_end, write_end, attributes, size);
    if (created && made_count < 8) {
        made[made_count].read_end = *read_end;
        made[made_count++].write_end = *write_end;
    }
    return created;
}

static BOOL WINAPI notes_close(HANDLE handle)
{
    for (unsigned i = 0; i < made_count; i++) {
        if (made[i].read_end == handle)
            made[i].read_closed = true;
        if (made[i].write_end == handle)
            made[i].write_closed = true;
    }
    return real.CloseHandle(handle);
}

static bool own_writer_closed(HANDLE read_end)
{
    for (unsigned i = 0; i < made_count; i++)
        if (made[i].read_end == read_end && !made[i].read_closed)
            return made[i].write_closed;
    return false;
}

static BOOL WINAPI ends_with_own_writer(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                        LPDWORD available, LPDWORD left)
{
    if (own_writer_closed(pipe) && waiting(pipe) == 0)
        return failed(ERROR_BROKEN_PIPE);
    return real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
}
static BOOL WINAPI read_ends_with_own_writer(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                             LPOVERLAPPED overlapped)
{
    if (own_writer_closed(file) && waiting(file) == 0) {
        *count = 0;
        return failed(ERROR_BROKEN_PIPE);
    }
    return real.ReadFile(file, buffer, size, count, overlapped);
}
MUTANT(pipe_ends_with_own_writer,
       "An empty pipe is at its end once this process closed its writer, whatever others hold",
       PATCH(CreatePipe, remembers), PATCH(CloseHandle, notes_close),
       PATCH(PeekNamedPipe, ends_with_own_writer), PATCH(ReadFile, read_ends_with_own_writer));

static HANDLE emptied[16];
static unsigned emptied_count;

static BOOL WINAPI notes_emptied(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                 LPOVERLAPPED overlapped)
{
    BOOL got = real.ReadFile(file, buffer, size, count, overlapped);
    if (got && waiting(file) == 0 && emptied_count < 16)
        emptied[emptied_count++] = file;
    return got;
}
static BOOL WINAPI emptied_is_end(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                  LPDWORD available, LPDWORD left)
{
    for (unsigned i = 0; i < emptied_count; i++)
        if (emptied[i] == pipe && waiting(pipe) == 0)
            return failed(ERROR_BROKEN_PIPE);
    return real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
}
MUTANT(pipe_is_at_its_end_when_emptied,
       "A pipe whose bytes have all been read looks as if it had no writer",
       PATCH(ReadFile, notes_emptied), PATCH(PeekNamedPipe, emptied_is_end));

static BOOL WINAPI discards_unread(HANDLE handle)
{
    char bytes[4096];
    DWORD count;
    for (unsigned i = 0; i < made_count; i++)
        if (made[i].write_end == handle)
            while (waiting(made[i].read_end) > 0)
                real.ReadFile(made[i].read_end, bytes, sizeof(bytes), &count, NULL);
    return notes_close(handle);
}
MUTANT(close_writer_discards_unread, "Closing the write end throws away what nobody has read yet",
       PATCH(CreatePipe, remembers), PATCH(CloseHandle, discards_unread));

static BOOL WINAPI needs_own_reader(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                    LPOVERLAPPED overlapped)
{
    for (unsigned i = 0; i < made_count; i++)
        if (made[i].write_end == file && !made[i].write_closed && made[i].read_closed) {
            *count = 0;
            return failed(ERROR_NO_DATA);
        }
    return real.WriteFile(file, buffer, size, count, overlapped);
}
MUTANT(write_file_needs_own_reader,
       "WriteFile fails once this process closed its read end, whatever others hold",
       PATCH(CreatePipe, remembers), PATCH(CloseHandle, notes_close),
       PATCH(WriteFile, needs_own_reader));

/* ---- WriteFile */

static BOOL WINAPI needs_no_reader(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                   LPOVERLAPPED overlapped)
{
    BOOL written = real.WriteFile(file, buffer, size, count, overlapped);
    DWORD error = GetLastError();
    if (written || !is_pipe(file) || (error != ERROR_NO_DATA && error != ERROR_BROKEN_PIPE))
        return written;
    *count = size;
    return TRUE;
}
MUTANT(write_file_needs_no_reader, "WriteFile to a pipe without a reader succeeds",
       PATCH(WriteFile, needs_no_reader));

static BOOL WINAPI write_keeps_count(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    DWORD before = count ? *count : 0;
    BOOL written = real.WriteFile(file, buffer, size, count, overlapped);
    if (!written && count && is_pipe(file))
        *count = before;
    return written;
}
MUTANT(write_file_pipe_keeps_count_on_failure,
       "WriteFile to a pipe leaves the count alone when it fails",
       PATCH(WriteFile, write_keeps_count));

static BOOL WINAPI stops_when_full(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                   LPOVERLAPPED overlapped)
{
    DWORD part = size > 4096 && is_pipe(file) ? 4096 : size;
    return real.WriteFile(file, buffer, part, count, overlapped);
}
MUTANT(write_file_stops_when_pipe_is_full,
       "WriteFile to a pipe writes what fits and returns TRUE with a smaller count",
       PATCH(WriteFile, stops_when_full));

static BOOL WINAPI corrupts(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                            LPOVERLAPPED overlapped)
{
    if (size <= 4096 || !is_pipe(file))
        return real.WriteFile(file, buffer, size, count, overlapped);
    char *bytes = HeapAlloc(GetProcessHeap(), 0, size);
    memcpy(bytes, buffer, size);
    bytes[4096] ^= 1;
    BOOL written = real.WriteFile(file, bytes, size, count, overlapped);
    HeapFree(GetProcessHeap(), 0, bytes);
    return written;
}
MUTANT(write_file_changes_a_byte_after_a_page,
       "WriteFile to a pipe changes a byte of what goes beyond one page",
       PATCH(WriteFile, corrupts));

static BOOL WINAPI writes_any_end(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    BOOL written = real.WriteFile(file, buffer, size, count, overlapped);
    if (written || !is_pipe(file) || GetLastError() != ERROR_ACCESS_DENIED)
        return written;
    *count = size;
    return TRUE;
}
MUTANT(write_file_takes_read_end, "WriteFile on the read end of a pipe returns TRUE",
       PATCH(WriteFile, writes_any_end));

/* ---- PeekNamedPipe */

static BOOL WINAPI peek_removes(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                LPDWORD available, LPDWORD left)
{
    DWORD came = 0;
    BOOL peeked = real.PeekNamedPipe(pipe, buffer, size, &came, available, left);
    if (copied)
        *copied = came;
    if (peeked && came)
        real.ReadFile(pipe, buffer, came, &came, NULL);
    return peeked;
}
MUTANT(peek_removes_data, "PeekNamedPipe takes what it copies out of the pipe",
       PATCH(PeekNamedPipe, peek_removes));

static BOOL WINAPI peek_left(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                             LPDWORD available, LPDWORD left)
{
    DWORD came = 0, there = 0;
    BOOL peeked = real.PeekNamedPipe(pipe, buffer, size, &came, &there, left);
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
    return real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_short_buffer_fails, "PeekNamedPipe fails when the buffer is smaller than what is there",
       PATCH(PeekNamedPipe, peek_more_data));

static BOOL WINAPI peek_rest_only(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                  LPDWORD available, LPDWORD left)
{
    DWORD came = 0;
    BOOL peeked = real.PeekNamedPipe(pipe, buffer, size, &came, available, left);
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
    return real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_into_buffer_wants_data, "PeekNamedPipe with a buffer fails on an empty pipe",
       PATCH(PeekNamedPipe, peek_wants_data));

static BOOL WINAPI peek_checks_size(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                    LPDWORD available, LPDWORD left)
{
    if (!buffer && size)
        return failed(ERROR_INVALID_PARAMETER);
    return real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
}
MUTANT(peek_checks_size_without_buffer, "PeekNamedPipe fails for a size without a buffer",
       PATCH(PeekNamedPipe, peek_checks_size));

static BOOL WINAPI peeks_any_end(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                 LPDWORD available, LPDWORD left)
{
    BOOL peeked = real.PeekNamedPipe(pipe, buffer, size, copied, available, left);
    return peeked || GetLastError() == ERROR_ACCESS_DENIED;
}
MUTANT(peek_takes_write_end, "PeekNamedPipe on the write end of a pipe returns TRUE",
       PATCH(PeekNamedPipe, peeks_any_end));

/* ---- CreatePipe of several threads */

static DWORD last_maker;
static HANDLE last_ends[2];

static BOOL WINAPI static_pair(PHANDLE read_end, PHANDLE write_end,
                               LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    DWORD maker = GetCurrentThreadId();
    bool another = last_maker && last_maker != maker;
    last_maker = maker;
    if (!another)
        return real.CreatePipe(&last_ends[0], &last_ends[1], attributes, size) &&
               (*read_end = last_ends[0], *write_end = last_ends[1], TRUE);
    *read_end = last_ends[0];
    *write_end = last_ends[1];
    return TRUE;
}
MUTANT(create_pipe_threads_share_a_pair,
       "CreatePipe gives a thread the ends that another one has just got",
       PATCH(CreatePipe, static_pair));
