/* Wrong behaviours, for the tests of ioctl_codes.c: codes of WSAIoctl. */
#include "ioctl-mutants.h"

IOCTL_FAILS(fionread_nowhere, FIONREAD, !out, WSAEFAULT, 0)
MUTANT(fionread_without_room_succeeds, "FIONREAD succeeds without an output buffer",
       PATCH(WSAIoctl, fionread_nowhere));

IOCTL_FAILS(fionread_uncounted, FIONREAD, !size && !overlapped, WSAEFAULT, 0)
MUTANT(fionread_needs_no_count, "FIONREAD succeeds without room for the count",
       PATCH(WSAIoctl, fionread_uncounted));

IOCTL_FAILS(mark_nowhere, SIOCATMARK, !out, WSAEFAULT, 0)
MUTANT(siocatmark_without_room_succeeds, "SIOCATMARK succeeds without an output buffer",
       PATCH(WSAIoctl, mark_nowhere));

IOCTL_FAILS(mark_short, SIOCATMARK, out_size < 4, WSAEFAULT, 0)
MUTANT(siocatmark_takes_a_byte_less, "SIOCATMARK takes less room than a BOOL",
       PATCH(WSAIoctl, mark_short));

IOCTL_FAILS(mode_of_nothing, FIONBIO, !in, WSAEFAULT, 0)
MUTANT(fionbio_without_input_succeeds, "FIONBIO of WSAIoctl succeeds without an input buffer",
       PATCH(WSAIoctl, mode_of_nothing));

IOCTL_FAILS(alive_of_nothing, SIO_KEEPALIVE_VALS, !in, WSAEFAULT, 0)
MUTANT(keepalive_values_of_nothing_succeed, "SIO_KEEPALIVE_VALS succeeds without an input buffer",
       PATCH(WSAIoctl, alive_of_nothing));

IOCTL_FAILS(alive_short, SIO_KEEPALIVE_VALS, in_size < sizeof(struct tcp_keepalive), WSAEFAULT, 0)
MUTANT(keepalive_values_take_a_byte_less, "SIO_KEEPALIVE_VALS takes less than a tcp_keepalive",
       PATCH(WSAIoctl, alive_short));

IOCTL_FAILS(alive_uncounted, SIO_KEEPALIVE_VALS, !size && !overlapped, WSAEFAULT, 0)
MUTANT(keepalive_values_need_no_count, "SIO_KEEPALIVE_VALS succeeds without room for the count",
       PATCH(WSAIoctl, alive_uncounted));

IOCTL_FAILS(function_nowhere, SIO_GET_EXTENSION_FUNCTION_POINTER, !out, WSAEFAULT, 0)
MUTANT(extension_without_room_succeeds,
       "SIO_GET_EXTENSION_FUNCTION_POINTER succeeds without an output buffer",
       PATCH(WSAIoctl, function_nowhere));

IOCTL_FAILS(route_nowhere, SIO_ROUTING_INTERFACE_QUERY, !out, WSAEFAULT, 0)
MUTANT(route_without_room_succeeds, "SIO_ROUTING_INTERFACE_QUERY succeeds without an output buffer",
       PATCH(WSAIoctl, route_nowhere));

IOCTL_FAILS(route_uncounted, SIO_ROUTING_INTERFACE_QUERY, !size, WSAEFAULT, 0)
MUTANT(route_needs_no_count, "SIO_ROUTING_INTERFACE_QUERY succeeds without room for the count",
       PATCH(WSAIoctl, route_uncounted));

IOCTL_FAILS(interfaces_uncounted, SIO_GET_INTERFACE_LIST, !size && !overlapped, WSAEFAULT, 0)
MUTANT(interface_list_needs_no_count, "SIO_GET_INTERFACE_LIST succeeds without room for the count",
       PATCH(WSAIoctl, interfaces_uncounted));

IOCTL_FAILS(addresses_uncounted, SIO_ADDRESS_LIST_QUERY, !size && !overlapped, WSAEFAULT, 0)
MUTANT(address_list_needs_no_count, "SIO_ADDRESS_LIST_QUERY succeeds without room for the count",
       PATCH(WSAIoctl, addresses_uncounted));

TELLS_ANOTHER(other_base, SIO_BSP_HANDLE)
MUTANT(bsp_handle_is_another, "SIO_BSP_HANDLE tells another handle", PATCH(WSAIoctl, other_base));

TELLS_ANOTHER(other_select_base, SIO_BSP_HANDLE_SELECT)
MUTANT(bsp_handle_for_select_is_another, "SIO_BSP_HANDLE_SELECT tells another handle",
       PATCH(WSAIoctl, other_select_base));

TELLS_ANOTHER(other_poll_base, SIO_BSP_HANDLE_POLL)
MUTANT(bsp_handle_for_poll_is_another, "SIO_BSP_HANDLE_POLL tells another handle",
       PATCH(WSAIoctl, other_poll_base));

IOCTL_FAILS(scalability_fault, CODE_RSS_SCALABILITY, true, WSAEINVAL, WSAEFAULT)
MUTANT(rss_scalability_in_short_room_is_a_fault,
       "SIO_QUERY_RSS_SCALABILITY_INFO fails with WSAEFAULT for too little room",
       PATCH(WSAIoctl, scalability_fault));

IOCTL_FAILS(endpoint_fault, CODE_ALE_ENDPOINT_HANDLE, true, WSAEINVAL, WSAEFAULT)
MUTANT(ale_endpoint_in_short_room_is_a_fault,
       "SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE fails with WSAEFAULT for too little room",
       PATCH(WSAIoctl, endpoint_fault));

