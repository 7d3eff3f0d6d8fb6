/* Memberships and sources that follow on others with another outcome, and sources heard wrongly. */
#include "winsock-mutants.h"

/* Which options about groups were set on which socket: the last few. */
static struct {
    SOCKET s;
    unsigned done;
} sockets[8];
static unsigned next_socket;

#define DID(option) (1u << ((option)-IP_ADD_MEMBERSHIP))

static unsigned *done_by(SOCKET s)
{
    for (unsigned i = 0; i < 8; i++)
        if (sockets[i].s == s)
            return &sockets[i].done;
    unsigned slot = next_socket++ % 8;
    sockets[slot].s = s;
    sockets[slot].done = 0;
    return &sockets[slot].done;
}

static int WINAPI forgets(SOCKET s)
{
    *done_by(s) = 0;
    return real(closesocket)(s);
}

static bool is_about_groups(int level, int option)
{
    return level == IPPROTO_IP && option >= IP_ADD_MEMBERSHIP && option <= IP_UNBLOCK_SOURCE &&
           option != IP_DONTFRAGMENT;
}

/* Fails otherwise where OPTION fails with ERROR and BEFORE, and no more, has been done. */
static int fails_after(SET_PARAMETERS, int of, unsigned before, DWORD error, DWORD instead)
{
    unsigned *done = done_by(s);
    int result = SET;
    if (!is_about_groups(level, option))
        return result;
    if (result == SOCKET_ERROR && option == of && *done == before)
        return failure_renamed(result, error, instead);
    if (result == 0)
        *done |= DID(option);
    return result;
}

#define AFTER(name, option_, before, error, instead)                                        \
    static int WINAPI name(SET_PARAMETERS)                                                  \
    {                                                                                       \
        return fails_after(s, level, option, value, size, option_, before, error, instead); \
    }

AFTER(join_twice, IP_ADD_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP), WSAEADDRNOTAVAIL, WSAEINVAL)
MUTANT(multicast_join_twice_has_another_error,
       "IP_ADD_MEMBERSHIP after IP_ADD_MEMBERSHIP fails with another error",
       PATCH(setsockopt, join_twice), PATCH(closesocket, forgets));

AFTER(source_after_join, IP_ADD_SOURCE_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP), WSAEADDRNOTAVAIL,
      WSAEINVAL)
MUTANT(multicast_source_after_join_has_another_error,
       "IP_ADD_SOURCE_MEMBERSHIP after IP_ADD_MEMBERSHIP fails with another error",
       PATCH(setsockopt, source_after_join), PATCH(closesocket, forgets));

AFTER(drop_source_after_join, IP_DROP_SOURCE_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP), WSAEINVAL,
      WSAEADDRNOTAVAIL)
MUTANT(multicast_drop_source_after_join_has_another_error,
       "IP_DROP_SOURCE_MEMBERSHIP after IP_ADD_MEMBERSHIP fails with another error",
       PATCH(setsockopt, drop_source_after_join), PATCH(closesocket, forgets));

AFTER(unblock_after_join, IP_UNBLOCK_SOURCE, DID(IP_ADD_MEMBERSHIP), WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_unblock_after_join_has_another_error,
       "IP_UNBLOCK_SOURCE after IP_ADD_MEMBERSHIP fails with another error",
       PATCH(setsockopt, unblock_after_join), PATCH(closesocket, forgets));

AFTER(leave_twice, IP_DROP_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP) | DID(IP_DROP_MEMBERSHIP), WSAEINVAL,
      WSAENOPROTOOPT)
MUTANT(multicast_leave_twice_has_another_error,
       "IP_DROP_MEMBERSHIP after IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP fails with another error",
       PATCH(setsockopt, leave_twice), PATCH(closesocket, forgets));

AFTER(block_after_leaving, IP_BLOCK_SOURCE, DID(IP_ADD_MEMBERSHIP) | DID(IP_DROP_MEMBERSHIP),
      WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_block_after_leaving_has_another_error,
       "IP_BLOCK_SOURCE after IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP fails with another error",
       PATCH(setsockopt, block_after_leaving), PATCH(closesocket, forgets));

AFTER(unblock_after_leaving, IP_UNBLOCK_SOURCE, DID(IP_ADD_MEMBERSHIP) | DID(IP_DROP_MEMBERSHIP),
      WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_unblock_after_leaving_has_another_error,
       "IP_UNBLOCK_SOURCE after IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP fails with another error",
       PATCH(setsockopt, unblock_after_leaving), PATCH(closesocket, forgets));

