/* The own name of a socket that a listener of all addresses has accepted, and names after a
 * shutdown of one direction. */
#include "sockets.h"

static SOCKET by_accept(SOCKET listener)
{
    return accept(listener, NULL, NULL);
}

static SOCKET by_wsaaccept(SOCKET listener)
{
    return WSAAccept(listener, NULL, NULL, NULL, 0);
}

static const struct {
    struct row row;
    SOCKET (*accept)(SOCKET);
} acceptors[] = {
    {{"accept", NULL}, by_accept},
    {{"wsaaccept", NULL}, by_wsaaccept},
};

START_TEST(accepted_by_a_listener_of_all_addresses)
{
    winsock_start();
    SOCKET listener = socket_open(SOCK_STREAM);
    struct sockaddr_in all = {.sin_family = AF_INET}, name;
    require(bind(listener, (struct sockaddr *)&all, sizeof(all)) == 0 && listen(listener, 1) == 0);
    unsigned port = socket_port(listener);
    stream_connect(port);
    wait_readable(listener);
    SOCKET accepted = acceptors[_i].accept(listener);
    require(accepted != INVALID_SOCKET);
    int length = sizeof(name);

    int result = getsockname(accepted, (struct sockaddr *)&name, &length);

    expect_socket_succeeded(result);
    expect_number(ntohl(name.sin_addr.s_addr), INADDR_LOOPBACK);
    expect_number(ntohs(name.sin_port), port);
}
END_TEST
COVERS_ROWS(accepted_by_a_listener_of_all_addresses, acceptors,
            "stream.getsockname.wildcard_accepted");

static const struct {
    struct row row;
    int how;
} directions[] = {
    {{"sending", "stream.shutdown.one_direction_keeps_names"}, SD_SEND},
    {{"receiving", "stream.shutdown.one_direction_keeps_names"}, SD_RECEIVE},
};

START_TEST(names_after_shutdown_of_one_direction)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct sockaddr_in before = socket_name(pair.client), server = socket_name(pair.server), name;
    int length = sizeof(name);

    int result = shutdown(pair.client, directions[_i].how);

    expect_socket_succeeded(result);
    expect_socket_succeeded(getpeername(pair.client, (struct sockaddr *)&name, &length));
    expect_bytes(&name, &server, NAME_SIZE);
    length = sizeof(name);
    expect_socket_succeeded(getsockname(pair.client, (struct sockaddr *)&name, &length));
    expect_bytes(&name, &before, NAME_SIZE);
}
END_TEST
COVERS_ROWS(names_after_shutdown_of_one_direction, directions);
