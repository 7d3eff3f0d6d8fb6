/* Wrong behaviours, for the tests of message.c: WSASendMsg and WSARecvMsg: gathered buffers,
 * names, and control messages. */
#include "message-mutants.h"

static INT WSAAPI sends_first(SEND_PARAMETERS)
{
    if (message && message->dwBufferCount > 1)
        message->dwBufferCount = 1;
    return SEND;
}

SENDS(send_1, sends_first)

MUTANT(wsasendmsg_sends_one_buffer, "WSASendMsg sends the first buffer only",
       PATCH(WSAIoctl, send_1));

static INT WSAAPI needs_bound(SEND_PARAMETERS)
{
    return message && count && is_datagram(s) && !is_bound(s) ? socket_fails(WSAEINVAL) : SEND;
}

SENDS(send_2, needs_bound)

MUTANT(wsasendmsg_needs_a_bound_socket, "WSASendMsg fails on a socket that is not bound",
       PATCH(WSAIoctl, send_2));

static INT WSAAPI needs_name(SEND_PARAMETERS)
{
    return message && !message->name && has_peer(s) && is_datagram(s)
               ? socket_fails(WSAEDESTADDRREQ)
               : SEND;
}

SENDS(send_3, needs_name)

MUTANT(wsasendmsg_needs_a_name, "WSASendMsg to a connected peer needs its name",
       PATCH(WSAIoctl, send_3));

SEND_RENAMED(send_4, nobody_is_invalid, WSAENOTCONN, WSAEINVAL)
MUTANT(wsasendmsg_to_nobody_is_invalid, "WSASendMsg to nobody fails with WSAEINVAL",
       PATCH(WSAIoctl, send_4));

static INT WSAAPI no_message_is_invalid(SEND_PARAMETERS)
{
    return message ? SEND : socket_fails(WSAEINVAL);
}

SENDS(send_5, no_message_is_invalid)

MUTANT(wsasendmsg_of_nothing_is_invalid, "WSASendMsg without a message fails with WSAEINVAL",
       PATCH(WSAIoctl, send_5));

static INT WSAAPI needs_no_count(SEND_PARAMETERS)
{
    DWORD nowhere;
    if (!count)
        count = &nowhere;
    return SEND;
}

SENDS(send_6, needs_no_count)

MUTANT(wsasendmsg_needs_no_count, "WSASendMsg needs no room for the count",
       PATCH(WSAIoctl, send_6));

static INT WSAAPI takes_streams(SEND_PARAMETERS)
{
    if (!is_stream(s))
        return SEND;
    *count = 5;
    return 0;
}

SENDS(send_7, takes_streams)

MUTANT(wsasendmsg_takes_streams, "WSASendMsg succeeds on a stream socket", PATCH(WSAIoctl, send_7));

SEND_RENAMED(send_8, no_socket_is_invalid, WSAENOTSOCK, WSAEINVAL)
MUTANT(wsasendmsg_of_no_socket_is_invalid, "WSASendMsg fails with WSAEINVAL for INVALID_SOCKET",
       PATCH(WSAIoctl, send_8));

SEND_RENAMED(send_9, urgent_is_invalid, WSAEOPNOTSUPP, WSAEINVAL)
MUTANT(wsasendmsg_urgent_is_invalid, "WSASendMsg with MSG_OOB fails with WSAEINVAL",
       PATCH(WSAIoctl, send_9));

static INT WSAAPI forgets_source(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0 && message->Control.len == 0 && !(message->dwFlags & MSG_PEEK))
        ((struct sockaddr_in *)message->name)->sin_port = 0;
    return result;
}

RECEIVES(receive_1, forgets_source)

MUTANT(wsarecvmsg_forgets_the_source, "WSARecvMsg stores no port of the source",
       PATCH(WSAIoctl, receive_1));

static INT WSAAPI flags_unicast(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0)
        message->dwFlags |= MSG_BCAST;
    return result;
}

RECEIVES(receive_2, flags_unicast)

MUTANT(wsarecvmsg_calls_everything_broadcast, "WSARecvMsg sets MSG_BCAST for a unicast datagram",
       PATCH(WSAIoctl, receive_2));

static INT WSAAPI wants_control(RECEIVE_PARAMETERS)
{
    return message->Control.buf || overlapped || message->dwFlags ? RECEIVE
                                                                  : socket_fails(WSAEFAULT);
}

RECEIVES(receive_3, wants_control)

MUTANT(wsarecvmsg_wants_a_control_buffer, "WSARecvMsg fails without a control buffer",
       PATCH(WSAIoctl, receive_3));

static INT WSAAPI no_interface(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header && header->cmsg_type == IP_PKTINFO)
        ((IN_PKTINFO *)WSA_CMSG_DATA(header))->ipi_ifindex = 0;
    return result;
}

RECEIVES(receive_4, no_interface)

MUTANT(wsarecvmsg_tells_no_interface, "IP_PKTINFO tells no interface", PATCH(WSAIoctl, receive_4));

static INT WSAAPI keeps_length(RECEIVE_PARAMETERS)
{
    ULONG length = message->Control.len;
    int result = RECEIVE;
    if (result == 0 && message->Control.len)
        message->Control.len = length;
    return result;
}

RECEIVES(receive_5, keeps_length)

MUTANT(wsarecvmsg_keeps_the_control_length, "WSARecvMsg leaves Control.len as it was",
       PATCH(WSAIoctl, receive_5));

static INT WSAAPI never_empty(RECEIVE_PARAMETERS)
{
    ULONG length = message->Control.len;
    int result = RECEIVE;
    if (result == 0 && message->Control.len == 0)
        message->Control.len = length;
    return result;
}

