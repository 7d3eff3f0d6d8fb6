/* GetHostNameW, done wrong: how much room it needs. */
#include "winsock-mutants.h"

#include <wchar.h>

static int WINAPI counts_bytes(PWSTR name, int size)
{
    WCHAR own[256];
    if (!name || real(GetHostNameW)(own, 256) != 0)
        return real(GetHostNameW)(name, size);
    return size / 2 <= (int)wcslen(own) ? socket_fails(WSAEFAULT) : real(GetHostNameW)(name, size);
}
MUTANT(gethostnamew_counts_bytes, "GetHostNameW takes the length of its buffer for bytes",
       PATCH(GetHostNameW, counts_bytes));
