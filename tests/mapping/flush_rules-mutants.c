/* Wrong behaviours, for the tests of flush_rules.c: FlushViewOfFile and FlushFileBuffers on
 * mapped files, and writers that are killed. */
#include "mapping-mutants.h"

static BOOL WINAPI want_writable(const void *address, SIZE_T size)
{
    MEMORY_BASIC_INFORMATION region;
    if (real(VirtualQuery)(address, &region, sizeof(region)) && region.Protect == PAGE_READONLY) {
        SetLastError(ERROR_ACCESS_DENIED);
        return FALSE;
    }
    return real(FlushViewOfFile)(address, size);
}
MUTANT(flush_view_wants_write, "FlushViewOfFile fails on a view for reading",
       PATCH(FlushViewOfFile, want_writable));
