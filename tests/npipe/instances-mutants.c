/* Wrong behaviours of pipes with several instances. */
#include "npipe-mutants.h"

/* ---- The instances and clients of a test, in the order in which they were made */

static struct {
    HANDLE servers[4], clients[4];
    unsigned created, opened;
    bool disconnected, offered, left, closed_before_client, duplicated;
} pipes;

static HANDLE WINAPI note_create(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (server != INVALID_HANDLE_VALUE && pipes.created < 4)
        pipes.servers[pipes.created++] = server;
    return server;
}

static HANDLE WINAPI note_open(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (is_pipe_name(name) && client != INVALID_HANDLE_VALUE && pipes.opened < 4)
        pipes.clients[pipes.opened++] = client;
    return client;
}

static int place(const HANDLE *list, HANDLE handle)
{
    for (int i = 0; i < 4; i++)
        if (list[i] == handle)
            return i;
    return -1;
}

static BOOL WINAPI note_close(HANDLE handle)
{
    pipes.left |= place(pipes.clients, handle) >= 0;
    int server = place(pipes.servers, handle);
    pipes.closed_before_client |= server >= 0 && pipes.clients[server];
    return real(CloseHandle)(handle);
}

static BOOL WINAPI note_disconnect(HANDLE pipe)
{
    pipes.disconnected = true;
    pipes.offered = false;
    return real(DisconnectNamedPipe)(pipe);
}

static BOOL WINAPI note_connect(HANDLE pipe, LPOVERLAPPED overlapped)
{
    pipes.offered = pipes.disconnected;
    return real(ConnectNamedPipe)(pipe, overlapped);
}

static BOOL WINAPI note_duplicate(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy,
                                  DWORD access, BOOL inherit, DWORD options)
{
    pipes.duplicated = true;
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}

#define NOTE_ENDS PATCH(CreateNamedPipeW, note_create), PATCH(CreateFileW, note_open)

/* ---- What reaches the other instance */

static void cut_off_all_but(HANDLE server)
{
    DWORD error = GetLastError();
    for (int i = 0; i < 4; i++)
        if (pipes.servers[i] && pipes.servers[i] != server)
            real(DisconnectNamedPipe)(pipes.servers[i]);
    SetLastError(error);
}

static BOOL WINAPI disconnect_reaches_all(HANDLE pipe)
{
    BOOL done = real(DisconnectNamedPipe)(pipe);
    cut_off_all_but(pipe);
    return done;
}
MUTANT(npipe_disconnect_reaches_all_instances, "DisconnectNamedPipe cuts off all clients",
       NOTE_ENDS, PATCH(DisconnectNamedPipe, disconnect_reaches_all));

static BOOL WINAPI close_of_server_reaches_all(HANDLE handle)
{
    BOOL closed = real(CloseHandle)(handle);
    if (place(pipes.servers, handle) >= 0)
        cut_off_all_but(handle);
    return closed;
}
MUTANT(npipe_close_of_one_instance_reaches_all, "Closing one instance cuts off all clients",
       NOTE_ENDS, PATCH(CloseHandle, close_of_server_reaches_all));

static BOOL WINAPI leaving_client_reaches_all(HANDLE handle)
{
    int client = place(pipes.clients, handle);
    BOOL closed = real(CloseHandle)(handle);
    if (client >= 0)
        cut_off_all_but(pipes.servers[client]);
    return closed;
}
MUTANT(npipe_leaving_client_reaches_all_instances, "When one client closes the others are cut off",
       NOTE_ENDS, PATCH(CloseHandle, leaving_client_reaches_all));

static BOOL WINAPI second_offer_reaches_all(HANDLE pipe, LPOVERLAPPED overlapped)
{
    if (pipes.disconnected)
        cut_off_all_but(pipe);
    return real(ConnectNamedPipe)(pipe, overlapped);
}
MUTANT(npipe_second_offer_reaches_all_instances,
       "When an instance is offered again the clients of others are cut off", NOTE_ENDS,
       PATCH(DisconnectNamedPipe, note_disconnect),
       PATCH(ConnectNamedPipe, second_offer_reaches_all));

/* ---- What counts */

/* A pipe that has nothing to do with the one whose limit is reached. */
static HANDLE beyond_limit(CREATE_PIPE_PARAMETERS)
{
    WCHAR other[300] = L"";
    wcsncat(other, name, 280);
    wcscat(other, L"-beyond");
    name = other;
    return CREATE_PIPE;
}

#define FORGETS(function, condition)                                                            \
    static HANDLE WINAPI function(CREATE_PIPE_PARAMETERS)                                       \
    {                                                                                           \
        HANDLE server = note_create(name, open_mode, pipe_mode, instances, out_size, in_size,   \
                                    time_out, security);                                        \
        if (server == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY && (condition)) \
            server = beyond_limit(name, open_mode, pipe_mode, instances, out_size, in_size,     \
                                  time_out, security);                                          \
        return server;                                                                          \
    }

