/* Wrong behaviours of accepted sockets, of the options of TCP, and of the counts of sends. */
#include "winsock_extension.h"

#include <stdlib.h>

/* ---- What an accepted socket takes over */

static void start_blocking(SOCKET s)
{
    DWORD error = GetLastError();
    u_long off = 0;
    real.ioctlsocket(s, FIONBIO, &off);
    SetLastError(error);
}

static SOCKET WINAPI accepts_blocking(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted != INVALID_SOCKET)
        start_blocking(accepted);
    return accepted;
}
MUTANT(accept_starts_blocking, "The socket that a nonblocking listener accepts is blocking",
       PATCH(accept, accepts_blocking));

/* Gives S the values of a new socket for options that are off then. */
static void forget(SOCKET s, bool booleans, bool linger, bool nodelay)
{
    static const int names[] = {SO_KEEPALIVE, SO_OOBINLINE, SO_SNDTIMEO, SO_RCVTIMEO, SO_REUSEADDR};
    static const LINGER never;
    DWORD off = 0, error = GetLastError();
    for (size_t i = 0; booleans && i < sizeof(names) / sizeof(*names); i++)
        real.setsockopt(s, SOL_SOCKET, names[i], (char *)&off, sizeof(off));
    if (linger)
        real.setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&never, sizeof(never));
    if (nodelay)
        real.setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (char *)&off, sizeof(off));
    SetLastError(error);
}

#define FORGETS(function, booleans, linger, nodelay)                            \
    static SOCKET WINAPI function(SOCKET s, struct sockaddr *name, int *length) \
    {                                                                           \
        SOCKET accepted = real.accept(s, name, length);                         \
        if (accepted != INVALID_SOCKET)                                         \
            forget(accepted, booleans, linger, nodelay);                        \
        return accepted;                                                        \
    }

FORGETS(forgets_booleans, true, false, false)
MUTANT(accept_forgets_the_options, "An accepted socket has no options but those of TCP",
       PATCH(accept, forgets_booleans));

FORGETS(forgets_linger, false, true, false)
MUTANT(accept_forgets_to_linger, "An accepted socket does not linger as its listener",
       PATCH(accept, forgets_linger));

FORGETS(forgets_nodelay, false, false, true)
MUTANT(accept_forgets_nodelay, "An accepted socket has not its listener's TCP_NODELAY",
       PATCH(accept, forgets_nodelay));

static SOCKET WINAPI wsaaccept_forgets(SOCKET s, struct sockaddr *name, LPINT length,
                                       LPCONDITIONPROC condition, DWORD_PTR data)
{
    SOCKET accepted = real.WSAAccept(s, name, length, condition, data);
    if (accepted != INVALID_SOCKET) {
        start_blocking(accepted);
        forget(accepted, true, true, false);
    }
    return accepted;
}
MUTANT(wsaaccept_forgets_the_options,
       "WSAAccept returns a socket without mode and options, but for those of TCP",
       PATCH(WSAAccept, wsaaccept_forgets));

static LPFN_ACCEPTEX original;

static BOOL PASCAL inherits(SOCKET listener, SOCKET s, PVOID buffer, DWORD size, DWORD local,
                            DWORD remote, LPDWORD got, LPOVERLAPPED overlapped)
{
    DWORD time = (DWORD)socket_option(listener, SO_RCVTIMEO);
    real.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&time, sizeof(time));
    return original(listener, s, buffer, size, local, remote, got, overlapped);
}
EXCHANGES(gives_inherits, WSAID_ACCEPTEX, inherits, original)
MUTANT(accept_ex_brings_properties_at_once, "AcceptEx itself brings a property of the listener",
       PATCH(WSAIoctl, gives_inherits));

/* ---- Options of TCP */

static int WINAPI reads_0(SOCKET s, int level, int option, char *value, int *size)
{
    int result = real.getsockopt(s, level, option, value, size);
    if (result == 0 && level == IPPROTO_TCP)
        memset(value, 0, (size_t)*size);
    return result;
}
MUTANT(tcp_options_are_read_as_0, "getsockopt tells 0 for every option of TCP",
       PATCH(getsockopt, reads_0));

static int WINAPI sets_once(SOCKET s, int level, int option, const char *value, int size)
{
    return level == IPPROTO_TCP && size == sizeof(DWORD) && *(const DWORD *)value == 0
               ? 0
               : real.setsockopt(s, level, option, value, size);
}
MUTANT(tcp_options_stay_on, "setsockopt of an option of TCP to 0 does nothing",
       PATCH(setsockopt, sets_once));

static int WINAPI cuts_count(SOCKET s, int level, int option, const char *value, int size)
{
    DWORD most = 255;
    if (level == IPPROTO_TCP && option == 16 && size == sizeof(DWORD) && *(DWORD *)value > most)
        value = (const char *)&most;
    return real.setsockopt(s, level, option, value, size);
}
MUTANT(tcp_keepcnt_is_cut, "TCP_KEEPCNT above 255 is taken for 255", PATCH(setsockopt, cuts_count));

/* ---- Counts of sends */

#define WSASEND_PARAMETERS                                              \
    SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASEND real.WSASend(s, buffers, count, sent, flags, overlapped, routine)

static int WINAPI counts_nothing(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == 0 && overlapped && sent)
        *sent = 0;
    return result;
}
MUTANT(wsasend_overlapped_counts_nothing, "An overlapped WSASend that is done at once stores 0",
       PATCH(WSASend, counts_nothing));

static int WINAPI counts_early(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && sent)
        *sent = 0;
    return result;
}
MUTANT(wsasend_pending_stores_a_count, "WSASend that pends stores a count of 0",
       PATCH(WSASend, counts_early));

static BOOL WINAPI counts_half(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                               LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (done && *count > 1 << 20)
        *count /= 2;
    return done;
}
MUTANT(overlapped_result_counts_half, "WSAGetOverlappedResult tells half of a large count",
       PATCH(WSAGetOverlappedResult, counts_half));

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
    int sent = real.send(s, bytes, size, flags);
    return sent > 0 ? size : sent;
}
MUTANT(send_taking_a_part_tells_all, "send that takes a part of its buffer tells all",
       PATCH(send, send_tells_all));
