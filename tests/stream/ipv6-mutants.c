/* Wrong behaviours, for the tests of ipv6.c: connections of IPv6 alone. */
#include "stream-mutants.h"

static bool is_stream6(SOCKET s)
{
    return is_stream(s) && is_ipv6(s);
}

#define CONNECT_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define CONNECT real(connect)(s, name, length)
#define BIND real(bind)(s, name, length)
#define LISTEN_PARAMETERS SOCKET s, int backlog
#define LISTEN real(listen)(s, backlog)
#define ACCEPT_PARAMETERS SOCKET s, struct sockaddr *name, int *length
#define ACCEPT real(accept)(s, name, length)
#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real(send)(s, bytes, size, flags)
#define SHUTDOWN_PARAMETERS SOCKET s, int how
#define SHUTDOWN real(shutdown)(s, how)
#define GETPEERNAME real(getpeername)(s, name, length)

/* A function whose failure with one error is told as another for connections of IPv6. */
#define RENAMES(name, result_type, parameters, call, error, instead)                             \
    static result_type WINAPI name(parameters)                                                   \
    {                                                                                            \
        result_type result = call;                                                               \
        if (result == (result_type)INVALID_SOCKET && GetLastError() == (error) && is_stream6(s)) \
            SetLastError(instead);                                                               \
        return result;                                                                           \
    }

RENAMES(connect_of_ipv6_refused_times_out_, int, CONNECT_PARAMETERS, CONNECT, WSAECONNREFUSED,
        WSAETIMEDOUT)
MUTANT(connect_of_ipv6_refused_times_out,
       "A connect by IPv6 that is refused fails with WSAETIMEDOUT",
       PATCH(connect, connect_of_ipv6_refused_times_out_));
RENAMES(wsaconnect_of_ipv6_refused_times_out_, int, WSACONNECT_PARAMETERS, WSACONNECT,
        WSAECONNREFUSED, WSAETIMEDOUT)
MUTANT(wsaconnect_of_ipv6_refused_times_out,
       "A WSAConnect by IPv6 that is refused fails with WSAETIMEDOUT",
       PATCH(WSAConnect, wsaconnect_of_ipv6_refused_times_out_));
RENAMES(connect_of_ipv6_again_is_invalid_, int, CONNECT_PARAMETERS, CONNECT, WSAEISCONN, WSAEINVAL)
MUTANT(connect_of_ipv6_again_is_invalid,
       "connect of a connected socket of IPv6 fails with WSAEINVAL",
       PATCH(connect, connect_of_ipv6_again_is_invalid_));
RENAMES(wsaconnect_of_ipv6_again_is_invalid_, int, WSACONNECT_PARAMETERS, WSACONNECT, WSAEISCONN,
        WSAEINVAL)
MUTANT(wsaconnect_of_ipv6_again_is_invalid,
       "WSAConnect of a connected socket of IPv6 fails with WSAEINVAL",
       PATCH(WSAConnect, wsaconnect_of_ipv6_again_is_invalid_));
RENAMES(connect_of_listening_ipv6_is_eopnotsupp_, int, CONNECT_PARAMETERS, CONNECT, WSAEINVAL,
        WSAEOPNOTSUPP)
MUTANT(connect_of_listening_ipv6_is_eopnotsupp,
       "connect of a listening socket of IPv6 fails with WSAEOPNOTSUPP",
       PATCH(connect, connect_of_listening_ipv6_is_eopnotsupp_));
RENAMES(connect_of_ipv6_to_port_0_is_refused_, int, CONNECT_PARAMETERS, CONNECT, WSAEADDRNOTAVAIL,
        WSAECONNREFUSED)
MUTANT(connect_of_ipv6_to_port_0_is_refused, "connect by IPv6 to port 0 fails with WSAECONNREFUSED",
       PATCH(connect, connect_of_ipv6_to_port_0_is_refused_));
static bool is_unspecified(const struct sockaddr *name, int length)
{
    return length >= (int)sizeof(struct sockaddr_in6) && name->sa_family == AF_INET6 &&
           IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)name)->sin6_addr);
}

static int WINAPI unspecified_refused(CONNECT_PARAMETERS)
{
    return is_unspecified(name, length) ? socket_fails(WSAECONNREFUSED) : CONNECT;
}
MUTANT(connect_to_unspecified_ipv6_is_refused, "connect to :: fails with WSAECONNREFUSED",
       PATCH(connect, unspecified_refused));

