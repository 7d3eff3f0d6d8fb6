/* Wrong behaviours, for the tests of size.c: datagrams that are too large for the receiver's
 * buffer, or for UDP. */
#include "dgram-mutants.h"

static int WINAPI cuts_silently(RECVFROM_PARAMETERS)
{
    return failure_hidden(real(recvfrom)(RECVFROM_ARGUMENTS), WSAEMSGSIZE, size);
}
MUTANT(recvfrom_cuts_silently, "recvfrom into a short buffer succeeds",
       PATCH(recvfrom, cuts_silently));

static int WINAPI would_block_always(RECVFROM_PARAMETERS)
{
    int got = real(recvfrom)(RECVFROM_ARGUMENTS);
    return got == SOCKET_ERROR ? socket_fails(WSAEWOULDBLOCK) : got;
}
MUTANT(recvfrom_failures_would_block, "recvfrom says WSAEWOULDBLOCK whatever it fails for",
       PATCH(recvfrom, would_block_always));

static int WINAPI keeps_excess(RECVFROM_PARAMETERS)
{
    static char rest[64];
    static int rest_size;
    char whole[64];
    if (rest_size) {
        int given = rest_size;
        memcpy(buffer, rest, (size_t)given);
        rest_size = 0;
        return given;
    }
    int got = size < (int)sizeof(whole)
                  ? real(recvfrom)(s, whole, sizeof(whole), MSG_PEEK, NULL, NULL)
                  : SOCKET_ERROR;
    int result = real(recvfrom)(RECVFROM_ARGUMENTS);
    if (got > size && result == SOCKET_ERROR && GetLastError() == WSAEMSGSIZE) {
        rest_size = got - size;
        memcpy(rest, whole + size, (size_t)rest_size);
    }
    return result;
}
MUTANT(recvfrom_keeps_excess, "the rest of a datagram that was cut comes with the next receive",
       PATCH(recvfrom, keeps_excess));

static int WINAPI cuts(SENDTO_PARAMETERS)
{
    int sent = real(sendto)(s, bytes, size > 65507 ? 65507 : size, flags, to, to_length);
    return sent == 65507 ? size : sent;
}
MUTANT(sendto_cuts_large_datagrams, "sendto sends the first part of a datagram that is too large",
       PATCH(sendto, cuts));

static int WINAPI limits_to_frame(SENDTO_PARAMETERS)
{
    return size > 1472 ? socket_fails(WSAEMSGSIZE) : real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_limits_to_a_frame, "sendto refuses datagrams that do not fit into an Ethernet frame",
       PATCH(sendto, limits_to_frame));
