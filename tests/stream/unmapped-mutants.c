/* Wrong behaviours, for the tests of unmapped.c: buffers, and arrays of them, that are not or not
 * wholly in memory. */
#include "stream-mutants.h"

/* How many of SIZE bytes from START on are in memory. */
static SIZE_T there(const void *start, SIZE_T size)
{
    DWORD error = GetLastError();
    MEMORY_BASIC_INFORMATION part;
    SIZE_T here = 0;
    while (here < size && real(VirtualQuery)((const char *)start + here, &part, sizeof(part)) &&
           part.State == MEM_COMMIT)
        here = (SIZE_T)((char *)part.BaseAddress + part.RegionSize - (const char *)start);
    SetLastError(error);
    return here < size ? here : size;
}

static bool is_there(const void *start, SIZE_T size)
{
    return there(start, size) == size;
}

static int WINAPI sends_what_is_there(SOCKET s, const char *bytes, int size, int flags)
{
    SIZE_T here = size > 0 ? there(bytes, (SIZE_T)size) : 0;
    return real(send)(s, bytes, here ? (int)here : size, flags);
}
MUTANT(send_sends_what_is_there, "send of a buffer that is partly in memory sends that part",
       PATCH(send, sends_what_is_there));

static int WINAPI wsasend_fault(WSASEND_PARAMETERS)
{
    int result = WSASEND;
    if (!sent && !overlapped)
        return result;
    return is_there(buffers, sizeof(*buffers)) ? failure_renamed(result, WSAEFAULT, WSAEINVAL)
                                               : result;
}
MUTANT(wsasend_fault_is_invalid, "WSASend of a buffer that is not in memory fails with WSAEINVAL",
       PATCH(WSASend, wsasend_fault));

static int WINAPI wsasend_part(WSASEND_PARAMETERS)
{
    if (!is_there(buffers, sizeof(*buffers)))
        return WSASEND;
    for (DWORD i = 0; i < count; i++)
        if (!is_there(buffers[i].buf, buffers[i].len))
            buffers[i].len = (ULONG)there(buffers[i].buf, buffers[i].len);
    return WSASEND;
}
MUTANT(wsasend_sends_what_is_there, "WSASend sends as much of its buffers as is in memory",
       PATCH(WSASend, wsasend_part));

static int WINAPI wsasend_array(WSASEND_PARAMETERS)
{
    return is_there(buffers, sizeof(*buffers)) ? WSASEND : socket_fails(WSAEINVAL);
}
MUTANT(wsasend_array_fault_is_invalid,
       "WSASend with an array that is not in memory fails with WSAEINVAL",
       PATCH(WSASend, wsasend_array));

static int WINAPI wsasend_count(WSASEND_PARAMETERS)
{
    DWORD lost;
    if (sent && !is_there(sent, sizeof(*sent)))
        sent = &lost;
    return WSASEND;
}
MUTANT(wsasend_does_not_store_bad_counts, "WSASend succeeds where it cannot store its count",
       PATCH(WSASend, wsasend_count));

static int WINAPI recv_part(RECV_PARAMETERS)
{
    SIZE_T here = size > 0 ? there(bytes, (SIZE_T)size) : 0;
    if (here)
        size = (int)here;
    return RECV;
}
MUTANT(recv_fills_what_is_there, "recv into a buffer that is partly in memory fills that part",
       PATCH(recv, recv_part));

static int WINAPI wsarecv_part(WSARECV_PARAMETERS)
{
    if (!is_there(buffers, sizeof(*buffers)))
        return WSARECV;
    bool any = false;
    for (DWORD i = 0; i < count; i++)
        any |= there(buffers[i].buf, buffers[i].len) > 0;
    for (DWORD i = 0; any && i < count; i++)
        buffers[i].len = (ULONG)there(buffers[i].buf, buffers[i].len);
    return WSARECV;
}
MUTANT(wsarecv_fills_what_is_there, "WSARecv fills as much of its buffers as is in memory",
       PATCH(WSARecv, wsarecv_part));

static int WINAPI wsarecv_array(WSARECV_PARAMETERS)
{
    return is_there(buffers, sizeof(*buffers)) ? WSARECV : socket_fails(WSAEINVAL);
}
MUTANT(wsarecv_array_fault_is_invalid,
       "WSARecv with an array that is not in memory fails with WSAEINVAL",
       PATCH(WSARecv, wsarecv_array));
