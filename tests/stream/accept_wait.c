/* Calls that wait: accept for a client, and the routines that may run while they do. */
#include "winsock/winsock.h"

/* ---- Waiting for a client ---- */

static SOCKET by_accept(SOCKET listener)
{
    return accept(listener, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET listener)
{
    return WSAAccept(listener, NULL, NULL, NULL, 0);
}

struct acceptor {
    SOCKET listener;
    SOCKET (*accept)(SOCKET);
    SOCKET accepted;
};

static DWORD accepts(void *argument)
{
    struct acceptor *acceptor = argument;

    acceptor->accepted = acceptor->accept(acceptor->listener);

    expect_socket_succeeded(acceptor->accepted);
    return 0;
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET);
} forms[] = {
    {{"accept", "stream.accept.blocks"}, by_accept},
    {{"wsaaccept", "stream.wsaaccept.blocks"}, by_wsaaccept},
};

START_TEST(waits_for_a_client)
{
    winsock_start();
    struct acceptor acceptor = {stream_listen(), forms[_i].accept, INVALID_SOCKET};
    struct thread *thread = thread_start(accepts, &acceptor);
    expect_stays_unsignaled(thread->handle);

    SOCKET client = stream_connect(socket_port(acceptor.listener));

    thread_join(thread);
    send_all(client, "there", 5);
    limit_waits(acceptor.accepted);
    expect_receives(acceptor.accepted, "there", 5);
}
END_TEST
COVERS_ROWS(waits_for_a_client, forms);

/* ---- The client's address ---- */

START_TEST(wsaaccept_tells_the_client)
{
    winsock_start();
    SOCKET listener = stream_listen(), client = stream_connect(socket_port(listener));
    struct sockaddr_in name = socket_name(client);
    struct sockaddr_storage from;
    int length = sizeof(from);
    wait_readable(listener);

    SOCKET accepted = WSAAccept(listener, (struct sockaddr *)&from, &length, NULL, 0);

    expect_socket_succeeded(accepted);
    expect_number(length, sizeof(name));
    expect_bytes(&from, &name, NAME_SIZE);
}
END_TEST
COVERS(wsaaccept_tells_the_client, "stream.wsaaccept.addr_is_client",
       "stream.wsaaccept.addrlen_in_out");

START_TEST(client_of_ipv4_at_a_dual_stack_listener)
{
    winsock_start();
    SOCKET listener = socket(AF_INET6, SOCK_STREAM, 0);
    DWORD off = 0;
    struct sockaddr_in6 name = {.sin6_family = AF_INET6}, from;
    IN6_ADDR mapped = {.s6_addr = {[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}};
    int size = sizeof(name), length = sizeof(from);
    name.sin6_addr = mapped;
    if (listener == INVALID_SOCKET ||
        setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof(off)) != 0 ||
        bind(listener, (struct sockaddr *)&name, sizeof(name)) != 0)
        unsupported("no IPv6 on this machine");
    require(listen(listener, 1) == 0);
    require(getsockname(listener, (struct sockaddr *)&name, &size) == 0);
    SOCKET client = stream_connect(ntohs(name.sin6_port));
    wait_readable(listener);

    SOCKET accepted = accept(listener, (struct sockaddr *)&from, &length);

    expect_socket_succeeded(accepted);
    expect_number(length, sizeof(from));
    expect_number(from.sin6_family, AF_INET6);
    expect_bytes(&from.sin6_addr, &mapped, sizeof(mapped));
    expect_number(from.sin6_port, htons((u_short)socket_port(client)));
}
END_TEST
COVERS(client_of_ipv4_at_a_dual_stack_listener, "stream.dual.accept_v4_mapped");

/* ---- Routines that run while a call waits ---- */

static HANDLE ran;

static void CALLBACK note_run(ULONG_PTR unused)
{
    (void)unused;
    SetEvent(ran);
}

static char room[8];
static WSABUF buffer = {.len = sizeof(room), .buf = room};

static void wait_in_accept(SOCKET s)
{
    expect_socket_succeeded(accept(s, NULL, NULL));
}

static void wait_in_wsaaccept(SOCKET s)
{
    expect_socket_succeeded(WSAAccept(s, NULL, NULL, NULL, 0));
}

static void wait_in_wsarecv(SOCKET s)
{
    DWORD count, flags = 0;
    expect_socket_succeeded(WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL));
}

struct waiting {
    SOCKET s, other;
    void (*wait)(SOCKET);
};

static struct waiting listener_without_clients(void)
{
    return (struct waiting){.s = stream_listen(), .other = socket_open(SOCK_STREAM)};
}

static struct waiting connection_without_data(void)
{
    struct stream_pair pair = stream_pair_open();
    return (struct waiting){.s = pair.server, .other = pair.client};
}

static void connect_to(struct waiting *waiting)
{
    struct sockaddr_in server = socket_name(waiting->s);
    require(connect(waiting->other, (struct sockaddr *)&server, sizeof(server)) == 0);
}

static void send_to(struct waiting *waiting)
{
    send_all(waiting->other, "x", 1);
}

static const struct {
    struct row row;
    struct waiting (*sockets)(void);
    void (*wait)(SOCKET);
    void (*end)(struct waiting *);
} waits[] = {
    {{"accept", "stream.accept.apc_runs"}, listener_without_clients, wait_in_accept, connect_to},
    {{"wsaaccept", "stream.wsaaccept.apc_runs"},
     listener_without_clients,
     wait_in_wsaaccept,
     connect_to},
    {{"wsarecv", "stream.wsarecv.apc_runs"}, connection_without_data, wait_in_wsarecv, send_to},
};

static DWORD waits_with_an_apc(void *argument)
{
    struct waiting *waiting = argument;
    require(QueueUserAPC(note_run, GetCurrentThread(), 0));
    waiting->wait(waiting->s);
    return 0;
}

START_TEST(routine_runs_in)
{
    winsock_start();
    struct waiting waiting = waits[_i].sockets();
    waiting.wait = waits[_i].wait;
    ran = event_create();

    struct thread *thread = thread_start(waits_with_an_apc, &waiting);

    /* only now: what can be done at once need not wait */
    expect_number(WaitForSingleObject(ran, step_limit() / 2), WAIT_OBJECT_0);
    expect_not_signaled(thread->handle);
    waits[_i].end(&waiting);
    thread_join(thread);
}
END_TEST
COVERS_ROWS(routine_runs_in, waits);
