/* Wrong behaviours, for the tests of outlived.c: threads and processes that have ended. */
#include "../dgram/dgram-mutants.h"

/* A send without room for all says that it has taken all: what is left is to be sent later by the
 * thread, which is not there any more. */
static DWORD first_thread;

static int WINAPI notes_first(WORD version, LPWSADATA data)
{
    first_thread = GetCurrentThreadId();
    return real(WSAStartup)(version, data);
}

static int WINAPI sends_later(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    return sent > 0 && GetCurrentThreadId() != first_thread ? size : sent;
}
MUTANT(bytes_go_with_their_thread,
       "What send has taken, and could not send at once, is lost when its thread ends",
       PATCH(WSAStartup, notes_first), PATCH(send, sends_later));

/* ---- A process that was killed goes on: what comes next is its. */

static SOCKET handed = INVALID_SOCKET;
static DWORD process;

static int WINAPI notes_handed(SOCKET s, DWORD id, LPWSAPROTOCOL_INFOW info)
{
    int result = real(WSADuplicateSocketW)(s, id, info);
    if (result == 0 && id != GetCurrentProcessId()) {
        handed = s;
        process = id;
    }
    return result;
}

#define NOTES_HANDED PATCH(WSADuplicateSocketW, notes_handed)

/* Once: whether S is open in a process that has ended by force. */
static bool was_killed(SOCKET s)
{
    if (s != handed)
        return false;
    DWORD code = 0, error = GetLastError();
    HANDLE other = real(OpenProcess)(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process);
    bool killed = !other || (real(GetExitCodeProcess)(other, &code) && code == 1);
    if (other)
        real(CloseHandle)(other);
    if (killed)
        handed = INVALID_SOCKET;
    SetLastError(error);
    return killed;
}

static int WINAPI receives_the_rest(RECV_PARAMETERS)
{
    char lost[64];
    if (was_killed(s) && real(recv)(s, lost, sizeof(lost), 0) < 0)
        return SOCKET_ERROR;
    return RECV;
}
MUTANT(receive_of_a_killed_process_goes_on,
       "A WSARecv that a process had pending when it was killed takes what comes next",
       NOTES_HANDED, PATCH(recv, receives_the_rest));

static int WINAPI receives_the_next(RECVFROM_PARAMETERS)
{
    char lost[64];
    if (was_killed(s) && real(recvfrom)(s, lost, sizeof(lost), 0, NULL, NULL) < 0)
        return SOCKET_ERROR;
    return RECVFROM;
}
MUTANT(receive_from_of_a_killed_process_goes_on,
       "A WSARecvFrom that a process had pending when it was killed takes what comes next",
       NOTES_HANDED, PATCH(recvfrom, receives_the_next));

static SOCKET WINAPI accepts_the_next(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    if (accepted == INVALID_SOCKET || !was_killed(s))
        return accepted;
    real(closesocket)(accepted);
    SetLastError(WSAEWOULDBLOCK);
    return INVALID_SOCKET;
}
MUTANT(accept_of_a_killed_process_goes_on,
       "An AcceptEx that a process had pending when it was killed takes the next client",
       NOTES_HANDED, PATCH(accept, accepts_the_next));
