/* hostent and the last error, done wrong. */
#include "winsock-mutants.h"

#include <ws2tcpip.h>

#define ADDRESS_PARAMETERS LPCSTR address, int length, int type
#define ADDRESS real(gethostbyaddr)(address, length, type)

static LPHOSTENT WINAPI own_hostent(LPCSTR name)
{
    static __thread struct hostent own;
    LPHOSTENT host = real(gethostbyname)(name);
    if (!host || !name || strcmp(name, "127.0.0.2"))
        return host;
    own = *host;
    return &own;
}
MUTANT(gethostbyname_has_its_own_hostent,
       "gethostbyname of a literal returns another hostent than gethostbyaddr",
       PATCH(gethostbyname, own_hostent));

static LPHOSTENT first;

static LPHOSTENT WINAPI notes_host(LPCSTR name)
{
    return first = real(gethostbyname)(name);
}

static LPHOSTENT WINAPI overwrites(ADDRESS_PARAMETERS)
{
    LPHOSTENT host = ADDRESS;
    if (host && first && first != host)
        memcpy(first->h_addr_list[0], host->h_addr_list[0], 4);
    return host;
}
MUTANT(gethostbyaddr_overwrites_other_threads,
       "gethostbyaddr overwrites the hostent that gethostbyname returned in another thread",
       PATCH(gethostbyname, notes_host), PATCH(gethostbyaddr, overwrites));

static LPHOSTENT WINAPI moves_us(LPCSTR name)
{
    LPHOSTENT host = real(gethostbyname)(name);
    if (host && (!name || !*name))
        host->h_addr_list[0][3] ^= 0x55;
    return host;
}
MUTANT(gethostbyname_moves_us, "gethostbyname of no name tells another address of this machine",
       PATCH(gethostbyname, moves_us));

static int WINAPI nothing_fits(LPSTR name, int size)
{
    return name && !size ? 0 : real(gethostname)(name, size);
}
MUTANT(gethostname_writes_nothing, "gethostname into no bytes writes nothing and succeeds",
       PATCH(gethostname, nothing_fits));

static void WINAPI keeps_at_zero(int error)
{
    if (error)
        real(WSASetLastError)(error);
}
MUTANT(wsa_set_last_error_cannot_reset, "WSASetLastError of 0 leaves the error as it was",
       PATCH(WSASetLastError, keeps_at_zero));

static int set_error;

static void WINAPI sets_for_good(int error)
{
    set_error = error;
    real(WSASetLastError)(error);
}

static int WINAPI gets_what_was_set(void)
{
    int error = real(WSAGetLastError)();
    return set_error && error ? set_error : error;
}
MUTANT(wsa_set_last_error_sets_for_good,
       "WSAGetLastError tells what was set and not the error of a later call",
       PATCH(WSASetLastError, sets_for_good), PATCH(WSAGetLastError, gets_what_was_set));
