/* What WSASocket makes: the protocol that is chosen, families that are no more, and sockets without
 * the overlapped attribute. */
#include "winsock/option.h"

static const struct {
    struct row row;
    int family, type, protocol;
} chosen[] = {
    {{"stream", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP},
    {{"datagram", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_UDP},
    {{"stream_of_ipv6", NULL}, AF_INET6, SOCK_STREAM, IPPROTO_TCP},
    {{"datagram_of_ipv6", NULL}, AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
};

START_TEST(protocol_of_a)
{
    winsock_start();
    WSAPROTOCOL_INFOW info;
    int size = sizeof(info);
    socket_close(socket_of(chosen[_i].family, chosen[_i].type));

    SOCKET s = WSASocketW(chosen[_i].family, chosen[_i].type, 0, NULL, 0, WSA_FLAG_OVERLAPPED);

    expect_socket_succeeded(s);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &size));
    expect_number(info.iAddressFamily, chosen[_i].family);
    expect_number(info.iSocketType, chosen[_i].type);
    expect_number(info.iProtocol, chosen[_i].protocol);
}
END_TEST
COVERS_ROWS(protocol_of_a, chosen, "stream.wsasocket.protocol_chosen");

static const struct {
    struct row row;
    int family;
} gone[] = {{{"ipx", "stream.wsasocket.no_ipx"}, AF_IPX},
            {{"appletalk", "stream.wsasocket.no_appletalk"}, AF_APPLETALK}};

START_TEST(family_that_is_no_more)
{
    winsock_start();

    SOCKET s = WSASocketW(gone[_i].family, SOCK_DGRAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED);

    expect_socket_failed(s, WSAEAFNOSUPPORT);
    expect_socket_succeeded(WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED));
}
END_TEST
COVERS_ROWS(family_that_is_no_more, gone);

/* ---- Sockets without the overlapped attribute ---- */

enum { LARGE = 1 << 24 };

static struct stream_pair plain_connection(void)
{
    SOCKET listener = stream_listen();
    struct sockaddr_in server = socket_name(listener);
    struct stream_pair pair = {.client = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0)};
    require(pair.client != INVALID_SOCKET);
    require(connect(pair.client, (struct sockaddr *)&server, sizeof(server)) == 0);
    pair.server = stream_accept(listener);
    return pair;
}

/* Each send is larger than all buffers. */
static DWORD sends_much(void *argument)
{
    char *bytes = zero_bytes(LARGE);
    for (int i = 0; i < 4; i++) {
        int sent = send(*(SOCKET *)argument, bytes, LARGE, 0);
        expect_socket_succeeded(sent);
        expect_number(sent, LARGE);
    }
    return 0;
}

static DWORD drains(void *argument)
{
    static char bytes[1 << 16];
    int got;
    while ((got = recv(*(SOCKET *)argument, bytes, sizeof(bytes), 0)) > 0)
        ;
    return (DWORD)got;
}

START_TEST(send_without_the_attribute_has_no_limit)
{
    winsock_start();
    struct stream_pair pair = plain_connection();
    DWORD limit = 1;
    require(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, (char *)&limit, sizeof(limit)) == 0);
    struct thread *sender = thread_start(sends_much, &pair.client);
    expect_stays_unsignaled(sender->handle);

    struct thread *reader = thread_start(drains, &pair.server);

    expect_number(thread_join(sender), 0);
    require(shutdown(pair.client, SD_SEND) == 0);
    expect_number(thread_join(reader), 0);
}
END_TEST
COVERS(send_without_the_attribute_has_no_limit, "stream.wsasocket.plain_sends_without_limit");

START_TEST(send_without_the_attribute_in_nonblocking_mode)
{
    winsock_start();
    struct stream_pair pair = plain_connection();
    char *bytes = zero_bytes(LARGE);
    int sent = 0;
    set_nonblocking(pair.client, true);

    for (int i = 0; i < 64 && sent != SOCKET_ERROR; i++)
        sent = send(pair.client, bytes, LARGE, 0);

    expect_socket_failed(sent, WSAEWOULDBLOCK);
}
END_TEST
COVERS(send_without_the_attribute_in_nonblocking_mode, "stream.wsasocket.plain_nonblocking");
