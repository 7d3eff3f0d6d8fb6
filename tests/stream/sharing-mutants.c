/* Wrong behaviours: who may bind a port that another socket holds. */
#include "../winsock/winsock-mutants.h"

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length
#define BIND real(bind)(s, name, length)

/* The socket that was given a port last, which others may ask for. */
static struct {
    SOCKET socket;
    int option;
    struct sockaddr_in name;
} held;

static int option_of(SOCKET s)
{
    return socket_option(s, SO_EXCLUSIVEADDRUSE) ? SO_EXCLUSIVEADDRUSE
           : socket_option(s, SO_REUSEADDR)      ? SO_REUSEADDR
                                                 : 0;
}

static struct sockaddr_in asked(const struct sockaddr *name, int length)
{
    struct sockaddr_in in = {0};
    if (name && length == sizeof(in) && name->sa_family == AF_INET)
        memcpy(&in, name, sizeof(in));
    return in;
}

/* Binds S, and remembers it when the port is the system's choice. */
static int bind_noted(BIND_PARAMETERS)
{
    int result = BIND, size = sizeof(held.name);
    if (result == 0 && is_stream(s) && length == size && !asked(name, length).sin_port) {
        held.socket = s;
        held.option = option_of(s);
        real(getsockname)(s, (struct sockaddr *)&held.name, &size);
    }
    return result;
}

/* Whether S, with option SECOND, asks for the port that is held by a socket with option FIRST. */
static bool asks_beside(BIND_PARAMETERS, int first, int second)
{
    struct sockaddr_in in = asked(name, length);
    return in.sin_port && is_stream(s) && in.sin_port == held.name.sin_port &&
           held.option == first && option_of(s) == second;
}

enum { ONE, ANY };

static bool is_wildcard(const struct sockaddr_in *in)
{
    return in->sin_addr.s_addr == htonl(INADDR_ANY);
}

static int bind_pair(BIND_PARAMETERS, int first, int first_any, int second, int second_any,
                     DWORD outcome)
{
    struct sockaddr_in in = asked(name, length);
    if (!asks_beside(s, name, length, first, second) || is_wildcard(&held.name) != first_any ||
        is_wildcard(&in) != second_any)
        return bind_noted(s, name, length);
    return outcome ? socket_fails(outcome) : 0;
}

/* One entry of the table is wrong: OUTCOME is an error, or 0 for a bind that succeeds. */
#define PAIR(mutant, first, first_any, second, second_any, outcome)                       \
    static int WINAPI mutant(BIND_PARAMETERS)                                             \
    {                                                                                     \
        return bind_pair(s, name, length, first, first_any, second, second_any, outcome); \
    }

PAIR(default_wildcard_shares_default_wildcard, 0, ANY, 0, ANY, 0)
MUTANT(bind_default_wildcard_shares_default_wildcard,
       "a wildcard with no option shares with a wildcard with no option",
       PATCH(bind, default_wildcard_shares_default_wildcard));

PAIR(default_wildcard_refuses_default_specific, 0, ANY, 0, ONE, WSAEADDRINUSE)
MUTANT(bind_default_wildcard_refuses_default_specific,
       "an address with no option is refused beside a wildcard with no option",
       PATCH(bind, default_wildcard_refuses_default_specific));

PAIR(default_wildcard_is_in_use_reuse_wildcard, 0, ANY, SO_REUSEADDR, ANY, WSAEADDRINUSE)
MUTANT(bind_default_wildcard_is_in_use_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is in use beside a wildcard with no option",
       PATCH(bind, default_wildcard_is_in_use_reuse_wildcard));

PAIR(default_wildcard_refuses_reuse_specific, 0, ANY, SO_REUSEADDR, ONE, WSAEADDRINUSE)
MUTANT(bind_default_wildcard_refuses_reuse_specific,
       "an address with SO_REUSEADDR is refused beside a wildcard with no option",
       PATCH(bind, default_wildcard_refuses_reuse_specific));

PAIR(default_wildcard_shares_exclusive_wildcard, 0, ANY, SO_EXCLUSIVEADDRUSE, ANY, 0)
MUTANT(bind_default_wildcard_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with a wildcard with no option",
       PATCH(bind, default_wildcard_shares_exclusive_wildcard));

