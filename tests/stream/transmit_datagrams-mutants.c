/* Wrong behaviours, for the tests of transmit_datagrams.c: TransmitPackets. */
#include "stream-mutants.h"

#define PACKETS_PARAMETERS                                                  \
    SOCKET s, LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count, DWORD size, \
        LPOVERLAPPED overlapped, DWORD flags
#define PACKETS packets(s, elements, count, size, overlapped, flags)

static LPFN_TRANSMITPACKETS packets;

/* PLANT, a WSAIoctl, hands out WRAPPER for TransmitPackets. */
#define TRANSMITS_PACKETS(plant, wrapper) EXCHANGES(plant, WSAID_TRANSMITPACKETS, wrapper, packets)

static BOOL PASCAL no_marks(PACKETS_PARAMETERS)
{
    for (DWORD i = 0; i + 1 < count && is_datagram(s); i++)
        elements[i].dwElFlags &= ~(ULONG)TP_ELEMENT_EOP;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_no_marks, no_marks)
MUTANT(transmit_packets_ignores_marks, "TransmitPackets sends all elements in one datagram",
       PATCH(WSAIoctl, plant_no_marks));

static BOOL PASCAL marks_all(PACKETS_PARAMETERS)
{
    for (DWORD i = 0; i < count && is_datagram(s); i++)
        elements[i].dwElFlags |= TP_ELEMENT_EOP;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_marks_all, marks_all)
MUTANT(transmit_packets_marks_all, "TransmitPackets sends each element in a datagram of its own",
       PATCH(WSAIoctl, plant_marks_all));

static BOOL PASCAL no_workers(PACKETS_PARAMETERS)
{
    const DWORD workers = TF_USE_DEFAULT_WORKER | TF_USE_SYSTEM_THREAD | TF_USE_KERNEL_APC;
    return flags & workers ? failed(WSAEOPNOTSUPP) : PACKETS;
}
TRANSMITS_PACKETS(plant_no_workers, no_workers)
MUTANT(transmit_packets_knows_no_workers, "TransmitPackets takes no flag for who does the work",
       PATCH(WSAIoctl, plant_no_workers));

static BOOL PASCAL unsigned_total(PACKETS_PARAMETERS)
{
    if (count && elements->cLength == 0x7FFFFFFF)
        elements->cLength = 0;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_unsigned_total, unsigned_total)
MUTANT(transmit_packets_knows_no_maximum, "TransmitPackets takes 2,147,483,647 bytes",
       PATCH(WSAIoctl, plant_unsigned_total));

static BOOL PASCAL is_unconnected(PACKETS_PARAMETERS)
{
    return renamed(renamed(PACKETS, WSAECONNRESET, WSAENOTCONN), WSAECONNABORTED, WSAENOTCONN);
}
TRANSMITS_PACKETS(plant_is_unconnected, is_unconnected)
MUTANT(transmit_packets_after_reset_is_unconnected,
       "TransmitPackets says WSAENOTCONN after a reset", PATCH(WSAIoctl, plant_is_unconnected));

static LPOVERLAPPED started;

static BOOL PASCAL notes_started(PACKETS_PARAMETERS)
{
    started = overlapped;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_notes_started, notes_started)

static BOOL WINAPI counts_less(HANDLE port, LPDWORD count, PULONG_PTR key, LPOVERLAPPED *overlapped,
                               DWORD time)
{
    BOOL done = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (done && started && *overlapped == started)
        --*count;
    return done;
}
MUTANT(transmit_packets_packet_counts_less, "The packet of TransmitPackets counts too little",
       PATCH(WSAIoctl, plant_notes_started), PATCH(GetQueuedCompletionStatus, counts_less));
