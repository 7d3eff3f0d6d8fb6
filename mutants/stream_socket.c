/* Wrong behaviours: making sockets, names, listening, WSAAccept, connecting. */
#include "winsock_socket.h"

#define GET_PARAMETERS SOCKET s, int level, int option, char *value, int *size
#define GET real.getsockopt(s, level, option, value, size)
#define SET_PARAMETERS SOCKET s, int level, int option, const char *value, int size
#define SET real.setsockopt(s, level, option, value, size)
#define SOCKET_PARAMETERS \
    int family, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP group, DWORD flags
#define WSASOCKET real.WSASocketW(family, type, protocol, info, group, flags)

static SOCKET socket_renamed(SOCKET s, DWORD error, DWORD instead)
{
    if (s == INVALID_SOCKET && GetLastError() == error)
        SetLastError(instead);
    return s;
}

static int WINAPI protocol_stays_0(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_PROTOCOL_INFOW &&
        ((WSAPROTOCOL_INFOW *)value)->iProtocol == IPPROTO_TCP)
        ((WSAPROTOCOL_INFOW *)value)->iProtocol = 0;
    return result;
}
MUTANT(protocol_info_names_no_tcp, "SO_PROTOCOL_INFO tells no protocol of a TCP socket",
       PATCH(getsockopt, protocol_stays_0));

static SOCKET WINAPI unknown_family(int family, int type, int protocol)
{
    return socket_renamed(real.socket(family, type, protocol), WSAEAFNOSUPPORT, WSAEINVAL);
}
MUTANT(socket_unknown_family_is_invalid, "socket fails with WSAEINVAL for an unknown family",
       PATCH(socket, unknown_family));

static SOCKET WINAPI unknown_type(int family, int type, int protocol)
{
    return socket_renamed(real.socket(family, type, protocol), WSAESOCKTNOSUPPORT, WSAEPROTOTYPE);
}
MUTANT(socket_unknown_type_is_a_wrong_protocol,
       "socket fails with WSAEPROTOTYPE for an unknown type", PATCH(socket, unknown_type));

static SOCKET WINAPI unspecified_is_tcp(int family, int type, int protocol)
{
    if (!family && !type && !protocol)
        family = AF_INET, type = SOCK_STREAM;
    return real.socket(family, type, protocol);
}
MUTANT(socket_unspecified_is_tcp, "socket makes a TCP socket when nothing is given",
       PATCH(socket, unspecified_is_tcp));

static int WINAPI late_is_would_block(SOCKET s, char *bytes, int size, int flags)
{
    return failure_renamed(real.recv(s, bytes, size, flags), WSAETIMEDOUT, WSAEWOULDBLOCK);
}
MUTANT(recv_time_out_says_would_block, "recv that runs out of time fails with WSAEWOULDBLOCK",
       PATCH(recv, late_is_would_block));

static int WINAPI unconnected_is_ended(SOCKET s, char *bytes, int size, int flags)
{
    return failure_hidden(real.recv(s, bytes, size, flags), WSAENOTCONN, 0);
}
MUTANT(recv_unconnected_is_ended, "recv on a socket that is not connected returns 0",
       PATCH(recv, unconnected_is_ended));

static int WINAPI send_binds(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real.send(s, bytes, size, flags);
    DWORD error = GetLastError();
    struct sockaddr_in name = {.sin_family = AF_INET};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (sent == SOCKET_ERROR && is_stream(s))
        real.bind(s, (struct sockaddr *)&name, sizeof(name));
    SetLastError(error);
    return sent;
}
MUTANT(send_binds_a_stream, "send on a fresh stream socket gives it a name",
       PATCH(send, send_binds));

static SOCKET WINAPI ignores_info(SOCKET_PARAMETERS)
{
    if (family == FROM_PROTOCOL_INFO && info && !info->dwServiceFlags4)
        family = AF_INET, type = SOCK_STREAM, protocol = IPPROTO_TCP, info = NULL;
    return WSASOCKET;
}
MUTANT(wsasocket_ignores_protocol_info, "WSASocket makes a TCP socket whatever the info says",
       PATCH(WSASocketW, ignores_info));

