/* Wrong behaviours, for the tests of together.c: named pipes of several processes: inherited
 * ends, many clients, peers that are killed. */
#include "npipe-mutants.h"

#include <string.h>

static unsigned created;

static HANDLE WINAPI limits_to_32(CREATE_PIPE_PARAMETERS)
{
    return instances == 64 && created++ >= 32 ? refuse_with(ERROR_PIPE_BUSY) : CREATE_PIPE;
}
MUTANT(npipe_create_limits_to_32, "A pipe has no more than 32 instances",
       PATCH(CreateNamedPipeW, limits_to_32));

static WCHAR remembered[300];

static BOOL WINAPI remembers_names(WAIT_PARAMETERS)
{
    BOOL free = WAIT;
    if (free)
        wcscpy(remembered, name);
    return !free && !wcscmp(name, remembered) ? fail_with(ERROR_SEM_TIMEOUT) : free;
}
MUTANT(npipe_wait_remembers_names, "WaitNamedPipe waits for a pipe that is no more",
       PATCH(WaitNamedPipeW, remembers_names));

static BOOL WINAPI disconnect_wants_a_client(HANDLE server)
{
    return is_left(server) ? fail_with(ERROR_NO_DATA) : real(DisconnectNamedPipe)(server);
}
MUTANT(npipe_disconnect_wants_a_client, "DisconnectNamedPipe fails when the client has gone",
       PATCH(DisconnectNamedPipe, disconnect_wants_a_client));

static BOOL WINAPI disconnects_500_times(HANDLE server)
{
    static unsigned times;
    return ++times > 500 ? fail_with(ERROR_NO_SYSTEM_RESOURCES) : real(DisconnectNamedPipe)(server);
}
MUTANT(npipe_disconnects_500_times, "An instance can be used five hundred times",
       PATCH(DisconnectNamedPipe, disconnects_500_times));

static BOOL WINAPI pending_write_misses_end(RESULT_PARAMETERS)
{
    BOOL ended = RESULT;
    return ended || failed_with(ended, ERROR_BROKEN_PIPE) || failed_with(ended, ERROR_NO_DATA) ||
           failed_with(ended, ERROR_PIPE_NOT_CONNECTED);
}
MUTANT(npipe_pending_write_misses_end,
       "A pending operation ends without error when the other end goes",
       PATCH(GetOverlappedResult, pending_write_misses_end));

static BOOL WINAPI transaction_misses_end(TRANSACT_PARAMETERS)
{
    BOOL done = TRANSACT;
    return done || failed_with(done, ERROR_BROKEN_PIPE);
}
MUTANT(npipe_transact_misses_the_end,
       "TransactNamedPipe returns TRUE when the other end goes before it answers",
       PATCH(TransactNamedPipe, transaction_misses_end));

static bool has_child;

static BOOL WINAPI notes_child(LPCWSTR program, LPWSTR words, LPSECURITY_ATTRIBUTES of_process,
                               LPSECURITY_ATTRIBUTES of_thread, BOOL inherit, DWORD flags,
                               LPVOID environment, LPCWSTR directory, LPSTARTUPINFOW startup,
                               LPPROCESS_INFORMATION info)
{
    STARTUPINFOW other = *startup;
    has_child = true;
    if (startup->dwFlags & STARTF_USESTDHANDLES && is_client_end(startup->hStdOutput) &&
        !(flags & EXTENDED_STARTUPINFO_PRESENT) && startup->hStdOutput && !startup->hStdInput &&
        !startup->hStdError)
        other.hStdOutput = NULL;
    return real(CreateProcessW)(program, words, of_process, of_thread, inherit, flags, environment,
                                directory, flags & EXTENDED_STARTUPINFO_PRESENT ? startup : &other,
                                info);
}
MUTANT(npipe_client_is_no_standard_handle, "A child does not get a client's end as its output",
       PATCH(CreateProcessW, notes_child));

static BOOL WINAPI ends_with_child(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    return peeked && has_child && !buffer && !available ? fail_with(ERROR_BROKEN_PIPE) : peeked;
}
MUTANT(npipe_ends_with_the_child,
       "A pipe is at its end when the child that had inherited the writer is",
       PATCH(CreateProcessW, notes_child), PATCH(PeekNamedPipe, ends_with_child));

static BOOL WINAPI needs_no_reader(HANDLE file, LPCVOID buffer, DWORD size, LPDWORD count,
                                   LPOVERLAPPED overlapped)
{
    BOOL written = real(WriteFile)(file, buffer, size, count, overlapped);
    DWORD error = GetLastError();
    if (written || !is_pipe(file) || (error != ERROR_NO_DATA && error != ERROR_BROKEN_PIPE))
        return written;
    *count = size;
    return TRUE;
}
MUTANT(write_file_needs_no_reader, "WriteFile to a pipe without a reader succeeds",
       PATCH(WriteFile, needs_no_reader));
