/* plain-mutants.h - the socket that was made last without WSA_FLAG_OVERLAPPED. */
#ifndef PLAIN_MUTANTS_H
#define PLAIN_MUTANTS_H

#include "winsock-mutants.h"

static SOCKET plain = INVALID_SOCKET;

/* In the place of WSASocketW. */
static SOCKET WINAPI notes_plain(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                 GROUP group, DWORD flags)
{
    SOCKET s = real(WSASocketW)(family, type, protocol, info, group, flags);
    if (!(flags & WSA_FLAG_OVERLAPPED))
        plain = s;
    return s;
}

#endif
