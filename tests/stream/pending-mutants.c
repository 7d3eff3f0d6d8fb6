/* Wrong behaviours, for the tests of pending.c: how pending operations end. */
#include "stream-mutants.h"

/* ---- Operations that another thread begins, which does not end ---- */

struct call {
    int (*function)(struct call *);
    SOCKET s, other;
    LPWSABUF buffers;
    DWORD count, flags;
    LPWSAOVERLAPPED overlapped;
    int result;
    DWORD error;
    HANDLE done;
};

static DWORD WINAPI begin_and_stay(void *argument)
{
    struct call *call = argument;
    call->result = call->function(call);
    call->error = GetLastError();
    real(SetEvent)(call->done);
    while (real(WaitForSingleObject)(GetCurrentThread(), 1000) == WAIT_TIMEOUT)
        ;
    return 0;
}

static int begun_elsewhere(struct call *call)
{
    call->done = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, begin_and_stay, call, 0, NULL);
    real(WaitForSingleObject)(call->done, 10000);
    real(CloseHandle)(thread);
    SetLastError(call->error);
    return call->result;
}

static int receive(struct call *call)
{
    return real(WSARecv)(call->s, call->buffers, call->count, NULL, &call->flags, call->overlapped,
                         NULL);
}

static int WINAPI receives_elsewhere(WSARECV_PARAMETERS)
{
    static struct call call;
    if (!overlapped || !overlapped->hEvent || routine || got)
        return WSARECV;
    call = (struct call){receive, s, 0, buffers, count, *flags, overlapped, 0, 0, NULL};
    return begun_elsewhere(&call);
}
MUTANT(receives_outlive_their_thread,
       "A pending WSARecv does not end with the thread that began it",
       PATCH(WSARecv, receives_elsewhere));

static int sends(struct call *call)
{
    return real(WSASend)(call->s, call->buffers, call->count, NULL, call->flags, call->overlapped,
                         NULL);
}

static int WINAPI sends_elsewhere(WSASEND_PARAMETERS)
{
    static struct call call;
    if (!overlapped || !overlapped->hEvent || routine || sent)
        return WSASEND;
    call = (struct call){sends, s, 0, buffers, count, flags, overlapped, 0, 0, NULL};
    return begun_elsewhere(&call);
}
MUTANT(sends_outlive_their_thread, "A pending WSASend does not end with the thread that began it",
       PATCH(WSASend, sends_elsewhere));

static LPFN_ACCEPTEX real_accept_ex;
static struct {
    PVOID output;
    DWORD data, local, remote;
} room;

static int accepts(struct call *call)
{
    DWORD got;
    return real_accept_ex(call->s, call->other, room.output, room.data, room.local, room.remote,
                          &got, call->overlapped);
}

static BOOL PASCAL accepts_elsewhere(SOCKET listener, SOCKET other, PVOID output, DWORD data,
                                     DWORD local, DWORD remote, LPDWORD got,
                                     LPOVERLAPPED overlapped)
{
    static struct call call;
    if (!overlapped || !overlapped->hEvent)
        return real_accept_ex(listener, other, output, data, local, remote, got, overlapped);
    room.output = output;
    room.data = data;
    room.local = local;
    room.remote = remote;
    call = (struct call){accepts, listener, other, NULL, 0, 0, overlapped, 0, 0, NULL};
    return begun_elsewhere(&call);
}

EXCHANGES(gives_accept, WSAID_ACCEPTEX, accepts_elsewhere, real_accept_ex)

MUTANT(accepts_outlive_their_thread,
       "A pending AcceptEx does not end with the thread that began it",
       PATCH(WSAIoctl, gives_accept));

/* ---- Completion routines ---- */

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;
static SOCKET routine_of = INVALID_SOCKET;
static bool closed;

/* WSARecv with another routine, which may call that of the caller. */
#define WITH_ROUTINE(name, instead)            \
    static int WINAPI name(WSARECV_PARAMETERS) \
    {                                          \
        if (routine) {                         \
            real_routine = routine;            \
            routine = instead;                 \
            routine_of = s;                    \
        }                                      \
        return WSARECV;                        \
    }

/* A routine that is told of one error as of another. */
#define TELLS_ERROR(name, condition, instead)                                                    \
    static void CALLBACK name(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags) \
    {                                                                                            \
        real_routine((condition) ? (instead) : error, count, overlapped, flags);                 \
    }

TELLS_ERROR(end_is_an_error, error == 0 && count == 0, WSAECONNRESET)
WITH_ROUTINE(receives_no_end, end_is_an_error)
MUTANT(routine_is_told_of_an_end_as_a_reset, "The routine of WSARecv is told of a reset at the end",
       PATCH(WSARecv, receives_no_end));