static int WINAPI unspecified_connects(WSACONNECT_PARAMETERS)
{
    struct sockaddr_in6 here = {0};
    if (is_unspecified(name, length)) {
        here = *(const struct sockaddr_in6 *)name;
        here.sin6_addr = in6addr_loopback;
        name = (const struct sockaddr *)&here;
    }
    return WSACONNECT;
}
MUTANT(wsaconnect_to_unspecified_ipv6_connects, "WSAConnect to :: connects to this machine",
       PATCH(WSAConnect, unspecified_connects));

RENAMES(bind_of_ipv6_again_is_in_use_, int, CONNECT_PARAMETERS, BIND, WSAEINVAL, WSAEADDRINUSE)
MUTANT(bind_of_ipv6_again_is_in_use, "A second bind of a socket of IPv6 fails with WSAEADDRINUSE",
       PATCH(bind, bind_of_ipv6_again_is_in_use_));
RENAMES(listen_of_unbound_ipv6_is_enotconn_, int, LISTEN_PARAMETERS, LISTEN, WSAEINVAL, WSAENOTCONN)
MUTANT(listen_of_unbound_ipv6_is_enotconn,
       "listen of an unbound socket of IPv6 fails with WSAENOTCONN",
       PATCH(listen, listen_of_unbound_ipv6_is_enotconn_));
RENAMES(accept_of_bound_ipv6_is_eopnotsupp_, SOCKET, ACCEPT_PARAMETERS, ACCEPT, WSAEINVAL,
        WSAEOPNOTSUPP)
MUTANT(accept_of_bound_ipv6_is_eopnotsupp,
       "accept of a socket of IPv6 that does not listen fails with WSAEOPNOTSUPP",
       PATCH(accept, accept_of_bound_ipv6_is_eopnotsupp_));
RENAMES(wsaaccept_of_bound_ipv6_is_eopnotsupp_, SOCKET, WSAACCEPT_PARAMETERS, WSAACCEPT, WSAEINVAL,
        WSAEOPNOTSUPP)
MUTANT(wsaaccept_of_bound_ipv6_is_eopnotsupp,
       "WSAAccept of a socket of IPv6 that does not listen fails with WSAEOPNOTSUPP",
       PATCH(WSAAccept, wsaaccept_of_bound_ipv6_is_eopnotsupp_));
RENAMES(accept_of_ipv6_times_out_, SOCKET, ACCEPT_PARAMETERS, ACCEPT, WSAEWOULDBLOCK, WSAETIMEDOUT)
MUTANT(accept_of_ipv6_times_out,
       "A nonblocking accept by IPv6 without a client fails with WSAETIMEDOUT",
       PATCH(accept, accept_of_ipv6_times_out_));
RENAMES(send_of_bound_ipv6_is_shut_, int, SEND_PARAMETERS, SEND, WSAENOTCONN, WSAESHUTDOWN)
MUTANT(send_of_bound_ipv6_is_shut,
       "send of a socket of IPv6 that is not connected fails with WSAESHUTDOWN",
       PATCH(send, send_of_bound_ipv6_is_shut_));
RENAMES(wsasend_of_bound_ipv6_is_shut_, int, WSASEND_PARAMETERS, WSASEND, WSAENOTCONN, WSAESHUTDOWN)
MUTANT(wsasend_of_bound_ipv6_is_shut,
       "WSASend of a socket of IPv6 that is not connected fails with WSAESHUTDOWN",
       PATCH(WSASend, wsasend_of_bound_ipv6_is_shut_));
RENAMES(recv_of_bound_ipv6_is_shut_, int, RECV_PARAMETERS, RECV, WSAENOTCONN, WSAESHUTDOWN)
MUTANT(recv_of_bound_ipv6_is_shut,
       "recv of a socket of IPv6 that is not connected fails with WSAESHUTDOWN",
       PATCH(recv, recv_of_bound_ipv6_is_shut_));
RENAMES(wsarecv_of_bound_ipv6_is_shut_, int, WSARECV_PARAMETERS, WSARECV, WSAENOTCONN, WSAESHUTDOWN)
MUTANT(wsarecv_of_bound_ipv6_is_shut,
       "WSARecv of a socket of IPv6 that is not connected fails with WSAESHUTDOWN",
       PATCH(WSARecv, wsarecv_of_bound_ipv6_is_shut_));
