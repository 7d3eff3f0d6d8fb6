/* Calls that wait for room do so alertably: a routine that is queued to the thread runs. */
#include "sockets.h"

enum { LARGE = 1 << 24 };

static int with_send(SOCKET s, char *bytes)
{
    return send(s, bytes, LARGE, 0);
}

static int with_wsasend(SOCKET s, char *bytes)
{
    WSABUF buffer = {.len = LARGE, .buf = bytes};
    DWORD sent = 0;
    return WSASend(s, &buffer, 1, &sent, 0, NULL, NULL) == 0 ? (int)sent : SOCKET_ERROR;
}

static const struct sender {
    struct row row;
    int (*send)(SOCKET, char *);
} senders[] = {
    {{"send", "stream.send.apc_runs"}, with_send},
    {{"wsasend", "stream.wsasend.apc_runs"}, with_wsasend},
};

static const struct sender *sender;
static volatile LONG runs;
static HANDLE ran;

static void CALLBACK note_run(ULONG_PTR unused)
{
    (void)unused;
    runs++;
    SetEvent(ran);
}

/* A send that need not wait runs nothing; of several, each of which is larger than all buffers,
 * one has to wait. */
static DWORD sends_with_an_apc(void *argument)
{
    SOCKET s = *(SOCKET *)argument;
    char *bytes = zero_bytes(LARGE);
    require(QueueUserAPC(note_run, GetCurrentThread(), 0));
    for (int i = 0; i < 8 && !runs; i++)
        expect_number(sender->send(s, bytes), LARGE);
    return 0;
}

static DWORD receives_all(void *argument)
{
    static char bytes[65536];
    int got;
    while ((got = recv(*(SOCKET *)argument, bytes, sizeof(bytes), 0)) > 0)
        ;
    return (DWORD)got;
}

START_TEST(waits_alertably)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    DWORD no_limit = 0; /* what the event has is enough of one */
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&no_limit, 4) == 0);
    sender = &senders[_i];
    ran = event_create();

    struct thread *thread = thread_start(sends_with_an_apc, &pair.client);

    expect_signaled(ran);
    expect_not_signaled(thread->handle); /* the send goes on */
    struct thread *receiver = thread_start(receives_all, &pair.server);
    thread_join(thread);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_number(thread_join(receiver), 0);
}
END_TEST
COVERS_ROWS(waits_alertably, senders);

START_TEST(lingers_alertably)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    LINGER linger = {.l_onoff = 1, .l_linger = 1};
    require(setsockopt(pair.client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger)) == 0);
    fill(pair.client);
    ran = event_create();
    require(QueueUserAPC(note_run, GetCurrentThread(), 0) && !runs);

    int result = closesocket(pair.client);

    expect_socket_succeeded(result);
    expect_number(runs, 1);
}
END_TEST
COVERS(lingers_alertably, "stream.close.apc_runs");
