/* Other outcomes of a second bind to a port. */
#include "../winsock/winsock-mutants.h"

enum option { PLAIN, REUSING, EXCLUSIVE };

#define BIND_PARAMETERS SOCKET s, const struct sockaddr *name, int length

static enum option option_of(SOCKET s)
{
    return socket_option(s, SO_EXCLUSIVEADDRUSE) ? EXCLUSIVE
           : socket_option(s, SO_REUSEADDR)      ? REUSING
                                                 : PLAIN;
}

static bool is_wildcard(const struct sockaddr *name)
{
    return ((const struct sockaddr_in *)name)->sin_addr.s_addr == INADDR_ANY;
}

/* What the process bound last, and to which port. */
static struct {
    bool any, wildcard;
    enum option option;
    u_short port;
} before;

/* Binds, unless this is the second bind to a port and both are as given: then the outcome differs.
 */
static int bind_except(BIND_PARAMETERS, enum option first, bool first_is_wildcard,
                       enum option second, bool second_is_wildcard)
{
    bool datagram = is_datagram(s) && name->sa_family == AF_INET;
    enum option option = option_of(s);
    bool again = datagram && before.any && before.option == first &&
                 before.wildcard == first_is_wildcard &&
                 before.port == ((const struct sockaddr_in *)name)->sin_port && option == second &&
                 is_wildcard(name) == second_is_wildcard;
    int result = real(bind)(s, name, length);
    if (again)
        return socket_fails(
            result == SOCKET_ERROR && GetLastError() == WSAEADDRINUSE ? WSAEACCES : WSAEADDRINUSE);
    DWORD error = GetLastError();
    struct sockaddr_in bound;
    int size = sizeof(bound);
    before.any =
        datagram && result == 0 && real(getsockname)(s, (struct sockaddr *)&bound, &size) == 0;
    if (before.any) {
        before.option = option;
        before.wildcard = is_wildcard(name);
        before.port = bound.sin_port;
    }
    SetLastError(error);
    return result;
}

#define CELL(name_, first, first_is_wildcard, second, second_is_wildcard)                          \
    static int WINAPI name_(BIND_PARAMETERS)                                                       \
    {                                                                                              \
        return bind_except(s, name, length, first, first_is_wildcard, second, second_is_wildcard); \
    }

CELL(wildcard_then_wildcard, PLAIN, true, PLAIN, true)
MUTANT(port_of_wildcard_then_wildcard_is_denied,
       "bind without options to the wildcard address after one without options to the wildcard one "
       "has another outcome",
       PATCH(bind, wildcard_then_wildcard));

CELL(wildcard_then_specific, PLAIN, true, PLAIN, false)
MUTANT(port_of_wildcard_then_specific_is_in_use,
       "bind without options to a specific address after one without options to the wildcard one "
       "has another outcome",
       PATCH(bind, wildcard_then_specific));

CELL(wildcard_then_reusing_wildcard, PLAIN, true, REUSING, true)
MUTANT(port_of_wildcard_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one without options to the wildcard "
       "one has another outcome",
       PATCH(bind, wildcard_then_reusing_wildcard));

CELL(wildcard_then_reusing_specific, PLAIN, true, REUSING, false)
MUTANT(port_of_wildcard_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one without options to the wildcard one "
       "has another outcome",
       PATCH(bind, wildcard_then_reusing_specific));

CELL(wildcard_then_exclusive_wildcard, PLAIN, true, EXCLUSIVE, true)
MUTANT(port_of_wildcard_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one without options to the "
       "wildcard one has another outcome",
       PATCH(bind, wildcard_then_exclusive_wildcard));

CELL(wildcard_then_exclusive_specific, PLAIN, true, EXCLUSIVE, false)
MUTANT(port_of_wildcard_then_exclusive_specific_is_in_use,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one without options to the "
       "wildcard one has another outcome",
       PATCH(bind, wildcard_then_exclusive_specific));

CELL(specific_then_wildcard, PLAIN, false, PLAIN, true)
MUTANT(port_of_specific_then_wildcard_is_in_use,
       "bind without options to the wildcard address after one without options to a specific one "
       "has another outcome",
       PATCH(bind, specific_then_wildcard));

CELL(specific_then_specific, PLAIN, false, PLAIN, false)
MUTANT(port_of_specific_then_specific_is_denied,
       "bind without options to a specific address after one without options to a specific one has "
       "another outcome",
       PATCH(bind, specific_then_specific));

CELL(specific_then_reusing_wildcard, PLAIN, false, REUSING, true)
MUTANT(port_of_specific_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one without options to a specific one "
       "has another outcome",
       PATCH(bind, specific_then_reusing_wildcard));

