/* Wrong behaviours, for the tests of transmit_packets.c: TransmitPackets. */
#include "stream-mutants.h"

#define PACKETS_PARAMETERS                                                  \
    SOCKET s, LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count, DWORD size, \
        LPOVERLAPPED overlapped, DWORD flags
#define PACKETS original(s, elements, count, size, overlapped, flags)

static LPFN_TRANSMITPACKETS original;

/* PLANT, a WSAIoctl, hands out WRAPPER for TransmitPackets. */
#define TRANSMITS_PACKETS(plant, wrapper) EXCHANGES(plant, WSAID_TRANSMITPACKETS, wrapper, original)

static int WINAPI is_unknown(IOCTL_PARAMETERS)
{
    GUID id = WSAID_TRANSMITPACKETS;
    if (code == SIO_GET_EXTENSION_FUNCTION_POINTER && !memcmp(in, &id, sizeof(id)))
        return socket_fails(WSAEINVAL);
    return IOCTL;
}
MUTANT(transmit_packets_is_unknown, "There is no TransmitPackets", PATCH(WSAIoctl, is_unknown));

static BOOL PASCAL turned_round(PACKETS_PARAMETERS)
{
    for (DWORD i = 0; i < count / 2; i++) {
        TRANSMIT_PACKETS_ELEMENT element = elements[i];
        elements[i] = elements[count - 1 - i];
        elements[count - 1 - i] = element;
    }
    return PACKETS;
}
TRANSMITS_PACKETS(plant_turned_round, turned_round)
MUTANT(transmit_packets_turns_round, "TransmitPackets sends its last element first",
       PATCH(WSAIoctl, plant_turned_round));

/* The elements that are files begin at OFFSET; those from where they stand at CURRENT. */
static void begin_at(LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count, bool offset, bool current)
{
    for (DWORD i = 0; i < count; i++)
        if (elements[i].dwElFlags & TP_ELEMENT_FILE &&
            (elements[i].nFileOffset.QuadPart == -1 ? current : offset))
            elements[i].nFileOffset.QuadPart = 0;
}

static BOOL PASCAL no_offsets(PACKETS_PARAMETERS)
{
    begin_at(elements, count, true, false);
    return PACKETS;
}
TRANSMITS_PACKETS(plant_no_offsets, no_offsets)
MUTANT(transmit_packets_ignores_offsets, "TransmitPackets sends files from their beginning",
       PATCH(WSAIoctl, plant_no_offsets));

static BOOL PASCAL from_0(PACKETS_PARAMETERS)
{
    begin_at(elements, count, false, true);
    return PACKETS;
}
TRANSMITS_PACKETS(plant_from_0, from_0)
MUTANT(transmit_packets_begins_at_0, "TransmitPackets ignores where a file stands",
       PATCH(WSAIoctl, plant_from_0));

static BOOL PASCAL no_bytes(PACKETS_PARAMETERS)
{
    if (count == 1 && elements->dwElFlags & TP_ELEMENT_FILE && !elements->cLength)
        return TRUE;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_no_bytes, no_bytes)
MUTANT(transmit_packets_sends_no_bytes, "TransmitPackets sends nothing of a file of length 0",
       PATCH(WSAIoctl, plant_no_bytes));

static BOOL PASCAL own_size(PACKETS_PARAMETERS)
{
    return size ? failed(WSAEINVAL) : PACKETS;
}
TRANSMITS_PACKETS(plant_own_size, own_size)
MUTANT(transmit_packets_has_its_own_size, "TransmitPackets takes no size of a send",
       PATCH(WSAIoctl, plant_own_size));

static LPOVERLAPPED begun;

static BOOL PASCAL notes_begun(PACKETS_PARAMETERS)
{
    begun = overlapped;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_notes_begun, notes_begun)

static BOOL WINAPI counts_less(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                               LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && overlapped == begun)
        --*count;
    return done;
}
MUTANT(transmit_packets_counts_too_little, "The count of TransmitPackets is too small",
       PATCH(WSAIoctl, plant_notes_begun), PATCH(WSAGetOverlappedResult, counts_less));

static BOOL PASCAL stays_connected(PACKETS_PARAMETERS)
{
    if (is_stream(s))
        flags &= ~(DWORD)TF_DISCONNECT;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_stays_connected, stays_connected)
MUTANT(transmit_packets_stays_connected, "TransmitPackets ignores TF_DISCONNECT",
       PATCH(WSAIoctl, plant_stays_connected));

static BOOL PASCAL disconnects_datagrams(PACKETS_PARAMETERS)
{
    if (is_datagram(s))
        flags &= ~(DWORD)TF_DISCONNECT;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_disconnects_datagrams, disconnects_datagrams)
MUTANT(transmit_packets_disconnects_datagrams,
       "TransmitPackets with TF_DISCONNECT on a datagram socket succeeds",
       PATCH(WSAIoctl, plant_disconnects_datagrams));

static BOOL PASCAL reuses(PACKETS_PARAMETERS)
{
    if (!(flags & TF_DISCONNECT))
        flags &= ~(DWORD)TF_REUSE_SOCKET;
    return PACKETS;
}
TRANSMITS_PACKETS(plant_reuses, reuses)
MUTANT(transmit_packets_reuses_connections,
       "TransmitPackets takes TF_REUSE_SOCKET without TF_DISCONNECT",
       PATCH(WSAIoctl, plant_reuses));

#define RENAMED(name, error, instead)            \
    static BOOL PASCAL name(PACKETS_PARAMETERS)  \
    {                                            \
        return renamed(PACKETS, error, instead); \
    }                                            \
    TRANSMITS_PACKETS(plant_##name, name)

RENAMED(no_socket, WSAENOTSOCK, WSAEINVAL)
MUTANT(transmit_packets_of_no_socket_is_invalid, "TransmitPackets of no socket says WSAEINVAL",
       PATCH(WSAIoctl, plant_no_socket));

RENAMED(not_connected, WSAENOTCONN, WSAEINVAL)
MUTANT(transmit_packets_unconnected_is_invalid,
       "TransmitPackets says WSAEINVAL of an unconnected socket",
       PATCH(WSAIoctl, plant_not_connected));

RENAMED(shut_down, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(transmit_packets_shut_down_is_unconnected, "TransmitPackets says WSAENOTCONN after shutdown",
       PATCH(WSAIoctl, plant_shut_down));

RENAMED(fault, WSAEFAULT, WSAEINVAL)
MUTANT(transmit_packets_fault_is_invalid,
       "TransmitPackets says WSAEINVAL of an array that is not in memory",
       PATCH(WSAIoctl, plant_fault));
