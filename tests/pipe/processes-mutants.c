/* Wrong behaviours, for the tests of processes.c: an anonymous pipe between two processes:
 * parent to child, child to parent, child to child. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI corrupts(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                            LPOVERLAPPED overlapped)
{
    if (size <= 4096 || !is_pipe(file))
        return real(WriteFile)(file, buffer, size, count, overlapped);
    char *bytes = HeapAlloc(GetProcessHeap(), 0, size);
    memcpy(bytes, buffer, size);
    bytes[4096] ^= 1;
    BOOL written = real(WriteFile)(file, bytes, size, count, overlapped);
    HeapFree(GetProcessHeap(), 0, bytes);
    return written;
}
MUTANT(write_file_changes_a_byte_after_a_page,
       "WriteFile to a pipe changes a byte of what goes beyond one page",
       PATCH(WriteFile, corrupts));
