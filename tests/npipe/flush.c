/* FlushFileBuffers at the server end of a pipe. */
#include "npipe.h"

static DWORD flush(void *server)
{
    BOOL flushed = FlushFileBuffers(server);
    expect_succeeded(flushed);
    return 0;
}

START_TEST(waits_until_client_has_read_everything)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.server, "half and half", 13);
    char half[6];
    DWORD got = 0;
    require(ReadFile(pipe.client, half, sizeof(half), &got, NULL) && got == sizeof(half));

    struct thread *flushing = thread_start(flush, pipe.server);

    expect_stays_unsignaled(flushing->handle);
    expect_read(pipe.client, "nd half", 7);
    thread_join(flushing);
}
END_TEST
COVERS(waits_until_client_has_read_everything, "npipe.flush.server_waits_for_reader");

START_TEST(returns_when_nothing_is_unread)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    expect_bytes_flow(pipe.server, pipe.client);
    put(pipe.client, "of no concern", 13);

    BOOL flushed = FlushFileBuffers(pipe.server);

    expect_succeeded(flushed);
    expect_read(pipe.server, "of no concern", 13);
}
END_TEST
COVERS(returns_when_nothing_is_unread, "npipe.flush.empty_immediate");

START_TEST(needs_write_access)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_INBOUND, PIPE_TYPE_BYTE, 1);
    open_client(name, GENERIC_WRITE, 0);

    BOOL flushed = FlushFileBuffers(server);

    expect_failed(flushed, ERROR_ACCESS_DENIED);
    struct connection both = connect_duplex(PIPE_TYPE_BYTE, 0);
    expect_succeeded(FlushFileBuffers(both.server));
}
END_TEST
COVERS(needs_write_access, "npipe.flush.write_access");

/* The text knows no client that leaves; what matters is that the flush ends at all. */
START_TEST(ends_when_client_leaves)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.server, "never read", 10);
    close_handle(&pipe.client);

    BOOL flushed = FlushFileBuffers(pipe.server);
    DWORD error = GetLastError();

    char name[80];
    record("flush_after_client_left", "%s",
           flushed ? "TRUE" : error_text(error, name, sizeof(name)));
}
END_TEST
COVERS(ends_when_client_leaves, "npipe.flush.client_closes_unread");