AFTER(drop_source_after_leaving, IP_DROP_SOURCE_MEMBERSHIP,
      DID(IP_ADD_MEMBERSHIP) | DID(IP_DROP_MEMBERSHIP), WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_drop_source_after_leaving_has_another_error,
       "IP_DROP_SOURCE_MEMBERSHIP after IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP fails with another "
       "error",
       PATCH(setsockopt, drop_source_after_leaving), PATCH(closesocket, forgets));

AFTER(join_after_source, IP_ADD_MEMBERSHIP, DID(IP_ADD_SOURCE_MEMBERSHIP), WSAEADDRNOTAVAIL,
      WSAEINVAL)
MUTANT(multicast_join_after_source_has_another_error,
       "IP_ADD_MEMBERSHIP after IP_ADD_SOURCE_MEMBERSHIP fails with another error",
       PATCH(setsockopt, join_after_source), PATCH(closesocket, forgets));

AFTER(same_source_twice, IP_ADD_SOURCE_MEMBERSHIP, DID(IP_ADD_SOURCE_MEMBERSHIP), WSAEADDRNOTAVAIL,
      WSAEINVAL)
MUTANT(multicast_same_source_twice_has_another_error,
       "IP_ADD_SOURCE_MEMBERSHIP after IP_ADD_SOURCE_MEMBERSHIP fails with another error",
       PATCH(setsockopt, same_source_twice), PATCH(closesocket, forgets));

AFTER(unblock_after_source, IP_UNBLOCK_SOURCE, DID(IP_ADD_SOURCE_MEMBERSHIP), WSAEINVAL,
      WSAEADDRNOTAVAIL)
MUTANT(multicast_unblock_after_source_has_another_error,
       "IP_UNBLOCK_SOURCE after IP_ADD_SOURCE_MEMBERSHIP fails with another error",
       PATCH(setsockopt, unblock_after_source), PATCH(closesocket, forgets));

AFTER(drop_source_twice, IP_DROP_SOURCE_MEMBERSHIP,
      DID(IP_ADD_SOURCE_MEMBERSHIP) | DID(IP_DROP_SOURCE_MEMBERSHIP), WSAEADDRNOTAVAIL, WSAEINVAL)
MUTANT(multicast_drop_source_twice_has_another_error,
       "IP_DROP_SOURCE_MEMBERSHIP after IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP fails "
       "with another error",
       PATCH(setsockopt, drop_source_twice), PATCH(closesocket, forgets));

AFTER(unblock_after_drop_source, IP_UNBLOCK_SOURCE,
      DID(IP_ADD_SOURCE_MEMBERSHIP) | DID(IP_DROP_SOURCE_MEMBERSHIP), WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_unblock_after_drop_source_has_another_error,
       "IP_UNBLOCK_SOURCE after IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP fails with "
       "another error",
       PATCH(setsockopt, unblock_after_drop_source), PATCH(closesocket, forgets));

AFTER(block_twice, IP_BLOCK_SOURCE, DID(IP_ADD_MEMBERSHIP) | DID(IP_BLOCK_SOURCE), WSAEADDRNOTAVAIL,
      WSAEINVAL)
MUTANT(multicast_block_twice_has_another_error,
       "IP_BLOCK_SOURCE after IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE fails with another error",
       PATCH(setsockopt, block_twice), PATCH(closesocket, forgets));

AFTER(source_after_block, IP_ADD_SOURCE_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP) | DID(IP_BLOCK_SOURCE),
      WSAEINVAL, WSAEADDRNOTAVAIL)
MUTANT(multicast_source_after_block_has_another_error,
       "IP_ADD_SOURCE_MEMBERSHIP after IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE fails with another error",
       PATCH(setsockopt, source_after_block), PATCH(closesocket, forgets));

AFTER(join_after_block, IP_ADD_MEMBERSHIP, DID(IP_ADD_MEMBERSHIP) | DID(IP_BLOCK_SOURCE), WSAEINVAL,
      WSAEADDRNOTAVAIL)
MUTANT(multicast_join_after_block_has_another_error,
       "IP_ADD_MEMBERSHIP after IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE fails with another error",
       PATCH(setsockopt, join_after_block), PATCH(closesocket, forgets));

