/* Each option, and each code of WSAIoctl, of what is a socket no longer or never was one. */
#include "option_table.h"

#include <mstcpip.h>

/* A socket that was closed; the handle is given to nothing else meanwhile. */
static SOCKET closed_socket(int family, int type)
{
    SOCKET s = socket_of(family, type);
    require(closesocket(s) == 0);
    return s;
}

START_TEST(got_of_a_closed_socket)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET closed = closed_socket(o->family, o->type);
    DWORD value;

    int result = option_get(closed, o->level, o->option, &value);

    expect_socket_failed(result, WSAENOTSOCK);
    SOCKET s = socket_of(o->family, o->type);
    expect_socket_succeeded(option_get(s, o->level, o->option, &value));
}
END_TEST
COVERS_ROWS(got_of_a_closed_socket, options, "winsock.getsockopt.enotsock");

START_TEST(set_of_a_closed_socket)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET closed = closed_socket(o->family, o->type);

    int result = option_set(closed, o->level, o->option, 1);

    expect_socket_failed(result, WSAENOTSOCK);
    SOCKET s = socket_of(o->family, o->type);
    expect_socket_succeeded(option_set(s, o->level, o->option, 1));
}
END_TEST
COVERS_ROWS(set_of_a_closed_socket, options, "winsock.setsockopt.enotsock");

/* ---- WSAIoctl */

static struct tcp_keepalive alive = {.onoff = 1, .keepalivetime = 60000, .keepaliveinterval = 1000};
static struct sockaddr_in destination = {.sin_family = AF_INET};
static GUID accept_ex = WSAID_ACCEPTEX;
static u_long on = 1;

static const struct code {
    struct row row;
    DWORD code;
    void *in;
    DWORD size;
} codes[] = {
    {{"blocking_mode", NULL}, FIONBIO, &on, sizeof(on)},
    {{"bytes_to_read", NULL}, FIONREAD, NULL, 0},
    {{"mark", NULL}, SIOCATMARK, NULL, 0},
    {{"keepalive", NULL}, SIO_KEEPALIVE_VALS, &alive, sizeof(alive)},
    {{"function", NULL}, SIO_GET_EXTENSION_FUNCTION_POINTER, &accept_ex, sizeof(accept_ex)},
    {{"route", NULL}, SIO_ROUTING_INTERFACE_QUERY, &destination, sizeof(destination)},
    {{"change_of_route", NULL}, SIO_ROUTING_INTERFACE_CHANGE, &destination, sizeof(destination)},
    {{"addresses", NULL}, SIO_ADDRESS_LIST_QUERY, NULL, 0},
    {{"change_of_addresses", NULL}, SIO_ADDRESS_LIST_CHANGE, NULL, 0},
    {{"interfaces", NULL}, SIO_GET_INTERFACE_LIST, NULL, 0},
    {{"backlog", NULL}, CODE_IDEAL_SEND_BACKLOG, NULL, 0},
    {{"base", NULL}, SIO_BASE_HANDLE, NULL, 0},
};

static int ask(SOCKET s, const struct code *code)
{
    static char out[4096];
    DWORD size = 0;
    return WSAIoctl(s, code->code, code->in, code->size, out, sizeof(out), &size, NULL, NULL);
}

START_TEST(asked_of_a_closed_socket)
{
    winsock_start();
    destination.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SOCKET closed = closed_socket(AF_INET, SOCK_STREAM);

    int result = ask(closed, &codes[_i]);

    expect_socket_failed(result, WSAENOTSOCK);
}
END_TEST
COVERS_ROWS(asked_of_a_closed_socket, codes, "winsock.ioctl.enotsock");

START_TEST(asked_of_an_event)
{
    winsock_start();
    destination.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    HANDLE event = event_create();

    int result = ask((SOCKET)event, &codes[_i]);

    expect_socket_failed(result, WSAENOTSOCK);
    expect_succeeded(SetEvent(event));
}
END_TEST
COVERS_ROWS(asked_of_an_event, codes, "winsock.ioctl.enotsock");
