/* Wrong behaviours, for the tests of optional.c: GetNamedPipeInfo, TransactNamedPipe,
 * CreateNamedPipeW, CancelIo and CancelIoEx. */
#include "npipe-mutants.h"

#define INFO_PARAMETERS \
    HANDLE pipe, LPDWORD flags, LPDWORD outgoing, LPDWORD incoming, LPDWORD limit
#define INFO real(GetNamedPipeInfo)(pipe, flags, outgoing, incoming, limit)

static BOOL WINAPI want_outputs(INFO_PARAMETERS)
{
    if (!flags && !(outgoing && incoming))
        return fail_with(ERROR_INVALID_PARAMETER);
    return INFO;
}
MUTANT(info_wants_all_outputs, "GetNamedPipeInfo without flags wants to tell both sizes",
       PATCH(GetNamedPipeInfo, want_outputs));

static BOOL WINAPI one_instance(INFO_PARAMETERS)
{
    BOOL told = INFO;
    if (told && limit && is_client_end(pipe))
        *limit = 1;
    return told;
}
MUTANT(info_tells_clients_of_one_instance, "GetNamedPipeInfo gives a client a limit of 1",
       PATCH(GetNamedPipeInfo, one_instance));

static LPOVERLAPPED uncounted;

static BOOL WINAPI want_count(TRANSACT_PARAMETERS)
{
    if (overlapped && !count)
        uncounted = overlapped;
    return TRANSACT;
}

static BOOL WINAPI uncounted_is_empty(HANDLE file, LPOVERLAPPED overlapped, LPDWORD count,
                                      BOOL wait)
{
    BOOL done = real(GetOverlappedResult)(file, overlapped, count, wait);
    if (done && overlapped == uncounted)
        *count = 0;
    return done;
}
MUTANT(transact_always_wants_a_count,
       "TransactNamedPipe without lpBytesRead beside an OVERLAPPED has a result of 0 bytes",
       PATCH(TransactNamedPipe, want_count), PATCH(GetOverlappedResult, uncounted_is_empty));

/* The part of a reply that the last short transaction has taken. */
static struct {
    HANDLE pipe;
    const char *bytes;
} taken;

static BOOL WINAPI note_part(TRANSACT_PARAMETERS)
{
    if (reply_size == 4) {
        taken.pipe = pipe;
        taken.bytes = reply;
    }
    return TRANSACT;
}

static BOOL WINAPI peek_from_start(HANDLE pipe, LPVOID buffer, DWORD size, LPDWORD got,
                                   LPDWORD available, LPDWORD left)
{
    BOOL peeked = real(PeekNamedPipe)(pipe, buffer, size, got, available, left);
    if (peeked && buffer && taken.pipe == pipe && size >= 4)
        memcpy(buffer, taken.bytes, 4);
    return peeked;
}
MUTANT(transact_rest_is_peeked_from_the_start,
       "PeekNamedPipe copies a reply from its start though a transaction has taken part of it",
       PATCH(TransactNamedPipe, note_part), PATCH(PeekNamedPipe, peek_from_start));

static BOOL WINAPI rest_is_more_data(HANDLE pipe, LPVOID buffer, DWORD size,
                                     LPOVERLAPPED overlapped,
                                     LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
    return real(ReadFileEx)(pipe, buffer, taken.pipe == pipe && size > 5 ? 5 : size, overlapped,
                            routine);
}
MUTANT(transact_rest_by_routine_is_more_data,
       "ReadFileEx takes five bytes of the rest of a reply at a time",
       PATCH(TransactNamedPipe, note_part), PATCH(ReadFileEx, rest_is_more_data));

/* The modes that the last instance of a pipe of three was created with. */
static struct {
    WCHAR name[MAX_PATH];
    DWORD open_mode, pipe_mode;
} last_created;

