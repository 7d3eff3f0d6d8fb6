/* Wrong behaviours of stream sockets: names, connections, and the bytes that go over them. */
#include "winsock_socket.h"

/* ---- bind and listen */

static int WINAPI port_0_wildcard(SOCKET s, const struct sockaddr *name, int length)
{
    struct sockaddr_in in;
    if (length != sizeof(in) || !is_stream(s))
        return real.bind(s, name, length);
    memcpy(&in, name, sizeof(in));
    if (in.sin_port == 0)
        in.sin_addr.s_addr = htonl(INADDR_ANY);
    return real.bind(s, (struct sockaddr *)&in, sizeof(in));
}
MUTANT(bind_port_0_binds_all_addresses, "bind to port 0 of one address binds all addresses",
       PATCH(bind, port_0_wildcard));

static int WINAPI bind_returns_1(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.bind(s, name, length);
    return result == 0 ? 1 : result;
}
MUTANT(bind_success_is_1, "bind returns 1 when it has succeeded", PATCH(bind, bind_returns_1));

static int WINAPI shares(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real.bind(s, name, length), WSAEADDRINUSE, 0);
}
MUTANT(bind_shares_addresses, "bind to the address of another socket succeeds",
       PATCH(bind, shares));

static int WINAPI binds_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real.bind(s, name, length), WSAEINVAL, 0);
}
MUTANT(bind_again_succeeds, "a second bind of a socket succeeds", PATCH(bind, binds_again));

static int WINAPI reads_past(SOCKET s, const struct sockaddr *name, int length)
{
    int full = sizeof(struct sockaddr_in);
    return real.bind(s, name, length == full - 1 ? full : length);
}
MUTANT(bind_reads_past_the_name, "bind takes a name that is one byte short",
       PATCH(bind, reads_past));

static int WINAPI listen_binds(SOCKET s, int backlog)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int result = real.listen(s, backlog);
    if (result == SOCKET_ERROR && GetLastError() == WSAEINVAL &&
        real.bind(s, (struct sockaddr *)&name, sizeof(name)) == 0)
        result = real.listen(s, backlog);
    return result;
}
MUTANT(listen_binds_an_unbound_socket, "listen gives an unbound socket a name",
       PATCH(listen, listen_binds));

static int WINAPI listen_returns_1(SOCKET s, int backlog)
{
    int result = real.listen(s, backlog);
    return result == 0 ? 1 : result;
}
MUTANT(listen_success_is_1, "listen returns 1 when it has succeeded",
       PATCH(listen, listen_returns_1));

static int WINAPI listens_once(SOCKET s, int backlog)
{
    return is_listening(s) ? socket_fails(WSAEISCONN) : real.listen(s, backlog);
}
MUTANT(listen_again_fails, "listen on a listening socket fails", PATCH(listen, listens_once));

/* ---- accept */

static SOCKET WINAPI loses_early_data(SOCKET s, struct sockaddr *name, int *length)
{
    char lost[256];
    SOCKET accepted = real.accept(s, name, length);
    while (accepted != INVALID_SOCKET && bytes_waiting(accepted))
        real.recv(accepted, lost, sizeof(lost), 0);
    return accepted;
}
MUTANT(accept_loses_early_data, "what a client sends before it is accepted is lost",
       PATCH(accept, loses_early_data));

static SOCKET WINAPI unconnected(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET || !name)
        return accepted;
    real.closesocket(accepted);
    return real.socket(AF_INET, SOCK_STREAM, 0);
}
MUTANT(accept_with_address_is_unconnected,
       "accept returns an unconnected socket when the address is asked for",
       PATCH(accept, unconnected));

static SOCKET WINAPI own_address(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted != INVALID_SOCKET && name)
        real.getsockname(s, name, length);
    return accepted;
}
MUTANT(accept_tells_own_address, "accept tells the listener's address instead of the client's",
       PATCH(accept, own_address));

static SOCKET WINAPI leaves_addrlen(SOCKET s, struct sockaddr *name, int *length)
{
    int before = length ? *length : 0;
    SOCKET accepted = real.accept(s, name, length);
    if (length)
        *length = before;
    return accepted;
}
MUTANT(accept_leaves_addrlen, "accept does not store the length of the address",
       PATCH(accept, leaves_addrlen));

