/* Several writers and several readers of one end: every message is whole, comes once, and is in the
 * order of its writer. */
#include "npipe.h"

enum { LENGTH = 300, ROUNDS = 100, WRITERS = 3 };

struct message {
    uint32_t writer, number;
    uint8_t pattern[LENGTH];
};

/* A message whose length and content tell whose it is, and which. */
static DWORD fill(struct message *message, uint32_t writer, uint32_t number)
{
    DWORD length = 1 + (number * 37 + writer * 101) % LENGTH;
    message->writer = writer;
    message->number = number;
    pattern_fill(message->pattern, length, number + writer * ROUNDS);
    return (DWORD)offsetof(struct message, pattern) + length;
}

static void write_all(HANDLE end, uint32_t writer)
{
    for (uint32_t i = 0; i < ROUNDS; i++) {
        struct message message;
        DWORD size = fill(&message, writer, i), written = 0;
        expect_succeeded(WriteFile(end, &message, size, &written, NULL));
        expect_number(written, size);
    }
}

/* A whole message, the next of its writer. */
static void expect_next(const struct message *message, DWORD got, uint32_t next[WRITERS])
{
    struct message whole;
    expect_true(got > offsetof(struct message, pattern) && message->writer < WRITERS);
    expect_true(message->number >= next[message->writer] && message->number < ROUNDS);
    expect_number(got, fill(&whole, message->writer, message->number));
    expect_bytes(message, &whole, got);
    next[message->writer] = message->number + 1;
}

static const struct end {
    struct row row;
    bool servers; /* the writers' end */
} ends[] = {
    {{"of_the_server", NULL}, true},
    {{"of_the_client", NULL}, false},
};

static struct connection message_pipe(void)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    return pipe;
}

PEER(writes_its_messages)
{
    write_all(peer_handle(0), (uint32_t)peer_number(0));
}

START_TEST(three_processes_write_to_the_end)
{
    struct connection pipe = message_pipe();
    HANDLE reader = ends[_i].servers ? pipe.client : pipe.server;
    HANDLE *writer = ends[_i].servers ? &pipe.server : &pipe.client;
    struct peer *writers[WRITERS];
    uint32_t next[WRITERS] = {0};
    for (uint32_t i = 0; i < WRITERS; i++)
        writers[i] = peer_start(writes_its_messages, given_handle(*writer), given_number(i));
    close_handle(writer);

    for (uint32_t i = 0; i < WRITERS * ROUNDS; i++) {
        struct message message;
        DWORD got = 0;
        expect_succeeded(ReadFile(reader, &message, sizeof(message), &got, NULL));
        uint32_t expected = next[message.writer % WRITERS];
        expect_next(&message, got, next);
        expect_number(message.number, expected);
    }

    for (uint32_t i = 0; i < WRITERS; i++)
        peer_join(writers[i]);
    expect_failed(ReadFile(reader, (char[1]){0}, 1, &(DWORD){0}, NULL), ERROR_BROKEN_PIPE);
}
END_TEST
COVERS_ROWS(three_processes_write_to_the_end, ends, "npipe.writers.whole", "npipe.writers.order");
TAKES(three_processes_write_to_the_end, 30);

struct reading {
    HANDLE end;
    uint32_t count;
};

static DWORD read_till_the_end(void *argument)
{
    struct reading *reading = argument;
    uint32_t next[WRITERS] = {0};
    struct message message;
    DWORD got = 0;
    for (;;) {
        BOOL read = ReadFile(reading->end, &message, sizeof(message), &got, NULL);
        if (!read) {
            expect_failed(read, ERROR_BROKEN_PIPE);
            return 0;
        }
        expect_next(&message, got, next);
        reading->count++;
    }
}

START_TEST(two_readers_of_the_end)
{
    struct connection pipe = message_pipe();
    HANDLE reader = ends[_i].servers ? pipe.client : pipe.server;
    HANDLE *writer = ends[_i].servers ? &pipe.server : &pipe.client;
    struct reading first = {.end = reader}, second = {.end = duplicate_of(reader)};
    struct thread *threads[] = {thread_start(read_till_the_end, &first),
                                thread_start(read_till_the_end, &second)};

    write_all(*writer, 1);

    close_handle(writer);
    thread_join(threads[0]);
    thread_join(threads[1]);
    expect_number(first.count + second.count, ROUNDS);
}
END_TEST
COVERS_ROWS(two_readers_of_the_end, ends, "npipe.writers.two_readers");
TAKES(two_readers_of_the_end, 30);

/* ---- Two instances with the same messages: each client's are its own */

START_TEST(writers_of_two_instances)
{
    const WCHAR *name = unique_pipe();
    HANDLE servers[2], clients[2];
    for (int i = 0; i < 2; i++) {
        servers[i] = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 2);
        clients[i] = open_client(name, READ_WRITE, 0);
        set_mode(clients[i], PIPE_READMODE_MESSAGE);
    }
    struct message message;
    for (uint32_t i = 0; i < 5; i++)
        for (uint32_t j = 0; j < 2; j++)
            put(ends[_i].servers ? servers[j] : clients[j], &message, fill(&message, j, i));

    for (uint32_t j = 0; j < 2; j++)
        for (uint32_t i = 0; i < 5; i++) {
            DWORD got = 0;
            BOOL read = ReadFile(ends[_i].servers ? clients[j] : servers[j], &message,
                                 sizeof(message), &got, NULL);
            struct message whole;
            expect_succeeded(read);
            expect_number(got, fill(&whole, j, i));
            expect_bytes(&message, &whole, got);
        }
}
END_TEST
COVERS_ROWS(writers_of_two_instances, ends, "npipe.writers.of_two_instances");
