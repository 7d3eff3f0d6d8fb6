/* Wrong behaviours, for the tests of console.c: the standard handles of a child that shares the
 * console, has one of its own, or has none. */
#include "stdio-mutants.h"

static BOOL WINAPI swaps(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW swapped = *startup;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdError)
        return CREATE_PROCESS(inherit, flags, startup);
    swapped.hStdOutput = startup->hStdError;
    swapped.hStdError = startup->hStdOutput;
    return CREATE_PROCESS(inherit, flags, &swapped);
}
MUTANT(create_process_swaps_output_and_error,
       "CreateProcess gives the child hStdError as its output and hStdOutput as its error",
       PATCH(CreateProcessW, swaps));
MUTANT(create_process_passes_no_std_handles_on,
       "A child gets no standard handles unless STARTUPINFO gives it some",
       PATCH(CreateProcessW, none));

/* Creates the child as if STARTUPINFO had given it none. */
static BOOL with_none_given(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.dwFlags &= ~(DWORD)STARTF_USESTDHANDLES;
    return CREATE_PROCESS(inherit, flags, &plain);
}

FOR_CONSOLE(new_has_the_parents, CREATE_NEW_CONSOLE, false, with_the_parents)

MUTANT(create_process_new_console_has_the_parents,
       "A child with a new console gets its parent's standard handles",
       PATCH(CreateProcessW, new_has_the_parents));

FOR_CONSOLE(no_window_has_the_parents, CREATE_NO_WINDOW, false, with_the_parents)

MUTANT(create_process_no_window_has_the_parents,
       "A child with CREATE_NO_WINDOW gets its parent's standard handles",
       PATCH(CreateProcessW, no_window_has_the_parents));

FOR_CONSOLE(new_replaces_given, CREATE_NEW_CONSOLE, true, with_none_given)

MUTANT(create_process_new_console_replaces_given,
       "CREATE_NEW_CONSOLE replaces the standard handles that STARTUPINFO gives",
       PATCH(CreateProcessW, new_replaces_given));

FOR_CONSOLE(no_window_replaces_given, CREATE_NO_WINDOW, true, with_none_given)

MUTANT(create_process_no_window_replaces_given,
       "CREATE_NO_WINDOW replaces the standard handles that STARTUPINFO gives",
       PATCH(CreateProcessW, no_window_replaces_given));

FOR_CONSOLE(detached_ignores_given, DETACHED_PROCESS, true, with_none_given)

MUTANT(create_process_detached_ignores_given,
       "DETACHED_PROCESS takes away the standard handles that STARTUPINFO gives",
       PATCH(CreateProcessW, detached_ignores_given));

static bool was_given(void)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    GetStartupInfoW(&startup);
    return startup.dwFlags & STARTF_USESTDHANDLES;
}

/* Whether the process, which asks for a standard handle, has got its console after it asked first.
 */
static bool console_came(void)
{
    static bool asked, had_one;
    DWORD error = GetLastError();
    HANDLE screen =
        real(CreateFileW)(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                          FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    bool has_one = screen != INVALID_HANDLE_VALUE;
    if (has_one)
        real(CloseHandle)(screen);
    SetLastError(error);
    if (!asked)
        had_one = has_one;
    asked = true;
    return has_one && !had_one;
}

static HANDLE WINAPI given_is_replaced(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    return console_came() && was_given() ? (HANDLE)((UINT_PTR)handle + 4) : handle;
}
MUTANT(alloc_console_replaces_given,
       "AllocConsole replaces the standard handles that STARTUPINFO gave",
       PATCH(GetStdHandle, given_is_replaced));

static HANDLE last_set;

static BOOL WINAPI notes_set(DWORD which, HANDLE handle)
{
    if (which == STD_OUTPUT_HANDLE)
        last_set = handle;
    return real(SetStdHandle)(which, handle);
}

static HANDLE WINAPI set_is_kept(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    return which == STD_OUTPUT_HANDLE && is_peer() && last_set ? last_set : handle;
}
MUTANT(alloc_console_keeps_what_was_set,
       "AllocConsole leaves the standard handles that SetStdHandle has set",
       PATCH(SetStdHandle, notes_set), PATCH(GetStdHandle, set_is_kept));
