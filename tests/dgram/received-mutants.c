/* Wrong behaviours, for the tests of received.c: the options that ask for information about a
 * datagram, which WSARecvMsg then tells. */
#include "dgram-mutants.h"

static int WINAPI no_information(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == IPPROTO_IPV6 && option == IPV6_PKTINFO)
        *(DWORD *)value = 0;
    return result;
}
MUTANT(ipv6_packet_info_reads_as_off, "IPV6_PKTINFO reads as off when it is on",
       PATCH(getsockopt, no_information));

TELLS(uninformed, IPPROTO_IP, IP_PKTINFO, 1, 0)

MUTANT(packet_info_reads_as_off, "IP_PKTINFO reads as off when it is on",
       PATCH(getsockopt, uninformed));

/* A setsockopt that does not switch one option off. */
#define STAYS_ON(name, level_, option_)                                               \
    static int WINAPI name(SET_PARAMETERS)                                            \
    {                                                                                 \
        return level == (level_) && option == (option_) && size && !*value ? 0 : SET; \
    }

STAYS_ON(ip_recvif, IPPROTO_IP, 24)

MUTANT(ip_recvif_stays_on, "IP_RECVIF cannot be switched off", PATCH(setsockopt, ip_recvif));

STAYS_ON(ip_recvttl, IPPROTO_IP, 21)

MUTANT(ip_recvttl_stays_on, "IP_RECVTTL cannot be switched off", PATCH(setsockopt, ip_recvttl));

STAYS_ON(ip_recvtos, IPPROTO_IP, 40)

MUTANT(ip_recvtos_stays_on, "IP_RECVTOS cannot be switched off", PATCH(setsockopt, ip_recvtos));

STAYS_ON(ip_recvecn, IPPROTO_IP, 50)

MUTANT(ip_recvecn_stays_on, "IP_RECVECN cannot be switched off", PATCH(setsockopt, ip_recvecn));

STAYS_ON(ip_original_arrival_if, IPPROTO_IP, 47)

MUTANT(ip_original_arrival_if_stays_on, "IP_ORIGINAL_ARRIVAL_IF cannot be switched off",
       PATCH(setsockopt, ip_original_arrival_if));

STAYS_ON(ipv6_recvif, IPPROTO_IPV6, 24)

MUTANT(ipv6_recvif_stays_on, "IPV6_RECVIF cannot be switched off", PATCH(setsockopt, ipv6_recvif));

STAYS_ON(ipv6_hoplimit, IPPROTO_IPV6, 21)

MUTANT(ipv6_hoplimit_stays_on, "IPV6_HOPLIMIT cannot be switched off",
       PATCH(setsockopt, ipv6_hoplimit));

STAYS_ON(ipv6_recvtclass, IPPROTO_IPV6, 40)

MUTANT(ipv6_recvtclass_stays_on, "IPV6_RECVTCLASS cannot be switched off",
       PATCH(setsockopt, ipv6_recvtclass));

STAYS_ON(ipv6_recvecn, IPPROTO_IPV6, 50)

MUTANT(ipv6_recvecn_stays_on, "IPV6_RECVECN cannot be switched off",
       PATCH(setsockopt, ipv6_recvecn));