/* ---- What codes tell and do */

static int WINAPI mark_is_false(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == (DWORD)SIOCATMARK && out && bytes_waiting(s))
        *(u_long *)out = FALSE;
    return result;
}
MUTANT(siocatmark_without_urgent_data_is_false, "SIOCATMARK tells FALSE where ordinary data wait",
       PATCH(WSAIoctl, mark_is_false));

/* A WSAIoctl of SIO_KEEPALIVE_VALS that succeeds where CONDITION holds, and does nothing there. */
#define SWITCHES_NOTHING(name, condition)                                              \
    static int WINAPI name(IOCTL_PARAMETERS)                                           \
    {                                                                                  \
        const struct tcp_keepalive *values = in;                                       \
        if (code != SIO_KEEPALIVE_VALS || !in || in_size < sizeof(*values) || !size || \
            !(condition))                                                              \
            return IOCTL;                                                              \
        *size = 0;                                                                     \
        return 0;                                                                      \
    }

SWITCHES_NOTHING(switches_nothing_on, values->onoff)
MUTANT(keepalive_values_switch_nothing_on, "SIO_KEEPALIVE_VALS does not enable keep-alive",
       PATCH(WSAIoctl, switches_nothing_on));

SWITCHES_NOTHING(switches_nothing_off, !values->onoff)
MUTANT(keepalive_values_switch_nothing_off, "SIO_KEEPALIVE_VALS does not disable keep-alive",
       PATCH(WSAIoctl, switches_nothing_off));

static int WINAPI no_circle(IOCTL_PARAMETERS)
{
    return code == SIO_ENABLE_CIRCULAR_QUEUEING ? socket_fails(WSAENOPROTOOPT) : IOCTL;
}
MUTANT(circular_queueing_is_not_supported, "SIO_ENABLE_CIRCULAR_QUEUEING fails",
       PATCH(WSAIoctl, no_circle));

static int WINAPI takes_any_code(IOCTL_PARAMETERS)
{
    return failure_hidden(IOCTL, WSAEOPNOTSUPP, 0);
}
MUTANT(unknown_ioctl_succeeds, "WSAIoctl succeeds with a code that nobody knows",
       PATCH(WSAIoctl, takes_any_code));

static int WINAPI no_route_to_groups(IOCTL_PARAMETERS)
{
    return code == SIO_ROUTING_INTERFACE_QUERY && in && out && size &&
                   IN_MULTICAST(ntohl(((struct sockaddr_in *)in)->sin_addr.s_addr))
               ? socket_fails(WSAEINVAL)
               : IOCTL;
}
MUTANT(route_to_a_group_is_invalid, "SIO_ROUTING_INTERFACE_QUERY takes no groups",
       PATCH(WSAIoctl, no_route_to_groups));

static int WINAPI counts_one_more(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == (DWORD)FIONREAD && out && is_datagram(s) && *(u_long *)out)
        ++*(u_long *)out;
    return result;
}
MUTANT(fionread_of_datagrams_counts_one_more, "FIONREAD of a datagram counts a byte more",
       PATCH(WSAIoctl, counts_one_more));

static SOCKET peeked;

static int WINAPI recv_notes_peek(SOCKET s, char *bytes, int size, int flags)
{
    peeked = flags & MSG_PEEK ? s : 0;
    return real(recv)(s, bytes, size, flags);
}

static int WINAPI leaves_out_peeked(SOCKET s, long command, u_long *argument)
{
    int result = real(ioctlsocket)(s, command, argument);
    if (result == 0 && command == (long)FIONREAD && s == peeked && peeked)
        --*argument;
    return result;
}
MUTANT(fionread_leaves_out_what_was_peeked, "FIONREAD does not count what was peeked at",
       PATCH(recv, recv_notes_peek), PATCH(ioctlsocket, leaves_out_peeked));

/* ---- Completion */

static int WINAPI runs_no_routine(IOCTL_PARAMETERS)
{
    routine = NULL;
    return IOCTL;
}
MUTANT(ioctl_routine_never_runs, "WSAIoctl does not run its routine",
       PATCH(WSAIoctl, runs_no_routine));

static LPWSAOVERLAPPED_COMPLETION_ROUTINE real_routine;

static void CALLBACK flagged(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    real_routine(error, count, overlapped, flags | 1);
}

static int WINAPI gives_flags(IOCTL_PARAMETERS)
{
    if (routine)
        real_routine = routine, routine = flagged;
    return IOCTL;
}
MUTANT(ioctl_routine_gets_flags, "The routine of WSAIoctl is given flags",
       PATCH(WSAIoctl, gives_flags));

static int WINAPI sets_no_event(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    DWORD error = GetLastError();
    if (result == 0 && overlapped && overlapped->hEvent && !routine)
        real(ResetEvent)(overlapped->hEvent);
    SetLastError(error);
    return result;
}
MUTANT(ioctl_done_at_once_sets_no_event, "WSAIoctl that is done at once does not set its event",
       PATCH(WSAIoctl, sets_no_event));

static int WINAPI counts_nothing(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && overlapped && size)
        *size = 0;
    return result;
}
MUTANT(ioctl_done_at_once_counts_nothing,
       "An overlapped WSAIoctl that is done at once stores no count",
       PATCH(WSAIoctl, counts_nothing));
