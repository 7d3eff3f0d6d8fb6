/* Wrong behaviours, for the tests of made.c: what WSASocket makes. */
#include "stream-mutants.h"

#include "../winsock/plain-mutants.h"

static SOCKET chose_nothing = INVALID_SOCKET;

static SOCKET WINAPI notes_protocol(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (!protocol && !info)
        chose_nothing = s;
    return s;
}

static int WINAPI no_protocol(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW && s == chose_nothing)
        ((WSAPROTOCOL_INFOW *)value)->iProtocol = 0;
    return result;
}
MUTANT(wsasocket_chooses_no_protocol,
       "WSASocket makes sockets of no protocol when it is given none",
       PATCH(WSASocketW, notes_protocol), PATCH(getsockopt, no_protocol));

static SOCKET WINAPI lacks_protocols(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    return family == AF_IPX || family == AF_APPLETALK
               ? socket_renamed(s, WSAEAFNOSUPPORT, WSAEPROTONOSUPPORT)
               : s;
}
MUTANT(wsasocket_of_old_families_lacks_protocols,
       "WSASocket of a family that is no more fails with WSAEPROTONOSUPPORT",
       PATCH(WSASocketW, lacks_protocols));

static int WINAPI would_block_elsewhere(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return s == plain ? failure_renamed(sent, WSAEWOULDBLOCK, WSA_IO_PENDING) : sent;
}
MUTANT(send_of_a_plain_socket_is_pending,
       "send of a nonblocking socket without the overlapped attribute fails with WSA_IO_PENDING",
       PATCH(WSASocketW, notes_plain), PATCH(send, would_block_elsewhere));
