/* SIO_ADDRESS_LIST_QUERY: the form of the list, the room that it needs, and how it is told later.
 */
#include "option.h"

/* What the system writes to while an operation is pending, even after a test has failed. */
static OVERLAPPED operation;
static DWORD size;
static union {
    SOCKET_ADDRESS_LIST list;
    BYTE room[8192];
} answer;

enum { HEADER = offsetof(SOCKET_ADDRESS_LIST, Address) };

static int ask_into(SOCKET s, void *out, DWORD out_size)
{
    memset(&answer, 0x5C, sizeof(answer));
    size = 99;
    return WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, out, out_size, &size, NULL, NULL);
}

/* How many bytes the list of S takes. */
static DWORD list_size(SOCKET s)
{
    expect_socket_succeeded(ask_into(s, &answer, sizeof(answer)));
    return size;
}

static SOCKET asked(void)
{
    winsock_start();
    needs_addresses();
    return socket_open(SOCK_DGRAM);
}

/* For what is decided before anybody is asked for addresses. */
static SOCKET on_a_network(void)
{
    winsock_start();
    needs_network();
    return socket_open(SOCK_DGRAM);
}

/* ---- The list */

START_TEST(list_is_whole)
{
    SOCKET s = asked();

    int result = ask_into(s, &answer, sizeof(answer));

    expect_socket_succeeded(result);
    const SOCKET_ADDRESS_LIST *list = &answer.list;
    expect_true(list->iAddressCount > 0);
    DWORD sum = offsetof(SOCKET_ADDRESS_LIST, Address[list->iAddressCount]);
    for (int i = 0; i < list->iAddressCount; i++) {
        const BYTE *name = (const BYTE *)list->Address[i].lpSockaddr;
        int length = list->Address[i].iSockaddrLength;
        expect_number(length, sizeof(struct sockaddr_in));
        expect_true(name >= answer.room + HEADER && name + length <= answer.room + size);
        sum += (DWORD)length;
    }
    expect_number(size, sum);
    expect_filled(answer.room + size, 0x5C, sizeof(answer) - size);
}
END_TEST
COVERS(list_is_whole, "winsock.ioctl_addresses.form");

START_TEST(loopback_of_ipv6_is_not_listed)
{
    winsock_start();
    needs_addresses();
    SOCKET s = socket_of(AF_INET6, SOCK_DGRAM);
    static const struct in6_addr own = {.s6_addr = {[15] = 1}};

    int result = ask_into(s, &answer, sizeof(answer));

    expect_socket_succeeded(result);
    expect_true(size >= HEADER);
    for (int i = 0; i < answer.list.iAddressCount; i++) {
        const struct sockaddr_in6 *name = (struct sockaddr_in6 *)answer.list.Address[i].lpSockaddr;
        if (name->sin6_family == AF_INET6)
            expect_true(memcmp(&name->sin6_addr, &own, sizeof(own)) != 0);
    }
}
END_TEST
COVERS(loopback_of_ipv6_is_not_listed, "winsock.ioctl_addresses.loopback_of_ipv6");

static SOCKET new_stream(void)
{
    return socket_open(SOCK_STREAM);
}

static SOCKET bound_datagram(void)
{
    return socket_bound(SOCK_DGRAM);
}

static SOCKET connected(void)
{
    return stream_pair_open().client;
}

static const struct {
    struct row row;
    SOCKET (*open)(void);
} sockets[] = {
    {{"new_stream", NULL}, new_stream},
    {{"bound_datagram", NULL}, bound_datagram},
    {{"listening", NULL}, stream_listen},
    {{"connected", NULL}, connected},
};

START_TEST(same_list_for)
{
    SOCKET s = asked(), other = sockets[_i].open();
    DWORD before = list_size(s);

    int result = ask_into(other, &answer, sizeof(answer));

    expect_socket_succeeded(result);
    DWORD told = size;
    if (list_size(s) != before)
        unresolved("an address has just come or gone");
    expect_number(told, before);
}
END_TEST
COVERS_ROWS(same_list_for, sockets, "winsock.ioctl_addresses.any_socket");

/* ---- Room */

static const struct {
    struct row row;
    bool whole; /* so much less than the whole list; otherwise so much more than nothing */
    DWORD distance;
} too_small[] = {
    {{"one_byte_less", NULL}, true, 1},
    {{"without_the_last_address", NULL}, true, sizeof(struct sockaddr_in)},
    {{"the_count_alone", NULL}, false, HEADER},
    {{"nothing", NULL}, false, 0},
};

