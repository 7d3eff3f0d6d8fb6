/* Wrong behaviours, for the tests of message_completion.c: WSASendMsg and WSARecvMsg. */
#include "message-mutants.h"

static LPWSAOVERLAPPED_COMPLETION_ROUTINE wrapped;

static void CALLBACK tells_no_count(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                    DWORD flags)
{
    wrapped(error, error ? count : 0, overlapped, flags);
}

static void CALLBACK sets_event(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    wrapped(error, count, overlapped, flags);
}

#define WRAPS_SEND(name, wrapper)           \
    static INT WSAAPI name(SEND_PARAMETERS) \
    {                                       \
        if (routine) {                      \
            wrapped = routine;              \
            routine = (wrapper);            \
        }                                   \
        return SEND;                        \
    }
#define WRAPS_RECEIVE(name, wrapper)           \
    static INT WSAAPI name(RECEIVE_PARAMETERS) \
    {                                          \
        if (routine) {                         \
            wrapped = routine;                 \
            routine = (wrapper);               \
        }                                      \
        return RECEIVE;                        \
    }

static INT WSAAPI sends_silently(SEND_PARAMETERS)
{
    int result = SEND;
    DWORD error = GetLastError();
    if (overlapped && !routine && overlapped->hEvent)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
SENDS(silent, sends_silently)
MUTANT(wsasendmsg_sets_no_event, "WSASendMsg that is done at once does not set its event",
       PATCH(WSAIoctl, silent));

WRAPS_SEND(sends_uncounted, tells_no_count)
SENDS(uncounted, sends_uncounted)
MUTANT(wsasendmsg_routine_is_told_no_count, "The routine of WSASendMsg is told 0 bytes",
       PATCH(WSAIoctl, uncounted));

WRAPS_SEND(sends_with_event, sets_event)
SENDS(with_event, sends_with_event)
MUTANT(wsasendmsg_routine_sets_event, "WSASendMsg with a routine sets hEvent as well",
       PATCH(WSAIoctl, with_event));

static INT WSAAPI counts_nothing(SEND_PARAMETERS)
{
    int result = SEND;
    if (result == 0 && overlapped && count)
        *count = 0;
    return result;
}
SENDS(nothing_counted, counts_nothing)
MUTANT(wsasendmsg_overlapped_counts_nothing,
       "WSASendMsg with an OVERLAPPED that is done at once stores 0",
       PATCH(WSAIoctl, nothing_counted));

static INT WSAAPI sends_to_peer(SEND_PARAMETERS)
{
    if (message && message->name && has_peer(s)) {
        WSAMSG nameless = *message;
        nameless.name = NULL;
        nameless.namelen = 0;
        return real_send_msg(s, &nameless, flags, count, overlapped, routine);
    }
    return SEND;
}
SENDS(peer_alone, sends_to_peer)
MUTANT(wsasendmsg_sends_to_the_peer_alone,
       "WSASendMsg on a connected socket sends to the peer, whatever the name",
       PATCH(WSAIoctl, peer_alone));

/* Nobody else has a port of 127.0.0.2. */
static INT WSAAPI asks_first(SEND_PARAMETERS)
{
    const struct sockaddr_in *to = message ? (const struct sockaddr_in *)message->name : NULL;
    if (to && (UINT_PTR)to > 0x10000 && to->sin_addr.s_addr == htonl(INADDR_LOOPBACK + 1))
        return socket_fails(WSAECONNREFUSED);
    return SEND;
}
SENDS(asked, asks_first)
MUTANT(wsasendmsg_to_nobody_is_refused,
       "WSASendMsg to a port that nobody listens on fails with WSAECONNREFUSED",
       PATCH(WSAIoctl, asked));

static INT WSAAPI always_routes(SEND_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : SEND;
}
SENDS(routed, always_routes)
MUTANT(wsasendmsg_cannot_leave_out_routing,
       "WSASendMsg with MSG_DONTROUTE fails with WSAEOPNOTSUPP", PATCH(WSAIoctl, routed));

static INT WSAAPI no_control(SEND_PARAMETERS)
{
    return message && message->Control.buf && message->Control.len ? socket_fails(WSAEINVAL) : SEND;
}
SENDS(uncontrolled, no_control)
MUTANT(wsasendmsg_takes_no_control_message, "WSASendMsg with a control message fails",
       PATCH(WSAIoctl, uncontrolled));

WRAPS_RECEIVE(receives_uncounted, tells_no_count)
RECEIVES(received_uncounted, receives_uncounted)
MUTANT(wsarecvmsg_routine_is_told_no_count, "The routine of WSARecvMsg is told 0 bytes",
       PATCH(WSAIoctl, received_uncounted));

WRAPS_RECEIVE(receives_with_event, sets_event)
RECEIVES(received_with_event, receives_with_event)
MUTANT(wsarecvmsg_routine_sets_event, "WSARecvMsg with a routine sets hEvent as well",
       PATCH(WSAIoctl, received_with_event));

static bool has_routine;

static INT WSAAPI notes_routine(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (routine && result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING)
        has_routine = true;
    return result;
}
RECEIVES(noted, notes_routine)

static int WINAPI any_sendto(SOCKET s, const char *bytes, int size, int flags,
                             const struct sockaddr *to, int length)
{
    int sent = real(sendto)(s, bytes, size, flags, to, length);
    DWORD error = GetLastError();
    if (has_routine)
        real(SleepEx)(50, TRUE);
    SetLastError(error);
    return sent;
}
MUTANT(wsarecvmsg_routine_runs_in_any_wait,
       "The routine of WSARecvMsg runs in waits that are not alertable", PATCH(WSAIoctl, noted),
       PATCH(sendto, any_sendto));

static INT WSAAPI receives_silently(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0 && overlapped && !routine && overlapped->hEvent)
        real(ResetEvent)(overlapped->hEvent);
    return result;
}
RECEIVES(received_silently, receives_silently)
MUTANT(wsarecvmsg_sets_no_event_at_once, "WSARecvMsg that is done at once does not set its event",
       PATCH(WSAIoctl, received_silently));

