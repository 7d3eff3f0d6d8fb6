/* Synchronous handles: calls that wait, an OVERLAPPED that changes nothing, and what another thread
 * does with the handle in the meantime. */
#include "npipe.h"

static DWORD read_with_overlapped(void *end)
{
    OVERLAPPED unused = {.hEvent = NULL};
    char bytes[32];
    DWORD got = 99;
    expect_succeeded(ReadFile(end, bytes, sizeof(bytes), &got, &unused));
    expect_bytes(bytes, "bytes", 5);
    return got;
}

START_TEST(synchronous_read_with_overlapped_waits)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    struct thread *reader = thread_start(read_with_overlapped, pipe.server);

    expect_stays_unsignaled(reader->handle);
    put(pipe.client, "bytes", 5);
    expect_number(thread_join(reader), 5);
}
END_TEST
COVERS(synchronous_read_with_overlapped_waits, "npipe.read.sync_handle_with_overlapped");

START_TEST(offset_is_ignored)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    put(pipe.client, "onetwo", 6);
    OVERLAPPED reading = overlapped_with_event();
    reading.Offset = 12345;
    char bytes[3];
    DWORD got = 99;

    BOOL started = ReadFile(pipe.server, bytes, 3, NULL, &reading);

    BOOL read = finish(started, pipe.server, &reading, &got);
    expect_succeeded(read);
    expect_number(got, 3);
    expect_bytes(bytes, "one", 3);
    expect_read(pipe.server, "two", 3);
}
END_TEST
COVERS(offset_is_ignored, "npipe.read.offset_ignored");

/* ---- While another thread waits with the handle ---- */

static DWORD read_a_byte(void *end)
{
    char byte;
    DWORD got = 0;
    expect_succeeded(ReadFile(end, &byte, 1, &got, NULL));
    return got;
}

static DWORD peek_at(void *end)
{
    return PeekNamedPipe(end, NULL, 0, NULL, NULL, NULL);
}

START_TEST(peek_while_another_thread_reads)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *reader = thread_start(read_a_byte, pipe.server);
    expect_stays_unsignaled(reader->handle);

    struct thread *peeker = thread_start(peek_at, pipe.server);

    bool waits = !settles(peeker->handle);
    record("PeekNamedPipe while another thread waits in ReadFile", "%s",
           waits ? "waits" : "returns at once");
    put(pipe.client, "xy", 2);
    expect_number(thread_join(reader), 1);
    expect_number(thread_join(peeker), TRUE);
}
END_TEST
COVERS(peek_while_another_thread_reads, "npipe.peek.sync_handle_serialises");

static DWORD write_a_byte(void *end)
{
    DWORD written = 0;
    expect_succeeded(WriteFile(end, "w", 1, &written, NULL));
    return written;
}

START_TEST(write_while_another_thread_reads)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *reader = thread_start(read_a_byte, pipe.server);
    expect_stays_unsignaled(reader->handle);

    struct thread *writer = thread_start(write_a_byte, pipe.server);

    bool waits = !settles(writer->handle);
    record("WriteFile on a synchronous handle while another thread waits in ReadFile", "%s",
           waits ? "waits" : "returns at once");
    put(pipe.client, "x", 1);
    expect_number(thread_join(reader), 1);
    expect_number(thread_join(writer), 1);
}
END_TEST
COVERS(write_while_another_thread_reads, "npipe.ovl.sync_handle_read_blocks_write");

/* ---- Alertable or not ---- */

static bool ran;

static void CALLBACK note_run(ULONG_PTR unused)
{
    (void)unused;
    ran = true;
}

static DWORD connect_with_an_apc(void *server)
{
    require(QueueUserAPC(note_run, GetCurrentThread(), 0));
    BOOL connected = ConnectNamedPipe(server, NULL);
    if (!connected) /* the client was first */
        expect_failed(connected, ERROR_PIPE_CONNECTED);
    expect_number(ran, false);
    SleepEx(0, TRUE);
    expect_number(ran, true);
    return 0;
}

START_TEST(blocking_connect_is_not_alertable)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    struct thread *connecting = thread_start(connect_with_an_apc, server);
    expect_stays_unsignaled(connecting->handle);

    open_client(name, READ_WRITE, 0);

    thread_join(connecting);
}
END_TEST
COVERS(blocking_connect_is_not_alertable, "npipe.connect.sync_not_alertable");
