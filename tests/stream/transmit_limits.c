/* TransmitFile at its limits: large offsets and files, counts behind the end. */
#include "transmit.h"

#include <winioctl.h>

#define LIMIT 2147483646ll /* the most bytes that one call transmits */

/* A file of SIZE bytes that begins with CONTENT; the others, which were never written, take no room
 * where the file system knows sparse files. */
static HANDLE large_file(LONGLONG size)
{
    HANDLE file = file_with_content(0, 0);
    DWORD unused;
    DeviceIoControl(file, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &unused, NULL);
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = size}, NULL, FILE_BEGIN));
    require(SetEndOfFile(file));
    return file;
}

START_TEST(offset_beyond_4_gib)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = large_file((1ll << 32) + 64);
    OVERLAPPED *operation = operation_with_event();
    operation->OffsetHigh = 1;
    DWORD count = 0;

    BOOL done = transmit_file(pair.client)(pair.client, file, 5, 0, operation, NULL, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 5);
    expect_receives(pair.server, "\0\0\0\0\0", 5);
}
END_TEST
COVERS(offset_beyond_4_gib, "stream.transmitfile.offset_high");

START_TEST(whole_of_a_file_that_is_too_large)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    HANDLE file = large_file(LIMIT + 1);
    OVERLAPPED *operation = operation_with_event();

    BOOL done = transmit_file(pair.client)(pair.client, file, 0, 0, operation, NULL, 0);

    expect_true(!done && GetLastError() != ERROR_IO_PENDING); /* with which error is not said */
}
END_TEST
COVERS(whole_of_a_file_that_is_too_large, "stream.transmitfile.too_large_file");

START_TEST(count_beyond_the_end)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done =
        transmit_file(pair.client)(pair.client, file_with_content(0, 0), 20, 0, operation, NULL, 0);

    if (!done && GetLastError() == ERROR_IO_PENDING)
        done = extension_result(pair.client, operation, &count);
    char text[80];
    record("TransmitFile of 20 bytes of a file of 10", "%s, count %lu",
           done ? "succeeds" : error_text(GetLastError(), text, sizeof(text)), count);
}
END_TEST
COVERS(count_beyond_the_end, "stream.transmitfile.count_beyond_end");

START_TEST(without_an_event_the_socket_tells)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    static OVERLAPPED operation;
    DWORD count = 0;

    BOOL done =
        transmit_file(pair.client)(pair.client, file_with_content(0, 0), 0, 0, &operation, NULL, 0);

    expect_true(done || GetLastError() == ERROR_IO_PENDING);
    expect_signaled((HANDLE)pair.client);
    expect_succeeded(GetOverlappedResult((HANDLE)pair.client, &operation, &count, FALSE));
    expect_number(count, 10);
    expect_receives(pair.server, CONTENT, 10);
}
END_TEST
COVERS(without_an_event_the_socket_tells, "stream.transmitfile.socket_signaled");
