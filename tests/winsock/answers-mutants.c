/* Wrong behaviours, for the tests of answers.c: questions that a message answers. */
#include "answers-mutants.h"

/* ---- What an answer holds */

static void port_in_host_order(MSG *answer, void *room)
{
    struct servent *entry = room;
    if (NO_ERROR_IN(answer))
        entry->s_port = ntohs((u_short)entry->s_port);
}

static HANDLE WINAPI tells_host_order(SERVICE_PARAMETERS)
{
    return spoilt(window, message, SERVICE, room, port_in_host_order);
}
MUTANT(wsaasyncgetservbyname_tells_host_order,
       "WSAAsyncGetServByName tells the port of a service in host order",
       PATCH(WSAAsyncGetServByName, tells_host_order));

static void no_protocol(MSG *answer, void *room)
{
    struct servent *entry = room;
    if (NO_ERROR_IN(answer))
        entry->s_proto = entry->s_name;
}

static HANDLE WINAPI tells_no_protocol(PORT_PARAMETERS)
{
    return spoilt(window, message, PORT, room, no_protocol);
}
MUTANT(wsaasyncgetservbyport_tells_no_protocol,
       "WSAAsyncGetServByPort tells the name of a service for its protocol",
       PATCH(WSAAsyncGetServByPort, tells_no_protocol));

static void number_in_network_order(MSG *answer, void *room)
{
    struct protoent *entry = room;
    if (NO_ERROR_IN(answer))
        entry->p_proto = (short)htons((u_short)entry->p_proto);
}

static HANDLE WINAPI tells_network_order(PROTOCOL_PARAMETERS)
{
    return spoilt(window, message, PROTOCOL, room, number_in_network_order);
}
MUTANT(wsaasyncgetprotobyname_tells_network_order,
       "WSAAsyncGetProtoByName tells the number of a protocol in network order",
       PATCH(WSAAsyncGetProtoByName, tells_network_order));

static void alias_for_a_name(MSG *answer, void *room)
{
    struct protoent *entry = room;
    if (NO_ERROR_IN(answer) && entry->p_aliases[0])
        entry->p_name = entry->p_aliases[0];
}

static HANDLE WINAPI tells_an_alias(HWND window, u_int message, int number, char *room, int size)
{
    return spoilt(window, message,
                  real(WSAAsyncGetProtoByNumber)(window, message, number, room, size), room,
                  alias_for_a_name);
}
MUTANT(wsaasyncgetprotobynumber_tells_an_alias,
       "WSAAsyncGetProtoByNumber tells the alias of a protocol for its name",
       PATCH(WSAAsyncGetProtoByNumber, tells_an_alias));

static void length_of_ipv6(MSG *answer, void *room)
{
    struct hostent *entry = room;
    if (NO_ERROR_IN(answer))
        entry->h_length = sizeof(IN6_ADDR);
}

static HANDLE WINAPI tells_ipv6_length(HWND window, u_int message, LPCSTR name, char *room,
                                       int size)
{
    return spoilt(window, message, real(WSAAsyncGetHostByName)(window, message, name, room, size),
                  room, length_of_ipv6);
}
MUTANT(wsaasyncgethostbyname_tells_ipv6_length,
       "WSAAsyncGetHostByName tells the length of an address of IPv6",
       PATCH(WSAAsyncGetHostByName, tells_ipv6_length));

static void family_of_ipv6(MSG *answer, void *room)
{
    struct hostent *entry = room;
    if (NO_ERROR_IN(answer))
        entry->h_addrtype = AF_INET6;
}

static HANDLE WINAPI tells_another_family(HWND window, u_int message, LPCSTR address, int length,
                                          int type, char *room, int size)
{
    return spoilt(window, message,
                  real(WSAAsyncGetHostByAddr)(window, message, address, length, type, room, size),
                  room, family_of_ipv6);
}
MUTANT(wsaasyncgethostbyaddr_tells_another_family, "WSAAsyncGetHostByAddr tells the family of IPv6",
       PATCH(WSAAsyncGetHostByAddr, tells_another_family));

/* ---- The room */

