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

static bool left, came;

static BOOL WINAPI notes_leaving(void)
{
    left = true;
    return real(FreeConsole)();
}

static BOOL WINAPI notes_coming(DWORD process)
{
    came = true;
    return real(AttachConsole)(process);
}

static DWORD WINAPI lists_it_alone(LPDWORD processes, DWORD count)
{
    if (!left && !came)
        return real(GetConsoleProcessList)(processes, count);
    *processes = GetCurrentProcessId();
    return 1;
}
MUTANT(free_console_leaves_it_in_the_list,
       "A process that has called FreeConsole is in the list of those at its console",
       PATCH(FreeConsole, notes_leaving), PATCH(GetConsoleProcessList, lists_it_alone));
MUTANT(attach_console_makes_a_new_one,
       "A process that has called AttachConsole is alone at its console",
       PATCH(AttachConsole, notes_coming), PATCH(GetConsoleProcessList, lists_it_alone));

static BOOL WINAPI leaves_handles(DWORD process)
{
    HANDLE before = real(GetStdHandle)(STD_OUTPUT_HANDLE);
    BOOL attached = real(AttachConsole)(process);
    DWORD error = GetLastError();
    real(SetStdHandle)(STD_OUTPUT_HANDLE, before);
    SetLastError(error);
    return attached;
}
MUTANT(attach_console_leaves_the_handles, "AttachConsole gives the process no standard handles",
       PATCH(AttachConsole, leaves_handles));

static BOOL WINAPI replaces_given(DWORD process)
{
    STARTUPINFOW told = {.cb = sizeof(told)};
    BOOL attached = real(AttachConsole)(process);
    real(GetStartupInfoW)(&told);
    if (attached && told.dwFlags & STARTF_USESTDHANDLES)
        real(SetStdHandle)(STD_OUTPUT_HANDLE,
                           real(CreateFileW)(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                             FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                             OPEN_EXISTING, 0, NULL));
    return attached;
}
MUTANT(attach_console_replaces_given,
       "AttachConsole replaces the standard handles that STARTUPINFO gave",
       PATCH(AttachConsole, replaces_given));
