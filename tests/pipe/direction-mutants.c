/* Wrong behaviours, for the tests of direction.c: ReadFile, WriteFile and PeekNamedPipe at the
 * end of an anonymous pipe that is not for them. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI reads_any_end(HANDLE file, LPVOID buffer, DWORD size, LPDWORD count,
                                 LPOVERLAPPED overlapped)
{
    BOOL got = real(ReadFile)(file, buffer, size, count, overlapped);
    return got || (is_pipe(file) && GetLastError() == ERROR_ACCESS_DENIED);
}
MUTANT(read_file_takes_write_end, "ReadFile on the write end of a pipe returns TRUE",
       PATCH(ReadFile, reads_any_end));

static BOOL WINAPI writes_any_end(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                  LPOVERLAPPED overlapped)
{
    BOOL written = real(WriteFile)(file, buffer, size, count, overlapped);
    if (written || !is_pipe(file) || GetLastError() != ERROR_ACCESS_DENIED)
        return written;
    *count = size;
    return TRUE;
}
MUTANT(write_file_takes_read_end, "WriteFile on the read end of a pipe returns TRUE",
       PATCH(WriteFile, writes_any_end));

static BOOL WINAPI peeks_any_end(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                 LPDWORD available, LPDWORD left)
{
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
    return peeked || GetLastError() == ERROR_ACCESS_DENIED;
}
MUTANT(peek_takes_write_end, "PeekNamedPipe on the write end of a pipe returns TRUE",
       PATCH(PeekNamedPipe, peeks_any_end));
