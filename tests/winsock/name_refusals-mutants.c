/* What getaddrinfo, getnameinfo, inet_ntop and the functions of byte order refuse, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

#define INFO_PARAMETERS LPCSTR node, LPCSTR service, const ADDRINFOA *hints, PADDRINFOA *found
#define INFO real.getaddrinfo(node, service, hints, found)

/* A getaddrinfo that does not look at one member of the hints. */
#define BLIND(name, member)                                   \
    static int WINAPI name(INFO_PARAMETERS)                   \
    {                                                         \
        if (!hints)                                           \
            return INFO;                                      \
        ADDRINFOA rest = *hints;                              \
        rest.member = 0;                                      \
        return real.getaddrinfo(node, service, &rest, found); \
    }

BLIND(blind_to_length, ai_addrlen)
MUTANT(getaddrinfo_takes_a_length, "getaddrinfo takes hints with ai_addrlen",
       PATCH(getaddrinfo, blind_to_length));

BLIND(blind_to_name, ai_canonname)
MUTANT(getaddrinfo_takes_a_name, "getaddrinfo takes hints with ai_canonname",
       PATCH(getaddrinfo, blind_to_name));

BLIND(blind_to_address, ai_addr)
MUTANT(getaddrinfo_takes_an_address, "getaddrinfo takes hints with ai_addr",
       PATCH(getaddrinfo, blind_to_address));

BLIND(blind_to_next, ai_next)
MUTANT(getaddrinfo_takes_a_next_one, "getaddrinfo takes hints with ai_next",
       PATCH(getaddrinfo, blind_to_next));

static int WINAPI any_type(INFO_PARAMETERS)
{
    int error = INFO;
    if (error != WSATYPE_NOT_FOUND || !hints)
        return error;
    ADDRINFOA rest = *hints;
    rest.ai_socktype = 0;
    return real.getaddrinfo(node, service, &rest, found);
}
MUTANT(getaddrinfo_takes_services_of_other_types,
       "getaddrinfo finds a service that the socket type does not have",
       PATCH(getaddrinfo, any_type));

static int WINAPI no_host(INFO_PARAMETERS)
{
    int error = INFO;
    return error == WSATYPE_NOT_FOUND && !hints ? WSAHOST_NOT_FOUND : error;
}
MUTANT(getaddrinfo_takes_service_for_host,
       "getaddrinfo without hints tells WSAHOST_NOT_FOUND for an unknown service",
       PATCH(getaddrinfo, no_host));

static int WINAPI host_order(INFO_PARAMETERS)
{
    int error = INFO;
    if (error || !service || (*service >= '0' && *service <= '9'))
        return error;
    for (ADDRINFOA *one = *found; one; one = one->ai_next) {
        u_short *port = &((struct sockaddr_in *)one->ai_addr)->sin_port;
        *port = ntohs(*port);
    }
    return error;
}
MUTANT(getaddrinfo_tells_named_services_in_host_order,
       "getaddrinfo stores the port of a service that has a name in host byte order",
       PATCH(getaddrinfo, host_order));