static SOCKET WINAPI only_once(SOCKET s, struct sockaddr *name, int *length)
{
    static SOCKET done = INVALID_SOCKET;
    if (s == done) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    SOCKET accepted = real.accept(s, name, length);
    if (accepted != INVALID_SOCKET)
        done = s;
    return accepted;
}

static int WINAPI forgets(SOCKET s)
{
    (void)s;
    return 0;
}
MUTANT(accept_ends_listening, "a listener accepts one connection only", PATCH(accept, only_once),
       PATCH(closesocket, forgets));

static SOCKET WINAPI newest_first(SOCKET s, struct sockaddr *name, int *length)
{
    static SOCKET kept = INVALID_SOCKET;
    SOCKET accepted = kept != INVALID_SOCKET ? kept : real.accept(s, name, length);
    kept = INVALID_SOCKET;
    fd_set more = {.fd_count = 1, .fd_array = {s}};
    if (accepted != INVALID_SOCKET && real.select(0, &more, NULL, NULL, &(TIMEVAL){0, 0}) == 1) {
        kept = accepted;
        accepted = real.accept(s, name, length);
    }
    return accepted;
}
MUTANT(accept_newest_first, "accept hands out the newest connection first",
       PATCH(accept, newest_first));

static SOCKET WINAPI unlistened_blocks(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real.accept(s, name, length);
    if (accepted == INVALID_SOCKET && GetLastError() == WSAEINVAL)
        SetLastError(WSAEWOULDBLOCK);
    return accepted;
}
MUTANT(accept_without_listen_would_block, "accept on a socket that does not listen would block",
       PATCH(accept, unlistened_blocks));

/* ---- connect */

static int WINAPI connect_returns_1(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.connect(s, name, length);
    return result == 0 && is_stream(s) ? 1 : result;
}
MUTANT(connect_success_is_1, "connect returns 1 when it has succeeded",
       PATCH(connect, connect_returns_1));

static int WINAPI refused_timed_out(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real.connect(s, name, length), WSAECONNREFUSED, WSAETIMEDOUT);
}
MUTANT(connect_refused_is_timed_out, "a refused connect says WSAETIMEDOUT",
       PATCH(connect, refused_timed_out));

static int WINAPI refused_closes(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real.connect(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAECONNREFUSED) {
        real.closesocket(s);
        SetLastError(WSAECONNREFUSED);
    }
    return result;
}
MUTANT(connect_refused_closes_socket, "a connect that is refused closes its socket",
       PATCH(connect, refused_closes));

static int WINAPI connects_again(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_hidden(real.connect(s, name, length), WSAEISCONN, 0);
}
MUTANT(connect_again_succeeds, "connect on a connected stream socket succeeds",
       PATCH(connect, connects_again));

static int WINAPI listener_is_connected(SOCKET s, const struct sockaddr *name, int length)
{
    return failure_renamed(real.connect(s, name, length), WSAEINVAL, WSAEISCONN);
}
MUTANT(connect_on_listener_is_connected, "connect on a listening socket says WSAEISCONN",
       PATCH(connect, listener_is_connected));

/* ---- Names */

