/* What the mutants of TransmitFile share. */
#ifndef TRANSMIT_MUTANTS_H
#define TRANSMIT_MUTANTS_H

#include "stream-mutants.h"

#define TRANSMIT_PARAMETERS                                                   \
    SOCKET s, HANDLE file, DWORD count, DWORD block, LPOVERLAPPED overlapped, \
        LPTRANSMIT_FILE_BUFFERS around, DWORD flags
#define TRANSMIT real_transmit(s, file, count, block, overlapped, around, flags)

static LPFN_TRANSMITFILE real_transmit;

/* PLANT, a WSAIoctl, hands out WRAPPER for TransmitFile. */
#define TRANSMITS(plant, wrapper) EXCHANGES(plant, WSAID_TRANSMITFILE, wrapper, real_transmit)

static inline DWORD head_size(const TRANSMIT_FILE_BUFFERS *around)
{
    return around ? around->HeadLength : 0;
}

static inline DWORD tail_size(const TRANSMIT_FILE_BUFFERS *around)
{
    return around ? around->TailLength : 0;
}

#endif
