/* Wrong behaviours, for the tests of connect.c: ConnectNamedPipe in each state of an instance,
 * and what DisconnectNamedPipe does to it. */
#include "npipe-mutants.h"

static bool is_nonblocking(HANDLE server)
{
    return mode_of(server) & PIPE_NOWAIT;
}

static BOOL WINAPI succeeds_when_connected(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    return connected ||
           (failed_with(connected, ERROR_PIPE_CONNECTED) && !overlapped && !is_nonblocking(server));
}
MUTANT(npipe_connect_succeeds_when_connected,
       "A blocking ConnectNamedPipe succeeds when the client is there already",
       PATCH(ConnectNamedPipe, succeeds_when_connected));

static BOOL WINAPI overlapped_succeeds_when_connected(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    return connected || (failed_with(connected, ERROR_PIPE_CONNECTED) && overlapped);
}
MUTANT(npipe_overlapped_connect_succeeds_when_connected,
       "An overlapped ConnectNamedPipe succeeds when the client is there already",
       PATCH(ConnectNamedPipe, overlapped_succeeds_when_connected));

static BOOL WINAPI second_connect_succeeds(CONNECT_PARAMETERS)
{
    static HANDLE before;
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_IO_PENDING))
        before = server;
    return connected || (failed_with(connected, ERROR_PIPE_CONNECTED) && server == before);
}
MUTANT(npipe_second_connect_succeeds,
       "ConnectNamedPipe succeeds once more for a client that it has connected to before",
       PATCH(ConnectNamedPipe, second_connect_succeeds));

static BOOL WINAPI left_instance_is_connected(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_NO_DATA) && !is_nonblocking(server))
        SetLastError(ERROR_PIPE_CONNECTED);
    return connected;
}
MUTANT(npipe_left_instance_is_connected,
       "ConnectNamedPipe does not notice that the client has gone",
       PATCH(ConnectNamedPipe, left_instance_is_connected));

static BOOL WINAPI nonblocking_offer_succeeds(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    return connected || failed_with(connected, ERROR_PIPE_LISTENING);
}
MUTANT(npipe_nonblocking_offer_succeeds,
       "A nonblocking ConnectNamedPipe succeeds while there is no client",
       PATCH(ConnectNamedPipe, nonblocking_offer_succeeds));

static BOOL WINAPI nonblocking_misses_client(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_PIPE_CONNECTED) && is_nonblocking(server))
        SetLastError(ERROR_PIPE_LISTENING);
    return connected;
}
MUTANT(npipe_nonblocking_connect_misses_client,
       "A nonblocking ConnectNamedPipe does not notice that a client has come",
       PATCH(ConnectNamedPipe, nonblocking_misses_client));

static BOOL WINAPI nonblocking_misses_end(CONNECT_PARAMETERS)
{
    BOOL connected = CONNECT;
    if (failed_with(connected, ERROR_NO_DATA) && is_nonblocking(server))
        SetLastError(ERROR_PIPE_LISTENING);
    return connected;
}
MUTANT(npipe_nonblocking_connect_misses_end,
       "A nonblocking ConnectNamedPipe takes an instance whose client has gone for a fresh one",
       PATCH(ConnectNamedPipe, nonblocking_misses_end));

static BOOL WINAPI blocking_returns_at_once(CONNECT_PARAMETERS)
{
    BOOL peeked = real(PeekNamedPipe)(server, NULL, 0, NULL, NULL, NULL);
    if (!overlapped && failed_with(peeked, ERROR_BAD_PIPE) && !is_nonblocking(server))
        return TRUE;
    return CONNECT;
}
MUTANT(npipe_blocking_connect_returns_at_once,
       "A blocking ConnectNamedPipe does not wait for a client",
       PATCH(ConnectNamedPipe, blocking_returns_at_once));

static BOOL WINAPI connect_takes_client_end(CONNECT_PARAMETERS)
{
    return is_client_end(server) || CONNECT;
}
MUTANT(npipe_connect_takes_client_end, "ConnectNamedPipe succeeds with the client's handle",
       PATCH(ConnectNamedPipe, connect_takes_client_end));

static HANDLE disconnected_server;

static BOOL WINAPI disconnection_noted(HANDLE server)
{
    disconnected_server = server;
    return real(DisconnectNamedPipe)(server);
}

static BOOL WINAPI spent_instance_refused(CONNECT_PARAMETERS)
{
    return server == disconnected_server ? fail_with(ERROR_NO_DATA) : CONNECT;
}
MUTANT(npipe_instance_serves_once, "A disconnected instance cannot be connected again",
       PATCH(DisconnectNamedPipe, disconnection_noted),
       PATCH(ConnectNamedPipe, spent_instance_refused));

