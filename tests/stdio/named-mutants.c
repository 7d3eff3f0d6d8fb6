/* Wrong behaviours, for the tests of named.c: named pipes as standard handles. */
#include "stdio-mutants.h"

static BOOL WINAPI named_input_is_lost(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW without = *startup;
    DWORD of_pipe = 0, instances = 0;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdInput ||
        startup->hStdInput != startup->hStdOutput ||
        !real(GetNamedPipeInfo)(startup->hStdInput, &of_pipe, NULL, NULL, &instances))
        return CREATE_PROCESS(inherit, flags, startup);
    without.hStdInput = NULL;
    return CREATE_PROCESS(inherit, flags, &without);
}
MUTANT(create_process_takes_a_handle_for_one_device,
       "A named pipe that is given as input and output serves as output alone",
       PATCH(CreateProcessW, named_input_is_lost));
