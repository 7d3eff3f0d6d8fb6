/* Wrong behaviours, for the tests of echo.c: two processes over TCP: one ends its half of the
 * connection, the other answers. */
#include "stream-mutants.h"

static int WINAPI swaps_halves(SOCKET s, const char *bytes, int size, int flags)
{
    if (size < 9 || size > 64 || !is_stream(s))
        return real(send)(s, bytes, size, flags);
    int half = size / 2;
    char swapped[64];
    memcpy(swapped, bytes + half, (size_t)(size - half));
    memcpy(swapped + size - half, bytes, (size_t)half);
    return real(send)(s, swapped, size, flags);
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
    int sent = real(send)(s, bytes, size, flags);
    if (held_size)
        real(send)(s, held, held_size, flags);
    held_size = 0;
    return sent;
}
MUTANT(send_overtakes_earlier_send, "a short send is overtaken by the next one",
       PATCH(send, swaps_sends));

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
    int got = real(recv)(s, buffer, size, flags);
    return had_data(s, got) && got == 0 ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recv_end_after_data_is_an_error, "recv fails at the graceful end of a stream that held data",
       PATCH(recv, end_after_data_fails));

static int WINAPI end_without_data_fails(SOCKET s, char *buffer, int size, int flags)
{
    int got = real(recv)(s, buffer, size, flags);
    return !had_data(s, got) && got == 0 ? socket_fails(WSAEDISCON) : got;
}
MUTANT(recv_end_without_data_is_an_error, "recv fails at the graceful end of a stream without data",
       PATCH(recv, end_without_data_fails));

static SOCKET sender = INVALID_SOCKET;

static int WINAPI notes_sender(SOCKET s, const char *bytes, int size, int flags)
{
    sender = s;
    return real(send)(s, bytes, size, flags);
}

static int WINAPI no_fin(SOCKET s, int how)
{
    return how == SD_SEND && s == sender ? 0 : real(shutdown)(s, how);
}
MUTANT(shutdown_send_sends_no_end, "shutdown of sending, after data, does not end the stream",
       PATCH(shutdown, no_fin), PATCH(send, notes_sender));

static int WINAPI send_is_both(SOCKET s, int how)
{
    return real(shutdown)(s, how == SD_SEND ? SD_BOTH : how);
}
MUTANT(shutdown_send_ends_receiving, "shutdown of sending ends receiving too",
       PATCH(shutdown, send_is_both));

static int WINAPI receive_is_both(SOCKET s, int how)
{
    return real(shutdown)(s, how == SD_RECEIVE ? SD_BOTH : how);
}
MUTANT(shutdown_receive_ends_sending, "shutdown of receiving ends sending too",
       PATCH(shutdown, receive_is_both));

static LPWSAOVERLAPPED receiving;

static int WINAPI notes_receive(SOCKET s, LPWSABUF buffers, DWORD buffer_count, LPDWORD got,
                                LPDWORD flags, LPWSAOVERLAPPED overlapped,
                                LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    receiving = overlapped;
    return real(WSARecv)(s, buffers, buffer_count, got, flags, overlapped, routine);
}

static BOOL WINAPI counts_buffer(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                 LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && *count && overlapped == receiving)
        *count = 16;
    return done;
}
MUTANT(overlapped_result_counts_buffer,
       "WSAGetOverlappedResult counts the size of the buffer and not what came",
       PATCH(WSARecv, notes_receive), PATCH(WSAGetOverlappedResult, counts_buffer));
