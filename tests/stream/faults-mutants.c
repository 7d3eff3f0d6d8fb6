/* Wrong behaviours, for the tests of faults.c: an OVERLAPPED that is not in memory is ignored. */
#include "transmit-mutants.h"
#include "winsock/faults-mutants.h"

/* OVERLAPPED, or NULL if there is no memory at it. */
static LPOVERLAPPED in_memory(LPOVERLAPPED overlapped)
{
    return is_nowhere(overlapped) ? NULL : overlapped;
}

static LPFN_CONNECTEX connects;

static BOOL PASCAL connect_of_nowhere(SOCKET s, const struct sockaddr *name, int length,
                                      PVOID bytes, DWORD size, LPDWORD sent,
                                      LPOVERLAPPED overlapped)
{
    static OVERLAPPED own;
    return connects(s, name, length, bytes, size, sent, in_memory(overlapped) ? overlapped : &own);
}
EXCHANGES(plant_connect, WSAID_CONNECTEX, connect_of_nowhere, connects)
MUTANT(connect_ex_of_nowhere_connects, "ConnectEx takes an OVERLAPPED that is not in memory",
       PATCH(WSAIoctl, plant_connect));

static LPFN_DISCONNECTEX disconnects;

static BOOL PASCAL disconnect_of_nowhere(SOCKET s, LPOVERLAPPED overlapped, DWORD flags,
                                         DWORD reserved)
{
    return disconnects(s, in_memory(overlapped), flags, reserved);
}
EXCHANGES(plant_disconnect, WSAID_DISCONNECTEX, disconnect_of_nowhere, disconnects)
MUTANT(disconnect_ex_of_nowhere_disconnects,
       "DisconnectEx ignores an OVERLAPPED that is not in memory",
       PATCH(WSAIoctl, plant_disconnect));

static BOOL PASCAL transmit_of_nowhere(TRANSMIT_PARAMETERS)
{
    overlapped = in_memory(overlapped);
    return TRANSMIT;
}
TRANSMITS(plant_transmit, transmit_of_nowhere)
MUTANT(transmit_file_of_nowhere_transmits,
       "TransmitFile ignores an OVERLAPPED that is not in memory", PATCH(WSAIoctl, plant_transmit));

static int WINAPI send_of_nowhere(WSASEND_PARAMETERS)
{
    overlapped = in_memory(overlapped);
    return WSASEND;
}
MUTANT(wsasend_of_nowhere_sends, "WSASend ignores a WSAOVERLAPPED that is not in memory",
       PATCH(WSASend, send_of_nowhere));

static LPFN_TRANSMITPACKETS transmits;

static BOOL PASCAL packets_of_nowhere(SOCKET s, LPTRANSMIT_PACKETS_ELEMENT elements, DWORD count,
                                      DWORD size, LPOVERLAPPED overlapped, DWORD flags)
{
    return transmits(s, elements, count, size, in_memory(overlapped), flags);
}
EXCHANGES(plant_packets, WSAID_TRANSMITPACKETS, packets_of_nowhere, transmits)
MUTANT(transmit_packets_of_nowhere_transmits,
       "TransmitPackets ignores an OVERLAPPED that is not in memory",
       PATCH(WSAIoctl, plant_packets));
