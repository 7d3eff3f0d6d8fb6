/* Wrong behaviours, for the tests of accept_wait.c: calls that wait. */
#include "stream-mutants.h"

/* Whether a receive, or an accept, need not wait. */
static bool is_ready(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    int ready = real(select)(0, &one, NULL, NULL, &(TIMEVAL){0, 0});
    SetLastError(error);
    return ready == 1;
}

/* Whether S, which listens and has no client, may wait. */
static bool would_wait(SOCKET s)
{
    return is_listening(s) && !is_ready(s);
}

static SOCKET none(void)
{
    SetLastError(WSAEWOULDBLOCK);
    return INVALID_SOCKET;
}

static SOCKET WINAPI gives_up(SOCKET s, struct sockaddr *name, int *length)
{
    return would_wait(s) ? none() : real(accept)(s, name, length);
}
MUTANT(accept_gives_up_at_once, "accept does not wait for a client", PATCH(accept, gives_up));

static SOCKET WINAPI wsa_gives_up(WSAACCEPT_PARAMETERS)
{
    return would_wait(s) ? none() : WSAACCEPT;
}
MUTANT(wsaaccept_gives_up_at_once, "WSAAccept does not wait for a client",
       PATCH(WSAAccept, wsa_gives_up));

static SOCKET WINAPI own_address(WSAACCEPT_PARAMETERS)
{
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET && name && length)
        real(getsockname)(accepted, name, length);
    return accepted;
}
MUTANT(wsaaccept_tells_its_own_address, "WSAAccept tells the listener's address as the client's",
       PATCH(WSAAccept, own_address));

static SOCKET WINAPI leaves_length(WSAACCEPT_PARAMETERS)
{
    int before = length ? *length : 0;
    SOCKET accepted = WSAACCEPT;
    if (accepted != INVALID_SOCKET && length)
        *length = before;
    return accepted;
}
MUTANT(wsaaccept_leaves_the_length, "WSAAccept does not store the length of the address",
       PATCH(WSAAccept, leaves_length));

static SOCKET WINAPI unmapped(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted != INVALID_SOCKET && name && name->sa_family == AF_INET6 &&
        ((struct sockaddr_in6 *)name)->sin6_addr.s6_addr[10] == 0xff)
        ((struct sockaddr_in6 *)name)->sin6_addr = (IN6_ADDR){.s6_addr = {[15] = 1}};
    return accepted;
}
MUTANT(accept_tells_clients_of_ipv4_as_loopback, "accept tells clients of IPv4 as those of ::1",
       PATCH(accept, unmapped));

/* ---- Waits in which no routine runs ---- */

/* Routines are queued for threads other than the first. */
static DWORD first_thread;

static int WINAPI notes_thread(WORD version, LPWSADATA data)
{
    first_thread = GetCurrentThreadId();
    return real(WSAStartup)(version, data);
}

static void wait_deaf(SOCKET s)
{
    DWORD error = GetLastError();
    for (int i = 0; i < 400 && GetCurrentThreadId() != first_thread && !is_ready(s); i++)
        real(SleepEx)(10, FALSE);
    SetLastError(error);
}

static SOCKET WINAPI accept_deaf(SOCKET s, struct sockaddr *name, int *length)
{
    wait_deaf(s);
    return real(accept)(s, name, length);
}
MUTANT(accept_waits_deaf, "No routine runs while accept waits", PATCH(WSAStartup, notes_thread),
       PATCH(accept, accept_deaf));

static SOCKET WINAPI wsaaccept_deaf(WSAACCEPT_PARAMETERS)
{
    wait_deaf(s);
    return WSAACCEPT;
}
MUTANT(wsaaccept_waits_deaf, "No routine runs while WSAAccept waits",
       PATCH(WSAStartup, notes_thread), PATCH(WSAAccept, wsaaccept_deaf));

static int WINAPI wsarecv_deaf(WSARECV_PARAMETERS)
{
    if (!overlapped)
        wait_deaf(s);
    return WSARECV;
}
MUTANT(wsarecv_waits_deaf, "No routine runs while WSARecv waits", PATCH(WSAStartup, notes_thread),
       PATCH(WSARecv, wsarecv_deaf));
