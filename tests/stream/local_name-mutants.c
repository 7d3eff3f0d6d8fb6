/* Wrong behaviours, for the tests of local_name.c: getsockname and getpeername. */
#include "stream-mutants.h"

#define NAME_PARAMETERS SOCKET s, struct sockaddr *name, int *length

static SOCKET of_all = INVALID_SOCKET;

/* Notes what a listener of all addresses has accepted. */
static SOCKET noted(SOCKET listener, SOCKET accepted)
{
    DWORD error = GetLastError();
    struct sockaddr_in name;
    int length = sizeof(name);
    if (accepted != INVALID_SOCKET &&
        real(getsockname)(listener, (struct sockaddr *)&name, &length) == 0 &&
        name.sin_family == AF_INET && name.sin_addr.s_addr == INADDR_ANY)
        of_all = accepted;
    SetLastError(error);
    return accepted;
}

static SOCKET WINAPI notes_accepted(NAME_PARAMETERS)
{
    return noted(s, real(accept)(s, name, length));
}

static SOCKET WINAPI notes_wsaaccepted(WSAACCEPT_PARAMETERS)
{
    return noted(s, WSAACCEPT);
}

static int WINAPI tells_all(NAME_PARAMETERS)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && s == of_all)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = INADDR_ANY;
    return result;
}
MUTANT(getsockname_of_accepted_tells_the_listeners_address,
       "getsockname of an accepted socket tells the address its listener is bound to",
       PATCH(accept, notes_accepted), PATCH(WSAAccept, notes_wsaaccepted),
       PATCH(getsockname, tells_all));

static SOCKET ended[2] = {INVALID_SOCKET, INVALID_SOCKET};

static int WINAPI notes_shutdown(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    if (result == 0 && (how == SD_SEND || how == SD_RECEIVE))
        ended[how] = s;
    return result;
}

static int WINAPI no_peer_after_sending(NAME_PARAMETERS)
{
    return s == ended[SD_SEND] ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}
MUTANT(getpeername_fails_after_shutdown_of_sending, "getpeername fails after shutdown of sending",
       PATCH(shutdown, notes_shutdown), PATCH(getpeername, no_peer_after_sending));

static int WINAPI no_peer_after_receiving(NAME_PARAMETERS)
{
    return s == ended[SD_RECEIVE] ? socket_fails(WSAENOTCONN) : real(getpeername)(s, name, length);
}
MUTANT(getpeername_fails_after_shutdown_of_receiving,
       "getpeername fails after shutdown of receiving", PATCH(shutdown, notes_shutdown),
       PATCH(getpeername, no_peer_after_receiving));
