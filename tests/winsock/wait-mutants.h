/* wait-mutants.h - what the mutants of WSAWaitForMultipleEvents share. */
#ifndef WAIT_MUTANTS_H
#define WAIT_MUTANTS_H

#include "winsock-mutants.h"

#define WAIT_PARAMETERS DWORD count, const WSAEVENT *events, BOOL all, DWORD time, BOOL alertable
#define WAIT real(WSAWaitForMultipleEvents)(count, events, all, time, alertable)

/* Leaves the last error alone. */
static inline bool is_open(WSAEVENT event)
{
    DWORD error = GetLastError(), flags;
    bool open = real(GetHandleInformation)(event, &flags);
    SetLastError(error);
    return open;
}

#endif