static HANDLE refuse_other(CREATE_PIPE_PARAMETERS, DWORD open_mask, DWORD pipe_mask)
{
    bool same_pipe = instances == 3 && name && !wcscmp(name, last_created.name);
    if (same_pipe && (((open_mode ^ last_created.open_mode) & open_mask) ||
                      ((pipe_mode ^ last_created.pipe_mode) & pipe_mask)))
        return refuse_with(ERROR_ACCESS_DENIED);
    if (name && wcslen(name) < MAX_PATH)
        wcscpy(last_created.name, name);
    last_created.open_mode = open_mode;
    last_created.pipe_mode = pipe_mode;
    return CREATE_PIPE;
}
#define REFUSE_OTHER(open_mask, pipe_mask)                                                     \
    refuse_other(name, open_mode, pipe_mode, instances, out_size, in_size, time_out, security, \
                 (open_mask), (pipe_mask))

static HANDLE WINAPI want_same_flags(CREATE_PIPE_PARAMETERS)
{
    return REFUSE_OTHER(FILE_FLAG_OVERLAPPED | FILE_FLAG_WRITE_THROUGH, 0);
}
MUTANT(create_named_pipe_wants_the_same_flags,
       "CreateNamedPipe refuses instances that differ in overlapped or write-through mode",
       PATCH(CreateNamedPipeW, want_same_flags));

static HANDLE WINAPI want_same_rights(CREATE_PIPE_PARAMETERS)
{
    return REFUSE_OTHER(WRITE_DAC, 0);
}
MUTANT(create_named_pipe_wants_the_same_rights,
       "CreateNamedPipe refuses instances that differ in security access modes",
       PATCH(CreateNamedPipeW, want_same_rights));

static HANDLE WINAPI want_same_remote_mode(CREATE_PIPE_PARAMETERS)
{
    return REFUSE_OTHER(0, PIPE_REJECT_REMOTE_CLIENTS);
}
MUTANT(create_named_pipe_wants_the_same_remote_mode,
       "CreateNamedPipe refuses instances that differ in whether they reject remote clients",
       PATCH(CreateNamedPipeW, want_same_remote_mode));

static bool is_synchronous(HANDLE pipe)
{
    DWORD error = GetLastError(), flags = 0;
    typedef LONG(WINAPI * query)(HANDLE, void *, void *, ULONG, int);
    query information =
        (query)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQueryInformationFile");
    ULONG_PTR status[2];
    information(pipe, status, &flags, sizeof(flags), 16 /* FileModeInformation */);
    SetLastError(error);
    return flags & 0x30; /* FILE_SYNCHRONOUS_IO_ALERT and _NONALERT */
}

static BOOL WINAPI disturb_synchronous(HANDLE file)
{
    if (is_synchronous(file) && !is_client_end(file))
        return real(DisconnectNamedPipe)(file);
    return real(CancelIo)(file);
}
MUTANT(cancel_io_disturbs_synchronous_handles,
       "CancelIo ends what is going on through a handle that is not overlapped",
       PATCH(CancelIo, disturb_synchronous));

static BOOL WINAPI take_any_handle(HANDLE file)
{
    BOOL cancelled = real(CancelIo)(file);
    return cancelled || failed_with(cancelled, ERROR_INVALID_HANDLE);
}
MUTANT(cancel_io_takes_any_handle, "CancelIo succeeds for a handle that is closed",
       PATCH(CancelIo, take_any_handle));

static BOOL WINAPI find_nothing(HANDLE file, LPOVERLAPPED overlapped)
{
    BOOL cancelled = real(CancelIoEx)(file, overlapped);
    return failed_with(cancelled, ERROR_INVALID_HANDLE) ? fail_with(ERROR_NOT_FOUND) : cancelled;
}
MUTANT(cancel_io_ex_finds_nothing_on_closed_handles,
       "CancelIoEx fails with ERROR_NOT_FOUND for a handle that is closed",
       PATCH(CancelIoEx, find_nothing));
