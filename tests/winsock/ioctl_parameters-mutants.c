/* Wrong behaviours, for the tests of ioctl_parameters.c: WSAIoctl.
 */
#include "winsock-mutants.h"

#include <mstcpip.h>

/* A WSAIoctl that writes to an output buffer of no bytes. */
#define FILLS(name, code_)                                             \
    static int WINAPI name(IOCTL_PARAMETERS)                           \
    {                                                                  \
        int result = IOCTL;                                            \
        if (result == 0 && code == (DWORD)(code_) && out && !out_size) \
            *(char *)out = 0;                                          \
        return result;                                                 \
    }

FILLS(keepalive_fills, SIO_KEEPALIVE_VALS)
FILLS(fast_path_fills, SIO_LOOPBACK_FAST_PATH)
FILLS(first_time_out_fills, SIO_TCP_INITIAL_RTO)
MUTANT(keepalive_fills_its_output, "SIO_KEEPALIVE_VALS writes to the output buffer",
       PATCH(WSAIoctl, keepalive_fills));
MUTANT(fast_path_fills_its_output, "SIO_LOOPBACK_FAST_PATH writes to the output buffer",
       PATCH(WSAIoctl, fast_path_fills));
MUTANT(initial_rto_fills_its_output, "SIO_TCP_INITIAL_RTO writes to the output buffer",
       PATCH(WSAIoctl, first_time_out_fills));

/* A WSAIoctl that uses the OVERLAPPED of every socket. */
#define OVERLAPS(name, code_)                                      \
    static int WINAPI name(IOCTL_PARAMETERS)                       \
    {                                                              \
        int result = IOCTL;                                        \
        if (result == 0 && code == (DWORD)(code_) && overlapped) { \
            overlapped->Internal = 0;                              \
            overlapped->InternalHigh = 0;                          \
            SetEvent(overlapped->hEvent);                          \
        }                                                          \
        return result;                                             \
    }

OVERLAPS(keepalive_overlaps, SIO_KEEPALIVE_VALS)
OVERLAPS(fast_path_overlaps, SIO_LOOPBACK_FAST_PATH)
OVERLAPS(first_time_out_overlaps, SIO_TCP_INITIAL_RTO)
MUTANT(keepalive_overlaps_always,
       "SIO_KEEPALIVE_VALS uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSAIoctl, keepalive_overlaps));
MUTANT(fast_path_overlaps_always,
       "SIO_LOOPBACK_FAST_PATH uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSAIoctl, fast_path_overlaps));
MUTANT(initial_rto_overlaps_always,
       "SIO_TCP_INITIAL_RTO uses the OVERLAPPED of a socket that is not overlapped",
       PATCH(WSAIoctl, first_time_out_overlaps));
