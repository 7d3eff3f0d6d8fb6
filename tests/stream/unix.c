/* Stream sockets of AF_UNIX, whose names are paths of files. */
#include "winsock/winsock.h"

#include <afunix.h>

/* UNSUPPORTED where the family is not there: a case of its own says that it is. */
static SOCKET unix_socket(void)
{
    SOCKET s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (s == INVALID_SOCKET)
        unsupported("needs AF_UNIX");
    limit_waits(s);
    return s;
}

/* The name of FILE in the scratch folder. */
static struct sockaddr_un name_of(const WCHAR *file)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int size = WideCharToMultiByte(CP_UTF8, 0, scratch_path(file), -1, name.sun_path,
                                   sizeof(name.sun_path), NULL, NULL);
    if (size == 0)
        unresolved("the path of the scratch folder is too long for an address");
    return name;
}

/* As much of NAME as is told of it: the family, the path and its end. */
static int length_of(const struct sockaddr_un *name)
{
    return (int)(offsetof(struct sockaddr_un, sun_path) + strlen(name->sun_path) + 1);
}

static int bind_to(SOCKET s, const struct sockaddr_un *name)
{
    return bind(s, (const struct sockaddr *)name, sizeof(*name));
}

static int connect_to(SOCKET s, const struct sockaddr_un *name)
{
    return connect(s, (const struct sockaddr *)name, sizeof(*name));
}

static SOCKET listen_at(const struct sockaddr_un *name)
{
    SOCKET listener = unix_socket();
    require(bind_to(listener, name) == 0 && listen(listener, 1) == 0);
    return listener;
}

static bool exists(const WCHAR *file)
{
    return GetFileAttributesW(scratch_path(file)) != INVALID_FILE_ATTRIBUTES;
}

struct connection {
    struct sockaddr_un name;
    SOCKET listener;
    struct stream_pair pair;
};

static struct connection connected(void)
{
    struct connection c = {.name = name_of(L"socket")};
    c.listener = listen_at(&c.name);
    c.pair.client = unix_socket();
    require(connect_to(c.pair.client, &c.name) == 0);
    c.pair.server = stream_accept(c.listener);
    return c;
}

START_TEST(family_is_there)
{
    winsock_start();

    SOCKET s = socket(AF_UNIX, SOCK_STREAM, 0);

    expect_socket_succeeded(s);
}
END_TEST
COVERS(family_is_there, "stream.unix.exists");

START_TEST(bind_makes_a_file)
{
    winsock_start();
    SOCKET s = unix_socket();
    struct sockaddr_un name = name_of(L"socket");
    require(!exists(L"socket"));

    int result = bind_to(s, &name);

    expect_socket_succeeded(result);
    expect_true(exists(L"socket"));
    socket_close(s);
    expect_true(exists(L"socket"));
}
END_TEST
COVERS(bind_makes_a_file, "stream.unix.file");

static const struct {
    struct row row;
    bool closed; /* the socket that made the file */
} holders[] = {{{"while_it_is_bound", NULL}, false}, {{"when_it_is_closed", NULL}, true}};

START_TEST(path_of_another_socket_is_in_use)
{
    winsock_start();
    SOCKET first = unix_socket(), s = unix_socket();
    struct sockaddr_un name = name_of(L"socket"), other = name_of(L"other");
    require(bind_to(first, &name) == 0);
    if (holders[_i].closed)
        socket_close(first);

    int result = bind_to(s, &name);

    expect_socket_failed(result, WSAEADDRINUSE);
    expect_socket_succeeded(bind_to(s, &other));
}
END_TEST
COVERS_ROWS(path_of_another_socket_is_in_use, holders, "stream.unix.in_use");

START_TEST(file_can_be_deleted)
{
    winsock_start();
    SOCKET first = unix_socket(), s = unix_socket();
    struct sockaddr_un name = name_of(L"socket");
    require(bind_to(first, &name) == 0);
    socket_close(first);

    BOOL deleted = DeleteFileW(scratch_path(L"socket"));

    expect_succeeded(deleted);
    expect_true(!exists(L"socket"));
    expect_socket_succeeded(bind_to(s, &name));
    expect_true(exists(L"socket"));
}
END_TEST
COVERS(file_can_be_deleted, "stream.unix.delete");

