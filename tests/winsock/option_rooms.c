/* getsockopt with more room than a value needs. */
#include "option.h"

static const struct {
    struct row row;
    int type, option, size;
} options[] = {
    {{"type", NULL}, SOCK_STREAM, SO_TYPE, sizeof(int)},
    {{"error", NULL}, SOCK_STREAM, SO_ERROR, sizeof(int)},
    {{"send_buffer", NULL}, SOCK_STREAM, SO_SNDBUF, sizeof(int)},
    {{"receive_time_out", NULL}, SOCK_STREAM, SO_RCVTIMEO, sizeof(DWORD)},
    {{"linger", NULL}, SOCK_STREAM, SO_LINGER, sizeof(LINGER)},
    {{"size_of_messages", NULL}, SOCK_DGRAM, SO_MAX_MSG_SIZE, sizeof(DWORD)},
};

START_TEST(more_room_than_a_value)
{
    winsock_start();
    SOCKET s = socket_bound(options[_i].type);
    char room[64];
    int size = sizeof(room);

    int result = getsockopt(s, SOL_SOCKET, options[_i].option, room, &size);

    expect_socket_succeeded(result);
    expect_number(size, options[_i].size);
}
END_TEST
COVERS_ROWS(more_room_than_a_value, options, "winsock.getsockopt.length_of_the_value");