/* Several buffers are filled where the array says that they are when the message has come. */
static LPWSABUF array_then;

static INT WSAAPI keeps_array(RECEIVE_PARAMETERS)
{
    static char bytes[64];
    static WSABUF all = {.len = sizeof(bytes), .buf = bytes};
    if (!overlapped || !message || message->dwBufferCount < 2)
        return RECEIVE;
    array_then = message->lpBuffers;
    message->lpBuffers = &all;
    message->dwBufferCount = 1;
    return RECEIVE;
}
RECEIVES(kept, keeps_array)

static int WINAPI fills_array(SOCKET s, const char *bytes, int size, int flags,
                              const struct sockaddr *to, int length)
{
    int sent = real(sendto)(s, bytes, size, flags, to, length);
    DWORD error = GetLastError();
    if (array_then && array_then->buf)
        memcpy(array_then->buf, bytes, array_then->len);
    SetLastError(error);
    return sent;
}
MUTANT(wsarecvmsg_reads_the_array_later,
       "WSARecvMsg that pends reads its array of several WSABUFs when the message comes",
       PATCH(WSAIoctl, kept), PATCH(sendto, fills_array));

static int in_routine;

static void CALLBACK is_in_routine(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped,
                                   DWORD flags)
{
    in_routine++;
    wrapped(error, count, overlapped, flags);
    in_routine--;
}
WRAPS_RECEIVE(receives_noting, is_in_routine)

static INT WSAAPI sends_outside(SEND_PARAMETERS)
{
    return in_routine ? socket_fails(WSAEINPROGRESS) : SEND;
}

static int WINAPI both(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    exchange(result, code, in, out, (GUID)WSAID_WSASENDMSG, (void *)sends_outside, &real_send_msg);
    return exchange(result, code, in, out, (GUID)WSAID_WSARECVMSG, (void *)receives_noting,
                    &real_receive_msg);
}
MUTANT(wsasendmsg_in_routine_is_in_progress,
       "WSASendMsg in a completion routine fails with WSAEINPROGRESS", PATCH(WSAIoctl, both));

struct call {
    SOCKET s;
    LPWSAMSG message;
    LPWSAOVERLAPPED overlapped;
    int result;
    DWORD error;
    HANDLE done;
};

static DWORD WINAPI begin_and_stay(void *argument)
{
    struct call *call = argument;
    call->result = real_receive_msg(call->s, call->message, NULL, call->overlapped, NULL);
    call->error = GetLastError();
    real(SetEvent)(call->done);
    while (real(WaitForSingleObject)(GetCurrentThread(), 1000) == WAIT_TIMEOUT)
        ;
    return 0;
}

static INT WSAAPI receives_elsewhere(RECEIVE_PARAMETERS)
{
    static struct call call;
    if (!overlapped || !overlapped->hEvent || routine || count)
        return RECEIVE;
    call = (struct call){s, message, overlapped, 0, 0, NULL};
    call.done = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, begin_and_stay, &call, 0, NULL);
    real(WaitForSingleObject)(call.done, 10000);
    real(CloseHandle)(thread);
    SetLastError(call.error);
    return call.result;
}
RECEIVES(received_elsewhere, receives_elsewhere)
MUTANT(wsarecvmsg_outlives_its_thread,
       "A pending WSARecvMsg does not end with the thread that began it",
       PATCH(WSAIoctl, received_elsewhere));

static INT WSAAPI not_in_routine(RECEIVE_PARAMETERS)
{
    if (in_routine)
        return socket_fails(WSAEWOULDBLOCK);
    return receives_noting(s, message, count, overlapped, routine);
}
RECEIVES(not_within, not_in_routine)
MUTANT(wsarecvmsg_in_routine_would_block,
       "WSARecvMsg in a completion routine fails with WSAEWOULDBLOCK", PATCH(WSAIoctl, not_within));

static INT WSAAPI tells_flags(SEND_PARAMETERS)
{
    int result = SEND;
    if (result == 0 && message)
        message->dwFlags |= MSG_PARTIAL;
    return result;
}
SENDS(flagged, tells_flags)
MUTANT(wsasendmsg_stores_flags, "WSASendMsg stores flags in the message", PATCH(WSAIoctl, flagged));
