/* Wrong behaviours, for the tests of share.c: how a second and a third process come to the same
 * object: by name, by inheritance, by a duplicated handle. */
#include "mapping-mutants.h"

static BOOL WINAPI duplicate_the_object(HANDLE source_process, HANDLE source, HANDLE target_process,
                                        HANDLE *target, DWORD access, BOOL inherit, DWORD options)
{
    HANDLE copy = source_process == GetCurrentProcess() ? copy_of(source) : NULL;
    return real(DuplicateHandle)(source_process, copy != NULL ? copy : source, target_process,
                                 target, access, inherit, options);
}
MUTANT(duplicate_mapping_copies_the_object,
       "DuplicateHandle duplicates the object of a file mapping, not just the handle",
       PATCH(DuplicateHandle, duplicate_the_object));
