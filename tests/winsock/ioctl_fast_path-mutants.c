/* Wrong behaviours, for the tests of ioctl_fast_path.c. */
#include "ioctl-mutants.h"

static int WINAPI ipv4_alone(IOCTL_PARAMETERS)
{
    return code == SIO_LOOPBACK_FAST_PATH && is_ipv6(s) ? socket_fails(WSAEOPNOTSUPP) : IOCTL;
}
MUTANT(fast_path_is_for_ipv4_alone, "SIO_LOOPBACK_FAST_PATH is not known for sockets of IPv6",
       PATCH(WSAIoctl, ipv4_alone));

static SOCKET fast;

static int WINAPI notes_fast(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == SIO_LOOPBACK_FAST_PATH)
        fast = s;
    return result;
}

static int WINAPI refuses_options(SET_PARAMETERS)
{
    return fast && s == fast ? socket_fails(WSAENOPROTOOPT) : SET;
}
MUTANT(fast_path_allows_no_options, "setsockopt fails after SIO_LOOPBACK_FAST_PATH",
       PATCH(WSAIoctl, notes_fast), PATCH(setsockopt, refuses_options));

#define UNCOUNTED(name, code_)                             \
    static int WINAPI name(IOCTL_PARAMETERS)               \
    {                                                      \
        DWORD before = size ? *size : 0;                   \
        int result = IOCTL;                                \
        if (result == 0 && code == (DWORD)(code_) && size) \
            *size = before;                                \
        return result;                                     \
    }

UNCOUNTED(fast_path_uncounted, SIO_LOOPBACK_FAST_PATH)
MUTANT(fast_path_leaves_the_count_alone, "SIO_LOOPBACK_FAST_PATH stores no count",
       PATCH(WSAIoctl, fast_path_uncounted));

UNCOUNTED(first_time_out_uncounted, SIO_TCP_INITIAL_RTO)
MUTANT(initial_rto_leaves_the_count_alone, "SIO_TCP_INITIAL_RTO stores no count",
       PATCH(WSAIoctl, first_time_out_uncounted));
