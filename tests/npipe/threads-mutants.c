/* Wrong behaviours, for the tests of threads.c: several threads at one pipe: operations of one
 * cancelled by another, and all at once. */
#include "npipe-mutants.h"

static HANDLE WINAPI two_means_unlimited(CREATE_PIPE_PARAMETERS)
{
    if (instances == 2)
        instances = PIPE_UNLIMITED_INSTANCES;
    return CREATE_PIPE;
}
MUTANT(npipe_instance_limit_ignored, "A limit of two instances is not enforced",
       PATCH(CreateNamedPipeW, two_means_unlimited));

static struct {
    OVERLAPPED *operation;
    DWORD thread;
} begun[16];
static LONG begun_count;

static void note_begun(OVERLAPPED *operation)
{
    LONG place = InterlockedIncrement(&begun_count) - 1;
    begun[place % 16].operation = operation;
    begun[place % 16].thread = GetCurrentThreadId();
}

static BOOL WINAPI read_notes(READ_PARAMETERS)
{
    BOOL read = READ;
    if (overlapped && failed_with(read, ERROR_IO_PENDING))
        note_begun(overlapped);
    return read;
}

static BOOL WINAPI connect_notes(HANDLE server, LPOVERLAPPED overlapped)
{
    BOOL connected = real(ConnectNamedPipe)(server, overlapped);
    if (overlapped && failed_with(connected, ERROR_IO_PENDING))
        note_begun(overlapped);
    return connected;
}

static BOOL WINAPI cancels_own_one(HANDLE end, LPOVERLAPPED operation)
{
    for (LONG i = 0; operation && i < begun_count && i < 16; i++)
        if (begun[i].operation == operation && begun[i].thread != GetCurrentThreadId())
            return fail_with(ERROR_NOT_FOUND);
    return real(CancelIoEx)(end, operation);
}
MUTANT(npipe_cancel_of_one_misses_other_threads,
       "CancelIoEx with an OVERLAPPED does not find the operation that another thread has begun",
       PATCH(ReadFile, read_notes), PATCH(ConnectNamedPipe, connect_notes),
       PATCH(CancelIoEx, cancels_own_one));

static BOOL WINAPI cancels_own(HANDLE end, LPOVERLAPPED operation)
{
    for (LONG i = 0; !operation && i < begun_count && i < 16; i++)
        if (begun[i].thread != GetCurrentThreadId())
            return fail_with(ERROR_NOT_FOUND);
    return real(CancelIoEx)(end, operation);
}
MUTANT(npipe_cancel_of_all_misses_other_threads,
       "CancelIoEx without an OVERLAPPED does not find what other threads have begun",
       PATCH(ReadFile, read_notes), PATCH(ConnectNamedPipe, connect_notes),
       PATCH(CancelIoEx, cancels_own));

struct held_read {
    HANDLE end, ready;
    LPVOID buffer;
    DWORD size, error;
    LPDWORD got;
    LPOVERLAPPED overlapped;
    BOOL result;
};

static DWORD WINAPI read_and_live_on(void *argument)
{
    struct held_read *held = argument;
    held->result = real(ReadFile)(held->end, held->buffer, held->size, held->got, held->overlapped);
    held->error = GetLastError();
    SetEvent(held->ready);
    Sleep(INFINITE);
    return 0;
}

static DWORD main_thread;

static HANDLE WINAPI pipe_notes_thread(CREATE_PIPE_PARAMETERS)
{
    main_thread = GetCurrentThreadId();
    return CREATE_PIPE;
}

static BOOL WINAPI read_outlives_thread(READ_PARAMETERS)
{
    if (!overlapped || !main_thread || main_thread == GetCurrentThreadId())
        return READ;
    struct held_read held = {
        end, CreateEventW(NULL, FALSE, FALSE, NULL), buffer, size, 0, got, overlapped, FALSE};
    CloseHandle(CreateThread(NULL, 0, read_and_live_on, &held, 0, NULL));
    WaitForSingleObject(held.ready, INFINITE);
    SetLastError(held.error);
    return held.result;
}
MUTANT(npipe_read_outlives_its_thread,
       "An overlapped read stays pending when the thread that began it ends",
       PATCH(CreateNamedPipeW, pipe_notes_thread), PATCH(ReadFile, read_outlives_thread));

static DWORD WINAPI connect_and_live_on(void *argument)
{
    struct held_read *held = argument;
    held->result = real(ConnectNamedPipe)(held->end, held->overlapped);
    held->error = GetLastError();
    SetEvent(held->ready);
    Sleep(INFINITE);
    return 0;
}

static BOOL WINAPI connect_outlives_thread(CONNECT_PARAMETERS)
{
    if (!overlapped || !main_thread || main_thread == GetCurrentThreadId())
        return CONNECT;
    struct held_read held = {.end = server, .overlapped = overlapped};
    held.ready = CreateEventW(NULL, FALSE, FALSE, NULL);
    CloseHandle(CreateThread(NULL, 0, connect_and_live_on, &held, 0, NULL));
    WaitForSingleObject(held.ready, INFINITE);
    SetLastError(held.error);
    return held.result;
}
MUTANT(npipe_connect_outlives_its_thread,
       "An overlapped connect stays pending when the thread that began it ends",
       PATCH(CreateNamedPipeW, pipe_notes_thread),
       PATCH(ConnectNamedPipe, connect_outlives_thread));

static BOOL WINAPI get_after_cancelling(HANDLE port, LPDWORD count, PULONG_PTR key,
                                        LPOVERLAPPED *operation, DWORD time_out)
{
    BOOL got = real(GetQueuedCompletionStatus)(port, count, key, operation, time_out);
    for (LONG i = 0; got && i < begun_count && i < 16; i++)
        if (begun[i].operation == *operation && begun[i].thread != GetCurrentThreadId())
            return fail_with(ERROR_OPERATION_ABORTED);
    return got;
}
MUTANT(npipe_read_with_a_port_ends_with_its_thread,
       "An overlapped read of a handle with a completion port is aborted when its thread ends",
       PATCH(ReadFile, read_notes), PATCH(GetQueuedCompletionStatus, get_after_cancelling));

static HANDLE WINAPI limit_of_each_thread(CREATE_PIPE_PARAMETERS)
{
    bool further = is_further_thread();
    HANDLE server = CREATE_PIPE;
    if (server != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PIPE_BUSY || !further)
        return server;
    WCHAR other[400];
    swprintf(other, 400, L"%ls-%lu", name, GetCurrentThreadId());
    name = other;
    return CREATE_PIPE;
}
MUTANT(npipe_instance_limit_is_of_each_thread,
       "The limit of instances holds for the thread that created the first alone",
       PATCH(CreateNamedPipeW, limit_of_each_thread));

static BOOL WINAPI connect_drops_client(HANDLE server, LPOVERLAPPED overlapped)
{
    bool further = is_further_thread();
    BOOL connected = real(ConnectNamedPipe)(server, overlapped);
    DWORD error = GetLastError();
    if (further && (connected || error == ERROR_PIPE_CONNECTED))
        real(DisconnectNamedPipe)(server);
    SetLastError(error);
    return connected;
}
MUTANT(npipe_second_threads_client_is_dropped,
       "ConnectNamedPipe drops the client when it is called by a second thread",
       PATCH(ConnectNamedPipe, connect_drops_client));
