/* Wrong behaviours, for the tests of send.c: what send and sendto do with a stream socket, and
 * which arguments they refuse. */
#include "stream-mutants.h"

#include <stdlib.h>

static int WINAPI wsasend_tells_all(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    DWORD all = 0;
    for (DWORD i = 0; i < count; i++)
        all += buffers[i].len;
    if (result == 0 && !overlapped && sent)
        *sent = all;
    return result;
}
MUTANT(wsasend_taking_a_part_tells_all, "WSASend that takes a part of its buffers tells all",
       PATCH(WSASend, wsasend_tells_all));

static int WINAPI send_tells_all(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return sent > 0 ? size : sent;
}
MUTANT(send_taking_a_part_tells_all, "send that takes a part of its buffer tells all",
       PATCH(send, send_tells_all));

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real(send)(s, bytes, size, flags)

static int WINAPI send_counts_short(SEND_PARAMETERS)
{
    int sent = SEND;
    return sent == 5 && !memcmp(bytes, "bytes", 5) ? 4 : sent;
}
MUTANT(send_counts_one_less, "send counts one byte less than it has sent",
       PATCH(send, send_counts_short));

static int WINAPI send_of_nothing(SEND_PARAMETERS)
{
    return size == 0 ? socket_fails(WSAEINVAL) : SEND;
}

MUTANT(send_of_nothing_is_invalid, "send of no bytes fails", PATCH(send, send_of_nothing));

static int WINAPI send_fault(SEND_PARAMETERS)
{
    return failure_renamed(SEND, WSAEFAULT, WSAEINVAL);
}
MUTANT(send_without_a_buffer_is_invalid, "send without a buffer fails with WSAEINVAL",
       PATCH(send, send_fault));

static int WINAPI send_urgent(SEND_PARAMETERS)
{
    return flags & MSG_OOB ? failure_renamed(SEND, WSAEOPNOTSUPP, WSAEINVAL) : SEND;
}
MUTANT(send_of_urgent_datagrams_is_invalid, "send of an urgent datagram fails with WSAEINVAL",
       PATCH(send, send_urgent));

static int WINAPI send_routes(SEND_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : SEND;
}

MUTANT(send_refuses_dontroute, "send refuses MSG_DONTROUTE", PATCH(send, send_routes));

static int WINAPI send_no_room(SEND_PARAMETERS)
{
    return failure_renamed(SEND, WSAEWOULDBLOCK, WSAENOBUFS);
}
MUTANT(send_without_room_says_no_buffers, "send without room fails with WSAENOBUFS",
       PATCH(send, send_no_room));

static int WINAPI stream_sendto(SOCKET s, const char *bytes, int size, int flags,
                                const struct sockaddr *to, int length)
{
    if (to && is_stream(s))
        return socket_fails(WSAEISCONN);
    return real(sendto)(s, bytes, size, flags, to, length);
}
MUTANT(sendto_refuses_connected_streams, "sendto with a destination fails for a connected stream",
       PATCH(sendto, stream_sendto));

static int WINAPI stream_recvfrom(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                  int *length)
{
    int got = real(recvfrom)(s, bytes, size, flags, from, length);
    if (got > 0 && from && is_stream(s))
        real(getpeername)(s, from, length);
    return got;
}
MUTANT(recvfrom_tells_the_source_of_streams, "recvfrom stores the name of a stream's other end",
       PATCH(recvfrom, stream_recvfrom));
