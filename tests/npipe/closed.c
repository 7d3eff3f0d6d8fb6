/* Ends without a peer: closed handles, peers that have closed, and disconnected instances. */
#include "npipe.h"
#include "pipe/pipe.h"

START_TEST(connect_of_a_closed_handle)
{
    BOOL connected = TRUE;

    for (int tries = CLOSED_HANDLES; connected && tries; tries--)
        connected = ConnectNamedPipe(
            closed(create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 1)), NULL);

    expect_failed(connected, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(connect_of_a_closed_handle, "npipe.connect.invalid_handle");

START_TEST(pending_connect_of_a_closed_instance)
{
    HANDLE server = create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    static OVERLAPPED connecting;
    offer(server, &connecting);

    expect_succeeded(CloseHandle(server));

    expect_signaled(connecting.hEvent);
}
END_TEST
COVERS(pending_connect_of_a_closed_instance, "npipe.connect.pending_ends_on_close");

START_TEST(disconnect_with_unread_bytes)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.server, "unread", 6);

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_succeeded(disconnected);
    DWORD written = 99;
    expect_failed(WriteFile(pipe.client, "x", 1, &written, NULL), ERROR_PIPE_NOT_CONNECTED);
}
END_TEST
COVERS(disconnect_with_unread_bytes, "npipe.disconnect.basic");

START_TEST(disconnect_again)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(DisconnectNamedPipe(pipe.server));

    BOOL disconnected = DisconnectNamedPipe(pipe.server);

    expect_failed(disconnected, ERROR_PIPE_NOT_CONNECTED);
}
END_TEST
COVERS(disconnect_again, "npipe.disconnect.twice");

START_TEST(read_of_a_disconnected_instance)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(DisconnectNamedPipe(pipe.server));
    char byte;
    DWORD got = 99;

    BOOL read = ReadFile(pipe.server, &byte, 1, &got, NULL);

    expect_failed(read, ERROR_PIPE_NOT_CONNECTED);
    expect_number(got, 0);
}
END_TEST
COVERS(read_of_a_disconnected_instance, "npipe.read.after_disconnect");

START_TEST(write_to_a_disconnected_instance)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(DisconnectNamedPipe(pipe.server));
    DWORD written = 0xDEAD;

    BOOL wrote = WriteFile(pipe.server, "x", 1, &written, NULL);

    expect_failed(wrote, ERROR_PIPE_NOT_CONNECTED);
    expect_number(written, 0);
}
END_TEST
COVERS(write_to_a_disconnected_instance, "npipe.read.after_disconnect",
       "npipe.write.count_zeroed_first");

START_TEST(client_closes_after_disconnect)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    require(DisconnectNamedPipe(pipe.server));

    record_result("PeekNamedPipe by a client that was disconnected",
                  PeekNamedPipe(pipe.client, NULL, 0, NULL, NULL, NULL));

    expect_succeeded(CloseHandle(pipe.client));
}
END_TEST
COVERS(client_closes_after_disconnect, "npipe.ops.disconnect_invalidates_client");

/* ---- The peer has closed: the other end still has its state ---- */

static const struct end {
    struct row row;
    bool server;
} ends[] = {
    {{"server", NULL}, true},
    {{"client", NULL}, false},
};

static HANDLE left_end(bool server)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    close_handle(server ? &pipe.client : &pipe.server);
    return server ? pipe.server : pipe.client;
}

START_TEST(mode_is_changed_without_a_peer)
{
    HANDLE end = left_end(ends[_i].server);
    DWORD mode = PIPE_READMODE_MESSAGE;

    BOOL set = SetNamedPipeHandleState(end, &mode, NULL, NULL);

    expect_succeeded(set);
}
END_TEST
COVERS_ROWS(mode_is_changed_without_a_peer, ends, "npipe.setstate.after_peer_closed");

START_TEST(state_is_got_without_a_peer)
{
    HANDLE end = left_end(ends[_i].server);
    DWORD state = 99;

    BOOL got = GetNamedPipeHandleStateW(end, &state, NULL, NULL, NULL, NULL, 0);

    expect_succeeded(got);
    expect_flags(state, 0, PIPE_MODE_NAMES);
}
END_TEST
COVERS_ROWS(state_is_got_without_a_peer, ends, "npipe.getstate.after_peer_closed");

START_TEST(size_without_a_user_name)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);

    BOOL got = GetNamedPipeHandleStateW(pipe.server, NULL, NULL, NULL, NULL, NULL, 99);

    expect_succeeded(got);
}
END_TEST
COVERS(size_without_a_user_name, "npipe.getstate.username_size_tchars");

static const struct collected {
    struct row row;
    bool count;
} collecteds[] = {
    {{"count", "npipe.setstate.collect_null_local"}, true},
    {{"time_out", "npipe.setstate.timeout_null_local"}, false},
};

START_TEST(collection_of_a_local_pipe)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    DWORD value = 10;

    BOOL set = SetNamedPipeHandleState(pipe.client, NULL, collecteds[_i].count ? &value : NULL,
                                       collecteds[_i].count ? NULL : &value);

    record_result("SetNamedPipeHandleState that sets collection", set);
}
END_TEST
COVERS_ROWS(collection_of_a_local_pipe, collecteds);

START_TEST(client_process_id_after_the_client_has_closed)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    close_handle(&pipe.client);
    ULONG id = 0;

    BOOL got = GetNamedPipeClientProcessId(pipe.server, &id);

    expect_succeeded(got);
    expect_number(id, GetCurrentProcessId());
}
END_TEST
COVERS(client_process_id_after_the_client_has_closed, "npipe.pid.client_after_close");

