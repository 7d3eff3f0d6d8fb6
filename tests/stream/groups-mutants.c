/* Wrong behaviours, for the tests of groups.c: groups of sockets. */
#include "stream-mutants.h"

enum { UNCONSTRAINED = 1, CONSTRAINED };

static GROUP group_of(SOCKET s)
{
    DWORD error = GetLastError();
    GROUP group = 0;
    int size = sizeof(group);
    if (real(getsockopt)(s, SOL_SOCKET, SO_GROUP_ID, (char *)&group, &size) == SOCKET_ERROR)
        group = 0;
    SetLastError(error);
    return group;
}

static SOCKET WINAPI makes_none(WSASOCKETW_PARAMETERS)
{
    if (group == UNCONSTRAINED || group == CONSTRAINED)
        group = 0;
    return WSASOCKETW;
}
MUTANT(wsasocket_makes_no_groups, "WSASocket does not make groups", PATCH(WSASocketW, makes_none));

static SOCKET WINAPI makes_always(WSASOCKETW_PARAMETERS)
{
    if (group == 0)
        group = UNCONSTRAINED;
    return WSASOCKETW;
}
MUTANT(wsasocket_puts_all_into_a_group, "WSASocket makes a group without being asked",
       PATCH(WSASocketW, makes_always));

static SOCKET WINAPI joins_none(WSASOCKETW_PARAMETERS)
{
    if (group > CONSTRAINED)
        group = 0;
    return WSASOCKETW;
}
MUTANT(wsasocket_joins_no_groups, "WSASocket makes a socket of no group for the id of one",
       PATCH(WSASocketW, joins_none));

static int WINAPI tells_one(GET_PARAMETERS)
{
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_GROUP_ID && *(GROUP *)value)
        *(GROUP *)value = 0x100;
    return result;
}
MUTANT(getsockopt_tells_one_group, "SO_GROUP_ID is the same for all groups",
       PATCH(getsockopt, tells_one));

static SOCKET last_constrained = INVALID_SOCKET;

static SOCKET WINAPI constrains(WSASOCKETW_PARAMETERS)
{
    if (group > CONSTRAINED && type == SOCK_DGRAM) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    return WSASOCKETW;
}
MUTANT(wsasocket_constrains_groups, "WSASocket refuses datagram sockets for unconstrained groups",
       PATCH(WSASocketW, constrains));

static SOCKET WINAPI does_not_constrain(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (group == CONSTRAINED)
        last_constrained = s;
    if (s == INVALID_SOCKET && group > CONSTRAINED && group == group_of(last_constrained))
        s = real(WSASocketW)(family, type, protocol, info, 0, flags);
    return s;
}
MUTANT(wsasocket_does_not_constrain_groups, "WSASocket lets any socket into a constrained group",
       PATCH(WSASocketW, does_not_constrain));

static GROUP ended;

static int WINAPI ends_group(SOCKET s)
{
    ended = group_of(s);
    return real(closesocket)(s);
}

static SOCKET WINAPI not_into_ended(WSASOCKETW_PARAMETERS)
{
    if (group > CONSTRAINED && group == ended) {
        SetLastError(WSAEINVAL);
        return INVALID_SOCKET;
    }
    return WSASOCKETW;
}
MUTANT(closesocket_ends_the_group, "A group ends with the first of its sockets that is closed",
       PATCH(closesocket, ends_group), PATCH(WSASocketW, not_into_ended));

static SOCKET WINAPI takes_ended(WSASOCKETW_PARAMETERS)
{
    SOCKET s = WSASOCKETW;
    if (s == INVALID_SOCKET && group > CONSTRAINED && group == ended)
        s = real(WSASocketW)(family, type, protocol, info, 0, flags);
    return s;
}
MUTANT(wsasocket_of_an_ended_group_succeeds, "WSASocket takes the id of a group that has ended",
       PATCH(closesocket, ends_group), PATCH(WSASocketW, takes_ended));
