/* Wrong behaviours, for the tests of listen.c: when a socket may listen, and what a client sees
 * before anybody accepts. */
#include "stream-mutants.h"

static int WINAPI listen_binds(SOCKET s, int backlog)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int result = real(listen)(s, backlog);
    if (result == SOCKET_ERROR && GetLastError() == WSAEINVAL &&
        real(bind)(s, (struct sockaddr *)&name, sizeof(name)) == 0)
        result = real(listen)(s, backlog);
    return result;
}
MUTANT(listen_binds_an_unbound_socket, "listen gives an unbound socket a name",
       PATCH(listen, listen_binds));

static int WINAPI listen_returns_1(SOCKET s, int backlog)
{
    int result = real(listen)(s, backlog);
    return result == 0 ? 1 : result;
}
MUTANT(listen_success_is_1, "listen returns 1 when it has succeeded",
       PATCH(listen, listen_returns_1));

static int WINAPI listens_once(SOCKET s, int backlog)
{
    return is_listening(s) ? socket_fails(WSAEISCONN) : real(listen)(s, backlog);
}

MUTANT(listen_again_fails, "listen on a listening socket fails", PATCH(listen, listens_once));

static SOCKET WINAPI loses_early_data(SOCKET s, struct sockaddr *name, int *length)
{
    char lost[256];
    SOCKET accepted = real(accept)(s, name, length);
    while (accepted != INVALID_SOCKET && bytes_waiting(accepted))
        real(recv)(accepted, lost, sizeof(lost), 0);
    return accepted;
}
MUTANT(accept_loses_early_data, "what a client sends before it is accepted is lost",
       PATCH(accept, loses_early_data));

static int WINAPI listen_renames(SOCKET s, int backlog)
{
    return failure_renamed(real(listen)(s, backlog), WSAEOPNOTSUPP, WSAEINVAL);
}
MUTANT(listen_of_datagrams_is_invalid, "listen on a datagram socket fails with WSAEINVAL",
       PATCH(listen, listen_renames));

static int WINAPI connected_is_invalid(SOCKET s, int backlog)
{
    return failure_renamed(real(listen)(s, backlog), WSAEISCONN, WSAEINVAL);
}
MUTANT(listen_of_connected_is_invalid, "listen on a connected socket fails with WSAEINVAL",
       PATCH(listen, connected_is_invalid));

static int WINAPI odd_backlogs(SOCKET s, int backlog)
{
    if (backlog <= 0 || (backlog > 0x10000 && backlog != SOMAXCONN))
        return socket_fails(WSAEINVAL);
    return real(listen)(s, backlog);
}
MUTANT(listen_refuses_odd_backlogs, "listen fails for a backlog outside its range",
       PATCH(listen, odd_backlogs));

static int accepted_at_once;

static int WINAPI forgets_queue(SOCKET s, int backlog)
{
    accepted_at_once = backlog == SOMAXCONN ? 20 : 0;
    return real(listen)(s, backlog);
}

static int WINAPI queue_is_full(SOCKET s, const struct sockaddr *name, int length)
{
    static int connections;
    if (accepted_at_once && ++connections > accepted_at_once)
        return socket_fails(WSAECONNREFUSED);
    return real(connect)(s, name, length);
}
MUTANT(listen_queue_holds_20, "The queue of a listener with SOMAXCONN holds twenty connections",
       PATCH(listen, forgets_queue), PATCH(connect, queue_is_full));
