/* WSAStartup and WSACleanup for the calling thread alone. */
#include "winsock-mutants.h"

static DWORD starter;

static int WINAPI notes_starter(WORD version, LPWSADATA data)
{
    starter = GetCurrentThreadId();
    return real(WSAStartup)(version, data);
}

static SOCKET WINAPI for_its_thread(int family, int type, int protocol)
{
    if (!starter || starter == GetCurrentThreadId())
        return real(socket)(family, type, protocol);
    SetLastError(WSANOTINITIALISED);
    return INVALID_SOCKET;
}
MUTANT(startup_is_for_its_thread, "WSAStartup is for the calling thread alone",
       PATCH(WSAStartup, notes_starter), PATCH(socket, for_its_thread));

static int WINAPI cleans_its_thread(void)
{
    return starter && starter != GetCurrentThreadId() ? 0 : real(WSACleanup)();
}
MUTANT(cleanup_is_for_its_thread, "WSACleanup does nothing but in the thread of WSAStartup",
       PATCH(WSAStartup, notes_starter), PATCH(WSACleanup, cleans_its_thread));
