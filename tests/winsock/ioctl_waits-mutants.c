/* Wrong behaviours, for the tests of ioctl_waits.c. */
#include "faults-mutants.h"
#include "ioctl-mutants.h"

#define CODE_TCP_INFO 0xD8000027u
#define CODE_BACKLOG_CHANGE 0x2000747Au

/* A WSAIoctl of one code that never waits without an OVERLAPPED. */
#define NEVER_BLOCKS(name, code_)                                                            \
    static int WINAPI name(IOCTL_PARAMETERS)                                                 \
    {                                                                                        \
        return code == (DWORD)(code_) && !overlapped ? socket_fails(WSAEWOULDBLOCK) : IOCTL; \
    }

NEVER_BLOCKS(addresses_never_block, SIO_ADDRESS_LIST_CHANGE)
MUTANT(changes_never_block,
       "SIO_ADDRESS_LIST_CHANGE of a blocking socket fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, addresses_never_block));

NEVER_BLOCKS(routes_never_block, SIO_ROUTING_INTERFACE_CHANGE)
MUTANT(changes_of_routes_never_block,
       "SIO_ROUTING_INTERFACE_CHANGE of a blocking socket fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, routes_never_block));

NEVER_BLOCKS(backlog_never_blocks, CODE_BACKLOG_CHANGE)
MUTANT(backlog_change_never_blocks, "SIO_IDEAL_SEND_BACKLOG_CHANGE fails with WSAEWOULDBLOCK",
       PATCH(WSAIoctl, backlog_never_blocks));

static bool is_wildcard(const void *name)
{
    static const BYTE zeros[16];
    const struct sockaddr_in6 *six = name;
    return six->sin6_family == AF_INET6 ? !memcmp(&six->sin6_addr, zeros, sizeof(zeros))
                                        : !((const struct sockaddr_in *)name)->sin_addr.s_addr;
}

static int WINAPI refuses_wildcards(IOCTL_PARAMETERS)
{
    return code == SIO_ROUTING_INTERFACE_CHANGE && in && is_wildcard(in)
               ? socket_fails(WSAEADDRNOTAVAIL)
               : IOCTL;
}
MUTANT(changes_of_all_routes_are_refused,
       "SIO_ROUTING_INTERFACE_CHANGE refuses the wildcard address",
       PATCH(WSAIoctl, refuses_wildcards));

static int WINAPI info_overlaps(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    if (result == 0 && code == CODE_TCP_INFO && overlapped) {
        overlapped->Internal = 0;
        SetEvent(overlapped->hEvent);
    }
    return result;
}
MUTANT(tcp_info_overlaps_always,
       "SIO_TCP_INFO uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSAIoctl, info_overlaps));

static int WINAPI backlog_overlaps(IOCTL_PARAMETERS)
{
    return code == CODE_BACKLOG_CHANGE && overlapped && !routine && overlapped->Internal
               ? socket_fails(WSA_IO_PENDING)
               : IOCTL;
}
MUTANT(backlog_change_overlaps_always,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE pends on a socket that is not overlapped",
       PATCH(WSAIoctl, backlog_overlaps));

/* The routine of the program, which is told another error than the true one after SPOILED. */
static LPWSAOVERLAPPED_COMPLETION_ROUTINE programs;
static SOCKET awaiting;
static bool spoiled;
static DWORD told_instead;

static void CALLBACK tells(DWORD error, DWORD count, WSAOVERLAPPED *done, DWORD flags)
{
    programs(spoiled ? told_instead : error, count, done, flags);
}

#define ENDS_WITH(name, error)                                                               \
    static int WINAPI name(IOCTL_PARAMETERS)                                                 \
    {                                                                                        \
        if (code != CODE_BACKLOG_CHANGE || !routine)                                         \
            return IOCTL;                                                                    \
        programs = routine;                                                                  \
        awaiting = s;                                                                        \
        told_instead = (error);                                                              \
        return real(WSAIoctl)(s, code, in, in_size, out, out_size, size, overlapped, tells); \
    }

static int WINAPI notes_shutdown(SOCKET s, int how)
{
    spoiled = awaiting && s == awaiting;
    return real(shutdown)(s, how);
}

ENDS_WITH(ends_shut, WSAESHUTDOWN)
MUTANT(backlog_change_tells_of_shutdown,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE tells WSAESHUTDOWN of what is shut down",
       PATCH(WSAIoctl, ends_shut), PATCH(shutdown, notes_shutdown));

static int WINAPI notes_linger(SET_PARAMETERS)
{
    spoiled = awaiting && level == SOL_SOCKET && option == SO_LINGER;
    return SET;
}

ENDS_WITH(ends_reset, WSAECONNRESET)
MUTANT(backlog_change_tells_of_the_reset,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE tells WSAECONNRESET of what is reset",
       PATCH(WSAIoctl, ends_reset), PATCH(setsockopt, notes_linger));

static BOOL WINAPI notes_cancel(HANDLE file, LPOVERLAPPED one)
{
    spoiled = awaiting && (SOCKET)file == awaiting;
    return real(CancelIoEx)(file, one);
}

ENDS_WITH(ends_well, 0)
MUTANT(backlog_change_cancelled_succeeds,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE that is cancelled succeeds", PATCH(WSAIoctl, ends_well),
       PATCH(CancelIoEx, notes_cancel));

static int WINAPI notes_close(SOCKET s)
{
    spoiled = awaiting && s == awaiting;
    return real(closesocket)(s);
}

ENDS_WITH(ends_closed, WSAENOTSOCK)
MUTANT(backlog_change_closed_is_no_socket,
       "SIO_IDEAL_SEND_BACKLOG_CHANGE tells WSAENOTSOCK of what is closed",
       PATCH(WSAIoctl, ends_closed), PATCH(closesocket, notes_close));

static SOCKET awaited;

static int WINAPI pends_twice(IOCTL_PARAMETERS)
{
    if (code != CODE_BACKLOG_CHANGE || routine)
        return IOCTL;
    if (s == awaited)
        return socket_fails(WSA_IO_PENDING);
    awaited = s;
    return IOCTL;
}
MUTANT(backlog_change_pends_twice, "Two SIO_IDEAL_SEND_BACKLOG_CHANGE pend for one connection",
       PATCH(WSAIoctl, pends_twice));

static int WINAPI ignores_nowhere(IOCTL_PARAMETERS)
{
    if (code == SIO_KEEPALIVE_VALS && overlapped && is_nowhere(overlapped))
        overlapped = NULL;
    return IOCTL;
}
MUTANT(keepalive_ignores_an_overlapped_nowhere,
       "SIO_KEEPALIVE_VALS takes an OVERLAPPED that is not in memory for none",
       PATCH(WSAIoctl, ignores_nowhere));
