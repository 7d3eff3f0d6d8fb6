/* Wrong behaviours, for the tests of ioctl_queues.c. */
#include "ioctl-mutants.h"

#define CODE_CPU_AFFINITY 0x98000015u
#define CODE_COMPATIBILITY_MODE 0x9800012Cu

static int WINAPI stays_straight(IOCTL_PARAMETERS)
{
    return code == SIO_ENABLE_CIRCULAR_QUEUEING && is_datagram(s) ? 0 : IOCTL;
}
MUTANT(circular_queues_drop_the_newest, "SIO_ENABLE_CIRCULAR_QUEUEING changes nothing",
       PATCH(WSAIoctl, stays_straight));

static int WINAPI circular_streams(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == SIO_ENABLE_CIRCULAR_QUEUEING && is_stream(s) ? 0 : result;
}
MUTANT(streams_have_circular_queues, "SIO_ENABLE_CIRCULAR_QUEUEING succeeds on streams",
       PATCH(WSAIoctl, circular_streams));

static int WINAPI forgets_processor(IOCTL_PARAMETERS)
{
    return code == CODE_CPU_AFFINITY && in_size == sizeof(USHORT) ? 0 : IOCTL;
}
MUTANT(processors_share_no_port, "SIO_CPU_AFFINITY changes nothing",
       PATCH(WSAIoctl, forgets_processor));

static int WINAPI byte_processor(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    return code == CODE_CPU_AFFINITY && in_size == 1 ? 0 : result;
}
MUTANT(processors_are_bytes, "SIO_CPU_AFFINITY takes a byte", PATCH(WSAIoctl, byte_processor));

static int WINAPI no_compatibility(IOCTL_PARAMETERS)
{
    return code == CODE_COMPATIBILITY_MODE ? socket_fails(WSAEOPNOTSUPP) : IOCTL;
}
MUTANT(compatibility_is_not_supported, "SIO_SET_COMPATIBILITY_MODE is not known",
       PATCH(WSAIoctl, no_compatibility));

IOCTL_FAILS(short_mode, CODE_COMPATIBILITY_MODE, true, WSAEINVAL, WSAEFAULT)
MUTANT(short_compatibility_is_a_fault,
       "SIO_SET_COMPATIBILITY_MODE with too little fails with WSAEFAULT",
       PATCH(WSAIoctl, short_mode));

static int WINAPI exact_mode(IOCTL_PARAMETERS)
{
    return code == CODE_COMPATIBILITY_MODE && in_size > 8 ? socket_fails(WSAEINVAL) : IOCTL;
}
MUTANT(compatibility_takes_no_larger_buffer,
       "SIO_SET_COMPATIBILITY_MODE with more than its structure fails with WSAEINVAL",
       PATCH(WSAIoctl, exact_mode));

IOCTL_FAILS(datagram_mode, CODE_COMPATIBILITY_MODE, is_datagram(s), WSAEOPNOTSUPP, 0)
MUTANT(compatibility_of_datagrams_succeeds,
       "SIO_SET_COMPATIBILITY_MODE succeeds on datagram sockets", PATCH(WSAIoctl, datagram_mode));

/* The version that was last asked for. */
static ULONG version;

static int WINAPI notes_version(IOCTL_PARAMETERS)
{
    if (code == CODE_COMPATIBILITY_MODE && in && in_size >= 8)
        version = ((const ULONG *)in)[1];
    return IOCTL;
}

static int WINAPI never_shrinks(SET_PARAMETERS)
{
    return version >= 0x06000000 && level == SOL_SOCKET && option == SO_RCVBUF && has_peer(s) ? 0
                                                                                              : SET;
}
MUTANT(receive_buffers_never_shrink, "SO_RCVBUF of a connection changes nothing",
       PATCH(WSAIoctl, notes_version), PATCH(setsockopt, never_shrinks));

/* As in newer versions. */
static int WINAPI newer_version(IOCTL_PARAMETERS)
{
    ULONG newer[2];
    if (code != CODE_COMPATIBILITY_MODE || !in || in_size < sizeof(newer))
        return IOCTL;
    newer[0] = *(const ULONG *)in, newer[1] = 0x06000000;
    return real(WSAIoctl)(s, code, newer, sizeof(newer), out, out_size, size, overlapped, routine);
}
MUTANT(receive_buffers_always_shrink, "SIO_SET_COMPATIBILITY_MODE knows no older behaviour",
       PATCH(WSAIoctl, newer_version));
