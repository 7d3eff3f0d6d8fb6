/* Duplicates of an end that are more, or less, than the end itself. */
#include "npipe-mutants.h"

static BOOL WINAPI keeps_all_rights(DUPLICATE_PARAMETERS)
{
    if (access && from == GetCurrentProcess() && (info_of(handle) & PIPE_SERVER_END))
        options |= DUPLICATE_SAME_ACCESS;
    return DUPLICATED;
}
MUTANT(npipe_duplicate_keeps_all_rights,
       "DuplicateHandle takes no right away from a handle to the server end of a pipe",
       PATCH(DuplicateHandle, keeps_all_rights));

/* The handles of CreateNamedPipe in this process. */
static HANDLE created[64];
static LONG count;

static HANDLE WINAPI notes_created(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    DWORD error = GetLastError();
    if (server != INVALID_HANDLE_VALUE)
        created[InterlockedIncrement(&count) % 64] = server;
    SetLastError(error);
    return server;
}

static bool is_duplicate(HANDLE pipe)
{
    for (int i = 0; i < 64; i++)
        if (created[i] == pipe)
            return false;
    return info_of(pipe) & PIPE_SERVER_END;
}

static BOOL WINAPI disconnects_created(HANDLE pipe)
{
    return is_duplicate(pipe) ? fail_with(ERROR_INVALID_FUNCTION) : real(DisconnectNamedPipe)(pipe);
}
MUTANT(npipe_disconnect_wants_the_first_handle,
       "DisconnectNamedPipe refuses a duplicate of the handle that CreateNamedPipe returned",
       PATCH(CreateNamedPipeW, notes_created), PATCH(DisconnectNamedPipe, disconnects_created));

static BOOL WINAPI connects_created(HANDLE server, LPOVERLAPPED overlapped)
{
    return is_duplicate(server) ? fail_with(ERROR_INVALID_FUNCTION) : CONNECT;
}
MUTANT(npipe_connect_wants_the_first_handle,
       "ConnectNamedPipe refuses a duplicate of the handle that CreateNamedPipe returned",
       PATCH(CreateNamedPipeW, notes_created), PATCH(ConnectNamedPipe, connects_created));

static BOOL WINAPI duplicate_is_a_client(HANDLE pipe, LPDWORD flags, LPDWORD out, LPDWORD in,
                                         LPDWORD instances)
{
    BOOL got = real(GetNamedPipeInfo)(pipe, flags, out, in, instances);
    if (got && flags && is_duplicate(pipe))
        *flags &= ~(DWORD)PIPE_SERVER_END;
    return got;
}
MUTANT(npipe_info_takes_a_duplicate_for_a_client,
       "GetNamedPipeInfo takes a duplicate of a server's handle for a client's",
       PATCH(CreateNamedPipeW, notes_created), PATCH(GetNamedPipeInfo, duplicate_is_a_client));

static BOOL WINAPI rest_of_the_handle(READ_PARAMETERS)
{
    static HANDLE partly;
    DWORD left;
    if (partly && partly != end && mode_of(end) == PIPE_READMODE_MESSAGE) {
        unread_in(end, &left);
        drop(end, left);
        partly = NULL;
        return fail_with(ERROR_NO_DATA);
    }
    BOOL read = READ;
    partly = failed_with(read, ERROR_MORE_DATA) ? end : NULL;
    return read;
}
MUTANT(npipe_rest_is_of_the_handle,
       "The rest of a message cannot be read through another handle than its beginning",
       PATCH(ReadFile, rest_of_the_handle));

static BOOL WINAPI generic_is_nothing(DUPLICATE_PARAMETERS)
{
    if (!(options & DUPLICATE_SAME_ACCESS) && (access & (GENERIC_READ | GENERIC_WRITE)) &&
        from == GetCurrentProcess() && is_pipe(handle))
        access = SYNCHRONIZE;
    return DUPLICATED;
}
MUTANT(duplicate_handle_maps_no_generic_access_to_pipes,
       "A duplicate of a pipe's end with generic access alone has none",
       PATCH(DuplicateHandle, generic_is_nothing));
