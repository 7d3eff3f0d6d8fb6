/* What getaddrinfo takes as hints and services, done wrong. */
#include "lookup-mutants.h"

MUTANT(getaddrinfo_takes_a_length, "getaddrinfo takes hints with ai_addrlen",
       PATCH(getaddrinfo, blind_to_length));

MUTANT(getaddrinfo_takes_a_name, "getaddrinfo takes hints with ai_canonname",
       PATCH(getaddrinfo, blind_to_name));

MUTANT(getaddrinfo_takes_an_address, "getaddrinfo takes hints with ai_addr",
       PATCH(getaddrinfo, blind_to_address));

MUTANT(getaddrinfo_takes_a_next_one, "getaddrinfo takes hints with ai_next",
       PATCH(getaddrinfo, blind_to_next));

static int WINAPI any_type(INFO_PARAMETERS)
{
    int error = INFO;
    if (error != WSATYPE_NOT_FOUND || !hints)
        return error;
    ADDRINFOA rest = *hints;
    rest.ai_socktype = 0;
    return INFO_WITH(&rest);
}
MUTANT(getaddrinfo_takes_services_of_other_types,
       "getaddrinfo finds a service that the socket type does not have",
       PATCH(getaddrinfo, any_type));

static int WINAPI no_host(INFO_PARAMETERS)
{
    int error = INFO;
    return error == WSATYPE_NOT_FOUND && !hints ? WSAHOST_NOT_FOUND : error;
}
MUTANT(getaddrinfo_takes_service_for_host,
       "getaddrinfo without hints tells WSAHOST_NOT_FOUND for an unknown service",
       PATCH(getaddrinfo, no_host));

MUTANT(getaddrinfo_tells_named_services_in_host_order,
       "getaddrinfo stores the port of a service that has a name in host byte order",
       PATCH(getaddrinfo, host_order));

MUTANT(getaddrinfo_before_startup_cannot_recover,
       "getaddrinfo without WSAStartup fails with WSANO_RECOVERY",
       PATCH(getaddrinfo, info_unstarted));
