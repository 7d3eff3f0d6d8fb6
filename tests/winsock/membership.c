/*
 * Memberships of groups and their sources, on the loopback interface alone: which calls follow on
 * which, and who is heard.
 */
#include "winsock.h"

enum { ANY, JOIN, LEAVE, ADD_SOURCE, DROP_SOURCE, BLOCK, UNBLOCK };

static const int options[] = {
    [JOIN] = IP_ADD_MEMBERSHIP,
    [LEAVE] = IP_DROP_MEMBERSHIP,
    [ADD_SOURCE] = IP_ADD_SOURCE_MEMBERSHIP,
    [DROP_SOURCE] = IP_DROP_SOURCE_MEMBERSHIP,
    [BLOCK] = IP_BLOCK_SOURCE,
    [UNBLOCK] = IP_UNBLOCK_SOURCE,
};

/* A setsockopt about one of the case's groups and a source (127.0.0.N) on the loopback interface.
 */
static int act_on(SOCKET s, int act, unsigned group, unsigned source)
{
    IP_MREQ_SOURCE of_source = {.imr_multiaddr.s_addr = htonl(group_address(group)),
                                .imr_sourceaddr.s_addr = htonl(0x7F000000 + source),
                                .imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
    struct ip_mreq of_group = {.imr_multiaddr = of_source.imr_multiaddr,
                               .imr_interface = of_source.imr_interface};
    bool whole = act == JOIN || act == LEAVE;
    return setsockopt(s, IPPROTO_IP, options[act], whole ? (char *)&of_group : (char *)&of_source,
                      whole ? sizeof(of_group) : sizeof(of_source));
}

/* UNSUPPORTED where the loopback interface has no multicast, or no sources. */
static void need_multicast(void)
{
    SOCKET group = socket_bound(SOCK_DGRAM), source = socket_bound(SOCK_DGRAM);
    if (act_on(group, JOIN, 1, 1) != 0 || act_on(source, ADD_SOURCE, 1, 1) != 0)
        unsupported("no multicast with sources on the loopback interface");
    socket_close(group);
    socket_close(source);
}

static SOCKET socket_after(const int *acts, size_t count)
{
    SOCKET s = socket_bound(SOCK_DGRAM);
    for (size_t i = 0; i < count && acts[i] != ANY; i++)
        require(act_on(s, acts[i], 1, 1) == 0);
    return s;
}

static const struct {
    struct row row;
    int before[3], act;
    DWORD error;
    int good[2]; /* what has to be done before for it to succeed */
} conflicts[] = {
    {{"join_twice", "winsock.multicast.double_join"}, {JOIN}, JOIN, WSAEADDRNOTAVAIL, {}},
    {{"source_after_join", "winsock.multicast.join_then_add_source"},
     {JOIN},
     ADD_SOURCE,
     WSAEADDRNOTAVAIL,
     {}},
    {{"drop_source_after_join", "winsock.multicast.join_then_drop_source"},
     {JOIN},
     DROP_SOURCE,
     WSAEINVAL,
     {ADD_SOURCE}},
    {{"unblock_after_join", "winsock.multicast.unblock_not_blocked"},
     {JOIN},
     UNBLOCK,
     WSAEINVAL,
     {JOIN, BLOCK}},
    {{"block_after_leaving", "winsock.multicast.left_then_block"},
     {JOIN, LEAVE},
     BLOCK,
     WSAEINVAL,
     {JOIN}},
    {{"unblock_after_leaving", "winsock.multicast.left_then_unblock"},
     {JOIN, LEAVE},
     UNBLOCK,
     WSAEINVAL,
     {JOIN, BLOCK}},
    {{"drop_source_after_leaving", "winsock.multicast.left_then_drop_source"},
     {JOIN, LEAVE},
     DROP_SOURCE,
     WSAEINVAL,
     {ADD_SOURCE}},
    {{"join_after_source", "winsock.multicast.source_then_join"},
     {ADD_SOURCE},
     JOIN,
     WSAEADDRNOTAVAIL,
     {}},
    {{"same_source_twice", "winsock.multicast.source_dup"},
     {ADD_SOURCE},
     ADD_SOURCE,
     WSAEADDRNOTAVAIL,
     {}},
    {{"unblock_after_source", "winsock.multicast.source_then_unblock"},
     {ADD_SOURCE},
     UNBLOCK,
     WSAEINVAL,
     {JOIN, BLOCK}},
    {{"drop_source_twice", "winsock.multicast.drop_source_twice"},
     {ADD_SOURCE, DROP_SOURCE},
     DROP_SOURCE,
     WSAEADDRNOTAVAIL,
     {ADD_SOURCE}},
    {{"unblock_after_drop_source", "winsock.multicast.dropsource_then_unblock"},
     {ADD_SOURCE, DROP_SOURCE},
     UNBLOCK,
     WSAEINVAL,
     {JOIN, BLOCK}},
    {{"block_twice", "winsock.multicast.block_twice"},
     {JOIN, BLOCK},
     BLOCK,
     WSAEADDRNOTAVAIL,
     {JOIN}},
    {{"source_after_block", "winsock.multicast.block_then_source"},
     {JOIN, BLOCK},
     ADD_SOURCE,
     WSAEINVAL,
     {}},
    {{"join_after_block", "winsock.multicast.block_then_join"}, {JOIN, BLOCK}, JOIN, WSAEINVAL, {}},
    {{"unblock_twice", "winsock.multicast.unblock_twice"},
     {JOIN, BLOCK, UNBLOCK},
     UNBLOCK,
     WSAEADDRNOTAVAIL,
     {JOIN, BLOCK}},
};

START_TEST(does_not_follow)
{
    winsock_start();
    need_multicast();
    SOCKET s = socket_after(conflicts[_i].before, 3), good = socket_after(conflicts[_i].good, 2);

    int result = act_on(s, conflicts[_i].act, 1, 1);

    expect_socket_failed(result, conflicts[_i].error);
    expect_socket_succeeded(act_on(good, conflicts[_i].act, 1, 1));
}
END_TEST
COVERS_ROWS(does_not_follow, conflicts);

START_TEST(leave_twice)
{
    winsock_start();
    need_multicast();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(act_on(s, JOIN, 1, 1) == 0);
    expect_socket_succeeded(act_on(s, LEAVE, 1, 1));

    int result = act_on(s, LEAVE, 1, 1);

    expect_socket_failed(result, WSAEINVAL, WSAEADDRNOTAVAIL);
}
END_TEST
COVERS(leave_twice, "winsock.multicast.drop_not_member");

START_TEST(second_source)
{
    winsock_start();
    need_multicast();
    SOCKET s = socket_bound(SOCK_DGRAM);
    require(act_on(s, ADD_SOURCE, 1, 1) == 0);

    int result = act_on(s, ADD_SOURCE, 1, 2);

    expect_socket_succeeded(result);
    expect_socket_succeeded(act_on(s, DROP_SOURCE, 1, 2));
    expect_socket_succeeded(act_on(s, DROP_SOURCE, 1, 1));
}
END_TEST
COVERS(second_source, "winsock.multicast.source_second");

/* ---- Who is heard */

static SOCKET listener_open(void)
{
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in any = {.sin_family = AF_INET};
    require(bind(s, (struct sockaddr *)&any, sizeof(any)) == 0);
    return s;
}

/* Bound to 127.0.0.SOURCE, sends to groups through the loopback interface alone. */
static SOCKET sender_open(unsigned source)
{
    SOCKET s = socket_open(SOCK_DGRAM);
    struct sockaddr_in name = loopback(0);
    name.sin_addr.s_addr = htonl(0x7F000000 + source);
    require(bind(s, (struct sockaddr *)&name, sizeof(name)) == 0);
    DWORD loopback_interface = htonl(INADDR_LOOPBACK);
    require(setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&loopback_interface,
                       sizeof(loopback_interface)) == 0);
    return s;
}

