/* Standard handles that are right for all three at once, for pipes, and for the first child. */
#include "stdio-mutants.h"

static bool is_given(const STARTUPINFOW *startup, DWORD flags)
{
    return (startup->dwFlags & STARTF_USESTDHANDLES) && !(flags & EXTENDED_STARTUPINFO_PRESENT);
}

static BOOL WINAPI fills_up(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW filled = *startup;
    HANDLE in = startup->hStdInput, out = startup->hStdOutput, err = startup->hStdError;
    HANDLE only = in ? in : out ? out : err;
    if (!is_given(startup, flags) || !!in + !!out + !!err != 1)
        return CREATE_PROCESS(inherit, flags, startup);
    filled.hStdInput = filled.hStdOutput = filled.hStdError = only;
    return CREATE_PROCESS(inherit, flags, &filled);
}
MUTANT(create_process_uses_a_lone_std_handle_for_all,
       "CreateProcess uses a standard handle that STARTUPINFO gives alone for the others too",
       PATCH(CreateProcessW, fills_up));

static HANDLE only_a_pipe(HANDLE handle)
{
    DWORD error = GetLastError();
    bool pipe = !handle || real(GetFileType)(handle) == FILE_TYPE_PIPE;
    SetLastError(error);
    return pipe ? handle : NULL;
}

static BOOL WINAPI pipes_only(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW pipes = *startup;
    if (!is_given(startup, flags))
        return CREATE_PROCESS(inherit, flags, startup);
    pipes.hStdInput = only_a_pipe(startup->hStdInput);
    pipes.hStdOutput = only_a_pipe(startup->hStdOutput);
    pipes.hStdError = only_a_pipe(startup->hStdError);
    return CREATE_PROCESS(inherit, flags, &pipes);
}
MUTANT(create_process_uses_pipes_only,
       "CreateProcess leaves standard handles out that are no pipes",
       PATCH(CreateProcessW, pipes_only));

static BOOL WINAPI of_a_child(CREATE_PROCESS_PARAMETERS)
{
    return is_peer() ? none(ARGUMENTS) : CREATE_PROCESS(inherit, flags, startup);
}
MUTANT(create_process_of_a_child_passes_no_std_handles,
       "A process that has got its standard handles from its parent does not pass them on",
       PATCH(CreateProcessW, of_a_child));

static BOOL WINAPI remembers(CREATE_PROCESS_PARAMETERS)
{
    static STARTUPINFOW first;
    STARTUPINFOW as_first = *startup;
    if ((startup->dwFlags & STARTF_USESTDHANDLES) || (flags & ~CREATE_SUSPENDED))
        return CREATE_PROCESS(inherit, flags, startup);
    if (!first.cb) {
        first.cb = sizeof(first);
        first.hStdInput = real(GetStdHandle)(STD_INPUT_HANDLE);
        first.hStdOutput = real(GetStdHandle)(STD_OUTPUT_HANDLE);
        first.hStdError = real(GetStdHandle)(STD_ERROR_HANDLE);
        return CREATE_PROCESS(inherit, flags, startup);
    }
    as_first.dwFlags |= STARTF_USESTDHANDLES;
    as_first.hStdInput = first.hStdInput;
    as_first.hStdOutput = first.hStdOutput;
    as_first.hStdError = first.hStdError;
    return CREATE_PROCESS(inherit, flags, &as_first);
}
MUTANT(create_process_remembers_std_handles,
       "A second child gets the standard handles that were the parent's when it made the first",
       PATCH(CreateProcessW, remembers));

/* The first child that was given standard handles. */
static HANDLE first_child;

static BOOL WINAPI notes_child(CREATE_PROCESS_PARAMETERS)
{
    BOOL created = CREATE_PROCESS(inherit, flags, startup);
    DWORD error = GetLastError();
    if (created && !first_child)
        real(DuplicateHandle)(GetCurrentProcess(), info->hProcess, GetCurrentProcess(),
                              &first_child, SYNCHRONIZE, FALSE, 0);
    SetLastError(error);
    return created;
}

static bool has_ended(void)
{
    return first_child && real(WaitForSingleObject)(first_child, 0) == WAIT_OBJECT_0;
}

static BOOL WINAPI peek_sees_the_end(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD read,
                                     LPDWORD available, LPDWORD left)
{
    DWORD unread = 1;
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, read, &unread, left);
    if (available)
        *available = unread;
    return peeked && !unread && has_ended() ? failed(ERROR_BROKEN_PIPE) : peeked;
}
MUTANT(pipe_ends_with_the_first_child,
       "A pipe ends with the first child that writes to it, whoever else does",
       PATCH(CreateProcessW, notes_child), PATCH(PeekNamedPipe, peek_sees_the_end));

static BOOL WINAPI sets_once(DWORD which, HANDLE handle)
{
    static bool set[3];
    unsigned device = (DWORD)STD_INPUT_HANDLE - which;
    if (device < 3 && set[device] && handle)
        return TRUE;
    if (device < 3)
        set[device] = true;
    return real(SetStdHandle)(which, handle);
}
MUTANT(set_std_handle_sets_once, "SetStdHandle changes nothing for a device that was set before",
       PATCH(SetStdHandle, sets_once));

static BOOL WINAPI refuses_none(DWORD which, HANDLE handle)
{
    return handle ? real(SetStdHandle)(which, handle) : failed(ERROR_INVALID_HANDLE);
}
MUTANT(set_std_handle_refuses_null, "SetStdHandle refuses NULL", PATCH(SetStdHandle, refuses_none));

static HANDLE WINAPI gone_with_the_child(DWORD which)
{
    return has_ended() ? NULL : real(GetStdHandle)(which);
}
MUTANT(get_std_handle_is_empty_after_a_child,
       "A process has no standard handles any more when its child has ended",
       PATCH(CreateProcessW, notes_child), PATCH(GetStdHandle, gone_with_the_child));
