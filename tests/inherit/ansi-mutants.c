/* Wrong behaviours, for the tests of ansi.c: CreateProcessA passes handles on as CreateProcessW
 * does. */
#include "inherit-mutants.h"

#define CREATE_A(inherit_)                                                                      \
    real(CreateProcessA)(program, words, of_process, of_thread, (inherit_), flags, environment, \
                         directory, startup, info)

static BOOL WINAPI a_passes_nothing(LPCSTR program, LPSTR words, LPSECURITY_ATTRIBUTES of_process,
                                    LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                                    LPVOID environment, LPCSTR directory, LPSTARTUPINFOA startup,
                                    LPPROCESS_INFORMATION info)
{
    bool plain = !(flags & EXTENDED_STARTUPINFO_PRESENT) && !startup->dwFlags;
    return CREATE_A(inherit && !plain);
}
MUTANT(create_process_a_passes_nothing_on,
       "CreateProcessA with nothing in its STARTUPINFO ignores bInheritHandles TRUE",
       PATCH(CreateProcessA, a_passes_nothing));

#define CREATE_A_PARAMETERS                                                             \
    LPCSTR program, LPSTR words, LPSECURITY_ATTRIBUTES of_process,                      \
        LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags, LPVOID environment, \
        LPCSTR directory, LPSTARTUPINFOA startup, LPPROCESS_INFORMATION info

static BOOL WINAPI a_ignores_list(CREATE_A_PARAMETERS)
{
    flags &= ~(DWORD)EXTENDED_STARTUPINFO_PRESENT;
    return CREATE_A(inherit);
}
MUTANT(create_process_a_ignores_the_list,
       "CreateProcessA ignores PROC_THREAD_ATTRIBUTE_HANDLE_LIST: the child inherits all",
       PATCH(CreateProcessA, a_ignores_list));

static BOOL WINAPI a_ignores_attributes(CREATE_A_PARAMETERS)
{
    of_process = of_thread = NULL;
    return CREATE_A(inherit);
}
MUTANT(create_process_a_ignores_attributes,
       "CreateProcessA ignores lpProcessAttributes and lpThreadAttributes",
       PATCH(CreateProcessA, a_ignores_attributes));

static BOOL WINAPI a_swaps_attributes(CREATE_A_PARAMETERS)
{
    LPSECURITY_ATTRIBUTES other = of_process;
    of_process = of_thread;
    of_thread = other;
    return CREATE_A(inherit);
}
MUTANT(create_process_a_swaps_attributes,
       "CreateProcessA takes the attributes of the process for those of the thread",
       PATCH(CreateProcessA, a_swaps_attributes));
