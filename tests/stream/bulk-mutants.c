/* Wrong behaviours: many buffers, empty ones, flags of receives, and much data. */
#include "../winsock/winsock-mutants.h"

#define SEND_PARAMETERS                                                         \
    SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD count, DWORD flags, \
        LPWSAOVERLAPPED op, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSASEND real(WSASend)(s, buffers, buffer_count, count, flags, op, routine)
#define RECV_PARAMETERS                                                           \
    SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD count, LPDWORD flags, \
        LPWSAOVERLAPPED op, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define WSARECV real(WSARecv)(s, buffers, buffer_count, count, flags, op, routine)

static int WINAPI loses_a_byte(SOCKET s, const char *bytes, int size, int flags)
{
    static LONG megabytes;
    if (size < 1 << 20 || InterlockedIncrement(&megabytes) != 100)
        return real(send)(s, bytes, size, flags);
    return real(send)(s, bytes, size - 1, flags) == size - 1 ? size : SOCKET_ERROR;
}
MUTANT(send_loses_a_byte_after_a_megabyte, "A byte is lost in a large transfer",
       PATCH(send, loses_a_byte));

/* ---- Buffers of no bytes */

static DWORD first_empty(LPWSABUF buffers, DWORD buffer_count)
{
    DWORD i = 0;
    while (i < buffer_count && buffers[i].len)
        i++;
    return i;
}

static int WINAPI send_stops(SEND_PARAMETERS)
{
    DWORD empty = first_empty(buffers, buffer_count);
    if (empty && empty + 1 < buffer_count && buffers[empty].buf)
        buffer_count = empty;
    return WSASEND;
}
MUTANT(wsasend_stops_at_an_empty_buffer, "WSASend sends what is before an empty buffer",
       PATCH(WSASend, send_stops));

static int WINAPI empty_first_is_done(SEND_PARAMETERS)
{
    if (buffer_count > 1 && !buffers[0].len)
        buffer_count = 1;
    return WSASEND;
}
MUTANT(wsasend_of_an_empty_first_buffer_is_done, "WSASend with an empty first buffer sends nothing",
       PATCH(WSASend, empty_first_is_done));

static int WINAPI empty_last_counts(SEND_PARAMETERS)
{
    int result = WSASEND;
    if (result == 0 && count && buffer_count > 1 && !buffers[buffer_count - 1].len)
        ++*count;
    return result;
}
MUTANT(wsasend_counts_an_empty_last_buffer, "WSASend counts an empty last buffer as a byte",
       PATCH(WSASend, empty_last_counts));

static int WINAPI refuses_null(SEND_PARAMETERS)
{
    for (DWORD i = 0; i < buffer_count; i++)
        if (buffer_count > 1 && !buffers[i].len && !buffers[i].buf)
            return socket_fails(WSAEFAULT);
    return WSASEND;
}
MUTANT(wsasend_refuses_null_of_no_bytes, "WSASend fails for an empty buffer at NULL",
       PATCH(WSASend, refuses_null));

static int WINAPI sends_16(SEND_PARAMETERS)
{
    if (buffer_count > 16)
        buffer_count = 16;
    return WSASEND;
}
MUTANT(wsasend_takes_16_buffers, "WSASend sends sixteen buffers of more", PATCH(WSASend, sends_16));

static int WINAPI fills_16(RECV_PARAMETERS)
{
    if (buffer_count > 16)
        buffer_count = 16;
    return WSARECV;
}
MUTANT(wsarecv_fills_16_buffers, "WSARecv fills sixteen buffers of more", PATCH(WSARecv, fills_16));

static int WINAPI receive_stops(RECV_PARAMETERS)
{
    DWORD empty = first_empty(buffers, buffer_count);
    if (empty && empty + 1 < buffer_count)
        buffer_count = empty;
    return WSARECV;
}
MUTANT(wsarecv_stops_at_an_empty_buffer, "WSARecv fills the buffers before an empty one",
       PATCH(WSARecv, receive_stops));

/* ---- Flags of receives */

static int WINAPI peek_takes(RECV_PARAMETERS)
{
    if (buffer_count > 1 && flags && *flags == MSG_PEEK)
        *flags = 0;
    return WSARECV;
}
MUTANT(wsarecv_peek_takes_what_several_buffers_hold,
       "WSARecv with MSG_PEEK and several buffers takes the bytes", PATCH(WSARecv, peek_takes));

static int WINAPI overlapped_ignores_waitall(RECV_PARAMETERS)
{
    if (op && flags && *flags == MSG_WAITALL)
        *flags = 0;
    return WSARECV;
}
MUTANT(wsarecv_overlapped_ignores_waitall, "An overlapped WSARecv ignores MSG_WAITALL",
       PATCH(WSARecv, overlapped_ignores_waitall));

/* The first two receives that are pending. */
static struct {
    WSAOVERLAPPED *op;
    WSABUF buffer;
} pending[2];

static int WINAPI pending_noted(RECV_PARAMETERS)
{
    int result = WSARECV;
    int next = !pending[0].op ? 0 : 1;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && op && !pending[next].op) {
        pending[next].op = op;
        pending[next].buffer = buffers[0];
    }
    return result;
}

static BOOL WINAPI exchanged(SOCKET s, LPWSAOVERLAPPED op, LPDWORD count, BOOL wait, LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, op, count, wait, flags);
    WSABUF one = pending[0].buffer, other = pending[1].buffer;
    if (!done || op != pending[0].op || !pending[1].op || one.len != other.len)
        return done;
    for (ULONG i = 0; i < one.len; i++) {
        char byte = one.buf[i];
        one.buf[i] = other.buf[i];
        other.buf[i] = byte;
    }
    return done;
}
MUTANT(wsarecv_serves_the_last_first, "Of two pending WSARecv the second gets the first bytes",
       PATCH(WSARecv, pending_noted), PATCH(WSAGetOverlappedResult, exchanged));

static int WINAPI peek_of_end_blocks(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return got == 0 && size && flags == MSG_PEEK ? socket_fails(WSAEWOULDBLOCK) : got;
}
MUTANT(recv_peek_at_the_end_would_block, "recv with MSG_PEEK does not see the end of the stream",
       PATCH(recv, peek_of_end_blocks));

static int WINAPI waitall_without_blocking(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return flags == MSG_WAITALL && got == SOCKET_ERROR && GetLastError() == WSAEOPNOTSUPP
               ? real(recv)(s, bytes, size, 0)
               : got;
}
MUTANT(recv_waitall_goes_without_blocking, "recv takes MSG_WAITALL on nonblocking sockets",
       PATCH(recv, waitall_without_blocking));

static int WINAPI waitall_with_peek(SOCKET s, char *bytes, int size, int flags)
{
    int got = real(recv)(s, bytes, size, flags);
    return flags == (MSG_WAITALL | MSG_PEEK) && got == SOCKET_ERROR &&
                   GetLastError() == WSAEOPNOTSUPP
               ? real(recv)(s, bytes, size, 0)
               : got;
}
MUTANT(recv_waitall_goes_with_peek, "recv takes MSG_WAITALL with MSG_PEEK",
       PATCH(recv, waitall_with_peek));
