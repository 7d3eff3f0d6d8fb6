/* Wrong behaviours, for the tests of ansi.c: the standard handles of CreateProcessA. */
#include "mutants.h"

#define CREATE_A_PARAMETERS                                                           \
    LPCSTR program, LPSTR words, LPSECURITY_ATTRIBUTES of_process,                    \
        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags, LPVOID variables, \
        LPCSTR directory, LPSTARTUPINFOA startup, LPPROCESS_INFORMATION info

static BOOL create_without(CREATE_A_PARAMETERS, DWORD flag)
{
    DWORD given = startup->dwFlags;
    startup->dwFlags &= ~flag;
    BOOL created = real(CreateProcessA)(program, words, of_process, of_thread, inherit, flags,
                                        variables, directory, startup, info);
    startup->dwFlags = given;
    return created;
}

static BOOL WINAPI drops_handles(CREATE_A_PARAMETERS)
{
    return create_without(program, words, of_process, of_thread, inherit, flags, variables,
                          directory, startup, info, STARTF_USESTDHANDLES);
}
MUTANT(create_process_a_drops_standard_handles, "CreateProcessA ignores STARTF_USESTDHANDLES",
       PATCH(CreateProcessA, drops_handles));

static BOOL WINAPI drops_beside_others(CREATE_A_PARAMETERS)
{
    bool others = (startup->dwFlags & ~(DWORD)STARTF_USESTDHANDLES) != 0;
    return create_without(program, words, of_process, of_thread, inherit, flags, variables,
                          directory, startup, info, others ? STARTF_USESTDHANDLES : 0);
}
MUTANT(create_process_a_drops_standard_handles_beside_others,
       "CreateProcessA ignores STARTF_USESTDHANDLES beside other flags",
       PATCH(CreateProcessA, drops_beside_others));
