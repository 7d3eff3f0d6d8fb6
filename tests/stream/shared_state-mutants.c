/* Wrong behaviours, for the tests of shared_state.c: what a descriptor of a shared socket takes
 * with it. */
#include "stream-mutants.h"

/* The descriptors of the socket that was shared last: the first, and the one made of it. */
static SOCKET shared_first = INVALID_SOCKET, shared_second = INVALID_SOCKET;

static int WINAPI notes_first(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    shared_first = s;
    return real(WSADuplicateSocketW)(s, process, info);
}

static SOCKET WINAPI notes_second(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (info)
        shared_second = s;
    return s;
}
#define NOTES PATCH(WSADuplicateSocketW, notes_first), PATCH(WSASocketW, notes_second)

static int WINAPI close_cancels(SOCKET s)
{
    if (s == shared_second && s != INVALID_SOCKET)
        real(CancelIoEx)((HANDLE)shared_first, NULL);
    return real(closesocket)(s);
}
MUTANT(closing_a_descriptor_ends_what_is_pending,
       "closesocket of one descriptor of a shared socket ends what is pending through another",
       NOTES, PATCH(closesocket, close_cancels));
