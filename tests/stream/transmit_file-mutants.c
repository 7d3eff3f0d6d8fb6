/* Wrong behaviours, for the tests of transmit_file.c: TransmitFile: a file, a part of it, and
 * what goes before and after it. */
#include "stream-mutants.h"

#define TRANSMIT_PARAMETERS                                                   \
    SOCKET s, HANDLE file, DWORD count, DWORD piece, LPOVERLAPPED overlapped, \
        LPTRANSMIT_FILE_BUFFERS around, DWORD flags
#define TRANSMIT real_transmit(s, file, count, piece, overlapped, around, flags)
static LPFN_TRANSMITFILE real_transmit;

static BOOL PASCAL transmits_part(TRANSMIT_PARAMETERS)
{
    if (file)
        count = count ? count - 1 : 2;
    return TRANSMIT;
}

EXCHANGES(transmit_1, WSAID_TRANSMITFILE, transmits_part, real_transmit)

MUTANT(transmit_file_sends_a_part, "TransmitFile sends fewer bytes of the file",
       PATCH(WSAIoctl, transmit_1));

static BOOL PASCAL transmits_from_start(TRANSMIT_PARAMETERS)
{
    if (overlapped)
        overlapped->Offset = 0;
    else if (file)
        real(SetFilePointerEx)(file, (LARGE_INTEGER){.QuadPart = 0}, NULL, FILE_BEGIN);
    return TRANSMIT;
}

EXCHANGES(transmit_2, WSAID_TRANSMITFILE, transmits_from_start, real_transmit)

MUTANT(transmit_file_starts_at_the_start, "TransmitFile starts at the start of the file always",
       PATCH(WSAIoctl, transmit_2));

static BOOL PASCAL transmits_file_only(TRANSMIT_PARAMETERS)
{
    around = NULL;
    return TRANSMIT;
}

EXCHANGES(transmit_3, WSAID_TRANSMITFILE, transmits_file_only, real_transmit)

MUTANT(transmit_file_sends_no_head, "TransmitFile sends neither head nor tail",
       PATCH(WSAIoctl, transmit_3));

static BOOL PASCAL transmit_renames(TRANSMIT_PARAMETERS)
{
    BOOL done = TRANSMIT;
    DWORD error = GetLastError();
    if (!done && (error == WSAENOTCONN || error == WSAESHUTDOWN))
        SetLastError(WSAEINVAL);
    return done;
}

EXCHANGES(transmit_4, WSAID_TRANSMITFILE, transmit_renames, real_transmit)

MUTANT(transmit_file_names_its_errors_otherwise, "TransmitFile fails with other errors",
       PATCH(WSAIoctl, transmit_4));

static BOOL WINAPI write_refuses_sockets(HANDLE file, LPCVOID bytes, DWORD size, LPDWORD written,
                                         LPOVERLAPPED overlapped)
{
    if (overlapped && is_stream((SOCKET)file)) {
        SetLastError(ERROR_INVALID_HANDLE);
        return FALSE;
    }
    return real(WriteFile)(file, bytes, size, written, overlapped);
}
MUTANT(write_file_refuses_sockets, "WriteFile fails for a socket",
       PATCH(WriteFile, write_refuses_sockets));

static BOOL PASCAL no_worker(SOCKET s, HANDLE file, DWORD count, DWORD each,
                             LPOVERLAPPED overlapped, LPTRANSMIT_FILE_BUFFERS around, DWORD flags)
{
    if (flags & (TF_USE_SYSTEM_THREAD | TF_USE_KERNEL_APC) || overlapped || around || count)
        return real_transmit(s, file, count, each, overlapped, around,
                             flags & ~(DWORD)(TF_USE_SYSTEM_THREAD));
    return real_transmit(s, file, 5, each, overlapped, around, flags);
}

EXCHANGES(gives_transmit, WSAID_TRANSMITFILE, no_worker, real_transmit)

MUTANT(transmit_file_by_default_sends_half,
       "TransmitFile sends half of a file with no other worker", PATCH(WSAIoctl, gives_transmit));
