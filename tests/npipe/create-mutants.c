/* Wrong behaviours, for the tests of create.c: what CreateNamedPipe creates and what it refuses:
 * names, modes, instances, inheritance. */
#include "npipe-mutants.h"

static HANDLE WINAPI bare_name_completed(CREATE_PIPE_PARAMETERS)
{
    WCHAR whole[300] = PIPE_PREFIX;
    if (name && !is_pipe_name(name))
        name = wcsncat(whole, name, 280);
    return CREATE_PIPE;
}
MUTANT(npipe_bare_name_completed, "CreateNamedPipe completes a name without the pipe prefix",
       PATCH(CreateNamedPipeW, bare_name_completed));

static HANDLE WINAPI missing_name_invented(CREATE_PIPE_PARAMETERS)
{
    WCHAR invented[60];
    swprintf(invented, 60, PIPE_PREFIX L"unnamed-%lu", GetCurrentProcessId());
    if (!name)
        name = invented;
    return CREATE_PIPE;
}
MUTANT(npipe_missing_name_invented, "CreateNamedPipe makes up a name when it is given none",
       PATCH(CreateNamedPipeW, missing_name_invented));

static HANDLE WINAPI unknown_open_mode_ignored(CREATE_PIPE_PARAMETERS)
{
    open_mode &= ~0x10u;
    return CREATE_PIPE;
}
MUTANT(npipe_unknown_open_mode_ignored, "CreateNamedPipe ignores an unknown bit of the open mode",
       PATCH(CreateNamedPipeW, unknown_open_mode_ignored));

static HANDLE WINAPI unknown_pipe_mode_ignored(CREATE_PIPE_PARAMETERS)
{
    pipe_mode &= ~0x100u;
    return CREATE_PIPE;
}
MUTANT(npipe_unknown_pipe_mode_ignored, "CreateNamedPipe ignores an unknown bit of the pipe mode",
       PATCH(CreateNamedPipeW, unknown_pipe_mode_ignored));

static HANDLE WINAPI message_read_of_bytes_dropped(CREATE_PIPE_PARAMETERS)
{
    if (!(pipe_mode & PIPE_TYPE_MESSAGE))
        pipe_mode &= ~PIPE_READMODE_MESSAGE;
    return CREATE_PIPE;
}
MUTANT(npipe_message_read_of_bytes_dropped,
       "CreateNamedPipe drops the message read mode of a byte pipe instead of failing",
       PATCH(CreateNamedPipeW, message_read_of_bytes_dropped));

static HANDLE WINAPI no_instances_means_one(CREATE_PIPE_PARAMETERS)
{
    if (instances == 0)
        instances = 1;
    return CREATE_PIPE;
}
MUTANT(npipe_no_instances_means_one, "CreateNamedPipe takes a limit of 0 instances for 1",
       PATCH(CreateNamedPipeW, no_instances_means_one));

static HANDLE WINAPI too_many_instances_clamped(CREATE_PIPE_PARAMETERS)
{
    if (instances > PIPE_UNLIMITED_INSTANCES)
        instances = PIPE_UNLIMITED_INSTANCES;
    return CREATE_PIPE;
}
MUTANT(npipe_too_many_instances_clamped, "CreateNamedPipe takes a limit above 255 for unlimited",
       PATCH(CreateNamedPipeW, too_many_instances_clamped));

static HANDLE WINAPI special_name_refused(CREATE_PIPE_PARAMETERS)
{
    if (is_pipe_name(name) && wcspbrk(name + wcslen(PIPE_PREFIX), L"<>*?|\""))
        return refuse_with(ERROR_INVALID_NAME);
    return CREATE_PIPE;
}
MUTANT(npipe_special_name_refused, "Pipe names follow the rules of file names",
       PATCH(CreateNamedPipeW, special_name_refused));

static HANDLE WINAPI foreign_name_refused(CREATE_PIPE_PARAMETERS)
{
    for (const WCHAR *c = name ? name : L""; *c; c++)
        if (*c > 0x7F)
            return refuse_with(ERROR_INVALID_NAME);
    return CREATE_PIPE;
}
MUTANT(npipe_foreign_name_refused, "Pipe names are limited to ASCII",
       PATCH(CreateNamedPipeW, foreign_name_refused));

