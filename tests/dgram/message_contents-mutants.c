/* Wrong behaviours, for the tests of message_contents.c: what WSARecvMsg delivers. */
#include "message-mutants.h"

#include <string.h>

static INT WSAAPI one_buffer(RECEIVE_PARAMETERS)
{
    if (message && message->dwBufferCount > 1)
        message->dwBufferCount = 1;
    return RECEIVE;
}

RECEIVES(receive_1, one_buffer)

MUTANT(wsarecvmsg_fills_one_buffer, "WSARecvMsg fills the first buffer only",
       PATCH(WSAIoctl, receive_1));

static INT WSAAPI second_stays_empty(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == SOCKET_ERROR && GetLastError() == WSAEMSGSIZE && message->dwBufferCount > 1)
        memset(message->lpBuffers[1].buf, 0, message->lpBuffers[1].len);
    return result;
}

RECEIVES(receive_2, second_stays_empty)

MUTANT(wsarecvmsg_cuts_at_the_first_buffer,
       "WSARecvMsg of too long a message fills the first buffer only", PATCH(WSAIoctl, receive_2));

static INT WSAAPI keeps_excess(RECEIVE_PARAMETERS)
{
    if (message && message->dwBufferCount > 1 && !overlapped && !message->dwFlags) {
        char bytes[512];
        ULONG room = message->lpBuffers[0].len + message->lpBuffers[1].len;
        if (real(recv)(s, bytes, sizeof(bytes), MSG_PEEK) > (int)room)
            message->dwFlags = MSG_PEEK;
    }
    return RECEIVE;
}

RECEIVES(receive_3, keeps_excess)

MUTANT(wsarecvmsg_keeps_what_does_not_fit, "WSARecvMsg leaves a message that does not fit",
       PATCH(WSAIoctl, receive_3));

static INT WSAAPI skips_empty(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    return result == 0 && !overlapped && count && !*count ? RECEIVE : result;
}

RECEIVES(receive_4, skips_empty)

MUTANT(wsarecvmsg_skips_empty_messages, "WSARecvMsg passes over a message without bytes",
       PATCH(WSAIoctl, receive_4));

static INT WSAAPI counts_padding(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 && !overlapped ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header)
        header->cmsg_len -= sizeof(*header);
    return result;
}

RECEIVES(receive_5, counts_padding)

MUTANT(control_message_length_without_header, "cmsg_len does not count the header",
       PATCH(WSAIoctl, receive_5));

static INT WSAAPI tells_loopback(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    WSACMSGHDR *header = result == 0 && !overlapped ? WSA_CMSG_FIRSTHDR(message) : NULL;
    if (header && header->cmsg_type == IP_PKTINFO)
        ((IN_PKTINFO *)WSA_CMSG_DATA(header))->ipi_addr.s_addr = htonl(INADDR_LOOPBACK);
    return result;
}

RECEIVES(receive_6, tells_loopback)

MUTANT(packet_info_tells_the_interface_address,
       "IP_PKTINFO tells the interface's first address, not the one sent to",
       PATCH(WSAIoctl, receive_6));

static int WINAPI stays_on(SET_PARAMETERS)
{
    if (level == IPPROTO_IP && option == IP_PKTINFO && size >= 4 && !*(const DWORD *)value)
        return 0;
    return SET;
}

MUTANT(packet_info_stays_on, "IP_PKTINFO cannot be switched off", PATCH(setsockopt, stays_on));

static INT WSAAPI no_group(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == 0)
        message->dwFlags &= ~(ULONG)MSG_MCAST;
    return result;
}

RECEIVES(receive_7, no_group)

MUTANT(wsarecvmsg_tells_no_group, "WSARecvMsg does not set MSG_MCAST", PATCH(WSAIoctl, receive_7));

static INT WSAAPI stores_count(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == SOCKET_ERROR && overlapped && count && GetLastError() == WSA_IO_PENDING)
        *count = 0;
    return result;
}

RECEIVES(receive_8, stores_count)

MUTANT(wsarecvmsg_pending_stores_a_count, "WSARecvMsg that pends stores a count of 0",
       PATCH(WSAIoctl, receive_8));

static INT WSAAPI clears_control(RECEIVE_PARAMETERS)
{
    int result = RECEIVE;
    if (result == SOCKET_ERROR && overlapped && GetLastError() == WSA_IO_PENDING)
        message->Control.len = 0;
    return result;
}

RECEIVES(receive_9, clears_control)

MUTANT(wsarecvmsg_pending_empties_control, "WSARecvMsg that pends makes Control.len 0 at once",
       PATCH(WSAIoctl, receive_9));

static WSAMSG *pending;
static struct sockaddr_in nowhere;

static INT WSAAPI forgets_source(RECEIVE_PARAMETERS)
{
    if (!overlapped || !message->name)
        return RECEIVE;
    pending = message;
    message->name = (LPSOCKADDR)&nowhere;
    return RECEIVE;
}

RECEIVES(receive_10, forgets_source)

MUTANT(wsarecvmsg_pending_tells_no_source, "WSARecvMsg that pended stores no source",
       PATCH(WSAIoctl, receive_10));

static INT WSAAPI notes_pending(RECEIVE_PARAMETERS)
{
    pending = overlapped ? message : NULL;
    return RECEIVE;
}

RECEIVES(receive_11, notes_pending)

static BOOL WINAPI cut_is_success(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                  LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    return done || (pending && GetLastError() == WSAEMSGSIZE);
}
MUTANT(wsarecvmsg_later_cuts_control_unseen,
       "a pending WSARecvMsg that cuts control messages ends with success",
       PATCH(WSAIoctl, receive_11), PATCH(WSAGetOverlappedResult, cut_is_success));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE routine_of_message;

static void CALLBACK tells_reset(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    if (error == WSA_OPERATION_ABORTED)
        error = WSAECONNABORTED;
    routine_of_message(error, count, overlapped, flags);
}

static INT WSAAPI renames_abort(RECEIVE_PARAMETERS)
{
    if (routine) {
        routine_of_message = routine;
        routine = tells_reset;
    }
    return RECEIVE;
}

RECEIVES(receive_12, renames_abort)

MUTANT(wsarecvmsg_closed_is_connection_aborted,
       "closesocket ends a pending WSARecvMsg with WSAECONNABORTED", PATCH(WSAIoctl, receive_12));

struct call {
    SOCKET s;
    LPWSAMSG message;
    LPDWORD count;
    int result;
    DWORD error;
};

static DWORD WINAPI receive_elsewhere(void *argument)
{
    struct call *call = argument;
    call->result = real_receive_msg(call->s, call->message, call->count, NULL, NULL);
    call->error = GetLastError();
    return 0;
}

static INT WSAAPI not_alertable(RECEIVE_PARAMETERS)
{
    if (overlapped || bytes_waiting(s))
        return RECEIVE;
    struct call call = {s, message, count, 0, 0};
    HANDLE thread = CreateThread(NULL, 0, receive_elsewhere, &call, 0, NULL);
    real(WaitForSingleObject)(thread, INFINITE);
    SetLastError(call.error);
    return call.result;
}

RECEIVES(receive_13, not_alertable)

MUTANT(wsarecvmsg_waits_without_alerts, "WSARecvMsg does not let APCs run while it waits",
       PATCH(WSAIoctl, receive_13));
