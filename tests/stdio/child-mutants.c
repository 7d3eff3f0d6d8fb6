/* Wrong behaviours, for the tests of child.c: what standard handles a child starts with: none,
 * unusable ones, and of which kind and access. */
#include "stdio-mutants.h"

static HANDLE WINAPI none_is_invalid(DWORD which)
{
    HANDLE handle = real(GetStdHandle)(which);
    return handle ? handle : INVALID_HANDLE_VALUE;
}
MUTANT(get_std_handle_without_one_fails,
       "GetStdHandle returns INVALID_HANDLE_VALUE where a process has no such handle",
       PATCH(GetStdHandle, none_is_invalid));

static HANDLE WINAPI changes(DWORD which)
{
    static bool asked;
    if (which == STD_OUTPUT_HANDLE && is_peer() && asked)
        return real(GetStdHandle)(STD_INPUT_HANDLE);
    asked |= which == STD_OUTPUT_HANDLE;
    return real(GetStdHandle)(which);
}
MUTANT(get_std_handle_of_a_child_changes,
       "The output handle of a running child is another one when it is asked again",
       PATCH(GetStdHandle, changes));

static DWORD WINAPI files_are_devices(HANDLE handle)
{
    DWORD type = real(GetFileType)(handle);
    bool standard = handle && handle == real(GetStdHandle)(STD_OUTPUT_HANDLE);
    return standard && type == FILE_TYPE_DISK ? FILE_TYPE_CHAR : type;
}
MUTANT(get_file_type_takes_output_for_a_device,
       "GetFileType says FILE_TYPE_CHAR of a file that is the standard output",
       PATCH(GetFileType, files_are_devices));

static BOOL WINAPI checks_output(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW checked = *startup;
    DWORD of_output;
    if (!(startup->dwFlags & STARTF_USESTDHANDLES) || !startup->hStdOutput ||
        real(GetHandleInformation)(startup->hStdOutput, &of_output))
        return CREATE_PROCESS(inherit, flags, startup);
    checked.hStdOutput = NULL;
    return CREATE_PROCESS(inherit, flags, &checked);
}
MUTANT(create_process_checks_std_handles,
       "CreateProcess leaves out a standard handle that is none in the parent",
       PATCH(CreateProcessW, checks_output));

static BOOL WINAPI makes_inheritable(CREATE_PROCESS_PARAMETERS)
{
    if (startup->dwFlags & STARTF_USESTDHANDLES && startup->hStdOutput)
        real(SetHandleInformation)(startup->hStdOutput, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_makes_std_handles_inheritable,
       "CreateProcess passes a standard handle on that is not inheritable",
       PATCH(CreateProcessW, makes_inheritable));

FOR_CONSOLE(detached_has_the_parents, DETACHED_PROCESS, false, with_the_parents)

MUTANT(create_process_detached_has_the_parents,
       "A child without a console gets its parent's standard handles",
       PATCH(CreateProcessW, detached_has_the_parents));

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
