/* lookup-mutants.h - what the functions that look up a name and a service do wrong alike. A file of
 * mutants includes it once, after it has defined
 *
 *   INFO_PARAMETERS    the parameters of its function, with node, service, hints and found,
 *   INFO               a call of the real function with them,
 *   INFO_WITH(hints)   the same call with other hints,
 *   INFO_TYPE          the type of an entry.
 *
 * The function is getaddrinfo where it has defined none of them. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

#ifndef INFO
#define INFO_PARAMETERS LPCSTR node, LPCSTR service, const ADDRINFOA *hints, PADDRINFOA *found
#define INFO INFO_WITH(hints)
#define INFO_WITH(hints) real(getaddrinfo)(node, service, hints, found)
#define INFO_TYPE ADDRINFOA
#endif

/* It does not look at one member of the hints. */
#define BLIND(name, member)                        \
    static inline int WINAPI name(INFO_PARAMETERS) \
    {                                              \
        if (!hints)                                \
            return INFO;                           \
        INFO_TYPE rest = *hints;                   \
        rest.member = 0;                           \
        return INFO_WITH(&rest);                   \
    }

BLIND(blind_to_length, ai_addrlen)
BLIND(blind_to_name, ai_canonname)
BLIND(blind_to_address, ai_addr)
BLIND(blind_to_next, ai_next)

/* It takes hints which have some flags, where CONDITION holds, as if they had not. */
#define DROPS(name, bits, condition)                               \
    static inline int WINAPI name(INFO_PARAMETERS)                 \
    {                                                              \
        if (!hints || !(hints->ai_flags & (bits)) || !(condition)) \
            return INFO;                                           \
        INFO_TYPE rest = *hints;                                   \
        rest.ai_flags &= ~(bits);                                  \
        return INFO_WITH(&rest);                                   \
    }

DROPS(canonname_of_nothing, AI_CANONNAME, !node)
DROPS(two_names, AI_FQDN, hints->ai_flags &AI_CANONNAME)
/* Numbers, which begin with a digit, stay numbers, so that their refusals do. */
DROPS(looks_up, AI_NUMERICHOST, !node || *node >= 'A')

/* One error is returned as another. */
#define RETURNS(name, error, instead)                      \
    static inline int WINAPI name(INFO_PARAMETERS)         \
    {                                                      \
        int returned = INFO;                               \
        return returned == (error) ? (instead) : returned; \
    }

RETURNS(family_invalid, WSAEAFNOSUPPORT, WSAEINVAL)
RETURNS(type_invalid, WSAESOCKTNOSUPPORT, WSAEINVAL)
RETURNS(service_host, WSATYPE_NOT_FOUND, WSAHOST_NOT_FOUND)
RETURNS(info_unstarted, WSANOTINITIALISED, WSANO_RECOVERY)

static inline int WINAPI nothing_invalid(INFO_PARAMETERS)
{
    int error = INFO;
    return error == WSAHOST_NOT_FOUND && !node && !service ? WSAEINVAL : error;
}

static inline int WINAPI reads_no_port(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && service && (*found)->ai_family == AF_INET && !(*found)->ai_socktype)
        ((struct sockaddr_in *)(*found)->ai_addr)->sin_port = 0;
    return error;
}

static inline int WINAPI longer(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && hints && hints->ai_flags & AI_NUMERICHOST)
        (*found)->ai_addrlen++;
    return error;
}

static inline int WINAPI no_ipv6(INFO_PARAMETERS)
{
    for (int i = 0; node && node[i]; i++)
        if (node[i] == ':')
            return WSAHOST_NOT_FOUND;
    return INFO;
}

/* It tells another address of IPv4 for no node. */
#define NO_NODE(name, condition, address)                                                \
    static inline int WINAPI name(INFO_PARAMETERS)                                       \
    {                                                                                    \
        int error = INFO;                                                                \
        if (!error && !node && hints && (condition) && (*found)->ai_family == AF_INET)   \
            ((struct sockaddr_in *)(*found)->ai_addr)->sin_addr.s_addr = htonl(address); \
        return error;                                                                    \
    }

NO_NODE(bind_loopback, hints->ai_flags &AI_PASSIVE, INADDR_LOOPBACK)
NO_NODE(connect_any, !(hints->ai_flags & AI_PASSIVE), INADDR_ANY)

static inline int WINAPI forgets_kind(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && hints && !hints->ai_family && hints->ai_socktype && hints->ai_protocol)
        (*found)->ai_socktype = (*found)->ai_protocol = 0;
    return error;
}

static inline int WINAPI other_family(INFO_PARAMETERS)
{
    int error = INFO;
    if (!error && node && hints && hints->ai_family == AF_INET)
        (*found)->ai_family = AF_INET6;
    return error;
}

/* The port of a service that has a name: the same place in an address of either family. */
static inline int WINAPI host_order(INFO_PARAMETERS)
{
    int error = INFO;
    if (error || !service || (*service >= '0' && *service <= '9'))
        return error;
    for (INFO_TYPE *one = *found; one; one = (void *)one->ai_next) { /* of ADDRINFOEXW */
        u_short *port = &((struct sockaddr_in *)one->ai_addr)->sin_port;
        *port = ntohs(*port);
    }
    return error;
}

static inline int WINAPI one_list(INFO_PARAMETERS)
{
    static INFO_TYPE *kept;
    int error = INFO;
    if (error || !node || hints)
        return error;
    if (kept)
        *found = kept;
    kept = *found;
    return error;
}
