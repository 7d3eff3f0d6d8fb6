/* Other outcomes of a second bind to a port of IPv6. */
#include "winsock-mutants.h"

enum option { PLAIN, REUSING, EXCLUSIVE };

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static enum option option_of(SOCKET s)
{
    return socket_option(s, SO_EXCLUSIVEADDRUSE) ? EXCLUSIVE
           : socket_option(s, SO_REUSEADDR)      ? REUSING
                                                 : PLAIN;
}

/* Binds, unless this is a second bind to the port that was bound last, and the options of both are
 * as given: then the outcome differs. */
static int bind_except(BIND_PARAMETERS, enum option first, enum option second)
{
    static enum option before;
    static u_short port;
    if (!name || name->sa_family != AF_INET6)
        return real(bind)(s, name, length);
    enum option option = option_of(s);
    bool again = port && port == ((const struct sockaddr_in6 *)name)->sin6_port;
    int result = real(bind)(s, name, length);
    if (again) {
        port = 0;
        if (before != first || option != second)
            return result;
        return socket_fails(
            result == SOCKET_ERROR && GetLastError() == WSAEADDRINUSE ? WSAEACCES : WSAEADDRINUSE);
    }
    DWORD error = GetLastError();
    struct sockaddr_in6 bound = {.sin6_port = 0};
    int size = sizeof(bound);
    if (result == 0 && real(getsockname)(s, (struct sockaddr *)&bound, &size) == 0) {
        before = option;
        port = bound.sin6_port;
    }
    SetLastError(error);
    return result;
}

#define CELL(name_, first, second)                              \
    static int WINAPI name_(BIND_PARAMETERS)                    \
    {                                                           \
        return bind_except(s, name, length, (first), (second)); \
    }

CELL(plain_then_plain, PLAIN, PLAIN)
MUTANT(port6_plain_then_plain_differs, "bind of IPv6 plain then plain has another outcome",
       PATCH(bind, plain_then_plain));

CELL(plain_then_reusing, PLAIN, REUSING)
MUTANT(port6_plain_then_reusing_differs, "bind of IPv6 plain then reusing has another outcome",
       PATCH(bind, plain_then_reusing));

CELL(plain_then_exclusive, PLAIN, EXCLUSIVE)
MUTANT(port6_plain_then_exclusive_differs, "bind of IPv6 plain then exclusive has another outcome",
       PATCH(bind, plain_then_exclusive));

CELL(reusing_then_plain, REUSING, PLAIN)
MUTANT(port6_reusing_then_plain_differs, "bind of IPv6 reusing then plain has another outcome",
       PATCH(bind, reusing_then_plain));

CELL(reusing_then_reusing, REUSING, REUSING)
MUTANT(port6_reusing_then_reusing_differs, "bind of IPv6 reusing then reusing has another outcome",
       PATCH(bind, reusing_then_reusing));

CELL(reusing_then_exclusive, REUSING, EXCLUSIVE)
MUTANT(port6_reusing_then_exclusive_differs,
       "bind of IPv6 reusing then exclusive has another outcome",
       PATCH(bind, reusing_then_exclusive));

CELL(exclusive_then_plain, EXCLUSIVE, PLAIN)
MUTANT(port6_exclusive_then_plain_differs, "bind of IPv6 exclusive then plain has another outcome",
       PATCH(bind, exclusive_then_plain));

CELL(exclusive_then_reusing, EXCLUSIVE, REUSING)
MUTANT(port6_exclusive_then_reusing_differs,
       "bind of IPv6 exclusive then reusing has another outcome",
       PATCH(bind, exclusive_then_reusing));

CELL(exclusive_then_exclusive, EXCLUSIVE, EXCLUSIVE)
MUTANT(port6_exclusive_then_exclusive_differs,
       "bind of IPv6 exclusive then exclusive has another outcome",
       PATCH(bind, exclusive_then_exclusive));

static int WINAPI binds_one_protocol(BIND_PARAMETERS)
{
    static u_short port;
    static bool datagram;
    if (!name || name->sa_family != AF_INET6)
        return real(bind)(s, name, length);
    if (port && port == ((const struct sockaddr_in6 *)name)->sin6_port &&
        datagram != is_datagram(s))
        return socket_fails(WSAEADDRINUSE);
    int result = real(bind)(s, name, length);
    DWORD error = GetLastError();
    struct sockaddr_in6 bound = {.sin6_port = 0};
    int size = sizeof(bound);
    if (result == 0 && real(getsockname)(s, (struct sockaddr *)&bound, &size) == 0)
        port = bound.sin6_port;
    datagram = is_datagram(s);
    SetLastError(error);
    return result;
}
MUTANT(port6_is_of_both_protocols, "TCP and UDP of IPv6 do not use the same number of a port",
       PATCH(bind, binds_one_protocol));