static HANDLE WINAPI disconnected_name_hidden(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY && disconnected_server)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return client;
}
MUTANT(npipe_disconnect_hides_name, "A pipe has no name while its only instance is disconnected",
       PATCH(DisconnectNamedPipe, disconnection_noted),
       PATCH(CreateFileW, disconnected_name_hidden));

static HANDLE latest_server;

static HANDLE WINAPI server_noted(CREATE_PIPE_PARAMETERS)
{
    return latest_server = CREATE_PIPE;
}

/* Does what DisconnectNamedPipe and ConnectNamedPipe would, as soon as the client closes. */
static BOOL WINAPI close_frees_instance(HANDLE handle)
{
    DWORD mode = PIPE_NOWAIT, before = mode_of(latest_server);
    bool client = real(GetFileType)(handle) == FILE_TYPE_PIPE && is_client_end(handle);
    BOOL closed = real(CloseHandle)(handle);
    if (client && unread_in(latest_server, NULL) == 0) {
        real(DisconnectNamedPipe)(latest_server);
        real(SetNamedPipeHandleState)(latest_server, &mode, NULL, NULL);
        real(ConnectNamedPipe)(latest_server, &(OVERLAPPED){0});
        real(SetNamedPipeHandleState)(latest_server, &before, NULL, NULL);
    }
    return closed;
}
MUTANT(npipe_close_frees_instance,
       "An instance takes the next client as soon as the client has closed its handle",
       PATCH(CreateNamedPipeW, server_noted), PATCH(CloseHandle, close_frees_instance));

static BOOL WINAPI disconnected_read_is_empty(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || failed_with(read, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_disconnected_read_is_empty,
       "A client that was disconnected reads nothing, without error",
       PATCH(ReadFile, disconnected_read_is_empty));

static BOOL WINAPI disconnected_write_is_lost(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || failed_with(wrote, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_disconnected_write_is_lost,
       "What a client writes after it was disconnected is lost, without error",
       PATCH(WriteFile, disconnected_write_is_lost));

static BOOL WINAPI disconnected_peek_is_empty(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return peeked || failed_with(peeked, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_disconnected_peek_is_empty, "A client that was disconnected peeks without error",
       PATCH(PeekNamedPipe, disconnected_peek_is_empty));

static uint8_t last_write[64];
static DWORD last_size;

static BOOL WINAPI write_kept(WRITE_PARAMETERS)
{
    last_size = size < sizeof(last_write) ? size : sizeof(last_write);
    memcpy(last_write, bytes, last_size);
    return WRITE;
}

static BOOL WINAPI kept_write_read(READ_PARAMETERS)
{
    BOOL read = READ;
    if (!failed_with(read, ERROR_PIPE_NOT_CONNECTED) || size < last_size || !got)
        return read;
    memcpy(buffer, last_write, *got = last_size);
    return TRUE;
}
MUTANT(npipe_disconnect_keeps_data, "A client can still read after DisconnectNamedPipe",
       PATCH(WriteFile, write_kept), PATCH(ReadFile, kept_write_read));

static DWORD unread_at_disconnect;

static BOOL WINAPI unread_noted(HANDLE server)
{
    unread_at_disconnect = unread_in(server, NULL);
    return real(DisconnectNamedPipe)(server);
}

static BOOL WINAPI unread_inherited(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && available && *available == 0)
        *available = unread_at_disconnect;
    return peeked;
}
MUTANT(npipe_next_client_inherits_data,
       "What one client wrote and nobody read is there for the next one's session",
       PATCH(DisconnectNamedPipe, unread_noted), PATCH(PeekNamedPipe, unread_inherited));

static BOOL WINAPI disconnect_takes_client_end(HANDLE server)
{
    return is_client_end(server) || real(DisconnectNamedPipe)(server);
}
MUTANT(npipe_disconnect_takes_client_end, "DisconnectNamedPipe succeeds with the client's handle",
       PATCH(DisconnectNamedPipe, disconnect_takes_client_end));

static BOOL WINAPI count_kept_on_failure(READ_PARAMETERS)
{
    DWORD before = got ? *got : 0;
    BOOL read = READ;
    if (!read && got && *got == 0)
        *got = before;
    return read;
}
MUTANT(npipe_count_kept_on_failure, "ReadFile leaves the byte count alone when it fails",
       PATCH(ReadFile, count_kept_on_failure));
