/* A socket handed to another descriptor or process with WSADuplicateSocketW and WSASocketW. */
#include "handed.h"

/* Talks over the connection that another process made. */
PEER(use_given_socket)
{
    winsock_start();
    checkpoint_wait("duplicated");
    WSAPROTOCOL_INFOW info = info_load();

    SOCKET s = open_duplicate(&info);

    expect_socket_succeeded(s);
    int type = 0, size = sizeof(type);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size));
    expect_number(type, SOCK_STREAM);
    limit_waits(s);
    checkpoint_reach("opened");
    checkpoint_wait("source closed");
    expect_receives(s, "question", 8);
    send_all(s, "answer", 6);
    expect_socket_succeeded(closesocket(s));
    checkpoint_wait("end seen");
}

START_TEST(other_process_goes_on_with_the_connection)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct peer *peer = peer_start(use_given_socket);
    WSAPROTOCOL_INFOW info;

    int result = WSADuplicateSocketW(pair.server, peer->info.dwProcessId, &info);

    expect_socket_succeeded(result);
    info_save(&info);
    checkpoint_reach("duplicated");
    checkpoint_wait("opened");
    socket_close(pair.server);
    checkpoint_reach("source closed");
    send_all(pair.client, "question", 8);
    expect_receives(pair.client, "answer", 6);
    expect_end_of_stream(pair.client);
    checkpoint_reach("end seen");
    peer_join(peer);
}
END_TEST
COVERS(other_process_goes_on_with_the_connection, "stream.dup.other_process",
       "stream.dup.close_one_keeps_connection", "stream.dup.last_close_ends");

START_TEST(own_process_may_have_two_descriptors)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAPROTOCOL_INFOW info;

    int result = WSADuplicateSocketW(pair.server, GetCurrentProcessId(), &info);

    expect_socket_succeeded(result);
    expect_number(info.iAddressFamily, AF_INET);
    expect_number(info.iSocketType, SOCK_STREAM);
    expect_number(info.iProtocol, IPPROTO_TCP);
    SOCKET second = open_duplicate(&info);
    expect_socket_succeeded(second);
    send_all(second, "b", 1);
    send_all(pair.server, "a", 1);
    expect_receives(pair.client, "ba", 2);
}
END_TEST
COVERS(own_process_may_have_two_descriptors, "stream.dup.same_process");

START_TEST(no_such_process_is_invalid)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);
    WSAPROTOCOL_INFOW info;

    int result = WSADuplicateSocketW(s, 0, &info);

    expect_socket_failed(result, WSAEINVAL);
    expect_socket_succeeded(WSADuplicateSocketW(s, GetCurrentProcessId(), &info));
}
END_TEST
COVERS(no_such_process_is_invalid, "stream.dup.bad_pid_einval");

START_TEST(no_structure_is_a_fault)
{
    winsock_start();
    SOCKET s = socket_open(SOCK_STREAM);

    int result = WSADuplicateSocketW(s, GetCurrentProcessId(), NULL);

    expect_socket_failed(result, WSAEFAULT);
}
END_TEST
COVERS(no_structure_is_a_fault, "stream.dup.null_info_efault");
