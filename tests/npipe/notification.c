/* SetFileCompletionNotificationModes on named pipes: which ends of operations are told. */
#include "npipe.h"

static HANDLE port_of(HANDLE end)
{
    HANDLE port = CreateIoCompletionPort(end, NULL, 77, 0);
    require(port != NULL);
    return port;
}

/* The OVERLAPPED of the packet that is at the port now, NULL for none. */
static OVERLAPPED *packet_at(HANDLE port, DWORD time_out)
{
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *operation = NULL;
    GetQueuedCompletionStatus(port, &count, &key, &operation, time_out);
    return operation;
}

static const struct at_once {
    struct row row;
    bool writes;
    UCHAR modes;
} at_onces[] = {
    {{"read", "npipe.notification.skip"}, false, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS},
    {{"write", "npipe.notification.skip"}, true, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS},
    {{"read_with_both_modes", "npipe.notification.skip_with_both"},
     false,
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE},
    {{"write_with_both_modes", "npipe.notification.skip_with_both"},
     true,
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE},
    {{"read_with_the_other_mode", "npipe.notification.other_mode"},
     false,
     FILE_SKIP_SET_EVENT_ON_HANDLE},
    {{"write_with_the_other_mode", "npipe.notification.other_mode"},
     true,
     FILE_SKIP_SET_EVENT_ON_HANDLE},
};

START_TEST(operation_that_succeeds_at_once)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    static OVERLAPPED first, second;
    static char bytes[4], more[4];
    if (!at_onces[_i].writes)
        put(pipe.client, "abcd", 4);
    require(SetFileCompletionNotificationModes(pipe.server, at_onces[_i].modes));

    BOOL done = at_onces[_i].writes ? WriteFile(pipe.server, bytes, 4, NULL, &first)
                                    : ReadFile(pipe.server, bytes, 4, NULL, &first);

    expect_succeeded(done);
    if (at_onces[_i].modes == FILE_SKIP_SET_EVENT_ON_HANDLE)
        expect_pointer(packet_at(port, step_limit()), &first);

    /* The next packet is that of an operation that goes pending. */
    start_read(pipe.server, more, 4, &second);
    put(pipe.client, "efgh", 4);
    expect_pointer(packet_at(port, step_limit()), &second);
    expect_pointer(packet_at(port, 0), NULL);
}
END_TEST
COVERS_ROWS(operation_that_succeeds_at_once, at_onces);

START_TEST(pending_read_makes_a_packet)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    HANDLE port = port_of(pipe.server);
    static OVERLAPPED reading;
    static char bytes[4];

    BOOL set = SetFileCompletionNotificationModes(
        pipe.server, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE);

    expect_succeeded(set);
    start_read(pipe.server, bytes, 4, &reading);
    put(pipe.client, "abcd", 4);
    expect_pointer(packet_at(port, step_limit()), &reading);
    expect_bytes(bytes, "abcd", 4);
}
END_TEST
COVERS(pending_read_makes_a_packet, "npipe.notification.pending");

static const struct signal {
    struct row row;
    bool event;
    UCHAR modes;
} signals[] = {
    {{"handle", "npipe.notification.handle_stays"}, false, FILE_SKIP_SET_EVENT_ON_HANDLE},
    {{"handle_with_the_other_mode", "npipe.notification.handle_otherwise"},
     false,
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS},
    {{"handle_with_both_modes", "npipe.notification.handle_stays_with_both"},
     false,
     FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE},
    {{"event", "npipe.notification.event"}, true, FILE_SKIP_SET_EVENT_ON_HANDLE},
};

START_TEST(end_of_a_pending_read)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    OVERLAPPED reading = signals[_i].event ? overlapped_with_event() : (OVERLAPPED){.hEvent = NULL};
    HANDLE port = port_of(pipe.server);
    static char bytes[4];
    require(SetFileCompletionNotificationModes(pipe.server, signals[_i].modes));
    start_read(pipe.server, bytes, 4, &reading);
    expect_not_signaled(pipe.server);

    put(pipe.client, "abcd", 4);

    expect_pointer(packet_at(port, step_limit()), &reading);
    expect_bytes(bytes, "abcd", 4);
    if (signals[_i].event)
        expect_signaled(reading.hEvent);
    else if (signals[_i].modes & FILE_SKIP_SET_EVENT_ON_HANDLE)
        expect_not_signaled(pipe.server);
    else
        expect_signaled(pipe.server);
}
END_TEST
COVERS_ROWS(end_of_a_pending_read, signals);
