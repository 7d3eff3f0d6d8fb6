/* Wrong behaviours, for the tests of name_lengths.c: lengths of names, of IPv6 above all. */
#include "../dgram/dgram-mutants.h"

static bool of_ipv6(const struct sockaddr *name)
{
    return name && name->sa_family == AF_INET6;
}

/* ---- The length is left */

/* A function of PARAMETERS that tells NAME; RESULT is what succeeds. */
#define LEAVES(function, result_type, parameters, call, succeeds, where) \
    static result_type WINAPI function(parameters)                       \
    {                                                                    \
        int was = length ? *length : 0;                                  \
        result_type result = call;                                       \
        if ((succeeds) && length && (where))                             \
            *length = was;                                               \
        return result;                                                   \
    }
#define ACCEPT_PARAMETERS SOCKET s, struct sockaddr *name, int *length
#define SUCCEEDED_ACCEPT result != INVALID_SOCKET

LEAVES(accept_leaves, SOCKET, ACCEPT_PARAMETERS, real(accept)(s, name, length), SUCCEEDED_ACCEPT,
       of_ipv6(name))
MUTANT(accept_leaves_the_length_of_ipv6, "accept leaves the length of a name of IPv6",
       PATCH(accept, accept_leaves));

LEAVES(wsaaccept_leaves, SOCKET, WSAACCEPT_PARAMETERS, WSAACCEPT, SUCCEEDED_ACCEPT, of_ipv6(name))
MUTANT(wsaaccept_leaves_the_length_of_ipv6, "WSAAccept leaves the length of a name of IPv6",
       PATCH(WSAAccept, wsaaccept_leaves));

LEAVES(getsockname_leaves, int, ACCEPT_PARAMETERS, real(getsockname)(s, name, length), result == 0,
       of_ipv6(name))
MUTANT(getsockname_leaves_the_length_of_ipv6, "getsockname leaves the length of a name of IPv6",
       PATCH(getsockname, getsockname_leaves));

LEAVES(getpeername_leaves, int, ACCEPT_PARAMETERS, real(getpeername)(s, name, length), result == 0,
       true)
MUTANT(getpeername_leaves_the_length, "getpeername leaves the length of a name",
       PATCH(getpeername, getpeername_leaves));

LEAVES(getpeername_leaves_6, int, ACCEPT_PARAMETERS, real(getpeername)(s, name, length),
       result == 0, of_ipv6(name))
MUTANT(getpeername_leaves_the_length_of_ipv6, "getpeername leaves the length of a name of IPv6",
       PATCH(getpeername, getpeername_leaves_6));

LEAVES(recvfrom_leaves, int, RECVFROM_PARAMETERS, RECVFROM, result >= 0, of_ipv6(from))
MUTANT(recvfrom_leaves_the_length_of_ipv6, "recvfrom leaves the length of a name of IPv6",
       PATCH(recvfrom, recvfrom_leaves));

LEAVES(wsarecvfrom_leaves, int, WSARECVFROM_PARAMETERS, WSARECVFROM, result == 0, of_ipv6(from))
MUTANT(wsarecvfrom_leaves_the_length_of_ipv6, "WSARecvFrom leaves the length of a name of IPv6",
       PATCH(WSARecvFrom, wsarecvfrom_leaves));

/* ---- A name is cut */

static bool is_short(SOCKET s, const void *name, const int *length)
{
    return name && length && !is_nowhere(name) && !is_nowhere(length) &&
           *length >= (int)sizeof(struct sockaddr_in) &&
           *length < (int)sizeof(struct sockaddr_in6) && is_ipv6(s);
}

/* A function of PARAMETERS that tells as much of NAME as there is room for. */
#define CUTS(function, result_type, parameters, name, call, whole_call) \
    static result_type WINAPI function(parameters)                      \
    {                                                                   \
        struct sockaddr_in6 whole = {0};                                \
        struct sockaddr *into = (struct sockaddr *)&whole;              \
        int size = sizeof(whole);                                       \
        if (!is_short(s, name, length))                                 \
            return call;                                                \
        result_type result = whole_call;                                \
        memcpy(name, &whole, (size_t)*length);                          \
        return result;                                                  \
    }

CUTS(accept_cuts, SOCKET, ACCEPT_PARAMETERS, name, real(accept)(s, name, length),
     real(accept)(s, into, &size))
MUTANT(accept_cuts_a_name_of_ipv6, "accept tells as much of a name of IPv6 as there is room for",
       PATCH(accept, accept_cuts));

CUTS(wsaaccept_cuts, SOCKET, WSAACCEPT_PARAMETERS, name, WSAACCEPT,
     real(WSAAccept)(s, into, &size, condition, data))
