/* Wrong behaviours, for the tests of attach.c: consoles and standard handles. */
#include "stdio-mutants.h"

/* A console for input beside a pipe for output, in a process that was given handles. */
static HANDLE WINAPI nothing_is_filled(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    STARTUPINFOW told = {.cb = sizeof(told)};
    DWORD error = GetLastError();
    real(GetStartupInfoW)(&told);
    bool filled = which == STD_INPUT_HANDLE && is_peer() && handle &&
                  (told.dwFlags & STARTF_USESTDHANDLES) &&
                  real(GetFileType)(handle) == FILE_TYPE_CHAR &&
                  real(GetFileType)(real(GetStdHandle)(STD_OUTPUT_HANDLE)) == FILE_TYPE_PIPE;
    SetLastError(error);
    return filled ? NULL : handle;
}
MUTANT(console_leaves_a_missing_input_missing,
       "A console does not fill in the input that STARTUPINFO gives as NULL",
       PATCH(GetStdHandle, nothing_is_filled));

#define FILE_PARAMETERS                                                                           \
    LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES attributes, DWORD disposition, \
        DWORD flags, HANDLE model

/* The redirected handle instead of the console's. */
static HANDLE WINAPI standard_instead(FILE_PARAMETERS)
{
    if (is_peer() && !wcscmp(name, L"CONIN$"))
        return real(GetStdHandle)(STD_INPUT_HANDLE);
    if (is_peer() && !wcscmp(name, L"CONOUT$") && (access & GENERIC_READ))
        return real(GetStdHandle)(STD_OUTPUT_HANDLE);
    return real(CreateFileW)(name, access, share, attributes, disposition, flags, model);
}
MUTANT(console_names_mean_the_standard_handles,
       "CONIN$ and CONOUT$ are the standard handles, redirected or not",
       PATCH(CreateFileW, standard_instead));

CREATES_AFTER(console_for_detached,
              if ((flags & DETACHED_PROCESS) && !inherit)
                  flags = (flags & ~(DWORD)DETACHED_PROCESS) | CREATE_NO_WINDOW)
MUTANT(create_process_gives_a_detached_child_a_console,
       "A child with DETACHED_PROCESS has a console without a window",
       PATCH(CreateProcessW, console_for_detached));

CREATES_AFTER(no_window_wins, if ((flags & DETACHED_PROCESS) && (flags & CREATE_NO_WINDOW)) flags &=
                              ~(DWORD)DETACHED_PROCESS)
MUTANT(create_process_prefers_no_window,
       "CREATE_NO_WINDOW counts and DETACHED_PROCESS does not when both are given",
       PATCH(CreateProcessW, no_window_wins));
