/* Wrong behaviours, for the tests of another.c: CancelIo and CancelIoEx. */
#include "npipe-mutants.h"

/* Whether it is the server end of a pipe of another process. */
static bool is_given(HANDLE pipe)
{
    DWORD creator = 0, error = GetLastError();
    bool given = real(GetNamedPipeServerProcessId)(pipe, &creator) && !is_client_end(pipe) &&
                 creator != GetCurrentProcessId();
    SetLastError(error);
    return given;
}

static BOOL WINAPI find_what_is_not(HANDLE file, LPOVERLAPPED overlapped)
{
    return real(CancelIoEx)(file, overlapped) || is_given(file);
}
MUTANT(cancel_io_ex_finds_what_it_does_not_cancel,
       "CancelIoEx succeeds at an end on which another process has begun something",
       PATCH(CancelIoEx, find_what_is_not));

/* Nothing that a process can call cancels for another, but this ends its operations, too. */
static BOOL WINAPI cancel_for_all(HANDLE file)
{
    return is_given(file) ? real(DisconnectNamedPipe)(file) : real(CancelIo)(file);
}
MUTANT(cancel_io_in_another_process_cancels,
       "CancelIo ends what another process has begun on the end", PATCH(CancelIo, cancel_for_all));

static BOOL WINAPI cancel_ex_for_all(HANDLE file, LPOVERLAPPED overlapped)
{
    return is_given(file) ? real(DisconnectNamedPipe)(file) : real(CancelIoEx)(file, overlapped);
}
MUTANT(cancel_io_ex_in_another_process_cancels,
       "CancelIoEx ends what another process has begun on the end",
       PATCH(CancelIoEx, cancel_ex_for_all));
