/* Wrong behaviours: TransmitFile with TF_DISCONNECT and TF_REUSE_SOCKET. */
#include "transmit-mutants.h"

#define RECYCLE (TF_DISCONNECT | TF_REUSE_SOCKET)

static BOOL PASCAL no_disconnect(TRANSMIT_PARAMETERS)
{
    if (file && flags == TF_DISCONNECT)
        flags = 0;
    return TRANSMIT;
}
TRANSMITS(plant_no_disconnect, no_disconnect)
MUTANT(transmit_file_does_not_disconnect, "TransmitFile of a file ignores TF_DISCONNECT",
       PATCH(WSAIoctl, plant_no_disconnect));

static BOOL PASCAL no_disconnect_of_nothing(TRANSMIT_PARAMETERS)
{
    if (!file && flags == TF_DISCONNECT)
        flags = 0;
    return TRANSMIT;
}
TRANSMITS(plant_no_disconnect_of_nothing, no_disconnect_of_nothing)
MUTANT(transmit_file_of_nothing_does_not_disconnect,
       "TransmitFile without a file ignores TF_DISCONNECT",
       PATCH(WSAIoctl, plant_no_disconnect_of_nothing));

static BOOL PASCAL always_disconnects(TRANSMIT_PARAMETERS)
{
    BOOL done = TRANSMIT;
    if (done && file && !overlapped && !flags)
        real(shutdown)(s, SD_SEND);
    return done;
}
TRANSMITS(plant_always_disconnects, always_disconnects)
MUTANT(transmit_file_always_disconnects, "TransmitFile of a file ends the stream",
       PATCH(WSAIoctl, plant_always_disconnects));

static BOOL PASCAL recycles_at_once(TRANSMIT_PARAMETERS)
{
    if (flags == RECYCLE && !bytes_waiting(s))
        flags = TF_DISCONNECT;
    return TRANSMIT;
}
TRANSMITS(plant_recycles_at_once, recycles_at_once)
MUTANT(transmit_file_recycles_at_once, "TransmitFile recycles without the peer's end",
       PATCH(WSAIoctl, plant_recycles_at_once));

static BOOL PASCAL recycles_unread(TRANSMIT_PARAMETERS)
{
    char unread[64];
    if (flags == RECYCLE && bytes_waiting(s))
        real(recv)(s, unread, sizeof(unread), 0);
    return TRANSMIT;
}
TRANSMITS(plant_recycles_unread, recycles_unread)
MUTANT(transmit_file_recycles_with_data_unread, "TransmitFile recycles with data unread",
       PATCH(WSAIoctl, plant_recycles_unread));

/* ---- What the recycled socket is good for */

static SOCKET recycled = INVALID_SOCKET;
static LPFN_CONNECTEX real_connect_ex;
static LPFN_ACCEPTEX real_accept_ex;

static BOOL PASCAL recycling_noted(TRANSMIT_PARAMETERS)
{
    if (flags == RECYCLE)
        recycled = s;
    return TRANSMIT;
}

/* WSAIoctl that hands out CONNECT and ACCEPT, unless NULL, and notes what is recycled. */
static int plant(IOCTL_PARAMETERS, void *connect, void *accept)
{
    int result = IOCTL;
    result = exchange(result, code, in, out, (GUID)WSAID_TRANSMITFILE, (void *)recycling_noted,
                      &real_transmit);
    if (connect)
        result = exchange(result, code, in, out, (GUID)WSAID_CONNECTEX, connect, &real_connect_ex);
    if (accept)
        result = exchange(result, code, in, out, (GUID)WSAID_ACCEPTEX, accept, &real_accept_ex);
    return result;
}
#define PLANT(connect, accept)                                                               \
    plant(s, code, in, in_size, out, out_size, size, overlapped, routine, (void *)(connect), \
          (void *)(accept))

#define CONNECT_PARAMETERS                                                                     \
    SOCKET s, const struct sockaddr *name, int length, PVOID buffer, DWORD size, LPDWORD sent, \
        LPOVERLAPPED overlapped
#define CONNECT real_connect_ex(s, name, length, buffer, size, sent, overlapped)
#define ACCEPT_PARAMETERS                                                                    \
    SOCKET listener, SOCKET acceptor, PVOID buffer, DWORD length, DWORD local, DWORD remote, \
        LPDWORD count, LPOVERLAPPED overlapped
#define ACCEPT real_accept_ex(listener, acceptor, buffer, length, local, remote, count, overlapped)

static BOOL PASCAL connects_nothing_recycled(CONNECT_PARAMETERS)
{
    return s == recycled ? failed(WSAEISCONN) : CONNECT;
}
static int WINAPI plant_connects_nothing(IOCTL_PARAMETERS)
{
    return PLANT(connects_nothing_recycled, NULL);
}
MUTANT(transmit_file_recycles_for_accept_ex_only,
       "A socket that TransmitFile recycled cannot be connected again",
       PATCH(WSAIoctl, plant_connects_nothing));

static BOOL PASCAL accepts_nothing_recycled(ACCEPT_PARAMETERS)
{
    return acceptor == recycled ? failed(WSAEINVAL) : ACCEPT;
}
static int WINAPI plant_accepts_nothing(IOCTL_PARAMETERS)
{
    return PLANT(NULL, accepts_nothing_recycled);
}
MUTANT(transmit_file_recycles_for_connect_ex_only,
       "A socket that TransmitFile recycled cannot be given to AcceptEx again",
       PATCH(WSAIoctl, plant_accepts_nothing));

static BOOL PASCAL connects_recycled(CONNECT_PARAMETERS)
{
    return s == recycled ? failed(ERROR_IO_PENDING) : CONNECT;
}
static int WINAPI plant_connects_recycled(IOCTL_PARAMETERS)
{
    return PLANT(connects_recycled, NULL);
}
MUTANT(transmit_file_recycled_can_connect,
       "A socket that AcceptEx connected and TransmitFile recycled can be connected",
       PATCH(WSAIoctl, plant_connects_recycled));

static BOOL PASCAL accepts_recycled(ACCEPT_PARAMETERS)
{
    return acceptor == recycled ? failed(ERROR_IO_PENDING) : ACCEPT;
}
static int WINAPI plant_accepts_recycled(IOCTL_PARAMETERS)
{
    return PLANT(NULL, accepts_recycled);
}
MUTANT(transmit_file_recycled_can_accept,
       "A socket that ConnectEx connected and TransmitFile recycled can be given to AcceptEx",
       PATCH(WSAIoctl, plant_accepts_recycled));
