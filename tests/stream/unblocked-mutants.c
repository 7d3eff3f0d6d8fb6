/* Wrong behaviours, for the tests of unblocked.c: operations that heed the mode of their socket. */
#include "stream-mutants.h"

NOTES_NONBLOCKING(notes_mode, nonblocking)
NOTES_FULL(notes_full, full)

#define NOTES_MODE PATCH(ioctlsocket, notes_mode)

static LPFN_ACCEPTEX real_accept_ex;

static BOOL PASCAL accepts_nothing(SOCKET listener, SOCKET s, PVOID output, DWORD data, DWORD local,
                                   DWORD remote, LPDWORD got, LPOVERLAPPED overlapped)
{
    if (s == nonblocking) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return real_accept_ex(listener, s, output, data, local, remote, got, overlapped);
}
EXCHANGES(gives_accept, WSAID_ACCEPTEX, accepts_nothing, real_accept_ex)
MUTANT(accept_ex_heeds_the_mode, "AcceptEx fails with WSAEWOULDBLOCK on nonblocking sockets",
       NOTES_MODE, PATCH(WSAIoctl, gives_accept));

static LPFN_CONNECTEX real_connect_ex;

static BOOL PASCAL connects_not_at_once(SOCKET s, const struct sockaddr *name, int length,
                                        PVOID data, DWORD size, LPDWORD sent,
                                        LPOVERLAPPED overlapped)
{
    if (s == nonblocking) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return real_connect_ex(s, name, length, data, size, sent, overlapped);
}
EXCHANGES(gives_connect, WSAID_CONNECTEX, connects_not_at_once, real_connect_ex)
MUTANT(connect_ex_heeds_the_mode, "ConnectEx fails with WSAEWOULDBLOCK on a nonblocking socket",
       NOTES_MODE, PATCH(WSAIoctl, gives_connect));

static LPFN_TRANSMITFILE real_transmit;

static BOOL PASCAL transmits_not_at_once(SOCKET s, HANDLE file, DWORD count, DWORD block,
                                         LPOVERLAPPED overlapped, LPTRANSMIT_FILE_BUFFERS around,
                                         DWORD flags)
{
    if (s == nonblocking && s == full) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return real_transmit(s, file, count, block, overlapped, around, flags);
}
EXCHANGES(gives_transmit, WSAID_TRANSMITFILE, transmits_not_at_once, real_transmit)
MUTANT(transmit_file_heeds_the_mode,
       "TransmitFile fails with WSAEWOULDBLOCK on a nonblocking socket without room", NOTES_MODE,
       PATCH(send, notes_full), PATCH(WSAIoctl, gives_transmit));

static BOOL WINAPI reads_not_at_once(HANDLE file, LPVOID buffer, DWORD size, LPDWORD got,
                                     LPOVERLAPPED overlapped)
{
    if ((SOCKET)file == nonblocking && !bytes_waiting(nonblocking)) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return real(ReadFile)(file, buffer, size, got, overlapped);
}
MUTANT(read_file_heeds_the_mode,
       "ReadFile fails with WSAEWOULDBLOCK on a nonblocking socket without data", NOTES_MODE,
       PATCH(ReadFile, reads_not_at_once));

/* The mode that the socket has now: fill makes a socket blocking again. */
static SOCKET now_nonblocking = INVALID_SOCKET;

static int WINAPI notes_mode_now(SOCKET s, long command, u_long *value)
{
    if (command == (long)FIONBIO)
        now_nonblocking = *value ? s : INVALID_SOCKET;
    return real(ioctlsocket)(s, command, value);
}

static BOOL WINAPI writes_not_at_once(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD written,
                                      LPOVERLAPPED overlapped)
{
    if ((SOCKET)file == full && full == now_nonblocking) {
        SetLastError(WSAEWOULDBLOCK);
        return FALSE;
    }
    return real(WriteFile)(file, bytes, size, written, overlapped);
}
MUTANT(write_file_heeds_the_mode,
       "WriteFile fails with WSAEWOULDBLOCK on a nonblocking socket without room",
       PATCH(ioctlsocket, notes_mode_now), PATCH(send, notes_full),
       PATCH(WriteFile, writes_not_at_once));

static BOOL WINAPI writes_nothing(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD written,
                                  LPOVERLAPPED overlapped)
{
    static WSABUF nothing;
    static DWORD flags;
    if ((SOCKET)file != full || full == now_nonblocking)
        return real(WriteFile)(file, bytes, size, written, overlapped);
    nothing = (WSABUF){.len = 1, .buf = (char *)bytes};
    return real(WSARecv)(full, &nothing, 1, NULL, &flags, overlapped, NULL) == 0;
}
MUTANT(write_file_that_pends_receives,
       "A WriteFile to a connection that has no room goes on as a receive",
       PATCH(ioctlsocket, notes_mode_now), PATCH(send, notes_full),
       PATCH(WriteFile, writes_nothing));

static int WINAPI sends_a_part(WSASEND_PARAMETERS)
{
    WSABUF part = *buffers;
    if (!overlapped || s != now_nonblocking || count != 1 || part.len < 8 << 20)
        return WSASEND;
    part.len /= 2;
    return real(WSASend)(s, &part, 1, sent, flags, overlapped, routine);
}
MUTANT(wsasend_overlapped_sends_a_part,
       "An overlapped WSASend of much on a nonblocking socket sends a part and ends",
       PATCH(ioctlsocket, notes_mode_now), PATCH(WSASend, sends_a_part));
