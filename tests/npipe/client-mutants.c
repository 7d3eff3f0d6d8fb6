/* Wrong behaviours, for the tests of client.c: how a client reaches a pipe: CreateFile by
 * access, busy and missing pipes, WaitNamedPipe. */
#include "npipe-mutants.h"

#define READ_WRITE (GENERIC_READ | GENERIC_WRITE)

/* Opens with OTHER access when ACCESS was refused. */
static HANDLE open_with_other(OPEN_PARAMETERS, DWORD refused, DWORD other)
{
    HANDLE client = OPEN;
    if (client != INVALID_HANDLE_VALUE || GetLastError() != ERROR_ACCESS_DENIED ||
        !is_pipe_name(name) || access != refused)
        return client;
    access = other;
    return OPEN;
}

static HANDLE WINAPI read_of_inbound(OPEN_PARAMETERS)
{
    return open_with_other(name, access, share, security, creation, flags, template, GENERIC_READ,
                           GENERIC_WRITE);
}
MUTANT(npipe_inbound_opened_for_reading, "A client may open an inbound pipe for reading",
       PATCH(CreateFileW, read_of_inbound));

static HANDLE WINAPI write_of_outbound(OPEN_PARAMETERS)
{
    return open_with_other(name, access, share, security, creation, flags, template, GENERIC_WRITE,
                           GENERIC_READ);
}
MUTANT(npipe_outbound_opened_for_writing, "A client may open an outbound pipe for writing",
       PATCH(CreateFileW, write_of_outbound));

static HANDLE WINAPI both_of_inbound(OPEN_PARAMETERS)
{
    return open_with_other(name, access, share, security, creation, flags, template, READ_WRITE,
                           GENERIC_WRITE);
}
MUTANT(npipe_one_way_pipe_opened_for_both, "A client may open an inbound pipe for both directions",
       PATCH(CreateFileW, both_of_inbound));

static HANDLE WINAPI busy_looks_missing(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return client;
}
MUTANT(npipe_busy_looks_missing, "A pipe whose instances are all taken is reported as missing",
       PATCH(CreateFileW, busy_looks_missing));

static HANDLE WINAPI missing_looks_busy(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (client == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND &&
        is_pipe_name(name))
        SetLastError(ERROR_PIPE_BUSY);
    return client;
}
MUTANT(npipe_missing_looks_busy, "A pipe that does not exist is reported as busy",
       PATCH(CreateFileW, missing_looks_busy));

static HANDLE read_from;

static BOOL WINAPI reader_noted(READ_PARAMETERS)
{
    read_from = end;
    return READ;
}

static BOOL WINAPI reader_may_not_write(WRITE_PARAMETERS)
{
    return end == read_from ? fail_with(ERROR_ACCESS_DENIED) : WRITE;
}
MUTANT(npipe_duplex_turns_one_way, "An end of a duplex pipe that has been read cannot be written",
       PATCH(ReadFile, reader_noted), PATCH(WriteFile, reader_may_not_write));

static bool is_server_end(HANDLE pipe)
{
    return info_of(pipe) & PIPE_SERVER_END;
}

static BOOL WINAPI read_only_client_writes(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_ACCESS_DENIED) && !is_server_end(end));
}
MUTANT(npipe_read_only_client_writes, "WriteFile succeeds on a client's handle for reading only",
       PATCH(WriteFile, read_only_client_writes));

static BOOL WINAPI inbound_server_writes(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    return wrote || (failed_with(wrote, ERROR_ACCESS_DENIED) && is_server_end(end));
}
MUTANT(npipe_inbound_server_writes, "WriteFile succeeds on the server end of an inbound pipe",
       PATCH(WriteFile, inbound_server_writes));

static BOOL WINAPI write_only_client_reads(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || (failed_with(read, ERROR_ACCESS_DENIED) && is_client_end(end));
}
MUTANT(npipe_write_only_client_reads, "ReadFile succeeds on a client's handle for writing only",
       PATCH(ReadFile, write_only_client_reads));

/* The server end of an outbound pipe may not even be asked what it is. */
static BOOL WINAPI outbound_server_reads(READ_PARAMETERS)
{
    BOOL read = READ;
    return read || (failed_with(read, ERROR_ACCESS_DENIED) && !is_client_end(end));
}
MUTANT(npipe_outbound_server_reads, "ReadFile succeeds on the server end of an outbound pipe",
       PATCH(ReadFile, outbound_server_reads));

static HANDLE opened_one_way;

static HANDLE WINAPI one_way_client_noted(OPEN_PARAMETERS)
{
    HANDLE client = OPEN;
    if (is_pipe_name(name) && (access == GENERIC_READ || access == GENERIC_WRITE))
        opened_one_way = client;
    return client;
}

