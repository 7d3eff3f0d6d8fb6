/* getsockopt and setsockopt of each option without a value, and with no room for one. */
#include "option_table.h"

START_TEST(no_value_is_got)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD value;

    int result = getsockopt(s, o->level, o->option, NULL, &(int){sizeof(DWORD)});

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &value));
}
END_TEST
COVERS_ROWS(no_value_is_got, options, "winsock.getsockopt.bad_pointer");

START_TEST(no_value_is_set)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD before, after;
    require(option_get(s, o->level, o->option, &before) == 0);

    int result = setsockopt(s, o->level, o->option, NULL, sizeof(DWORD));

    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &after));
    expect_number(after, before);
    expect_socket_succeeded(option_set(s, o->level, o->option, 1));
}
END_TEST
COVERS_ROWS(no_value_is_set, options, "winsock.setsockopt.optval_bad_pointer");

START_TEST(no_room_to_get)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD value = 0x5C5C5C5C;

    int result = getsockopt(s, o->level, o->option, (char *)&value, &(int){0});

    expect_socket_failed(result, WSAEFAULT);
    expect_number(value, 0x5C5C5C5C);
    expect_socket_succeeded(option_get(s, o->level, o->option, &value));
}
END_TEST
COVERS_ROWS(no_room_to_get, options, "winsock.getsockopt.no_room");

START_TEST(nothing_to_set)
{
    winsock_start();
    const struct option *o = &options[_i];
    SOCKET s = socket_of(o->family, o->type);
    DWORD before, after, value = 1;
    require(option_get(s, o->level, o->option, &before) == 0);

    int result = setsockopt(s, o->level, o->option, (char *)&value, 0);

    if (o->set_in_no_byte && result == 0) {
        record("a length of 0", "succeeds");
        return;
    }
    expect_socket_failed(result, WSAEFAULT);
    expect_socket_succeeded(option_get(s, o->level, o->option, &after));
    expect_number(after, before);
    expect_socket_succeeded(option_set(s, o->level, o->option, 1));
}
END_TEST
COVERS_ROWS(nothing_to_set, options, "winsock.setsockopt.no_byte");
