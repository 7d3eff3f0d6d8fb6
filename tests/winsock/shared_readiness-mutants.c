/* Wrong behaviours, for the tests of shared_readiness.c: select, WSAPoll and closesocket. */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, const PTIMEVAL time
#define SELECT real(select)(n, reads, writes, excepts, time)

/* The descriptor that was made of a WSAPROTOCOL_INFO last, and the socket that one was made of. */
static SOCKET duplicate, source;

static SOCKET WINAPI notes_duplicate(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                     GROUP group, DWORD flags)
{
    SOCKET s = real(WSASocketW)(family, type, protocol, info, group, flags);
    if (info && s != INVALID_SOCKET)
        duplicate = s;
    return s;
}

static bool holds(const fd_set *set, SOCKET s)
{
    return set && s && real(__WSAFDIsSet)(s, (fd_set *)set);
}

static int WINAPI misses_duplicate(SELECT_PARAMETERS)
{
    int count = SELECT;
    for (u_int i = 0; count > 0 && reads && i < reads->fd_count;)
        if (duplicate && reads->fd_array[i] == duplicate) {
            reads->fd_array[i] = reads->fd_array[--reads->fd_count];
            count--;
        } else {
            i++;
        }
    return count;
}
MUTANT(select_misses_duplicates, "select finds a descriptor of a shared socket never readable",
       PATCH(WSASocketW, notes_duplicate), PATCH(select, misses_duplicate));

static bool told;

static int WINAPI tells_again(SELECT_PARAMETERS)
{
    bool asked = holds(reads, duplicate);
    int count = SELECT;
    if (asked && count >= 0 && told && !holds(reads, duplicate)) {
        reads->fd_array[reads->fd_count++] = duplicate;
        count++;
    }
    if (asked && holds(reads, duplicate))
        told = true;
    return count;
}
MUTANT(select_tells_duplicates_again,
       "select tells a descriptor readable when the other one has received what there was",
       PATCH(WSASocketW, notes_duplicate), PATCH(select, tells_again));

static int WINAPI poll_misses_duplicate(LPWSAPOLLFD array, ULONG count, INT time)
{
    int ready = real(WSAPoll)(array, count, time);
    for (ULONG i = 0; ready > 0 && i < count; i++)
        if (duplicate && array[i].fd == duplicate && array[i].revents) {
            array[i].revents = 0;
            ready--;
        }
    return ready;
}
MUTANT(poll_misses_duplicates, "WSAPoll tells nothing of a descriptor of a shared socket",
       PATCH(WSASocketW, notes_duplicate), PATCH(WSAPoll, poll_misses_duplicate));

static int WINAPI notes_source(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info)
{
    source = s;
    return real(WSADuplicateSocketW)(s, process, info);
}

static int WINAPI ends_waits(SOCKET s)
{
    struct sockaddr_in own;
    int length = sizeof(own);
    if (s == source && is_datagram(s) &&
        real(getsockname)(s, (struct sockaddr *)&own, &length) == 0)
        real(sendto)(s, "", 0, 0, (struct sockaddr *)&own, length);
    return real(closesocket)(s);
}
MUTANT(closesocket_ends_waits_of_others,
       "closesocket ends a wait for the same socket through another descriptor",
       PATCH(WSADuplicateSocketW, notes_source), PATCH(closesocket, ends_waits));

static bool made;

static SOCKET WINAPI notes_socket(int family, int type, int protocol)
{
    made = true;
    return real(socket)(family, type, protocol);
}

static SOCKET WINAPI notes_wsasocket(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info,
                                     GROUP group, DWORD flags)
{
    made = true;
    return real(WSASocketW)(family, type, protocol, info, group, flags);
}

static int WINAPI misses_inherited(SELECT_PARAMETERS)
{
    int count = SELECT;
    if (!made && reads && count > 0)
        count = (int)(reads->fd_count = 0);
    return count;
}
MUTANT(select_misses_inherited, "select finds a socket that the process has inherited not readable",
       PATCH(socket, notes_socket), PATCH(WSASocketW, notes_wsasocket),
       PATCH(select, misses_inherited));
