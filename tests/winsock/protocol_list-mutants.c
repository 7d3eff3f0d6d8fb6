/* Wrong behaviours, for the tests of protocol_list.c: WSAEnumProtocols. */
#include "winsock-mutants.h"

#define ENUM_PARAMETERS LPINT kinds, LPWSAPROTOCOL_INFOW list, LPDWORD size
#define ENUM real(WSAEnumProtocolsW)(kinds, list, size)

static int WINAPI wants_more(ENUM_PARAMETERS)
{
    DWORD needed = 0, room = size ? *size : 0;
    if (list && kinds && real(WSAEnumProtocolsW)(kinds, NULL, &needed) == SOCKET_ERROR &&
        room == needed) {
        *size = needed + 1;
        return socket_fails(WSAENOBUFS);
    }
    return ENUM;
}
MUTANT(protocols_need_a_byte_more, "WSAEnumProtocols needs a byte more than it says",
       PATCH(WSAEnumProtocolsW, wants_more));

static int WINAPI tells_no_size(ENUM_PARAMETERS)
{
    DWORD before = size ? *size : 0;
    int count = ENUM;
    if (count == SOCKET_ERROR && list && size)
        *size = before;
    return count;
}
MUTANT(protocols_with_a_buffer_tell_no_size,
       "WSAEnumProtocols with too small a buffer does not tell what it needs",
       PATCH(WSAEnumProtocolsW, tells_no_size));

static int WINAPI fault_is_invalid(ENUM_PARAMETERS)
{
    return size ? ENUM : socket_fails(WSAEINVAL);
}
MUTANT(protocols_without_a_size_are_invalid, "WSAEnumProtocols without a size fails with WSAEINVAL",
       PATCH(WSAEnumProtocolsW, fault_is_invalid));

static bool in_memory(const void *address)
{
    MEMORY_BASIC_INFORMATION info;
    DWORD error = GetLastError();
    bool reserved =
        address && real(VirtualQuery)(address, &info, sizeof(info)) && info.State != MEM_COMMIT;
    SetLastError(error);
    return !reserved;
}

static int WINAPI kinds_of_nowhere(ENUM_PARAMETERS)
{
    if (!in_memory(kinds))
        kinds = NULL;
    return ENUM;
}
MUTANT(protocols_of_nowhere_are_all, "WSAEnumProtocols ignores a list that is not in memory",
       PATCH(WSAEnumProtocolsW, kinds_of_nowhere));

static int WINAPI stored_nowhere(ENUM_PARAMETERS)
{
    static WSAPROTOCOL_INFOW own[64];
    if (!in_memory(list))
        list = own;
    return ENUM;
}
MUTANT(protocols_are_stored_nowhere,
       "WSAEnumProtocols succeeds with a buffer that is not in memory",
       PATCH(WSAEnumProtocolsW, stored_nowhere));

static int WINAPI first_kind(ENUM_PARAMETERS)
{
    int one[] = {0, 0};
    for (LPINT kind = kinds; kind && *kind && !one[0]; kind++)
        one[0] = *kind == IPPROTO_TCP || *kind == IPPROTO_UDP ? *kind : 0;
    if (one[0])
        kinds = one;
    return ENUM;
}
MUTANT(protocols_of_one_kind_only, "WSAEnumProtocols tells the protocols of one kind of a list",
       PATCH(WSAEnumProtocolsW, first_kind));

static int WINAPI streams_alone(ENUM_PARAMETERS)
{
    int streams[] = {IPPROTO_TCP, 0};
    if (!kinds && list)
        kinds = streams;
    return ENUM;
}
MUTANT(protocols_are_streams, "WSAEnumProtocols without a list tells TCP alone",
       PATCH(WSAEnumProtocolsW, streams_alone));

static int WINAPI hides_none(ENUM_PARAMETERS)
{
    int count = ENUM;
    if (count > 0 && !kinds)
        list[count - 1].dwProviderFlags |= PFL_HIDDEN;
    return count;
}
MUTANT(protocols_that_are_hidden_are_told, "WSAEnumProtocols tells a hidden protocol",
       PATCH(WSAEnumProtocolsW, hides_none));

static int WINAPI same_number(ENUM_PARAMETERS)
{
    int count = ENUM;
    if (count > 1 && !kinds)
        list[1].dwCatalogEntryId = list[0].dwCatalogEntryId;
    return count;
}
MUTANT(protocols_share_a_number, "WSAEnumProtocols gives two entries one number",
       PATCH(WSAEnumProtocolsW, same_number));

static void change(int count, LPWSAPROTOCOL_INFOW list, int protocol, DWORD add)
{
    for (int i = 0; i < count; i++)
        if (list[i].iProtocol == protocol)
            list[i].dwServiceFlags1 |= add;
}

static int WINAPI streams_of_messages(ENUM_PARAMETERS)
{
    int count = ENUM;
    change(count, list, IPPROTO_TCP, XP1_MESSAGE_ORIENTED);
    return count;
}
MUTANT(protocol_tcp_has_messages, "the entry of TCP says that it keeps messages apart",
       PATCH(WSAEnumProtocolsW, streams_of_messages));

static int WINAPI ordered_datagrams(ENUM_PARAMETERS)
{
    int count = ENUM;
    change(count, list, IPPROTO_UDP, XP1_GUARANTEED_ORDER);
    return count;
}
MUTANT(protocol_udp_keeps_order, "the entry of UDP says that it keeps the order",
       PATCH(WSAEnumProtocolsW, ordered_datagrams));

static int WINAPI sized_streams(ENUM_PARAMETERS)
{
    int count = ENUM;
    for (int i = 0; i < count; i++)
        if (list[i].iProtocol == IPPROTO_TCP)
            list[i].dwMessageSize = 65535;
    return count;
}
MUTANT(protocol_tcp_limits_messages, "the entry of TCP tells a size of messages",
       PATCH(WSAEnumProtocolsW, sized_streams));

static bool has_listed;

static int WSAAPI notes_list(LPINT protocols, LPWSAPROTOCOL_INFOW buffer, LPDWORD size)
{
    has_listed = true;
    return real(WSAEnumProtocolsW)(protocols, buffer, size);
}

static SOCKET WSAAPI takes_no_streams(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                      GROUP group, DWORD flags)
{
    if (has_listed && info && info->iProtocol == IPPROTO_TCP && family == FROM_PROTOCOL_INFO) {
        info = NULL;
        type = SOCK_DGRAM;
        protocol = IPPROTO_UDP;
        family = AF_INET;
    }
    return real(WSASocketW)(family, type, protocol, info, group, flags);
}
MUTANT(wsasocket_takes_no_entry_of_tcp, "WSASocket makes a datagram socket of the entry of TCP",
       PATCH(WSAEnumProtocolsW, notes_list), PATCH(WSASocketW, takes_no_streams));