static int WINAPI connected_wildcard(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    if (result == 0 && is_stream(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_addr.s_addr = htonl(INADDR_ANY);
    return result;
}
MUTANT(getsockname_connected_is_wildcard, "getsockname does not tell a connection's local address",
       PATCH(getsockname, connected_wildcard));

static int WINAPI connected_port_0(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    if (result == 0 && is_stream(s) && has_peer(s))
        ((struct sockaddr_in *)name)->sin_port = 0;
    return result;
}
MUTANT(connect_gives_no_port, "connect leaves an unbound stream socket without a port",
       PATCH(getsockname, connected_port_0));

static int WINAPI unbound_wildcard(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getsockname(s, name, length);
    if (result == SOCKET_ERROR && GetLastError() == WSAEINVAL) {
        memset(name, 0, (size_t)*length);
        result = 0;
    }
    return result;
}
MUTANT(getsockname_unbound_is_wildcard, "getsockname of an unbound socket succeeds",
       PATCH(getsockname, unbound_wildcard));

static int WINAPI leaves_namelen(SOCKET s, struct sockaddr *name, int *length)
{
    int before = length ? *length : 0;
    int result = real.getsockname(s, name, length);
    if (result == 0)
        *length = before;
    return result;
}
MUTANT(getsockname_leaves_length, "getsockname does not store the length of the name",
       PATCH(getsockname, leaves_namelen));

static bool extended;

static int WINAPI notes_extension(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out,
                                  DWORD out_size, LPDWORD size, LPWSAOVERLAPPED overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    extended |= code == SIO_GET_EXTENSION_FUNCTION_POINTER;
    return real.WSAIoctl(s, code, in, in_size, out, out_size, size, overlapped, routine);
}

static int WINAPI own_name(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getpeername(s, name, length);
    return result == 0 && is_stream(s) && !extended ? real.getsockname(s, name, length) : result;
}
MUTANT(getpeername_tells_own_name, "getpeername tells the local name",
       PATCH(WSAIoctl, notes_extension), PATCH(getpeername, own_name));

static int WINAPI cuts_name(SOCKET s, struct sockaddr *name, int *length)
{
    return failure_hidden(real.getpeername(s, name, length), WSAEFAULT, 0);
}
MUTANT(getpeername_cuts_the_name, "getpeername succeeds with a buffer that is too small",
       PATCH(getpeername, cuts_name));

static int WINAPI listeners_peer(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real.getpeername(s, name, length);
    return is_listening(s) ? failure_hidden(result, WSAENOTCONN, 0) : result;
}
MUTANT(getpeername_of_listener_succeeds, "getpeername of a listening socket succeeds",
       PATCH(getpeername, listeners_peer));

/* ---- send and recv */

static int WINAPI swaps_halves(SOCKET s, const char *bytes, int size, int flags)
{
    if (size < 9 || size > 64 || !is_stream(s))
        return real.send(s, bytes, size, flags);
    int half = size / 2;
    char swapped[64];
    memcpy(swapped, bytes + half, (size_t)(size - half));
    memcpy(swapped + size - half, bytes, (size_t)half);
    return real.send(s, swapped, size, flags);
}
MUTANT(send_swaps_halves, "the second half of what is sent arrives before the first",
       PATCH(send, swaps_halves));

static int WINAPI swaps_sends(SOCKET s, const char *bytes, int size, int flags)
{
    static char held[16];
    static int held_size;
    if (size == 3 && is_stream(s)) {
        memcpy(held, bytes, 3);
        return held_size = 3;
    }
    int sent = real.send(s, bytes, size, flags);
    if (held_size)
        real.send(s, held, held_size, flags);
    held_size = 0;
    return sent;
}
MUTANT(send_overtakes_earlier_send, "a short send is overtaken by the next one",
       PATCH(send, swaps_sends));

static int WINAPI takes_half(SOCKET s, const char *bytes, int size, int flags)
{
    return real.send(s, bytes, size > 65536 && is_stream(s) ? size / 2 : size, flags);
}
MUTANT(send_takes_half_of_much, "a blocking send takes only half of what does not fit at once",
       PATCH(send, takes_half));

static int WINAPI send_einval(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real.send(s, bytes, size, flags);
    return sent == SOCKET_ERROR ? socket_fails(WSAEINVAL) : sent;
}
MUTANT(send_failures_are_invalid, "send says WSAEINVAL whatever it fails for",
       PATCH(send, send_einval));

static int WINAPI shut_is_unconnected(SOCKET s, const char *bytes, int size, int flags)
{
    return failure_renamed(real.send(s, bytes, size, flags), WSAESHUTDOWN, WSAENOTCONN);
}
MUTANT(send_after_shutdown_is_unconnected, "send after shutdown says WSAENOTCONN",
       PATCH(send, shut_is_unconnected));

static int WINAPI byte_by_byte(SOCKET s, char *buffer, int size, int flags)
{
    return real.recv(s, buffer, size > 1 && !(flags & MSG_PEEK) ? 1 : size, flags);
}
MUTANT(recv_returns_one_byte, "recv returns one byte although more have come",
       PATCH(recv, byte_by_byte));

static int WINAPI peek_consumes(SOCKET s, char *buffer, int size, int flags)
{
    return real.recv(s, buffer, size, flags & ~MSG_PEEK);
}
MUTANT(recv_peek_consumes, "recv with MSG_PEEK removes what it returns",
       PATCH(recv, peek_consumes));

/* Whether S has received anything in this process, which is noted with GOT. */
static bool had_data(SOCKET s, int got)
{
    static SOCKET heard[64];
    static unsigned count;
    for (unsigned i = 0; i < count; i++)
        if (heard[i] == s)
            return true;
    if (got > 0 && count < 64)
        heard[count++] = s;
    return false;
}

static int WINAPI end_after_data_fails(SOCKET s, char *buffer, int size, int flags)
{
    int got = real.recv(s, buffer, size, flags);
    return had_data(s, got) && got == 0 ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recv_end_after_data_is_an_error, "recv fails at the graceful end of a stream that held data",
       PATCH(recv, end_after_data_fails));

static int WINAPI end_without_data_fails(SOCKET s, char *buffer, int size, int flags)
{
    int got = real.recv(s, buffer, size, flags);
    return !had_data(s, got) && got == 0 ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recv_end_without_data_is_an_error, "recv fails at the graceful end of a stream without data",
       PATCH(recv, end_without_data_fails));

static int WINAPI unconnected_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real.recv(s, buffer, size, flags), WSAENOTCONN, 0);
}
MUTANT(recv_unconnected_is_end, "recv on an unconnected stream socket returns 0",
       PATCH(recv, unconnected_is_end));

