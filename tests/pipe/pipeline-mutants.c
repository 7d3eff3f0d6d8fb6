/* Wrong behaviours, for the tests of pipeline.c: several processes on anonymous pipes: a
 * pipeline, two writers, a writer that is killed. */
#include "pipe-mutants.h"

#include <string.h>
#include <wchar.h>

static BOOL WINAPI swaps_writes(WRITE_FILE_PARAMETERS)
{
    static char held[16];
    static bool holds;
    DWORD ignored;
    if (size != 16 || overlapped)
        return WRITE_FILE;
    holds = !holds;
    if (holds) {
        memcpy(held, buffer, 16);
        *count = 16;
        return TRUE;
    }
    return WRITE_FILE && real(WriteFile)(file, held, 16, &ignored, NULL);
}
MUTANT(write_file_swaps_short_writes, "Two short writes of a process arrive the other way round",
       PATCH(WriteFile, swaps_writes));

static BOOL WINAPI loses_last(WRITE_FILE_PARAMETERS)
{
    BOOL written =
        real(WriteFile)(file, buffer, size == 65536 ? size - 1 : size, count, overlapped);
    if (written && count && size == 65536)
        *count = size;
    return written;
}
MUTANT(write_file_loses_the_last_of_64k, "WriteFile of 64 KiB to a pipe loses the last byte",
       PATCH(WriteFile, loses_last));
