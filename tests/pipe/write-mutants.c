/* Wrong behaviours, for the tests of write.c: WriteFile to an anonymous pipe that is full or
 * that nobody reads any more. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI stops_when_full(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                   LPOVERLAPPED overlapped)
{
    DWORD part = size > 4096 && is_pipe(file) ? 4096 : size;
    return real(WriteFile)(file, buffer, part, count, overlapped);
}
MUTANT(write_file_stops_when_pipe_is_full,
       "WriteFile to a pipe writes what fits and returns TRUE with a smaller count",
       PATCH(WriteFile, stops_when_full));
