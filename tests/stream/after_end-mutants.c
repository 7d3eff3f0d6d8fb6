/* Wrong behaviours, for the tests of after_end.c: what a connection is good for after its end. */
#include "stream-mutants.h"

static SOCKET ended = INVALID_SOCKET; /* the last one whose end recv has told */

static int WINAPI notes_end(RECV_PARAMETERS)
{
    bool again = s == ended;
    int got = RECV;
    if (got == 0 && size > 0 && is_stream(s))
        ended = s;
    return again && got == 0 ? socket_fails(WSAENOTCONN) : got;
}
MUTANT(recv_tells_the_end_once, "A second recv at the end of the stream fails with WSAENOTCONN",
       PATCH(recv, notes_end));

static int WINAPI only_notes_end(RECV_PARAMETERS)
{
    int got = RECV;
    if (got == 0 && size > 0 && is_stream(s))
        ended = s;
    return got;
}

static int WINAPI receives_no_end(WSARECV_PARAMETERS)
{
    return s == ended ? socket_fails(WSAENOTCONN) : WSARECV;
}
MUTANT(wsarecv_tells_no_end, "WSARecv fails with WSAENOTCONN when recv has told the end",
       PATCH(recv, only_notes_end), PATCH(WSARecv, receives_no_end));

static int WINAPI has_no_peer(SOCKET s, struct sockaddr *name, int *length)
{
    return s == ended ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}
MUTANT(ended_peers_have_no_name, "getpeername fails with WSAENOTCONN after the peer's end",
       PATCH(recv, only_notes_end), PATCH(getpeername, has_no_peer));

static int WINAPI once_only(SOCKET s, int how)
{
    static SOCKET last = INVALID_SOCKET;
    static int last_how;
    int result = real(shutdown)(s, how);
    if (result == 0 && s == last && how == last_how)
        return socket_fails(WSAESHUTDOWN);
    last = s;
    last_how = how;
    return result;
}
MUTANT(shutdown_works_once, "A second shutdown of a direction fails with WSAESHUTDOWN",
       PATCH(shutdown, once_only));

static int WINAPI reset_is_aborted(SOCKET s, const char *bytes, int size, int flags)
{
    return failure_renamed(real(send)(s, bytes, size, flags), WSAECONNRESET, WSAECONNABORTED);
}
MUTANT(send_after_a_reset_is_aborted, "send after a reset fails with WSAECONNABORTED",
       PATCH(send, reset_is_aborted));

static int WINAPI wsa_reset_is_aborted(WSASEND_PARAMETERS)
{
    return failure_renamed(WSASEND, WSAECONNRESET, WSAECONNABORTED);
}
MUTANT(wsasend_after_a_reset_is_aborted, "WSASend after a reset fails with WSAECONNABORTED",
       PATCH(WSASend, wsa_reset_is_aborted));

static int WINAPI recv_reset_is_aborted(RECV_PARAMETERS)
{
    return failure_renamed(RECV, WSAECONNRESET, WSAECONNABORTED);
}
MUTANT(recv_after_a_reset_is_aborted, "recv after a reset fails with WSAECONNABORTED",
       PATCH(recv, recv_reset_is_aborted));

static int WINAPI wsarecv_reset_is_aborted(WSARECV_PARAMETERS)
{
    return failure_renamed(WSARECV, WSAECONNRESET, WSAECONNABORTED);
}
MUTANT(wsarecv_after_a_reset_is_aborted, "WSARecv after a reset fails with WSAECONNABORTED",
       PATCH(WSARecv, wsarecv_reset_is_aborted));
