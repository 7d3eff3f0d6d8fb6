/* Wrong behaviours, for the tests of packets_ended.c: elements and ends of TransmitPackets. */
#include "stream-mutants.h"

#define PACKETS_PARAMETERS                                                  \
    SOCKET s, LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count, DWORD size, \
        LPOVERLAPPED overlapped, DWORD flags
#define PACKETS original(s, elements, count, size, overlapped, flags)

static LPFN_TRANSMITPACKETS original;

/* PLANT, a WSAIoctl, hands out WRAPPER for TransmitPackets. */
#define TRANSMITS_PACKETS(plant, wrapper) EXCHANGES(plant, WSAID_TRANSMITPACKETS, wrapper, original)

static BOOL PASCAL needs_a_kind(PACKETS_PARAMETERS)
{
    for (DWORD i = 0; i < count; i++)
        if (!(elements[i].dwElFlags & (TP_ELEMENT_FILE | TP_ELEMENT_MEMORY)))
            return failed(WSAEINVAL);
    return PACKETS;
}
TRANSMITS_PACKETS(plant_needs_a_kind, needs_a_kind)
MUTANT(transmit_packets_needs_a_kind, "TransmitPackets refuses elements that say no kind",
       PATCH(WSAIoctl, plant_needs_a_kind));

static BOOL PASCAL wears_out(PACKETS_PARAMETERS)
{
    if (flags & TF_DISCONNECT)
        flags &= ~(DWORD)TF_REUSE_SOCKET;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_wears_out, wears_out)
MUTANT(transmit_packets_wears_sockets_out, "TransmitPackets ignores TF_REUSE_SOCKET",
       PATCH(WSAIoctl, plant_wears_out));

static BOOL PASCAL sets_event(PACKETS_PARAMETERS)
{
    BOOL done = PACKETS;
    DWORD error = GetLastError();
    if (!done && error != ERROR_IO_PENDING && overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    SetLastError(error);
    return done;
}
TRANSMITS_PACKETS(plant_sets_event, sets_event)
MUTANT(refused_transmit_packets_sets_its_event, "A refused TransmitPackets sets its event",
       PATCH(WSAIoctl, plant_sets_event));

static LPOVERLAPPED pending;
static DWORD thread_of_call;
static SOCKET socket_of_call = INVALID_SOCKET;

static BOOL PASCAL notes_call(PACKETS_PARAMETERS)
{
    BOOL done = PACKETS;
    if (!done && GetLastError() == ERROR_IO_PENDING) {
        pending = overlapped;
        thread_of_call = GetCurrentThreadId();
        socket_of_call = s;
    }
    return done;
}
TRANSMITS_PACKETS(plant_notes_call, notes_call)

static int WINAPI closes_quietly(SOCKET s)
{
    int result = real(closesocket)(s);
    if (s == socket_of_call && pending && pending->hEvent) {
        real(WaitForSingleObject)(pending->hEvent, 1000);
        ResetEvent(pending->hEvent);
    }
    return result;
}
MUTANT(closesocket_leaves_transmit_packets,
       "closesocket sets no event of a pending TransmitPackets", PATCH(WSAIoctl, plant_notes_call),
       PATCH(closesocket, closes_quietly));

static BOOL WINAPI thread_resets(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (overlapped != pending || thread_of_call == GetCurrentThreadId())
        return done;
    return renamed(done, WSA_OPERATION_ABORTED, WSAECONNRESET);
}
MUTANT(thread_of_transmit_packets_resets, "A TransmitPackets whose thread ended says WSAECONNRESET",
       PATCH(WSAIoctl, plant_notes_call), PATCH(WSAGetOverlappedResult, thread_resets));
