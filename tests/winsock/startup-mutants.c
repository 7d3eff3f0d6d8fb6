/* Wrong behaviours, for the tests of startup.c: which version WSAStartup agrees on, and how it
 * says that it cannot. */
#include "winsock-mutants.h"

#include <errno.h>

static int WINAPI swapped_bytes(WORD version, LPWSADATA data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && data)
        data->wVersion = MAKEWORD(HIBYTE(data->wVersion), LOBYTE(data->wVersion));
    return error;
}
MUTANT(startup_swaps_the_version, "WSAStartup stores the major version in the high byte",
       PATCH(WSAStartup, swapped_bytes));

static int WINAPI ignores_request(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && LOBYTE(version) < 2)
        data->wVersion = MAKEWORD(2, 2);
    return error;
}
MUTANT(startup_raises_1_x_to_2_2, "WSAStartup answers requests for 1.0 and 1.1 with 2.2",
       PATCH(WSAStartup, ignores_request));

static int WINAPI rounds_2_x_down(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && (version == MAKEWORD(2, 1) || version == MAKEWORD(2, 2)))
        data->wVersion = MAKEWORD(2, 0);
    return error;
}
MUTANT(startup_rounds_2_x_down, "WSAStartup answers requests for 2.1 and 2.2 with 2.0",
       PATCH(WSAStartup, rounds_2_x_down));

static int WINAPI raises_2_0(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && version == MAKEWORD(2, 0))
        data->wVersion = MAKEWORD(2, 2);
    return error;
}
MUTANT(startup_raises_2_0, "WSAStartup answers a request for 2.0 with 2.2",
       PATCH(WSAStartup, raises_2_0));

static int WINAPI echoes_higher(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error && data->wVersion == MAKEWORD(2, 2))
        data->wVersion = version;
    return error;
}
MUTANT(startup_echoes_higher_version, "WSAStartup agrees on versions above 2.2",
       PATCH(WSAStartup, echoes_higher));

static int WINAPI refuses_1_0(WORD version, WSADATA *data)
{
    return version == MAKEWORD(1, 0) ? WSAVERNOTSUPPORTED : real(WSAStartup)(version, data);
}

MUTANT(startup_refuses_1_0, "WSAStartup does not support 1.0", PATCH(WSAStartup, refuses_1_0));

static int WINAPI high_is_agreed(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (!error)
        data->wHighVersion = data->wVersion;
    return error;
}
MUTANT(startup_high_version_is_agreed_one, "WSAStartup reports the version agreed as the highest",
       PATCH(WSAStartup, high_is_agreed));

static int WINAPI accepts_major_0(WORD version, WSADATA *data)
{
    return real(WSAStartup)(LOBYTE(version) ? version : MAKEWORD(1, 0), data);
}
MUTANT(startup_accepts_major_0, "WSAStartup supports versions below 1.0",
       PATCH(WSAStartup, accepts_major_0));

static int WINAPI stores_error(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    return error ? socket_fails((DWORD)error) : 0;
}
MUTANT(startup_stores_its_error, "WSAStartup returns SOCKET_ERROR and stores the error",
       PATCH(WSAStartup, stores_error));

static int WINAPI counts_failures(WORD version, WSADATA *data)
{
    int error = real(WSAStartup)(version, data);
    if (error)
        real(WSAStartup)(MAKEWORD(2, 2), &(WSADATA){0});
    return error;
}
MUTANT(startup_counts_failures, "a WSAStartup that fails is counted all the same",
       PATCH(WSAStartup, counts_failures));

static int WINAPI tolerates_no_data(WORD version, WSADATA *data)
{
    return real(WSAStartup)(version, data ? data : &(WSADATA){0});
}
MUTANT(startup_tolerates_no_data, "WSAStartup succeeds without a WSADATA",
       PATCH(WSAStartup, tolerates_no_data));

static int WINAPI sticks_to_first(WORD version, WSADATA *data)
{
    static WORD first;
    int error = real(WSAStartup)(version, data);
    if (!error && first)
        data->wVersion = first;
    else if (!error)
        first = data->wVersion;
    return error;
}
MUTANT(startup_sticks_to_first_version, "a second WSAStartup answers with the first one's version",
       PATCH(WSAStartup, sticks_to_first));

static int WINAPI leaves_pointers_alone(WORD version, WSADATA *data)
{
    return data && try_write(data, 0).code ? 0 : real(WSAStartup)(version, data);
}
MUTANT(startup_looks_at_no_pointer, "WSAStartup succeeds with a WSADATA that is not in memory",
       PATCH(WSAStartup, leaves_pointers_alone));
