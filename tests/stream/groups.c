/* Groups of sockets, which WSASocket makes and joins. */
#include "winsock/winsock.h"

/* What g is for a new group; public headers do not define it. */
enum { UNCONSTRAINED = 1, CONSTRAINED };

static SOCKET in_group(int type, GROUP group)
{
    return WSASocketW(AF_INET, type, 0, NULL, group, WSA_FLAG_OVERLAPPED);
}

static GROUP group_of(SOCKET s)
{
    GROUP group = 0;
    int size = sizeof(group);
    require(s != INVALID_SOCKET);
    require(getsockopt(s, SOL_SOCKET, SO_GROUP_ID, (char *)&group, &size) == 0);
    return group;
}

/* A new group, by its first member. */
static GROUP new_group(GROUP kind, SOCKET *member)
{
    *member = in_group(SOCK_STREAM, kind);
    GROUP group = group_of(*member);
    require(group != 0);
    return group;
}

static const struct kind {
    struct row row;
    GROUP kind;
} kinds[] = {{{"unconstrained", "stream.groups.unconstrained"}, UNCONSTRAINED},
             {{"constrained", "stream.groups.constrained"}, CONSTRAINED}};

START_TEST(first_member)
{
    winsock_start();
    GROUP group = 0, none = 99;
    int size = sizeof(group);

    SOCKET s = in_group(SOCK_STREAM, kinds[_i].kind);

    expect_socket_succeeded(s);
    expect_socket_succeeded(getsockopt(s, SOL_SOCKET, SO_GROUP_ID, (char *)&group, &size));
    expect_true(group != 0);
    SOCKET alone = in_group(SOCK_STREAM, 0);
    expect_socket_succeeded(getsockopt(alone, SOL_SOCKET, SO_GROUP_ID, (char *)&none, &size));
    expect_number(none, 0);
}
END_TEST
COVERS_ROWS(first_member, kinds, "stream.groups.none");

static const struct kind joined[] = {
    {{"unconstrained", "stream.groups.join"}, UNCONSTRAINED},
    {{"constrained", "stream.groups.join"}, CONSTRAINED},
};

START_TEST(second_member)
{
    winsock_start();
    SOCKET first;
    GROUP group = new_group(joined[_i].kind, &first);

    SOCKET second = in_group(SOCK_STREAM, group);

    expect_socket_succeeded(second);
    expect_number(group_of(second), group);
}
END_TEST
COVERS_ROWS(second_member, joined);

START_TEST(two_groups_differ)
{
    winsock_start();
    SOCKET first, second;
    GROUP one = new_group(UNCONSTRAINED, &first);

    GROUP other = new_group(UNCONSTRAINED, &second);

    expect_true(one != other);
}
END_TEST
COVERS(two_groups_differ, "stream.groups.unique");

START_TEST(datagrams_in_a_group_of_streams)
{
    winsock_start();
    SOCKET first;
    GROUP group = new_group(UNCONSTRAINED, &first);

    SOCKET second = in_group(SOCK_DGRAM, group);

    expect_socket_succeeded(second);
    expect_number(group_of(second), group);
}
END_TEST
COVERS(datagrams_in_a_group_of_streams, "stream.groups.unconstrained_kinds");

START_TEST(datagrams_in_a_constrained_group)
{
    winsock_start();
    SOCKET first;
    GROUP group = new_group(CONSTRAINED, &first);

    SOCKET second = in_group(SOCK_DGRAM, group);

    expect_true(second == INVALID_SOCKET);
    expect_number(group_of(in_group(SOCK_STREAM, group)), group);
}
END_TEST
COVERS(datagrams_in_a_constrained_group, "stream.groups.constrained_kinds");

START_TEST(group_outlives_its_first_member)
{
    winsock_start();
    SOCKET first;
    GROUP group = new_group(UNCONSTRAINED, &first);
    require(in_group(SOCK_STREAM, group) != INVALID_SOCKET);
    socket_close(first);

    SOCKET third = in_group(SOCK_STREAM, group);

    expect_socket_succeeded(third);
    expect_number(group_of(third), group);
}
END_TEST
COVERS(group_outlives_its_first_member, "stream.groups.valid_while_used");

START_TEST(group_ends_with_its_last_member)
{
    winsock_start();
    SOCKET first;
    GROUP group = new_group(UNCONSTRAINED, &first);
    SOCKET second = in_group(SOCK_STREAM, group);
    socket_close(first);
    socket_close(second);

    SOCKET third = in_group(SOCK_STREAM, group);

    expect_socket_failed(third, WSAEINVAL);
}
END_TEST
COVERS(group_ends_with_its_last_member, "stream.groups.ends");
