/* Other orders, for the tests of order.c. */
#include "../winsock/winsock-mutants.h"

/* One of two bytes that are alone in their datagrams takes the place of the other. */
static void exchange_bytes(const WSABUF *buffers, DWORD count)
{
    if (buffers && count == 1 && buffers->len == 1 &&
        (*buffers->buf == '2' || *buffers->buf == '3'))
        *buffers->buf ^= '2' ^ '3';
}

static int WINAPI sends_in_disorder(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent,
                                    DWORD flags, const struct sockaddr *to, int length,
                                    LPWSAOVERLAPPED overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    static char held[2];
    WSABUF one = {.len = 1, .buf = held};
    if (overlapped && buffers && count == 1 && buffers->len == 1) {
        held[0] = *buffers->buf;
        exchange_bytes(&one, 1);
        buffers = &one;
    }
    return real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine);
}
MUTANT(wsasendto_has_no_order, "Overlapped WSASendTo sends the third datagram before the second",
       PATCH(WSASendTo, sends_in_disorder));

static LPFN_WSASENDMSG original_send;

static int PASCAL messages_in_disorder(SOCKET s, LPWSAMSG message, DWORD flags, LPDWORD sent,
                                       LPWSAOVERLAPPED overlapped,
                                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    static char held[2];
    WSABUF one = {.len = 1, .buf = held};
    WSAMSG other = *message;
    if (overlapped && message->dwBufferCount == 1 && message->lpBuffers->len == 1) {
        held[0] = *message->lpBuffers->buf;
        exchange_bytes(&one, 1);
        other.lpBuffers = &one;
    }
    return original_send(s, &other, flags, sent, overlapped, routine);
}
EXCHANGES(exchanges_send, WSAID_WSASENDMSG, messages_in_disorder, original_send)
MUTANT(wsasendmsg_has_no_order, "Overlapped WSASendMsg sends the third message before the second",
       PATCH(WSAIoctl, exchanges_send));

static LPFN_WSARECVMSG original_receive;

static int PASCAL receives_in_disorder(SOCKET s, LPWSAMSG message, LPDWORD got,
                                       LPWSAOVERLAPPED overlapped,
                                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    static char *before;
    if (overlapped && message->dwBufferCount == 1 && message->lpBuffers->len == 1) {
        char *own = message->lpBuffers->buf;
        if (before)
            message->lpBuffers->buf = before;
        before = own;
    }
    return original_receive(s, message, got, overlapped, routine);
}
EXCHANGES(exchanges_receive, WSAID_WSARECVMSG, receives_in_disorder, original_receive)
MUTANT(wsarecvmsg_has_no_order, "Overlapped WSARecvMsg receives into buffers of other requests",
       PATCH(WSAIoctl, exchanges_receive));
