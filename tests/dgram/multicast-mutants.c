/* Wrong behaviours, for the tests of multicast.c: * Groups of multicast, over the loopback
 * interface. */
#include "dgram-mutants.h"

#define SENDTO real(sendto)(s, bytes, size, flags, to, to_length)

static int WINAPI forgets_membership(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_ADD_MEMBERSHIP ? 0 : SET;
}
MUTANT(multicast_membership_is_forgotten, "IP_ADD_MEMBERSHIP joins no group",
       PATCH(setsockopt, forgets_membership));

static int WINAPI never_leaves(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_DROP_MEMBERSHIP ? 0 : SET;
}
MUTANT(multicast_groups_are_not_left, "IP_DROP_MEMBERSHIP leaves no group",
       PATCH(setsockopt, never_leaves));

static int WINAPI one_member(RECVFROM_PARAMETERS)
{
    static SOCKET first = INVALID_SOCKET;
    int got = RECVFROM;
    if (got <= 0 || !socket_option(s, SO_REUSEADDR))
        return got;
    if (first == INVALID_SOCKET)
        first = s;
    return first == s ? got : socket_fails(WSAETIMEDOUT);
}
MUTANT(multicast_goes_to_one_member, "Of several sockets of one port only one receives",
       PATCH(recvfrom, one_member));

static int WINAPI loop_reads_as_off(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real(getsockopt)(s, level, option, value, size);
    if (result == 0 && level == IPPROTO_IP && option == IP_MULTICAST_LOOP)
        *value = 0;
    return result;
}
MUTANT(multicast_loop_is_off, "IP_MULTICAST_LOOP is off by default",
       PATCH(getsockopt, loop_reads_as_off));

static SOCKET silent = INVALID_SOCKET;

static int WINAPI loop_ignored(SET_PARAMETERS)
{
    return level == IPPROTO_IP && option == IP_MULTICAST_LOOP ? 0 : SET;
}
MUTANT(multicast_loop_is_not_for_receivers, "IP_MULTICAST_LOOP changes nothing",
       PATCH(setsockopt, loop_ignored));

static int WINAPI notes_silent(SET_PARAMETERS)
{
    if (level == IPPROTO_IP && option == IP_MULTICAST_LOOP && size && !*value)
        silent = s;
    return SET;
}

static int WINAPI not_to_groups(SENDTO_PARAMETERS)
{
    return s == silent && address_of(to) >> 28 == 0xE ? size : SENDTO;
}
MUTANT(multicast_loop_is_for_senders,
       "With IP_MULTICAST_LOOP off at the sender nobody on its machine hears a group",
       PATCH(setsockopt, notes_silent), PATCH(sendto, not_to_groups));
