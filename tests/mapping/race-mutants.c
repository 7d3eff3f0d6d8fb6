/* Wrong behaviours, for the tests of race.c: several processes create one name at the same time:
 * one of them creates, the others open. */
#include "mapping-mutants.h"

#include <stdlib.h>

static volatile LONG times;

static HANDLE WINAPI lose_the_race(CREATE_PARAMETERS)
{
    HANDLE mapping = real(CreateFileMappingW)(CREATE_ARGUMENTS);
    if (mapping != NULL && GetLastError() == ERROR_ALREADY_EXISTS &&
        InterlockedIncrement(&times) % 20 == 1 && file == INVALID_HANDLE_VALUE && low < 2)
        SetLastError(ERROR_SUCCESS);
    return mapping;
}
MUTANT(create_mapping_has_two_creators_now_and_then,
       "CreateFileMapping tells two callers now and then that they have created one object",
       PATCH(CreateFileMappingW, lose_the_race));