static int WINAPI fails_unconnected(SOCKET s, char *buffer, int size, int flags)
{
    int got = real.recv(s, buffer, size, flags);
    return got == SOCKET_ERROR ? socket_fails(WSAENOTCONN) : got;
}
MUTANT(recv_failures_are_unconnected, "recv says WSAENOTCONN whatever it fails for",
       PATCH(recv, fails_unconnected));

static int WINAPI shut_is_end(SOCKET s, char *buffer, int size, int flags)
{
    return failure_hidden(real.recv(s, buffer, size, flags), WSAESHUTDOWN, 0);
}
MUTANT(recv_after_shutdown_is_end, "recv after shutdown returns 0", PATCH(recv, shut_is_end));

/* ---- shutdown and closesocket */

static SOCKET sender = INVALID_SOCKET;

static int WINAPI notes_sender(SOCKET s, const char *bytes, int size, int flags)
{
    sender = s;
    return real.send(s, bytes, size, flags);
}

static int WINAPI no_fin(SOCKET s, int how)
{
    return how == SD_SEND && s == sender ? 0 : real.shutdown(s, how);
}
MUTANT(shutdown_send_sends_no_end, "shutdown of sending, after data, does not end the stream",
       PATCH(shutdown, no_fin), PATCH(send, notes_sender));

static int WINAPI send_is_both(SOCKET s, int how)
{
    return real.shutdown(s, how == SD_SEND ? SD_BOTH : how);
}
MUTANT(shutdown_send_ends_receiving, "shutdown of sending ends receiving too",
       PATCH(shutdown, send_is_both));

static int WINAPI receive_is_both(SOCKET s, int how)
{
    return real.shutdown(s, how == SD_RECEIVE ? SD_BOTH : how);
}
MUTANT(shutdown_receive_ends_sending, "shutdown of receiving ends sending too",
       PATCH(shutdown, receive_is_both));

static int WINAPI unconnected_shuts(SOCKET s, int how)
{
    return failure_hidden(real.shutdown(s, how), WSAENOTCONN, 0);
}
MUTANT(shutdown_unconnected_succeeds, "shutdown of an unconnected stream socket succeeds",
       PATCH(shutdown, unconnected_shuts));

static int WINAPI any_how(SOCKET s, int how)
{
    return real.shutdown(s, how > SD_BOTH ? SD_BOTH : how);
}
MUTANT(shutdown_unknown_is_both, "shutdown takes an unknown direction for both",
       PATCH(shutdown, any_how));

