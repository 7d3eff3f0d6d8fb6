/* Wrong behaviours, for the tests of sources.c. */
#include "control-mutants.h"

#include "../winsock/option-mutants.h"

static INT WSAAPI ignores_source(SEND_PARAMETERS)
{
    if (!control_of(message, IPPROTO_IP, IP_PKTINFO))
        return SEND;
    WSAMSG bare = without_control(message);
    message = &bare;
    return SEND;
}

SENDS(send_1, ignores_source)

MUTANT(wsasendmsg_ignores_packet_info, "WSASendMsg ignores the local address of IP_PKTINFO",
       PATCH(WSAIoctl, send_1));

static SOCKET told;

static INT WSAAPI needs_source(SEND_PARAMETERS)
{
    if (control_of(message, IPPROTO_IP, IP_PKTINFO))
        told = s;
    else if (told && s == told)
        return socket_fails(WSAEADDRNOTAVAIL);
    return SEND;
}

SENDS(send_2, needs_source)

MUTANT(wsasendmsg_needs_a_source_ever_after,
       "WSASendMsg without a local address fails after one with it", PATCH(WSAIoctl, send_2));

static INT WSAAPI no_source_of_6(SEND_PARAMETERS)
{
    return control_of(message, IPPROTO_IPV6, IPV6_PKTINFO) ? socket_fails(WSAEINVAL) : SEND;
}

SENDS(send_3, no_source_of_6)

MUTANT(wsasendmsg_takes_no_packet_info_of_ipv6, "WSASendMsg with IPV6_PKTINFO fails with WSAEINVAL",
       PATCH(WSAIoctl, send_3));

static INT WSAAPI dual_is_of_4(SEND_PARAMETERS)
{
    return control_of(message, IPPROTO_IPV6, IPV6_PKTINFO) && is_dual(s) ? socket_fails(WSAEINVAL)
                                                                         : SEND;
}

SENDS(send_4, dual_is_of_4)

MUTANT(dual_stack_sends_with_packet_info_of_ipv4_alone,
       "WSASendMsg of a dual-stack socket with IPV6_PKTINFO fails with WSAEINVAL",
       PATCH(WSAIoctl, send_4));

static int WINAPI sets_both(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && IS_OPTION(IPPROTO_IP, IP_PKTINFO) && is_dual(s))
        real(setsockopt)(s, IPPROTO_IPV6, IPV6_PKTINFO, value, size);
    return result;
}
MUTANT(packet_info_of_ipv4_is_that_of_ipv6,
       "IP_PKTINFO of a dual-stack socket switches IPV6_PKTINFO as well",
       PATCH(setsockopt, sets_both));

static int WINAPI tells_the_first(RECVFROM_PARAMETERS)
{
    int result = RECVFROM;
    struct sockaddr_in *name = (struct sockaddr_in *)from;
    if (result != SOCKET_ERROR && name && !is_nowhere(name) && name->sin_family == AF_INET &&
        is_datagram(s))
        name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}
MUTANT(sockets_send_from_the_first_address,
       "A datagram comes from the first address of the interface, whatever its socket is bound to",
       PATCH(recvfrom, tells_the_first));
