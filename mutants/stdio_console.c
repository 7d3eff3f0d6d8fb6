/* Wrong behaviours of standard handles where a child has a console of its own, or none. */
#include "inherit.h"

/* Creates the child as if STARTUPINFO had given it its parent's standard handles. */
static BOOL with_the_parents(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW parents = *startup;
    parents.dwFlags |= STARTF_USESTDHANDLES;
    parents.hStdInput = real.GetStdHandle(STD_INPUT_HANDLE);
    parents.hStdOutput = real.GetStdHandle(STD_OUTPUT_HANDLE);
    parents.hStdError = real.GetStdHandle(STD_ERROR_HANDLE);
    return CREATE_PROCESS(inherit, flags, &parents);
}

/* Creates the child as if STARTUPINFO had given it none. */
static BOOL with_none_given(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW plain = *startup;
    plain.dwFlags &= ~(DWORD)STARTF_USESTDHANDLES;
    return CREATE_PROCESS(inherit, flags, &plain);
}

#define ARGUMENTS \
    program, words, of_process, of_thread, inherit, flags, environment, directory, startup, info

/* CreateProcess for one kind of console: WHAT is done where STARTUPINFO gives handles, or none. */
#define FOR_CONSOLE(name, flag, given, what)                                             \
    static BOOL WINAPI name(CREATE_PROCESS_PARAMETERS)                                   \
    {                                                                                    \
        if (!(flags & (flag)) || !!(startup->dwFlags & STARTF_USESTDHANDLES) != (given)) \
            return CREATE_PROCESS(inherit, flags, startup);                              \
        return what(ARGUMENTS);                                                          \
    }

FOR_CONSOLE(new_has_the_parents, CREATE_NEW_CONSOLE, false, with_the_parents)
MUTANT(create_process_new_console_has_the_parents,
       "A child with a new console gets its parent's standard handles",
       PATCH(CreateProcessW, new_has_the_parents));

FOR_CONSOLE(no_window_has_the_parents, CREATE_NO_WINDOW, false, with_the_parents)
MUTANT(create_process_no_window_has_the_parents,
       "A child with CREATE_NO_WINDOW gets its parent's standard handles",
       PATCH(CreateProcessW, no_window_has_the_parents));

FOR_CONSOLE(detached_has_the_parents, DETACHED_PROCESS, false, with_the_parents)
MUTANT(create_process_detached_has_the_parents,
       "A child without a console gets its parent's standard handles",
       PATCH(CreateProcessW, detached_has_the_parents));

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

static BOOL WINAPI nothing_means_the_parents(CREATE_PROCESS_PARAMETERS)
{
    bool none = !startup->hStdInput && !startup->hStdOutput && !startup->hStdError;
    return none && startup->dwFlags & STARTF_USESTDHANDLES
               ? with_the_parents(ARGUMENTS)
               : CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_nothing_given_means_the_parents,
       "A child that STARTUPINFO gives no standard handles gets its parent's",
       PATCH(CreateProcessW, nothing_means_the_parents));

/* ---- AllocConsole: a process that started without a console asks for its handles afterwards */

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
    bool has_one = GetConsoleCP() != 0;
    if (!asked)
        had_one = has_one;
    asked = true;
    return has_one && !had_one;
}

static HANDLE WINAPI given_is_replaced(DWORD which)
{
    HANDLE handle = real.GetStdHandle(which);
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
    return real.SetStdHandle(which, handle);
}

static HANDLE WINAPI set_is_kept(DWORD which)
{
    HANDLE handle = real.GetStdHandle(which);
    return which == STD_OUTPUT_HANDLE && is_peer() && last_set ? last_set : handle;
}
MUTANT(alloc_console_keeps_what_was_set,
       "AllocConsole leaves the standard handles that SetStdHandle has set",
       PATCH(SetStdHandle, notes_set), PATCH(GetStdHandle, set_is_kept));
