/* Wrong behaviours, for the tests of no_routine.c: an APC for an operation without a routine. */
#include "../stream/stream-mutants.h"

static void CALLBACK empty(ULONG_PTR argument)
{
    (void)argument;
}

/* Queues an APC for an operation that has begun. */
static void queue(bool begun, const void *overlapped, const void *routine)
{
    DWORD error = GetLastError();
    if (overlapped && !routine && (begun || error == WSA_IO_PENDING))
        QueueUserAPC(empty, GetCurrentThread(), 0);
    SetLastError(error);
}

static int WINAPI receive_queues(WSARECV_PARAMETERS)
{
    int result = WSARECV;
    queue(result == 0, overlapped, (const void *)(UINT_PTR)routine);
    return result;
}
MUTANT(wsarecv_queues_an_empty_apc, "WSARecv without a routine queues an APC",
       PATCH(WSARecv, receive_queues));

static int WINAPI receive_from_queues(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                      LPDWORD flags, struct sockaddr *from, LPINT length,
                                      LPWSAOVERLAPPED overlapped,
                                      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result =
        real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
    queue(result == 0, overlapped, (const void *)(UINT_PTR)routine);
    return result;
}
MUTANT(wsarecvfrom_queues_an_empty_apc, "WSARecvFrom without a routine queues an APC",
       PATCH(WSARecvFrom, receive_from_queues));

static int WINAPI send_queues(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    queue(result == 0, overlapped, (const void *)(UINT_PTR)routine);
    return result;
}
MUTANT(wsasend_queues_an_empty_apc, "WSASend without a routine queues an APC",
       PATCH(WSASend, send_queues));

static int WINAPI send_to_queues(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                                 const struct sockaddr *to, int length, LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    int result = real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine);
    queue(result == 0, overlapped, (const void *)(UINT_PTR)routine);
    return result;
}
MUTANT(wsasendto_queues_an_empty_apc, "WSASendTo without a routine queues an APC",
       PATCH(WSASendTo, send_to_queues));

static BOOL WINAPI read_queues(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    BOOL done = real(ReadFile)(file, bytes, size, count, overlapped);
    DWORD error = GetLastError();
    bool socket = overlapped && is_stream((SOCKET)file);
    SetLastError(error);
    queue(done, socket ? overlapped : NULL, NULL);
    return done;
}
MUTANT(read_file_of_a_socket_queues_an_empty_apc, "ReadFile of a socket queues an APC",
       PATCH(ReadFile, read_queues));

static BOOL WINAPI write_queues(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD count,
                                LPOVERLAPPED overlapped)
{
    BOOL done = real(WriteFile)(file, bytes, size, count, overlapped);
    DWORD error = GetLastError();
    bool socket = overlapped && is_stream((SOCKET)file);
    SetLastError(error);
    queue(done, socket ? overlapped : NULL, NULL);
    return done;
}
MUTANT(write_file_of_a_socket_queues_an_empty_apc, "WriteFile to a socket queues an APC",
       PATCH(WriteFile, write_queues));

static LPFN_ACCEPTEX real_accept_ex;

static BOOL WINAPI accept_queues(SOCKET listener, SOCKET s, PVOID buffer, DWORD size, DWORD local,
                                 DWORD remote, LPDWORD count, LPOVERLAPPED overlapped)
{
    BOOL done = real_accept_ex(listener, s, buffer, size, local, remote, count, overlapped);
    queue(done, overlapped, NULL);
    return done;
}
EXCHANGES(accept_ex_1, WSAID_ACCEPTEX, accept_queues, real_accept_ex)
MUTANT(accept_ex_queues_an_empty_apc, "AcceptEx queues an APC", PATCH(WSAIoctl, accept_ex_1));

static LPFN_CONNECTEX real_connect_ex;

static BOOL WINAPI connect_queues(SOCKET s, const struct sockaddr *name, int length, PVOID bytes,
                                  DWORD size, LPDWORD count, LPOVERLAPPED overlapped)
{
    BOOL done = real_connect_ex(s, name, length, bytes, size, count, overlapped);
    queue(done, overlapped, NULL);
    return done;
}
EXCHANGES(connect_ex_1, WSAID_CONNECTEX, connect_queues, real_connect_ex)
MUTANT(connect_ex_queues_an_empty_apc, "ConnectEx queues an APC", PATCH(WSAIoctl, connect_ex_1));
