/* Wrong behaviours, for the tests of provider_change.c: WSAProviderConfigChange. */
#include "winsock-mutants.h"

#define CHANGE_PARAMETERS \
    LPHANDLE handle, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine
#define CHANGE real(WSAProviderConfigChange)(handle, overlapped, routine)

static int WINAPI stores_no_handle(CHANGE_PARAMETERS)
{
    int result = CHANGE;
    if (result == 0)
        *handle = NULL;
    return result;
}
MUTANT(provider_change_stores_no_handle, "WSAProviderConfigChange stores no handle",
       PATCH(WSAProviderConfigChange, stores_no_handle));

static int WINAPI is_done_at_once(CHANGE_PARAMETERS)
{
    int result = CHANGE;
    if (result == SOCKET_ERROR && GetLastError() == WSA_IO_PENDING && overlapped->hEvent) {
        real(SetEvent)(overlapped->hEvent);
        SetLastError(WSA_IO_PENDING);
    }
    return result;
}
MUTANT(provider_change_is_done_at_once,
       "WSAProviderConfigChange is done although no provider has changed",
       PATCH(WSAProviderConfigChange, is_done_at_once));

static int WINAPI renews_the_handle(CHANGE_PARAMETERS)
{
    int result = CHANGE;
    if (result == SOCKET_ERROR && GetLastError() == WSA_INVALID_HANDLE) {
        *handle = NULL;
        result = real(WSAProviderConfigChange)(handle, NULL, NULL);
    }
    return result;
}
MUTANT(provider_change_renews_the_handle,
       "WSAProviderConfigChange of a handle that was closed stores a new one",
       PATCH(WSAProviderConfigChange, renews_the_handle));

static int WINAPI needs_no_startup(CHANGE_PARAMETERS)
{
    return failure_renamed(CHANGE, WSANOTINITIALISED, WSAEOPNOTSUPP);
}
MUTANT(provider_change_needs_no_startup,
       "WSAProviderConfigChange fails with WSAEOPNOTSUPP without WSAStartup",
       PATCH(WSAProviderConfigChange, needs_no_startup));