FORGETS(forgets_disconnected, pipes.disconnected)
MUTANT(npipe_limit_forgets_disconnected, "A disconnected instance does not count for the limit",
       PATCH(CreateNamedPipeW, forgets_disconnected), PATCH(DisconnectNamedPipe, note_disconnect));

FORGETS(forgets_left, pipes.left)
MUTANT(npipe_limit_forgets_left, "An instance that its client has left does not count",
       PATCH(CreateNamedPipeW, forgets_left), PATCH(CreateFileW, note_open),
       PATCH(CloseHandle, note_close));

FORGETS(forgets_duplicate, pipes.duplicated)
MUTANT(npipe_limit_forgets_duplicates, "An instance counts until its first handle is closed",
       PATCH(CreateNamedPipeW, forgets_duplicate), PATCH(DuplicateHandle, note_duplicate));

static HANDLE WINAPI counts_closed(CREATE_PIPE_PARAMETERS)
{
    if (pipes.closed_before_client && !pipes.duplicated)
        return refuse_with(ERROR_PIPE_BUSY);
    return note_create(name, open_mode, pipe_mode, instances, out_size, in_size, time_out,
                       security);
}
MUTANT(npipe_limit_counts_clients, "An instance counts as long as its client is open",
       PATCH(CreateNamedPipeW, counts_closed), PATCH(CreateFileW, note_open),
       PATCH(CloseHandle, note_close), PATCH(DuplicateHandle, note_duplicate));

static BOOL WINAPI client_counts_its_own(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && instances && *instances > 1 && is_client_end(pipe))
        *instances = 1;
    return done;
}
MUTANT(npipe_client_counts_its_own_instance, "A client is told of its own instance only",
       PATCH(GetNamedPipeHandleStateW, client_counts_its_own));

static BOOL WINAPI client_always_has_one(STATE_PARAMETERS)
{
    BOOL done = STATE;
    if (done && instances && *instances == 0)
        *instances = 1;
    return done;
}
MUTANT(npipe_client_always_has_an_instance,
       "A client is told of an instance though the server has closed the last one",
       PATCH(GetNamedPipeHandleStateW, client_always_has_one));

/* ---- WaitNamedPipe */

#define WAITS(function, error, condition, result)                        \
    static BOOL WINAPI function(LPCWSTR name, DWORD time_out)            \
    {                                                                    \
        BOOL available = real(WaitNamedPipeW)(name, time_out);           \
        bool came = (error) ? failed_with(available, error) : available; \
        return came && (condition) ? (result) : available;               \
    }

WAITS(looks_at_first, 0, pipes.created == 2 && pipes.opened == 1, fail_with(ERROR_SEM_TIMEOUT))
MUTANT(npipe_wait_looks_at_first_instance,
       "WaitNamedPipe does not see that a second instance is free", NOTE_ENDS,
       PATCH(WaitNamedPipeW, looks_at_first));

WAITS(takes_disconnected, ERROR_SEM_TIMEOUT, pipes.disconnected, TRUE)
MUTANT(npipe_wait_takes_disconnected_for_free,
       "WaitNamedPipe takes a disconnected instance for free",
       PATCH(DisconnectNamedPipe, note_disconnect), PATCH(WaitNamedPipeW, takes_disconnected));

WAITS(takes_left, ERROR_SEM_TIMEOUT, pipes.left, TRUE)
MUTANT(npipe_wait_takes_left_for_free,
       "WaitNamedPipe takes an instance for free that its client has left",
       PATCH(CreateFileW, note_open), PATCH(CloseHandle, note_close),
       PATCH(WaitNamedPipeW, takes_left));

WAITS(misses_offer, 0, pipes.offered, fail_with(ERROR_SEM_TIMEOUT))
MUTANT(npipe_wait_misses_second_offer,
       "WaitNamedPipe does not see an instance that has been offered again",
       PATCH(DisconnectNamedPipe, note_disconnect), PATCH(ConnectNamedPipe, note_connect),
       PATCH(WaitNamedPipeW, misses_offer));

static BOOL WINAPI ansi_wait_for_missing_times_out(LPCSTR name, DWORD time_out)
{
    BOOL available = real(WaitNamedPipeA)(name, time_out);
    return failed_with(available, ERROR_FILE_NOT_FOUND) ? fail_with(ERROR_SEM_TIMEOUT) : available;
}
MUTANT(npipe_ansi_wait_for_missing_times_out, "WaitNamedPipeA takes a missing pipe for a busy one",
       PATCH(WaitNamedPipeA, ansi_wait_for_missing_times_out));

static BOOL WINAPI ansi_wait_is_short(LPCSTR name, DWORD time_out)
{
    return real(WaitNamedPipeA)(name, time_out > 1000 ? 1 : time_out);
}
MUTANT(npipe_ansi_wait_gives_up, "WaitNamedPipeA does not wait for more than a millisecond",
       PATCH(WaitNamedPipeA, ansi_wait_is_short));
