/* Wrong behaviours, for the tests of alertable.c: waits for room in which no routine runs. */
#include "stream-mutants.h"

/* Runs a call in a thread of its own, which no routine is queued to. */
struct call {
    int (*function)(struct call *);
    SOCKET s;
    const char *bytes;
    LPWSABUF buffers;
    LPDWORD sent;
    DWORD count, flags;
    int size, result;
    DWORD error;
};

static DWORD WINAPI run(void *argument)
{
    struct call *call = argument;
    call->result = call->function(call);
    call->error = GetLastError();
    return 0;
}

static int run_elsewhere(struct call *call)
{
    HANDLE thread = CreateThread(NULL, 0, run, call, 0, NULL);
    real(WaitForSingleObject)(thread, INFINITE);
    real(CloseHandle)(thread);
    SetLastError(call->error);
    return call->result;
}

static int sends(struct call *call)
{
    return real(send)(call->s, call->bytes, call->size, (int)call->flags);
}

static int WINAPI send_elsewhere(SOCKET s, const char *bytes, int size, int flags)
{
    struct call call = {
        .function = sends, .s = s, .bytes = bytes, .size = size, .flags = (DWORD)flags};
    return run_elsewhere(&call);
}
MUTANT(send_waits_deaf, "send does not wait alertably", PATCH(send, send_elsewhere));

static int wsasends(struct call *call)
{
    return real(WSASend)(call->s, call->buffers, call->count, call->sent, call->flags, NULL, NULL);
}

static int WINAPI wsasend_elsewhere(WSASEND_PARAMETERS)
{
    if (overlapped)
        return WSASEND;
    struct call call = {.function = wsasends,
                        .s = s,
                        .buffers = buffers,
                        .count = count,
                        .sent = sent,
                        .flags = flags};
    return run_elsewhere(&call);
}
MUTANT(wsasend_waits_deaf, "WSASend without a WSAOVERLAPPED does not wait alertably",
       PATCH(WSASend, wsasend_elsewhere));

static int closes(struct call *call)
{
    return real(closesocket)(call->s);
}

static int WINAPI close_elsewhere(SOCKET s)
{
    struct call call = {.function = closes, .s = s};
    return is_stream(s) ? run_elsewhere(&call) : real(closesocket)(s);
}
MUTANT(closesocket_lingers_deaf, "closesocket does not linger alertably",
       PATCH(closesocket, close_elsewhere));
