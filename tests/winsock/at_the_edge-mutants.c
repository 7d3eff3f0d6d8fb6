/* Wrong behaviours, for the tests of at_the_edge.c: more memory is needed than was told of. */
#include "../stream/stream-mutants.h"
#include "faults-mutants.h"

/* Whether there is memory at START, and none where SIZE bytes would end. */
static bool ends_within(const void *start, size_t size)
{
    return start && !is_nowhere(start) && is_nowhere((const char *)start + size - 1);
}

/* A function of PARAMETERS that fails where MEMORY has not SIZE bytes. */
#define NEEDS(name, result_type, parameters, memory, size_, call, failure) \
    static result_type WINAPI name parameters                              \
    {                                                                      \
        if (ends_within(memory, size_)) {                                  \
            SetLastError(WSAEFAULT);                                       \
            return failure;                                                \
        }                                                                  \
        return call;                                                       \
    }

#define SELECT_PARAMETERS (int n, fd_set *reads, fd_set *writes, fd_set *excepts, TIMEVAL *limit)
#define SELECT real(select)(n, reads, writes, excepts, limit)
#define NAME_PARAMETERS (SOCKET s, const struct sockaddr *name, int length)
#define TOLD_PARAMETERS (SOCKET s, struct sockaddr * name, int *length)
#define LARGEST sizeof(struct sockaddr_storage)

NEEDS(select_reads_whole_read_sets_, int, SELECT_PARAMETERS, reads, sizeof(fd_set), SELECT,
      SOCKET_ERROR)
MUTANT(select_reads_whole_read_sets, "select reads read sets of 64 sockets, whatever their count",
       PATCH(select, select_reads_whole_read_sets_));

NEEDS(select_reads_whole_write_sets_, int, SELECT_PARAMETERS, writes, sizeof(fd_set), SELECT,
      SOCKET_ERROR)
MUTANT(select_reads_whole_write_sets, "select reads write sets of 64 sockets, whatever their count",
       PATCH(select, select_reads_whole_write_sets_));

NEEDS(select_reads_whole_except_sets_, int, SELECT_PARAMETERS, excepts, sizeof(fd_set), SELECT,
      SOCKET_ERROR)
MUTANT(select_reads_whole_except_sets,
       "select reads except sets of 64 sockets, whatever their count",
       PATCH(select, select_reads_whole_except_sets_));

NEEDS(select_reads_a_time_of_64_bits_, int, SELECT_PARAMETERS, limit, 16, SELECT, SOCKET_ERROR)
MUTANT(select_reads_a_time_of_64_bits, "select reads a time of two numbers of 64 bits",
       PATCH(select, select_reads_a_time_of_64_bits_));

NEEDS(poll_reads_a_second_element_, int, (WSAPOLLFD * sockets, ULONG count, INT time), sockets,
      (count + 1) * sizeof(*sockets), real(WSAPoll)(sockets, count, time), SOCKET_ERROR)
MUTANT(poll_reads_a_second_element, "WSAPoll reads an element more than it was told of",
       PATCH(WSAPoll, poll_reads_a_second_element_));

NEEDS(bind_reads_the_largest_name_, int, NAME_PARAMETERS, name, LARGEST,
      real(bind)(s, name, length), SOCKET_ERROR)
MUTANT(bind_reads_the_largest_name, "bind reads the name in the size of the largest one",
       PATCH(bind, bind_reads_the_largest_name_));

NEEDS(connect_reads_the_largest_name_, int, NAME_PARAMETERS, name, LARGEST,
      real(connect)(s, name, length), SOCKET_ERROR)
MUTANT(connect_reads_the_largest_name, "connect reads the name in the size of the largest one",
       PATCH(connect, connect_reads_the_largest_name_));

NEEDS(wsaconnect_reads_the_largest_name_, int, (WSACONNECT_PARAMETERS), name, LARGEST, WSACONNECT,
      SOCKET_ERROR)
MUTANT(wsaconnect_reads_the_largest_name,
       "WSAConnect reads the name in the size of the largest one",
       PATCH(WSAConnect, wsaconnect_reads_the_largest_name_));

NEEDS(sendto_reads_the_largest_name_, int,
      (SOCKET s, const char *bytes, int size, int flags, const struct sockaddr *to, int length), to,
      LARGEST, real(sendto)(s, bytes, size, flags, to, length), SOCKET_ERROR)