static SOCKET WINAPI prefers_info(SOCKET_PARAMETERS)
{
    if (info)
        family = type = protocol = FROM_PROTOCOL_INFO;
    return WSASOCKET;
}
MUTANT(wsasocket_prefers_protocol_info,
       "WSASocket makes what the info says, whatever else is given",
       PATCH(WSASocketW, prefers_info));

static SOCKET WINAPI plain_socket(int family, int type, int protocol)
{
    SOCKET s = real.socket(family, type, protocol);
    if (s != INVALID_SOCKET)
        real.SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0);
    return s;
}

static SOCKET WINAPI plain_wsasocket(SOCKET_PARAMETERS)
{
    flags |= WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKET;
}
MUTANT(sockets_are_not_inheritable, "socket and WSASocket make handles that are not inheritable",
       PATCH(socket, plain_socket), PATCH(WSASocketW, plain_wsasocket));

static SOCKET WINAPI always_inheritable(SOCKET_PARAMETERS)
{
    flags &= ~(DWORD)WSA_FLAG_NO_HANDLE_INHERIT;
    return WSASOCKET;
}
MUTANT(wsasocket_ignores_no_inherit, "WSASocket ignores WSA_FLAG_NO_HANDLE_INHERIT",
       PATCH(WSASocketW, always_inheritable));

/* ---- bind */

static int WINAPI bind_renames_fault(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real.bind(s, name, length), WSAEFAULT, WSAEINVAL);
}
MUTANT(bind_without_a_name_is_invalid, "bind without a name fails with WSAEINVAL",
       PATCH(bind, bind_renames_fault));

static unsigned port_of(const struct sockaddr *name, int length)
{
    return name && length >= (int)sizeof(struct sockaddr_in)
               ? ntohs(((const struct sockaddr_in *)name)->sin_port)
               : 0;
}

static int WINAPI one_port(SOCKET s, const struct sockaddr *name, int length)
{
    static struct sockaddr_in before;
    BOOL on = TRUE;
    int size = sizeof(before);
    if (!name || length != size || port_of(name, length) || !is_stream(s))
        return real.bind(s, name, length);
    real.setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof(on));
    if (before.sin_port && real.bind(s, (struct sockaddr *)&before, size) == 0)
        return 0;
    int result = real.bind(s, name, length);
    real.getsockname(s, (struct sockaddr *)&before, &size);
    return result;
}
MUTANT(bind_port_0_gives_one_port, "bind to port 0 gives every stream socket the same port",
       PATCH(bind, one_port));

static bool is_taken(const struct sockaddr *name, int length, int type, u_long address)
{
    struct sockaddr_in probe;
    SOCKET other = real.socket(AF_INET, type, 0);
    memcpy(&probe, name, sizeof(probe));
    probe.sin_addr.s_addr = htonl(address);
    bool taken = real.bind(other, (struct sockaddr *)&probe, length) == SOCKET_ERROR;
    real.closesocket(other);
    return taken;
}

