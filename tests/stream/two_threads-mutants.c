/* Wrong behaviours, for the tests of two_threads.c: one socket that two threads use. */
#include "stream-mutants.h"

/* How many threads are in a call that may wait. */
static volatile LONG receiving, accepting;

#define SECOND(counter, call, failed)               \
    do {                                            \
        if (InterlockedIncrement(&(counter)) > 1) { \
            InterlockedDecrement(&(counter));       \
            SetLastError(WSAEINPROGRESS);           \
            return (failed);                        \
        }                                           \
        typeof(call) result_ = (call);              \
        DWORD error_ = GetLastError();              \
        InterlockedDecrement(&(counter));           \
        SetLastError(error_);                       \
        return result_;                             \
    } while (0)

static SOCKET WINAPI accepts_alone(SOCKET s, struct sockaddr *name, int *length)
{
    SECOND(accepting, real(accept)(s, name, length), INVALID_SOCKET);
}
MUTANT(accept_serves_one_thread, "A second thread cannot wait in accept: WSAEINPROGRESS",
       PATCH(accept, accepts_alone));

static SOCKET WINAPI wsaaccepts_alone(SOCKET s, struct sockaddr *name, LPINT length,
                                      LPCONDITIONPROC condition, DWORD_PTR data)
{
    SECOND(accepting, real(WSAAccept)(s, name, length, condition, data), INVALID_SOCKET);
}
MUTANT(wsaaccept_serves_one_thread, "A second thread cannot wait in WSAAccept: WSAEINPROGRESS",
       PATCH(WSAAccept, wsaaccepts_alone));

static int WINAPI recvfrom_alone(SOCKET s, char *bytes, int size, int flags, struct sockaddr *from,
                                 int *length)
{
    if (!is_datagram(s))
        return real(recvfrom)(s, bytes, size, flags, from, length);
    SECOND(receiving, real(recvfrom)(s, bytes, size, flags, from, length), SOCKET_ERROR);
}
MUTANT(recvfrom_serves_one_thread, "A second thread cannot wait in recvfrom for datagrams",
       PATCH(recvfrom, recvfrom_alone));

static int WINAPI wsarecv_alone(WSARECV_PARAMETERS)
{
    if (!is_datagram(s))
        return WSARECV;
    SECOND(receiving, WSARECV, SOCKET_ERROR);
}
MUTANT(wsarecv_serves_one_thread, "A second thread cannot wait in WSARecv for datagrams",
       PATCH(WSARecv, wsarecv_alone));

/* Both look, and one takes what both have seen. */
static int WINAPI looks_first(SOCKET s, char *bytes, int size, int flags)
{
    bool alone = InterlockedIncrement(&receiving) == 1;
    int got = real(recv)(s, bytes, size, flags | MSG_PEEK);
    DWORD error = GetLastError();
    if (got > 0 && !(flags & MSG_PEEK) && alone)
        real(recv)(s, bytes, got, flags);
    InterlockedDecrement(&receiving);
    SetLastError(error);
    return got;
}
MUTANT(byte_is_for_all_threads, "A byte ends the recv of all threads that wait for it",
       PATCH(recv, looks_first));

/* ---- Beside a receive that waits */

static SOCKET received_from = INVALID_SOCKET;

static int WINAPI counts_recv(SOCKET s, char *bytes, int size, int flags)
{
    bool first = received_from == INVALID_SOCKET;
    if (first)
        received_from = s;
    int got = real(recv)(s, bytes, size, flags);
    if (first)
        received_from = INVALID_SOCKET;
    return got;
}

static int WINAPI no_send_beside(SOCKET s, const char *bytes, int size, int flags)
{
    return s == received_from ? socket_fails(WSAEINPROGRESS) : real(send)(s, bytes, size, flags);
}
MUTANT(send_fails_beside_recv, "send fails with WSAEINPROGRESS while another thread receives",
       PATCH(recv, counts_recv), PATCH(send, no_send_beside));

static int WINAPI no_shutdown_beside(SOCKET s, int how)
{
    return s == received_from ? socket_fails(WSAEINPROGRESS) : real(shutdown)(s, how);
}
MUTANT(shutdown_fails_beside_recv,
       "shutdown fails with WSAEINPROGRESS while another thread receives", PATCH(recv, counts_recv),
       PATCH(shutdown, no_shutdown_beside));

static int WINAPI no_name_beside(SOCKET s, struct sockaddr *name, int *length)
{
    return s == received_from ? socket_fails(WSAEINPROGRESS) : real(getsockname)(s, name, length);
}
MUTANT(getsockname_fails_beside_recv,
       "getsockname fails with WSAEINPROGRESS while another thread receives",
       PATCH(recv, counts_recv), PATCH(getsockname, no_name_beside));

static int WINAPI no_option_beside(GET_PARAMETERS)
{
    return s == received_from ? socket_fails(WSAEINPROGRESS) : GET;
}
MUTANT(getsockopt_fails_beside_recv,
       "getsockopt fails with WSAEINPROGRESS while another thread receives",
       PATCH(recv, counts_recv), PATCH(getsockopt, no_option_beside));

/* ---- Beside a send that waits */

static SOCKET sent_from = INVALID_SOCKET;

static int WINAPI counts_send(SOCKET s, const char *bytes, int size, int flags)
{
    bool first = sent_from == INVALID_SOCKET;
    if (first)
        sent_from = s;
    int sent = real(send)(s, bytes, size, flags);
    if (first)
        sent_from = INVALID_SOCKET;
    return sent;
}

static int WINAPI no_recv_beside(SOCKET s, char *bytes, int size, int flags)
{
    return s == sent_from ? socket_fails(WSAEINPROGRESS) : real(recv)(s, bytes, size, flags);
}
MUTANT(recv_fails_beside_send, "recv fails with WSAEINPROGRESS while another thread sends",
       PATCH(send, counts_send), PATCH(recv, no_recv_beside));
