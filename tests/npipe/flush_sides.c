/* Sides of FlushFileBuffers: a duplicate, two instances, messages, an overlapped handle, a client
 * in another process. */
#include "npipe.h"

static DWORD flush(void *server)
{
    BOOL flushed = FlushFileBuffers(server);
    expect_succeeded(flushed);
    return 0;
}

START_TEST(by_a_duplicate)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    HANDLE duplicate = duplicate_of(pipe.server);
    put(pipe.server, "unread", 6);

    struct thread *flushing = thread_start(flush, duplicate);

    expect_stays_unsignaled(flushing->handle);
    expect_read(pipe.client, "unread", 6);
    thread_join(flushing);
}
END_TEST
COVERS(by_a_duplicate, "npipe.flush_sides.duplicate");

START_TEST(of_another_instance)
{
    const WCHAR *name = unique_pipe();
    HANDLE first = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 2);
    HANDLE first_client = open_client(name, READ_WRITE, 0);
    HANDLE second = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 2);
    HANDLE second_client = open_client(name, READ_WRITE, 0);
    expect_bytes_flow(second, second_client);
    put(first, "unread", 6);

    struct thread *flushing = thread_start(flush, second);

    thread_join(flushing);
    expect_read(first_client, "unread", 6);
}
END_TEST
COVERS(of_another_instance, "npipe.flush_sides.other_instance");

START_TEST(waits_for_the_last_message)
{
    struct connection pipe = connect_duplex(MESSAGES, 0);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    put(pipe.server, "one", 3);
    put(pipe.server, "two", 3);

    struct thread *flushing = thread_start(flush, pipe.server);

    expect_read(pipe.client, "one", 3);
    expect_stays_unsignaled(flushing->handle);
    expect_read(pipe.client, "two", 3);
    thread_join(flushing);
}
END_TEST
COVERS(waits_for_the_last_message, "npipe.flush_sides.messages");

START_TEST(of_an_overlapped_handle)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    put(pipe.server, "unread", 6);

    struct thread *flushing = thread_start(flush, pipe.server);

    expect_stays_unsignaled(flushing->handle);
    expect_read(pipe.client, "unread", 6);
    thread_join(flushing);
}
END_TEST
COVERS(of_an_overlapped_handle, "npipe.flush_sides.overlapped");

PEER(reads_later)
{
    HANDLE client = open_client(peer_text(0), READ_WRITE, 0);
    checkpoint_reach("connected");
    checkpoint_wait("it waits");
    expect_read(client, "unread", 6);
    checkpoint_reach("read");
    checkpoint_wait("flushed");
}

START_TEST(for_another_process)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
    struct peer *client = peer_start(reads_later, given_text(name));
    checkpoint_wait("connected");
    put(server, "unread", 6);

    struct thread *flushing = thread_start(flush, server);

    expect_stays_unsignaled(flushing->handle);
    checkpoint_reach("it waits");
    checkpoint_wait("read");
    thread_join(flushing);
    checkpoint_reach("flushed");
    peer_join(client);
}
END_TEST
COVERS(for_another_process, "npipe.flush_sides.other_process");
