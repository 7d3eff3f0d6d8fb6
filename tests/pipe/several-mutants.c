/* Wrong behaviours of ends with several handles, and of modes and sizes of anonymous pipes. */
#include "mutants.h"

#include <string.h>

/* The pipe of the test, and what became of it. */
static struct {
    HANDLE read, write;
    bool write_closed, read_closed;
    DWORD reads, last_count;
} made;

static BOOL WINAPI note_pipe(PHANDLE read, PHANDLE write, LPSECURITY_ATTRIBUTES attributes,
                             DWORD size)
{
    BOOL created = real(CreatePipe)(read, write, attributes, size);
    if (created) {
        made.read = *read;
        made.write = *write;
    }
    return created;
}

static BOOL WINAPI note_close(HANDLE handle)
{
    made.write_closed |= made.write && handle == made.write;
    made.read_closed |= made.read && handle == made.read;
    return real(CloseHandle)(handle);
}

#define READ_PARAMETERS HANDLE end, LPVOID buffer, DWORD size, LPDWORD got, LPOVERLAPPED overlapped
#define READ real(ReadFile)(end, buffer, size, got, overlapped)

static BOOL WINAPI duplicate_starts_behind(READ_PARAMETERS)
{
    char skipped;
    DWORD count;
    if (made.read && end != made.read && real(GetFileType)(end) == FILE_TYPE_PIPE)
        real(ReadFile)(end, &skipped, 1, &count, NULL);
    return READ;
}
MUTANT(read_by_a_duplicate_loses_a_byte, "ReadFile by a duplicate of a read end loses a byte",
       PATCH(CreatePipe, note_pipe), PATCH(ReadFile, duplicate_starts_behind));

static BOOL WINAPI gone_writer_leaves_one_read(READ_PARAMETERS)
{
    if (made.write_closed && end == made.read && made.reads++) {
        *got = 0;
        SetLastError(ERROR_BROKEN_PIPE);
        return FALSE;
    }
    return READ;
}
MUTANT(rest_of_a_gone_writer_is_lost, "What a writer that has gone has left can be read once only",
       PATCH(CreatePipe, note_pipe), PATCH(CloseHandle, note_close),
       PATCH(ReadFile, gone_writer_leaves_one_read));

static BOOL WINAPI write_survives_reader(HANDLE end, LPCVOID bytes, DWORD size, LPDWORD written,
                                         LPOVERLAPPED overlapped)
{
    BOOL wrote = real(WriteFile)(end, bytes, size, written, overlapped);
    if (!wrote && end == made.write && made.read_closed) {
        *written = size;
        return TRUE;
    }
    return wrote;
}
MUTANT(write_that_waits_survives_its_reader,
       "A WriteFile that waits returns TRUE when the process of the last reader is killed",
       PATCH(CreatePipe, note_pipe), PATCH(CloseHandle, note_close),
       PATCH(WriteFile, write_survives_reader));

static BOOL WINAPI note_read(READ_PARAMETERS)
{
    BOOL done = READ;
    made.last_count = done && got ? *got : 0;
    return done;
}

static BOOL WINAPI peek_counts_read(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied,
                                    LPDWORD available, LPDWORD left)
{
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, copied, available, left);
    if (peeked && available && *available)
        *available += made.last_count;
    return peeked;
}
MUTANT(peek_counts_what_was_read, "PeekNamedPipe counts as available what was read just before",
       PATCH(ReadFile, note_read), PATCH(PeekNamedPipe, peek_counts_read));

#define SET_PARAMETERS HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out
#define SET real(SetNamedPipeHandleState)(pipe, mode, count, time_out)

static BOOL WINAPI set_reaches_both(SET_PARAMETERS)
{
    BOOL set = SET;
    DWORD error = GetLastError();
    if (set && made.read)
        real(SetNamedPipeHandleState)(pipe == made.read ? made.write : made.read, mode, NULL, NULL);
    SetLastError(error);
    return set;
}
MUTANT(set_pipe_state_reaches_both_ends,
       "SetNamedPipeHandleState changes both ends of an anonymous pipe",
       PATCH(CreatePipe, note_pipe), PATCH(SetNamedPipeHandleState, set_reaches_both));

static BOOL WINAPI message_mode_taken(SET_PARAMETERS)
{
    return SET ||
           (mode && *mode & PIPE_READMODE_MESSAGE && GetLastError() == ERROR_INVALID_PARAMETER);
}
MUTANT(set_pipe_state_takes_message_mode,
       "Message read mode may be asked of a pipe of bytes, without effect",
       PATCH(SetNamedPipeHandleState, message_mode_taken));

static BOOL WINAPI holds_a_page(PHANDLE read, PHANDLE write, LPSECURITY_ATTRIBUTES attributes,
                                DWORD size)
{
    return real(CreatePipe)(read, write, attributes, size > 4096 ? 4096 : size);
}
MUTANT(create_pipe_holds_a_page_at_most, "A pipe holds no more than a page, whatever was asked for",
       PATCH(CreatePipe, holds_a_page));

static BOOL WINAPI without_descriptor(PHANDLE read, PHANDLE write, LPSECURITY_ATTRIBUTES attributes,
                                      DWORD size)
{
    SECURITY_ATTRIBUTES bare = {sizeof(bare), NULL, attributes && attributes->bInheritHandle};
    return real(CreatePipe)(read, write, attributes ? &bare : NULL, size);
}
MUTANT(create_pipe_ignores_its_descriptor, "CreatePipe ignores the security descriptor it is given",
       PATCH(CreatePipe, without_descriptor));
