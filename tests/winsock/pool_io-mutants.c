/* Wrong behaviours, for the tests of pool_io.c: operations whose end a thread of the pool tells. */
#include "completion_port-mutants.h"

/* What the function of the one object is told instead; false: nothing, it is not called. */
struct told {
    void *context, *operation;
    ULONG error;
    ULONG_PTR count;
    PTP_IO io;
};

static struct {
    PTP_WIN32_IO_CALLBACK function;
    void *context;
    HANDLE file;
    bool (*change)(struct told *);
} object;

static void CALLBACK instead(PTP_CALLBACK_INSTANCE instance, void *context, void *operation,
                             ULONG error, ULONG_PTR count, PTP_IO io)
{
    struct told told = {object.context, operation, error, count, io};
    (void)context;
    if (object.change(&told))
        object.function(instance, told.context, told.operation, told.error, told.count, told.io);
}

static PTP_IO changed(HANDLE file, PTP_WIN32_IO_CALLBACK function, void *context,
                      PTP_CALLBACK_ENVIRON environment, bool (*change)(struct told *))
{
    object.function = function;
    object.context = context;
    object.file = file;
    object.change = change;
    return real(CreateThreadpoolIo)(file, instead, NULL, environment);
}

#define CREATE_PARAMETERS \
    HANDLE file, PTP_WIN32_IO_CALLBACK function, PVOID context, PTP_CALLBACK_ENVIRON environment

/* A CreateThreadpoolIo whose function is told what CHANGE makes of it. */
#define CHANGES(name, change)                                           \
    static PTP_IO WINAPI name(CREATE_PARAMETERS)                        \
    {                                                                   \
        return changed(file, function, context, environment, (change)); \
    }

static bool no_count(struct told *told)
{
    if (is_datagram((SOCKET)object.file))
        told->count = 0;
    return true;
}
CHANGES(tells_no_count, no_count)
MUTANT(pool_io_tells_no_count_of_datagrams,
       "The function of CreateThreadpoolIo is told a count of 0 for datagrams",
       PATCH(CreateThreadpoolIo, tells_no_count));

static bool object_for_data(struct told *told)
{
    told->context = told->io;
    return true;
}
CHANGES(tells_the_object, object_for_data)
MUTANT(pool_io_tells_the_object_for_the_data,
       "The function of CreateThreadpoolIo is told the object in the place of the data",
       PATCH(CreateThreadpoolIo, tells_the_object));

static bool sent_at_once;

static int WINAPI notes_sends(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                              LPWSAOVERLAPPED overlapped,
                              LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    sent_at_once = overlapped != NULL;
    int result = real(WSASend)(s, buffers, count, sent, flags, overlapped, routine);
    if (result != 0)
        sent_at_once = false;
    return result;
}

static bool not_at_once(struct told *told)
{
    (void)told;
    bool passed_over = sent_at_once;
    sent_at_once = false;
    return !passed_over;
}
CHANGES(passes_over_sends, not_at_once)
MUTANT(pool_io_passes_over_sends_at_once,
       "The function of CreateThreadpoolIo is not called for a WSASend that succeeds at once",
       PATCH(WSASend, notes_sends), PATCH(CreateThreadpoolIo, passes_over_sends));

static bool once(struct told *told)
{
    static LONG calls;
    (void)told;
    return InterlockedIncrement(&calls) == 1;
}
CHANGES(calls_once, once)
MUTANT(pool_io_calls_once, "The function of CreateThreadpoolIo is called once",
       PATCH(CreateThreadpoolIo, calls_once));

static bool no_cancelling(struct told *told)
{
    if (told->error == ERROR_OPERATION_ABORTED)
        told->error = 0;
    return true;
}
CHANGES(knows_no_cancelling, no_cancelling)
MUTANT(pool_io_knows_no_cancelling,
       "The function of CreateThreadpoolIo is told no error of a cancelled operation",
       PATCH(CreateThreadpoolIo, knows_no_cancelling));

static bool code_of_winsock(struct told *told)
{
    if (told->error == ERROR_NETNAME_DELETED)
        told->error = WSAECONNRESET;
    return true;
}
CHANGES(tells_a_code_of_winsock, code_of_winsock)
MUTANT(pool_io_tells_a_code_of_winsock,
       "The function of CreateThreadpoolIo is told WSAECONNRESET of a connection that was reset",
       PATCH(CreateThreadpoolIo, tells_a_code_of_winsock));

/* ---- Waiting */

static void WINAPI returns_at_once(PTP_IO io, BOOL cancel)
{
    if (cancel)
        real(WaitForThreadpoolIoCallbacks)(io, cancel);
}
MUTANT(wait_for_pool_io_returns_at_once, "WaitForThreadpoolIoCallbacks does not wait",
       PATCH(WaitForThreadpoolIoCallbacks, returns_at_once));

static bool as_it_is(struct told *told)
{
    (void)told;
    return true;
}
CHANGES(notes_the_file, as_it_is)

static void WINAPI cancels_operations(PTP_IO io, BOOL cancel)
{
    real(WaitForThreadpoolIoCallbacks)(io, cancel);
    if (cancel)
        real(CancelIoEx)(object.file, NULL);
}
MUTANT(wait_for_pool_io_cancels_operations,
       "WaitForThreadpoolIoCallbacks that cancels calls cancels operations, too",
       PATCH(CreateThreadpoolIo, notes_the_file),
       PATCH(WaitForThreadpoolIoCallbacks, cancels_operations));

/* ---- Taken back, and no object */

static void WINAPI does_nothing(PTP_IO io)
{
    (void)io;
}
MUTANT(cancel_pool_io_does_nothing, "CancelThreadpoolIo does nothing",
       PATCH(CreateThreadpoolIo, notes_the_file), PATCH(CancelThreadpoolIo, does_nothing));

static BOOL WINAPI skips_nothing(HANDLE file, UCHAR modes)
{
    return file == object.file || real(SetFileCompletionNotificationModes)(file, modes);
}
MUTANT(pool_io_skips_nothing,
       "FILE_SKIP_COMPLETION_PORT_ON_SUCCESS is ignored of files that CreateThreadpoolIo was given",
       PATCH(CreateThreadpoolIo, notes_the_file),
       PATCH(SetFileCompletionNotificationModes, skips_nothing));

static PTP_IO WINAPI takes_any(CREATE_PARAMETERS)
{
    PTP_IO io = real(CreateThreadpoolIo)(file, function, context, environment);
    return io ? io : (PTP_IO)(UINT_PTR)file;
}
MUTANT(pool_io_takes_any_socket, "CreateThreadpoolIo never fails",
       PATCH(CreateThreadpoolIo, takes_any));
