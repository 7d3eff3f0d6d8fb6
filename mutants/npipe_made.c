/* Wrong behaviours of CreateNamedPipe's parameters, of WaitNamedPipe, CallNamedPipe and quotas. */
#include "npipe.h"

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
    return real.GetNamedPipeInfo(pipe, flags, out, in, most);
}
MUTANT(npipe_info_needs_read_access, "FILE_READ_ATTRIBUTES is not enough for GetNamedPipeInfo",
       PATCH(CreateFileW, notes_attributes_client), PATCH(GetNamedPipeInfo, info_needs_read));

#define STATE_PARAMETERS                                                                         \
    HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD count, LPDWORD time_out, LPWSTR user, \
        DWORD user_size
#define STATE \
    real.GetNamedPipeHandleStateW(pipe, state, instances, count, time_out, user, user_size)

static BOOL WINAPI state_needs_read(STATE_PARAMETERS)
{
    return pipe == attributes_client ? fail_with(ERROR_ACCESS_DENIED) : STATE;
}
MUTANT(npipe_state_needs_read_access,
       "FILE_READ_ATTRIBUTES is not enough for GetNamedPipeHandleState",
       PATCH(CreateFileW, notes_attributes_client),
       PATCH(GetNamedPipeHandleStateW, state_needs_read));

static BOOL WINAPI state_checks_user_size(STATE_PARAMETERS)
{
    return !user && user_size ? fail_with(ERROR_INVALID_PARAMETER) : STATE;
}
MUTANT(npipe_state_checks_user_size,
       "GetNamedPipeHandleState fails for the size of a user name that is not asked for",
       PATCH(GetNamedPipeHandleStateW, state_checks_user_size));

static BOOL WINAPI state_without_user(STATE_PARAMETERS)
{
    BOOL got = STATE;
    if (got && user)
        *user = L'\0';
    return got;
}
MUTANT(npipe_state_names_no_user,
       "GetNamedPipeHandleState gives an empty name for the client's user",
       PATCH(GetNamedPipeHandleStateW, state_without_user));

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
    return real.CreateNamedPipeA(other, open_mode, pipe_mode, instances, out_size, in_size,
                                 time_out, security);
}
MUTANT(npipe_create_a_makes_another_pipe, "CreateNamedPipeA uses another name than it was given",
       PATCH(CreateNamedPipeA, a_makes_another));

static unsigned created;

static HANDLE WINAPI limits_to_32(CREATE_PIPE_PARAMETERS)
{
    return instances == 64 && created++ >= 32 ? refuse_with(ERROR_PIPE_BUSY) : CREATE_PIPE;
}
MUTANT(npipe_create_limits_to_32, "A pipe has no more than 32 instances",
       PATCH(CreateNamedPipeW, limits_to_32));

/* ---- Reads and writes */

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
        real.WaitForSingleObject(GetCurrentProcess(), 8000);
    return wrote;
}
MUTANT(npipe_write_within_quota_waits, "WriteFile waits although there is room in the pipe",
       PATCH(WriteFile, write_waits_for_reader));

static HANDLE synchronous[16];
static unsigned synchronous_count;

static HANDLE WINAPI notes_synchronous(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (!(open_mode & FILE_FLAG_OVERLAPPED) && synchronous_count < 16)
        synchronous[synchronous_count++] = server;
    return server;
}

static BOOL WINAPI synchronous_goes_pending(READ_PARAMETERS)
{
    for (unsigned i = 0; overlapped && i < synchronous_count; i++)
        if (synchronous[i] == end && !unread_in(end, NULL))
            return fail_with(ERROR_IO_PENDING);
    return READ;
}
MUTANT(npipe_synchronous_read_goes_pending,
       "ReadFile with an OVERLAPPED does not wait on a synchronous handle",
       PATCH(CreateNamedPipeW, notes_synchronous), PATCH(ReadFile, synchronous_goes_pending));

