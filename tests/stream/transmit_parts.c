/* What TransmitFile sends: parts of a file, head and tail, in blocks, and how it tells that it is
 * done.
 */
#include "transmit.h"

#include <stdlib.h>

static const struct part {
    struct row row;
    const char *head, *tail;
    bool file;
    int position;        /* of the file before the call */
    DWORD offset, count; /* of the call */
    DWORD block;
    const char *arrives;
} parts[] = {
    {{"some_bytes_from_an_offset", "stream.transmitfile.offset_and_count"},
     NULL,
     NULL,
     true,
     0,
     3,
     4,
     0,
     "3456"},
    {{"rest_between_head_and_tail", "stream.transmitfile.offset_and_buffers"},
     "head",
     "tail",
     true,
     0,
     8,
     0,
     0,
     "head89tail"},
    {{"offset_instead_of_position", "stream.transmitfile.offset_before_position"},
     NULL,
     NULL,
     true,
     6,
     1,
     0,
     0,
     "123456789"},
    {{"head_before_the_file", "stream.transmitfile.head_without_tail"},
     "head",
     NULL,
     true,
     0,
     0,
     0,
     0,
     "head" CONTENT},
    {{"tail_behind_the_file", "stream.transmitfile.tail_without_head"},
     NULL,
     "tail",
     true,
     0,
     0,
     0,
     0,
     CONTENT "tail"},
    {{"head_alone", "stream.transmitfile.head_without_file"},
     "head",
     NULL,
     false,
     0,
     0,
     0,
     0,
     "head"},
    {{"tail_alone", "stream.transmitfile.tail_without_file"},
     NULL,
     "tail",
     false,
     0,
     0,
     0,
     0,
     "tail"},
    {{"nothing_at_all", "stream.transmitfile.nothing_to_send"}, NULL, NULL, false, 0, 0, 0, 0, ""},
    {{"blocks_of_one_byte", "stream.transmitfile.block_size"},
     "head",
     "tail",
     true,
     0,
     0,
     0,
     1,
     "head" CONTENT "tail"},
    {{"blocks_of_seven_bytes", "stream.transmitfile.block_size"},
     "head",
     "tail",
     true,
     0,
     0,
     0,
     7,
     "head" CONTENT "tail"},
};

START_TEST(sends)
{
    winsock_start();
    const struct part *part = &parts[_i];
    struct stream_pair pair = stream_pair_open();
    HANDLE file = part->file ? file_with_content(0, part->position) : NULL;
    TRANSMIT_FILE_BUFFERS around = buffers_around(part->head, part->tail);
    OVERLAPPED *operation = operation_with_event();
    operation->Offset = part->offset;
    DWORD count = 4711;

    BOOL done = transmit_file(pair.client)(pair.client, file, part->count, part->block, operation,
                                           &around, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, strlen(part->arrives));
    socket_close(pair.client);
    expect_receives(pair.server, part->arrives, (int)strlen(part->arrives));
    expect_end_of_stream(pair.server);
}
END_TEST
COVERS_ROWS(sends, parts, "stream.transmitfile.overlapped_total_count");

/* ---- More than fits in between ---- */

enum { LARGE = 3 << 20 };

static HANDLE large_file(void)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_NEW, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    char *bytes = malloc(LARGE);
    DWORD written;
    require(file != INVALID_HANDLE_VALUE && bytes);
    pattern_fill(bytes, LARGE, 0);
    require(WriteFile(file, bytes, LARGE, &written, NULL) && written == LARGE);
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, NULL, FILE_BEGIN));
    free(bytes);
    return file;
}

/* Receives head, LARGE bytes, tail and the end of the stream. */
static DWORD receive_large(void *socket)
{
    SOCKET s = *(SOCKET *)socket;
    char *bytes = malloc(LARGE);
    expect_receives(s, "head", 4);
    int got = receive_all(s, bytes, LARGE);
    expect_socket_succeeded(got);
    expect_number(got, LARGE);
    expect_pattern(bytes, LARGE, 0);
    expect_receives(s, "tail", 4);
    expect_end_of_stream(s);
    free(bytes);
    return 0;
}

START_TEST(whole_of_a_large_file)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    struct thread *receiver = thread_start(receive_large, &pair.server);
    TRANSMIT_FILE_BUFFERS around = buffers_around("head", "tail");

    BOOL done = transmit_file(pair.client)(pair.client, large_file(), 0, 0, NULL, &around, 0);

    expect_succeeded(done);
    socket_close(pair.client);
    thread_join(receiver);
}
END_TEST
COVERS(whole_of_a_large_file, "stream.transmitfile.large_file");

/* ---- How the end is told ---- */

START_TEST(packet_of_the_port)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE port = CreateIoCompletionPort((HANDLE)pair.client, NULL, 4711, 0);
    require(port != NULL);
    static OVERLAPPED operation;
    OVERLAPPED *ended = NULL;
    DWORD count = 0;
    ULONG_PTR key = 0;

    BOOL done =
        transmit_file(pair.client)(pair.client, file_with_content(0, 0), 0, 0, &operation, NULL, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(GetQueuedCompletionStatus(port, &count, &key, &ended, step_limit()));
    expect_number(count, 10);
    expect_number(key, 4711);
    expect_pointer(ended, &operation);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(packet_of_the_port, "stream.transmitfile.completion_packet");

START_TEST(accepted_before_it_is_acknowledged)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = transmit_file(pair.client)(pair.client, file_with_content(0, 0), 0, 0, operation,
                                           NULL, TF_WRITE_BEHIND);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 10);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(accepted_before_it_is_acknowledged, "stream.transmitfile.write_behind");
