/* Wrong behaviours, for the tests of together.c: what ends several waits, and what ends one. */
#include "../dgram/dgram-mutants.h"

/* ---- Operations: only the first of a connection is told its end */

#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags
#define RESULT real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags)

static BOOL WINAPI ends_one(RESULT_PARAMETERS)
{
    static SOCKET told = INVALID_SOCKET;
    static LPWSAOVERLAPPED first;
    BOOL done = RESULT;
    if (!done || *count || !is_stream(s) || is_listening(s))
        return done;
    if (told != s || first == overlapped) {
        told = s;
        first = overlapped;
        return done;
    }
    SetLastError(WSAECONNABORTED);
    return FALSE;
}
MUTANT(end_completes_the_first_receive_alone,
       "Of several pending WSARecv only the first is told the end of the stream, the others fail",
       PATCH(WSAGetOverlappedResult, ends_one));

static BOOL WINAPI resets_one(RESULT_PARAMETERS)
{
    static SOCKET told = INVALID_SOCKET;
    static LPWSAOVERLAPPED first;
    BOOL done = RESULT;
    if (done || GetLastError() != WSAECONNRESET)
        return done;
    if (told == s && first != overlapped)
        SetLastError(WSA_OPERATION_ABORTED);
    else
        first = overlapped;
    told = s;
    return done;
}
MUTANT(reset_is_told_to_the_first_receive_alone,
       "Of several pending WSARecv only the first is told the reset, the others are cancelled",
       PATCH(WSAGetOverlappedResult, resets_one));

/* ---- Threads: only one of those that wait at the same time is told the end */

static struct {
    SOCKET s;
    LONG inside;
} receiving = {INVALID_SOCKET, 0};

/* A receive begins. Whether another thread waits on the same socket. */
static bool begins(SOCKET s)
{
    bool second = receiving.s == s && receiving.inside > 0;
    receiving.s = s;
    InterlockedIncrement(&receiving.inside);
    return second;
}

static int WINAPI tells_one(RECV_PARAMETERS)
{
    bool second = begins(s);
    int got = RECV;
    InterlockedDecrement(&receiving.inside);
    return second && got == 0 && is_stream(s) ? socket_fails(WSAECONNABORTED) : got;
}
MUTANT(end_is_told_to_one_thread,
       "Of two threads that wait in recv one is told the end of the stream, the other fails",
       PATCH(recv, tells_one));

static int WINAPI wsa_tells_one(WSARECV_PARAMETERS)
{
    if (overlapped)
        return WSARECV;
    bool second = begins(s);
    int result = WSARECV;
    InterlockedDecrement(&receiving.inside);
    return second && result == 0 && *got == 0 && is_stream(s) ? socket_fails(WSAECONNABORTED)
                                                              : result;
}
MUTANT(end_is_told_to_one_thread_in_wsarecv,
       "Of two threads that wait in WSARecv one is told the end of the stream, the other fails",
       PATCH(WSARecv, wsa_tells_one));

/* ---- Threads: what comes ends the waits of all */

static LONG lock;
static LONG come;

static bool is_here(SOCKET s)
{
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    TIMEVAL none = {0, 0};
    return real(select)(0, &one, NULL, NULL, &none) == 1;
}

/* Waits until something is there to be taken (TRUE, and the lock is held) or another thread has
 * taken something. */
static bool waits_with_others(SOCKET s)
{
    LONG before = come;
    for (int i = 0; i < 2000; i++) {
        while (InterlockedExchange(&lock, 1))
            real(SleepEx)(1, FALSE);
        if (come == before && is_here(s))
            return true;
        InterlockedExchange(&lock, 0);
        if (come != before)
            return false;
        real(SleepEx)(5, FALSE);
    }
    while (InterlockedExchange(&lock, 1))
        real(SleepEx)(1, FALSE);
    return true;
}

static SOCKET WINAPI accepts_for_all(SOCKET s, struct sockaddr *name, int *length)
{
    if (!is_listening(s) || is_here(s))
        return real(accept)(s, name, length);
    if (!waits_with_others(s)) {
        SetLastError(WSAEWOULDBLOCK);
        return INVALID_SOCKET;
    }
    SOCKET accepted = real(accept)(s, name, length);
    InterlockedIncrement(&come);
    InterlockedExchange(&lock, 0);
    return accepted;
}
MUTANT(accept_of_others_ends_with_a_client,
       "A client ends accept of all threads that wait, and those without one fail",
       PATCH(accept, accepts_for_all));

static int WINAPI receives_for_all(RECVFROM_PARAMETERS)
{
    if (!is_datagram(s) || !is_bound(s) || flags || from || is_here(s))
        return RECVFROM;
    if (!waits_with_others(s))
        return socket_fails(WSAEWOULDBLOCK);
    int got = RECVFROM;
    InterlockedIncrement(&come);
    InterlockedExchange(&lock, 0);
    return got;
}
MUTANT(recvfrom_of_others_ends_with_a_datagram,
       "A datagram ends recvfrom of all threads that wait, and those without one fail",
       PATCH(recvfrom, receives_for_all));
