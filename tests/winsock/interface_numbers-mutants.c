/* Wrong behaviours, for the tests of interface_numbers.c: interfaces of IPv4 by their number. */
#include "option-mutants.h"

/* The first byte of a number is 0, and that of the address of an interface is not. */
static bool is_number(IN_ADDR interface_)
{
    return interface_.S_un.S_un_b.s_b1 == 0 && interface_.s_addr != 0;
}

static bool by_number(const char *value, int size)
{
    return size == sizeof(struct ip_mreq) &&
           is_number(((const struct ip_mreq *)value)->imr_interface);
}

SET_REFUSES(joins_by_address, IS_OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP) && by_number(value, size),
            WSAEADDRNOTAVAIL)
MUTANT(add_membership_takes_addresses_only, "IP_ADD_MEMBERSHIP takes no number of an interface",
       PATCH(setsockopt, set_joins_by_address));

SET_REFUSES(leaves_by_address, IS_OPTION(IPPROTO_IP, IP_DROP_MEMBERSHIP) && by_number(value, size),
            WSAEADDRNOTAVAIL)
MUTANT(drop_membership_takes_addresses_only, "IP_DROP_MEMBERSHIP takes no number of an interface",
       PATCH(setsockopt, set_leaves_by_address));

static int WINAPI is_another(SET_PARAMETERS)
{
    int result = SET;
    return IS_OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP) && by_number(value, size)
               ? failure_hidden(result, WSAEADDRNOTAVAIL, 0)
               : result;
}
MUTANT(add_membership_by_number_is_another,
       "IP_ADD_MEMBERSHIP by number succeeds after that by address", PATCH(setsockopt, is_another));

SET_REFUSES(source_by_address,
            IS_OPTION(IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP) &&
                is_number(((const struct ip_mreq_source *)value)->imr_interface),
            WSAEADDRNOTAVAIL)
MUTANT(add_source_membership_takes_addresses_only,
       "IP_ADD_SOURCE_MEMBERSHIP takes no number of an interface",
       PATCH(setsockopt, set_source_by_address));
