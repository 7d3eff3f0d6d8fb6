/* Messages of several writers, to several readers, that are not kept apart. */
#include "npipe-mutants.h"

/* Whether a message is written through a handle that another process has opened. */
static bool is_guest(HANDLE end)
{
    DWORD error = GetLastError();
    ULONG process = GetCurrentProcessId();
    if (info_of(end) & PIPE_SERVER_END)
        real(GetNamedPipeServerProcessId)(end, &process);
    else
        real(GetNamedPipeClientProcessId)(end, &process);
    SetLastError(error);
    return process != GetCurrentProcessId() && (info_of(end) & PIPE_TYPE_MESSAGE);
}

static BOOL WINAPI in_two_writes(WRITE_PARAMETERS)
{
    DWORD half = size / 2, first = 0;
    if (!half || overlapped || !is_guest(end))
        return WRITE;
    if (!real(WriteFile)(end, bytes, half, &first, NULL))
        return FALSE;
    BOOL wrote = real(WriteFile)(end, (const char *)bytes + half, size - half, written, overlapped);
    if (written)
        *written += first;
    return wrote;
}
MUTANT(npipe_message_of_another_process_is_split,
       "A message is two when it is written by another process than opened the end",
       PATCH(WriteFile, in_two_writes));

static BOOL WINAPI in_pairs(WRITE_PARAMETERS)
{
    static char held[0x1000];
    static DWORD length;
    DWORD unused;
    if (!size || size > sizeof(held) || overlapped || !is_guest(end))
        return WRITE;
    if (!length) {
        memcpy(held, bytes, length = size);
        *written = size;
        return TRUE;
    }
    BOOL wrote = WRITE;
    real(WriteFile)(end, held, length, &unused, NULL);
    length = 0;
    return wrote;
}
MUTANT(npipe_messages_of_another_process_overtake_each_other,
       "Of two messages of another process than opened the end the second comes first",
       PATCH(WriteFile, in_pairs));

static BOOL WINAPI cut_for_further_threads(READ_PARAMETERS)
{
    BOOL read = READ;
    if (read && got && *got > 1 && is_further_thread() && (mode_of(end) & PIPE_READMODE_MESSAGE))
        --*got;
    return read;
}
MUTANT(npipe_second_reader_gets_less,
       "A thread that reads where another one has read before loses a byte of each message",
       PATCH(ReadFile, cut_for_further_threads));

static HANDLE first;

static HANDLE WINAPI notes_first(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (!first && server != INVALID_HANDLE_VALUE && (pipe_mode & PIPE_TYPE_MESSAGE))
        first = server;
    return server;
}

static BOOL WINAPI to_the_first(WRITE_PARAMETERS)
{
    bool sent = first && end != first && (info_of(end) & PIPE_SERVER_END) &&
                (info_of(end) & PIPE_TYPE_MESSAGE) && pipe_state(first) == PIPE_STATE_CONNECTED;
    return real(WriteFile)(sent ? first : end, bytes, size, written, overlapped);
}
MUTANT(npipe_second_server_writes_to_the_first_client,
       "What the server writes to the client of a second message pipe goes to the first",
       PATCH(CreateNamedPipeW, notes_first), PATCH(WriteFile, to_the_first));