MUTANT(sendto_reads_the_largest_name, "sendto reads the destination in the size of the largest one",
       PATCH(sendto, sendto_reads_the_largest_name_));

NEEDS(wsasendto_reads_the_largest_name_, int,
      (SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
       const struct sockaddr *to, int length, LPWSAOVERLAPPED overlapped,
       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine),
      to, LARGEST, real(WSASendTo)(s, buffers, count, sent, flags, to, length, overlapped, routine),
      SOCKET_ERROR)
MUTANT(wsasendto_reads_the_largest_name,
       "WSASendTo reads the destination in the size of the largest one",
       PATCH(WSASendTo, wsasendto_reads_the_largest_name_));

NEEDS(getsockname_writes_the_largest_name_, int, TOLD_PARAMETERS, name, LARGEST,
      real(getsockname)(s, name, length), SOCKET_ERROR)
MUTANT(getsockname_writes_the_largest_name, "getsockname needs room for the largest name",
       PATCH(getsockname, getsockname_writes_the_largest_name_));

NEEDS(getpeername_writes_the_largest_name_, int, TOLD_PARAMETERS, name, LARGEST,
      real(getpeername)(s, name, length), SOCKET_ERROR)
MUTANT(getpeername_writes_the_largest_name, "getpeername needs room for the largest name",
       PATCH(getpeername, getpeername_writes_the_largest_name_));

NEEDS(recvfrom_writes_the_largest_name_, int,
      (SOCKET s, char *bytes, int size, int flags, struct sockaddr *from, int *length), from,
      LARGEST, real(recvfrom)(s, bytes, size, flags, from, length), SOCKET_ERROR)
MUTANT(recvfrom_writes_the_largest_name, "recvfrom needs room for the largest name",
       PATCH(recvfrom, recvfrom_writes_the_largest_name_));

NEEDS(accept_writes_the_largest_name_, SOCKET, TOLD_PARAMETERS, name, LARGEST,
      real(accept)(s, name, length), INVALID_SOCKET)
MUTANT(accept_writes_the_largest_name, "accept needs room for the largest name",
       PATCH(accept, accept_writes_the_largest_name_));

NEEDS(send_reads_in_eights_, int, (SOCKET s, const char *bytes, int size, int flags), bytes,
      ((size_t)size + 7) / 8 * 8, real(send)(s, bytes, size, flags), SOCKET_ERROR)
MUTANT(send_reads_in_eights, "send reads its buffer in units of 8 bytes",
       PATCH(send, send_reads_in_eights_));

NEEDS(wsasend_reads_a_second_buffer_, int, (WSASEND_PARAMETERS), buffers,
      (count + 1) * sizeof(*buffers), WSASEND, SOCKET_ERROR)
MUTANT(wsasend_reads_a_second_buffer, "WSASend reads a buffer more than it was told of",
       PATCH(WSASend, wsasend_reads_a_second_buffer_));

NEEDS(recv_writes_in_eights_, int, (RECV_PARAMETERS), bytes, ((size_t)size + 7) / 8 * 8, RECV,
      SOCKET_ERROR)
MUTANT(recv_writes_in_eights, "recv writes to its buffer in units of 8 bytes",
       PATCH(recv, recv_writes_in_eights_));

NEEDS(wsarecv_reads_a_second_buffer_, int, (WSARECV_PARAMETERS), buffers,
      (count + 1) * sizeof(*buffers), WSARECV, SOCKET_ERROR)
MUTANT(wsarecv_reads_a_second_buffer, "WSARecv reads a buffer more than it was told of",
       PATCH(WSARecv, wsarecv_reads_a_second_buffer_));

NEEDS(setsockopt_reads_8_bytes_, int, (SET_PARAMETERS), value, 8, SET, SOCKET_ERROR)
MUTANT(setsockopt_reads_8_bytes, "setsockopt reads 8 bytes of any value",
       PATCH(setsockopt, setsockopt_reads_8_bytes_));

NEEDS(getsockopt_writes_8_bytes_, int, (GET_PARAMETERS), value, 8, GET, SOCKET_ERROR)
MUTANT(getsockopt_writes_8_bytes, "getsockopt needs room for 8 bytes for any value",
       PATCH(getsockopt, getsockopt_writes_8_bytes_));