TELLS_ERROR(reset_is_aborted, error == WSAECONNRESET || error == ERROR_NETNAME_DELETED,
            WSAECONNABORTED)
WITH_ROUTINE(receives_no_reset, reset_is_aborted)
MUTANT(routine_is_told_of_a_reset_as_abort, "The routine of WSARecv is told WSAECONNABORTED",
       PATCH(WSARecv, receives_no_reset));

TELLS_ERROR(cancelled_is_success, error == WSA_OPERATION_ABORTED, 0)
WITH_ROUTINE(receives_cancelled, cancelled_is_success)
MUTANT(routine_is_not_told_of_a_cancel, "The routine of a cancelled WSARecv is told of no error",
       PATCH(WSARecv, receives_cancelled));

static void CALLBACK unless_closed(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                   DWORD flags)
{
    if (!closed)
        real_routine(error, count, overlapped, flags);
}
WITH_ROUTINE(receives_unless_closed, unless_closed)

static int WINAPI notes_close(SOCKET s)
{
    if (s == routine_of)
        closed = true;
    return real(closesocket)(s);
}
MUTANT(routines_end_with_their_socket, "closesocket takes back the routine of a pending WSARecv",
       PATCH(WSARecv, receives_unless_closed), PATCH(closesocket, notes_close));

/* ---- Ports ---- */

static BOOL WINAPI reset_by_another_name(HANDLE port, LPDWORD count, PULONG_PTR key,
                                         LPOVERLAPPED *overlapped, DWORD milliseconds)
{
    BOOL done = real(GetQueuedCompletionStatus)(port, count, key, overlapped, milliseconds);
    if (!done && GetLastError() == ERROR_NETNAME_DELETED)
        SetLastError(ERROR_CONNECTION_ABORTED);
    return done;
}
MUTANT(packet_of_a_reset_says_aborted, "The packet of a receive that was reset says aborted",
       PATCH(GetQueuedCompletionStatus, reset_by_another_name));

/* ---- Sends and receives that are pending ---- */

static SOCKET sending = INVALID_SOCKET, receiving = INVALID_SOCKET;
static LPWSAOVERLAPPED sending_operation, receiving_operation;

static int WINAPI notes_send(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING) {
        sending = s;
        sending_operation = overlapped;
    }
    return result;
}

static int WINAPI notes_receive(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING) {
        receiving = s;
        receiving_operation = overlapped;
    }
    return result;
}

static int WINAPI closes_later(SOCKET s)
{
    return s == sending && sending_operation->Internal == STATUS_PENDING ? 0 : real(closesocket)(s);
}
MUTANT(closing_waits_for_sends, "closesocket leaves an overlapped send pending",
       PATCH(WSASend, notes_send), PATCH(closesocket, closes_later));

static BOOL WINAPI cancels_no_send(HANDLE file, LPOVERLAPPED overlapped)
{
    return (SOCKET)file == sending ? TRUE : real(CancelIoEx)(file, overlapped);
}
MUTANT(cancel_leaves_sends, "CancelIoEx leaves an overlapped send pending",
       PATCH(WSASend, notes_send), PATCH(CancelIoEx, cancels_no_send));

static BOOL WINAPI sent_is_aborted(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                   LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (!done && overlapped == sending_operation && GetLastError() == WSAECONNRESET)
        SetLastError(WSAECONNABORTED);
    return done;
}
MUTANT(reset_of_a_send_is_aborted, "A pending send that is reset fails with WSAECONNABORTED",
       PATCH(WSASend, notes_send), PATCH(WSAGetOverlappedResult, sent_is_aborted));

static int WINAPI ends_receives(SOCKET s, int how)
{
    if (how == SD_SEND && s == receiving)
        real(CancelIoEx)((HANDLE)s, receiving_operation);
    return real(shutdown)(s, how);
}
MUTANT(shutdown_of_sending_ends_receives, "shutdown of sending cancels a pending receive",
       PATCH(WSARecv, notes_receive), PATCH(shutdown, ends_receives));

static int WINAPI ends_sends(SOCKET s, int how)
{
    if (how == SD_SEND && s == sending)
        real(CancelIoEx)((HANDLE)s, sending_operation);
    return real(shutdown)(s, how);
}
MUTANT(shutdown_of_sending_ends_sends, "shutdown of sending cancels a pending send",
       PATCH(WSASend, notes_send), PATCH(shutdown, ends_sends));
