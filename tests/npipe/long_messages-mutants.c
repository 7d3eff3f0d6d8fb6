/* Wrong behaviours, for the tests of long_messages.c: counts of 16 bits, and messages in pieces. */
#include "npipe-mutants.h"

static BOOL WINAPI reads_64k(READ_PARAMETERS)
{
    if (size > 0xFFFF && !overlapped)
        size = 0xFFFF;
    return READ;
}
MUTANT(npipe_read_takes_less_than_64k, "ReadFile takes at most 65535 bytes of a message",
       PATCH(ReadFile, reads_64k));

static BOOL WINAPI writes_pieces(WRITE_PARAMETERS)
{
    enum { PIECE = 0xFFFF };
    DWORD total = 0, moved = 0;
    if (size <= PIECE || overlapped)
        return WRITE;
    for (DWORD rest = size; rest; rest -= moved, total += moved)
        if (!real(WriteFile)(end, (const char *)bytes + total, rest < PIECE ? rest : PIECE, &moved,
                             NULL) ||
            !moved)
            break;
    if (written)
        *written = total;
    return total == size;
}
MUTANT(npipe_long_message_is_written_in_pieces,
       "WriteFile makes several messages of one of more than 65535 bytes",
       PATCH(WriteFile, writes_pieces));

static BOOL WINAPI written_16_bits(WRITE_PARAMETERS)
{
    BOOL wrote = WRITE;
    if (wrote && written)
        *written &= 0xFFFF;
    return wrote;
}
MUTANT(npipe_write_counts_16_bits, "WriteFile counts bytes in 16 bits",
       PATCH(WriteFile, written_16_bits));

static BOOL WINAPI left_16_bits(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && left)
        *left &= 0xFFFF;
    return peeked;
}
MUTANT(npipe_peek_counts_the_message_in_16_bits,
       "PeekNamedPipe counts the bytes of a message in 16 bits",
       PATCH(PeekNamedPipe, left_16_bits));

static BOOL WINAPI available_16_bits(PEEK_PARAMETERS)
{
    BOOL peeked = PEEK;
    if (peeked && available)
        *available &= 0xFFFF;
    return peeked;
}
MUTANT(npipe_peek_counts_all_in_16_bits, "PeekNamedPipe counts all bytes in 16 bits",
       PATCH(PeekNamedPipe, available_16_bits));

static BOOL WINAPI long_rest_is_part(READ_PARAMETERS)
{
    static HANDLE parted; /* a message was read from it in part */
    BOOL read = READ, rest = parted == end;
    DWORD error = GetLastError();
    parted = !read && error == ERROR_MORE_DATA ? end : NULL;
    SetLastError(error);
    return read && rest && got && *got > 0xFFFD ? fail_with(ERROR_MORE_DATA) : read;
}
MUTANT(npipe_long_rest_is_part, "A rest of more than 65533 bytes is read as if it were a part",
       PATCH(ReadFile, long_rest_is_part));

static BOOL WINAPI result_16_bits(RESULT_PARAMETERS)
{
    BOOL result = RESULT;
    if (result && moved)
        *moved &= 0xFFFF;
    return result;
}
MUTANT(npipe_result_counts_16_bits, "GetOverlappedResult counts bytes in 16 bits",
       PATCH(GetOverlappedResult, result_16_bits));

static BOOL WINAPI packet_16_bits(PACKET_PARAMETERS)
{
    BOOL got = PACKET;
    if (got)
        *count &= 0xFFFF;
    return got;
}
MUTANT(npipe_packet_counts_16_bits, "GetQueuedCompletionStatus counts bytes in 16 bits",
       PATCH(GetQueuedCompletionStatus, packet_16_bits));

static BOOL WINAPI sizes_16_bits(HANDLE pipe, LPDWORD flags, LPDWORD out, LPDWORD in, LPDWORD limit)
{
    BOOL told = real(GetNamedPipeInfo)(pipe, flags, out, in, limit);
    if (told && out)
        *out &= 0xFFFF;
    if (told && in)
        *in &= 0xFFFF;
    return told;
}
MUTANT(npipe_info_tells_16_bits, "GetNamedPipeInfo tells sizes of buffers in 16 bits",
       PATCH(GetNamedPipeInfo, sizes_16_bits));