static BOOL WINAPI obeys_offset(READ_PARAMETERS)
{
    return overlapped && overlapped->Offset > 10000 ? fail_with(ERROR_HANDLE_EOF) : READ;
}
MUTANT(npipe_read_obeys_offset, "ReadFile on a pipe obeys the offset of OVERLAPPED",
       PATCH(ReadFile, obeys_offset));

static bool is_left(HANDLE end)
{
    DWORD error = GetLastError();
    bool left =
        !real.PeekNamedPipe(end, NULL, 0, NULL, NULL, NULL) && GetLastError() == ERROR_BROKEN_PIPE;
    SetLastError(error);
    return left;
}

static DWORD WINAPI left_has_no_type(HANDLE end)
{
    DWORD type = real.GetFileType(end);
    return type == FILE_TYPE_PIPE && is_left(end) ? FILE_TYPE_UNKNOWN : type;
}
MUTANT(npipe_left_end_has_no_type, "GetFileType does not know a pipe whose other end is closed",
       PATCH(GetFileType, left_has_no_type));

/* ---- WaitNamedPipe and CallNamedPipe */

static volatile LONG instances_created;

static HANDLE WINAPI counts_instances(CREATE_PIPE_PARAMETERS)
{
    InterlockedIncrement(&instances_created);
    return CREATE_PIPE;
}

static BOOL WINAPI wait_ignores_new(LPCWSTR name, DWORD time)
{
    LONG before = instances_created;
    BOOL free = real.WaitNamedPipeW(name, time);
    return free && instances_created == before ? TRUE : free ? fail_with(ERROR_SEM_TIMEOUT) : FALSE;
}
MUTANT(npipe_wait_ignores_new_instances, "WaitNamedPipe fails when the wait ends by a new instance",
       PATCH(CreateNamedPipeW, counts_instances), PATCH(WaitNamedPipeW, wait_ignores_new));