static BOOL WINAPI write_only_client_garbles(WRITE_PARAMETERS)
{
    static uint8_t garbled[64];
    if (end == opened_one_way && size > 0 && size < sizeof(garbled)) {
        memcpy(garbled, bytes, size);
        garbled[0] ^= 0xFF;
        bytes = garbled;
    }
    return WRITE;
}
MUTANT(npipe_write_only_client_garbles,
       "What a client writes through a write-only handle is garbled",
       PATCH(CreateFileW, one_way_client_noted), PATCH(WriteFile, write_only_client_garbles));

static BOOL WINAPI read_only_client_garbles(READ_PARAMETERS)
{
    BOOL read = READ;
    if (read && end == opened_one_way)
        *(uint8_t *)buffer ^= 0xFF;
    return read;
}
MUTANT(npipe_read_only_client_garbles, "What a client reads through a read-only handle is garbled",
       PATCH(CreateFileW, one_way_client_noted), PATCH(ReadFile, read_only_client_garbles));

static BOOL WINAPI wait_misses_available(WAIT_PARAMETERS)
{
    bool offered = connecting.server && real(WaitNamedPipeW)(name, NMPWAIT_NOWAIT);
    return offered ? fail_with(ERROR_SEM_TIMEOUT) : WAIT;
}
MUTANT(npipe_wait_misses_available,
       "WaitNamedPipe does not see an instance that ConnectNamedPipe offers already",
       PATCH(ConnectNamedPipe, notes_connect), PATCH(WaitNamedPipeW, wait_misses_available));

static BOOL WINAPI wait_takes_instance(WAIT_PARAMETERS)
{
    BOOL at_once = real(WaitNamedPipeW)(name, 1), available = at_once || WAIT;
    if (at_once && time_out != NMPWAIT_WAIT_FOREVER)
        real(CreateFileW)(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    return available;
}
MUTANT(npipe_wait_takes_instance, "WaitNamedPipe keeps the instance that it has found",
       PATCH(WaitNamedPipeW, wait_takes_instance));

static BOOL WINAPI time_out_is_busy(WAIT_PARAMETERS)
{
    BOOL available = WAIT;
    if (failed_with(available, ERROR_SEM_TIMEOUT) && is_time(time_out))
        SetLastError(ERROR_PIPE_BUSY);
    return available;
}
MUTANT(npipe_wait_time_out_is_busy,
       "WaitNamedPipe reports the end of a time in milliseconds as ERROR_PIPE_BUSY",
       PATCH(WaitNamedPipeW, time_out_is_busy));

static BOOL WINAPI wait_for_missing_times_out(WAIT_PARAMETERS)
{
    BOOL available = WAIT;
    if (failed_with(available, ERROR_FILE_NOT_FOUND))
        SetLastError(ERROR_SEM_TIMEOUT);
    return available;
}
MUTANT(npipe_wait_for_missing_times_out, "WaitNamedPipe takes a missing pipe for a busy one",
       PATCH(WaitNamedPipeW, wait_for_missing_times_out));

static BOOL WINAPI default_wait_is_short(WAIT_PARAMETERS)
{
    if (time_out == NMPWAIT_USE_DEFAULT_WAIT)
        time_out = 1;
    return WAIT;
}
MUTANT(npipe_default_wait_is_short, "WaitNamedPipe does not use the server's default time-out",
       PATCH(WaitNamedPipeW, default_wait_is_short));

static HANDLE WINAPI default_time_out_is_none(CREATE_PIPE_PARAMETERS)
{
    if (time_out == 0)
        time_out = 1;
    return CREATE_PIPE;
}
MUTANT(npipe_default_time_out_is_none, "CreateNamedPipe takes a default time-out of 0 as it is",
       PATCH(CreateNamedPipeW, default_time_out_is_none));

static BOOL WINAPI long_wait_gives_up(WAIT_PARAMETERS)
{
    if (is_time(time_out))
        time_out = NMPWAIT_NOWAIT;
    return WAIT;
}
MUTANT(npipe_long_wait_gives_up, "WaitNamedPipe does not wait for an instance to become free",
       PATCH(WaitNamedPipeW, long_wait_gives_up));

static HANDLE WINAPI one_instance_for_all(OPEN_PARAMETERS)
{
    static SRWLOCK one_by_one = SRWLOCK_INIT;
    static HANDLE first_client;
    bool further = is_pipe_name(name) && is_further_thread();
    AcquireSRWLockExclusive(&one_by_one);
    HANDLE client = OPEN, copy = NULL;
    if (client != INVALID_HANDLE_VALUE && is_pipe_name(name))
        first_client = client;
    ReleaseSRWLockExclusive(&one_by_one);
    if (client != INVALID_HANDLE_VALUE || !further || GetLastError() != ERROR_PIPE_BUSY)
        return client;
    return real(DuplicateHandle)(GetCurrentProcess(), first_client, GetCurrentProcess(), &copy, 0,
                                 FALSE, DUPLICATE_SAME_ACCESS)
               ? copy
               : refuse_with(ERROR_PIPE_BUSY);
}
MUTANT(npipe_threads_share_an_instance,
       "A thread that opens a pipe just after another one gets the other's instance",
       PATCH(CreateFileW, one_instance_for_all));
