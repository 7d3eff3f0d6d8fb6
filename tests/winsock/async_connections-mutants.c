/* What WSAAsyncSelect tells of connections and of room to send, told wrong. */
#include "async_select-mutants.h"

static bool is_ready(SOCKET s)
{
    DWORD error = GetLastError();
    fd_set one = {.fd_count = 1, .fd_array = {s}};
    bool ready = real(select)(0, &one, NULL, NULL, &(TIMEVAL){0}) == 1;
    SetLastError(error);
    return ready;
}

/* The window gets no more messages of the socket than those of EVENTS. */
static void leave(SOCKET s, long events)
{
    DWORD error = GetLastError();
    real(WSAAsyncSelect)(s, last.window, last.message, events);
    SetLastError(error);
}

/* ---- FD_ACCEPT */

static int WINAPI tells_no_request(PARAMETERS)
{
    if (is_listening(s) && !is_ready(s))
        events &= ~FD_ACCEPT;
    return SELECT;
}
MUTANT(async_select_tells_no_request, "WSAAsyncSelect sends no FD_ACCEPT when a request comes",
       PATCH(WSAAsyncSelect, tells_no_request));

static int WINAPI tells_only_the_next(PARAMETERS)
{
    if (is_listening(s) && is_ready(s))
        events &= ~FD_ACCEPT;
    return SELECT;
}
MUTANT(async_select_tells_no_request_that_waits,
       "WSAAsyncSelect sends no FD_ACCEPT for a request that came before it",
       PATCH(WSAAsyncSelect, tells_only_the_next));

/* An accept that ends the watch where it leaves requests. */
#define ENDS_WATCH(name, call, ...)        \
    static SOCKET WINAPI name(__VA_ARGS__) \
    {                                      \
        if (s != last.s)                   \
            return call;                   \
        leave(s, 0);                       \
        SOCKET accepted = call;            \
        if (accepted != INVALID_SOCKET) {  \
            leave(accepted, last.events);  \
            if (!is_ready(s))              \
                leave(s, last.events);     \
        }                                  \
        return accepted;                   \
    }

ENDS_WATCH(ends_by_accept, real(accept)(s, name, length), SOCKET s, struct sockaddr *name,
           int *length)
MUTANT(accept_does_not_enable_fd_accept, "accept that leaves requests leads to no other FD_ACCEPT",
       PATCH(WSAAsyncSelect, remembers), PATCH(accept, ends_by_accept));

ENDS_WATCH(ends_by_wsaaccept, real(WSAAccept)(s, name, length, condition, data), SOCKET s,
           struct sockaddr *name, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data)
MUTANT(wsaaccept_does_not_enable_fd_accept,
       "WSAAccept that leaves requests leads to no other FD_ACCEPT",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSAAccept, ends_by_wsaaccept));

static int WINAPI posts_for_each_request(SOCKET s, const struct sockaddr *name, int length)
{
    int result = real(connect)(s, name, length);
    if (result == 0 && last.events & FD_ACCEPT)
        USER32(PostMessageW)(last.window, last.message, last.s, FD_ACCEPT);
    return result;
}
MUTANT(async_select_sends_a_message_for_each_request,
       "WSAAsyncSelect sends FD_ACCEPT for each request that comes",
       PATCH(WSAAsyncSelect, remembers), PATCH(connect, posts_for_each_request));

static int WINAPI listener_as_well(PARAMETERS)
{
    if (s != last.s && last.window && is_listening(last.s))
        real(WSAAsyncSelect)(last.s, window, message, events);
    return remember(SELECT, s, window, message, events);
}
MUTANT(async_select_of_accepted_socket_changes_the_listener,
       "WSAAsyncSelect of an accepted socket holds for its listener as well",
       PATCH(WSAAsyncSelect, listener_as_well));

/* ---- FD_CONNECT */

#define CONNECT_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define CONNECT real(connect)(s, name, length)

static int WINAPI tells_no_connection(CONNECT_PARAMETERS)
{
    if (s == last.s && last.events & FD_CONNECT)
        leave(s, last.events & ~FD_CONNECT);
    return CONNECT;
}
MUTANT(async_select_tells_no_connection, "WSAAsyncSelect sends no FD_CONNECT",
       PATCH(WSAAsyncSelect, remembers), PATCH(connect, tells_no_connection));

static int WINAPI never_refused(CONNECT_PARAMETERS)
{
    if (s != last.s || !(last.events & FD_CONNECT))
        return CONNECT;
    leave(s, last.events & ~FD_CONNECT);
    int result = CONNECT;
    DWORD error = GetLastError();
    fd_set done = {.fd_count = 1, .fd_array = {s}}, refused = done;
    TIMEVAL limit = {.tv_sec = 4};
    real(select)(0, NULL, &done, &refused, &limit);
    USER32(PostMessageW)(last.window, last.message, s, FD_CONNECT);
    SetLastError(error);
    return result;
}
MUTANT(async_select_tells_no_refusal, "The FD_CONNECT of a refused connection has no error",
       PATCH(WSAAsyncSelect, remembers), PATCH(connect, never_refused));

