/* Wrong behaviours, for the tests of share.c: what the descriptors of a shared socket have in
 * common, and WSADuplicateSocketA. */
#include "stream-mutants.h"

/* A descriptor that WSASocketW has opened of a socket that was there before, and that socket. */
static SOCKET original = INVALID_SOCKET, duplicate = INVALID_SOCKET;

static int WINAPI notes_original(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    int result = real(WSADuplicateSocketW)(s, process, info);
    if (result == 0)
        original = s;
    return result;
}

static SOCKET WINAPI notes_duplicate(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (info && original != INVALID_SOCKET)
        duplicate = s;
    return s;
}

#define WITH_DUPLICATES \
    PATCH(WSADuplicateSocketW, notes_original), PATCH(WSASocketW, notes_duplicate)

static bool is_shared(SOCKET s)
{
    return duplicate != INVALID_SOCKET && (s == original || s == duplicate);
}

static SOCKET setter = INVALID_SOCKET;
static int set_option;

static int WINAPI sets_for_itself(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && is_shared(s)) {
        setter = s;
        set_option = option;
    }
    return result;
}

static int WINAPI gets_for_itself(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && is_shared(s) && s != setter && option == set_option && value)
        *value = 0;
    return result;
}
MUTANT(duplicates_have_options_of_their_own,
       "An option set through one descriptor is not seen through another", WITH_DUPLICATES,
       PATCH(setsockopt, sets_for_itself), PATCH(getsockopt, gets_for_itself));

static int WINAPI sends_after_the_end(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return s == duplicate ? failure_hidden(sent, WSAESHUTDOWN, size) : sent;
}
MUTANT(duplicates_end_on_their_own, "shutdown ends one descriptor of a shared socket only",
       WITH_DUPLICATES, PATCH(send, sends_after_the_end));

static int WINAPI receives_for_itself(RECV_PARAMETERS)
{
    return s == duplicate ? real(recv)(s, bytes, size, flags | MSG_PEEK) : RECV;
}
MUTANT(duplicates_receive_everything, "What one descriptor receives is received by the other, too",
       WITH_DUPLICATES, PATCH(recv, receives_for_itself));

static SOCKET WINAPI does_not_accept(SOCKET s, struct sockaddr *name, int *length)
{
    if (s == duplicate) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    return real(accept)(s, name, length);
}
MUTANT(duplicates_of_listeners_do_not_accept, "A descriptor of a listening socket does not listen",
       WITH_DUPLICATES, PATCH(accept, does_not_accept));

static SOCKET closed = INVALID_SOCKET;

static int WINAPI notes_closed(SOCKET s)
{
    if (s == duplicate)
        closed = s;
    return real(closesocket)(s);
}

static int WINAPI sends_unconnected(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return s == closed ? failure_renamed(sent, WSAENOTSOCK, WSAENOTCONN) : sent;
}
MUTANT(closed_duplicates_are_connections, "A closed descriptor of a shared socket is unconnected",
       WITH_DUPLICATES, PATCH(closesocket, notes_closed), PATCH(send, sends_unconnected));

static WSAPROTOCOL_INFOW used;
static bool is_used;

static SOCKET WINAPI opens_again(WSASOCKETW_PARAMETERS)
{
    if (is_used && info && !memcmp(&used, info, sizeof(used)))
        return real(socket)(AF_INET, SOCK_STREAM, 0);
    SOCKET s = WSASOCKETW;
    if (info && original != INVALID_SOCKET && s != INVALID_SOCKET) {
        used = *info;
        is_used = true;
    }
    return s;
}
MUTANT(duplicate_structures_last, "WSASocket takes the structure of WSADuplicateSocket twice",
       PATCH(WSADuplicateSocketW, notes_original), PATCH(WSASocketW, opens_again));

/* ---- The ANSI form ---- */

#define ANSI_PARAMETERS SOCKET s, DWORD process, LPWSAPROTOCOL_INFOA info
#define ANSI real(WSADuplicateSocketA)(s, process, info)

static int WINAPI ansi_forgets(ANSI_PARAMETERS)
{
    int result = ANSI;
    if (result == 0 && has_peer(s))
        info->iProtocol = 0;
    return result;
}
MUTANT(duplicate_ansi_forgets_protocol, "WSADuplicateSocketA does not tell the protocol",
       PATCH(WSADuplicateSocketA, ansi_forgets));

static int WINAPI ansi_invalid(ANSI_PARAMETERS)
{
    return failure_renamed(ANSI, WSAENOTSOCK, WSAEINVAL);
}
MUTANT(duplicate_ansi_of_no_socket_is_invalid, "WSADuplicateSocketA of no socket says WSAEINVAL",
       PATCH(WSADuplicateSocketA, ansi_invalid));

static int WINAPI ansi_nobody(ANSI_PARAMETERS)
{
    return real(WSADuplicateSocketA)(s, process ? process : GetCurrentProcessId(), info);
}
MUTANT(duplicate_ansi_for_nobody_is_for_self, "WSADuplicateSocketA takes process 0 for its own",
       PATCH(WSADuplicateSocketA, ansi_nobody));

static int WINAPI ansi_nowhere(ANSI_PARAMETERS)
{
    return info ? ANSI : 0;
}
MUTANT(duplicate_ansi_tolerates_no_structure, "WSADuplicateSocketA succeeds without a structure",
       PATCH(WSADuplicateSocketA, ansi_nowhere));

static int WINAPI unwritable(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    MEMORY_BASIC_INFORMATION memory;
    if (info && VirtualQuery(info, &memory, sizeof(memory)) && memory.State != MEM_COMMIT)
        return socket_fails(WSAEINVAL);
    return real(WSADuplicateSocketW)(s, process, info);
}
MUTANT(duplicate_unwritable_is_invalid,
       "WSADuplicateSocket says WSAEINVAL of a structure that is not in memory",
       PATCH(WSADuplicateSocketW, unwritable));
