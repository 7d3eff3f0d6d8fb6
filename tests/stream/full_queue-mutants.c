/* Wrong behaviours, for the tests of full_queue.c: connections that are waited for deafly, and such
 * as outlive the thread that wants them. */
#include "stream-mutants.h"

/* Runs a call in a thread of its own, which no routine is queued to. */
struct call {
    int (*function)(struct call *);
    SOCKET s;
    const struct sockaddr *name;
    int length, result;
    LPOVERLAPPED overlapped;
    DWORD error;
    HANDLE done;
};

static DWORD WINAPI run(void *argument)
{
    struct call *call = argument;
    call->result = call->function(call);
    call->error = GetLastError();
    real(SetEvent)(call->done);
    while (call->overlapped && real(WaitForSingleObject)(GetCurrentThread(), 1000) == WAIT_TIMEOUT)
        ;
    return 0;
}

static int run_elsewhere(struct call *call)
{
    call->done = real(CreateEventW)(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, run, call, 0, NULL);
    real(WaitForSingleObject)(call->done, INFINITE);
    real(CloseHandle)(thread);
    SetLastError(call->error);
    return call->result;
}

static int connects(struct call *call)
{
    return real(connect)(call->s, call->name, call->length);
}

static int WINAPI connect_elsewhere(SOCKET s, const struct sockaddr *name, int length)
{
    struct call call = {.function = connects, .s = s, .name = name, .length = length};
    return run_elsewhere(&call);
}
MUTANT(connect_waits_deaf, "No routine runs while connect waits",
       PATCH(connect, connect_elsewhere));

static int wsaconnects(struct call *call)
{
    return real(WSAConnect)(call->s, call->name, call->length, NULL, NULL, NULL, NULL);
}

static int WINAPI wsaconnect_elsewhere(WSACONNECT_PARAMETERS)
{
    if (caller || callee || qos || group)
        return WSACONNECT;
    struct call call = {.function = wsaconnects, .s = s, .name = name, .length = length};
    return run_elsewhere(&call);
}
MUTANT(wsaconnect_waits_deaf, "No routine runs while WSAConnect waits",
       PATCH(WSAConnect, wsaconnect_elsewhere));

static LPFN_CONNECTEX real_connect_ex;

static int begins(struct call *call)
{
    return real_connect_ex(call->s, call->name, call->length, NULL, 0, NULL, call->overlapped);
}

static BOOL PASCAL connect_ex_elsewhere(SOCKET s, const struct sockaddr *name, int length,
                                        PVOID bytes, DWORD size, LPDWORD sent,
                                        LPOVERLAPPED overlapped)
{
    static struct call call;
    if (bytes || sent || !overlapped)
        return real_connect_ex(s, name, length, bytes, size, sent, overlapped);
    call = (struct call){
        .function = begins, .s = s, .name = name, .length = length, .overlapped = overlapped};
    return run_elsewhere(&call);
}
EXCHANGES(plant_elsewhere, WSAID_CONNECTEX, connect_ex_elsewhere, real_connect_ex)
MUTANT(connect_ex_outlives_its_thread,
       "A pending ConnectEx does not end with the thread that began it",
       PATCH(WSAIoctl, plant_elsewhere));
