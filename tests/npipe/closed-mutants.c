/* Wrong behaviours, for the tests of closed.c: ends without a peer: closed handles, peers that
 * have closed, and disconnected instances. */
#include "npipe-mutants.h"

#include <string.h>
#include <wchar.h>

static BOOL WINAPI state_checks_user_size(STATE_PARAMETERS)
{
    return !user && user_size ? fail_with(ERROR_INVALID_PARAMETER) : STATE;
}
MUTANT(npipe_state_checks_user_size,
       "GetNamedPipeHandleState fails for the size of a user name that is not asked for",
       PATCH(GetNamedPipeHandleStateW, state_checks_user_size));

static BOOL WINAPI close_leaves_a_connect(HANDLE handle)
{
    return (handle && handle == connecting.server && connecting.operation &&
            !HasOverlappedIoCompleted(connecting.operation)) ||
           real(CloseHandle)(handle);
}
MUTANT(npipe_close_leaves_a_connect,
       "A pending ConnectNamedPipe goes on when the handle of its instance is closed",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(CloseHandle, close_leaves_a_connect));

static BOOL WINAPI connect_accepts_closed(HANDLE server, LPOVERLAPPED overlapped)
{
    BOOL connected = real(ConnectNamedPipe)(server, overlapped);
    return connected || failed_with(connected, ERROR_INVALID_HANDLE);
}
MUTANT(npipe_connect_accepts_closed, "ConnectNamedPipe succeeds for a handle that is closed",
       PATCH(ConnectNamedPipe, connect_accepts_closed));

static HANDLE last_written;

static BOOL WINAPI notes_written(WRITE_PARAMETERS)
{
    last_written = end;
    return WRITE;
}

static BOOL WINAPI disconnect_wants_all_read(HANDLE server)
{
    return server == last_written ? fail_with(ERROR_BUSY) : real(DisconnectNamedPipe)(server);
}
MUTANT(npipe_disconnect_wants_all_read, "DisconnectNamedPipe fails for what it has written last",
       PATCH(WriteFile, notes_written), PATCH(DisconnectNamedPipe, disconnect_wants_all_read));

static BOOL WINAPI disconnect_twice(HANDLE server)
{
    BOOL done = real(DisconnectNamedPipe)(server);
    return done || failed_with(done, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_disconnect_twice_succeeds, "DisconnectNamedPipe succeeds for a disconnected instance",
       PATCH(DisconnectNamedPipe, disconnect_twice));

static BOOL WINAPI disconnected_read_is_broken(READ_PARAMETERS)
{
    BOOL read = READ;
    if (failed_with(read, ERROR_PIPE_NOT_CONNECTED))
        SetLastError(ERROR_BROKEN_PIPE);
    return read;
}
MUTANT(npipe_disconnected_read_is_broken,
       "ReadFile on a disconnected instance fails with ERROR_BROKEN_PIPE",
       PATCH(ReadFile, disconnected_read_is_broken));

static BOOL WINAPI disconnected_write_has_no_data(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (failed_with(wrote, ERROR_PIPE_NOT_CONNECTED))
        SetLastError(ERROR_NO_DATA);
    return wrote;
}
MUTANT(npipe_disconnected_write_has_no_data,
       "WriteFile to a disconnected instance fails with ERROR_NO_DATA",
       PATCH(WriteFile, disconnected_write_has_no_data));

static BOOL WINAPI set_wants_a_peer(HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out)
{
    if (is_left(pipe))
        return fail_with(ERROR_BROKEN_PIPE);
    return real(SetNamedPipeHandleState)(pipe, mode, count, time_out);
}
MUTANT(npipe_set_state_wants_a_peer,
       "The mode of an end cannot be changed when the other is closed",
       PATCH(SetNamedPipeHandleState, set_wants_a_peer));

static BOOL WINAPI get_wants_a_peer(STATE_PARAMETERS)
{
    return is_left(pipe) ? fail_with(ERROR_BROKEN_PIPE) : STATE;
}
MUTANT(npipe_get_state_wants_a_peer, "The mode of an end cannot be asked when the other is closed",
       PATCH(GetNamedPipeHandleStateW, get_wants_a_peer));

static BOOL WINAPI set_zero_changes_nothing(SET_PARAMETERS)
{
    return mode && *mode == 0 ? TRUE : SET_MODE(mode);
}
MUTANT(npipe_set_zero_changes_nothing, "SetNamedPipeHandleState takes a mode of 0 for no change",
       PATCH(SetNamedPipeHandleState, set_zero_changes_nothing));

static BOOL WINAPI write_keeps_count(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    DWORD before = count ? *count : 0;
    BOOL written = real(WriteFile)(file, buffer, size, count, overlapped);
    if (!written && count && is_pipe(file))
        *count = before;
    return written;
}
MUTANT(write_file_pipe_keeps_count_on_failure,
       "WriteFile to a pipe leaves the count alone when it fails",
       PATCH(WriteFile, write_keeps_count));

static BOOL WINAPI claims_all(WRITE_FILE_PARAMETERS)
{
    BOOL written = WRITE_FILE;
    if (written && count && !overlapped)
        *count = size;
    return written;
}
MUTANT(write_file_nonblocking_claims_all,
       "WriteFile to a nonblocking pipe says that it has written what did not fit",
       PATCH(WriteFile, claims_all));

static BOOL WINAPI write_takes_nothing(HANDLE end, LPCVOID bytes, DWORD size, LPDWORD count,
                                       LPOVERLAPPED overlapped)
{
    DWORD error = GetLastError(), mode = 0;
    real(GetNamedPipeHandleStateW)(end, &mode, NULL, NULL, NULL, NULL, 0);
    SetLastError(error);
    if (!(mode & PIPE_NOWAIT))
        return real(WriteFile)(end, bytes, size, count, overlapped);
    if (count)
        *count = 0;
    if (overlapped) {
        overlapped->Internal = overlapped->InternalHigh = 0;
        real(SetEvent)(overlapped->hEvent);
    }
    return TRUE;
}
MUTANT(write_file_nonblocking_takes_nothing,
       "A nonblocking WriteFile to a pipe writes nothing, not even what fits",
       PATCH(WriteFile, write_takes_nothing));
