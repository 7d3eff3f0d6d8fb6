/* Wrong behaviours, for the tests of gone_clients.c: clients that have gone, and their names. */
#include "stream-mutants.h"

/* Whether the other side of S has ended, which may take a moment to be seen. */
static bool is_gone(SOCKET s)
{
    DWORD error = GetLastError();
    WSAPOLLFD element = {.fd = s, .events = POLLRDNORM};
    bool gone = real(WSAPoll)(&element, 1, 0) == 1 && element.revents & POLLHUP;
    SetLastError(error);
    return gone;
}

/* The port of the last socket that was closed. */
static unsigned closed;

static int WINAPI notes_close(SOCKET s)
{
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    DWORD error = GetLastError();
    if (has_peer(s) && real(getsockname)(s, (struct sockaddr *)&name, &length) == 0)
        closed = name.sin_port;
    SetLastError(error);
    return real(closesocket)(s);
}

static SOCKET refused(SOCKET s)
{
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    if (s == INVALID_SOCKET || !closed ||
        real(getpeername)(s, (struct sockaddr *)&name, &length) != 0 || name.sin_port != closed)
        return s;
    real(closesocket)(s);
    SetLastError(WSAECONNRESET);
    return INVALID_SOCKET;
}

static SOCKET WINAPI accepts_the_present(SOCKET s, struct sockaddr *name, int *length)
{
    return refused(real(accept)(s, name, length));
}
MUTANT(accept_fails_for_a_gone_client, "accept fails for a client that has ended the stream",
       PATCH(closesocket, notes_close), PATCH(accept, accepts_the_present));

static SOCKET WINAPI wsa_accepts_the_present(WSAACCEPT_PARAMETERS)
{
    return refused(WSAACCEPT);
}
MUTANT(wsaaccept_fails_for_a_gone_client, "WSAAccept fails for a client that has ended the stream",
       PATCH(closesocket, notes_close), PATCH(WSAAccept, wsa_accepts_the_present));

static LPFN_ACCEPTEX real_accept_ex;
static SOCKET listening = INVALID_SOCKET, accepted;

static BOOL PASCAL notes_accepted(SOCKET listener, SOCKET s, PVOID output, DWORD data, DWORD local,
                                  DWORD remote, LPDWORD got, LPOVERLAPPED overlapped)
{
    listening = listener;
    accepted = s;
    return real_accept_ex(listener, s, output, data, local, remote, got, overlapped);
}
EXCHANGES(gives_accept, WSAID_ACCEPTEX, notes_accepted, real_accept_ex)

static BOOL WINAPI tells_of_the_present(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                        BOOL wait, LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (!done || s != listening || !*count || !is_gone(accepted))
        return done;
    SetLastError(WSAECONNRESET);
    return FALSE;
}
MUTANT(accept_ex_fails_for_a_gone_client,
       "AcceptEx fails for a client that has ended the stream behind its data",
       PATCH(WSAIoctl, gives_accept), PATCH(WSAGetOverlappedResult, tells_of_the_present));

/* ---- Names: the first address of the interface takes the place of the one that was chosen, after
 * one function of three has connected. */

static bool elsewhere[3];
enum { CONNECT, WSACONNECT_, CONNECTEX };

static void note(unsigned which, SOCKET s)
{
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    if (real(getsockname)(s, (struct sockaddr *)&name, &length) == 0 &&
        name.sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1))
        elsewhere[which] = true;
}

static int WINAPI tells_the_first(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getpeername)(s, name, length);
    struct sockaddr_in *told = (struct sockaddr_in *)name;
    if (result == 0 && (elsewhere[CONNECT] || elsewhere[WSACONNECT_] || elsewhere[CONNECTEX]) &&
        told->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1))
        told->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}

static int WINAPI connects_elsewhere(SOCKET s, const struct sockaddr *name, int length)
{
    note(CONNECT, s);
    return real(connect)(s, name, length);
}
MUTANT(connect_chooses_the_address,
       "connect chooses the first address of the interface for a socket bound to another",
       PATCH(connect, connects_elsewhere), PATCH(getpeername, tells_the_first));

static int WINAPI wsa_connects_elsewhere(WSACONNECT_PARAMETERS)
{
    note(WSACONNECT_, s);
    return WSACONNECT;
}
MUTANT(wsaconnect_chooses_the_address,
       "WSAConnect chooses the first address of the interface for a socket bound to another",
       PATCH(WSAConnect, wsa_connects_elsewhere), PATCH(getpeername, tells_the_first));

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL ex_connects_elsewhere(SOCKET s, const struct sockaddr *name, int length,
                                         PVOID data, DWORD size, LPDWORD sent,
                                         LPOVERLAPPED overlapped)
{
    note(CONNECTEX, s);
    return real_connect_ex(s, name, length, data, size, sent, overlapped);
}
EXCHANGES(gives_connect, WSAID_CONNECTEX, ex_connects_elsewhere, real_connect_ex)
MUTANT(connect_ex_chooses_the_address,
       "ConnectEx chooses the first address of the interface for a socket bound to another",
       PATCH(WSAIoctl, gives_connect), PATCH(getpeername, tells_the_first));
