/* Wrong behaviours, for the tests of handed.c: sockets in two processes. */
#include "stream-mutants.h"

/* What this process has handed out, and what it has opened of another. */
static SOCKET handed = INVALID_SOCKET, taken = INVALID_SOCKET;
static DWORD to;

static int WINAPI notes_handed(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    int result = real(WSADuplicateSocketW)(s, process, info);
    if (result == 0 && process != GetCurrentProcessId()) {
        handed = s;
        to = process;
    }
    return result;
}

static SOCKET WINAPI notes_taken(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (info && to == 0)
        taken = s;
    return s;
}

#define WITH_HANDED PATCH(WSADuplicateSocketW, notes_handed), PATCH(WSASocketW, notes_taken)

static int WINAPI sees_own_options(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && s == handed && option == SO_KEEPALIVE)
        *value = 0;
    return result;
}
MUTANT(option_of_the_other_process_is_unseen,
       "An option that another process has set is not seen through the descriptor here",
       WITH_HANDED, PATCH(getsockopt, sees_own_options));

static int WINAPI sees_options_of_here(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && s == taken && option == SO_KEEPALIVE)
        *value = 0;
    return result;
}
MUTANT(option_is_unseen_in_the_other_process,
       "An option is not seen through a descriptor that another process has opened", WITH_HANDED,
       PATCH(getsockopt, sees_options_of_here));

static int WINAPI takes_everything(RECV_PARAMETERS)
{
    int got = RECV;
    if (got > 0 && s == handed && !flags) {
        char rest[64];
        if (bytes_waiting(s))
            real(recv)(s, rest, sizeof(rest), 0);
    }
    return got;
}
MUTANT(shared_socket_receives_for_one_process,
       "What a receive leaves of a shared socket is lost for the other process", WITH_HANDED,
       PATCH(recv, takes_everything));

static WSAEVENT watched;

static int WINAPI notes_watch(SOCKET s, WSAEVENT event, long events)
{
    if (events & FD_READ)
        watched = event;
    return real(WSAEventSelect)(s, event, events);
}

static int WINAPI select_sets_event(int count, fd_set *reads, fd_set *writes, fd_set *excepts,
                                    PTIMEVAL time)
{
    int ready = real(select)(count, reads, writes, excepts, time);
    if (ready > 0 && watched && handed != INVALID_SOCKET)
        real(WSASetEvent)(watched);
    return ready;
}
MUTANT(watch_goes_on_in_each_process,
       "WSAEventSelect through the descriptor of another process ends nothing here", WITH_HANDED,
       PATCH(WSAEventSelect, notes_watch), PATCH(select, select_sets_event));

static int WINAPI ends_for_all(SOCKET s, const char *bytes, int size, int flags)
{
    int sent = real(send)(s, bytes, size, flags);
    if (sent > 0 && s == taken && size == 5)
        real(shutdown)(s, SD_BOTH);
    return sent;
}
MUTANT(end_of_a_process_ends_shared_sockets,
       "A shared socket ends with one of the processes that have it", WITH_HANDED,
       PATCH(send, ends_for_all));

static int WINAPI receives_none(SOCKET s, char *bytes, int size, int flags, struct sockaddr *name,
                                int *length)
{
    return s == taken ? socket_fails(WSAEWOULDBLOCK)
                      : real(recvfrom)(s, bytes, size, flags, name, length);
}
MUTANT(handed_datagram_socket_receives_nothing,
       "A datagram socket that was handed over receives nothing", WITH_HANDED,
       PATCH(recvfrom, receives_none));

static int WINAPI request_is_lost(RECV_PARAMETERS)
{
    return taken != INVALID_SOCKET && s != taken && size == 7 ? 0 : RECV;
}
MUTANT(handed_listener_takes_no_request,
       "What comes over a connection that the other process has accepted is lost", WITH_HANDED,
       PATCH(recv, request_is_lost));

static SOCKET WINAPI takes_again(WSASOCKETW_PARAMETERS)
{
    SOCKET s = notes_taken(family, type, protocol, info, group, flags);
    return s == INVALID_SOCKET && info && to == 0 ? real(socket)(AF_INET, SOCK_DGRAM, 0) : s;
}
MUTANT(handed_structures_last, "Another process may take the structure of WSADuplicateSocket twice",
       PATCH(WSADuplicateSocketW, notes_handed), PATCH(WSASocketW, takes_again));

static int WINAPI needs_no_startup(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    return failure_renamed(real(WSADuplicateSocketW)(s, process, info), WSANOTINITIALISED,
                           WSAENOTSOCK);
}
MUTANT(duplicate_before_startup_is_no_socket,
       "WSADuplicateSocket looks at its socket before WSAStartup",
       PATCH(WSADuplicateSocketW, needs_no_startup));

static DWORD opener;

static int WINAPI notes_opener(SOCKET s, const struct sockaddr *name, int length)
{
    opener = GetCurrentThreadId();
    return real(bind)(s, name, length);
}

static int WINAPI is_of_its_thread(SOCKET s, const char *bytes, int size, int flags,
                                   const struct sockaddr *name, int length)
{
    if (opener && opener != GetCurrentThreadId() && is_datagram(s))
        return socket_fails(WSAENOTSOCK);
    return real(sendto)(s, bytes, size, flags, name, length);
}
MUTANT(socket_is_of_its_thread, "Datagrams can be sent by the thread alone that bound the socket",
       PATCH(bind, notes_opener), PATCH(sendto, is_of_its_thread));
