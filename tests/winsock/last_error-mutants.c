/* Wrong behaviours, for the tests of last_error.c: WSAGetLastError and WSASetLastError, and the
 * texts of WSADATA. */
#include "winsock-mutants.h"

#include <errno.h>

static void WINAPI sets_nothing(int error)
{
    (void)error;
}
MUTANT(wsa_set_last_error_sets_nothing, "WSASetLastError sets nothing",
       PATCH(WSASetLastError, sets_nothing));

static bool started;

static int WINAPI notes_startup(WORD version, LPWSADATA data)
{
    started = true;
    return real(WSAStartup)(version, data);
}

static int WINAPI needs_startup(void)
{
    return started ? real(WSAGetLastError)() : 0;
}
MUTANT(wsa_get_last_error_needs_startup, "WSAGetLastError returns 0 before WSAStartup",
       PATCH(WSAStartup, notes_startup), PATCH(WSAGetLastError, needs_startup));

static int shared_error;

static void WINAPI sets_for_all(int error)
{
    shared_error = error;
    real(WSASetLastError)(error);
}

static int WINAPI gets_for_all(void)
{
    return shared_error ? shared_error : real(WSAGetLastError)();
}
MUTANT(wsa_last_error_is_of_the_process, "All threads share one WSAGetLastError",
       PATCH(WSASetLastError, sets_for_all), PATCH(WSAGetLastError, gets_for_all));

static int WINAPI error_of_the_thread(GET_PARAMETERS)
{
    int error = (int)GetLastError(), result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR && *(int *)value == 0)
        *(int *)value = error;
    return result;
}
MUTANT(so_error_is_the_threads_error, "SO_ERROR tells the thread's last error",
       PATCH(getsockopt, error_of_the_thread));

static int WINAPI keeps_last_error(GET_PARAMETERS)
{
    DWORD error = GetLastError();
    int result = GET;
    if (result == 0 && level == SOL_SOCKET && option == SO_ERROR)
        SetLastError(error);
    return result;
}
MUTANT(so_error_leaves_last_error, "A successful getsockopt for SO_ERROR leaves the last error",
       PATCH(getsockopt, keeps_last_error));

static int WINAPI sets_errno(SOCKET s, int backlog)
{
    int result = real(listen)(s, backlog);
    if (result == SOCKET_ERROR)
        errno = EINVAL;
    return result;
}

MUTANT(listen_sets_errno, "listen that fails sets errno", PATCH(listen, sets_errno));

static int WINAPI endless_texts(WORD version, LPWSADATA data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && data) {
        memset(data->szDescription, 'x', sizeof(data->szDescription));
        memset(data->szSystemStatus, 'x', sizeof(data->szSystemStatus));
    }
    return error;
}
MUTANT(startup_does_not_end_texts, "WSAStartup fills its texts without ending them",
       PATCH(WSAStartup, endless_texts));

static int WINAPI lower_agreement(WORD version, LPWSADATA data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && data && version == MAKEWORD(2, 2))
        data->wVersion = MAKEWORD(2, 1);
    return error;
}
MUTANT(startup_never_agrees_on_the_highest, "WSAStartup agrees on 2.1 when it is asked for 2.2",
       PATCH(WSAStartup, lower_agreement));
