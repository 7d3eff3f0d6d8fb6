/* Wrong behaviours, for the tests of plain_calls.c: packets of calls without an OVERLAPPED. */
#include "associated-mutants.h"

/* A packet for a call on S that SUCCEEDED, unless it has an OVERLAPPED. */
static void tell(bool succeeded, SOCKET s, const void *overlapped, DWORD count)
{
    DWORD error = GetLastError();
    if (succeeded && !overlapped && associated.port && (HANDLE)s == associated.file)
        real(PostQueuedCompletionStatus)(associated.port, count, associated.key, NULL);
    SetLastError(error);
}

/* The call, told where the condition about its RESULT holds. */
#define QUEUES(name, parameters, call, succeeded, operation, count) \
    static int WINAPI name(parameters)                              \
    {                                                               \
        int result = call;                                          \
        tell((succeeded), s, (operation), (count));                 \
        return result;                                              \
    }
#define SEND_PARAMETERS SOCKET s, const char *bytes, int size, int flags
QUEUES(tells_send, SEND_PARAMETERS, real(send)(s, bytes, size, flags), result >= 0, NULL,
       (DWORD)result)
MUTANT(send_queues_a_packet, "send queues a packet to the port of its socket", NOTES,
       PATCH(send, tells_send));

QUEUES(tells_wsasend, WSASEND_PARAMETERS, WSASEND, result == 0, overlapped, 0)
MUTANT(wsasend_without_overlapped_queues_a_packet,
       "WSASend without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSASend, tells_wsasend));

QUEUES(tells_sendto, SENDTO_PARAMETERS, real(sendto)(SENDTO_ARGUMENTS), result >= 0, NULL,
       (DWORD)result)
MUTANT(sendto_queues_a_packet, "sendto queues a packet to the port of its socket", NOTES,
       PATCH(sendto, tells_sendto));

QUEUES(tells_wsasendto, WSASENDTO_PARAMETERS, WSASENDTO, result == 0, overlapped, 0)
MUTANT(wsasendto_without_overlapped_queues_a_packet,
       "WSASendTo without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSASendTo, tells_wsasendto));

QUEUES(tells_recv, RECV_PARAMETERS, RECV, result >= 0, NULL, (DWORD)result)
MUTANT(recv_queues_a_packet, "recv queues a packet to the port of its socket", NOTES,
       PATCH(recv, tells_recv));

QUEUES(tells_wsarecv, WSARECV_PARAMETERS, WSARECV, result == 0, overlapped, 0)
MUTANT(wsarecv_without_overlapped_queues_a_packet,
       "WSARecv without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSARecv, tells_wsarecv));

/* Only a receive that has to wait: what is there already makes none. */
static int WINAPI tells_waiting_recv(RECV_PARAMETERS)
{
    bool waits = bytes_waiting(s) == 0;
    int got = RECV;
    tell(waits && got >= 0, s, NULL, (DWORD)got);
    return got;
}
MUTANT(recv_that_waits_queues_a_packet, "recv that waits queues a packet to the port of its socket",
       NOTES, PATCH(recv, tells_waiting_recv));

QUEUES(tells_recvfrom, RECVFROM_PARAMETERS, RECVFROM, result >= 0, NULL, (DWORD)result)
MUTANT(recvfrom_queues_a_packet, "recvfrom queues a packet to the port of its socket", NOTES,
       PATCH(recvfrom, tells_recvfrom));

QUEUES(tells_wsarecvfrom, WSARECVFROM_PARAMETERS, WSARECVFROM, result == 0, overlapped, 0)
MUTANT(wsarecvfrom_without_overlapped_queues_a_packet,
       "WSARecvFrom without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSARecvFrom, tells_wsarecvfrom));

QUEUES(tells_connect, NAME_PARAMETERS, real(connect)(s, name, length),
       result == 0 || GetLastError() == WSAEWOULDBLOCK, NULL, 0)
MUTANT(connect_queues_a_packet, "connect queues a packet to the port of its socket", NOTES,
       PATCH(connect, tells_connect));

static SOCKET WINAPI tells_accept(SOCKET s, struct sockaddr *name, int *length)
{
    SOCKET accepted = real(accept)(s, name, length);
    tell(accepted != INVALID_SOCKET, s, NULL, 0);
    return accepted;
}
MUTANT(accept_queues_a_packet, "accept queues a packet to the port of its listening socket", NOTES,
       PATCH(accept, tells_accept));

static int WINAPI tells_shutdown(SOCKET s, int how)
{
    int result = real(shutdown)(s, how);
    tell(result == 0, s, NULL, 0);
    return result;
}
MUTANT(shutdown_queues_a_packet, "shutdown queues a packet to the port of its socket", NOTES,
       PATCH(shutdown, tells_shutdown));

static LPFN_DISCONNECTEX real_disconnect;

static BOOL PASCAL tells_disconnect(SOCKET s, LPOVERLAPPED overlapped, DWORD flags, DWORD reserved)
{
    BOOL done = real_disconnect(s, overlapped, flags, reserved);
    tell(done, s, overlapped, 0);
    return done;
}
EXCHANGES(gives_disconnect, WSAID_DISCONNECTEX, tells_disconnect, real_disconnect)
MUTANT(disconnect_ex_without_overlapped_queues_a_packet,
       "DisconnectEx without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSAIoctl, gives_disconnect));

static LPFN_TRANSMITFILE real_transmit;

static BOOL PASCAL tells_transmit(SOCKET s, HANDLE file, DWORD count, DWORD block,
                                  LPOVERLAPPED overlapped, LPTRANSMIT_FILE_BUFFERS around,
                                  DWORD flags)
{
    BOOL done = real_transmit(s, file, count, block, overlapped, around, flags);
    tell(done, s, overlapped, 0);
    return done;
}
EXCHANGES(gives_transmit, WSAID_TRANSMITFILE, tells_transmit, real_transmit)
MUTANT(transmit_file_without_overlapped_queues_a_packet,
       "TransmitFile without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSAIoctl, gives_transmit));

static int WINAPI tells_ioctl(IOCTL_PARAMETERS)
{
    int result = IOCTL;
    tell(result == 0 && code != SIO_GET_EXTENSION_FUNCTION_POINTER, s, overlapped, 0);
    return result;
}
MUTANT(wsaioctl_without_overlapped_queues_a_packet,
       "WSAIoctl without an OVERLAPPED queues a packet to the port of its socket", NOTES,
       PATCH(WSAIoctl, tells_ioctl));
