/* Wrong behaviours, for the tests of option_no_room.c: lengths of 0. */
#include "option-mutants.h"

static int WINAPI get_in_no_room(GET_PARAMETERS)
{
    int room = size ? *size : 0, result = GET;
    return value && size && room == 0 ? failure_hidden(result, WSAEFAULT, 0) : result;
}
MUTANT(getsockopt_takes_no_room, "getsockopt succeeds with a length of 0",
       PATCH(getsockopt, get_in_no_room));

static int WINAPI set_to_nothing(SET_PARAMETERS)
{
    int result = SET;
    return value && size == 0 ? failure_hidden(result, WSAEFAULT, 0) : result;
}
MUTANT(setsockopt_takes_no_byte, "setsockopt succeeds with a length of 0",
       PATCH(setsockopt, set_to_nothing));

SET_FAILS(nothing_is_invalid, !value, WSAEFAULT, WSAEINVAL)
MUTANT(setsockopt_of_nothing_is_invalid, "setsockopt without a value fails with WSAEINVAL",
       PATCH(setsockopt, set_nothing_is_invalid));
