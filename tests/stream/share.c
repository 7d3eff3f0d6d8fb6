/* What the descriptors of a shared socket have in common, and WSADuplicateSocket in its ANSI form.
 */
#include "winsock/winsock.h"

/* A further descriptor of S in this process. */
static SOCKET duplicate_of(SOCKET s)
{
    WSAPROTOCOL_INFOW info;
    require(WSADuplicateSocketW(s, GetCurrentProcessId(), &info) == 0);
    SOCKET second = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                               WSA_FLAG_OVERLAPPED);
    require(second != INVALID_SOCKET);
    return second;
}

static const struct {
    struct row row;
    int level, name;
    bool by_the_duplicate;
} options[] = {
    {{"keepalive_set_by_the_first", NULL}, SOL_SOCKET, SO_KEEPALIVE, false},
    {{"keepalive_set_by_the_second", NULL}, SOL_SOCKET, SO_KEEPALIVE, true},
    {{"nodelay_set_by_the_first", NULL}, IPPROTO_TCP, TCP_NODELAY, false},
    {{"nodelay_set_by_the_second", NULL}, IPPROTO_TCP, TCP_NODELAY, true},
};

static bool is_on(SOCKET s, int level, int name)
{
    DWORD value = 0; /* of which some options store one byte */
    int size = sizeof(value);
    expect_number(getsockopt(s, level, name, (char *)&value, &size), 0);
    return value != 0;
}

START_TEST(option)
{
    winsock_start();
    SOCKET first = stream_pair_open().client, second = duplicate_of(first);
    SOCKET setter = options[_i].by_the_duplicate ? second : first;
    SOCKET getter = options[_i].by_the_duplicate ? first : second;
    int level = options[_i].level, name = options[_i].name;
    DWORD on = TRUE;
    require(!is_on(getter, level, name));

    int result = setsockopt(setter, level, name, (char *)&on, sizeof(on));

    expect_socket_succeeded(result);
    expect_true(is_on(getter, level, name));
}
END_TEST
COVERS_ROWS(option, options, "stream.dup.options_common");

START_TEST(end_of_sending)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET second = duplicate_of(pair.client);

    int result = shutdown(pair.client, SD_SEND);

    expect_socket_succeeded(result);
    expect_socket_failed(send(second, "x", 1, 0), WSAESHUTDOWN);
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS(end_of_sending, "stream.dup.shutdown_common");

START_TEST(either_descriptor_receives)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET second = duplicate_of(pair.server);
    send_all(pair.client, "abcd", 4);
    wait_readable(second);
    char bytes[2];

    int got = recv(second, bytes, 2, 0);

    expect_number(got, 2);
    expect_bytes(bytes, "ab", 2);
    expect_receives(pair.server, "cd", 2);
}
END_TEST
COVERS(either_descriptor_receives, "stream.dup.independent_io");

START_TEST(listener_is_open_until_the_last_is_closed)
{
    winsock_start();
    SOCKET first = stream_listen(), second = duplicate_of(first);
    unsigned port = socket_port(first);
    socket_close(first);
    SOCKET client = stream_connect(port);
    wait_readable(second);

    SOCKET server = accept(second, NULL, NULL);

    expect_socket_succeeded(server);
    send_all(client, "there", 5);
    limit_waits(server);
    expect_receives(server, "there", 5);
}
END_TEST
COVERS(listener_is_open_until_the_last_is_closed, "stream.dup.listener_common");

START_TEST(closed_descriptor_is_no_socket)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    SOCKET second = duplicate_of(pair.client);

    int result = closesocket(second);

    expect_number(result, 0);
    expect_socket_failed(send(second, "x", 1, 0), WSAENOTSOCK);
    expect_number(send(pair.client, "y", 1, 0), 1);
    expect_receives(pair.server, "y", 1);
}
END_TEST
COVERS(closed_descriptor_is_no_socket, "stream.dup.closed_is_deallocated");

START_TEST(structure_is_for_once)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WSAPROTOCOL_INFOW info;
    require(WSADuplicateSocketW(s, GetCurrentProcessId(), &info) == 0);
    require(WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                       WSA_FLAG_OVERLAPPED) != INVALID_SOCKET);

    SOCKET again = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                              WSA_FLAG_OVERLAPPED);

    expect_socket_failed(again, WSAEINVAL);
}
END_TEST
COVERS(structure_is_for_once, "stream.dup.once");

/* ---- The ANSI form ---- */

START_TEST(ansi_form_makes_a_descriptor)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAPROTOCOL_INFOA info;

    int result = WSADuplicateSocketA(pair.server, GetCurrentProcessId(), &info);

    expect_socket_succeeded(result);
    expect_number(info.iAddressFamily, AF_INET);
    expect_number(info.iSocketType, SOCK_STREAM);
    expect_number(info.iProtocol, IPPROTO_TCP);
    SOCKET second = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                               WSA_FLAG_OVERLAPPED);
    expect_socket_succeeded(second);
    send_all(second, "b", 1);
    expect_receives(pair.client, "b", 1);
}
END_TEST
COVERS(ansi_form_makes_a_descriptor, "stream.dup.ansi");

static const struct {
    struct row row;
    bool socket, process, structure;
    DWORD error;
} refusals[] = {
    {{"no_socket", "stream.dup.ansi_notsock"}, false, true, true, WSAENOTSOCK},
    {{"no_process", "stream.dup.ansi_bad_pid_einval"}, true, false, true, WSAEINVAL},
    {{"no_structure", "stream.dup.ansi_null_info_efault"}, true, true, false, WSAEFAULT},
};

START_TEST(ansi_form_needs)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WSAPROTOCOL_INFOA info;

    int result = WSADuplicateSocketA(refusals[_i].socket ? s : (SOCKET)event_create(),
                                     refusals[_i].process ? GetCurrentProcessId() : 0,
                                     refusals[_i].structure ? &info : NULL);

    expect_socket_failed(result, refusals[_i].error);
    expect_socket_succeeded(WSADuplicateSocketA(s, GetCurrentProcessId(), &info));
}
END_TEST
COVERS_ROWS(ansi_form_needs, refusals);

START_TEST(structure_must_be_in_memory)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    void *nowhere = memory_nowhere();

    int result = WSADuplicateSocketW(s, GetCurrentProcessId(), nowhere);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(structure_must_be_in_memory, "stream.dup.bad_info_efault");
