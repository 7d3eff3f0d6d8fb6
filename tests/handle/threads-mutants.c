/* Wrong behaviours, for the tests of threads.c: the end of threads, pseudo handles of others. */
#include "handle-mutants.h"

/* Calls END with what this thread has made last when the thread ends. */
static void at_the_end(PFLS_CALLBACK_FUNCTION end, void *made)
{
    static DWORD slot = FLS_OUT_OF_INDEXES;
    DWORD error = GetLastError();
    if (slot == FLS_OUT_OF_INDEXES)
        slot = FlsAlloc(end);
    FlsSetValue(slot, made);
    SetLastError(error);
}

static void CALLBACK close(void *handle)
{
    real(CloseHandle)(handle);
}

static BOOL WINAPI creates_pipe(HANDLE *reader, HANDLE *writer, SECURITY_ATTRIBUTES *security,
                                DWORD size)
{
    BOOL created = real(CreatePipe)(reader, writer, security, size);
    if (created)
        at_the_end(close, *writer);
    return created;
}
MUTANT(end_of_a_thread_closes_its_anonymous_pipes,
       "The end of a thread closes the anonymous pipe that it has created",
       PATCH(CreatePipe, creates_pipe));

static HANDLE WINAPI creates_named_pipe(const WCHAR *name, DWORD open, DWORD mode, DWORD instances,
                                        DWORD out, DWORD in, DWORD time,
                                        SECURITY_ATTRIBUTES *security)
{
    HANDLE pipe = real(CreateNamedPipeW)(name, open, mode, instances, out, in, time, security);
    if (pipe != INVALID_HANDLE_VALUE)
        at_the_end(close, pipe);
    return pipe;
}
MUTANT(end_of_a_thread_closes_its_named_pipes,
       "The end of a thread closes the instance of a named pipe that it has created",
       PATCH(CreateNamedPipeW, creates_named_pipe));

static HANDLE WINAPI creates_file(const WCHAR *name, DWORD access, DWORD share,
                                  SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags,
                                  HANDLE like)
{
    HANDLE file = real(CreateFileW)(name, access, share, security, disposition, flags, like);
    if (file != INVALID_HANDLE_VALUE)
        at_the_end(close, file);
    return file;
}
MUTANT(end_of_a_thread_closes_its_files,
       "The end of a thread closes the file, or the client end of a pipe, that it has opened",
       PATCH(CreateFileW, creates_file));

static HANDLE WINAPI creates_mapping(HANDLE file, SECURITY_ATTRIBUTES *security, DWORD protect,
                                     DWORD high, DWORD low, const WCHAR *name)
{
    HANDLE mapping = real(CreateFileMappingW)(file, security, protect, high, low, name);
    if (mapping)
        at_the_end(close, mapping);
    return mapping;
}
MUTANT(end_of_a_thread_closes_its_mappings,
       "The end of a thread closes the file mapping that it has created",
       PATCH(CreateFileMappingW, creates_mapping));

static HANDLE WINAPI creates_event(SECURITY_ATTRIBUTES *security, BOOL manual, BOOL set,
                                   const WCHAR *name)
{
    HANDLE event = real(CreateEventW)(security, manual, set, name);
    if (event)
        at_the_end(close, event);
    return event;
}
MUTANT(end_of_a_thread_closes_its_events,
       "The end of a thread closes the event that it has created",
       PATCH(CreateEventW, creates_event));

static void CALLBACK unmap(void *view)
{
    real(UnmapViewOfFile)(view);
}

static void *WINAPI maps(HANDLE mapping, DWORD access, DWORD high, DWORD low, SIZE_T size)
{
    void *view = real(MapViewOfFile)(mapping, access, high, low, size);
    if (view)
        at_the_end(unmap, view);
    return view;
}
MUTANT(end_of_a_thread_unmaps_its_views, "The end of a thread unmaps the view that it has mapped",
       PATCH(MapViewOfFile, maps));

/* ---- The process of another one ---- */

static BOOL WINAPI is_the_caller(DUPLICATE_PARAMETERS)
{
    if (handle == GetCurrentProcess() && !here(from))
        from = GetCurrentProcess();
    return DUPLICATED;
}
MUTANT(duplicate_of_a_pseudo_handle_is_the_caller,
       "A duplicate of the pseudo handle of a process is of the caller's, whatever the source",
       PATCH(DuplicateHandle, is_the_caller));

static BOOL WINAPI has_little_access(DUPLICATE_PARAMETERS)
{
    if (handle == GetCurrentProcess() && !here(from)) {
        handle = from;
        from = GetCurrentProcess();
    }
    return DUPLICATED;
}
MUTANT(duplicate_of_a_pseudo_handle_has_little_access,
       "A duplicate of the pseudo handle of another process has the access of the handle by which "
       "the process was named",
       PATCH(DuplicateHandle, has_little_access));
