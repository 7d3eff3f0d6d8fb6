/* Wrong behaviours, for the tests of kept_port.c: completion ports of sockets that are connected.
 */
#include "winsock-mutants.h"

/* The socket that was connected, and what it reports to. */
static SOCKET connected = INVALID_SOCKET;
static struct {
    HANDLE file, port;
    ULONG_PTR key;
} associated[4];
static unsigned count_of_associated;

static HANDLE WINAPI notes_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    HANDLE result = real(CreateIoCompletionPort)(file, port, key, threads);
    if (result && file != INVALID_HANDLE_VALUE && count_of_associated < 4) {
        associated[count_of_associated].file = file;
        associated[count_of_associated].port = result;
        associated[count_of_associated++].key = key;
    }
    return result;
}

static bool was_associated(SOCKET s)
{
    for (unsigned i = 0; i < count_of_associated; i++)
        if (associated[i].file == (HANDLE)s)
            return true;
    return false;
}

/* ---- Connected */

static LPFN_ACCEPTEX real_accept_ex;
static LPFN_CONNECTEX real_connect_ex;

static BOOL WINAPI accepts(SOCKET listener, SOCKET s, PVOID room, DWORD data, DWORD local,
                           DWORD remote, LPDWORD got, LPOVERLAPPED overlapped)
{
    connected = was_associated(s) ? s : INVALID_SOCKET;
    return real_accept_ex(listener, s, room, data, local, remote, got, overlapped);
}
EXCHANGES(gives_accept_ex, WSAID_ACCEPTEX, accepts, real_accept_ex)

static BOOL WINAPI connects_ex(SOCKET s, const struct sockaddr *name, int length, PVOID bytes,
                               DWORD size, LPDWORD sent, LPOVERLAPPED overlapped)
{
    connected = was_associated(s) ? s : INVALID_SOCKET;
    return real_connect_ex(s, name, length, bytes, size, sent, overlapped);
}
EXCHANGES(gives_connect_ex, WSAID_CONNECTEX, connects_ex, real_connect_ex)

static int WINAPI connects(SOCKET s, const struct sockaddr *name, int length)
{
    if (was_associated(s))
        connected = s;
    return real(connect)(s, name, length);
}

/* ---- and what it reports to then */

static int WINAPI makes_no_packet(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                  LPDWORD flags, LPWSAOVERLAPPED overlapped,
                                  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    if (s == connected && overlapped && !overlapped->hEvent)
        overlapped->hEvent = (HANDLE)((ULONG_PTR)CreateEventW(NULL, TRUE, FALSE, NULL) | 1);
    return real(WSARecv)(s, buffers, count, got, flags, overlapped, routine);
}
MUTANT(accept_ex_forgets_the_port, "A socket that AcceptEx has connected reports to no port",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSAIoctl, gives_accept_ex),
       PATCH(WSARecv, makes_no_packet));
MUTANT(connect_ex_forgets_the_port, "A socket that ConnectEx has connected reports to no port",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSAIoctl, gives_connect_ex),
       PATCH(WSARecv, makes_no_packet));
MUTANT(connect_forgets_the_port, "A socket that connect has connected reports to no port",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(connect, connects),
       PATCH(WSARecv, makes_no_packet));

static bool skips;

static BOOL WINAPI notes_modes(HANDLE file, UCHAR modes)
{
    if (modes & FILE_SKIP_COMPLETION_PORT_ON_SUCCESS && (SOCKET)file != connected)
        skips = true;
    return real(SetFileCompletionNotificationModes)(file, modes);
}

static int WINAPI makes_a_packet(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                 LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result = real(WSASend)(s, buffers, count, sent, flags, overlapped, routine);
    for (unsigned i = 0; result == 0 && skips && s == connected && i < count_of_associated; i++)
        if (associated[i].file == (HANDLE)s)
            real(PostQueuedCompletionStatus)(associated[i].port, buffers->len, associated[i].key,
                                             overlapped);
    return result;
}
MUTANT(accept_ex_forgets_the_modes,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS of a socket ends when AcceptEx connects it",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(WSAIoctl, gives_accept_ex),
       PATCH(SetFileCompletionNotificationModes, notes_modes), PATCH(WSASend, makes_a_packet));
MUTANT(connect_forgets_the_modes,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS of a socket ends when connect connects it",
       PATCH(CreateIoCompletionPort, notes_port), PATCH(connect, connects),
       PATCH(SetFileCompletionNotificationModes, notes_modes), PATCH(WSASend, makes_a_packet));

static SOCKET WINAPI notes_accepted(SOCKET listener, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(listener, name, length);
    if (accepted != INVALID_SOCKET && was_associated(listener))
        connected = accepted;
    return accepted;
}

static HANDLE WINAPI has_one_already(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    if ((SOCKET)file == connected && connected != INVALID_SOCKET) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    return notes_port(file, port, key, threads);
}
MUTANT(accepted_sockets_have_the_port_of_the_listener,
       "A socket that accept returns reports to the port of its listener",
       PATCH(accept, notes_accepted), PATCH(CreateIoCompletionPort, has_one_already));