static int WINAPI info_unstarted(INFO_PARAMETERS)
{
    int error = INFO;
    return error == WSANOTINITIALISED ? WSANO_RECOVERY : error;
}
MUTANT(getaddrinfo_before_startup_cannot_recover,
       "getaddrinfo without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getaddrinfo, info_unstarted));

#define NAME_PARAMETERS                                                                  \
    const struct sockaddr *name, int length, LPSTR node, DWORD node_size, LPSTR service, \
        DWORD service_size, int flags
#define NAME real.getnameinfo(name, length, node, node_size, service, service_size, flags)

static int WINAPI nothing_is_fine(NAME_PARAMETERS)
{
    int error = NAME;
    return !node && !service && error == WSAHOST_NOT_FOUND ? 0 : error;
}
MUTANT(getnameinfo_takes_no_question,
       "getnameinfo succeeds when neither host nor service is asked for",
       PATCH(getnameinfo, nothing_is_fine));

static int WINAPI null_is_invalid(NAME_PARAMETERS)
{
    int error = NAME;
    return !name && error ? WSAEINVAL : error;
}
MUTANT(getnameinfo_of_null_is_invalid, "getnameinfo without an address fails with WSAEINVAL",
       PATCH(getnameinfo, null_is_invalid));

static int WINAPI byte_less(NAME_PARAMETERS)
{
    if (length == sizeof(struct sockaddr_in) - 1)
        length++;
    return NAME;
}
MUTANT(getnameinfo_takes_a_byte_less,
       "getnameinfo takes a sockaddr_in whose last byte is not there",
       PATCH(getnameinfo, byte_less));

static int WINAPI length_of_v4(NAME_PARAMETERS)
{
    if (name && name->sa_family == AF_INET6 && length == sizeof(struct sockaddr_in))
        length = sizeof(struct sockaddr_in6);
    return NAME;
}
MUTANT(getnameinfo_takes_ipv6_in_the_length_of_ipv4,
       "getnameinfo takes an address of IPv6 in the length of one of IPv4",
       PATCH(getnameinfo, length_of_v4));

static int WINAPI no_node_room(NAME_PARAMETERS)
{
    if (node && !node_size)
        node = NULL;
    return NAME;
}
MUTANT(getnameinfo_leaves_out_the_host, "getnameinfo with no room for the host leaves it out",
       PATCH(getnameinfo, no_node_room));

static int WINAPI no_service_room(NAME_PARAMETERS)
{
    if (service && !service_size)
        service = NULL;
    return NAME;
}
MUTANT(getnameinfo_leaves_out_the_service, "getnameinfo with no room for the service leaves it out",
       PATCH(getnameinfo, no_service_room));

static int WINAPI service_needed(NAME_PARAMETERS)
{
    if (service && !(flags & NI_NUMERICSERV) && name->sa_family == AF_INET &&
        !real.getservbyport(((const struct sockaddr_in *)name)->sin_port, "tcp"))
        return WSAHOST_NOT_FOUND;
    return NAME;
}
MUTANT(getnameinfo_needs_a_service, "getnameinfo fails for a port that no service has",
       PATCH(getnameinfo, service_needed));

static int WINAPI streams_only(NAME_PARAMETERS)
{
    flags &= ~NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfo_ignores_ni_dgram, "getnameinfo tells the service of TCP with NI_DGRAM, too",
       PATCH(getnameinfo, streams_only));

static int WINAPI datagrams_only(NAME_PARAMETERS)
{
    flags |= NI_DGRAM;
    return NAME;
}
MUTANT(getnameinfo_tells_services_of_udp, "getnameinfo tells the service of UDP without NI_DGRAM",
       PATCH(getnameinfo, datagrams_only));

#define NTOP_PARAMETERS int family, LPCVOID address, LPSTR text, SIZE_T size

static LPCSTR WINAPI cuts(NTOP_PARAMETERS)
{
    char whole[64];
    LPCSTR result = real.inet_ntop(family, address, text, size);
    if (result || !text || !real.inet_ntop(family, address, whole, sizeof(whole)))
        return result;
    memcpy(text, whole, size);
    return text;
}
MUTANT(inet_ntop_cuts_the_text, "inet_ntop cuts a text for which there is no room",
       PATCH(inet_ntop, cuts));

static LPCSTR WINAPI own_room(NTOP_PARAMETERS)
{
    static char room[64];
    return real.inet_ntop(family, address, text ? text : room, text ? size : sizeof(room));
}
MUTANT(inet_ntop_has_room_of_its_own, "inet_ntop without a buffer tells the text in one of its own",
       PATCH(inet_ntop, own_room));

/* ---- Byte order: errors renamed, each function on its own */

/* A function of byte order, one of whose failures has another error, and one that takes NULL. */
#define RENAMES(name, function, number, room, error, instead)                \
    static int WINAPI name(SOCKET s, number value, room at)                  \
    {                                                                        \
        return failure_renamed(real.function(s, value, at), error, instead); \
    }

#define TAKES_NULL(name, function, number, room)            \
    static int WINAPI name(SOCKET s, number value, room at) \
    {                                                       \
        return at ? real.function(s, value, at) : 0;        \
    }

RENAMES(wsahtonl_no_socket, WSAHtonl, ULONG, PULONG, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsahtonl_of_no_socket_is_invalid, "WSAHtonl of what is no socket fails with WSAEINVAL",
       PATCH(WSAHtonl, wsahtonl_no_socket));

RENAMES(wsahtonl_unstarted, WSAHtonl, ULONG, PULONG, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsahtonl_before_startup_is_no_socket, "WSAHtonl without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSAHtonl, wsahtonl_unstarted));

TAKES_NULL(wsahtonl_null, WSAHtonl, ULONG, PULONG)
MUTANT(wsahtonl_takes_null, "WSAHtonl without room for the result succeeds",
       PATCH(WSAHtonl, wsahtonl_null));

RENAMES(wsahtons_no_socket, WSAHtons, WORD, LPWORD, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsahtons_of_no_socket_is_invalid, "WSAHtons of what is no socket fails with WSAEINVAL",
       PATCH(WSAHtons, wsahtons_no_socket));

RENAMES(wsahtons_unstarted, WSAHtons, WORD, LPWORD, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsahtons_before_startup_is_no_socket, "WSAHtons without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSAHtons, wsahtons_unstarted));

RENAMES(wsantohl_no_socket, WSANtohl, ULONG, PULONG, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsantohl_of_no_socket_is_invalid, "WSANtohl of what is no socket fails with WSAEINVAL",
       PATCH(WSANtohl, wsantohl_no_socket));

RENAMES(wsantohl_unstarted, WSANtohl, ULONG, PULONG, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsantohl_before_startup_is_no_socket, "WSANtohl without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSANtohl, wsantohl_unstarted));

TAKES_NULL(wsantohl_null, WSANtohl, ULONG, PULONG)
MUTANT(wsantohl_takes_null, "WSANtohl without room for the result succeeds",
       PATCH(WSANtohl, wsantohl_null));

RENAMES(wsantohs_no_socket, WSANtohs, WORD, LPWORD, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsantohs_of_no_socket_is_invalid, "WSANtohs of what is no socket fails with WSAEINVAL",
       PATCH(WSANtohs, wsantohs_no_socket));

RENAMES(wsantohs_unstarted, WSANtohs, WORD, LPWORD, WSANOTINITIALISED, WSAENOTSOCK)
MUTANT(wsantohs_before_startup_is_no_socket, "WSANtohs without WSAStartup fails with WSAENOTSOCK",
       PATCH(WSANtohs, wsantohs_unstarted));

TAKES_NULL(wsantohs_null, WSANtohs, WORD, LPWORD)
MUTANT(wsantohs_takes_null, "WSANtohs without room for the result succeeds",
       PATCH(WSANtohs, wsantohs_null));

/* ---- Before WSAStartup */

static int WINAPI string_unstarted(LPWSTR text, int family, LPWSAPROTOCOL_INFOW protocol,
                                   LPSOCKADDR name, LPINT size)
{
    return failure_renamed(real.WSAStringToAddressW(text, family, protocol, name, size),
                           WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(string_to_address_before_startup_is_invalid,
       "WSAStringToAddress without WSAStartup fails with WSAEINVAL",
       PATCH(WSAStringToAddressW, string_unstarted));

static int WINAPI address_unstarted(LPSOCKADDR name, DWORD size, LPWSAPROTOCOL_INFOW protocol,
                                    LPWSTR text, LPDWORD length)
{
    return failure_renamed(real.WSAAddressToStringW(name, size, protocol, text, length),
                           WSANOTINITIALISED, WSAEINVAL);
}
MUTANT(address_to_string_before_startup_is_invalid,
       "WSAAddressToString without WSAStartup fails with WSAEINVAL",
       PATCH(WSAAddressToStringW, address_unstarted));

static int WINAPI name_unstarted(LPSTR name, int size)
{
    return failure_renamed(real.gethostname(name, size), WSANOTINITIALISED, WSAENETDOWN);
}
MUTANT(gethostname_before_startup_is_net_down,
       "gethostname without WSAStartup fails with WSAENETDOWN", PATCH(gethostname, name_unstarted));
