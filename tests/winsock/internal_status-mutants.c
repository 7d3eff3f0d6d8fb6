/* Wrong behaviours, for the tests of internal_status.c: an OVERLAPPED that does not tell that its
 * operation is pending. */
#include "../stream/stream-mutants.h"

/* Stores again what an OVERLAPPED held before an operation that is pending, if it held something.
 */
static void leave(bool done, LPOVERLAPPED overlapped, ULONG_PTR before)
{
    if (!done && overlapped && before && GetLastError() == WSA_IO_PENDING)
        overlapped->Internal = before;
}

static ULONG_PTR held(const OVERLAPPED *overlapped)
{
    MEMORY_BASIC_INFORMATION info;
    if (!overlapped || !real(VirtualQuery)(overlapped, &info, sizeof(info)) ||
        info.State != MEM_COMMIT)
        return 0;
    return overlapped->Internal;
}

static int WINAPI receive_from_leaves(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD got,
                                      LPDWORD flags, struct sockaddr *from, LPINT length,
                                      LPWSAOVERLAPPED overlapped,
                                      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    ULONG_PTR before = held(overlapped);
    int result =
        real(WSARecvFrom)(s, buffers, count, got, flags, from, length, overlapped, routine);
    leave(result == 0, overlapped, before);
    return result;
}
MUTANT(wsarecvfrom_leaves_internal, "A WSARecvFrom that pends leaves Internal as it was",
       PATCH(WSARecvFrom, receive_from_leaves));

static int WINAPI send_leaves(WSASEND_PARAMETERS)
{
    ULONG_PTR before = held(overlapped);
    int result = WSASEND;
    leave(result == 0, overlapped, before);
    return result;
}
MUTANT(wsasend_leaves_internal, "A WSASend that pends leaves Internal as it was",
       PATCH(WSASend, send_leaves));

static int WINAPI ioctl_leaves(IOCTL_PARAMETERS)
{
    ULONG_PTR before = held(overlapped);
    int result = IOCTL;
    leave(result == 0, overlapped, before);
    return result;
}
MUTANT(wsaioctl_leaves_internal, "A WSAIoctl that pends leaves Internal as it was",
       PATCH(WSAIoctl, ioctl_leaves));

static BOOL WINAPI read_leaves(HANDLE file, LPVOID bytes, DWORD size, LPDWORD count,
                               LPOVERLAPPED overlapped)
{
    ULONG_PTR before = held(overlapped);
    BOOL done = real(ReadFile)(file, bytes, size, count, overlapped);
    leave(done, overlapped, before);
    return done;
}
MUTANT(read_file_of_a_socket_leaves_internal, "A ReadFile that pends leaves Internal as it was",
       PATCH(ReadFile, read_leaves));

static LPFN_ACCEPTEX real_accept_ex;

static BOOL WINAPI accept_leaves(SOCKET listener, SOCKET s, PVOID buffer, DWORD size, DWORD local,
                                 DWORD remote, LPDWORD count, LPOVERLAPPED overlapped)
{
    ULONG_PTR before = held(overlapped);
    BOOL done = real_accept_ex(listener, s, buffer, size, local, remote, count, overlapped);
    leave(done, overlapped, before);
    return done;
}
EXCHANGES(accept_ex_1, WSAID_ACCEPTEX, accept_leaves, real_accept_ex)
MUTANT(accept_ex_leaves_internal, "An AcceptEx that pends leaves Internal as it was",
       PATCH(WSAIoctl, accept_ex_1));

static LPFN_WSARECVMSG real_receive;

static INT WSAAPI message_leaves(SOCKET s, LPWSAMSG message, LPDWORD count,
                                 LPWSAOVERLAPPED overlapped,
                                 LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    ULONG_PTR before = held(overlapped);
    INT result = real_receive(s, message, count, overlapped, routine);
    leave(result == 0, overlapped, before);
    return result;
}
EXCHANGES(receive_msg_1, WSAID_WSARECVMSG, message_leaves, real_receive)
MUTANT(wsarecvmsg_leaves_internal, "A WSARecvMsg that pends leaves Internal as it was",
       PATCH(WSAIoctl, receive_msg_1));
