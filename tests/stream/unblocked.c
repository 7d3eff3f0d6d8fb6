/* Operations with an OVERLAPPED on nonblocking sockets, which pend there as anywhere: AcceptEx,
 * ConnectEx, WSASend, TransmitFile, ReadFile and WriteFile. */
#include "sockets.h"
#include "transmit.h"

enum { LARGE = 1 << 20 }; /* bytes */

/* What the system writes to while an operation is pending, even after a test has failed. */
static char room[2 * NAME_ROOM];

/* A connection without room for more from the client, which is nonblocking; how much has been
 * taken is in *TAKEN. */
static struct stream_pair full_pair(ULONGLONG *taken)
{
    struct stream_pair pair = stream_pair_open();
    *taken = fill(pair.client);
    set_nonblocking(pair.client, true);
    return pair;
}

/* Behind the bytes that had been TAKEN come those of the operation. */
static void expect_behind(SOCKET s, ULONGLONG taken, const char *bytes, unsigned size)
{
    static char got[LARGE];
    while (taken > 0) {
        int part = recv(s, got, taken < sizeof(got) ? (int)taken : (int)sizeof(got), 0);
        require(part > 0);
        taken -= (unsigned)part;
    }
    expect_number(receive_all(s, got, (int)size), size);
    expect_bytes(got, bytes, size);
}

START_TEST(accept_ex_pends)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_open(SOCK_STREAM);
    LPFN_ACCEPTEX accept_it = accept_ex(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    set_nonblocking(listener, true);
    set_nonblocking(s, true);

    BOOL done = accept_it(listener, s, room, 0, NAME_ROOM, NAME_ROOM, &count, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation->hEvent);
    stream_connect(socket_port(listener));
    expect_succeeded(extension_result(listener, operation, &count));
}
END_TEST
COVERS(accept_ex_pends, "stream.acceptex.nonblocking");

START_TEST(connect_ex_pends)
{
    winsock_start();
    SOCKET listener = stream_listen(), s = socket_bound(SOCK_STREAM);
    LPFN_CONNECTEX connect_it = connect_ex(s);
    struct sockaddr_in name = socket_name(listener);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    set_nonblocking(s, true);

    BOOL done =
        connect_it(s, (struct sockaddr *)&name, sizeof(name), "hello", 5, &count, operation);

    if (!done)
        expect_failed(done, ERROR_IO_PENDING);
    expect_succeeded(extension_result(s, operation, &count));
    expect_number(count, 5);
    expect_receives(stream_accept(listener), "hello", 5);
}
END_TEST
COVERS(connect_ex_pends, "stream.connectex.nonblocking");

START_TEST(transmit_file_pends)
{
    static TRANSMIT_FILE_BUFFERS around = {.Head = "hello", .HeadLength = 5};
    ULONGLONG taken;
    winsock_start();
    struct stream_pair pair = full_pair(&taken);
    LPFN_TRANSMITFILE transmit = transmit_file(pair.client);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;

    BOOL done = transmit(pair.client, NULL, 0, 0, operation, &around, 0);

    if (!done)
        expect_failed(done, ERROR_IO_PENDING);
    expect_behind(pair.server, taken, "hello", 5);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, 5);
}
END_TEST
COVERS(transmit_file_pends, "stream.transmitfile.nonblocking");

START_TEST(read_file_pends)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    set_nonblocking(pair.server, true);

    BOOL done = ReadFile((HANDLE)pair.server, room, sizeof(room), NULL, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation->hEvent);
    send_all(pair.client, "hello", 5);
    expect_succeeded(extension_result(pair.server, operation, &count));
    expect_number(count, 5);
    expect_bytes(room, "hello", 5);
}
END_TEST
COVERS(read_file_pends, "stream.handle.readfile_nonblocking");

/* How much of SIZE bytes comes. */
static ULONGLONG receive_many(SOCKET s, ULONGLONG size)
{
    static char got[LARGE];
    ULONGLONG total = 0;
    int part = 1;
    while (total < size && part > 0) {
        part = recv(s, got, size - total < LARGE ? (int)(size - total) : LARGE, 0);
        total += part > 0 ? (ULONGLONG)part : 0;
    }
    return total;
}

/* Where there is room for a part alone. */
START_TEST(wsasend_takes_all)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSABUF buffer = {.len = 16 * LARGE, .buf = zero_bytes(16 * LARGE)};
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    set_nonblocking(pair.client, true);

    int result = WSASend(pair.client, &buffer, 1, NULL, 0, operation, NULL);

    if (result != 0)
        expect_socket_failed(result, WSA_IO_PENDING);
    expect_number(receive_many(pair.server, buffer.len), buffer.len);
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, buffer.len);
}
END_TEST
COVERS(wsasend_takes_all, "stream.wsasend.nonblocking_whole");

/* ---- WriteFile where there is no room */

static const struct {
    struct row row;
    bool nonblocking;
} modes[] = {
    {{"blocking", "stream.handle.writefile_pends"}, false},
    {{"nonblocking", "stream.handle.writefile_nonblocking"}, true},
};

START_TEST(write_file_pends)
{
    static char bytes[LARGE];
    ULONGLONG taken;
    winsock_start();
    struct stream_pair pair = full_pair(&taken);
    OVERLAPPED *operation = operation_with_event();
    DWORD count = 0;
    pattern_fill(bytes, sizeof(bytes), 0);
    set_nonblocking(pair.client, modes[_i].nonblocking);

    BOOL done = WriteFile((HANDLE)pair.client, bytes, sizeof(bytes), NULL, operation);

    expect_failed(done, ERROR_IO_PENDING);
    expect_not_signaled(operation->hEvent);
    expect_behind(pair.server, taken, bytes, sizeof(bytes));
    expect_succeeded(extension_result(pair.client, operation, &count));
    expect_number(count, sizeof(bytes));
}
END_TEST
COVERS_ROWS(write_file_pends, modes);