RENAMES(shutdown_of_bound_ipv6_is_invalid_, int, SHUTDOWN_PARAMETERS, SHUTDOWN, WSAENOTCONN,
        WSAEINVAL)
MUTANT(shutdown_of_bound_ipv6_is_invalid,
       "shutdown of a socket of IPv6 that is not connected fails with WSAEINVAL",
       PATCH(shutdown, shutdown_of_bound_ipv6_is_invalid_));
RENAMES(getpeername_of_bound_ipv6_is_invalid_, int, ACCEPT_PARAMETERS, GETPEERNAME, WSAENOTCONN,
        WSAEINVAL)
MUTANT(getpeername_of_bound_ipv6_is_invalid,
       "getpeername of a socket of IPv6 that is not connected fails with WSAEINVAL",
       PATCH(getpeername, getpeername_of_bound_ipv6_is_invalid_));
RENAMES(send_of_shut_ipv6_is_reset_, int, SEND_PARAMETERS, SEND, WSAESHUTDOWN, WSAECONNRESET)
MUTANT(send_of_shut_ipv6_is_reset, "send by IPv6 after shutdown fails with WSAECONNRESET",
       PATCH(send, send_of_shut_ipv6_is_reset_));
RENAMES(wsasend_of_shut_ipv6_is_reset_, int, WSASEND_PARAMETERS, WSASEND, WSAESHUTDOWN,
        WSAECONNRESET)
MUTANT(wsasend_of_shut_ipv6_is_reset, "WSASend by IPv6 after shutdown fails with WSAECONNRESET",
       PATCH(WSASend, wsasend_of_shut_ipv6_is_reset_));
RENAMES(recv_of_shut_ipv6_is_reset_, int, RECV_PARAMETERS, RECV, WSAESHUTDOWN, WSAECONNRESET)
MUTANT(recv_of_shut_ipv6_is_reset, "recv by IPv6 after shutdown fails with WSAECONNRESET",
       PATCH(recv, recv_of_shut_ipv6_is_reset_));
RENAMES(recv_of_nothing_by_ipv6_times_out_, int, RECV_PARAMETERS, RECV, WSAEWOULDBLOCK,
        WSAETIMEDOUT)
MUTANT(recv_of_nothing_by_ipv6_times_out,
       "A nonblocking recv over a connection of IPv6 fails with WSAETIMEDOUT",
       PATCH(recv, recv_of_nothing_by_ipv6_times_out_));
RENAMES(wsarecv_of_nothing_by_ipv6_times_out_, int, WSARECV_PARAMETERS, WSARECV, WSAEWOULDBLOCK,
        WSAETIMEDOUT)
MUTANT(wsarecv_of_nothing_by_ipv6_times_out,
       "A nonblocking WSARecv over a connection of IPv6 fails with WSAETIMEDOUT",
       PATCH(WSARecv, wsarecv_of_nothing_by_ipv6_times_out_));

static int WINAPI ends_both(SHUTDOWN_PARAMETERS)
{
    return real(shutdown)(s, how == SD_SEND && is_stream6(s) ? SD_BOTH : how);
}
MUTANT(shutdown_of_ipv6_ends_both, "shutdown of sending ends both directions of one of IPv6",
       PATCH(shutdown, ends_both));

static SOCKET WINAPI accepts_blocking(ACCEPT_PARAMETERS)
{
    SOCKET accepted = ACCEPT;
    u_long off = 0;
    DWORD limit = 100;
    if (accepted == INVALID_SOCKET || !is_ipv6(s))
        return accepted;
    real(ioctlsocket)(accepted, FIONBIO, &off);
    real(setsockopt)(accepted, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof(limit));
    return accepted;
}
MUTANT(accept_of_ipv6_is_blocking, "The socket of IPv6 that accept returns is blocking",
       PATCH(accept, accepts_blocking));

static int WINAPI duplicates_ipv4(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    int result = real(WSADuplicateSocketW)(s, process, info);
    if (result == 0 && info->iAddressFamily == AF_INET6)
        info->iAddressFamily = AF_INET;
    return result;
}
MUTANT(duplicate_of_ipv6_tells_ipv4, "WSADuplicateSocket tells AF_INET of a socket of IPv6",
       PATCH(WSADuplicateSocketW, duplicates_ipv4));
