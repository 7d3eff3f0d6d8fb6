/* An anonymous pipe between two processes: parent to child, child to parent, child to child. */
#include "pipe.h"

#include <stdlib.h>

#define TRANSFER MORE_THAN_A_PIPE_HOLDS

static void send_pattern(HANDLE write_end)
{
    char *bytes = malloc(TRANSFER);
    pattern_fill(bytes, TRANSFER, 0);
    DWORD count = 0;

    BOOL written = WriteFile(write_end, bytes, TRANSFER, &count, NULL);

    expect_succeeded(written);
    expect_number(count, TRANSFER);
    free(bytes);
}

/* The whole pattern arrives, and then the end. */
static void receive_pattern(HANDLE read_end)
{
    char *bytes = malloc(TRANSFER + 1);

    size_t came = pipe_read_all(read_end, bytes, TRANSFER + 1);

    expect_number(came, TRANSFER);
    expect_pattern(bytes, TRANSFER, 0);
    free(bytes);
}

PEER(sender)
{
    send_pattern(peer_handle(0));
}

PEER(receiver)
{
    receive_pattern(peer_handle(0));
}

START_TEST(parent_to_child)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_start(receiver, given_handle(pipe.read));
    close_handle(&pipe.read);

    send_pattern(pipe.write);

    close_handle(&pipe.write);
    peer_join(child);
}
END_TEST
COVERS(parent_to_child, "pipe.either_end_to_client");

START_TEST(child_to_parent)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_start(sender, given_handle(pipe.write));
    close_handle(&pipe.write);

    receive_pattern(pipe.read);

    peer_join(child);
}
END_TEST
COVERS(child_to_parent, "pipe.either_end_to_client");

START_TEST(child_to_child)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *one = peer_start(sender, given_handle(pipe.write));
    struct peer *other = peer_start(receiver, given_handle(pipe.read));

    close_handle(&pipe.write);
    close_handle(&pipe.read);

    peer_join(one);
    peer_join(other);
}
END_TEST
COVERS(child_to_child, "pipe.sibling");
