/* Wrong behaviours, for the tests of create.c: what CreatePipe makes: two ends, their
 * inheritability, and the buffer sizes it takes. */
#include "pipe-mutants.h"

#include <string.h>

static BOOL WINAPI swaps_ends(PHANDLE read_end, PHANDLE write_end, LPSECURITY_ATTRIBUTES attributes,
                              DWORD size)
{
    if (size <= 4096)
        return real(CreatePipe)(read_end, write_end, attributes, size);
    return real(CreatePipe)(write_end, read_end, attributes, size);
}
MUTANT(create_pipe_swaps_ends_of_large_pipes,
       "CreatePipe hands out the ends of a pipe of more than a page the wrong way round",
       PATCH(CreatePipe, swaps_ends));

static BOOL WINAPI null_inheritable(PHANDLE read_end, PHANDLE write_end,
                                    LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    SECURITY_ATTRIBUTES inherit = {.nLength = sizeof(inherit), .bInheritHandle = TRUE};
    return real(CreatePipe)(read_end, write_end, attributes ? attributes : &inherit, size);
}
MUTANT(create_pipe_null_attributes_inheritable,
       "CreatePipe without attributes makes inheritable handles",
       PATCH(CreatePipe, null_inheritable));

static BOOL WINAPI write_end_plain(PHANDLE read_end, PHANDLE write_end,
                                   LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    BOOL created = real(CreatePipe)(read_end, write_end, attributes, size);
    if (created)
        real(SetHandleInformation)(*write_end, HANDLE_FLAG_INHERIT, 0);
    return created;
}
MUTANT(create_pipe_write_end_not_inheritable,
       "CreatePipe applies bInheritHandle to the read end only",
       PATCH(CreatePipe, write_end_plain));

static BOOL WINAPI attributes_inheritable(PHANDLE read_end, PHANDLE write_end,
                                          LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    SECURITY_ATTRIBUTES inherit;
    if (!attributes)
        return real(CreatePipe)(read_end, write_end, NULL, size);
    inherit = *attributes;
    inherit.bInheritHandle = TRUE;
    return real(CreatePipe)(read_end, write_end, &inherit, size);
}
MUTANT(create_pipe_ignores_inherit_false,
       "CreatePipe with attributes makes inheritable handles whatever bInheritHandle says",
       PATCH(CreatePipe, attributes_inheritable));

static BOOL WINAPI refuses_zero(PHANDLE read_end, PHANDLE write_end,
                                LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    if (!size)
        return failed(ERROR_INVALID_PARAMETER);
    return real(CreatePipe)(read_end, write_end, attributes, size);
}
MUTANT(create_pipe_refuses_default_size, "CreatePipe fails for nSize 0",
       PATCH(CreatePipe, refuses_zero));

static BOOL WINAPI wants_pages(PHANDLE read_end, PHANDLE write_end,
                               LPSECURITY_ATTRIBUTES attributes, DWORD size)
{
    if (size % 4096)
        return failed(ERROR_INVALID_PARAMETER);
    return real(CreatePipe)(read_end, write_end, attributes, size);
}
MUTANT(create_pipe_wants_whole_pages, "CreatePipe fails for an nSize that is not whole pages",
       PATCH(CreatePipe, wants_pages));
