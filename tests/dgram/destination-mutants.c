/* Wrong behaviours, for the tests of destination.c: sendto and WSASendTo. */
#include "dgram-mutants.h"

static int WINAPI sendto_routes(SENDTO_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_cannot_leave_out_routing, "sendto with MSG_DONTROUTE fails with WSAEOPNOTSUPP",
       PATCH(sendto, sendto_routes));

static int WINAPI wsasendto_routes(WSASENDTO_PARAMETERS)
{
    return flags & MSG_DONTROUTE ? socket_fails(WSAEOPNOTSUPP) : WSASENDTO;
}
MUTANT(wsasendto_cannot_leave_out_routing, "WSASendTo with MSG_DONTROUTE fails with WSAEOPNOTSUPP",
       PATCH(WSASendTo, wsasendto_routes));

static int WINAPI wsasendto_calmly(WSASENDTO_PARAMETERS)
{
    if (is_datagram(s))
        flags &= ~(DWORD)MSG_OOB;
    return WSASENDTO;
}
MUTANT(wsasendto_sends_urgent_datagrams, "WSASendTo of a datagram ignores MSG_OOB",
       PATCH(WSASendTo, wsasendto_calmly));

static int WINAPI sendto_needs_name(SENDTO_PARAMETERS)
{
    return !to && is_datagram(s) && has_peer(s) ? socket_fails(WSAEDESTADDRREQ)
                                                : real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_without_a_name_fails,
       "sendto of a connected datagram socket fails with WSAEDESTADDRREQ without a destination",
       PATCH(sendto, sendto_needs_name));

static int WINAPI wsasendto_needs_name(WSASENDTO_PARAMETERS)
{
    return !to && is_datagram(s) && has_peer(s) ? socket_fails(WSAEDESTADDRREQ) : WSASENDTO;
}
MUTANT(wsasendto_without_a_name_fails,
       "WSASendTo of a connected datagram socket fails with WSAEDESTADDRREQ without a destination",
       PATCH(WSASendTo, wsasendto_needs_name));

/* Nobody else has a port of 127.0.0.2. */
static int WINAPI wsasendto_asks(WSASENDTO_PARAMETERS)
{
    return is_datagram(s) && address_of(to) == INADDR_LOOPBACK + 1 ? socket_fails(WSAECONNREFUSED)
                                                                   : WSASENDTO;
}
MUTANT(wsasendto_to_nobody_is_refused,
       "WSASendTo to a port that nobody listens on fails with WSAECONNREFUSED",
       PATCH(WSASendTo, wsasendto_asks));

static int WINAPI failure_sets_event(WSASENDTO_PARAMETERS)
{
    int result = WSASENDTO;
    DWORD error = GetLastError();
    if (result == SOCKET_ERROR && error == WSAEFAULT && overlapped && overlapped->hEvent)
        SetEvent(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(wsasendto_failure_sets_event, "WSASendTo that cannot begin sets the event",
       PATCH(WSASendTo, failure_sets_event));

/* Binds to loopback what a first send is about to bind. */
static void bind_to_loopback(SOCKET s)
{
    struct sockaddr_in6 here6 = {.sin6_family = AF_INET6, .sin6_addr.s6_addr[15] = 1};
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (is_bound(s) || !is_datagram(s))
        return;
    if (is_ipv6(s))
        real(bind)(s, (struct sockaddr *)&here6, sizeof(here6));
    else
        real(bind)(s, (struct sockaddr *)&here, sizeof(here));
}

static int WINAPI sendto_binds_ipv6(SENDTO_PARAMETERS)
{
    if (is_ipv6(s))
        bind_to_loopback(s);
    return real(sendto)(SENDTO_ARGUMENTS);
}
MUTANT(sendto_binds_ipv6_to_an_address, "sendto gives an unbound socket of IPv6 a whole name",
       PATCH(sendto, sendto_binds_ipv6));

static int WINAPI wsasendto_binds(WSASENDTO_PARAMETERS)
{
    bind_to_loopback(s);
    return WSASENDTO;
}
MUTANT(wsasendto_binds_to_an_address, "WSASendTo gives an unbound socket a whole name",
       PATCH(WSASendTo, wsasendto_binds));

/* Sets the time to live of what a first send has bound back to its default. */
static void forget_options(SOCKET s, bool was_bound)
{
    DWORD error = GetLastError();
    int ttl = 128;
    if (!was_bound && is_bound(s))
        real(setsockopt)(s, IPPROTO_IP, IP_TTL, (char *)&ttl, sizeof(ttl));
    SetLastError(error);
}

static int WINAPI sendto_forgets(SENDTO_PARAMETERS)
{
    bool was_bound = is_bound(s);
    int sent = real(sendto)(SENDTO_ARGUMENTS);
    forget_options(s, was_bound);
    return sent;
}
MUTANT(sendto_that_binds_forgets_options, "sendto that binds a socket sets its options back",
       PATCH(sendto, sendto_forgets));

static int WINAPI wsasendto_forgets(WSASENDTO_PARAMETERS)
{
    bool was_bound = is_bound(s);
    int result = WSASENDTO;
    forget_options(s, was_bound);
    return result;
}
MUTANT(wsasendto_that_binds_forgets_options, "WSASendTo that binds a socket sets its options back",
       PATCH(WSASendTo, wsasendto_forgets));

static SOCKET sent_by;

static int WINAPI wsasendto_notes(WSASENDTO_PARAMETERS)
{
    sent_by = !to && is_datagram(s) ? s : INVALID_SOCKET;
    return WSASENDTO;
}

static int WINAPI no_address(SOCKET s, struct sockaddr *name, int *length)
{
    int result = real(getsockname)(s, name, length);
    if (result == 0 && s == sent_by && name->sa_family == AF_INET)
        ((struct sockaddr_in *)name)->sin_addr.s_addr = 0;
    return result;
}
MUTANT(wsasendto_to_the_peer_leaves_the_wildcard,
       "After WSASendTo to the peer getsockname tells the wildcard address",
       PATCH(WSASendTo, wsasendto_notes), PATCH(getsockname, no_address));
