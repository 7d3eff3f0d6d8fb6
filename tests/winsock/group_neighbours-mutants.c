/* Wrong behaviours, for the tests of group_neighbours.c: groups that are joined by the machine. */
#include "../dgram/dgram-mutants.h"

/* Sockets and the group that each has joined last. */
static struct joined {
    SOCKET s;
    int level, size;
    char request[sizeof(GROUP_REQ)];
    bool left;
} joined[8];
static unsigned count;

static bool joins(int level, int option)
{
    return level == IPPROTO_IP     ? option == IP_ADD_MEMBERSHIP
           : level == IPPROTO_IPV6 ? option == IPV6_ADD_MEMBERSHIP
                                   : false;
}

static bool leaves(int level, int option)
{
    return level == IPPROTO_IP     ? option == IP_DROP_MEMBERSHIP
           : level == IPPROTO_IPV6 ? option == IPV6_DROP_MEMBERSHIP
                                   : false;
}

/* Has S join what any other socket has joined. */
static void join_all_with(SOCKET s, bool ipv6)
{
    for (unsigned i = 0; i < count; i++)
        if (!joined[i].left && joined[i].s != s && ipv6 == (joined[i].level == IPPROTO_IPV6))
            real(setsockopt)(s, joined[i].level,
                             ipv6 ? (int)IPV6_ADD_MEMBERSHIP : (int)IP_ADD_MEMBERSHIP,
                             joined[i].request, joined[i].size);
}

static int WINAPI notes(SET_PARAMETERS)
{
    int result = SET;
    if (result == 0 && joins(level, option) && size <= (int)sizeof(joined->request) &&
        is_bound(s) && count < 8) {
        joined[count] = (struct joined){.s = s, .level = level, .size = size};
        memcpy(joined[count].request, value, (size_t)size);
        count++;
    }
    return result;
}

/* What is sent to a group is heard by all that is bound, as soon as one socket has joined: whoever
 * is asked for its name (to be sent to) joins with the others. */
static int WINAPI machine_joins(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    DWORD error = GetLastError();
    if (result == 0 && count > 0 && is_datagram(s))
        join_all_with(s, is_ipv6(s));
    SetLastError(error);
    return result;
}
MUTANT(groups_are_joined_by_the_machine,
       "A datagram socket hears each group that any socket of the machine has joined",
       PATCH(setsockopt, notes), PATCH(getsockname, machine_joins));

/* Only who has joined something itself hears what others have joined. */
static int WINAPI members_join(SOCKET s, struct sockaddr *name, int *length)
{
    for (unsigned i = 0; i < count; i++)
        if (joined[i].s == s)
            return machine_joins(s, name, length);
    return real(getsockname)(s, name, length);
}
MUTANT(members_of_one_group_hear_all,
       "A member of a group hears the others that sockets of the machine have joined",
       PATCH(setsockopt, notes), PATCH(getsockname, members_join));

/* A socket that leaves goes on as a member while another one is. */
static int WINAPI stays_while_others_do(SET_PARAMETERS)
{
    if (leaves(level, option))
        for (unsigned i = 0; i < count; i++)
            if (joined[i].s != s && joined[i].level == level)
                return 0;
    return notes(s, level, option, value, size);
}
MUTANT(groups_are_left_with_the_last,
       "A socket that leaves a group hears it while another socket is a member",
       PATCH(setsockopt, stays_while_others_do));

/* The first that leaves, or is closed, has all others leave. */
static void all_leave(SOCKET s)
{
    for (unsigned i = 0; i < count; i++) {
        bool ipv6 = joined[i].level == IPPROTO_IPV6;
        if (joined[i].s == s)
            continue;
        joined[i].left = true;
        real(setsockopt)(joined[i].s, joined[i].level,
                         ipv6 ? (int)IPV6_DROP_MEMBERSHIP : (int)IP_DROP_MEMBERSHIP,
                         joined[i].request, joined[i].size);
    }
}

static bool is_member(SOCKET s)
{
    for (unsigned i = 0; i < count; i++)
        if (joined[i].s == s && !joined[i].left)
            return true;
    return false;
}

static int WINAPI leaves_for_all(SET_PARAMETERS)
{
    if (leaves(level, option) && is_member(s))
        all_leave(s);
    return notes(s, level, option, value, size);
}

static int WINAPI closes_for_all(SOCKET s)
{
    if (is_member(s))
        all_leave(s);
    return real(closesocket)(s);
}
MUTANT(groups_are_left_with_the_first,
       "When a member leaves a group, or is closed, all sockets of the process leave it",
       PATCH(setsockopt, leaves_for_all), PATCH(closesocket, closes_for_all));
