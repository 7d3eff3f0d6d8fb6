/* TransmitFile: a file, a part of it, and what goes before and after it. */
#include "transmit.h"

static const struct {
    struct row row;
    DWORD count;
    int position;
    const char *head, *tail;
    bool file;
    const char *arrives;
} parts[] = {
    {{"whole_file", "stream.transmitfile.whole_file"}, 0, 0, NULL, NULL, true, CONTENT},
    {{"first_bytes", "stream.transmitfile.count"}, 4, 0, NULL, NULL, true, "0123"},
    {{"from_its_position", "stream.transmitfile.current_offset_sync"},
     0,
     6,
     NULL,
     NULL,
     true,
     "6789"},
    {{"between_head_and_tail", "stream.transmitfile.head_tail"},
     3,
     0,
     "head",
     "tail",
     true,
     "head012tail"},
    {{"head_and_tail_alone", "stream.transmitfile.null_file_buffers_only"},
     0,
     0,
     "head",
     "tail",
     false,
     "headtail"},
};

START_TEST(sends)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = parts[_i].file ? file_with_content(0, parts[_i].position) : NULL;
    TRANSMIT_FILE_BUFFERS around = {.Head = (void *)parts[_i].head,
                                    .HeadLength = 4,
                                    .Tail = (void *)parts[_i].tail,
                                    .TailLength = 4};

    BOOL done = transmit_file(pair.client)(pair.client, file, parts[_i].count, 0, NULL,
                                           parts[_i].head ? &around : NULL, 0);

    expect_succeeded(done);
    socket_close(pair.client);
    expect_receives(pair.server, parts[_i].arrives, (int)strlen(parts[_i].arrives));
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(sends, parts, "stream.transmitfile.sync_returns_after_send");

START_TEST(offset_of_overlapped)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = file_with_content(0, 0);
    OVERLAPPED *operation = operation_with_event();
    operation->Offset = 7;
    DWORD count = 0;

    BOOL done = transmit_file(pair.client)(pair.client, file, 0, 0, operation, NULL, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 3);
    expect_receives(pair.server, "789", 3);
}
END_TEST
COVERS(offset_of_overlapped, "stream.transmitfile.overlapped_offset",
       "stream.transmitfile.overlapped_pending_count");

static const struct {
    struct row row;
    bool connected, shut_down;
    DWORD error;
} refusals[] = {
    {{"unconnected_socket", "stream.transmitfile.notconn"}, false, false, WSAENOTCONN},
    {{"socket_shut_down", "stream.transmitfile.after_shutdown"}, true, true, WSAESHUTDOWN},
};

START_TEST(refused_for)
{
    winsock_start();
    SOCKET s = refusals[_i].connected ? stream_pair_open().client : socket_bound(SOCK_STREAM);
    require(!refusals[_i].shut_down || shutdown(s, SD_SEND) == 0);

    BOOL done = transmit_file(s)(s, file_with_content(0, 0), 0, 0, NULL, NULL, 0);

    expect_failed(done, refusals[_i].error);
}
END_TEST
COVERS_ROWS(refused_for, refusals);

/* ---- A socket as a file handle ---- */

START_TEST(socket_is_written_and_read_as_a_file)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    char bytes[8];
    DWORD count = 0;
    BOOL written = WriteFile((HANDLE)pair.client, "bytes", 5, NULL, operation);
    expect_true(written || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 5);

    OVERLAPPED *reading = operation_with_event();
    BOOL got = ReadFile((HANDLE)pair.server, bytes, sizeof(bytes), NULL, reading);

    expect_true(got || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.server, reading, &count));
    expect_number(count, 5);
    expect_bytes(bytes, "bytes", 5);
}
END_TEST
COVERS(socket_is_written_and_read_as_a_file, "stream.handle.readfile_writefile");

static const struct {
    struct row row;
    DWORD flags;
} workers[] = {
    {{"default_worker", NULL}, TF_USE_DEFAULT_WORKER},
    {{"system_thread", NULL}, TF_USE_SYSTEM_THREAD},
    {{"kernel_apc", NULL}, TF_USE_KERNEL_APC},
};

START_TEST(whoever_does_the_work)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = file_with_content(0, 0);

    BOOL done = transmit_file(pair.client)(pair.client, file, 0, 0, NULL, NULL, workers[_i].flags);

    expect_succeeded(done);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS_ROWS(whoever_does_the_work, workers, "stream.transmitfile.worker_flags_equivalent");
