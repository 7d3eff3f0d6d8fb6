/* Wrong behaviours, for the tests of together.c: DuplicateHandle. */
#include "handle-mutants.h"

static BOOL WINAPI moves_plain(DUPLICATE_PARAMETERS)
{
    if ((options & DUPLICATE_CLOSE_SOURCE) && here(from) && here(to))
        inherit = FALSE;
    return DUPLICATED;
}
MUTANT(duplicate_handle_moves_without_inheritance,
       "DuplicateHandle ignores bInheritHandle beside DUPLICATE_CLOSE_SOURCE",
       PATCH(DuplicateHandle, moves_plain));

static BOOL WINAPI narrows_plain(DUPLICATE_PARAMETERS)
{
    if (!(options & DUPLICATE_SAME_ACCESS))
        inherit = FALSE;
    return DUPLICATED;
}
MUTANT(duplicate_handle_narrows_without_inheritance,
       "DuplicateHandle ignores bInheritHandle without DUPLICATE_SAME_ACCESS",
       PATCH(DuplicateHandle, narrows_plain));

static BOOL WINAPI keeps_access(DUPLICATE_PARAMETERS)
{
    if (to && !here(to) && copy)
        options |= DUPLICATE_SAME_ACCESS;
    return DUPLICATED;
}
MUTANT(duplicate_handle_keeps_access_in_another_process,
       "DuplicateHandle into another process ignores dwDesiredAccess",
       PATCH(DuplicateHandle, keeps_access));
