/* Wrong behaviours, for the tests of session.c: consoles and who has them. */
#include "stdio-mutants.h"

CREATES_AFTER(own_by_default, if (is_peer() && !flags) flags |= CREATE_NEW_CONSOLE)
MUTANT(create_process_gives_each_child_a_console,
       "A child of a process with a console has one of its own by default",
       PATCH(CreateProcessW, own_by_default));

CREATES_AFTER(shared_when_new, if (is_peer() && flags == CREATE_NEW_CONSOLE) flags = 0)
MUTANT(create_process_shares_a_new_console, "A child with CREATE_NEW_CONSOLE has its parent's",
       PATCH(CreateProcessW, shared_when_new));

CREATES_AFTER(no_window_first, if (flags & CREATE_NO_WINDOW && flags & CREATE_NEW_CONSOLE) flags &=
                               ~(DWORD)(CREATE_NEW_CONSOLE | CREATE_NO_WINDOW))
MUTANT(create_process_no_window_undoes_new_console,
       "A child with CREATE_NEW_CONSOLE and CREATE_NO_WINDOW has no console of its own",
       PATCH(CreateProcessW, no_window_first));

static bool left;

static BOOL WINAPI notes_leaving(void)
{
    left = true;
    return real(FreeConsole)();
}

static DWORD WINAPI lists_it_alone(LPDWORD processes, DWORD count)
{
    if (!left)
        return real(GetConsoleProcessList)(processes, count);
    *processes = GetCurrentProcessId();
    return 1;
}
MUTANT(free_console_leaves_it_in_the_list,
       "A process that has called FreeConsole is in the list of those at its console",
       PATCH(FreeConsole, notes_leaving), PATCH(GetConsoleProcessList, lists_it_alone));