PAIR(default_wildcard_refuses_exclusive_specific, 0, ANY, SO_EXCLUSIVEADDRUSE, ONE, WSAEADDRINUSE)
MUTANT(bind_default_wildcard_refuses_exclusive_specific,
       "an address with SO_EXCLUSIVEADDRUSE is refused beside a wildcard with no option",
       PATCH(bind, default_wildcard_refuses_exclusive_specific));

PAIR(default_specific_refuses_default_wildcard, 0, ONE, 0, ANY, WSAEADDRINUSE)
MUTANT(bind_default_specific_refuses_default_wildcard,
       "a wildcard with no option is refused beside an address with no option",
       PATCH(bind, default_specific_refuses_default_wildcard));

PAIR(default_specific_refuses_reuse_wildcard, 0, ONE, SO_REUSEADDR, ANY, WSAEADDRINUSE)
MUTANT(bind_default_specific_refuses_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is refused beside an address with no option",
       PATCH(bind, default_specific_refuses_reuse_wildcard));

PAIR(default_specific_shares_exclusive_wildcard, 0, ONE, SO_EXCLUSIVEADDRUSE, ANY, 0)
MUTANT(bind_default_specific_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with an address with no option",
       PATCH(bind, default_specific_shares_exclusive_wildcard));

PAIR(reuse_wildcard_shares_default_wildcard, SO_REUSEADDR, ANY, 0, ANY, 0)
MUTANT(bind_reuse_wildcard_shares_default_wildcard,
       "a wildcard with no option shares with a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_shares_default_wildcard));

PAIR(reuse_wildcard_refuses_default_specific, SO_REUSEADDR, ANY, 0, ONE, WSAEADDRINUSE)
MUTANT(bind_reuse_wildcard_refuses_default_specific,
       "an address with no option is refused beside a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_refuses_default_specific));

PAIR(reuse_wildcard_refuses_reuse_wildcard, SO_REUSEADDR, ANY, SO_REUSEADDR, ANY, WSAEADDRINUSE)
MUTANT(bind_reuse_wildcard_refuses_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is refused beside a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_refuses_reuse_wildcard));

PAIR(reuse_wildcard_refuses_reuse_specific, SO_REUSEADDR, ANY, SO_REUSEADDR, ONE, WSAEADDRINUSE)
MUTANT(bind_reuse_wildcard_refuses_reuse_specific,
       "an address with SO_REUSEADDR is refused beside a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_refuses_reuse_specific));

PAIR(reuse_wildcard_shares_exclusive_wildcard, SO_REUSEADDR, ANY, SO_EXCLUSIVEADDRUSE, ANY, 0)
MUTANT(bind_reuse_wildcard_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_shares_exclusive_wildcard));

PAIR(reuse_wildcard_refuses_exclusive_specific, SO_REUSEADDR, ANY, SO_EXCLUSIVEADDRUSE, ONE,
     WSAEADDRINUSE)
MUTANT(bind_reuse_wildcard_refuses_exclusive_specific,
       "an address with SO_EXCLUSIVEADDRUSE is refused beside a wildcard with SO_REUSEADDR",
       PATCH(bind, reuse_wildcard_refuses_exclusive_specific));

PAIR(reuse_specific_refuses_default_wildcard, SO_REUSEADDR, ONE, 0, ANY, WSAEADDRINUSE)
MUTANT(bind_reuse_specific_refuses_default_wildcard,
       "a wildcard with no option is refused beside an address with SO_REUSEADDR",
       PATCH(bind, reuse_specific_refuses_default_wildcard));

PAIR(reuse_specific_refuses_reuse_wildcard, SO_REUSEADDR, ONE, SO_REUSEADDR, ANY, WSAEADDRINUSE)
MUTANT(bind_reuse_specific_refuses_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is refused beside an address with SO_REUSEADDR",
       PATCH(bind, reuse_specific_refuses_reuse_wildcard));

PAIR(reuse_specific_shares_exclusive_wildcard, SO_REUSEADDR, ONE, SO_EXCLUSIVEADDRUSE, ANY, 0)
MUTANT(bind_reuse_specific_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with an address with SO_REUSEADDR",
       PATCH(bind, reuse_specific_shares_exclusive_wildcard));

PAIR(exclusive_wildcard_shares_default_wildcard, SO_EXCLUSIVEADDRUSE, ANY, 0, ANY, 0)
MUTANT(bind_exclusive_wildcard_shares_default_wildcard,
       "a wildcard with no option shares with a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_shares_default_wildcard));

PAIR(exclusive_wildcard_shares_default_specific, SO_EXCLUSIVEADDRUSE, ANY, 0, ONE, 0)
MUTANT(bind_exclusive_wildcard_shares_default_specific,
       "an address with no option shares with a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_shares_default_specific));

PAIR(exclusive_wildcard_is_in_use_reuse_wildcard, SO_EXCLUSIVEADDRUSE, ANY, SO_REUSEADDR, ANY,
     WSAEADDRINUSE)
MUTANT(bind_exclusive_wildcard_is_in_use_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is in use beside a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_is_in_use_reuse_wildcard));

PAIR(exclusive_wildcard_shares_reuse_specific, SO_EXCLUSIVEADDRUSE, ANY, SO_REUSEADDR, ONE, 0)
MUTANT(bind_exclusive_wildcard_shares_reuse_specific,
       "an address with SO_REUSEADDR shares with a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_shares_reuse_specific));

PAIR(exclusive_wildcard_shares_exclusive_wildcard, SO_EXCLUSIVEADDRUSE, ANY, SO_EXCLUSIVEADDRUSE,
     ANY, 0)
MUTANT(bind_exclusive_wildcard_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_shares_exclusive_wildcard));

PAIR(exclusive_wildcard_shares_exclusive_specific, SO_EXCLUSIVEADDRUSE, ANY, SO_EXCLUSIVEADDRUSE,
     ONE, 0)
MUTANT(bind_exclusive_wildcard_shares_exclusive_specific,
       "an address with SO_EXCLUSIVEADDRUSE shares with a wildcard with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_wildcard_shares_exclusive_specific));

PAIR(exclusive_specific_refuses_default_wildcard, SO_EXCLUSIVEADDRUSE, ONE, 0, ANY, WSAEADDRINUSE)
MUTANT(bind_exclusive_specific_refuses_default_wildcard,
       "a wildcard with no option is refused beside an address with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_specific_refuses_default_wildcard));

PAIR(exclusive_specific_refuses_reuse_wildcard, SO_EXCLUSIVEADDRUSE, ONE, SO_REUSEADDR, ANY,
     WSAEADDRINUSE)
MUTANT(bind_exclusive_specific_refuses_reuse_wildcard,
       "a wildcard with SO_REUSEADDR is refused beside an address with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_specific_refuses_reuse_wildcard));

PAIR(exclusive_specific_shares_exclusive_wildcard, SO_EXCLUSIVEADDRUSE, ONE, SO_EXCLUSIVEADDRUSE,
     ANY, 0)
MUTANT(bind_exclusive_specific_shares_exclusive_wildcard,
       "a wildcard with SO_EXCLUSIVEADDRUSE shares with an address with SO_EXCLUSIVEADDRUSE",
       PATCH(bind, exclusive_specific_shares_exclusive_wildcard));

static int WINAPI all_addresses(BIND_PARAMETERS)
{
    struct sockaddr_in in = asked(name, length);
    return asks_beside(s, name, length, SO_EXCLUSIVEADDRUSE, 0) && !is_wildcard(&in) &&
                   in.sin_addr.s_addr != held.name.sin_addr.s_addr
               ? socket_fails(WSAEADDRINUSE)
               : bind_noted(s, name, length);
}
MUTANT(bind_exclusive_port_is_of_all_addresses,
       "SO_EXCLUSIVEADDRUSE keeps the port of every address", PATCH(bind, all_addresses));

static int WINAPI gone_for_good(BIND_PARAMETERS)
{
    return asks_beside(s, name, length, SO_EXCLUSIVEADDRUSE, SO_EXCLUSIVEADDRUSE)
               ? socket_fails(WSAEADDRINUSE)
               : bind_noted(s, name, length);
}
MUTANT(bind_exclusive_port_is_gone_for_good,
       "A port that was held with SO_EXCLUSIVEADDRUSE stays in use when its socket is closed",
       PATCH(bind, gone_for_good));

static SOCKET listening[2];

static int WINAPI listens(SOCKET s, int backlog)
{
    listening[0] = listening[1];
    listening[1] = s;
    return real(listen)(s, backlog);
}

static SOCKET WINAPI accepts_other(SOCKET s, struct sockaddr *name, int *length)
{
    if (listening[0] && (s == listening[0] || s == listening[1]))
        s = listening[0] + listening[1] - s;
    return real(accept)(s, name, length);
}
MUTANT(accept_of_the_wildcard_goes_first,
       "Of two listeners on one port the one that is not of the address gets the connection",
       PATCH(listen, listens), PATCH(accept, accepts_other));