static int WINAPI protocols_share(SOCKET s, const struct sockaddr *name, int length)
{
    if (is_stream(s) && port_of(name, length) &&
        is_taken(name, length, SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real.bind(s, name, length);
}
MUTANT(bind_ports_are_of_all_protocols, "bind refuses a TCP port that a UDP socket has",
       PATCH(bind, protocols_share));

static int WINAPI addresses_share(SOCKET s, const struct sockaddr *name, int length)
{
    if (port_of(name, length) &&
        ((const struct sockaddr_in *)name)->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1) &&
        is_taken(name, length, is_stream(s) ? SOCK_STREAM : SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real.bind(s, name, length);
}
MUTANT(bind_ports_are_of_all_addresses, "bind refuses a port that another address has",
       PATCH(bind, addresses_share));

static int WINAPI reuse_steals(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real.bind(s, name, length), WSAEACCES, 0);
}
MUTANT(bind_with_reuse_steals, "bind with SO_REUSEADDR takes an address that is not shared",
       PATCH(bind, reuse_steals));

static int WINAPI reuse_is_nothing(SOCKET s, const struct sockaddr *name, int length)
{
    if (port_of(name, length) && socket_option(s, SO_REUSEADDR) &&
        is_taken(name, length, is_stream(s) ? SOCK_STREAM : SOCK_DGRAM, INADDR_LOOPBACK))
        return socket_fails(WSAEADDRINUSE);
    return real.bind(s, name, length);
}
MUTANT(bind_with_reuse_shares_nothing, "bind with SO_REUSEADDR fails for a shared address",
       PATCH(bind, reuse_is_nothing));

static int WINAPI takes_both(SET_PARAMETERS)
{
    int result = SET;
    return level == SOL_SOCKET && (option == SO_REUSEADDR || option == SO_EXCLUSIVEADDRUSE)
               ? failure_hidden(result, WSAEINVAL, 0)
               : result;
}
MUTANT(setsockopt_takes_reuse_and_exclusive, "SO_REUSEADDR and SO_EXCLUSIVEADDRUSE can be set both",
       PATCH(setsockopt, takes_both));

/* ---- listen and WSAAccept */

static int WINAPI listen_renames(SOCKET s, int backlog)
{
    return failure_renamed(real.listen(s, backlog), WSAEOPNOTSUPP, WSAEINVAL);
}
MUTANT(listen_of_datagrams_is_invalid, "listen on a datagram socket fails with WSAEINVAL",
       PATCH(listen, listen_renames));

static int WINAPI connected_is_invalid(SOCKET s, int backlog)
{
    return failure_renamed(real.listen(s, backlog), WSAEISCONN, WSAEINVAL);
}
MUTANT(listen_of_connected_is_invalid, "listen on a connected socket fails with WSAEINVAL",
       PATCH(listen, connected_is_invalid));

static int WINAPI odd_backlogs(SOCKET s, int backlog)
{
    if (backlog <= 0 || (backlog > 0x10000 && backlog != SOMAXCONN))
        return socket_fails(WSAEINVAL);
    return real.listen(s, backlog);
}
MUTANT(listen_refuses_odd_backlogs, "listen fails for a backlog outside its range",
       PATCH(listen, odd_backlogs));

static int accepted_at_once;

static int WINAPI forgets_queue(SOCKET s, int backlog)
{
    accepted_at_once = backlog == SOMAXCONN ? 20 : 0;
    return real.listen(s, backlog);
}

static int WINAPI queue_is_full(SOCKET s, const struct sockaddr *name, int length)
{
    static int connections;
    if (accepted_at_once && ++connections > accepted_at_once)
        return socket_fails(WSAECONNREFUSED);
    return real.connect(s, name, length);
}
MUTANT(listen_queue_holds_20, "The queue of a listener with SOMAXCONN holds twenty connections",
       PATCH(listen, forgets_queue), PATCH(connect, queue_is_full));

#define ACCEPT_PARAMETERS \
    SOCKET s, struct sockaddr *name, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data
#define ACCEPT(condition_) real.WSAAccept(s, name, length, (condition_), data)

static SOCKET WINAPI accepts_all(ACCEPT_PARAMETERS)
{
    return ACCEPT(data ? NULL : condition);
}
MUTANT(wsaaccept_asks_nobody, "WSAAccept does not ask a condition function that is given data",
       PATCH(WSAAccept, accepts_all));

static SOCKET WINAPI rejected_is_aborted(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSAECONNREFUSED, WSAECONNABORTED);
}
MUTANT(wsaaccept_rejected_is_aborted, "WSAAccept fails with WSAECONNABORTED for CF_REJECT",
       PATCH(WSAAccept, rejected_is_aborted));

static SOCKET WINAPI deferred_would_block(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSATRY_AGAIN, WSAEWOULDBLOCK);
}
MUTANT(wsaaccept_deferred_would_block, "WSAAccept fails with WSAEWOULDBLOCK for CF_DEFER",
       PATCH(WSAAccept, deferred_would_block));