static int send_to_group(SOCKET s, unsigned group, SOCKET listener, const char *text)
{
    struct sockaddr_in to = loopback(socket_port(listener));
    to.sin_addr.s_addr = htonl(group_address(group));
    return sendto(s, text, (int)strlen(text), 0, (struct sockaddr *)&to, sizeof(to));
}

START_TEST(two_groups_are_heard)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), sender = sender_open(1);
    require(act_on(s, JOIN, 1, 1) == 0);

    int result = act_on(s, JOIN, 2, 1);

    expect_socket_succeeded(result);
    require(send_to_group(sender, 1, s, "first") == 5);
    require(send_to_group(sender, 2, s, "second") == 6);
    expect_datagram(s, "first");
    expect_datagram(s, "second");
}
END_TEST
COVERS(two_groups_are_heard, "winsock.setsockopt.multiple_membership");

START_TEST(only_the_source_is_heard)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), one = sender_open(1), two = sender_open(2);

    int result = act_on(s, ADD_SOURCE, 1, 2);

    expect_socket_succeeded(result);
    require(send_to_group(one, 1, s, "from the other") == 14);
    require(send_to_group(two, 1, s, "from the source") == 15);
    expect_datagram(s, "from the source");
}
END_TEST
COVERS(only_the_source_is_heard, "winsock.multicast.source_filter");

