/* Wrong behaviours: what TransmitFile sends, and how it tells that it is done. */
#include "transmit-mutants.h"

static BOOL PASCAL counts_from_start(TRANSMIT_PARAMETERS)
{
    if (overlapped && count > overlapped->Offset)
        count -= overlapped->Offset;
    return TRANSMIT;
}
TRANSMITS(plant_counts_from_start, counts_from_start)
MUTANT(transmit_file_counts_from_the_start,
       "TransmitFile counts from the start of the file, not from the offset",
       PATCH(WSAIoctl, plant_counts_from_start));

static BOOL PASCAL buffers_start_at_0(TRANSMIT_PARAMETERS)
{
    if (overlapped && head_size(around))
        overlapped->Offset = 0;
    return TRANSMIT;
}
TRANSMITS(plant_buffers_start_at_0, buffers_start_at_0)
MUTANT(transmit_file_with_buffers_starts_at_0, "TransmitFile with a head ignores the offset",
       PATCH(WSAIoctl, plant_buffers_start_at_0));

static BOOL PASCAL starts_at_position(TRANSMIT_PARAMETERS)
{
    LARGE_INTEGER position = {0};
    if (overlapped && file &&
        real(SetFilePointerEx)(file, (LARGE_INTEGER){.QuadPart = 0}, &position, FILE_CURRENT) &&
        position.QuadPart)
        overlapped->Offset = position.LowPart;
    return TRANSMIT;
}
TRANSMITS(plant_starts_at_position, starts_at_position)
MUTANT(transmit_file_overlapped_starts_at_the_position,
       "An overlapped TransmitFile starts at the file's position",
       PATCH(WSAIoctl, plant_starts_at_position));

static BOOL PASCAL head_needs_tail(TRANSMIT_PARAMETERS)
{
    if (file && head_size(around) && !tail_size(around))
        around = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_head_needs_tail, head_needs_tail)
MUTANT(transmit_file_needs_a_tail_for_its_head, "TransmitFile sends no head when there is no tail",
       PATCH(WSAIoctl, plant_head_needs_tail));

static BOOL PASCAL tail_needs_head(TRANSMIT_PARAMETERS)
{
    if (file && !head_size(around) && tail_size(around))
        around = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_tail_needs_head, tail_needs_head)
MUTANT(transmit_file_needs_a_head_for_its_tail, "TransmitFile sends no tail when there is no head",
       PATCH(WSAIoctl, plant_tail_needs_head));

static BOOL PASCAL head_needs_file(TRANSMIT_PARAMETERS)
{
    if (!file && head_size(around) && !tail_size(around))
        around = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_head_needs_file, head_needs_file)
MUTANT(transmit_file_head_needs_a_file, "TransmitFile sends a head alone to nobody",
       PATCH(WSAIoctl, plant_head_needs_file));

static BOOL PASCAL tail_needs_file(TRANSMIT_PARAMETERS)
{
    if (!file && !head_size(around) && tail_size(around))
        around = NULL;
    return TRANSMIT;
}
TRANSMITS(plant_tail_needs_file, tail_needs_file)
MUTANT(transmit_file_tail_needs_a_file, "TransmitFile sends a tail alone to nobody",
       PATCH(WSAIoctl, plant_tail_needs_file));

static BOOL PASCAL nothing_fails(TRANSMIT_PARAMETERS)
{
    return !file && !head_size(around) && !tail_size(around) && !flags ? failed(WSAEINVAL)
                                                                       : TRANSMIT;
}
TRANSMITS(plant_nothing_fails, nothing_fails)
MUTANT(transmit_file_of_nothing_fails, "TransmitFile fails when there is nothing to send",
       PATCH(WSAIoctl, plant_nothing_fails));

static BOOL PASCAL one_block(TRANSMIT_PARAMETERS)
{
    if (file && block && !count)
        count = block;
    return TRANSMIT;
}
TRANSMITS(plant_one_block, one_block)
MUTANT(transmit_file_sends_one_block, "TransmitFile sends one block of the file",
       PATCH(WSAIoctl, plant_one_block));

static OVERLAPPED *transmitting;
static DWORD beside_the_file;

static BOOL PASCAL transmit_noted(TRANSMIT_PARAMETERS)
{
    transmitting = overlapped;
    beside_the_file = file ? head_size(around) + tail_size(around) : 0;
    return TRANSMIT;
}
TRANSMITS(plant_noted, transmit_noted)

static BOOL WINAPI counts_file_only(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL wait,
                                    LPDWORD flags)
{
    BOOL done = real(WSAGetOverlappedResult)(s, overlapped, count, wait, flags);
    if (done && overlapped == transmitting && *count >= beside_the_file)
        *count -= beside_the_file;
    return done;
}
MUTANT(transmit_file_counts_the_file_only, "The count of TransmitFile leaves out head and tail",
       PATCH(WSAIoctl, plant_noted), PATCH(WSAGetOverlappedResult, counts_file_only));

static BOOL PASCAL one_megabyte(TRANSMIT_PARAMETERS)
{
    const DWORD limit = 1 << 20;
    if (file && !count && GetFileSize(file, NULL) > limit)
        count = limit;
    return TRANSMIT;
}
TRANSMITS(plant_one_megabyte, one_megabyte)
MUTANT(transmit_file_ends_after_a_megabyte, "TransmitFile sends a megabyte of a larger file",
       PATCH(WSAIoctl, plant_one_megabyte));

static BOOL WINAPI packet_of_nothing(HANDLE port, LPDWORD count, PULONG_PTR key,
                                     LPOVERLAPPED *overlapped, DWORD time)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, overlapped, time);
    if (got && transmitting && *overlapped == transmitting)
        *count = 0;
    return got;
}
MUTANT(transmit_file_packet_counts_nothing, "The packet of TransmitFile has no count",
       PATCH(WSAIoctl, plant_noted), PATCH(GetQueuedCompletionStatus, packet_of_nothing));

static BOOL PASCAL no_write_behind(TRANSMIT_PARAMETERS)
{
    return flags & TF_WRITE_BEHIND ? failed(WSAEINVAL) : TRANSMIT;
}
TRANSMITS(plant_no_write_behind, no_write_behind)
MUTANT(transmit_file_knows_no_write_behind, "TransmitFile fails for TF_WRITE_BEHIND",
       PATCH(WSAIoctl, plant_no_write_behind));