AFTER(unblock_twice, IP_UNBLOCK_SOURCE,
      DID(IP_ADD_MEMBERSHIP) | DID(IP_BLOCK_SOURCE) | DID(IP_UNBLOCK_SOURCE), WSAEADDRNOTAVAIL,
      WSAEINVAL)
MUTANT(multicast_unblock_twice_has_another_error,
       "IP_UNBLOCK_SOURCE after IP_ADD_MEMBERSHIP, IP_BLOCK_SOURCE, IP_UNBLOCK_SOURCE fails with "
       "another error",
       PATCH(setsockopt, unblock_twice), PATCH(closesocket, forgets));

/* ---- Who is heard */

static int WINAPI one_source(SET_PARAMETERS)
{
    unsigned *done = done_by(s);
    if (level == IPPROTO_IP && option == IP_ADD_SOURCE_MEMBERSHIP && (*done & DID(option)))
        return socket_fails(WSAEADDRNOTAVAIL);
    int result = SET;
    if (result == 0 && is_about_groups(level, option))
        *done |= DID(option);
    return result;
}
MUTANT(multicast_second_source_is_refused, "A group has one source at most",
       PATCH(setsockopt, one_source), PATCH(closesocket, forgets));

static int WINAPI one_group(SET_PARAMETERS)
{
    unsigned *done = done_by(s);
    if (level == IPPROTO_IP && option == IP_ADD_MEMBERSHIP && (*done & DID(option)))
        return socket_fails(WSAEADDRNOTAVAIL);
    int result = SET;
    if (result == 0 && is_about_groups(level, option))
        *done |= DID(option);
    return result;
}
MUTANT(multicast_second_group_is_refused, "A socket joins one group at most",
       PATCH(setsockopt, one_group), PATCH(closesocket, forgets));

static int WINAPI every_source(SET_PARAMETERS)
{
    const IP_MREQ_SOURCE *of = (const IP_MREQ_SOURCE *)value;
    if (level != IPPROTO_IP || option != IP_ADD_SOURCE_MEMBERSHIP)
        return SET;
    struct ip_mreq group = {.imr_multiaddr = of->imr_multiaddr, .imr_interface = of->imr_interface};
    return real(setsockopt)(s, level, IP_ADD_MEMBERSHIP, (char *)&group, sizeof(group));
}
MUTANT(multicast_hears_every_source, "IP_ADD_SOURCE_MEMBERSHIP joins the whole group",
       PATCH(setsockopt, every_source));

static int WINAPI blocks_nobody(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_BLOCK_SOURCE ? 0 : SET;
}
MUTANT(multicast_blocks_no_source, "IP_BLOCK_SOURCE has no effect",
       PATCH(setsockopt, blocks_nobody));

static int WINAPI unblocks_nobody(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && level == IPPROTO_IP && option == IP_UNBLOCK_SOURCE)
        result = real(setsockopt)(s, level, IP_BLOCK_SOURCE, value, size);
    return result;
}
MUTANT(multicast_unblocks_no_source, "IP_UNBLOCK_SOURCE has no effect",
       PATCH(setsockopt, unblocks_nobody));

static int WINAPI ttl_zero(SOCKET s, const char *bytes, int size, int flags,
                           const struct sockaddr *to, int length)
{
    DWORD ttl = 1;
    int room = sizeof(ttl);
    const struct sockaddr_in *name = (const struct sockaddr_in *)to;
    if (to && name->sin_family == AF_INET && IN_MULTICAST(ntohl(name->sin_addr.s_addr)) &&
        real(getsockopt)(s, IPPROTO_IP, IP_MULTICAST_TTL, (char *)&ttl, &room) == 0 && !(BYTE)ttl)
        return socket_fails(WSAENETUNREACH);
    return real(sendto)(s, bytes, size, flags, to, length);
}
MUTANT(multicast_ttl_zero_is_refused, "Nothing can be sent to a group with IP_MULTICAST_TTL 0",
       PATCH(sendto, ttl_zero));

static int WINAPI leaves_one_source(SET_PARAMETERS)
{
    if (level == IPPROTO_IP && option == IP_DROP_MEMBERSHIP &&
        *done_by(s) == DID(IP_ADD_SOURCE_MEMBERSHIP))
        return 0;
    return fails_after(s, level, option, value, size, -1, 0, 0, 0);
}
MUTANT(drop_membership_leaves_no_source,
       "IP_DROP_MEMBERSHIP of a group whose sources were added leaves none of them",
       PATCH(setsockopt, leaves_one_source), PATCH(closesocket, forgets));
