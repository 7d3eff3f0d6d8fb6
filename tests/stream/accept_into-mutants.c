/* Wrong behaviours: which sockets AcceptEx takes, and what it does with them. */
#include "stream-mutants.h"

#define ACCEPT_PARAMETERS                                                                    \
    SOCKET listener, SOCKET acceptor, PVOID buffer, DWORD length, DWORD local, DWORD remote, \
        LPDWORD count, LPOVERLAPPED overlapped
#define ACCEPT real_accept_ex(listener, acceptor, buffer, length, local, remote, count, overlapped)
#define RESULT_PARAMETERS \
    SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait, LPDWORD flags
#define RESULT real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags)

static LPFN_ACCEPTEX real_accept_ex;

static bool has_name(SOCKET s)
{
    struct sockaddr_storage name;
    int size = sizeof(name);
    DWORD error = GetLastError();
    bool bound = real(getsockname)(s, (struct sockaddr *)&name, &size) == 0;
    SetLastError(error);
    return bound;
}

static BOOL PASCAL takes_bound(ACCEPT_PARAMETERS)
{
    return is_stream(acceptor) && has_name(acceptor) && !has_peer(acceptor)
               ? failed(ERROR_IO_PENDING)
               : ACCEPT;
}
EXCHANGES(plant_takes_bound, WSAID_ACCEPTEX, takes_bound, real_accept_ex)
MUTANT(accept_ex_takes_bound_sockets, "AcceptEx accepts into bound sockets",
       PATCH(WSAIoctl, plant_takes_bound));

static BOOL PASCAL takes_connected(ACCEPT_PARAMETERS)
{
    return is_stream(acceptor) && has_peer(acceptor) ? failed(ERROR_IO_PENDING) : ACCEPT;
}
EXCHANGES(plant_takes_connected, WSAID_ACCEPTEX, takes_connected, real_accept_ex)
MUTANT(accept_ex_takes_connected_sockets, "AcceptEx accepts into connected sockets",
       PATCH(WSAIoctl, plant_takes_connected));

static BOOL PASCAL takes_datagram(ACCEPT_PARAMETERS)
{
    return is_datagram(acceptor) ? failed(ERROR_IO_PENDING) : ACCEPT;
}
EXCHANGES(plant_takes_datagram, WSAID_ACCEPTEX, takes_datagram, real_accept_ex)
MUTANT(accept_ex_takes_datagram_sockets, "AcceptEx accepts into datagram sockets",
       PATCH(WSAIoctl, plant_takes_datagram));

static BOOL PASCAL no_acceptor(ACCEPT_PARAMETERS)
{
    return !is_stream(acceptor) && !is_datagram(acceptor) ? failed(WSAEINVAL) : ACCEPT;
}
EXCHANGES(plant_no_acceptor, WSAID_ACCEPTEX, no_acceptor, real_accept_ex)
MUTANT(accept_ex_without_acceptor_is_invalid,
       "AcceptEx fails with WSAEINVAL when there is no socket to accept into",
       PATCH(WSAIoctl, plant_no_acceptor));

static BOOL PASCAL no_listener(ACCEPT_PARAMETERS)
{
    return !is_stream(listener) ? failed(WSAEINVAL) : ACCEPT;
}
EXCHANGES(plant_no_listener, WSAID_ACCEPTEX, no_listener, real_accept_ex)
MUTANT(accept_ex_without_listener_is_invalid,
       "AcceptEx fails with WSAEINVAL when there is no listening socket",
       PATCH(WSAIoctl, plant_no_listener));

static BOOL PASCAL accepts_twice(ACCEPT_PARAMETERS)
{
    static SOCKET accepting = INVALID_SOCKET;
    if (acceptor == accepting)
        return failed(ERROR_IO_PENDING);
    BOOL done = ACCEPT;
    if (!done && GetLastError() == ERROR_IO_PENDING)
        accepting = acceptor;
    return done;
}
EXCHANGES(plant_accepts_twice, WSAID_ACCEPTEX, accepts_twice, real_accept_ex)
MUTANT(accept_ex_accepts_twice, "Two AcceptEx can be pending for one socket",
       PATCH(WSAIoctl, plant_accepts_twice));

static struct {
    SOCKET acceptor, listener;
    OVERLAPPED *overlapped;
    char *buffer;
    DWORD length;
} accepting = {INVALID_SOCKET, INVALID_SOCKET, NULL, NULL, 0};

static BOOL PASCAL accept_noted(ACCEPT_PARAMETERS)
{
    accepting.acceptor = acceptor;
    accepting.listener = listener;
    accepting.overlapped = overlapped;
    accepting.buffer = buffer;
    accepting.length = length;
    return ACCEPT;
}
EXCHANGES(plant_noted, WSAID_ACCEPTEX, accept_noted, real_accept_ex)

static BOOL WINAPI incomplete_data(RESULT_PARAMETERS)
{
    BOOL done = RESULT;
    return done && overlapped == accepting.overlapped && *count && *count < accepting.length
               ? failed(WSA_IO_INCOMPLETE)
               : done;
}
MUTANT(accept_ex_waits_for_all_its_data, "AcceptEx waits for all the data that it has room for",
       PATCH(WSAIoctl, plant_noted), PATCH(WSAGetOverlappedResult, incomplete_data));

