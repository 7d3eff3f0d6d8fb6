/* Wrong behaviours, for the tests of option_beside.c. */
#include "option-mutants.h"

#define HEADER IS_OPTION(IPPROTO_IPV6, OPT_IPV6_HDRINCL)
#define COVERAGE IS_OPTION(IPPROTO_UDP, 20)

GET_TELLS(header, HEADER, 1)
MUTANT(header_of_datagrams_is_on, "IPV6_HDRINCL of a new datagram socket is on",
       PATCH(getsockopt, get_header));

GET_SUCCEEDS(stream_header, HEADER &&is_stream(s))
SET_SUCCEEDS(stream_header, HEADER &&is_stream(s))
MUTANT(streams_of_ipv6_have_a_header, "Stream sockets have IPV6_HDRINCL",
       PATCH(getsockopt, get_stream_header), PATCH(setsockopt, set_stream_header));

SET_REFUSES(default_interface,
            IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_IF) && value && !*(const DWORD *)value,
            WSAEADDRNOTAVAIL)
MUTANT(ipv6_multicast_if_of_0_is_refused, "IPV6_MULTICAST_IF takes no 0",
       PATCH(setsockopt, set_default_interface));

SET_REFUSES(nothing, IS_OPTION(IPPROTO_IPV6, IPV6_MULTICAST_IF) && !value, WSAEINVAL)
MUTANT(ipv6_multicast_if_of_nothing_is_invalid,
       "IPV6_MULTICAST_IF without a value fails with WSAEINVAL", PATCH(setsockopt, set_nothing));

GET_SUCCEEDS(coverage, COVERAGE)
SET_SUCCEEDS(coverage, COVERAGE)
MUTANT(checksum_coverage_is_not_kept, "UDP_CHECKSUM_COVERAGE is always off",
       PATCH(getsockopt, get_coverage), PATCH(setsockopt, set_coverage));

SET_SUCCEEDS(ipv6_nochecksum, IS_OPTION(IPPROTO_UDP, OPT_UDP_NOCHECKSUM) && is_ipv6(s))
MUTANT(nochecksum_is_for_ipv6, "UDP_NOCHECKSUM can be set on sockets of IPv6",
       PATCH(setsockopt, set_ipv6_nochecksum));
