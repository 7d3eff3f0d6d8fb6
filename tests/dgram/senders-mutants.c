/* Wrong behaviours, for the tests of senders.c: send, WSASend and WSASendTo of datagram sockets. */
#include "dgram-mutants.h"

#define LARGEST 65507

static DWORD total_of(const WSABUF *buffers, DWORD count)
{
    DWORD total = 0;
    for (DWORD i = 0; i < count; i++)
        total += buffers[i].len;
    return total;
}

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags

static int WINAPI cuts_sent(SEND_PARAMETERS)
{
    return real(send)(s, bytes, size > LARGEST && is_datagram(s) ? LARGEST : size, flags);
}
MUTANT(send_cuts_large_datagrams, "send sends as much of a datagram as UDP can carry",
       PATCH(send, cuts_sent));

/* BUFFERS without what is more than a datagram carries; there are no more than two of those. */
static bool is_cut(SOCKET s, const WSABUF *buffers, DWORD *count, WSABUF *cut)
{
    if (*count == 0 || *count > 2 || !is_datagram(s) || total_of(buffers, *count) <= LARGEST)
        return false;
    *cut = buffers[0];
    if (cut->len > LARGEST)
        cut->len = LARGEST;
    *count = 1;
    return true;
}

static int WINAPI cuts_wsasent(WSASEND_PARAMETERS)
{
    WSABUF cut;
    if (is_cut(s, buffers, &count, &cut))
        buffers = &cut;
    return WSASEND;
}
MUTANT(wsasend_cuts_large_datagrams, "WSASend sends as much of a datagram as UDP can carry",
       PATCH(WSASend, cuts_wsasent));

static int WINAPI cuts_wsasent_to(WSASENDTO_PARAMETERS)
{
    WSABUF cut;
    if (count > 1 && is_cut(s, buffers, &count, &cut))
        buffers = &cut;
    return WSASENDTO;
}
MUTANT(wsasendto_looks_at_the_first_buffer_for_the_size,
       "WSASendTo of buffers that are too long together sends what UDP can carry",
       PATCH(WSASendTo, cuts_wsasent_to));

static int WINAPI one_of_each(WSASEND_PARAMETERS)
{
    if (overlapped || count < 2 || !is_datagram(s))
        return WSASEND;
    int result = 0;
    DWORD total = 0, one;
    for (DWORD i = 0; i < count && result == 0; i++) {
        result = real(WSASend)(s, &buffers[i], 1, &one, flags, NULL, NULL);
        total += result == 0 ? one : 0;
    }
    *sent = total;
    return result;
}
MUTANT(wsasend_sends_a_datagram_of_each_buffer, "WSASend sends a datagram of each buffer",
       PATCH(WSASend, one_of_each));

static int WINAPI first_overlapped(WSASEND_PARAMETERS)
{
    if (overlapped && count > 1 && total_of(buffers, count) <= LARGEST && is_datagram(s))
        count = 1;
    return WSASEND;
}
MUTANT(overlapped_wsasend_sends_one_buffer_of_a_datagram,
       "An overlapped WSASend of a datagram sends the first buffer only",
       PATCH(WSASend, first_overlapped));

static int WINAPI first_overlapped_to(WSASENDTO_PARAMETERS)
{
    if (overlapped && count > 1 && total_of(buffers, count) <= LARGEST)
        count = 1;
    return WSASENDTO;
}
MUTANT(overlapped_wsasendto_sends_one_buffer, "An overlapped WSASendTo sends the first buffer only",
       PATCH(WSASendTo, first_overlapped_to));

static int WINAPI sends_something(SEND_PARAMETERS)
{
    return size == 0 && is_datagram(s) ? 0 : real(send)(s, bytes, size, flags);
}
MUTANT(send_drops_empty_datagrams, "send of no bytes sends no datagram",
       PATCH(send, sends_something));

static int WINAPI send_unconnected(SEND_PARAMETERS)
{
    int sent = real(send)(s, bytes, size, flags);
    return is_datagram(s) ? failure_renamed(sent, WSAESHUTDOWN, WSAENOTCONN) : sent;
}
MUTANT(send_of_a_datagram_after_shutdown_is_not_connected,
       "send on a datagram socket after shutdown fails with WSAENOTCONN",
       PATCH(send, send_unconnected));

static int WINAPI wsasend_unconnected(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    return is_datagram(s) ? failure_renamed(result, WSAESHUTDOWN, WSAENOTCONN) : result;
}
MUTANT(wsasend_of_a_datagram_after_shutdown_is_not_connected,
       "WSASend on a datagram socket after shutdown fails with WSAENOTCONN",
       PATCH(WSASend, wsasend_unconnected));
