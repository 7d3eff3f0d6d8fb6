/* Wrong behaviours, for the tests of protocol_entries.c: what entries of protocols tell, and what
 * is written into an OVERLAPPED. */
#include "winsock-mutants.h"

#define LIST_PARAMETERS LPINT wanted, LPWSAPROTOCOL_INFOW list, LPDWORD size

/* Changes what is told of TCP of IPv4, and of nothing else. */
#define CHANGES(name, change)                                                          \
    static int WINAPI name(LIST_PARAMETERS)                                            \
    {                                                                                  \
        int count = real(WSAEnumProtocolsW)(wanted, list, size);                       \
        for (int i = 0; i < count; i++)                                                \
            if (list[i].iAddressFamily == AF_INET && list[i].iProtocol == IPPROTO_TCP) \
                list[i].change;                                                        \
        return count;                                                                  \
    }

CHANGES(layered, ProtocolChain.ChainLen = 0)
MUTANT(protocols_are_layered, "WSAEnumProtocols tells TCP as a layer",
       PATCH(WSAEnumProtocolsW, layered));
CHANGES(longer, iMaxSockAddr = 128)
MUTANT(protocols_have_longer_addresses, "WSAEnumProtocols tells longer addresses of TCP",
       PATCH(WSAEnumProtocolsW, longer));
CHANGES(little, iNetworkByteOrder = LITTLEENDIAN)
MUTANT(protocols_are_little_endian,
       "WSAEnumProtocols tells TCP in the order of bytes of this machine",
       PATCH(WSAEnumProtocolsW, little));
CHANGES(secure, iSecurityScheme = 1)
MUTANT(protocols_are_secure, "WSAEnumProtocols tells a scheme of security of TCP",
       PATCH(WSAEnumProtocolsW, secure));

static int WINAPI other_protocol(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW &&
        ((WSAPROTOCOL_INFOW *)(void *)value)->iProtocol == IPPROTO_TCP)
        ((WSAPROTOCOL_INFOW *)(void *)value)->iProtocol = 0;
    return result;
}
MUTANT(protocol_zero_stays, "A socket of TCP tells 0 as its protocol",
       PATCH(getsockopt, other_protocol));

static int WINAPI begins_done(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got, LPDWORD how,
                              LPWSAOVERLAPPED overlapped,
                              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    ULONG_PTR before = overlapped ? overlapped->Internal : 0;
    int result = real(WSARecv)(s, buffers, count, got, how, overlapped, routine);
    if (result == SOCKET_ERROR && before == 1 && GetLastError() == WSA_IO_PENDING)
        overlapped->Internal = before;
    return result;
}
MUTANT(overlapped_is_not_pending, "A WSARecv that pends leaves Internal as it was",
       PATCH(WSARecv, begins_done));

static BOOL WINAPI forgets_count(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD how)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, how);
    if (done)
        overlapped->InternalHigh = 0;
    return done;
}
MUTANT(overlapped_has_no_count, "InternalHigh of an operation that is done is 0",
       PATCH(WSAGetOverlappedResult, forgets_count));

static BOOL WINAPI moves_on(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                            LPOVERLAPPED overlapped)
{
    BOOL done = real(ReadFile)(file, bytes, size, count, overlapped);
    if (done && overlapped && count && overlapped->Offset == 3)
        overlapped->Offset += *count;
    return done;
}
MUTANT(read_moves_the_offset, "ReadFile moves the offset of the OVERLAPPED",
       PATCH(ReadFile, moves_on));
