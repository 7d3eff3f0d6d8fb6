/* Wrong behaviours, for the tests of transmit_limits.c: TransmitFile at its limits. */
#include "transmit-mutants.h"

static BOOL PASCAL cuts_offset(TRANSMIT_PARAMETERS)
{
    if (overlapped && overlapped->OffsetHigh)
        overlapped->OffsetHigh = 0;
    return TRANSMIT;
}
TRANSMITS(gives_cut_offset, cuts_offset)
MUTANT(transmitfile_drops_the_high_offset, "TransmitFile drops the high half of the offset",
       PATCH(WSAIoctl, gives_cut_offset));

static BOOL PASCAL cuts_file(TRANSMIT_PARAMETERS)
{
    LARGE_INTEGER size = {0};
    if (count == 0 && file && real(GetFileSizeEx)(file, &size) && size.QuadPart > 2147483646)
        count = 1;
    return TRANSMIT;
}
TRANSMITS(gives_cut_file, cuts_file)
MUTANT(transmitfile_cuts_large_files, "TransmitFile of a whole file that is too large succeeds",
       PATCH(WSAIoctl, gives_cut_file));

static BOOL PASCAL needs_event(TRANSMIT_PARAMETERS)
{
    return overlapped && !overlapped->hEvent ? failed(ERROR_INVALID_HANDLE) : TRANSMIT;
}
TRANSMITS(gives_need_of_event, needs_event)
MUTANT(transmitfile_needs_an_event, "TransmitFile refuses a WSAOVERLAPPED without an event",
       PATCH(WSAIoctl, gives_need_of_event));
