/* Wrong behaviours, for the tests of oneway.c: instances of pipes of one direction. */
#include "npipe-mutants.h"

/* The last instance of one direction. */
static struct {
    HANDLE server;
    DWORD mode;
} last;

static HANDLE WINAPI notes_mode(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    DWORD mode = open_mode & PIPE_ACCESS_DUPLEX;
    if (server != INVALID_HANDLE_VALUE && mode != PIPE_ACCESS_DUPLEX) {
        last.server = server;
        last.mode = mode;
    }
    return server;
}

static bool lacks(HANDLE server, DWORD mode)
{
    return server && server == last.server && last.mode != mode;
}

static BOOL WINAPI connect_wants_reading(CONNECT_PARAMETERS)
{
    return lacks(server, PIPE_ACCESS_INBOUND) ? fail_with(ERROR_ACCESS_DENIED) : CONNECT;
}
MUTANT(connect_named_pipe_wants_read_access,
       "ConnectNamedPipe fails with ERROR_ACCESS_DENIED for the server of an outbound pipe",
       PATCH(CreateNamedPipeW, notes_mode), PATCH(ConnectNamedPipe, connect_wants_reading));

static BOOL WINAPI connect_wants_writing(CONNECT_PARAMETERS)
{
    return lacks(server, PIPE_ACCESS_OUTBOUND) ? fail_with(ERROR_ACCESS_DENIED) : CONNECT;
}
MUTANT(connect_named_pipe_wants_write_access,
       "ConnectNamedPipe fails with ERROR_ACCESS_DENIED for the server of an inbound pipe",
       PATCH(CreateNamedPipeW, notes_mode), PATCH(ConnectNamedPipe, connect_wants_writing));

static BOOL WINAPI disconnect_wants_reading(HANDLE server)
{
    return lacks(server, PIPE_ACCESS_INBOUND) ? fail_with(ERROR_ACCESS_DENIED)
                                              : real(DisconnectNamedPipe)(server);
}
MUTANT(disconnect_named_pipe_wants_read_access,
       "DisconnectNamedPipe fails with ERROR_ACCESS_DENIED for the server of an outbound pipe",
       PATCH(CreateNamedPipeW, notes_mode), PATCH(DisconnectNamedPipe, disconnect_wants_reading));

static BOOL WINAPI disconnect_wants_writing(HANDLE server)
{
    return lacks(server, PIPE_ACCESS_OUTBOUND) ? fail_with(ERROR_ACCESS_DENIED)
                                               : real(DisconnectNamedPipe)(server);
}
MUTANT(disconnect_named_pipe_wants_write_access,
       "DisconnectNamedPipe fails with ERROR_ACCESS_DENIED for the server of an inbound pipe",
       PATCH(CreateNamedPipeW, notes_mode), PATCH(DisconnectNamedPipe, disconnect_wants_writing));