static void aliases_elsewhere(MSG *answer, void *room)
{
    static char *aliases[8];
    struct protoent *entry = room;
    if (!NO_ERROR_IN(answer))
        return;
    for (int i = 0; i < 7 && entry->p_aliases[i]; i++)
        aliases[i] = entry->p_aliases[i];
    entry->p_aliases = aliases;
}

static HANDLE WINAPI has_aliases_elsewhere(PROTOCOL_PARAMETERS)
{
    return size < MAXGETHOSTSTRUCT ? PROTOCOL
                                   : spoilt(window, message, PROTOCOL, room, aliases_elsewhere);
}
MUTANT(wsaasyncgetprotobyname_aliases_are_elsewhere,
       "WSAAsyncGetProtoByName keeps the list of aliases to itself",
       PATCH(WSAAsyncGetProtoByName, has_aliases_elsewhere));

static void no_size(MSG *answer, void *room)
{
    (void)room;
    if (NO_ROOM_IN(answer))
        answer->lParam = MAKELPARAM(0, WSAENOBUFS);
}

static HANDLE WINAPI tells_no_size(SERVICE_PARAMETERS)
{
    return spoilt(window, message, SERVICE, room, no_size);
}
MUTANT(wsaasyncgetservbyname_tells_no_size,
       "WSAAsyncGetServByName does not tell how much room it needs",
       PATCH(WSAAsyncGetServByName, tells_no_size));

static void byte_less(MSG *answer, void *room)
{
    (void)room;
    if (NO_ROOM_IN(answer))
        answer->lParam = MAKELPARAM(WSAGETASYNCBUFLEN(answer->lParam) - 1, WSAENOBUFS);
}

static HANDLE WINAPI tells_a_byte_less(PORT_PARAMETERS)
{
    return spoilt(window, message, PORT, room, byte_less);
}
MUTANT(wsaasyncgetservbyport_tells_a_byte_less,
       "WSAAsyncGetServByPort tells a byte less than it needs",
       PATCH(WSAAsyncGetServByPort, tells_a_byte_less));

/* ---- What nobody knows */

static void no_error(MSG *answer, void *room)
{
    (void)room;
    DWORD error = WSAGETASYNCERROR(answer->lParam);
    if (error == WSANO_DATA || error == WSAHOST_NOT_FOUND)
        answer->lParam = 0;
}

static HANDLE WINAPI knows_all(PROTOCOL_PARAMETERS)
{
    return spoilt(window, message, PROTOCOL, room, no_error);
}
MUTANT(wsaasyncgetprotobyname_knows_all,
       "WSAAsyncGetProtoByName answers without error about a protocol that does not exist",
       PATCH(WSAAsyncGetProtoByName, knows_all));

static HANDLE WINAPI name_ignores_protocol(SERVICE_PARAMETERS)
{
    protocol = NULL;
    return SERVICE;
}
MUTANT(wsaasyncgetservbyname_ignores_protocol,
       "WSAAsyncGetServByName does not look at the protocol",
       PATCH(WSAAsyncGetServByName, name_ignores_protocol));

static HANDLE WINAPI port_ignores_protocol(PORT_PARAMETERS)
{
    protocol = NULL;
    return PORT;
}
MUTANT(wsaasyncgetservbyport_ignores_protocol,
       "WSAAsyncGetServByPort does not look at the protocol",
       PATCH(WSAAsyncGetServByPort, port_ignores_protocol));

static HANDLE WINAPI presumes_udp(SERVICE_PARAMETERS)
{
    if (!protocol)
        protocol = "udp";
    return SERVICE;
}
MUTANT(wsaasyncgetservbyname_presumes_udp, "WSAAsyncGetServByName without a protocol asks for UDP",
       PATCH(WSAAsyncGetServByName, presumes_udp));

/* ---- Several */

static void handle_1(MSG *answer, void *room)
{
    (void)room;
    answer->wParam = 1;
}

static HANDLE WINAPI has_one_handle(PROTOCOL_PARAMETERS)
{
    return spoilt(window, message, PROTOCOL, room, handle_1) ? (HANDLE)1 : NULL;
}
MUTANT(wsaasyncgetprotobyname_has_one_handle,
       "WSAAsyncGetProtoByName has the same handle for all questions",
       PATCH(WSAAsyncGetProtoByName, has_one_handle));