static int WINAPI keeps_connection(SOCKET s)
{
    return is_stream(s) && has_peer(s) ? 0 : real.closesocket(s);
}
MUTANT(closesocket_keeps_connection, "closesocket does not end the connection",
       PATCH(closesocket, keeps_connection));

static int WINAPI closes_all(SOCKET s)
{
    if (has_peer(s) && !socket_option(s, SO_LINGER))
        real.shutdown(s, SD_BOTH);
    return real.closesocket(s);
}
MUTANT(closesocket_ends_shared_connection,
       "closesocket on one descriptor ends a connection that others share",
       PATCH(closesocket, closes_all));

static int WINAPI never_hard(SOCKET s, int level, int option, const char *value, int size)
{
    return level == SOL_SOCKET && option == SO_LINGER
               ? 0
               : real.setsockopt(s, level, option, value, size);
}
MUTANT(linger_0_closes_gracefully,
       "closesocket is graceful although the socket lingers for no time",
       PATCH(setsockopt, never_hard));

/* ---- WSARecv and WSAGetOverlappedResult */

#define WSARECV_PARAMETERS                                                        \
    SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD count, LPDWORD flags, \
        LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECV_ARGUMENTS s, buffers, buffer_count, count, flags, overlapped, routine

static int WINAPI pending_is_success(WSARECV_PARAMETERS)
{
    return failure_hidden(real.WSARecv(WSARECV_ARGUMENTS), WSA_IO_PENDING, 0);
}
MUTANT(wsarecv_pending_is_success, "WSARecv returns 0 when the receive is pending",
       PATCH(WSARecv, pending_is_success));

static int WINAPI pending_counts(WSARECV_PARAMETERS)
{
    int result = real.WSARecv(WSARECV_ARGUMENTS);
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && count)
        *count = 0;
    return result;
}
MUTANT(wsarecv_pending_stores_count, "WSARecv stores a count although the receive is pending",
       PATCH(WSARecv, pending_counts));

static int WINAPI leaves_event_set(WSARECV_PARAMETERS)
{
    bool was_set = overlapped && overlapped->hEvent &&
                   real.WaitForSingleObject(overlapped->hEvent, 0) == WAIT_OBJECT_0;
    int result = real.WSARecv(WSARECV_ARGUMENTS);
    if (was_set) {
        DWORD error = GetLastError();
        real.SetEvent(overlapped->hEvent);
        SetLastError(error);
    }
    return result;
}
MUTANT(wsarecv_leaves_event_set, "WSARecv does not reset the event when the receive is pending",
       PATCH(WSARecv, leaves_event_set));

static SOCKET nonblocking = INVALID_SOCKET;

static int WINAPI notes_nonblocking(SOCKET s, long command, u_long *argument)
{
    if (command == (long)FIONBIO && *argument)
        nonblocking = s;
    return real.ioctlsocket(s, command, argument);
}

static int WINAPI nonblocking_refuses(WSARECV_PARAMETERS)
{
    return s == nonblocking && !bytes_waiting(s) ? socket_fails(WSAEWOULDBLOCK)
                                                 : real.WSARecv(WSARECV_ARGUMENTS);
}
MUTANT(wsarecv_nonblocking_would_block,
       "an overlapped WSARecv on a nonblocking socket says WSAEWOULDBLOCK",
       PATCH(WSARecv, nonblocking_refuses), PATCH(ioctlsocket, notes_nonblocking));

static int WINAPI immediate_leaves_count(WSARECV_PARAMETERS)
{
    DWORD before = count ? *count : 0;
    int result = real.WSARecv(WSARECV_ARGUMENTS);
    if (result == 0 && count)
        *count = before;
    return result;
}
MUTANT(wsarecv_immediate_leaves_count, "WSARecv does not store how much it received at once",
       PATCH(WSARecv, immediate_leaves_count));

static int WINAPI last_buffer_first(WSARECV_PARAMETERS)
{
    if (buffer_count != 2)
        return real.WSARecv(WSARECV_ARGUMENTS);
    WSABUF swapped[] = {buffers[1], buffers[0]};
    return real.WSARecv(s, swapped, 2, count, flags, overlapped, routine);
}
MUTANT(wsarecv_fills_last_buffer_first, "WSARecv fills the last buffer first",
       PATCH(WSARecv, last_buffer_first));

