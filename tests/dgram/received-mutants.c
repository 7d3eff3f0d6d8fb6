/* Wrong behaviours, for the tests of received.c: the options that ask for information about a
 * datagram, which WSARecvMsg then tells. */
#include "dgram-mutants.h"
#include "winsock/option-mutants.h"

GET_TELLS(no_information, IS_OPTION(IPPROTO_IPV6, IPV6_PKTINFO), 0)
MUTANT(ipv6_packet_info_reads_as_off, "IPV6_PKTINFO reads as off when it is on",
       PATCH(getsockopt, get_no_information));

TELLS(uninformed, IPPROTO_IP, IP_PKTINFO, 1, 0)

MUTANT(packet_info_reads_as_off, "IP_PKTINFO reads as off when it is on",
       PATCH(getsockopt, uninformed));

/* A setsockopt that does not switch one option off. */
#define STAYS_ON(name, level_, option_) \
    SET_SUCCEEDS(name, IS_OPTION(level_, option_) && size && !*value)

STAYS_ON(ip_recvif, IPPROTO_IP, OPT_RECVIF)

MUTANT(ip_recvif_stays_on, "IP_RECVIF cannot be switched off", PATCH(setsockopt, set_ip_recvif));

STAYS_ON(ip_recvttl, IPPROTO_IP, OPT_RECVTTL)

MUTANT(ip_recvttl_stays_on, "IP_RECVTTL cannot be switched off", PATCH(setsockopt, set_ip_recvttl));

STAYS_ON(ip_recvtos, IPPROTO_IP, OPT_RECVTOS)

MUTANT(ip_recvtos_stays_on, "IP_RECVTOS cannot be switched off", PATCH(setsockopt, set_ip_recvtos));

STAYS_ON(ip_recvecn, IPPROTO_IP, OPT_RECVECN)

MUTANT(ip_recvecn_stays_on, "IP_RECVECN cannot be switched off", PATCH(setsockopt, set_ip_recvecn));

STAYS_ON(ip_original_arrival_if, IPPROTO_IP, OPT_ORIGINAL_ARRIVAL_IF)

MUTANT(ip_original_arrival_if_stays_on, "IP_ORIGINAL_ARRIVAL_IF cannot be switched off",
       PATCH(setsockopt, set_ip_original_arrival_if));

STAYS_ON(ipv6_recvif, IPPROTO_IPV6, OPT_RECVIF)

MUTANT(ipv6_recvif_stays_on, "IPV6_RECVIF cannot be switched off",
       PATCH(setsockopt, set_ipv6_recvif));

STAYS_ON(ipv6_hoplimit, IPPROTO_IPV6, OPT_RECVTTL)

MUTANT(ipv6_hoplimit_stays_on, "IPV6_HOPLIMIT cannot be switched off",
       PATCH(setsockopt, set_ipv6_hoplimit));

STAYS_ON(ipv6_recvtclass, IPPROTO_IPV6, OPT_RECVTOS)

MUTANT(ipv6_recvtclass_stays_on, "IPV6_RECVTCLASS cannot be switched off",
       PATCH(setsockopt, set_ipv6_recvtclass));

STAYS_ON(ipv6_recvecn, IPPROTO_IPV6, OPT_RECVECN)

MUTANT(ipv6_recvecn_stays_on, "IPV6_RECVECN cannot be switched off",
       PATCH(setsockopt, set_ipv6_recvecn));
