/* Wrong behaviours, for the tests of message_errors.c: errors of WSASendMsg and WSARecvMsg. */
#include "message-mutants.h"

static INT WSAAPI permits(SEND_PARAMETERS)
{
    return failure_hidden(SEND, WSAEACCES, 0);
}

SENDS(send_1, permits)

MUTANT(wsasendmsg_needs_no_permission_to_broadcast,
       "WSASendMsg to the broadcast address succeeds without SO_BROADCAST",
       PATCH(WSAIoctl, send_1));

static INT WSAAPI cuts(SEND_PARAMETERS)
{
    return failure_hidden(SEND, WSAEMSGSIZE, 0);
}

SENDS(send_2, cuts)

MUTANT(wsasendmsg_of_too_much_succeeds, "WSASendMsg of more than UDP can carry succeeds",
       PATCH(WSAIoctl, send_2));

SEND_RENAMED(send_3, sends_after_shutdown, WSAESHUTDOWN, WSAENOTCONN)
MUTANT(wsasendmsg_after_shutdown_is_not_connected,
       "WSASendMsg after shutdown fails with WSAENOTCONN", PATCH(WSAIoctl, send_3));

static INT WSAAPI ignores_control(SEND_PARAMETERS)
{
    if (message && !message->Control.buf)
        message->Control.len = 0;
    return SEND;
}

SENDS(send_4, ignores_control)

MUTANT(wsasendmsg_skips_missing_control, "WSASendMsg ignores Control.len when there is no buffer",
       PATCH(WSAIoctl, send_4));

static INT WSAAPI minds_flags(SEND_PARAMETERS)
{
    return message && message->dwFlags & MSG_OOB ? socket_fails(WSAEOPNOTSUPP) : SEND;
}

SENDS(send_5, minds_flags)

MUTANT(wsasendmsg_minds_the_flags_of_the_message, "WSASendMsg minds dwFlags of the message",
       PATCH(WSAIoctl, send_5));

static INT WSAAPI nothing_is_invalid(RECEIVE_PARAMETERS)
{
    return message ? RECEIVE : socket_fails(WSAEINVAL);
}

RECEIVES(receive_1, nothing_is_invalid)

MUTANT(wsarecvmsg_into_nothing_is_invalid, "WSARecvMsg without a message fails with WSAEINVAL",
       PATCH(WSAIoctl, receive_1));

static INT WSAAPI needs_no_count(RECEIVE_PARAMETERS)
{
    DWORD nowhere;
    if (!count && !overlapped)
        count = &nowhere;
    return RECEIVE;
}

RECEIVES(receive_2, needs_no_count)

MUTANT(wsarecvmsg_needs_no_count, "WSARecvMsg needs no room for the count",
       PATCH(WSAIoctl, receive_2));

static INT WSAAPI cuts_name(RECEIVE_PARAMETERS)
{
    struct sockaddr_in whole = {0};
    if (!message || !message->name || message->namelen >= (INT)sizeof(whole))
        return RECEIVE;
    LPSOCKADDR name = message->name;
    message->name = (LPSOCKADDR)&whole;
    message->namelen = sizeof(whole);
    int result = RECEIVE;
    message->name = name;
    return result;
}

RECEIVES(receive_3, cuts_name)

MUTANT(wsarecvmsg_cuts_the_source, "WSARecvMsg cuts the source for which there is no room",
       PATCH(WSAIoctl, receive_3));

static INT WSAAPI skips_name(RECEIVE_PARAMETERS)
{
    if (message && !message->name)
        message->namelen = 0;
    return RECEIVE;
}

RECEIVES(receive_4, skips_name)

MUTANT(wsarecvmsg_skips_a_missing_name, "WSARecvMsg ignores namelen when there is no name",
       PATCH(WSAIoctl, receive_4));

static INT WSAAPI skips_control(RECEIVE_PARAMETERS)
{
    if (message && !message->Control.buf)
        message->Control.len = 0;
    return RECEIVE;
}

RECEIVES(receive_5, skips_control)

MUTANT(wsarecvmsg_skips_missing_control, "WSARecvMsg ignores Control.len when there is no buffer",
       PATCH(WSAIoctl, receive_5));

static INT WSAAPI wants_name(RECEIVE_PARAMETERS)
{
    return message && !message->name ? socket_fails(WSAEFAULT) : RECEIVE;
}

RECEIVES(receive_6, wants_name)

MUTANT(wsarecvmsg_wants_a_name, "WSARecvMsg fails without room for the source",
       PATCH(WSAIoctl, receive_6));

RECEIVE_RENAMED(receive_7, unbound_waits, WSAEINVAL, WSAEWOULDBLOCK)
MUTANT(wsarecvmsg_waits_unbound, "WSARecvMsg on an unbound socket would wait for a message",
       PATCH(WSAIoctl, receive_7));

RECEIVE_RENAMED(receive_8, nothing_pends, WSAEWOULDBLOCK, WSA_IO_PENDING)
MUTANT(wsarecvmsg_nonblocking_pends, "WSARecvMsg on a nonblocking socket says that it pends",
       PATCH(WSAIoctl, receive_8));

RECEIVE_RENAMED(receive_9, reset_is_refused, WSAECONNRESET, WSAECONNREFUSED)
MUTANT(wsarecvmsg_unreachable_is_refused,
       "WSARecvMsg says WSAECONNREFUSED when a port is unreachable", PATCH(WSAIoctl, receive_9));

static INT WSAAPI takes_streams(RECEIVE_PARAMETERS)
{
    if (!is_stream(s))
        return RECEIVE;
    *count = 5;
    return 0;
}

RECEIVES(receive_10, takes_streams)

MUTANT(wsarecvmsg_takes_streams, "WSARecvMsg succeeds on a stream socket",
       PATCH(WSAIoctl, receive_10));