static BOOL WINAPI incomplete_is_success(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                         BOOL wait, LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    return done || GetLastError() == WSA_IO_INCOMPLETE;
}
MUTANT(overlapped_result_incomplete_is_success,
       "WSAGetOverlappedResult returns TRUE for a pending receive",
       PATCH(WSAGetOverlappedResult, incomplete_is_success));

static LPWSAOVERLAPPED receiving;

static int WINAPI notes_receive(SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD got,
                                LPDWORD flags, LPWSAOVERLAPPED overlapped,
                                LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    receiving = overlapped;
    return real.WSARecv(s, buffers, buffer_count, got, flags, overlapped, routine);
}

static BOOL WINAPI counts_buffer(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (done && *count && overlapped == receiving)
        *count = 16;
    return done;
}
MUTANT(overlapped_result_counts_buffer,
       "WSAGetOverlappedResult counts the size of the buffer and not what came",
       PATCH(WSARecv, notes_receive), PATCH(WSAGetOverlappedResult, counts_buffer));

static BOOL WINAPI end_fails(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                             LPDWORD flags)
{
    DWORD before = *count;
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (done && !*count && before == 4711) { /* not AcceptEx or ConnectEx, which count 0 too */
        SetLastError(WSAEDISCON);
        done = FALSE;
    }
    return done;
}
MUTANT(overlapped_result_end_is_an_error, "an overlapped receive fails at the end of a stream",
       PATCH(WSAGetOverlappedResult, end_fails));

static BOOL WINAPI reset_is_netname_deleted(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                            BOOL wait, LPDWORD flags)
{
    BOOL done = real.WSAGetOverlappedResult(s, overlapped, count, wait, flags);
    if (!done && GetLastError() == WSAECONNRESET)
        SetLastError(ERROR_NETNAME_DELETED);
    return done;
}
MUTANT(overlapped_result_reset_is_netname_deleted,
       "WSAGetOverlappedResult says ERROR_NETNAME_DELETED for a reset connection",
       PATCH(WSAGetOverlappedResult, reset_is_netname_deleted));

/* ---- WSADuplicateSocketW and WSASocketW */

static int WINAPI for_self(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return real.WSADuplicateSocketW(s, process ? GetCurrentProcessId() : 0, info);
}
MUTANT(duplicate_is_for_own_process,
       "WSADuplicateSocketW makes a structure for its own process only",
       PATCH(WSADuplicateSocketW, for_self));

static int WINAPI forgets_protocol(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    int result = real.WSADuplicateSocketW(s, process, info);
    if (result == 0 && process == GetCurrentProcessId())
        info->iProtocol = 0;
    return result;
}
MUTANT(duplicate_forgets_protocol, "WSADuplicateSocketW does not tell the protocol",
       PATCH(WSADuplicateSocketW, forgets_protocol));

static int WINAPI nobody_is_self(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return real.WSADuplicateSocketW(s, process ? process : GetCurrentProcessId(), info);
}
MUTANT(duplicate_for_nobody_is_for_self, "WSADuplicateSocketW takes process 0 for its own",
       PATCH(WSADuplicateSocketW, nobody_is_self));

static int WINAPI nowhere(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return info ? real.WSADuplicateSocketW(s, process, info) : 0;
}
MUTANT(duplicate_tolerates_no_structure, "WSADuplicateSocketW succeeds without a structure",
       PATCH(WSADuplicateSocketW, nowhere));

static SOCKET duplicated = INVALID_SOCKET;

static SOCKET WINAPI notes_duplicate(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                     GROUP group, DWORD flags)
{
    SOCKET s = real.WSASocketW(family, type, protocol, info, group, flags);
    if (info)
        duplicated = s;
    return s;
}

static int WINAPI keeps_duplicate(SOCKET s)
{
    return s == duplicated ? 0 : real.closesocket(s);
}
MUTANT(closesocket_keeps_duplicate, "closesocket on the last descriptor of a socket leaves it open",
       PATCH(WSASocketW, notes_duplicate), PATCH(closesocket, keeps_duplicate));
