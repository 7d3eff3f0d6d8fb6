/* Wrong behaviours, for the tests of host_questions.c: WSAAsyncGetHostByName. */
#include "winsock-mutants.h"

static char own[256];

static int WINAPI notes_name(LPSTR name, int size)
{
    int result = real(gethostname)(name, size);
    if (result == 0 && strlen(name) < sizeof(own))
        strcpy(own, name);
    return result;
}

static HANDLE WINAPI has_no_room(HWND window, u_int message, LPCSTR name, char *room, int size)
{
    if (name && !strcmp(own, name))
        size = 1;
    return real(WSAAsyncGetHostByName)(window, message, name, room, size);
}
MUTANT(wsaasyncgethostbyname_does_not_know_us,
       "WSAAsyncGetHostByName of the name of this machine answers with an error",
       PATCH(gethostname, notes_name), PATCH(WSAAsyncGetHostByName, has_no_room));
