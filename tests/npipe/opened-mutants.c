/* CreateFile that finds one instance only, or forgets what else it was asked. */
#include "npipe-mutants.h"

static WCHAR newest_name[300];
static HANDLE newest;

static HANDLE WINAPI notes_newest(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server != INVALID_HANDLE_VALUE && wcslen(name) < 300) {
        newest = server;
        wcscpy(newest_name, name);
    }
    return server;
}

static HANDLE WINAPI opens_newest(OPEN_PARAMETERS)
{
    if (newest && is_pipe_name(name) && !_wcsicmp(name, newest_name) &&
        pipe_state(newest) == PIPE_STATE_CONNECTED)
        return refuse_with(ERROR_PIPE_BUSY);
    return OPEN;
}
MUTANT(npipe_open_finds_the_newest_instance_only,
       "CreateFile finds no instance of a pipe free when the newest is taken",
       PATCH(CreateNamedPipeW, notes_newest), PATCH(CreateFileW, opens_newest));

static HANDLE WINAPI shares(OPEN_PARAMETERS)
{
    static HANDLE shared;
    HANDLE client = OPEN, copy = NULL;
    if (!share || !is_pipe_name(name))
        return client;
    if (client != INVALID_HANDLE_VALUE)
        shared = client;
    else if (shared && GetLastError() == ERROR_PIPE_BUSY &&
             real(DuplicateHandle)(GetCurrentProcess(), shared, GetCurrentProcess(), &copy, 0,
                                   FALSE, DUPLICATE_SAME_ACCESS))
        return copy;
    return client;
}
MUTANT(npipe_open_shares_an_instance,
       "A client that allows sharing lets another one open the same instance",
       PATCH(CreateFileW, shares));

static HANDLE WINAPI opens_uninheritable(OPEN_PARAMETERS)
{
    if (is_pipe_name(name))
        security = NULL;
    return OPEN;
}
MUTANT(npipe_open_ignores_its_attributes,
       "CreateFile ignores the security attributes when it opens a pipe",
       PATCH(CreateFileW, opens_uninheritable));

static HANDLE WINAPI without_effective_only(OPEN_PARAMETERS)
{
    bool unknown = (flags & SECURITY_SQOS_PRESENT) &&
                   (flags & (SECURITY_EFFECTIVE_ONLY | SECURITY_CONTEXT_TRACKING));
    return is_pipe_name(name) && unknown ? refuse_with(ERROR_INVALID_PARAMETER) : OPEN;
}
MUTANT(npipe_open_knows_levels_only,
       "CreateFile refuses security flags other than the level of impersonation",
       PATCH(CreateFileW, without_effective_only));

static HANDLE WINAPI without_write_through(OPEN_PARAMETERS)
{
    bool through = is_pipe_name(name) && (flags & FILE_FLAG_WRITE_THROUGH);
    return through ? refuse_with(ERROR_INVALID_PARAMETER) : OPEN;
}
MUTANT(npipe_open_refuses_write_through, "CreateFile refuses FILE_FLAG_WRITE_THROUGH for a pipe",
       PATCH(CreateFileW, without_write_through));
