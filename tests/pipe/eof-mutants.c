/* Wrong behaviours, for the tests of eof.c: when ReadFile on an anonymous pipe reports the end:
 * after the last writer of any process. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI end_is_success(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    BOOL got = real(ReadFile)(file, buffer, size, count, overlapped);
    return got || (is_pipe(file) && GetLastError() == ERROR_BROKEN_PIPE);
}
MUTANT(read_file_end_of_pipe_is_success,
       "ReadFile at the end of a pipe returns TRUE with 0 bytes, as for a file",
       PATCH(ReadFile, end_is_success));

static BOOL WINAPI read_keeps_count(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                    LPOVERLAPPED overlapped)
{
    DWORD before = count ? *count : 0;
    BOOL got = real(ReadFile)(file, buffer, size, count, overlapped);
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
    return real(ReadFile)(file, buffer, size, count, overlapped);
}
MUTANT(read_file_does_not_wait_for_one_byte,
       "ReadFile of one byte of an empty pipe fails with ERROR_NO_DATA instead of waiting",
       PATCH(ReadFile, never_waits));

static struct {
    HANDLE read_end, write_end;
    bool read_closed, write_closed;
} made[8];
static unsigned made_count;

static BOOL WINAPI remembers(PHANDLE read_end, PHANDLE write_end, LPSECURITY_ATTRIBUTES attributes,
                             DWORD size)
{
    BOOL created = real(CreatePipe)(read_end, write_end, attributes, size);
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
    return real(CloseHandle)(handle);
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
    return real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
}

static BOOL WINAPI read_ends_with_own_writer(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                             LPOVERLAPPED overlapped)
{
    if (own_writer_closed(file) && waiting(file) == 0) {
        *count = 0;
        return failed(ERROR_BROKEN_PIPE);
    }
    return real(ReadFile)(file, buffer, size, count, overlapped);
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
    BOOL got = real(ReadFile)(file, buffer, size, count, overlapped);
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
    return real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
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
                real(ReadFile)(made[i].read_end, bytes, sizeof(bytes), &count, NULL);
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
    return real(WriteFile)(file, buffer, size, count, overlapped);
}
MUTANT(write_file_needs_own_reader,
       "WriteFile fails once this process closed its read end, whatever others hold",
       PATCH(CreatePipe, remembers), PATCH(CloseHandle, notes_close),
       PATCH(WriteFile, needs_own_reader));
