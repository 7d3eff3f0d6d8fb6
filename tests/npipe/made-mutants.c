/* Wrong behaviours, for the tests of made.c: CreateNamedPipe, what else its parameters do:
 * names, modes, buffers, flags, the ANSI twin. */
#include "npipe-mutants.h"

static HANDLE WINAPI refuses_long_times(CREATE_PIPE_PARAMETERS)
{
    return time_out > 10000 && time_out != NMPWAIT_WAIT_FOREVER
               ? refuse_with(ERROR_INVALID_PARAMETER)
               : CREATE_PIPE;
}
MUTANT(npipe_create_refuses_long_default_times,
       "CreateNamedPipe refuses a default time-out of more than ten seconds",
       PATCH(CreateNamedPipeW, refuses_long_times));

static HANDLE WINAPI fails_with_null(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    return server == INVALID_HANDLE_VALUE ? NULL : server;
}
MUTANT(npipe_create_fails_with_null, "CreateNamedPipe that fails returns NULL",
       PATCH(CreateNamedPipeW, fails_with_null));

static HANDLE WINAPI takes_any_server(CREATE_PIPE_PARAMETERS)
{
    WCHAR local[300] = L"\\\\.";
    const WCHAR *rest = name && !wcsncmp(name, L"\\\\localhost", 11) ? name + 11 : NULL;
    if (!rest || wcslen(rest) > 250)
        return CREATE_PIPE;
    wcscat(local, rest);
    name = local;
    return CREATE_PIPE;
}
MUTANT(npipe_create_takes_localhost, "CreateNamedPipe takes localhost for the server name",
       PATCH(CreateNamedPipeW, takes_any_server));

static HANDLE attributes_client;

static HANDLE WINAPI notes_attributes_client(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (is_pipe_name(name) && (access & FILE_READ_ATTRIBUTES) && !(access & GENERIC_READ))
        attributes_client = client;
    return client;
}

static BOOL WINAPI info_needs_read(HANDLE pipe, LPDWORD flags, LPDWORD out, LPDWORD in,
                                   LPDWORD most)
{
    if (pipe == attributes_client)
        return fail_with(ERROR_ACCESS_DENIED);
    return real(GetNamedPipeInfo)(pipe, flags, out, in, most);
}
MUTANT(npipe_info_needs_read_access, "FILE_READ_ATTRIBUTES is not enough for GetNamedPipeInfo",
       PATCH(CreateFileW, notes_attributes_client), PATCH(GetNamedPipeInfo, info_needs_read));

static BOOL WINAPI state_needs_read(STATE_PARAMETERS)
{
    return pipe == attributes_client ? fail_with(ERROR_ACCESS_DENIED) : STATE;
}
MUTANT(npipe_state_needs_read_access,
       "FILE_READ_ATTRIBUTES is not enough for GetNamedPipeHandleState",
       PATCH(CreateFileW, notes_attributes_client),
       PATCH(GetNamedPipeHandleStateW, state_needs_read));

static HANDLE WINAPI refuses_write_through(CREATE_PIPE_PARAMETERS)
{
    return open_mode & FILE_FLAG_WRITE_THROUGH ? refuse_with(ERROR_INVALID_PARAMETER) : CREATE_PIPE;
}
MUTANT(npipe_create_refuses_write_through, "CreateNamedPipe refuses FILE_FLAG_WRITE_THROUGH",
       PATCH(CreateNamedPipeW, refuses_write_through));

static bool rejecting;

static HANDLE WINAPI notes_rejecting(CREATE_PIPE_PARAMETERS)
{
    rejecting = pipe_mode & PIPE_REJECT_REMOTE_CLIENTS;
    return CREATE_PIPE;
}

static HANDLE WINAPI rejects_local(OPEN_PARAMETERS)
{
    return rejecting && is_pipe_name(name) ? refuse_with(ERROR_ACCESS_DENIED) : OPEN;
}
MUTANT(npipe_rejects_local_clients, "PIPE_REJECT_REMOTE_CLIENTS keeps local clients out too",
       PATCH(CreateNamedPipeW, notes_rejecting), PATCH(CreateFileW, rejects_local));

static HANDLE WINAPI wants_buffers(CREATE_PIPE_PARAMETERS)
{
    return !in_size && !out_size && instances == 1 ? refuse_with(ERROR_INVALID_PARAMETER)
                                                   : CREATE_PIPE;
}
MUTANT(npipe_create_wants_buffers, "CreateNamedPipe refuses buffers of no bytes",
       PATCH(CreateNamedPipeW, wants_buffers));

static HANDLE WINAPI a_makes_another(LPCSTR name, DWORD open_mode, DWORD pipe_mode, DWORD instances,
                                     DWORD out_size, DWORD in_size, DWORD time_out,
                                     LPSECURITY_ATTRIBUTES security)
{
    char other[300];
    strcpy(other, name);
    if (instances == 2)
        strcat(other, "a");
    return real(CreateNamedPipeA)(other, open_mode, pipe_mode, instances, out_size, in_size,
                                  time_out, security);
}
MUTANT(npipe_create_a_makes_another_pipe, "CreateNamedPipeA uses another name than it was given",
       PATCH(CreateNamedPipeA, a_makes_another));

static BOOL WINAPI read_of_100_does_not_wait(READ_PARAMETERS)
{
    if (!overlapped && size == 100 && !unread_in(end, NULL))
        return fail_with(ERROR_NO_DATA);
    return READ;
}
MUTANT(npipe_read_does_not_wait, "ReadFile of 100 bytes does not wait on a blocking pipe",
       PATCH(ReadFile, read_of_100_does_not_wait));

/* Until long after the test has given up. */
static BOOL WINAPI write_waits_for_reader(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (wrote && !overlapped && size == 1000)
        real(WaitForSingleObject)(GetCurrentProcess(), 8000);
    return wrote;
}
MUTANT(npipe_write_within_quota_waits, "WriteFile waits although there is room in the pipe",
       PATCH(WriteFile, write_waits_for_reader));

static DWORD WINAPI left_has_no_type(HANDLE end)
{
    DWORD type = real(GetFileType)(end);
    return type == FILE_TYPE_PIPE && is_left(end) ? FILE_TYPE_UNKNOWN : type;
}
MUTANT(npipe_left_end_has_no_type, "GetFileType does not know a pipe whose other end is closed",
       PATCH(GetFileType, left_has_no_type));
