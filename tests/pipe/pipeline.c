/* Several processes on anonymous pipes: a pipeline, two writers, a writer that is killed. */
#include "pipe.h"

#include <stdlib.h>

#define PIECE 65536
#define TRANSFER (64u * 1024 * 1024)

PEER(source)
{
    static char bytes[PIECE];
    for (uint64_t sent = 0; sent < TRANSFER; sent += PIECE) {
        DWORD count = 0;
        pattern_fill(bytes, PIECE, sent);
        expect_succeeded(WriteFile(peer_handle(0), bytes, PIECE, &count, NULL));
        expect_number(count, PIECE);
    }
}

PEER(filter)
{
    static char bytes[PIECE];
    DWORD came = 0, count = 0;
    while (ReadFile(peer_handle(0), bytes, PIECE, &came, NULL))
        expect_succeeded(WriteFile(peer_handle(1), bytes, came, &count, NULL));
    expect_last_error(ERROR_BROKEN_PIPE);
}

START_TEST(three_stages_carry_64_mebibytes)
{
    struct pipe_ends first = pipe_create(), second = pipe_create();
    struct peer *a = peer_start(source, given_handle(first.write));
    struct peer *b = peer_start(filter, given_handle(first.read), given_handle(second.write));
    close_handle(&first.write);
    close_handle(&first.read);
    close_handle(&second.write);
    static char bytes[PIECE];
    uint64_t total = 0;
    DWORD came = 0;
    while (ReadFile(second.read, bytes, PIECE, &came, NULL)) {
        expect_pattern(bytes, came, total);
        total += came;
    }
    expect_last_error(ERROR_BROKEN_PIPE);
    expect_number(total, TRANSFER);
    peer_join(a);
    peer_join(b);
}
END_TEST
COVERS(three_stages_carry_64_mebibytes, "pipe.pipeline");
TAKES(three_stages_carry_64_mebibytes, 60);

/* ---- Two writers: the order of each one's writes is kept ---- */

struct tagged {
    uint32_t writer, number;
    uint64_t rest;
};
#define WRITES 500

PEER(tagged_writer)
{
    for (uint32_t i = 0; i < WRITES; i++) {
        struct tagged tagged = {.writer = (uint32_t)peer_number(0), .number = i};
        DWORD count = 0;
        expect_succeeded(WriteFile(peer_handle(0), &tagged, sizeof(tagged), &count, NULL));
    }
}

START_TEST(order_of_each_writer_is_kept)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *zero = peer_start(tagged_writer, given_handle(pipe.write), given_number(0));
    struct peer *one = peer_start(tagged_writer, given_handle(pipe.write), given_number(1));
    close_handle(&pipe.write);
    static struct tagged all[2 * WRITES];

    size_t came = pipe_read_all(pipe.read, all, sizeof(all));

    expect_number(came, sizeof(all));
    uint32_t next[2] = {0, 0};
    for (size_t i = 0; i < 2 * WRITES; i++) {
        expect_true(all[i].writer < 2);
        expect_number(all[i].number, next[all[i].writer]);
        next[all[i].writer]++;
    }
    peer_join(zero);
    peer_join(one);
}
END_TEST
COVERS(order_of_each_writer_is_kept, "pipe.write.order_multi_writers");
TAKES(order_of_each_writer_is_kept, 30);

/* ---- A writer that is killed while it waits for the pipe to be read ---- */

PEER(write_too_much)
{
    static char bytes[MORE_THAN_A_PIPE_HOLDS];
    pattern_fill(bytes, sizeof(bytes), 0);
    DWORD count = 0;
    checkpoint_reach("writing");
    WriteFile(peer_handle(0), bytes, sizeof(bytes), &count, NULL);
}

START_TEST(writer_killed_in_the_middle)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *writer = peer_start(write_too_much, given_handle(pipe.write));
    close_handle(&pipe.write);
    checkpoint_wait("writing");
    static char bytes[MORE_THAN_A_PIPE_HOLDS];
    DWORD first = 0;
    expect_succeeded(ReadFile(pipe.read, bytes, 1, &first, NULL));

    peer_kill(writer);

    size_t came = first + pipe_read_all(pipe.read, bytes + 1, sizeof(bytes) - 1);
    expect_true(came < sizeof(bytes));
    expect_pattern(bytes, came, 0);
    expect_failed(ReadFile(pipe.read, bytes, 1, &first, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS(writer_killed_in_the_middle, "pipe.eof.writer_killed");
