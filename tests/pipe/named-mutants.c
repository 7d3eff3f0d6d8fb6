/* Wrong behaviours, for the tests of named.c: an anonymous pipe is a named pipe without a known
 * name: the functions of named pipes take it. */
#include "pipe-mutants.h"

#include <string.h>
#include <wchar.h>

/* Handles that CreatePipe returned, and duplicates, by asking: an anonymous pipe's quota and one
 * instance would not tell, so they are remembered. */
static HANDLE made[32];
static unsigned made_count;

static BOOL WINAPI remembers(PHANDLE read_end, PHANDLE write_end, LPSECURITY_ATTRIBUTES attributes,
                             DWORD size)
{
    BOOL created = real(CreatePipe)(read_end, write_end, attributes, size);
    if (created && made_count + 2 <= 32) {
        made[made_count++] = *read_end;
        made[made_count++] = *write_end;
    }
    return created;
}

static bool is_anonymous(HANDLE handle)
{
    for (unsigned i = 0; i < made_count; i++)
        if (made[i] == handle)
            return true;
    return false;
}

static bool is_empty(HANDLE read_end)
{
    DWORD error = GetLastError(), available = 0;
    BOOL peeked = real(PeekNamedPipe)(read_end, NULL, 0, NULL, &available, NULL);
    SetLastError(error);
    return peeked && !available;
}

#define INFO_PARAMETERS HANDLE pipe, LPDWORD flags, LPDWORD out, LPDWORD in, LPDWORD instances
#define INFO real(GetNamedPipeInfo)(pipe, flags, out, in, instances)

static BOOL WINAPI writer_is_server(INFO_PARAMETERS)
{
    BOOL got = INFO;
    if (got && flags && is_anonymous(pipe))
        *flags ^= PIPE_SERVER_END;
    return got;
}
MUTANT(create_pipe_makes_the_writer_the_server,
       "GetNamedPipeInfo takes the write end of an anonymous pipe for the server",
       PATCH(CreatePipe, remembers), PATCH(GetNamedPipeInfo, writer_is_server));

static BOOL WINAPI size_is_64k(INFO_PARAMETERS)
{
    BOOL got = INFO;
    if (got && out && in && is_anonymous(pipe))
        *out = *in = 65536;
    return got;
}
MUTANT(create_pipe_has_buffers_of_64k, "An anonymous pipe has 64 KiB whatever was asked for",
       PATCH(CreatePipe, remembers), PATCH(GetNamedPipeInfo, size_is_64k));

