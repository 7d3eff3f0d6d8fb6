/* Wrong behaviours, for the tests of threads.c: threads that call CreatePipe at once. */
#include "pipe-mutants.h"

#include <string.h>

static DWORD last_maker;
static HANDLE last_ends[2];

static BOOL WINAPI static_pair(PHANDLE read_end, PHANDLE write_end,
                               LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    DWORD maker = GetCurrentThreadId();
    bool another = last_maker && last_maker != maker;
    last_maker = maker;
    if (!another)
        return real(CreatePipe)(&last_ends[0], &last_ends[1], attributes, size) &&
               (*read_end = last_ends[0], *write_end = last_ends[1], TRUE);
    *read_end = last_ends[0];
    *write_end = last_ends[1];
    return TRUE;
}
MUTANT(create_pipe_threads_share_a_pair,
       "CreatePipe gives a thread the ends that another one has just got",
       PATCH(CreatePipe, static_pair));