CELL(specific_then_reusing_specific, PLAIN, false, REUSING, false)
MUTANT(port_of_specific_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one without options to a specific one "
       "has another outcome",
       PATCH(bind, specific_then_reusing_specific));

CELL(specific_then_exclusive_wildcard, PLAIN, false, EXCLUSIVE, true)
MUTANT(port_of_specific_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one without options to a "
       "specific one has another outcome",
       PATCH(bind, specific_then_exclusive_wildcard));

CELL(specific_then_exclusive_specific, PLAIN, false, EXCLUSIVE, false)
MUTANT(port_of_specific_then_exclusive_specific_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one without options to a "
       "specific one has another outcome",
       PATCH(bind, specific_then_exclusive_specific));

CELL(reusing_wildcard_then_wildcard, REUSING, true, PLAIN, true)
MUTANT(port_of_reusing_wildcard_then_wildcard_is_denied,
       "bind without options to the wildcard address after one with SO_REUSEADDR to the wildcard "
       "one has another outcome",
       PATCH(bind, reusing_wildcard_then_wildcard));

CELL(reusing_wildcard_then_specific, REUSING, true, PLAIN, false)
MUTANT(port_of_reusing_wildcard_then_specific_is_in_use,
       "bind without options to a specific address after one with SO_REUSEADDR to the wildcard one "
       "has another outcome",
       PATCH(bind, reusing_wildcard_then_specific));

CELL(reusing_wildcard_then_reusing_wildcard, REUSING, true, REUSING, true)
MUTANT(port_of_reusing_wildcard_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one with SO_REUSEADDR to the wildcard "
       "one has another outcome",
       PATCH(bind, reusing_wildcard_then_reusing_wildcard));

CELL(reusing_wildcard_then_reusing_specific, REUSING, true, REUSING, false)
MUTANT(port_of_reusing_wildcard_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one with SO_REUSEADDR to the wildcard "
       "one has another outcome",
       PATCH(bind, reusing_wildcard_then_reusing_specific));

CELL(reusing_wildcard_then_exclusive_wildcard, REUSING, true, EXCLUSIVE, true)
MUTANT(port_of_reusing_wildcard_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one with SO_REUSEADDR to the "
       "wildcard one has another outcome",
       PATCH(bind, reusing_wildcard_then_exclusive_wildcard));

CELL(reusing_wildcard_then_exclusive_specific, REUSING, true, EXCLUSIVE, false)
MUTANT(port_of_reusing_wildcard_then_exclusive_specific_is_in_use,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one with SO_REUSEADDR to the "
       "wildcard one has another outcome",
       PATCH(bind, reusing_wildcard_then_exclusive_specific));

CELL(reusing_specific_then_wildcard, REUSING, false, PLAIN, true)
MUTANT(port_of_reusing_specific_then_wildcard_is_in_use,
       "bind without options to the wildcard address after one with SO_REUSEADDR to a specific one "
       "has another outcome",
       PATCH(bind, reusing_specific_then_wildcard));

CELL(reusing_specific_then_specific, REUSING, false, PLAIN, false)
MUTANT(port_of_reusing_specific_then_specific_is_denied,
       "bind without options to a specific address after one with SO_REUSEADDR to a specific one "
       "has another outcome",
       PATCH(bind, reusing_specific_then_specific));

CELL(reusing_specific_then_reusing_wildcard, REUSING, false, REUSING, true)
MUTANT(port_of_reusing_specific_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one with SO_REUSEADDR to a specific "
       "one has another outcome",
       PATCH(bind, reusing_specific_then_reusing_wildcard));

CELL(reusing_specific_then_reusing_specific, REUSING, false, REUSING, false)
MUTANT(port_of_reusing_specific_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one with SO_REUSEADDR to a specific one "
       "has another outcome",
       PATCH(bind, reusing_specific_then_reusing_specific));

CELL(reusing_specific_then_exclusive_wildcard, REUSING, false, EXCLUSIVE, true)
MUTANT(port_of_reusing_specific_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one with SO_REUSEADDR to a "
       "specific one has another outcome",
       PATCH(bind, reusing_specific_then_exclusive_wildcard));

CELL(reusing_specific_then_exclusive_specific, REUSING, false, EXCLUSIVE, false)
MUTANT(port_of_reusing_specific_then_exclusive_specific_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one with SO_REUSEADDR to a "
       "specific one has another outcome",
       PATCH(bind, reusing_specific_then_exclusive_specific));