static BOOL WINAPI no_state(HANDLE pipe, LPDWORD state, LPDWORD instances, LPDWORD count,
                            LPDWORD time_out, LPWSTR user, DWORD user_size)
{
    if (is_anonymous(pipe))
        return failed(ERROR_INVALID_FUNCTION);
    return real(GetNamedPipeHandleStateW)(pipe, state, instances, count, time_out, user, user_size);
}
MUTANT(get_pipe_state_refuses_anonymous, "GetNamedPipeHandleState fails for an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(GetNamedPipeHandleStateW, no_state));

static BOOL WINAPI no_change(HANDLE pipe, LPDWORD mode, LPDWORD count, LPDWORD time_out)
{
    if (is_anonymous(pipe))
        return failed(ERROR_INVALID_FUNCTION);
    return real(SetNamedPipeHandleState)(pipe, mode, count, time_out);
}
MUTANT(set_pipe_state_refuses_anonymous, "SetNamedPipeHandleState fails for an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(SetNamedPipeHandleState, no_change));

#define PEEK_PARAMETERS \
    HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD copied, LPDWORD available, LPDWORD left
#define PEEK real(PeekNamedPipe)(pipe, buffer, size, copied, available, left)

static BOOL WINAPI peek_refuses(PEEK_PARAMETERS)
{
    if (buffer && copied && available && is_anonymous(pipe))
        return failed(ERROR_INVALID_FUNCTION);
    return PEEK;
}
MUTANT(peek_into_buffer_refuses_anonymous,
       "PeekNamedPipe that copies and counts fails for an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(PeekNamedPipe, peek_refuses));

static HANDLE closed_writers[8];
static unsigned closed_count;

static BOOL WINAPI notes_close(HANDLE handle)
{
    for (unsigned i = 1; i < made_count; i += 2)
        if (made[i] == handle && closed_count < 8)
            closed_writers[closed_count++] = made[i - 1];
    return real(CloseHandle)(handle);
}

static BOOL WINAPI peek_ends_early(PEEK_PARAMETERS)
{
    for (unsigned i = 0; i < closed_count; i++)
        if (closed_writers[i] == pipe && available && !buffer)
            return failed(ERROR_BROKEN_PIPE);
    return PEEK;
}
MUTANT(peek_ignores_what_a_closed_writer_left,
       "PeekNamedPipe reports the end once the writer is closed, though bytes are left",
       PATCH(CreatePipe, remembers), PATCH(CloseHandle, notes_close),
       PATCH(PeekNamedPipe, peek_ends_early));

static BOOL WINAPI no_data_is_success(READ_FILE_PARAMETERS)
{
    BOOL got = READ_FILE;
    return got || (failed_with(got, ERROR_NO_DATA) && is_anonymous(file));
}
MUTANT(read_file_nonblocking_empty_is_success,
       "ReadFile on an empty nonblocking anonymous pipe returns TRUE", PATCH(CreatePipe, remembers),
       PATCH(ReadFile, no_data_is_success));

static BOOL WINAPI lacks_extended_attributes(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy,
                                             DWORD access, BOOL inherit, DWORD options)
{
    if (access == FILE_READ_EA && is_anonymous(handle))
        return failed(ERROR_ACCESS_DENIED);
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(read_end_lacks_read_ea, "The read end of an anonymous pipe has no FILE_READ_EA",
       PATCH(CreatePipe, remembers), PATCH(DuplicateHandle, lacks_extended_attributes));

static BOOL WINAPI lacks_append(HANDLE from, HANDLE handle, HANDLE to, LPHANDLE copy, DWORD access,
                                BOOL inherit, DWORD options)
{
    if (access == FILE_APPEND_DATA && is_anonymous(handle))
        return failed(ERROR_ACCESS_DENIED);
    return real(DuplicateHandle)(from, handle, to, copy, access, inherit, options);
}
MUTANT(write_end_lacks_append, "The write end of an anonymous pipe has no FILE_APPEND_DATA",
       PATCH(CreatePipe, remembers), PATCH(DuplicateHandle, lacks_append));

static DWORD WINAPI wait_refuses(HANDLE handle, DWORD time)
{
    if (!is_anonymous(handle))
        return real(WaitForSingleObject)(handle, time);
    SetLastError(ERROR_ACCESS_DENIED);
    return WAIT_FAILED;
}
MUTANT(wait_refuses_anonymous_pipes, "WaitForSingleObject fails for the ends of an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(WaitForSingleObject, wait_refuses));

static BOOL WINAPI security_refused(HANDLE handle, DWORD wanted, PSECURITY_DESCRIPTOR descriptor,
                                    DWORD size, LPDWORD needed)
{
    if (is_anonymous(handle))
        return failed(ERROR_ACCESS_DENIED);
    return real(GetKernelObjectSecurity)(handle, wanted, descriptor, size, needed);
}
MUTANT(get_security_refuses_anonymous_pipes,
       "The security descriptor of an anonymous pipe cannot be read", PATCH(CreatePipe, remembers),
       PATCH(GetKernelObjectSecurity, security_refused));

static BOOL WINAPI flush_refuses(HANDLE handle)
{
    return is_anonymous(handle) ? failed(ERROR_INVALID_FUNCTION) : real(FlushFileBuffers)(handle);
}
MUTANT(flush_refuses_anonymous_pipes, "FlushFileBuffers fails for an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(FlushFileBuffers, flush_refuses));

static BOOL WINAPI flush_takes_reader(HANDLE handle)
{
    BOOL flushed = real(FlushFileBuffers)(handle);
    return flushed || is_anonymous(handle);
}
MUTANT(flush_takes_read_end, "FlushFileBuffers succeeds for the read end of an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(FlushFileBuffers, flush_takes_reader));

static BOOL WINAPI goes_pending(READ_FILE_PARAMETERS)
{
    if (overlapped && is_anonymous(file) && is_empty(file))
        return failed(ERROR_IO_PENDING);
    return READ_FILE;
}
MUTANT(read_file_of_anonymous_pipe_goes_pending,
       "ReadFile with an OVERLAPPED does not wait on an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(ReadFile, goes_pending));

static BOOL WINAPI write_goes_pending(WRITE_FILE_PARAMETERS)
{
    BOOL written = WRITE_FILE;
    return written && overlapped && is_anonymous(file) ? failed(ERROR_IO_PENDING) : written;
}
MUTANT(write_file_to_anonymous_pipe_goes_pending,
       "WriteFile with an OVERLAPPED does not wait on an anonymous pipe",
       PATCH(CreatePipe, remembers), PATCH(WriteFile, write_goes_pending));

static BOOL WINAPI obeys_offset(READ_FILE_PARAMETERS)
{
    if (overlapped && overlapped->Offset > 500 && is_anonymous(file))
        return failed(ERROR_HANDLE_EOF);
    return READ_FILE;
}
MUTANT(read_file_of_pipe_obeys_offset,
       "ReadFile on an anonymous pipe obeys the offset of OVERLAPPED", PATCH(CreatePipe, remembers),
       PATCH(ReadFile, obeys_offset));
