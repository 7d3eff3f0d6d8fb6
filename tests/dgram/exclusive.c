/* Who may bind to an address that is taken: SO_EXCLUSIVEADDRUSE and SO_REUSEADDR. */
#include "winsock/winsock.h"

enum { NEITHER, EXCLUSIVE = SO_EXCLUSIVEADDRUSE, REUSE = SO_REUSEADDR };

static int bind_with(SOCKET s, int option, struct sockaddr_in name)
{
    BOOL on = TRUE;
    if (option)
        require(setsockopt(s, SOL_SOCKET, option, (char *)&on, sizeof(on)) == 0);
    return bind(s, (struct sockaddr *)&name, sizeof(name));
}

static const struct {
    struct row row;
    int first, second;
    DWORD error; /* 0: the second one succeeds */
} pairs[] = {
    {{"nothing_after_nothing", "winsock.option_exclusive.fails_if_active"},
     NEITHER,
     NEITHER,
     WSAEADDRINUSE},
    {{"exclusive_after_nothing", "winsock.option_exclusive.fails_if_active"},
     NEITHER,
     EXCLUSIVE,
     WSAEADDRINUSE},
    {{"nothing_after_exclusive", "winsock.option_exclusive.second_bind"},
     EXCLUSIVE,
     NEITHER,
     WSAEADDRINUSE},
    {{"reuse_after_exclusive", "winsock.option_exclusive.second_bind"},
     EXCLUSIVE,
     REUSE,
     WSAEACCES},
    {{"exclusive_after_exclusive", "winsock.option_exclusive.second_bind"},
     EXCLUSIVE,
     EXCLUSIVE,
     WSAEADDRINUSE},
    {{"reuse_after_reuse", "dgram.bind.reuse_both"}, REUSE, REUSE, 0},
};

START_TEST(second_bind)
{
    winsock_start();
    SOCKET first = socket_open(SOCK_DGRAM), second = socket_open(SOCK_DGRAM);
    require(bind_with(first, pairs[_i].first, loopback(0)) == 0);

    int result = bind_with(second, pairs[_i].second, socket_name(first));

    if (pairs[_i].error)
        expect_socket_failed(result, pairs[_i].error);
    else
        expect_socket_succeeded(result);
}
END_TEST
COVERS_ROWS(second_bind, pairs);
