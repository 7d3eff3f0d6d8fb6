/* Wrong behaviours, for the tests of option_interfaces.c. */
#include "option-mutants.h"

#define UNICAST_IF \
    (IS_OPTION(IPPROTO_IP, OPT_UNICAST_IF) || IS_OPTION(IPPROTO_IPV6, OPT_UNICAST_IF))

/* Who has chosen an interface does not send. */
static SOCKET chosen;

static int WINAPI set_choice(SET_PARAMETERS)
{
    if (UNICAST_IF)
        chosen = s;
    return SET;
}

static int WINAPI sends_nothing(SOCKET s, const char *bytes, int count, int flags,
                                const struct sockaddr *to, int length)
{
    return chosen && s == chosen ? count : real(sendto)(s, bytes, count, flags, to, length);
}
MUTANT(unicast_if_leads_nowhere, "With IP_UNICAST_IF or IPV6_UNICAST_IF nothing is sent",
       PATCH(setsockopt, set_choice), PATCH(sendto, sends_nothing));

SET_SUCCEEDS(kept_choice, UNICAST_IF &&value && !*(const DWORD *)value)
MUTANT(unicast_if_is_kept, "IP_UNICAST_IF and IPV6_UNICAST_IF of 0 change nothing",
       PATCH(setsockopt, set_kept_choice));

GET_TELLS(no_choice, IS_OPTION(IPPROTO_IPV6, OPT_UNICAST_IF), 0)
MUTANT(unicast_if_of_ipv6_is_never_told, "IPV6_UNICAST_IF always reads as 0",
       PATCH(getsockopt, get_no_choice));

GET_TELLS(no_choice_4, IS_OPTION(IPPROTO_IP, OPT_UNICAST_IF), 0)
MUTANT(unicast_if_is_never_told, "IP_UNICAST_IF always reads as 0",
       PATCH(getsockopt, get_no_choice_4));
