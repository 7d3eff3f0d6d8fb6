/* Wrong behaviours, for the tests of unsaid.c: handles without access where reading is denied. */
#include "npipe-mutants.h"

static HANDLE WINAPI reads_for_no_access(OPEN_PARAMETERS)
{
    if (access || !is_pipe_name(name))
        return OPEN;
    access = GENERIC_READ;
    HANDLE reader = OPEN, client = INVALID_HANDLE_VALUE;
    if (reader != INVALID_HANDLE_VALUE)
        real(DuplicateHandle)(GetCurrentProcess(), reader, GetCurrentProcess(), &client,
                              FILE_READ_ATTRIBUTES | SYNCHRONIZE, FALSE, DUPLICATE_CLOSE_SOURCE);
    return client;
}
MUTANT(npipe_open_without_access_needs_reading,
       "CreateFile without access opens a pipe only for those who may read it",
       PATCH(CreateFileW, reads_for_no_access));
