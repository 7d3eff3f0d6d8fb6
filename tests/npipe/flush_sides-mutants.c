/* Wrong behaviours, for the tests of flush_sides.c: FlushFileBuffers at the server end of a pipe.
 */
#include "npipe-mutants.h"

/* The handle that has written last. */
static HANDLE writer;

static BOOL WINAPI notes_writer(WRITE_PARAMETERS)
{
    writer = end;
    return WRITE;
}

static BOOL WINAPI minds_own_writes(HANDLE file)
{
    return (writer && file != writer) || real(FlushFileBuffers)(file);
}
MUTANT(flush_minds_what_its_handle_wrote,
       "FlushFileBuffers waits for what was written by the very handle",
       PATCH(WriteFile, notes_writer), PATCH(FlushFileBuffers, minds_own_writes));

static BOOL WINAPI minds_instances(HANDLE file)
{
    DWORD instances = 0;
    bool several = real(GetNamedPipeHandleStateW)(file, NULL, &instances, NULL, NULL, NULL, 0) &&
                   instances > 1;
    return several && writer != file ? fail_with(ERROR_BUSY) : real(FlushFileBuffers)(file);
}
MUTANT(flush_minds_other_instances,
       "FlushFileBuffers fails while what was written to another instance is unread",
       PATCH(WriteFile, notes_writer), PATCH(FlushFileBuffers, minds_instances));

static BOOL WINAPI no_wait_for_messages(HANDLE file)
{
    return (info_of(file) & PIPE_TYPE_MESSAGE) || real(FlushFileBuffers)(file);
}
MUTANT(flush_of_messages_does_not_wait, "FlushFileBuffers of a pipe of messages does not wait",
       PATCH(FlushFileBuffers, no_wait_for_messages));

static HANDLE overlapped_server;

static HANDLE WINAPI notes_overlapped(CREATE_PIPE_PARAMETERS)
{
    HANDLE server = CREATE_PIPE;
    if (open_mode & FILE_FLAG_OVERLAPPED)
        overlapped_server = server;
    return server;
}

static BOOL WINAPI no_wait_overlapped(HANDLE file)
{
    return (overlapped_server && file == overlapped_server) || real(FlushFileBuffers)(file);
}
MUTANT(flush_of_overlapped_handles_does_not_wait,
       "FlushFileBuffers of an overlapped handle does not wait",
       PATCH(CreateNamedPipeW, notes_overlapped), PATCH(FlushFileBuffers, no_wait_overlapped));

static BOOL WINAPI no_wait_for_processes(HANDLE file)
{
    ULONG client = 0;
    bool other =
        real(GetNamedPipeClientProcessId)(file, &client) && client != GetCurrentProcessId();
    return other || real(FlushFileBuffers)(file);
}
MUTANT(flush_of_served_processes_does_not_wait,
       "FlushFileBuffers does not wait for clients in other processes",
       PATCH(FlushFileBuffers, no_wait_for_processes));