static HANDLE WINAPI long_name_refused(CREATE_PIPE_PARAMETERS)
{
    if (name && wcslen(name) > 255)
        return refuse_with(ERROR_FILENAME_EXCED_RANGE);
    return CREATE_PIPE;
}
MUTANT(npipe_long_name_refused, "Pipe names are limited to 255 characters",
       PATCH(CreateNamedPipeW, long_name_refused));

static WCHAR created_name[300];

static HANDLE WINAPI created_name_noted(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server != INVALID_HANDLE_VALUE)
        wcsncpy(created_name, name, 299);
    return server;
}

static HANDLE WINAPI name_in_other_case_missed(OPEN_PARAMETERS)
{
    if (name && !_wcsicmp(name, created_name) && wcscmp(name, created_name))
        return refuse_with(ERROR_FILE_NOT_FOUND);
    return OPEN;
}
MUTANT(npipe_name_case_matters, "Pipe names are case-sensitive",
       PATCH(CreateNamedPipeW, created_name_noted), PATCH(CreateFileW, name_in_other_case_missed));

static WCHAR opened_name[300];

static HANDLE WINAPI opened_name_lingers(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client != INVALID_HANDLE_VALUE && is_pipe_name(name))
        wcsncpy(opened_name, name, 299);
    else if (GetLastError() == ERROR_FILE_NOT_FOUND && !wcscmp(name, opened_name))
        SetLastError(ERROR_PIPE_BUSY);
    return client;
}
MUTANT(npipe_name_lingers, "A pipe that has had a client keeps its name after its last handle",
       PATCH(CreateFileW, opened_name_lingers));

static HANDLE WINAPI access_of_further_instance_ignored(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server == INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED &&
        !(open_mode & FILE_FLAG_FIRST_PIPE_INSTANCE)) {
        open_mode |= PIPE_ACCESS_DUPLEX;
        server = CREATE_PIPE;
    }
    return server;
}
MUTANT(npipe_access_of_further_instance_ignored,
       "A further instance takes over the access of the first one",
       PATCH(CreateNamedPipeW, access_of_further_instance_ignored));

static DWORD first_mode, first_out_size;

/* Notes what the first instance of the latest name asked for; true for a further one. */
static bool is_further(CREATE_PIPE_PARAMETERS)
{
    (void)open_mode, (void)instances, (void)in_size, (void)time_out, (void)security;
    bool further = name && !wcscmp(name, created_name);
    if (name && !further) {
        wcsncpy(created_name, name, 299);
        first_mode = pipe_mode;
        first_out_size = out_size;
    }
    return further;
}

#define IS_FURTHER \
    is_further(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, security)

static HANDLE WINAPI read_mode_shared(CREATE_PIPE_PARAMETERS)
{
    if (IS_FURTHER)
        pipe_mode = (pipe_mode & ~PIPE_READMODE_MESSAGE) | (first_mode & PIPE_READMODE_MESSAGE);
    return CREATE_PIPE;
}
MUTANT(npipe_read_mode_shared, "A further instance gets the read mode of the first one",
       PATCH(CreateNamedPipeW, read_mode_shared));

static HANDLE WINAPI wait_mode_shared(CREATE_PIPE_PARAMETERS)
{
    if (IS_FURTHER)
        pipe_mode = (pipe_mode & ~PIPE_NOWAIT) | (first_mode & PIPE_NOWAIT);
    return CREATE_PIPE;
}
MUTANT(npipe_wait_mode_shared, "A further instance gets the wait mode of the first one",
       PATCH(CreateNamedPipeW, wait_mode_shared));

static HANDLE WINAPI buffers_must_match(CREATE_PIPE_PARAMETERS)
{
    if (IS_FURTHER && out_size > first_out_size)
        return refuse_with(ERROR_ACCESS_DENIED);
    return CREATE_PIPE;
}
MUTANT(npipe_buffers_must_match, "A further instance may not ask for larger buffers",
       PATCH(CreateNamedPipeW, buffers_must_match));

