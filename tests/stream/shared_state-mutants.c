/* Wrong behaviours, for the tests of shared_state.c: state of one descriptor of a shared socket. */
#include "stream-mutants.h"

/* The descriptors of the socket that was shared last: the first, and the one made of it. */
static SOCKET shared_first = INVALID_SOCKET, shared_second = INVALID_SOCKET;

static int WINAPI notes_first(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    shared_first = s;
    return real(WSADuplicateSocketW)(s, process, info);
}

static SOCKET WINAPI notes_second(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (info)
        shared_second = s;
    return s;
}
#define NOTES PATCH(WSADuplicateSocketW, notes_first), PATCH(WSASocketW, notes_second)

/* Which descriptor of the shared socket was the one that something was done through. */
static SOCKET doer = INVALID_SOCKET;

static bool is_other(SOCKET s)
{
    return shared_second != INVALID_SOCKET && doer != INVALID_SOCKET && s != doer &&
           (s == shared_first || s == shared_second);
}

static void note(SOCKET s)
{
    if (shared_second != INVALID_SOCKET && (s == shared_first || s == shared_second))
        doer = s;
}

static int WINAPI binds(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(bind)(s, name, length);
    if (result == 0)
        note(s);
    return result;
}

static int WINAPI no_name(SOCKET s, struct sockaddr *name, int *length)
{
    return is_other(s) ? socket_fails(WSAEINVAL) : real(getsockname)(s, name, length);
}
MUTANT(shared_socket_is_bound_for_one_descriptor,
       "A shared socket that was bound has a name through that descriptor alone", NOTES,
       PATCH(bind, binds), PATCH(getsockname, no_name));

static int WINAPI connects(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == 0)
        note(s);
    return result;
}

static int WINAPI not_connected(SOCKET s, const char *bytes, int size, int flags)
{
    return is_other(s) ? socket_fails(WSAENOTCONN) : real(send)(s, bytes, size, flags);
}
MUTANT(shared_socket_is_connected_for_one_descriptor,
       "A shared socket that was connected sends through that descriptor alone", NOTES,
       PATCH(connect, connects), PATCH(send, not_connected));

static int WINAPI listens(SOCKET s, int backlog)
{
    int result = real(listen)(s, backlog);
    if (result == 0)
        note(s);
    return result;
}

static SOCKET WINAPI not_listening(SOCKET s, struct sockaddr *name, int *length)
{
    return is_other(s) ? (SOCKET)socket_fails(WSAEINVAL) : real(accept)(s, name, length);
}
MUTANT(shared_socket_listens_for_one_descriptor,
       "A shared socket that listens accepts through that descriptor alone", NOTES,
       PATCH(listen, listens), PATCH(accept, not_listening));

static int WINAPI sets_mode(SOCKET s, long command, u_long *value)
{
    if (command == (long)FIONBIO)
        note(s);
    return real(ioctlsocket)(s, command, value);
}

static int WINAPI waits(RECV_PARAMETERS)
{
    return is_other(s) ? failure_renamed(RECV, WSAEWOULDBLOCK, WSAETIMEDOUT) : RECV;
}
MUTANT(shared_socket_is_nonblocking_for_one_descriptor,
       "A shared socket that was made nonblocking waits through the other descriptor", NOTES,
       PATCH(ioctlsocket, sets_mode), PATCH(recv, waits));

static int WINAPI close_cancels(SOCKET s)
{
    if (s == shared_second && s != INVALID_SOCKET)
        real(CancelIoEx)((HANDLE)shared_first, NULL);
    return real(closesocket)(s);
}
MUTANT(closing_a_descriptor_ends_what_is_pending,
       "closesocket of one descriptor of a shared socket ends what is pending through another",
       NOTES, PATCH(closesocket, close_cancels));