/* ---- Modes ---- */

static DWORD read_a_byte(void *end)
{
    char byte;
    DWORD got = 0;
    expect_succeeded(ReadFile(end, &byte, 1, &got, NULL));
    return got;
}

START_TEST(blocking_again)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE | PIPE_NOWAIT, 0);
    DWORD mode = PIPE_WAIT;

    BOOL set = SetNamedPipeHandleState(pipe.server, &mode, NULL, NULL);

    expect_succeeded(set);
    struct thread *reader = thread_start(read_a_byte, pipe.server);
    expect_stays_unsignaled(reader->handle);
    put(pipe.client, "x", 1);
    expect_number(thread_join(reader), 1);
}
END_TEST
COVERS(blocking_again, "npipe.setstate.back_to_wait");

#define TOO_MUCH (256 * PIPE_BUFFER)

START_TEST(nonblocking_write_of_too_many_bytes)
{
    char *bytes = zero_bytes(TOO_MUCH);
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE | PIPE_NOWAIT, 0);
    DWORD written = 0xDEAD, available = 0;

    BOOL wrote = WriteFile(pipe.server, bytes, TOO_MUCH, &written, NULL);

    expect_succeeded(wrote);
    expect_true(written < TOO_MUCH); /* Windows writes none of what does not fit */
    record("bytes written of more than fit", "%lu", written);
    require(PeekNamedPipe(pipe.client, NULL, 0, NULL, &available, NULL));
    expect_number(available, written);
    require(!written || ReadFile(pipe.client, bytes, written, &available, NULL));
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS(nonblocking_write_of_too_many_bytes, "npipe.write.nowait_byte_partial");

START_TEST(nonblocking_write_of_too_long_a_message)
{
    char *bytes = zero_bytes(TOO_MUCH);
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_NOWAIT, 0);
    DWORD written = 0xDEAD, available = 99;

    BOOL wrote = WriteFile(pipe.server, bytes, TOO_MUCH, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, 0);
    require(PeekNamedPipe(pipe.client, NULL, 0, NULL, &available, NULL));
    expect_number(available, 0);
    expect_bytes_flow(pipe.server, pipe.client);
}
END_TEST
COVERS(nonblocking_write_of_too_long_a_message, "npipe.rwm.nowait_write_message_none");

START_TEST(mode_switched_in_the_middle_of_a_message)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    put(pipe.client, "0123456789", 10);
    put(pipe.client, "next", 4);
    char bytes[32];
    DWORD got = 0;
    BOOL part = ReadFile(pipe.server, bytes, 4, &got, NULL);
    require(!part && GetLastError() == ERROR_MORE_DATA);
    set_mode(pipe.server, PIPE_READMODE_BYTE);

    BOOL read = ReadFile(pipe.server, bytes, sizeof(bytes), &got, NULL);

    expect_succeeded(read);
    record("bytes read after switching to byte mode within a message of 10 followed by one of 4",
           "%lu", got);
    expect_bytes(bytes, "456789", 6);
}
END_TEST
COVERS(mode_switched_in_the_middle_of_a_message, "npipe.rwm.mode_switch_mid_message");

START_TEST(peek_follows_which_mode)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    set_mode(pipe.server, PIPE_READMODE_BYTE);
    put(pipe.client, "one", 3);
    put(pipe.client, "two", 3);
    char bytes[32];
    DWORD copied = 0;

    BOOL peeked = PeekNamedPipe(pipe.server, bytes, sizeof(bytes), &copied, NULL, NULL);

    expect_succeeded(peeked);
    record("bytes of two messages of 3 that are peeked in byte mode", "%lu", copied);
    expect_bytes(bytes, "one", 3);
    expect_read(pipe.server, "onetwo", 6);
}
END_TEST
COVERS(peek_follows_which_mode, "npipe.peek.mode_from_create");

START_TEST(peek_of_an_empty_message)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE, 0);
    DWORD available = 99, written = 99;
    require(WriteFile(pipe.client, "", 0, &written, NULL));

    BOOL peeked = PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, NULL);

    expect_succeeded(peeked);
    record("bytes available of a message of none", "%lu", available);
}
END_TEST
COVERS(peek_of_an_empty_message, "npipe.peek.zero_length_message");

START_TEST(read_of_no_bytes)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 0);
    put(pipe.client, "message", 7);
    char byte;
    DWORD got = 99;

    BOOL read = ReadFile(pipe.server, &byte, 0, &got, NULL);

    record_result("ReadFile of 0 bytes of a message", read);
    expect_number(got, 0);
    expect_read(pipe.server, "message", 7);
}
END_TEST
COVERS(read_of_no_bytes, "npipe.read.zero_request");

static DWORD read_what_comes(void *end)
{
    char bytes[8];
    DWORD got = 99;
    BOOL read = ReadFile(end, bytes, sizeof(bytes), &got, NULL);
    return read ? got : 99;
}

START_TEST(write_of_no_bytes_to_a_waiting_reader)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    struct thread *reader = thread_start(read_what_comes, pipe.server);
    expect_stays_unsignaled(reader->handle);
    DWORD written = 99;

    BOOL wrote = WriteFile(pipe.client, "", 0, &written, NULL);

    expect_succeeded(wrote);
    bool woken = settles(reader->handle);
    record("a reader of a byte pipe when 0 bytes are written", "%s",
           woken ? "returns" : "goes on waiting");
    if (!woken)
        put(pipe.client, "x", 1);
    expect_true(thread_join(reader) <= 1); /* the 0 bytes may also be found later */
}
END_TEST
COVERS(write_of_no_bytes_to_a_waiting_reader, "npipe.read.zero_length_byte_type");
