/* Cancelling overlapped operations of sockets, and closing sockets that have some, done wrong. */
#include "completion_port-mutants.h"

static bool is_socket(HANDLE file)
{
    return socket_option((SOCKET)file, SO_TYPE) != 0;
}

static BOOL WINAPI cancels_all(HANDLE file, LPOVERLAPPED overlapped)
{
    return real(CancelIoEx)(file, is_socket(file) ? NULL : overlapped);
}
MUTANT(cancelling_one_cancels_all, "CancelIoEx cancels every operation of a socket",
       PATCH(CancelIoEx, cancels_all));

static BOOL WINAPI cancels_own(HANDLE file, LPOVERLAPPED overlapped)
{
    return !overlapped && is_socket(file) ? real(CancelIo)(file)
                                          : real(CancelIoEx)(file, overlapped);
}
MUTANT(cancelling_all_cancels_own, "CancelIoEx cancels what its own thread has begun on a socket",
       PATCH(CancelIoEx, cancels_own));

static DWORD beginner;

static int WINAPI notes_beginner(RECVFROM_PARAMETERS)
{
    if (overlapped)
        beginner = GetCurrentThreadId();
    return RECVFROM;
}

static BOOL WINAPI cancels_one_of_own(HANDLE file, LPOVERLAPPED overlapped)
{
    if (overlapped && beginner && beginner != GetCurrentThreadId() && is_socket(file)) {
        SetLastError(ERROR_NOT_FOUND);
        return FALSE;
    }
    return real(CancelIoEx)(file, overlapped);
}
MUTANT(cancelling_one_cancels_own,
       "CancelIoEx does not find an operation that another thread began",
       PATCH(WSARecvFrom, notes_beginner), PATCH(CancelIoEx, cancels_one_of_own));

static BOOL WINAPI cancels_others_too(HANDLE file)
{
    return is_socket(file) ? real(CancelIoEx)(file, NULL) : real(CancelIo)(file);
}
MUTANT(cancelling_own_cancels_all, "CancelIo cancels what other threads have begun on a socket",
       PATCH(CancelIo, cancels_others_too));

static BOOL WINAPI nothing_is_cancelled(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    return cancelled || (GetLastError() == ERROR_NOT_FOUND && is_socket(file));
}
MUTANT(cancelling_nothing_succeeds, "CancelIoEx succeeds for a socket without operations",
       PATCH(CancelIoEx, nothing_is_cancelled));

static SOCKET receiving = INVALID_SOCKET;

static int WINAPI notes_receiving(RECVFROM_PARAMETERS)
{
    if (overlapped && !routine)
        receiving = s;
    return RECVFROM;
}

static int WINAPI closes_later(SOCKET s)
{
    return s == receiving ? 0 : real(closesocket)(s);
}
MUTANT(closing_leaves_operations_pending, "closesocket does not end the operations of its socket",
       PATCH(WSARecvFrom, notes_receiving), PATCH(closesocket, closes_later));

static BOOL WINAPI closed_otherwise(PACKET_PARAMETERS)
{
    BOOL done = PACKET;
    if (!done && GetLastError() == ERROR_OPERATION_ABORTED && *overlapped && receiving == 0)
        SetLastError(676); /* ERROR_HANDLES_CLOSED */
    return done;
}

static int WINAPI notes_closing(SOCKET s)
{
    receiving = 0;
    return real(closesocket)(s);
}
MUTANT(closing_is_told_otherwise, "Operations of a closed socket end with ERROR_HANDLES_CLOSED",
       PATCH(closesocket, notes_closing), PATCH(GetQueuedCompletionStatus, closed_otherwise));
