/* Wrong behaviours, for the tests of cleanup.c: how WSACleanup counts, and what the last one
 * does to the sockets that are open. */
#include "winsock-mutants.h"

static bool ended;

static int WINAPI notes_last_cleanup(void)
{
    int result = real(WSACleanup)();
    SOCKET probe = real(socket)(AF_INET, SOCK_DGRAM, 0);
    ended = probe == INVALID_SOCKET;
    if (!ended)
        real(closesocket)(probe);
    return result;
}

static int WINAPI refuses_restart(WORD version, WSADATA *data)
{
    return ended ? WSASYSNOTREADY : real(WSAStartup)(version, data);
}
MUTANT(startup_only_once, "WSAStartup fails after the last WSACleanup",
       PATCH(WSAStartup, refuses_restart), PATCH(WSACleanup, notes_last_cleanup));

static int WINAPI too_many_succeed(void)
{
    return failure_hidden(real(WSACleanup)(), WSANOTINITIALISED, 0);
}
MUTANT(cleanup_without_startup_succeeds, "a WSACleanup too many succeeds",
       PATCH(WSACleanup, too_many_succeed));

static int WINAPI first_ends_all(void)
{
    int result = real(WSACleanup)();
    if (result == 0)
        while (real(WSACleanup)() == 0)
            ;
    return result;
}
MUTANT(cleanup_ends_use_at_once, "the first WSACleanup ends the use of Winsock",
       PATCH(WSACleanup, first_ends_all));

static int count;

static int WINAPI counted_startup(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error)
        count++;
    return error;
}

static int WINAPI last_does_nothing(void)
{
    if (count == 1) {
        count = 0;
        return 0;
    }
    if (count > 0)
        count--;
    return count ? real(WSACleanup)() : socket_fails(WSANOTINITIALISED);
}
MUTANT(cleanup_last_does_nothing, "the last WSACleanup leaves Winsock and all sockets as they are",
       PATCH(WSAStartup, counted_startup), PATCH(WSACleanup, last_does_nothing));

static int WINAPI returns_remaining(void)
{
    int result = real(WSACleanup)();
    return result == 0 ? --count : result;
}
MUTANT(cleanup_returns_remaining_count, "WSACleanup returns how many more of it are needed",
       PATCH(WSAStartup, counted_startup), PATCH(WSACleanup, returns_remaining));
