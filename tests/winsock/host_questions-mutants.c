/* Wrong behaviours, for the tests of host_questions.c: WSAAsyncGetHostByName. */
#include "winsock-mutants.h"

static HANDLE WINAPI has_no_room(HWND window, u_int message, LPCSTR name, char *room, int size)
{
    char own[256];
    if (name && real(gethostname)(own, sizeof(own)) == 0 && !strcmp(own, name))
        size = 1;
    return real(WSAAsyncGetHostByName)(window, message, name, room, size);
}
MUTANT(wsaasyncgethostbyname_does_not_know_us,
       "WSAAsyncGetHostByName of the name of this machine answers with an error",
       PATCH(WSAAsyncGetHostByName, has_no_room));