static HANDLE WINAPI first_instance_flag_refused(CREATE_PIPE_PARAMETERS)
{
    if (open_mode & FILE_FLAG_FIRST_PIPE_INSTANCE)
        return refuse_with(ERROR_ACCESS_DENIED);
    return CREATE_PIPE;
}
MUTANT(npipe_first_instance_flag_refused, "FILE_FLAG_FIRST_PIPE_INSTANCE never succeeds",
       PATCH(CreateNamedPipeW, first_instance_flag_refused));

static HANDLE WINAPI first_instance_flag_ignored(CREATE_PIPE_PARAMETERS)
{
    open_mode &= ~FILE_FLAG_FIRST_PIPE_INSTANCE;
    return CREATE_PIPE;
}
MUTANT(npipe_first_instance_flag_ignored, "FILE_FLAG_FIRST_PIPE_INSTANCE has no effect",
       PATCH(CreateNamedPipeW, first_instance_flag_ignored));

static HANDLE WINAPI first_instance_once_a_name(CREATE_PIPE_PARAMETERS)
{
    if (IS_FURTHER && open_mode & FILE_FLAG_FIRST_PIPE_INSTANCE)
        return refuse_with(ERROR_ACCESS_DENIED);
    return CREATE_PIPE;
}
MUTANT(npipe_first_instance_once_a_name,
       "FILE_FLAG_FIRST_PIPE_INSTANCE remembers names whose pipes are gone",
       PATCH(CreateNamedPipeW, first_instance_once_a_name));

static HANDLE WINAPI unlimited_ends_at_255(CREATE_PIPE_PARAMETERS)
{
    static unsigned created;
    if (instances == PIPE_UNLIMITED_INSTANCES && ++created > PIPE_UNLIMITED_INSTANCES)
        return refuse_with(ERROR_PIPE_BUSY);
    return CREATE_PIPE;
}
MUTANT(npipe_unlimited_ends_at_255, "PIPE_UNLIMITED_INSTANCES means 255 instances",
       PATCH(CreateNamedPipeW, unlimited_ends_at_255));

static HANDLE set_inheritance(HANDLE server, bool inherit)
{
    real(SetHandleInformation)(server, HANDLE_FLAG_INHERIT, inherit ? HANDLE_FLAG_INHERIT : 0);
    return server;
}

static HANDLE WINAPI inheritable_by_default(CREATE_PIPE_PARAMETERS)
{
    return security ? CREATE_PIPE : set_inheritance(CREATE_PIPE, true);
}
MUTANT(npipe_inheritable_by_default, "CreateNamedPipe without attributes makes inheritable handles",
       PATCH(CreateNamedPipeW, inheritable_by_default));

static HANDLE WINAPI inheritance_ignored(CREATE_PIPE_PARAMETERS)
{
    return security ? set_inheritance(CREATE_PIPE, false) : CREATE_PIPE;
}
MUTANT(npipe_inheritance_ignored, "CreateNamedPipe ignores bInheritHandle",
       PATCH(CreateNamedPipeW, inheritance_ignored));

static HANDLE WINAPI any_attributes_inherit(CREATE_PIPE_PARAMETERS)
{
    return security ? set_inheritance(CREATE_PIPE, true) : CREATE_PIPE;
}
MUTANT(npipe_any_attributes_inherit,
       "CreateNamedPipe with attributes always makes inheritable handles",
       PATCH(CreateNamedPipeW, any_attributes_inherit));

static HANDLE duplicated;

static BOOL WINAPI duplication_noted(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE target,
                                     DWORD access, BOOL inherit, DWORD options)
{
    duplicated = handle;
    return real(DuplicateHandle)(from, handle, to, target, access, inherit, options);
}

static BOOL WINAPI close_disconnects(HANDLE handle)
{
    if (handle == duplicated)
        real(DisconnectNamedPipe)(handle);
    return real(CloseHandle)(handle);
}
MUTANT(npipe_close_ends_instance, "Closing one of two handles of an instance ends it",
       PATCH(DuplicateHandle, duplication_noted), PATCH(CloseHandle, close_disconnects));
