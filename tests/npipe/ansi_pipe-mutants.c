/* Wrong behaviours, for the tests of ansi_pipe.c: CreateNamedPipeA and CreateFileA. */
#include "npipe-mutants.h"

#define CREATE_A_PARAMETERS                                                                        \
    LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances, DWORD out_size, DWORD in_size, \
        DWORD time_out, LPSECURITY_ATTRIBUTES security
#define CREATE_A                                                                               \
    real(CreateNamedPipeA)(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, \
                           security)
#define CREATES_A_AFTER(name_, change)              \
    static HANDLE WINAPI name_(CREATE_A_PARAMETERS) \
    {                                               \
        change;                                     \
        return CREATE_A;                            \
    }

static HANDLE WINAPI swaps_sizes(CREATE_A_PARAMETERS)
{
    DWORD size = out_size;
    out_size = in_size;
    in_size = size;
    return CREATE_A;
}
MUTANT(create_named_pipe_a_swaps_sizes, "CreateNamedPipeA takes the incoming size first",
       PATCH(CreateNamedPipeA, swaps_sizes));

CREATES_A_AFTER(drops_read_mode, pipe_mode &= ~(DWORD)PIPE_READMODE_MESSAGE)
MUTANT(create_named_pipe_a_drops_the_read_mode, "CreateNamedPipeA leaves a pipe in byte read mode",
       PATCH(CreateNamedPipeA, drops_read_mode));

CREATES_A_AFTER(drops_first, open_mode &= ~(DWORD)FILE_FLAG_FIRST_PIPE_INSTANCE)
MUTANT(create_named_pipe_a_drops_first_instance,
       "CreateNamedPipeA ignores FILE_FLAG_FIRST_PIPE_INSTANCE",
       PATCH(CreateNamedPipeA, drops_first));

CREATES_A_AFTER(drops_attributes, security = NULL)
MUTANT(create_named_pipe_a_drops_attributes, "CreateNamedPipeA ignores lpSecurityAttributes",
       PATCH(CreateNamedPipeA, drops_attributes));

CREATES_A_AFTER(drops_overlapped, open_mode &= ~(DWORD)FILE_FLAG_OVERLAPPED)
MUTANT(create_named_pipe_a_drops_overlapped, "CreateNamedPipeA ignores FILE_FLAG_OVERLAPPED",
       PATCH(CreateNamedPipeA, drops_overlapped));

CREATES_A_AFTER(drops_time_out, time_out = 1)
MUTANT(create_named_pipe_a_drops_the_time_out, "CreateNamedPipeA ignores nDefaultTimeOut",
       PATCH(CreateNamedPipeA, drops_time_out));

static BOOL WINAPI knows_no_default(LPCSTR name, DWORD time_out)
{
    return real(WaitNamedPipeA)(name, time_out == NMPWAIT_USE_DEFAULT_WAIT ? 1 : time_out);
}
MUTANT(wait_named_pipe_a_knows_no_default,
       "WaitNamedPipeA does not wait with NMPWAIT_USE_DEFAULT_WAIT",
       PATCH(WaitNamedPipeA, knows_no_default));

#define OPEN_A_PARAMETERS                                                                   \
    LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD creation, \
        DWORD flags, HANDLE template
#define OPEN_A real(CreateFileA)(name, access, share, security, creation, flags, template)

static HANDLE WINAPI open_drops_attributes(OPEN_A_PARAMETERS)
{
    security = NULL;
    return OPEN_A;
}
MUTANT(create_file_a_drops_attributes, "CreateFileA ignores lpSecurityAttributes",
       PATCH(CreateFileA, open_drops_attributes));

static HANDLE WINAPI open_drops_overlapped(OPEN_A_PARAMETERS)
{
    flags &= ~(DWORD)FILE_FLAG_OVERLAPPED;
    return OPEN_A;
}
MUTANT(create_file_a_drops_overlapped, "CreateFileA ignores FILE_FLAG_OVERLAPPED",
       PATCH(CreateFileA, open_drops_overlapped));

static HANDLE WINAPI opens_for_both(OPEN_A_PARAMETERS)
{
    access |= GENERIC_READ | GENERIC_WRITE;
    return OPEN_A;
}
MUTANT(create_file_a_opens_pipes_for_both, "CreateFileA opens a pipe for both directions",
       PATCH(CreateFileA, opens_for_both));
