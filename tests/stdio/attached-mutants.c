/* Wrong behaviours, for the tests of attached.c: AttachConsole and FreeConsole. */
#include "stdio-mutants.h"

static const DWORD devices[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

static bool handles_were_given(void)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    real(GetStartupInfoW)(&startup);
    return startup.dwFlags & STARTF_USESTDHANDLES;
}

static BOOL WINAPI replaces_given(DWORD process)
{
    BOOL attached = real(AttachConsole)(process);
    if (attached && handles_were_given())
        real(SetStdHandle)(STD_OUTPUT_HANDLE,
                           real(CreateFileW)(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                             FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                             OPEN_EXISTING, 0, NULL));
    return attached;
}
MUTANT(attach_console_replaces_given,
       "AttachConsole replaces the output that STARTUPINFO gave, a pipe, by that of the console",
       PATCH(AttachConsole, replaces_given));

static BOOL attach_and_restore(DWORD process, bool given, bool missing)
{
    HANDLE before[3];
    for (int i = 0; i < 3; i++)
        before[i] = real(GetStdHandle)(devices[i]);
    BOOL attached = real(AttachConsole)(process);
    for (int i = 0; attached && i < 3; i++)
        if (handles_were_given() == given && !before[i] == missing)
            real(SetStdHandle)(devices[i], before[i]);
    return attached;
}

static BOOL WINAPI keeps_set(DWORD process)
{
    return attach_and_restore(process, false, false);
}
MUTANT(attach_console_keeps_what_was_set,
       "AttachConsole leaves the standard handles that SetStdHandle has set",
       PATCH(AttachConsole, keeps_set));

static BOOL WINAPI fills_nothing(DWORD process)
{
    return attach_and_restore(process, true, true);
}
MUTANT(attach_console_leaves_missing_handles,
       "AttachConsole leaves a standard handle NULL that STARTUPINFO gave as NULL",
       PATCH(AttachConsole, fills_nothing));

static BOOL WINAPI moves(DWORD process)
{
    BOOL attached = real(AttachConsole)(process);
    return attached || GetLastError() != ERROR_ACCESS_DENIED
               ? attached
               : real(FreeConsole)() && real(AttachConsole)(process);
}
MUTANT(attach_console_lets_the_own_go,
       "AttachConsole takes a process that has a console from that to the other one",
       PATCH(AttachConsole, moves));

static BOOL WINAPI takes_none_for_unknown(DWORD process)
{
    BOOL attached = real(AttachConsole)(process);
    return failed_with(attached, ERROR_INVALID_HANDLE) ? failed(ERROR_INVALID_PARAMETER) : attached;
}
MUTANT(attach_console_takes_none_for_no_process,
       "AttachConsole fails with ERROR_INVALID_PARAMETER for a process without a console",
       PATCH(AttachConsole, takes_none_for_unknown));

static BOOL WINAPI takes_unknown_for_none(DWORD process)
{
    HANDLE handle =
        process == ATTACH_PARENT_PROCESS ? NULL : real(OpenProcess)(SYNCHRONIZE, FALSE, process);
    if (!handle && process != ATTACH_PARENT_PROCESS)
        return failed(ERROR_INVALID_HANDLE);
    real(CloseHandle)(handle);
    return real(AttachConsole)(process);
}
MUTANT(attach_console_takes_no_process_for_none,
       "AttachConsole fails with ERROR_INVALID_HANDLE where there is no such process",
       PATCH(AttachConsole, takes_unknown_for_none));

static BOOL WINAPI knows_no_parent(DWORD process)
{
    return process == ATTACH_PARENT_PROCESS ? failed(ERROR_INVALID_PARAMETER)
                                            : real(AttachConsole)(process);
}
MUTANT(attach_console_knows_no_parent,
       "AttachConsole takes ATTACH_PARENT_PROCESS for the identifier of a process",
       PATCH(AttachConsole, knows_no_parent));

static BOOL WINAPI frees_nothing(void)
{
    return TRUE;
}
MUTANT(free_console_stays_attached, "FreeConsole returns TRUE and the process keeps its console",
       PATCH(FreeConsole, frees_nothing));

static BOOL WINAPI wants_one(void)
{
    DWORD processes[1];
    return real(GetConsoleProcessList)(processes, 1) ? real(FreeConsole)()
                                                     : failed(ERROR_INVALID_HANDLE);
}
MUTANT(free_console_wants_a_console, "FreeConsole fails in a process that has no console",
       PATCH(FreeConsole, wants_one));