static const struct {
    struct row row;
    unsigned sources; /* 127.0.0.1, and so on */
} all_sources[] = {{{"one", NULL}, 1}, {{"two", NULL}, 2}};

START_TEST(leaving_leaves_all_sources)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), one = sender_open(1), two = sender_open(2);
    for (unsigned i = 1; i <= all_sources[_i].sources; i++)
        expect_socket_succeeded(act_on(s, ADD_SOURCE, 1, i));
    require(send_to_group(one, 1, s, "one") == 3);
    expect_datagram(s, "one");

    int result = act_on(s, LEAVE, 1, 1);

    expect_socket_succeeded(result);
    require(send_to_group(one, 1, s, "one") == 3 && send_to_group(two, 1, s, "two") == 3);
    struct sockaddr_in here = loopback(socket_port(s));
    require(sendto(one, "alone", 5, 0, (struct sockaddr *)&here, sizeof(here)) == 5);
    expect_datagram(s, "alone");
}
END_TEST
COVERS_ROWS(leaving_leaves_all_sources, all_sources,
            "winsock.multicast.drop_membership_all_sources");

START_TEST(blocked_source_is_not_heard)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), one = sender_open(1), two = sender_open(2);
    require(act_on(s, JOIN, 1, 1) == 0);
    require(send_to_group(two, 1, s, "two") == 3 && send_to_group(one, 1, s, "one") == 3);
    expect_datagram(s, "two");
    expect_datagram(s, "one");

    int result = act_on(s, BLOCK, 1, 1);

    expect_socket_succeeded(result);
    require(send_to_group(one, 1, s, "from the blocked") == 16);
    require(send_to_group(two, 1, s, "from the other") == 14);
    expect_datagram(s, "from the other");
}
END_TEST
COVERS(blocked_source_is_not_heard, "winsock.multicast.block_source");

START_TEST(unblocked_source_is_heard)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), one = sender_open(1);
    require(act_on(s, JOIN, 1, 1) == 0 && act_on(s, BLOCK, 1, 1) == 0);

    int result = act_on(s, UNBLOCK, 1, 1);

    expect_socket_succeeded(result);
    require(send_to_group(one, 1, s, "again") == 5);
    expect_datagram(s, "again");
}
END_TEST
COVERS(unblocked_source_is_heard, "winsock.multicast.unblock_source");

START_TEST(members_here_hear_ttl_zero)
{
    winsock_start();
    need_multicast();
    SOCKET s = listener_open(), sender = sender_open(1);
    require(act_on(s, JOIN, 1, 1) == 0);
    DWORD ttl = 0;
    require(setsockopt(sender, IPPROTO_IP, IP_MULTICAST_TTL, (char *)&ttl, sizeof(ttl)) == 0);

    int result = send_to_group(sender, 1, s, "here");

    expect_socket_succeeded(result);
    expect_number(result, 4);
    expect_datagram(s, "here");
}
END_TEST
COVERS(members_here_hear_ttl_zero, "winsock.multicast.ttl_zero");
