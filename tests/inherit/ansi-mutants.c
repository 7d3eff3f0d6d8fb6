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
    (void)inherit;
    return CREATE_A(FALSE);
}
MUTANT(create_process_a_passes_nothing_on, "CreateProcessA ignores bInheritHandles TRUE",
       PATCH(CreateProcessA, a_passes_nothing));