MUTANT(wsaaccept_cuts_a_name_of_ipv6,
       "WSAAccept tells as much of a name of IPv6 as there is room for",
       PATCH(WSAAccept, wsaaccept_cuts));

CUTS(getsockname_cuts, int, ACCEPT_PARAMETERS, name, real(getsockname)(s, name, length),
     real(getsockname)(s, into, &size))
MUTANT(getsockname_cuts_a_name_of_ipv6,
       "getsockname tells as much of a name of IPv6 as there is room for",
       PATCH(getsockname, getsockname_cuts));

CUTS(getpeername_cuts, int, ACCEPT_PARAMETERS, name, real(getpeername)(s, name, length),
     real(getpeername)(s, into, &size))
MUTANT(getpeername_cuts_a_name_of_ipv6,
       "getpeername tells as much of a name of IPv6 as there is room for",
       PATCH(getpeername, getpeername_cuts));

#define FROM_PARAMETERS \
    SOCKET s, char *bytes, int room, int flags, struct sockaddr *from, int *length

CUTS(recvfrom_cuts, int, FROM_PARAMETERS, from, real(recvfrom)(s, bytes, room, flags, from, length),
     real(recvfrom)(s, bytes, room, flags, into, &size))
MUTANT(recvfrom_cuts_a_name_of_ipv6,
       "recvfrom tells as much of a name of IPv6 as there is room for",
       PATCH(recvfrom, recvfrom_cuts));

CUTS(wsarecvfrom_cuts, int, WSARECVFROM_PARAMETERS, from, WSARECVFROM,
     real(WSARecvFrom)(s, buffers, count, got, flags, into, &size, NULL, NULL))
MUTANT(wsarecvfrom_cuts_a_name_of_ipv6,
       "WSARecvFrom tells as much of a name of IPv6 as there is room for",
       PATCH(WSARecvFrom, wsarecvfrom_cuts));

/* ---- A name that is given */

static const struct sockaddr *made_whole(SOCKET s, const struct sockaddr *name, int *length,
                                         struct sockaddr_in6 *whole)
{
    if (!is_short(s, name, length))
        return name;
    memset(whole, 0, sizeof(*whole));
    memcpy(whole, name, (size_t)*length);
    *length = sizeof(*whole);
    return (struct sockaddr *)whole;
}

static int WINAPI binds_cut(NAME_PARAMETERS)
{
    struct sockaddr_in6 whole;
    name = made_whole(s, name, &length, &whole);
    return real(bind)(s, name, length);
}
MUTANT(bind_takes_a_name_of_ipv6_that_is_cut, "bind takes a name of IPv6 that is cut",
       PATCH(bind, binds_cut));

static int WINAPI connects_cut(NAME_PARAMETERS)
{
    struct sockaddr_in6 whole;
    name = made_whole(s, name, &length, &whole);
    return real(connect)(s, name, length);
}
MUTANT(connect_takes_a_name_of_ipv6_that_is_cut, "connect takes a name of IPv6 that is cut",
       PATCH(connect, connects_cut));

static int WINAPI sends_to_cut(SENDTO_PARAMETERS)
{
    struct sockaddr_in6 whole;
    to = made_whole(s, to, &to_length, &whole);
    return real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_takes_a_name_of_ipv6_that_is_cut, "sendto takes a name of IPv6 that is cut",
       PATCH(sendto, sends_to_cut));

static int WINAPI wsasends_to_cut(WSASENDTO_PARAMETERS)
{
    struct sockaddr_in6 whole;
    to = made_whole(s, to, &length, &whole);
    return WSASENDTO;
}
MUTANT(wsasendto_takes_a_name_of_ipv6_that_is_cut, "WSASendTo takes a name of IPv6 that is cut",
       PATCH(WSASendTo, wsasends_to_cut));

/* ---- The whole room is filled */

/* A function of PARAMETERS that tells NAME and clears what is behind it. */
#define FILLS(function, result_type, parameters, name, call, succeeds)           \
    static result_type WINAPI function(parameters)                               \
    {                                                                            \
        int room = name && length && !is_nowhere(length) ? *length : 0;          \
        result_type result = call;                                               \
        if ((succeeds) && room > *length)                                        \
            memset((char *)name + *length, 0, (size_t)room - (size_t)(*length)); \
        return result;                                                           \
    }

FILLS(recvfrom_fills, int, RECVFROM_PARAMETERS, from, RECVFROM, result >= 0 && room)
MUTANT(recvfrom_fills_the_room, "recvfrom clears the room behind a source",
       PATCH(recvfrom, recvfrom_fills));