START_TEST(data_both_ways)
{
    winsock_start();
    struct sockaddr_un name = name_of(L"socket");
    SOCKET listener = listen_at(&name), client = unix_socket();

    int result = connect_to(client, &name);

    expect_socket_succeeded(result);
    SOCKET server = stream_accept(listener);
    send_all(client, "there", 5);
    expect_receives(server, "there", 5);
    send_all(server, "and back", 8);
    expect_receives(client, "and back", 8);
}
END_TEST
COVERS(data_both_ways, "stream.unix.data");

START_TEST(half_of_it_can_be_ended)
{
    winsock_start();
    struct stream_pair pair = connected().pair;
    send_all(pair.client, "last", 4);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_receives(pair.server, "last", 4);
    expect_end_of_stream(pair.server);
    send_all(pair.server, "back", 4);
    expect_receives(pair.client, "back", 4);
}
END_TEST
COVERS(half_of_it_can_be_ended, "stream.unix.shutdown");

static const struct {
    struct row row;
    bool closed; /* there is a file, which a socket has left behind */
} absent[] = {{{"no_file", "stream.unix.no_file"}, false},
              {{"closed_socket", "stream.unix.no_listener"}, true}};

START_TEST(nobody_listens_at)
{
    winsock_start();
    SOCKET s = unix_socket();
    struct sockaddr_un name = name_of(L"socket"), other = name_of(L"other");
    if (absent[_i].closed)
        socket_close(listen_at(&name));
    listen_at(&other);

    int result = connect_to(s, &name);

    expect_socket_failed(result, WSAECONNREFUSED);
    s = unix_socket();
    expect_socket_succeeded(connect_to(s, &other));
}
END_TEST
COVERS_ROWS(nobody_listens_at, absent);

static SOCKET listening(const struct connection *c)
{
    return c->listener;
}

static SOCKET accepted(const struct connection *c)
{
    return c->pair.server;
}

static SOCKET connecting(const struct connection *c)
{
    return c->pair.client;
}

static const struct {
    struct row row;
    SOCKET (*socket)(const struct connection *);
} named[] = {{{"listener", NULL}, listening}, {{"accepted", NULL}, accepted}};

START_TEST(own_name_is_the_path_of)
{
    winsock_start();
    struct connection c = connected();
    struct sockaddr_un name = {0};
    int length = sizeof(name);

    int result = getsockname(named[_i].socket(&c), (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(length, length_of(&c.name));
    expect_number(name.sun_family, AF_UNIX);
    expect_text_a(name.sun_path, c.name.sun_path);
}
END_TEST
COVERS_ROWS(own_name_is_the_path_of, named, "stream.unix.own_name");

START_TEST(client_knows_its_peer)
{
    winsock_start();
    struct connection c = connected();
    struct sockaddr_un name = {0};
    int length = sizeof(name);

    int result = getpeername(c.pair.client, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(name.sun_family, AF_UNIX);
    expect_text_a(name.sun_path, c.name.sun_path);
}
END_TEST
COVERS(client_knows_its_peer, "stream.unix.peer_name");

static const struct {
    struct row row;
    int(WSAAPI *ask)(SOCKET, struct sockaddr *, int *);
    SOCKET (*socket)(const struct connection *);
} nameless[] = {{{"own_name_of_the_client", NULL}, getsockname, connecting},
                {{"peer_of_the_server", NULL}, getpeername, accepted}};

START_TEST(unbound_end_has_no_path)
{
    winsock_start();
    struct connection c = connected();
    struct sockaddr_un name = {0};
    int length = sizeof(name);

    int result = nameless[_i].ask(nameless[_i].socket(&c), (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_text_a(name.sun_path, "");
}
END_TEST
COVERS_ROWS(unbound_end_has_no_path, nameless, "stream.unix.unnamed");

START_TEST(datagrams)
{
    winsock_start();
    unix_socket();

    SOCKET s = socket(AF_UNIX, SOCK_DGRAM, 0);

    record_outcome("socket of datagrams", s != INVALID_SOCKET);
}
END_TEST
COVERS(datagrams, "stream.unix.datagrams");

START_TEST(process_of_the_peer)
{
    winsock_start();
    struct connection c = connected();
    ULONG id = 0;
    DWORD size = 0;

    int result = WSAIoctl(c.pair.server, SIO_AF_UNIX_GETPEERPID, NULL, 0, &id, sizeof(id), &size,
                          NULL, NULL);

    record_outcome("SIO_AF_UNIX_GETPEERPID", result == 0);
    if (result == 0)
        record("process", "%s", id == GetCurrentProcessId() ? "of the peer" : "another number");
}
END_TEST
COVERS(process_of_the_peer, "stream.unix.peer_process");
