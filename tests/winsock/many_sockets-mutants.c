/* Wrong behaviours, for the tests of many_sockets.c: select, WSAPoll. */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS int n, fd_set *reads, fd_set *writes, fd_set *excepts, const PTIMEVAL time
#define SELECT real(select)(n, reads, writes, excepts, time)

enum { LIMIT = 64 };

/* The first sockets of a set, however many it holds. */
struct sockets {
    u_int count;
    SOCKET array[LIMIT];
};

static struct sockets first_of(const fd_set *set)
{
    struct sockets first = {.count = set && set->fd_count < LIMIT ? set->fd_count : 0};
    if (first.count)
        memcpy(first.array, set->fd_array, first.count * sizeof(SOCKET));
    return first;
}

static bool holds(const fd_set *set, SOCKET s)
{
    return set && real(__WSAFDIsSet)(s, (fd_set *)set);
}

/* ---- Places */

static int WINAPI looks_at_63(SELECT_PARAMETERS)
{
    if (reads && reads->fd_count >= LIMIT)
        reads->fd_count = LIMIT - 1;
    return SELECT;
}
MUTANT(select_looks_at_63_sockets, "select looks at the first 63 sockets of readfds",
       PATCH(select, looks_at_63));

static int WINAPI neighbour(SELECT_PARAMETERS)
{
    SOCKET first = reads && reads->fd_count >= LIMIT - 1 ? reads->fd_array[0] : INVALID_SOCKET;
    int count = SELECT;
    if (count == 1 && first != INVALID_SOCKET)
        reads->fd_array[0] = reads->fd_array[0] == first ? first + 4 : first;
    return count;
}
MUTANT(select_tells_the_neighbour, "select of 63 sockets or more tells another one than is ready",
       PATCH(select, neighbour));

static int WINAPI at_most_64(SELECT_PARAMETERS)
{
    int count = SELECT;
    if (count > LIMIT && reads && reads->fd_count > LIMIT)
        count = (int)(reads->fd_count = LIMIT);
    return count;
}
MUTANT(select_tells_64_sockets, "select tells no more than 64 sockets", PATCH(select, at_most_64));

#define POLL_PARAMETERS LPWSAPOLLFD array, ULONG count, INT time
#define POLL real(WSAPoll)(array, count, time)

static int WINAPI poll_neighbour(POLL_PARAMETERS)
{
    int ready = POLL;
    if (ready == 1 && count >= LIMIT - 1) {
        SHORT last = array[count - 1].revents;
        for (ULONG i = count - 1; i > 0; i--)
            array[i].revents = array[i - 1].revents;
        array[0].revents = last;
    }
    return ready;
}
MUTANT(poll_tells_the_neighbour, "WSAPoll of 63 sockets or more tells the one behind what is ready",
       PATCH(WSAPoll, poll_neighbour));

static int WINAPI poll_at_most_64(POLL_PARAMETERS)
{
    int ready = POLL;
    for (ULONG i = 0, told = 0; ready > LIMIT && i < count; i++)
        if (array[i].revents && ++told > LIMIT)
            array[i].revents = 0;
    return ready > LIMIT ? LIMIT : ready;
}
MUTANT(poll_tells_64_sockets, "WSAPoll tells no more than 64 sockets",
       PATCH(WSAPoll, poll_at_most_64));

/* ---- Kinds and sets */

static int WINAPI forgets_kinds(SELECT_PARAMETERS)
{
    bool datagrams = reads && reads->fd_count > 1 && is_datagram(reads->fd_array[0]);
    int count = SELECT;
    for (u_int i = 0; datagrams && count > 0 && i < reads->fd_count;)
        if (!is_datagram(reads->fd_array[i])) {
            reads->fd_array[i] = reads->fd_array[--reads->fd_count];
            count--;
        } else {
            i++;
        }
    return count;
}
MUTANT(select_forgets_other_kinds,
       "select tells datagram sockets alone when one stands first in readfds",
       PATCH(select, forgets_kinds));

