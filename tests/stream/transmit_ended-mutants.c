/* Wrong behaviours, for the tests of transmit_ended.c: the end of a pending TransmitFile. */
#include "transmit-mutants.h"

static LPOVERLAPPED pending;
static DWORD thread_of_call;
static SOCKET socket_of_call = INVALID_SOCKET;

static BOOL PASCAL notes_call(TRANSMIT_PARAMETERS)
{
    BOOL done = TRANSMIT;
    if (!done && GetLastError() == ERROR_IO_PENDING) {
        pending = overlapped;
        thread_of_call = GetCurrentThreadId();
        socket_of_call = s;
    }
    return done;
}
TRANSMITS(plant_notes_call, notes_call)

/* A result of the operation that is pending, with ERROR told as INSTEAD, or as a success (0). */
static BOOL told_as(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags,
                    DWORD error, DWORD instead)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done || overlapped != pending || GetLastError() != error)
        return done;
    return instead ? failed(instead) : TRUE;
}

#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags

static BOOL WINAPI cancel_succeeds(RESULT_PARAMETERS)
{
    if (thread_of_call != GetCurrentThreadId())
        return real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return told_as(s, overlapped, count, wait, flags, WSA_OPERATION_ABORTED, 0);
}
MUTANT(cancel_of_transmit_file_is_a_success, "A TransmitFile that was cancelled succeeds",
       PATCH(WSAIoctl, plant_notes_call), PATCH(WSAGetOverlappedResult, cancel_succeeds));

static BOOL WINAPI thread_resets(RESULT_PARAMETERS)
{
    if (thread_of_call == GetCurrentThreadId())
        return real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return told_as(s, overlapped, count, wait, flags, WSA_OPERATION_ABORTED, WSAECONNRESET);
}
MUTANT(thread_of_transmit_file_resets, "A TransmitFile whose thread ended says WSAECONNRESET",
       PATCH(WSAIoctl, plant_notes_call), PATCH(WSAGetOverlappedResult, thread_resets));

static int WINAPI closes_quietly(SOCKET s)
{
    int result = real(closesocket)(s);
    if (s == socket_of_call && pending && pending->hEvent) {
        real(WaitForSingleObject)(pending->hEvent, 1000);
        ResetEvent(pending->hEvent);
    }
    return result;
}
MUTANT(closesocket_leaves_transmit_file, "closesocket sets no event of a pending TransmitFile",
       PATCH(WSAIoctl, plant_notes_call), PATCH(closesocket, closes_quietly));

static BOOL WINAPI survives_reset(RESULT_PARAMETERS)
{
    if (!told_as(s, overlapped, count, wait, flags, WSAECONNRESET, 0))
        return told_as(s, overlapped, count, wait, flags, WSAECONNABORTED, 0);
    return TRUE;
}
MUTANT(transmit_file_survives_a_reset, "A pending TransmitFile succeeds though the peer has reset",
       PATCH(WSAIoctl, plant_notes_call), PATCH(WSAGetOverlappedResult, survives_reset));