RECEIVES(receive_6, never_empty)

MUTANT(wsarecvmsg_without_control_keeps_the_length,
       "WSARecvMsg leaves Control.len where there is no control message",
       PATCH(WSAIoctl, receive_6));

static INT WSAAPI one_control(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header != NULL)
        message->Control.len = (ULONG)WSA_CMSGDATA_ALIGN(header->cmsg_len);
    return result;
}

RECEIVES(receive_7, one_control)

MUTANT(wsarecvmsg_tells_one_control_message, "WSARecvMsg tells one control message at most",
       PATCH(WSAIoctl, receive_7));

static INT WSAAPI cuts_control(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    return message->dwFlags & MSG_CTRUNC ? failure_hidden(result, WSAEMSGSIZE, 0) : result;
}

RECEIVES(receive_8, cuts_control)

MUTANT(wsarecvmsg_cuts_control_messages, "WSARecvMsg succeeds when it has cut control messages",
       PATCH(WSAIoctl, receive_8));

static INT WSAAPI cuts_data(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    return message->dwFlags & MSG_CTRUNC ? result : failure_hidden(result, WSAEMSGSIZE, 0);
}

RECEIVES(receive_9, cuts_data)

MUTANT(wsarecvmsg_cuts_data, "WSARecvMsg succeeds when it has cut the data",
       PATCH(WSAIoctl, receive_9));

static INT WSAAPI takes_peeked(RECEIVE_PARAMETERS)
{
    message->dwFlags &= ~(ULONG)MSG_PEEK;
    return RECEIVE;
}

RECEIVES(receive_11, takes_peeked)

MUTANT(wsarecvmsg_does_not_peek, "WSARecvMsg with MSG_PEEK takes the datagram",
       PATCH(WSAIoctl, receive_11));

RECEIVE_RENAMED(receive_12, late_would_block, WSAETIMEDOUT, WSAEWOULDBLOCK)
MUTANT(wsarecvmsg_late_would_block, "WSARecvMsg that runs out of time fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, receive_12));

static INT WSAAPI runs_no_routine(RECEIVE_PARAMETERS)
{
    routine = NULL;
    return RECEIVE;
}

RECEIVES(receive_13, runs_no_routine)

MUTANT(wsarecvmsg_runs_no_routine, "WSARecvMsg does not run its routine",
       PATCH(WSAIoctl, receive_13));

static INT WSAAPI other_service(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header && header->cmsg_type == IP_TOS)
        *(INT *)WSA_CMSG_DATA(header) = 4;
    return result;
}

RECEIVES(receive_14, other_service)

MUTANT(wsarecvmsg_tells_another_service, "IP_RECVTOS tells another type of service",
       PATCH(WSAIoctl, receive_14));

static INT WSAAPI no_address(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header && header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO)
        memset(WSA_CMSG_DATA(header), 0, 16);
    return result;
}

RECEIVES(receive_15, no_address)

MUTANT(wsarecvmsg_tells_no_ipv6_address, "IPV6_PKTINFO tells no address",
       PATCH(WSAIoctl, receive_15));

static INT WSAAPI no_hops(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header && header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_HOPLIMIT)
        *(INT *)WSA_CMSG_DATA(header) = 0;
    return result;
}

RECEIVES(receive_16, no_hops)

MUTANT(wsarecvmsg_tells_no_hops, "IPV6_HOPLIMIT tells 0", PATCH(WSAIoctl, receive_16));

/* A WSARecvMsg that tells another value in control messages of one type. */
#define TELLS_INSTEAD(name, level, type, value)                                  \
    static INT WSAAPI name(RECEIVE_PARAMETERS)                                   \
    {                                                                            \
        int result = RECEIVE;                                                    \
        for (WSACMSGHDR *h = result == 0 ? WSA_CMSG_FIRSTHDR(message) : NULL; h; \
             h = WSA_CMSG_NXTHDR(message, h))                                    \
            if (h->cmsg_level == (level) && h->cmsg_type == (type))              \
                *(INT *)WSA_CMSG_DATA(h) = (value);                              \
        return result;                                                           \
    }                                                                            \
    RECEIVES(name##_exchanged, name)

TELLS_INSTEAD(no_time_to_live, IPPROTO_IP, IP_TTL, 0)

MUTANT(wsarecvmsg_tells_no_time_to_live, "IP_RECVTTL tells a time to live of 0",
       PATCH(WSAIoctl, no_time_to_live_exchanged));

TELLS_INSTEAD(congested, IPPROTO_IP, 50, 3)

MUTANT(wsarecvmsg_tells_congestion, "IP_RECVECN tells a congestion",
       PATCH(WSAIoctl, congested_exchanged));

TELLS_INSTEAD(other_class, IPPROTO_IPV6, 39, 7)

MUTANT(wsarecvmsg_tells_another_class, "IPV6_RECVTCLASS tells another traffic class",
       PATCH(WSAIoctl, other_class_exchanged));

TELLS_INSTEAD(congested6, IPPROTO_IPV6, 50, 3)

MUTANT(wsarecvmsg_tells_congestion_of_ipv6, "IPV6_RECVECN tells a congestion",
       PATCH(WSAIoctl, congested6_exchanged));

static INT WSAAPI no_name_has_a_size(SEND_PARAMETERS)
{
    if (message && !message->name)
        message->namelen = 0;
    return SEND;
}

SENDS(send_10, no_name_has_a_size)

MUTANT(wsasendmsg_minds_no_size_of_no_name, "WSASendMsg ignores the size of a name that is NULL",
       PATCH(WSAIoctl, send_10));