static BOOL WINAPI further_data_dropped(RESULT_PARAMETERS)
{
    char further[64];
    BOOL done = RESULT;
    if (done && overlapped == accepting.overlapped && *count == accepting.length &&
        bytes_waiting(accepting.acceptor))
        real(recv)(accepting.acceptor, further, sizeof(further), 0);
    return done;
}
MUTANT(accept_ex_drops_further_data, "AcceptEx drops data for which it has no room",
       PATCH(WSAIoctl, plant_noted), PATCH(WSAGetOverlappedResult, further_data_dropped));

static BOOL PASCAL misses_waiting(ACCEPT_PARAMETERS)
{
    fd_set one = {.fd_count = 1, .fd_array = {listener}};
    if (length && real(select)(0, &one, NULL, NULL, &(TIMEVAL){0, 0}) == 1)
        length = 0;
    return ACCEPT;
}
EXCHANGES(plant_misses_waiting, WSAID_ACCEPTEX, misses_waiting, real_accept_ex)
MUTANT(accept_ex_misses_the_waiting_data,
       "AcceptEx takes no data of a client that was there before",
       PATCH(WSAIoctl, plant_misses_waiting));

static BOOL PASCAL one_at_a_time(ACCEPT_PARAMETERS)
{
    static SOCKET busy = INVALID_SOCKET;
    if (listener == busy && acceptor != accepting.acceptor)
        return failed(WSAEALREADY);
    BOOL done = accept_noted(listener, acceptor, buffer, length, local, remote, count, overlapped);
    if (!done && GetLastError() == ERROR_IO_PENDING)
        busy = listener;
    return done;
}
EXCHANGES(plant_one_at_a_time, WSAID_ACCEPTEX, one_at_a_time, real_accept_ex)
MUTANT(accept_ex_accepts_one_at_a_time, "One AcceptEx can be pending at a listening socket",
       PATCH(WSAIoctl, plant_one_at_a_time));

static BOOL WINAPI cancels_no_accept(HANDLE file)
{
    if ((SOCKET)file != accepting.listener)
        return real(CancelIo)(file);
    real(SetEvent)(accepting.overlapped->hEvent);
    return TRUE;
}
MUTANT(cancel_io_of_the_listener_leaves_accept_ex, "CancelIo does not end AcceptEx",
       PATCH(WSAIoctl, plant_noted), PATCH(CancelIo, cancels_no_accept));

static bool not_updated(SOCKET s)
{
    return s == accepting.acceptor;
}

static int WINAPI update_noted(SOCKET s, int level, int option, const char *value, int size)
{
    if (s == accepting.acceptor && option == SO_UPDATE_ACCEPT_CONTEXT)
        accepting.acceptor = INVALID_SOCKET;
    return real(setsockopt)(s, level, option, value, size);
}

static int WINAPI send_needs_update(SOCKET s, const char *bytes, int size, int flags)
{
    return not_updated(s) ? socket_fails(WSAENOTCONN) : real(send)(s, bytes, size, flags);
}

static int WINAPI wsasend_needs_update(SOCKET s, LPWSABUF buffers, DWORD buffer_count,
                                       LPDWORD count, DWORD flags, LPWSAOVERLAPPED overlapped,
                                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return not_updated(s)
               ? socket_fails(WSAENOTCONN)
               : real(WSASend)(s, buffers, buffer_count, count, flags, overlapped, routine);
}

static BOOL WINAPI write_needs_update(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD count,
                                      LPOVERLAPPED overlapped)
{
    return not_updated((SOCKET)file) ? failed(ERROR_INVALID_HANDLE)
                                     : real(WriteFile)(file, bytes, size, count, overlapped);
}
MUTANT(accept_ex_needs_the_update_to_send,
       "A socket of AcceptEx sends nothing by send, WSASend and WriteFile before its update",
       PATCH(WSAIoctl, plant_noted), PATCH(setsockopt, update_noted),
       PATCH(send, send_needs_update), PATCH(WSASend, wsasend_needs_update),
       PATCH(WriteFile, write_needs_update));

static BOOL WINAPI read_needs_update(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                                     LPOVERLAPPED overlapped)
{
    return not_updated((SOCKET)file) ? failed(ERROR_INVALID_HANDLE)
                                     : real(ReadFile)(file, bytes, size, count, overlapped);
}
MUTANT(accept_ex_needs_the_update_to_read,
       "A socket of AcceptEx reads nothing by ReadFile before its update",
       PATCH(WSAIoctl, plant_noted), PATCH(setsockopt, update_noted),
       PATCH(ReadFile, read_needs_update));

static SOCKET WINAPI used_up(SOCKET s, struct sockaddr *name, int *length)
{
    if (s != accepting.listener)
        return real(accept)(s, name, length);
    SetLastError(WSAEINVAL);
    return INVALID_SOCKET;
}
MUTANT(accept_ex_uses_up_the_listener, "accept fails on a listening socket that AcceptEx has used",
       PATCH(WSAIoctl, plant_noted), PATCH(accept, used_up));
