/* Wrong behaviours, for the tests of option_lengths.c: lengths and pointers of options. */
#include "option-mutants.h"

/* A setsockopt that takes a short value of one option, a getsockopt that stores one. */
#define SHORT(name, level_, option_)                                            \
    SET_SUCCEEDS(short_##name, IS_OPTION(level_, option_) && value && size < 4) \
    static int WINAPI get_short_##name(GET_PARAMETERS)                          \
    {                                                                           \
        int result = GET;                                                       \
        return IS_OPTION(level_, option_) && value && size && *size < 4         \
                   ? failure_hidden(result, WSAEFAULT, 0)                       \
                   : result;                                                    \
    }

SHORT(linger, SOL_SOCKET, SO_LINGER)
MUTANT(short_linger_can_be_set, "setsockopt of SO_LINGER takes less than four bytes",
       PATCH(setsockopt, set_short_linger));
MUTANT(short_linger_can_be_read, "getsockopt of SO_LINGER takes less than four bytes",
       PATCH(getsockopt, get_short_linger));

SHORT(rcvtimeo, SOL_SOCKET, SO_RCVTIMEO)
MUTANT(short_rcvtimeo_can_be_set, "setsockopt of SO_RCVTIMEO takes less than four bytes",
       PATCH(setsockopt, set_short_rcvtimeo));
MUTANT(short_rcvtimeo_can_be_read, "getsockopt of SO_RCVTIMEO takes less than four bytes",
       PATCH(getsockopt, get_short_rcvtimeo));

SHORT(sndtimeo, SOL_SOCKET, SO_SNDTIMEO)
MUTANT(short_sndtimeo_can_be_set, "setsockopt of SO_SNDTIMEO takes less than four bytes",
       PATCH(setsockopt, set_short_sndtimeo));
MUTANT(short_sndtimeo_can_be_read, "getsockopt of SO_SNDTIMEO takes less than four bytes",
       PATCH(getsockopt, get_short_sndtimeo));

SHORT(sndbuf, SOL_SOCKET, SO_SNDBUF)
MUTANT(short_sndbuf_can_be_set, "setsockopt of SO_SNDBUF takes less than four bytes",
       PATCH(setsockopt, set_short_sndbuf));
MUTANT(short_sndbuf_can_be_read, "getsockopt of SO_SNDBUF takes less than four bytes",
       PATCH(getsockopt, get_short_sndbuf));

SHORT(pktinfo, IPPROTO_IP, IP_PKTINFO)
MUTANT(short_pktinfo_can_be_set, "setsockopt of IP_PKTINFO takes less than four bytes",
       PATCH(setsockopt, set_short_pktinfo));
MUTANT(short_pktinfo_can_be_read, "getsockopt of IP_PKTINFO takes less than four bytes",
       PATCH(getsockopt, get_short_pktinfo));

SHORT(recvtos, IPPROTO_IP, OPT_RECVTOS)
MUTANT(short_recvtos_can_be_set, "setsockopt of IP_RECVTOS takes less than four bytes",
       PATCH(setsockopt, set_short_recvtos));
MUTANT(short_recvtos_can_be_read, "getsockopt of IP_RECVTOS takes less than four bytes",
       PATCH(getsockopt, get_short_recvtos));

SHORT(recvttl, IPPROTO_IP, OPT_RECVTTL)
MUTANT(short_recvttl_can_be_set, "setsockopt of IP_RECVTTL takes less than four bytes",
       PATCH(setsockopt, set_short_recvttl));
MUTANT(short_recvttl_can_be_read, "getsockopt of IP_RECVTTL takes less than four bytes",
       PATCH(getsockopt, get_short_recvttl));

SHORT(pktinfo6, IPPROTO_IPV6, IPV6_PKTINFO)
MUTANT(short_pktinfo6_can_be_set, "setsockopt of IPV6_PKTINFO takes less than four bytes",
       PATCH(setsockopt, set_short_pktinfo6));
MUTANT(short_pktinfo6_can_be_read, "getsockopt of IPV6_PKTINFO takes less than four bytes",
       PATCH(getsockopt, get_short_pktinfo6));

SHORT(hoplimit, IPPROTO_IPV6, IPV6_HOPLIMIT)
MUTANT(short_hoplimit_can_be_set, "setsockopt of IPV6_HOPLIMIT takes less than four bytes",
       PATCH(setsockopt, set_short_hoplimit));
MUTANT(short_hoplimit_can_be_read, "getsockopt of IPV6_HOPLIMIT takes less than four bytes",
       PATCH(getsockopt, get_short_hoplimit));

SHORT(recvtclass, IPPROTO_IPV6, OPT_RECVTOS)
MUTANT(short_recvtclass_can_be_set, "setsockopt of IPV6_RECVTCLASS takes less than four bytes",
       PATCH(setsockopt, set_short_recvtclass));
MUTANT(short_recvtclass_can_be_read, "getsockopt of IPV6_RECVTCLASS takes less than four bytes",
       PATCH(getsockopt, get_short_recvtclass));

/* ---- Pointers */

GET_FAILS(no_information, option == SO_PROTOCOL_INFOW && (!value || !size), WSAEFAULT, WSAEINVAL)
MUTANT(protocol_info_without_room_is_invalid,
       "SO_PROTOCOL_INFO without room for the value or a length fails with WSAEINVAL",
       PATCH(getsockopt, get_no_information));

static int WINAPI get_without_length(GET_PARAMETERS)
{
    return value && !size && option != SO_PROTOCOL_INFOW ? 0 : GET;
}
MUTANT(getsockopt_needs_no_length, "getsockopt succeeds without a length",
       PATCH(getsockopt, get_without_length));

SET_SUCCEEDS(from_nowhere, value && (UINT_PTR)value < 0x10000)
MUTANT(setsockopt_reads_nowhere, "setsockopt takes a value that is not in memory",
       PATCH(setsockopt, set_from_nowhere));

/* ---- SO_PROTOCOL_INFOA */

static int WINAPI get_no_type(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA))
        ((WSAPROTOCOL_INFOA *)value)->iSocketType = 0;
    return result;
}
MUTANT(protocol_info_a_has_no_type, "SO_PROTOCOL_INFOA tells no type of socket",
       PATCH(getsockopt, get_no_type));

static int WINAPI get_no_name(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA))
        ((WSAPROTOCOL_INFOA *)value)->szProtocol[0] = 0;
    return result;
}
MUTANT(protocol_info_a_has_no_name, "SO_PROTOCOL_INFOA tells no name of the protocol",
       PATCH(getsockopt, get_no_name));

GET_TELLS_NO_ROOM(no_size, IS_OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA))
MUTANT(protocol_info_a_tells_no_size, "SO_PROTOCOL_INFOA does not tell the room that it needs",
       PATCH(getsockopt, get_no_size));
