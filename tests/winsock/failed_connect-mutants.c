/* Wrong behaviours, for the tests of failed_connect.c: what is told of a connect that has failed.
 */
#include "winsock-mutants.h"

#define SELECT_PARAMETERS \
    int count, fd_set *readable, fd_set *writable, fd_set *failed, const PTIMEVAL limit
#define SELECT real(select)(count, readable, writable, failed, limit)
#define POLL_PARAMETERS WSAPOLLFD *sockets, ULONG count, INT time
#define POLL real(WSAPoll)(sockets, count, time)

/* The socket whose failure was told. */
static SOCKET told = INVALID_SOCKET;

static bool has_failed(SOCKET s)
{
    return socket_option(s, SO_ERROR) == WSAECONNREFUSED;
}

/* RESULT of a select without the one socket in FAILED, if that is the one. */
static int without_told(int result, fd_set *failed)
{
    if (result > 0 && failed && failed->fd_count == 1 && failed->fd_array[0] == told) {
        failed->fd_count = 0;
        result--;
    }
    return result;
}

static int WINAPI notes_polled(POLL_PARAMETERS)
{
    int result = POLL;
    if (result == 1 && count == 1 && sockets->revents & POLLERR)
        told = sockets->fd;
    return result;
}

static int WINAPI forgets_told(SELECT_PARAMETERS)
{
    int result = SELECT;
    return without_told(result, failed);
}
MUTANT(select_forgets_a_failure_that_poll_told,
       "select does not tell that a connect has failed when WSAPoll has told it",
       PATCH(WSAPoll, notes_polled), PATCH(select, forgets_told));

/* ---- Another attempt */

static int WINAPI tells_old_error(SOCKET s, const struct sockaddr *name, int length)
{
    return is_stream(s) && has_failed(s) ? socket_fails(WSAECONNREFUSED)
                                         : real(connect)(s, name, length);
}
MUTANT(connect_after_a_failure_tells_the_old_error,
       "connect of a socket that was refused fails with the error of the attempt before",
       PATCH(connect, tells_old_error));

static int WINAPI tells_refusal(SOCKET s, const char *bytes, int size, int flags)
{
    int result = real(send)(s, bytes, size, flags);
    return result == SOCKET_ERROR && GetLastError() == WSAENOTCONN && has_failed(s)
               ? socket_fails(WSAECONNREFUSED)
               : result;
}
MUTANT(send_tells_the_refusal, "send of a socket that was refused fails with WSAECONNREFUSED",
       PATCH(send, tells_refusal));
