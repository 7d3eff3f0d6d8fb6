/* Wrong behaviours, for the tests of option_effects.c. */
#include "option-mutants.h"

SET_SUCCEEDS(ttl, IS_OPTION(IPPROTO_IP, IP_TTL) && is_datagram(s))
MUTANT(ttl_is_not_sent, "IP_TTL of a datagram socket changes nothing", PATCH(setsockopt, set_ttl));

SET_SUCCEEDS(hops, IS_OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS) && is_datagram(s))
MUTANT(unicast_hops_are_not_sent, "IPV6_UNICAST_HOPS of a datagram socket changes nothing",
       PATCH(setsockopt, set_hops));

SET_SUCCEEDS(arrival, IS_OPTION(IPPROTO_IP, OPT_RECVIF))
MUTANT(interfaces_are_not_told, "IP_RECVIF changes nothing", PATCH(setsockopt, set_arrival));

SET_SUCCEEDS(iflist, IS_OPTION(IPPROTO_IP, OPT_IFLIST) || IS_OPTION(IPPROTO_IP, OPT_ADD_IFLIST))
MUTANT(interface_lists_do_nothing, "IP_IFLIST and IP_ADD_IFLIST change nothing",
       PATCH(setsockopt, set_iflist));

GET_SUCCEEDS(sources,
             level == IPPROTO_IP &&
                 (option == IP_ADD_SOURCE_MEMBERSHIP || option == IP_DROP_SOURCE_MEMBERSHIP ||
                  option == IP_BLOCK_SOURCE || option == IP_UNBLOCK_SOURCE))
MUTANT(sources_can_be_read, "Options that add, drop, block and unblock sources can be read",
       PATCH(getsockopt, get_sources));
