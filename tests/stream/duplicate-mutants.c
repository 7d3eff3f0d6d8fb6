/* Wrong behaviours, for the tests of duplicate.c: a socket handed to another descriptor or
 * process with WSADuplicateSocketW and WSASocketW. */
#include "stream-mutants.h"

static int WINAPI closes_all(SOCKET s)
{
    if (has_peer(s) && !socket_option(s, SO_LINGER))
        real(shutdown)(s, SD_BOTH);
    return real(closesocket)(s);
}
MUTANT(closesocket_ends_shared_connection,
       "closesocket on one descriptor ends a connection that others share",
       PATCH(closesocket, closes_all));

static SOCKET accepted = INVALID_SOCKET;

static SOCKET WINAPI notes_accepted(SOCKET s, struct sockaddr *name, int *length)
{
    return accepted = real(accept)(s, name, length);
}

static int WINAPI for_self(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return real(WSADuplicateSocketW)(s, s == accepted ? GetCurrentProcessId() : process, info);
}
MUTANT(duplicate_is_for_own_process,
       "WSADuplicateSocketW makes a structure of an accepted socket for its own process only",
       PATCH(accept, notes_accepted), PATCH(WSADuplicateSocketW, for_self));

static int WINAPI forgets_protocol(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    int result = real(WSADuplicateSocketW)(s, process, info);
    if (result == 0 && process == GetCurrentProcessId())
        info->iProtocol = 0;
    return result;
}
MUTANT(duplicate_forgets_protocol, "WSADuplicateSocketW does not tell the protocol",
       PATCH(WSADuplicateSocketW, forgets_protocol));

static int WINAPI nobody_is_self(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return real(WSADuplicateSocketW)(s, process ? process : GetCurrentProcessId(), info);
}
MUTANT(duplicate_for_nobody_is_for_self, "WSADuplicateSocketW takes process 0 for its own",
       PATCH(WSADuplicateSocketW, nobody_is_self));

static int WINAPI nowhere(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return info ? real(WSADuplicateSocketW)(s, process, info) : 0;
}
MUTANT(duplicate_tolerates_no_structure, "WSADuplicateSocketW succeeds without a structure",
       PATCH(WSADuplicateSocketW, nowhere));

static SOCKET duplicated = INVALID_SOCKET;

static SOCKET WINAPI notes_duplicate(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (info)
        duplicated = s;
    return s;
}

static int WINAPI keeps_duplicate(SOCKET s)
{
    return s == duplicated ? 0 : real(closesocket)(s);
}
MUTANT(closesocket_keeps_duplicate, "closesocket on the last descriptor of a socket leaves it open",
       PATCH(WSASocketW, notes_duplicate), PATCH(closesocket, keeps_duplicate));
