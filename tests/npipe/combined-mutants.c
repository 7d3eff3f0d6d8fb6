/* Wrong behaviours, for the tests of combined.c: flags that are lost beside others. */
#include "npipe-mutants.h"

static HANDLE WINAPI through_drops_overlapped(CREATE_PIPE_PARAMETERS)
{
    if (open_mode & FILE_FLAG_WRITE_THROUGH)
        open_mode &= ~(DWORD)FILE_FLAG_OVERLAPPED;
    return CREATE_PIPE;
}
MUTANT(npipe_write_through_drops_overlapped,
       "CreateNamedPipe ignores FILE_FLAG_OVERLAPPED beside FILE_FLAG_WRITE_THROUGH",
       PATCH(CreateNamedPipeW, through_drops_overlapped));

static HANDLE WINAPI client_through_drops_overlapped(OPEN_PARAMETERS)
{
    if (flags & FILE_FLAG_WRITE_THROUGH)
        flags &= ~(DWORD)FILE_FLAG_OVERLAPPED;
    return OPEN;
}
MUTANT(npipe_client_write_through_drops_overlapped,
       "CreateFile ignores FILE_FLAG_OVERLAPPED beside FILE_FLAG_WRITE_THROUGH",
       PATCH(CreateFileW, client_through_drops_overlapped));

static HANDLE WINAPI reject_drops_nowait(CREATE_PIPE_PARAMETERS)
{
    if (pipe_mode & PIPE_REJECT_REMOTE_CLIENTS)
        pipe_mode &= ~(DWORD)PIPE_NOWAIT;
    return CREATE_PIPE;
}
MUTANT(npipe_reject_remote_drops_nowait,
       "CreateNamedPipe ignores PIPE_NOWAIT beside PIPE_REJECT_REMOTE_CLIENTS",
       PATCH(CreateNamedPipeW, reject_drops_nowait));

static HANDLE WINAPI reject_drops_read_mode(CREATE_PIPE_PARAMETERS)
{
    if (pipe_mode & PIPE_REJECT_REMOTE_CLIENTS)
        pipe_mode &= ~(DWORD)PIPE_READMODE_MESSAGE;
    return CREATE_PIPE;
}
MUTANT(npipe_reject_remote_drops_the_read_mode,
       "CreateNamedPipe ignores PIPE_READMODE_MESSAGE beside PIPE_REJECT_REMOTE_CLIENTS",
       PATCH(CreateNamedPipeW, reject_drops_read_mode));

/* Whether this is the name of the pipe that was created last. */
static bool is_further(const WCHAR *name)
{
    static WCHAR last[MAX_PATH];
    bool further = name && !_wcsicmp(name, last);
    if (name && wcslen(name) < MAX_PATH)
        wcscpy(last, name);
    return further;
}

static HANDLE WINAPI inherits_like_first(CREATE_PIPE_PARAMETERS)
{
    static BOOL first;
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, FALSE};
    if (security)
        attributes = *security;
    if (is_further(name))
        attributes.bInheritHandle = first;
    first = attributes.bInheritHandle;
    security = &attributes;
    return CREATE_PIPE;
}
MUTANT(npipe_further_instance_inherits_like_the_first,
       "The handle of a further instance is inheritable if that of the first is",
       PATCH(CreateNamedPipeW, inherits_like_first));