static SOCKET WINAPI other_answer_is_rejection(ACCEPT_PARAMETERS)
{
    return socket_renamed(ACCEPT(condition), WSAEINVAL, WSAECONNREFUSED);
}
MUTANT(wsaaccept_other_answer_is_rejection, "WSAAccept takes any other answer for CF_REJECT",
       PATCH(WSAAccept, other_answer_is_rejection));

static LPCONDITIONPROC asked;
static int wish;

static int CALLBACK with_names_swapped(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos,
                                       LPQOS group_qos, LPWSABUF callee, LPWSABUF callee_data,
                                       GROUP *group, DWORD_PTR data)
{
    return asked(callee, caller_data, qos, group_qos, caller, callee_data, group, data);
}
static SOCKET WINAPI swaps_names(ACCEPT_PARAMETERS)
{
    asked = condition;
    return ACCEPT(condition ? with_names_swapped : NULL);
}
MUTANT(wsaaccept_swaps_names, "The condition function takes the server for the client",
       PATCH(WSAAccept, swaps_names));

static SOCKET WINAPI other_data(ACCEPT_PARAMETERS)
{
    data = data ? data + 1 : data;
    return ACCEPT(condition);
}
MUTANT(wsaaccept_changes_callback_data, "The condition function is given other data",
       PATCH(WSAAccept, other_data));

struct question {
    LPWSABUF caller, caller_data, callee, callee_data;
    LPQOS qos, group_qos;
    GROUP *group;
    DWORD_PTR data;
    int answer;
};

static DWORD WINAPI ask(void *argument)
{
    struct question *q = argument;
    q->answer = asked(q->caller, q->caller_data, q->qos, q->group_qos, q->callee, q->callee_data,
                      q->group, q->data);
    return 0;
}
static int CALLBACK in_another_thread(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos,
                                      LPQOS group_qos, LPWSABUF callee, LPWSABUF callee_data,
                                      GROUP *group, DWORD_PTR data)
{
    struct question q = {caller, caller_data, callee, callee_data, qos, group_qos, group, data, 0};
    HANDLE thread = CreateThread(NULL, 0, ask, &q, 0, NULL);
    real.WaitForSingleObject(thread, INFINITE);
    real.CloseHandle(thread);
    return q.answer;
}
static SOCKET WINAPI asks_elsewhere(ACCEPT_PARAMETERS)
{
    asked = condition;
    return ACCEPT(condition ? in_another_thread : NULL);
}
MUTANT(wsaaccept_asks_in_another_thread, "The condition function runs in another thread",
       PATCH(WSAAccept, asks_elsewhere));

static int CALLBACK notes_wish(LPWSABUF caller, LPWSABUF caller_data, LPQOS qos, LPQOS group_qos,
                               LPWSABUF callee, LPWSABUF callee_data, GROUP *group, DWORD_PTR data)
{
    wish = asked(caller, caller_data, qos, group_qos, callee, callee_data, group, data);
    return wish == CF_REJECT ? CF_ACCEPT : wish;
}
static SOCKET WINAPI keeps_the_rejected(ACCEPT_PARAMETERS)
{
    asked = condition;
    SOCKET accepted = ACCEPT(condition ? notes_wish : NULL);
    if (accepted == INVALID_SOCKET || !condition || wish != CF_REJECT)
        return accepted;
    SetLastError(WSAECONNREFUSED);
    return INVALID_SOCKET;
}
MUTANT(wsaaccept_keeps_the_rejected, "The client that was rejected stays connected",
       PATCH(WSAAccept, keeps_the_rejected));