static int WINAPI mixes(SELECT_PARAMETERS)
{
    struct sockets asked = first_of(reads ? excepts : NULL);
    int count = SELECT;
    for (u_int i = 0; count > 0 && i < asked.count; i++)
        if (holds(reads, asked.array[i]) && !holds(excepts, asked.array[i])) {
            excepts->fd_array[excepts->fd_count++] = asked.array[i];
            count++;
        }
    return count;
}
MUTANT(select_mixes_sets, "select tells a readable socket in exceptfds, too", PATCH(select, mixes));

static struct sockets told_before;

static int WINAPI remembers(SELECT_PARAMETERS)
{
    struct sockets asked = first_of(reads);
    int count = SELECT;
    if (count < 0 || asked.count < 2 || !is_datagram(asked.array[0]))
        return count;
    for (u_int i = 0; i < asked.count; i++)
        for (u_int k = 0; k < told_before.count; k++)
            if (asked.array[i] == told_before.array[k] && !holds(reads, asked.array[i])) {
                reads->fd_array[reads->fd_count++] = asked.array[i];
                count++;
            }
    told_before = first_of(reads);
    return count;
}
MUTANT(select_remembers_datagrams,
       "select of several datagram sockets tells again what it has told before",
       PATCH(select, remembers));

static int WINAPI forgets_listeners(POLL_PARAMETERS)
{
    int ready = POLL;
    for (ULONG i = 0; ready > 1 && i < count; i++)
        if (array[i].revents && is_listening(array[i].fd)) {
            array[i].revents = 0;
            ready--;
        }
    return ready;
}
MUTANT(poll_forgets_listeners_beside_others,
       "WSAPoll tells nothing of listening sockets when others are ready",
       PATCH(WSAPoll, forgets_listeners));

/* ---- Waits */

static int WINAPI waits_for_64(SELECT_PARAMETERS)
{
    u_int all = reads && !writes && !excepts ? reads->fd_count : 0;
    TIMEVAL none = {0, 0};
    if (all <= LIMIT || !time)
        return SELECT;
    fd_set first = {.fd_count = LIMIT};
    memcpy(first.fd_array, reads->fd_array, LIMIT * sizeof(SOCKET));
    struct {
        u_int count;
        SOCKET array[256];
    } asked = {.count = all};
    memcpy(asked.array, reads->fd_array, (all < 256 ? all : 256) * sizeof(SOCKET));
    int count = real(select)(0, (fd_set *)&asked, NULL, NULL, &none);
    if (count != 0) {
        reads->fd_count = asked.count;
        memcpy(reads->fd_array, asked.array, asked.count * sizeof(SOCKET));
        return count;
    }
    count = real(select)(0, &first, NULL, NULL, time);
    reads->fd_count = first.fd_count;
    memcpy(reads->fd_array, first.fd_array, first.fd_count * sizeof(SOCKET));
    return count;
}
MUTANT(select_waits_for_64_sockets,
       "select that has to wait for more than 64 sockets is ended by the first 64 alone",
       PATCH(select, waits_for_64));

static int WINAPI poll_waits_for_64(POLL_PARAMETERS)
{
    int ready = real(WSAPoll)(array, count, 0);
    if (ready != 0 || time == 0 || count <= LIMIT)
        return ready ? ready : POLL;
    return real(WSAPoll)(array, LIMIT, time);
}
MUTANT(poll_waits_for_64_sockets,
       "WSAPoll that has to wait for more than 64 sockets is ended by the first 64 alone",
       PATCH(WSAPoll, poll_waits_for_64));

static int WINAPI told_to_one(SELECT_PARAMETERS)
{
    static volatile LONG waiting;
    if (!reads || reads->fd_count != 1 || writes || excepts)
        return SELECT;
    bool second = InterlockedIncrement(&waiting) > 1;
    int count = SELECT;
    InterlockedDecrement(&waiting);
    if (second && count > 0)
        count = (int)(reads->fd_count = 0);
    return count;
}
MUTANT(select_is_told_to_one_thread,
       "select tells nothing to the second of two threads that wait for a socket",
       PATCH(select, told_to_one));