START_TEST(too_little_room)
{
    SOCKET s = asked();
    DWORD needed = list_size(s), distance = too_small[_i].distance;

    int result = ask_into(s, &answer, too_small[_i].whole ? needed - distance : distance);

    expect_socket_failed(result, WSAEFAULT);
    DWORD told = size;
    if (list_size(s) != needed)
        unresolved("an address has just come or gone");
    expect_number(told, needed);
}
END_TEST
COVERS_ROWS(too_little_room, too_small, "winsock.ioctl_addresses.small");

START_TEST(less_than_a_count)
{
    SOCKET s = asked();

    int result = ask_into(s, &answer, 1);

    DWORD error = GetLastError();
    char text[80];
    expect_socket_failed(result, WSAEFAULT, WSAEINVAL);
    record("error", "%s", error_text(error, text, sizeof(text)));
    record("count", "%lu", size);
    expect_filled(answer.room + 1, 0x5C, sizeof(answer) - 1);
    expect_true(list_size(s) > HEADER);
}
END_TEST
COVERS(less_than_a_count, "winsock.ioctl_addresses.less_than_count");

START_TEST(buffer_is_missing)
{
    SOCKET s = asked();

    int result = ask_into(s, NULL, sizeof(answer));

    expect_socket_failed(result, WSAEFAULT);
    expect_true(list_size(s) > HEADER);
}
END_TEST
COVERS(buffer_is_missing, "winsock.ioctl_addresses.null_output");

static const struct {
    struct row row;
    bool buffer; /* otherwise the count */
} places[] = {
    {{"buffer", "winsock.ioctl_addresses.output_nowhere"}, true},
    {{"count", "winsock.ioctl_addresses.count_nowhere"}, false},
};

START_TEST(nowhere_is_the)
{
    SOCKET s = on_a_network();
    void *nowhere = memory_nowhere();

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, places[_i].buffer ? nowhere : &answer,
                          sizeof(answer), places[_i].buffer ? &size : nowhere, NULL, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_true(list_size(s) > HEADER);
}
END_TEST
COVERS_ROWS(nowhere_is_the, places);

/* ---- An OVERLAPPED */

START_TEST(too_little_room_for_later)
{
    SOCKET s = asked();
    DWORD needed = list_size(s);
    operation = (OVERLAPPED){.Internal = 0x5C, .InternalHigh = 0x5C, .hEvent = event_create()};
    size = 99;

    int result =
        WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &answer, needed - 1, &size, &operation, NULL);

    expect_socket_failed(result, WSAEFAULT);
    expect_true(size > HEADER);
    expect_not_signaled(operation.hEvent);
    expect_number(operation.Internal, 0x5C);
    expect_number(operation.InternalHigh, 0x5C);
}
END_TEST
COVERS(too_little_room_for_later, "winsock.ioctl_addresses.small_overlapped");

static unsigned runs;
static DWORD routine_error = 99;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *done, DWORD flags)
{
    (void)count, (void)flags;
    expect_pointer(done, &operation);
    runs++;
    routine_error = error;
}

START_TEST(told_to_a_routine)
{
    SOCKET s = asked();

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &answer, sizeof(answer), &size,
                          &operation, note);

    expect_true(result == 0 || GetLastError() == WSA_IO_PENDING);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(routine_error, 0);
    expect_true(answer.list.iAddressCount > 0);
    expect_number(answer.list.Address[0].lpSockaddr->sa_family, AF_INET);
}
END_TEST
COVERS(told_to_a_routine, "winsock.ioctl_addresses.routine");

START_TEST(overlapped_is_ignored)
{
    on_a_network();
    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0);
    require(s != INVALID_SOCKET);
    operation = (OVERLAPPED){.Internal = 0x5C, .InternalHigh = 0x5C, .hEvent = event_create()};

    int result = WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &answer, sizeof(answer), &size,
                          &operation, NULL);

    expect_socket_succeeded(result);
    expect_true(size > HEADER);
    expect_not_signaled(operation.hEvent);
    expect_number(operation.Internal, 0x5C);
    expect_number(operation.InternalHigh, 0x5C);
}
END_TEST
COVERS(overlapped_is_ignored, "winsock.ioctl_addresses.not_overlapped");