FILLS(wsarecvfrom_fills, int, WSARECVFROM_PARAMETERS, from, WSARECVFROM, result == 0 && room)
MUTANT(wsarecvfrom_fills_the_room, "WSARecvFrom clears the room behind a source",
       PATCH(WSARecvFrom, wsarecvfrom_fills));

static int WINAPI wsarecvfrom_fills_before(WSARECVFROM_PARAMETERS)
{
    if (overlapped && from && length && !is_nowhere(length) && *length > 128)
        memset((char *)from + sizeof(struct sockaddr_in6), 0,
               (size_t)*length - sizeof(struct sockaddr_in6));
    return WSARECVFROM;
}
MUTANT(wsarecvfrom_fills_the_room_before, "An overlapped WSARecvFrom clears the room for a source",
       PATCH(WSARecvFrom, wsarecvfrom_fills_before));

/* ---- Lengths beside that of a name of IPv6 */

#define NO_SCOPE (int)offsetof(struct sockaddr_in6, sin6_scope_id)
#define BYTE_LESS ((int)sizeof(struct sockaddr_in6) - 1)

/* NAME of LENGTH, which is ENOUGH for once, as a whole name. */
static const struct sockaddr *completed(const struct sockaddr *name, int *length, int enough,
                                        struct sockaddr_in6 *whole)
{
    if (!name || is_nowhere(name) || *length != enough || name->sa_family != AF_INET6)
        return name;
    memset(whole, 0, sizeof(*whole));
    memcpy(whole, name, (size_t)enough);
    *length = sizeof(*whole);
    return (struct sockaddr *)whole;
}

/* bind and sendto that take a name of length ENOUGH. */
#define TAKES_LESS(binds, sends, enough)                 \
    static int WINAPI binds(NAME_PARAMETERS)             \
    {                                                    \
        struct sockaddr_in6 whole;                       \
        name = completed(name, &length, enough, &whole); \
        return real(bind)(s, name, length);              \
    }                                                    \
    static int WINAPI sends(SENDTO_PARAMETERS)           \
    {                                                    \
        struct sockaddr_in6 whole;                       \
        to = completed(to, &to_length, enough, &whole);  \
        return real(sendto)(SENDTO_ARGUMENTS);           \
    }

TAKES_LESS(binds_older, sends_to_older, NO_SCOPE)
MUTANT(names_of_ipv6_may_lack_the_scope,
       "bind and sendto take a name of IPv6 that ends before its scope", PATCH(bind, binds_older),
       PATCH(sendto, sends_to_older));

TAKES_LESS(binds_nearly, sends_to_nearly, BYTE_LESS)
MUTANT(names_of_ipv6_may_lack_a_byte, "bind and sendto take a name of IPv6 that lacks a byte",
       PATCH(bind, binds_nearly), PATCH(sendto, sends_to_nearly));

/* getsockname and recvfrom that do with room for ENOUGH. */
#define DOES_WITH_LESS(names, receives, enough)                                             \
    static int WINAPI names(SOCKET s, struct sockaddr *name, int *length)                   \
    {                                                                                       \
        struct sockaddr_in6 whole;                                                          \
        int size = sizeof(whole);                                                           \
        if (!name || !length || is_nowhere(length) || *length != (enough) || !is_ipv6(s))   \
            return real(getsockname)(s, name, length);                                      \
        int result = real(getsockname)(s, (struct sockaddr *)&whole, &size);                \
        if (result == 0)                                                                    \
            memcpy(name, &whole, (size_t)(enough));                                         \
        return result;                                                                      \
    }                                                                                       \
    static int WINAPI receives(RECVFROM_PARAMETERS)                                         \
    {                                                                                       \
        struct sockaddr_in6 whole;                                                          \
        int room = sizeof(whole);                                                           \
        if (!from || !length || is_nowhere(length) || *length != (enough) || !is_ipv6(s))   \
            return real(recvfrom)(s, buffer, size, flags, from, length);                    \
        int got = real(recvfrom)(s, buffer, size, flags, (struct sockaddr *)&whole, &room); \
        if (got >= 0)                                                                       \
            memcpy(from, &whole, (size_t)(enough));                                         \
        return got;                                                                         \
    }

DOES_WITH_LESS(names_older, receives_older, NO_SCOPE)
MUTANT(room_for_the_scope_is_not_needed,
       "getsockname and recvfrom do with room for a name of IPv6 that ends before its scope",
       PATCH(getsockname, names_older), PATCH(recvfrom, receives_older));

DOES_WITH_LESS(names_nearly, receives_nearly, BYTE_LESS)
MUTANT(room_may_lack_a_byte, "getsockname and recvfrom do with a byte less than a name needs",
       PATCH(getsockname, names_nearly), PATCH(recvfrom, receives_nearly));
