/* Wrong behaviours, for the tests of option_segments.c. */
#include "option-mutants.h"

#define SEGMENTS IS_OPTION(IPPROTO_UDP, OPT_UDP_SEND_MSG_SIZE)

SET_SUCCEEDS(segments, SEGMENTS)
MUTANT(sends_are_never_divided, "UDP_SEND_MSG_SIZE changes nothing",
       PATCH(setsockopt, set_segments));

/* Parts of one byte less than was said. */
static int WINAPI set_less(SET_PARAMETERS)
{
    DWORD less = value && size >= (int)sizeof(DWORD) ? *(const DWORD *)value : 0;
    if (SEGMENTS && less > 1) {
        less--;
        value = (const char *)&less;
    }
    return SET;
}
MUTANT(sends_are_divided_otherwise, "UDP_SEND_MSG_SIZE divides into smaller parts",
       PATCH(setsockopt, set_less));

SET_SUCCEEDS(whole, SEGMENTS &&value && !*(const DWORD *)value)
MUTANT(sends_are_divided_for_ever, "UDP_SEND_MSG_SIZE of 0 changes nothing",
       PATCH(setsockopt, set_whole));

SET_REFUSES(coalesced, IS_OPTION(IPPROTO_UDP, OPT_UDP_RECV_MAX_COALESCED_SIZE), WSAENOPROTOOPT)
MUTANT(nothing_can_be_coalesced, "UDP_RECV_MAX_COALESCED_SIZE is not known",
       PATCH(setsockopt, set_coalesced));

/* A receive takes the next datagram of the same size along, where there is much room. */
static int WINAPI receives_more(SOCKET s, char *bytes, int count, int flags)
{
    int got = real(recv)(s, bytes, count, flags);
    DWORD error = GetLastError();
    if (got > 0 && count >= 16 * got && !flags && is_datagram(s) && !has_peer(s) &&
        bytes_waiting(s) == (u_long)got)
        got += real(recv)(s, bytes + got, count - got, flags);
    SetLastError(error);
    return got;
}
MUTANT(datagrams_are_put_together, "recv gives two datagrams of one size at once",
       PATCH(recv, receives_more));

SET_REFUSES(checksum, IS_OPTION(IPPROTO_UDP, OPT_UDP_NOCHECKSUM) && is_datagram(s), WSAEINVAL)
MUTANT(checksums_cannot_be_left_out, "UDP_NOCHECKSUM cannot be set",
       PATCH(setsockopt, set_checksum));