CELL(exclusive_wildcard_then_wildcard, EXCLUSIVE, true, PLAIN, true)
MUTANT(port_of_exclusive_wildcard_then_wildcard_is_denied,
       "bind without options to the wildcard address after one with SO_EXCLUSIVEADDRUSE to the "
       "wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_wildcard));

CELL(exclusive_wildcard_then_specific, EXCLUSIVE, true, PLAIN, false)
MUTANT(port_of_exclusive_wildcard_then_specific_is_in_use,
       "bind without options to a specific address after one with SO_EXCLUSIVEADDRUSE to the "
       "wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_specific));

CELL(exclusive_wildcard_then_reusing_wildcard, EXCLUSIVE, true, REUSING, true)
MUTANT(port_of_exclusive_wildcard_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one with SO_EXCLUSIVEADDRUSE to the "
       "wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_reusing_wildcard));

CELL(exclusive_wildcard_then_reusing_specific, EXCLUSIVE, true, REUSING, false)
MUTANT(port_of_exclusive_wildcard_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one with SO_EXCLUSIVEADDRUSE to the "
       "wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_reusing_specific));

CELL(exclusive_wildcard_then_exclusive_wildcard, EXCLUSIVE, true, EXCLUSIVE, true)
MUTANT(port_of_exclusive_wildcard_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one with SO_EXCLUSIVEADDRUSE "
       "to the wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_exclusive_wildcard));

CELL(exclusive_wildcard_then_exclusive_specific, EXCLUSIVE, true, EXCLUSIVE, false)
MUTANT(port_of_exclusive_wildcard_then_exclusive_specific_is_in_use,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one with SO_EXCLUSIVEADDRUSE to "
       "the wildcard one has another outcome",
       PATCH(bind, exclusive_wildcard_then_exclusive_specific));

CELL(exclusive_specific_then_wildcard, EXCLUSIVE, false, PLAIN, true)
MUTANT(port_of_exclusive_specific_then_wildcard_is_in_use,
       "bind without options to the wildcard address after one with SO_EXCLUSIVEADDRUSE to a "
       "specific one has another outcome",
       PATCH(bind, exclusive_specific_then_wildcard));

CELL(exclusive_specific_then_specific, EXCLUSIVE, false, PLAIN, false)
MUTANT(port_of_exclusive_specific_then_specific_is_denied,
       "bind without options to a specific address after one with SO_EXCLUSIVEADDRUSE to a "
       "specific one has another outcome",
       PATCH(bind, exclusive_specific_then_specific));

CELL(exclusive_specific_then_reusing_wildcard, EXCLUSIVE, false, REUSING, true)
MUTANT(port_of_exclusive_specific_then_reusing_wildcard_is_in_use,
       "bind with SO_REUSEADDR to the wildcard address after one with SO_EXCLUSIVEADDRUSE to a "
       "specific one has another outcome",
       PATCH(bind, exclusive_specific_then_reusing_wildcard));

CELL(exclusive_specific_then_reusing_specific, EXCLUSIVE, false, REUSING, false)
MUTANT(port_of_exclusive_specific_then_reusing_specific_is_in_use,
       "bind with SO_REUSEADDR to a specific address after one with SO_EXCLUSIVEADDRUSE to a "
       "specific one has another outcome",
       PATCH(bind, exclusive_specific_then_reusing_specific));

CELL(exclusive_specific_then_exclusive_wildcard, EXCLUSIVE, false, EXCLUSIVE, true)
MUTANT(port_of_exclusive_specific_then_exclusive_wildcard_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to the wildcard address after one with SO_EXCLUSIVEADDRUSE "
       "to a specific one has another outcome",
       PATCH(bind, exclusive_specific_then_exclusive_wildcard));

CELL(exclusive_specific_then_exclusive_specific, EXCLUSIVE, false, EXCLUSIVE, false)
MUTANT(port_of_exclusive_specific_then_exclusive_specific_is_denied,
       "bind with SO_EXCLUSIVEADDRUSE to a specific address after one with SO_EXCLUSIVEADDRUSE to "
       "a specific one has another outcome",
       PATCH(bind, exclusive_specific_then_exclusive_specific));

/* A socket that is bound to the wildcard address is bound to one that nobody writes to. */
static int WINAPI takes_nothing(BIND_PARAMETERS)
{
    struct sockaddr_in to = *(const struct sockaddr_in *)name;
    if (is_datagram(s) && to.sin_family == AF_INET && is_wildcard(name) && to.sin_port)
        to.sin_addr.s_addr = htonl(0x7F4D0203);
    return real(bind)(s, to.sin_family == AF_INET ? (struct sockaddr *)&to : name, length);
}
MUTANT(bind_to_wildcard_takes_nothing,
       "bind to the wildcard address and a given port hears nothing that goes to 127.0.0.2",
       PATCH(bind, takes_nothing));
