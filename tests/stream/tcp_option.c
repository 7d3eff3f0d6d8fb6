/* The options of IPPROTO_TCP: their defaults, what can be set, and what is read back. */
#include "winsock/winsock.h"

#include <mswsock.h>

/* Newer than the headers of mingw-w64 10. */
#define TCP_KEEPIDLE_ 3
#define TCP_MAXRT_ 5
#define TCP_TIMESTAMPS_ 10
#define TCP_FASTOPEN_ 15
#define TCP_KEEPCNT_ 16
#define TCP_KEEPINTVL_ 17
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR_ 18

static const struct {
    struct row row;
    int option;
    DWORD values[2];
} settable[] = {
    {{"nodelay", "stream.tcp_option.nodelay"}, TCP_NODELAY, {TRUE, FALSE}},
    {{"keepidle", "stream.tcp_option.keepidle"}, TCP_KEEPIDLE_, {7, 8}},
    {{"keepcnt", "stream.tcp_option.keepcnt"}, TCP_KEEPCNT_, {7, 255}},
    {{"keepintvl", "stream.tcp_option.keepintvl"}, TCP_KEEPINTVL_, {7, 8}},
    {{"maxrt", "stream.tcp_option.maxrt"}, TCP_MAXRT_, {7, (DWORD)-1}},
    {{"timestamps", "stream.tcp_option.timestamps"}, TCP_TIMESTAMPS_, {TRUE, FALSE}},
    {{"fastopen", "stream.tcp_option.fastopen"}, TCP_FASTOPEN_, {TRUE, FALSE}},
    {{"fail_connect_on_icmp_error", "stream.tcp_option.fail_connect_on_icmp_error"},
     TCP_FAIL_CONNECT_ON_ICMP_ERROR_,
     {TRUE, FALSE}},
};

START_TEST(can_be_set)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    for (int i = 0; i < 2; i++) {
        DWORD value = settable[_i].values[i], got = 0;
        int size = sizeof(got);

        int result = setsockopt(s, IPPROTO_TCP, settable[_i].option, (char *)&value, sizeof(value));

        expect_socket_succeeded(result);
        result = getsockopt(s, IPPROTO_TCP, settable[_i].option, (char *)&got, &size);
        expect_socket_succeeded(result);
        expect_number(got, value);
    }
}
END_TEST
COVERS_ROWS(can_be_set, settable);

START_TEST(errors_of_routers_do_not_end_connecting_by_default)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD got = 99;
    int size = sizeof(got);

    int result = getsockopt(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR_, (char *)&got, &size);

    expect_socket_succeeded(result);
    expect_number(got, FALSE);
}
END_TEST
COVERS(errors_of_routers_do_not_end_connecting_by_default,
       "stream.tcp_option.fail_connect_on_icmp_error");

START_TEST(keepcnt_has_a_limit)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD value = 256, got = 256;
    int size = sizeof(got);

    int result = setsockopt(s, IPPROTO_TCP, TCP_KEEPCNT_, (char *)&value, sizeof(value));

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(getsockopt(s, IPPROTO_TCP, TCP_KEEPCNT_, (char *)&got, &size));
    expect_true(got < 256);
}
END_TEST
COVERS(keepcnt_has_a_limit, "stream.tcp_option.keepcnt_above_255");

static const struct {
    struct row row;
    const char *name;
    int option;
} styles[] = {
    {{"bsd", NULL}, "TCP_BSDURGENT", TCP_BSDURGENT},
    {{"rfc_1122", NULL}, "TCP_EXPEDITED_1122", 2},
};

START_TEST(style_of_urgent_data)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    DWORD got = 99;
    int size = sizeof(got);

    int result = getsockopt(s, IPPROTO_TCP, styles[_i].option, (char *)&got, &size);

    char text[80];
    error_text(GetLastError(), text, sizeof(text));
    record(styles[_i].name, "%s", result ? text : got ? "on" : "off");
}
END_TEST
COVERS_ROWS(style_of_urgent_data, styles, "stream.tcp_option.style_of_urgent_data");
