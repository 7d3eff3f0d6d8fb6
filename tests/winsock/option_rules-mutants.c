/* Wrong behaviours, for the tests of option_rules.c. */
#include "option-mutants.h"

static int WINAPI adds_options(SET_PARAMETERS)
{
    char all[40];
    int before = sizeof(all);
    if (!IS_OPTION(IPPROTO_IP, IP_OPTIONS) || size <= 0 ||
        real(getsockopt)(s, level, option, all, &before) != 0 || before + size > (int)sizeof(all))
        return SET;
    memcpy(all + before, value, (size_t)size);
    return real(setsockopt)(s, level, option, all, before + size);
}
MUTANT(header_options_are_added, "IP_OPTIONS are added to those that were set before",
       PATCH(setsockopt, adds_options));

static int WINAPI state_without_length(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && IS_OPTION(SOL_SOCKET, OPT_BSP_STATE))
        *size = 0;
    return result;
}
MUTANT(bsp_state_has_no_length, "getsockopt of SO_BSP_STATE stores a length of 0",
       PATCH(getsockopt, state_without_length));

static int WINAPI no_segment(GET_PARAMETERS)
{
    enum { MAXSEG = 4 };
    return IS_OPTION(IPPROTO_TCP, MAXSEG) ? socket_fails(WSAENOPROTOOPT) : GET;
}
MUTANT(maxseg_is_unknown, "getsockopt of TCP_MAXSEG fails with WSAENOPROTOOPT",
       PATCH(getsockopt, no_segment));

GET_TELLS(no_interface, IS_OPTION(IPPROTO_IP, IP_MULTICAST_IF), 0)
MUTANT(multicast_if_is_never_told, "IP_MULTICAST_IF always reads as 0",
       PATCH(getsockopt, get_no_interface));

static SOCKET sending;
static DWORD sending_by;

static int WINAPI joins_where_it_sends(SET_PARAMETERS)
{
    if (IS_OPTION(IPPROTO_IP, IP_MULTICAST_IF) && size >= (int)sizeof(DWORD)) {
        sending = s;
        memcpy(&sending_by, value, sizeof(sending_by));
    }
    bool elsewhere = IS_OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP) && s == sending && sending_by &&
                     size >= (int)sizeof(struct ip_mreq) &&
                     ((const struct ip_mreq *)value)->imr_interface.s_addr != sending_by;
    return elsewhere ? 0 : SET;
}
MUTANT(multicast_if_is_where_groups_are_heard,
       "A socket with IP_MULTICAST_IF hears groups by that interface alone",
       PATCH(setsockopt, joins_where_it_sends));

static SOCKET chosen;

static int WINAPI notes_choice(SET_PARAMETERS)
{
    if (IS_OPTION(IPPROTO_IP, OPT_UNICAST_IF))
        chosen = s;
    return SET;
}

static int WINAPI hears_nothing(SOCKET s, char *bytes, int count, int flags, struct sockaddr *from,
                                int *length)
{
    int got = real(recvfrom)(s, bytes, count, flags, from, length);
    return chosen && s == chosen && got != SOCKET_ERROR ? socket_fails(WSAETIMEDOUT) : got;
}
MUTANT(unicast_if_is_where_datagrams_are_heard,
       "A socket with IP_UNICAST_IF does not receive what comes by another interface",
       PATCH(setsockopt, notes_choice), PATCH(recvfrom, hears_nothing));

static bool shares(SOCKET s)
{
    DWORD error = GetLastError(), value = 0;
    int size = sizeof(value);
    if (real(getsockopt)(s, SOL_SOCKET, OPT_REUSE_MULTICASTPORT, (char *)&value, &size) != 0)
        value = 0;
    SetLastError(error);
    return value;
}

static int WINAPI shares_nothing(SOCKET s, const struct sockaddr *name, int length)
{
    return name && ((const struct sockaddr_in *)name)->sin_port && shares(s)
               ? socket_fails(WSAEADDRINUSE)
               : real(bind)(s, name, length);
}
MUTANT(ports_for_groups_are_not_shared, "A port of a socket with SO_REUSE_MULTICASTPORT is its own",
       PATCH(bind, shares_nothing));