static BOOL WINAPI forever_is_short(LPCWSTR name, DWORD time)
{
    return real.WaitNamedPipeW(name, time == NMPWAIT_WAIT_FOREVER ? 5 : time);
}
MUTANT(npipe_wait_for_ever_is_short, "WaitNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(WaitNamedPipeW, forever_is_short));

static BOOL WINAPI nowait_is_busy(LPCWSTR name, DWORD time)
{
    BOOL free = real.WaitNamedPipeW(name, time);
    return !free && time == NMPWAIT_NOWAIT && GetLastError() == ERROR_SEM_TIMEOUT
               ? fail_with(ERROR_PIPE_BUSY)
               : free;
}
MUTANT(npipe_wait_of_1_says_busy, "WaitNamedPipe with a time of 1 fails with ERROR_PIPE_BUSY",
       PATCH(WaitNamedPipeW, nowait_is_busy));

static BOOL WINAPI takes_any_name(LPCWSTR name, DWORD time)
{
    return !is_pipe_name(name) || real.WaitNamedPipeW(name, time);
}
MUTANT(npipe_wait_takes_any_name, "WaitNamedPipe succeeds for what is no name of a pipe",
       PATCH(WaitNamedPipeW, takes_any_name));

static WCHAR remembered[300];

static BOOL WINAPI remembers_names(LPCWSTR name, DWORD time)
{
    BOOL free = real.WaitNamedPipeW(name, time);
    if (free)
        wcscpy(remembered, name);
    return !free && !wcscmp(name, remembered) ? fail_with(ERROR_SEM_TIMEOUT) : free;
}
MUTANT(npipe_wait_remembers_names, "WaitNamedPipe waits for a pipe that is no more",
       PATCH(WaitNamedPipeW, remembers_names));

#define CALL_PARAMETERS                                                                      \
    LPCWSTR name, LPVOID request, DWORD size, LPVOID reply, DWORD reply_size, LPDWORD count, \
        DWORD time
#define CALL(time_) real.CallNamedPipeW(name, request, size, reply, reply_size, count, (time_))

static BOOL WINAPI call_forever_is_short(CALL_PARAMETERS)
{
    return CALL(time == NMPWAIT_WAIT_FOREVER ? 5 : time);
}
MUTANT(npipe_call_for_ever_is_short, "CallNamedPipe with NMPWAIT_WAIT_FOREVER waits for 5 ms",
       PATCH(CallNamedPipeW, call_forever_is_short));

static BOOL WINAPI call_default_is_none(CALL_PARAMETERS)
{
    return CALL(time == NMPWAIT_USE_DEFAULT_WAIT ? 1 : time);
}
MUTANT(npipe_call_by_default_does_not_wait,
       "CallNamedPipe with NMPWAIT_USE_DEFAULT_WAIT does not wait",
       PATCH(CallNamedPipeW, call_default_is_none));

static BOOL WINAPI call_a_cuts(LPCSTR name, LPVOID request, DWORD size, LPVOID reply,
                               DWORD reply_size, LPDWORD count, DWORD time)
{
    BOOL called = real.CallNamedPipeA(name, request, size, reply, reply_size, count, time);
    if (called && *count)
        --*count;
    return called;
}
MUTANT(npipe_call_a_counts_one_less, "CallNamedPipeA counts the reply one byte short",
       PATCH(CallNamedPipeA, call_a_cuts));

/* ---- Without a peer */

static BOOL WINAPI connect_accepts_closed(HANDLE server, LPOVERLAPPED overlapped)
{
    BOOL connected = real.ConnectNamedPipe(server, overlapped);
    return connected || failed_with(connected, ERROR_INVALID_HANDLE);
}
MUTANT(npipe_connect_accepts_closed, "ConnectNamedPipe succeeds for a handle that is closed",
       PATCH(ConnectNamedPipe, connect_accepts_closed));

static BOOL WINAPI connect_is_alertable(HANDLE server, LPOVERLAPPED overlapped)
{
    if (!overlapped)
        real.SleepEx(0, TRUE);
    return real.ConnectNamedPipe(server, overlapped);
}
MUTANT(npipe_connect_is_alertable, "A blocking ConnectNamedPipe runs the thread's queued APCs",
       PATCH(ConnectNamedPipe, connect_is_alertable));

static HANDLE last_written;

static BOOL WINAPI notes_written(WRITE_PARAMETERS)
{
    last_written = end;
    return WRITE;
}

static BOOL WINAPI disconnect_wants_all_read(HANDLE server)
{
    return server == last_written ? fail_with(ERROR_BUSY) : real.DisconnectNamedPipe(server);
}
MUTANT(npipe_disconnect_wants_all_read, "DisconnectNamedPipe fails for what it has written last",
       PATCH(WriteFile, notes_written), PATCH(DisconnectNamedPipe, disconnect_wants_all_read));

static BOOL WINAPI disconnect_twice(HANDLE server)
{
    BOOL done = real.DisconnectNamedPipe(server);
    return done || failed_with(done, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_disconnect_twice_succeeds, "DisconnectNamedPipe succeeds for a disconnected instance",
       PATCH(DisconnectNamedPipe, disconnect_twice));

static BOOL WINAPI disconnect_wants_a_client(HANDLE server)
{
    return is_left(server) ? fail_with(ERROR_NO_DATA) : real.DisconnectNamedPipe(server);
}
MUTANT(npipe_disconnect_wants_a_client, "DisconnectNamedPipe fails when the client has gone",
       PATCH(DisconnectNamedPipe, disconnect_wants_a_client));

static BOOL WINAPI disconnects_500_times(HANDLE server)
{
    static unsigned times;
    return ++times > 500 ? fail_with(ERROR_NO_SYSTEM_RESOURCES) : real.DisconnectNamedPipe(server);
}
MUTANT(npipe_disconnects_500_times, "An instance can be used five hundred times",
       PATCH(DisconnectNamedPipe, disconnects_500_times));

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
    return real.SetNamedPipeHandleState(pipe, mode, count, time_out);
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