/* ---- FD_WRITE */

static int WINAPI room_before(CONNECT_PARAMETERS)
{
    if (s == last.s && last.events & FD_CONNECT && last.events & FD_WRITE)
        USER32(PostMessageW)(last.window, last.message, s, FD_WRITE);
    return CONNECT;
}
MUTANT(async_select_tells_room_before_connection, "FD_WRITE comes before FD_CONNECT",
       PATCH(WSAAsyncSelect, remembers), PATCH(connect, room_before));

static SOCKET WINAPI accept_without_room(SOCKET s, struct sockaddr *name, int *length)
{
    if (s == last.s && last.events & FD_WRITE)
        leave(s, 0);
    return real(accept)(s, name, length);
}

static SOCKET WINAPI wsaaccept_without_room(SOCKET s, struct sockaddr *name, LPINT length,
                                            LPCONDITIONPROC condition, DWORD_PTR data)
{
    if (s == last.s && last.events & FD_WRITE)
        leave(s, 0);
    return real(WSAAccept)(s, name, length, condition, data);
}
MUTANT(accepted_socket_tells_no_room, "No FD_WRITE comes for a socket that was accepted",
       PATCH(WSAAsyncSelect, remembers), PATCH(accept, accept_without_room),
       PATCH(WSAAccept, wsaaccept_without_room));

#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
#define SEND real(send)(s, bytes, size, flags)

static int WINAPI each_send_tells_room(SEND_PARAMETERS)
{
    int sent = SEND;
    if (sent >= 0 && s == last.s && last.events == FD_WRITE)
        USER32(PostMessageW)(last.window, last.message, s, FD_WRITE);
    return sent;
}
MUTANT(send_leads_to_fd_write, "send that succeeds leads to another FD_WRITE",
       PATCH(WSAAsyncSelect, remembers), PATCH(send, each_send_tells_room));

/* A send after which no FD_WRITE comes, when it would have blocked. */
#define LOSES_ROOM(name, call, ...)                                                    \
    static int WINAPI name(__VA_ARGS__)                                                \
    {                                                                                  \
        int result = call;                                                             \
        if (result == SOCKET_ERROR && GetLastError() == WSAEWOULDBLOCK && s == last.s) \
            leave(s, 0);                                                               \
        return result;                                                                 \
    }

LOSES_ROOM(send_loses_room, SEND, SEND_PARAMETERS)
MUTANT(send_does_not_enable_fd_write, "No FD_WRITE comes after a send that would have blocked",
       PATCH(WSAAsyncSelect, remembers), PATCH(send, send_loses_room));

LOSES_ROOM(sendto_loses_room, real(sendto)(s, bytes, size, flags, to, length), SEND_PARAMETERS,
           const struct sockaddr *to, int length)
MUTANT(sendto_does_not_enable_fd_write, "No FD_WRITE comes after a sendto that would have blocked",
       PATCH(WSAAsyncSelect, remembers), PATCH(sendto, sendto_loses_room));

LOSES_ROOM(wsasend_loses_room, real(WSASend)(s, buffers, count, sent, flags, overlapped, routine),
           SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
           LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
MUTANT(wsasend_does_not_enable_fd_write,
       "No FD_WRITE comes after a WSASend that would have blocked",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSASend, wsasend_loses_room));

LOSES_ROOM(wsasendto_loses_room,
           real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine),
           SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
           const struct sockaddr *to, int length, LPWSAOVERLAPPED overlapped,
           LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
MUTANT(wsasendto_does_not_enable_fd_write,
       "No FD_WRITE comes after a WSASendTo that would have blocked",
       PATCH(WSAAsyncSelect, remembers), PATCH(WSASendTo, wsasendto_loses_room));

/* ---- bind */

static SOCKET unbound = INVALID_SOCKET;

static int WINAPI notes_unbound(PARAMETERS)
{
    if (events & FD_WRITE && is_datagram(s) && !is_bound(s))
        unbound = s;
    return SELECT;
}

static int WINAPI waits_for_write(SOCKET s, const char *bytes, int size, int flags,
                                  const struct sockaddr *to, int length)
{
    if (s != unbound)
        return real(sendto)(s, bytes, size, flags, to, length);
    unbound = INVALID_SOCKET;
    return socket_fails(WSAEWOULDBLOCK);
}
MUTANT(async_sends_wait_for_fd_write,
       "A datagram socket with WSAAsyncSelect cannot send at once when it is bound",
       PATCH(WSAAsyncSelect, notes_unbound), PATCH(sendto, waits_for_write));