static SOCKET WINAPI drops_the_deferred(ACCEPT_PARAMETERS)
{
    SOCKET accepted = ACCEPT(condition);
    if (accepted == INVALID_SOCKET && GetLastError() == WSATRY_AGAIN) {
        u_long on = 1;
        real.closesocket(real.accept(s, NULL, NULL));
        real.ioctlsocket(s, FIONBIO, &on);
        SetLastError(WSATRY_AGAIN);
    }
    return accepted;
}
MUTANT(wsaaccept_drops_the_deferred, "The client that was deferred is gone",
       PATCH(WSAAccept, drops_the_deferred));

static SOCKET WINAPI asks_for_nobody(ACCEPT_PARAMETERS)
{
    SOCKET accepted = ACCEPT(condition);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEWOULDBLOCK && condition) {
        condition(NULL, NULL, NULL, NULL, NULL, NULL, NULL, data);
        SetLastError(WSAEWOULDBLOCK);
    }
    return accepted;
}
MUTANT(wsaaccept_asks_for_nobody, "The condition function is asked when there is no client",
       PATCH(WSAAccept, asks_for_nobody));

static int WINAPI conditional_is_on(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_CONDITIONAL_ACCEPT)
        *value = TRUE;
    return result;
}
MUTANT(conditional_accept_is_on, "SO_CONDITIONAL_ACCEPT is on by default",
       PATCH(getsockopt, conditional_is_on));

static int WINAPI conditional_at_any_time(SET_PARAMETERS)
{
    int result = SET;
    return level == SOL_SOCKET && option == SO_CONDITIONAL_ACCEPT
               ? failure_hidden(result, WSAEINVAL, 0)
               : result;
}
MUTANT(conditional_accept_can_always_be_set, "SO_CONDITIONAL_ACCEPT can be set of a listener",
       PATCH(setsockopt, conditional_at_any_time));

/* ---- connect and WSAConnect */

static int WINAPI nowhere_is_refused(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.connect(s, name, length);
    result = failure_renamed(result, WSAEADDRNOTAVAIL, WSAECONNREFUSED);
    result = failure_renamed(result, WSAEAFNOSUPPORT, WSAECONNREFUSED);
    return failure_renamed(result, WSAEFAULT, WSAECONNREFUSED);
}
MUTANT(connect_to_nowhere_is_refused, "connect to what is no destination is refused",
       PATCH(connect, nowhere_is_refused));

static int WINAPI connected_is_already(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real.connect(s, name, length), WSAEISCONN, WSAEALREADY);
}
MUTANT(connect_of_connected_is_already, "connect on a connected socket fails with WSAEALREADY",
       PATCH(connect, connected_is_already));

static int WINAPI connects_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real.connect(s, name, length), WSAEISCONN, 0);
}
MUTANT(connect_of_connected_succeeds, "connect on a connected socket succeeds",
       PATCH(connect, connects_again));

#define CONNECT_PARAMETERS                                                                        \
    SOCKET s, const struct sockaddr *name, int length, LPWSABUF mine, LPWSABUF theirs, LPQOS qos, \
        LPQOS group
#define CONNECT real.WSAConnect(s, name, length, mine, theirs, qos, group)

static int WINAPI wsaconnect_renames(CONNECT_PARAMETERS)
{
    return failure_renamed(CONNECT, WSAEINVAL, WSAEISCONN);
}
MUTANT(wsaconnect_of_listener_is_connected, "WSAConnect on a listener fails with WSAEISCONN",
       PATCH(WSAConnect, wsaconnect_renames));

static int WINAPI wsaconnect_fails(CONNECT_PARAMETERS)
{
    return theirs ? socket_fails(WSAEPROTONOSUPPORT) : CONNECT;
}
MUTANT(wsaconnect_takes_no_room_for_data, "WSAConnect fails when it is given room for connect data",
       PATCH(WSAConnect, wsaconnect_fails));
