/* What a completion routine is told of a receive that fails, whose the WSAOVERLAPPED is then, and
 * buffers that nothing came for. */
#include "winsock.h"

static unsigned runs;
static DWORD told_error, told_count;
static WSAOVERLAPPED *told_operation;

static void CALLBACK note(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    (void)flags;
    runs++;
    told_error = error, told_count = count, told_operation = operation;
}

/* What the system writes to while an operation is pending, even after a test has failed. */
static WSAOVERLAPPED pending;
static char first[8], second[8];
static WSABUF buffers[] = {{sizeof(first), first}, {sizeof(second), second}};

static void begin_receive(SOCKET s, WSAOVERLAPPED *operation,
                          LPWSAOVERLAPPED_COMPLETION_ROUTINE routine)
{
    static DWORD flags;
    memset(first, 0x5C, sizeof(first));
    memset(second, 0x5C, sizeof(second));
    require(WSARecv(s, buffers, 2, NULL, &flags, operation, routine) == SOCKET_ERROR &&
            GetLastError() == WSA_IO_PENDING);
}

/* ---- A receive that fails */

static void cancel(struct stream_pair *pair)
{
    require(CancelIoEx((HANDLE)pair->client, (OVERLAPPED *)&pending));
}

static void close_it(struct stream_pair *pair)
{
    socket_close(pair->client);
}

static void reset(struct stream_pair *pair)
{
    struct linger now = {.l_onoff = 1};
    require(setsockopt(pair->server, SOL_SOCKET, SO_LINGER, (char *)&now, sizeof(now)) == 0);
    socket_close(pair->server);
}

static const struct {
    struct row row;
    void (*end)(struct stream_pair *pair);
} ends[] = {
    {{"cancelling", NULL}, cancel},
    {{"closing", NULL}, close_it},
    {{"a_reset", NULL}, reset},
};

START_TEST(nothing_is_counted_after)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    told_count = 99;
    begin_receive(pair.client, &pending, note);

    ends[_i].end(&pair);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_number(told_count, 0);
    expect_true(told_error != 0);
    expect_pointer(told_operation, &pending);
}
END_TEST
COVERS_ROWS(nothing_is_counted_after, ends, "winsock.routine_arguments.no_count");

/* ---- The structure */

static void CALLBACK frees(DWORD error, DWORD count, WSAOVERLAPPED *operation, DWORD flags)
{
    note(error, count, operation, flags);
    require(VirtualFree(operation, 0, MEM_RELEASE));
}

START_TEST(structure_is_freed_by_its_routine)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    WSAOVERLAPPED *own = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    require(own != NULL);
    begin_receive(pair.client, own, frees);

    send_all(pair.server, "one", 3);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 1);
    expect_pointer(told_operation, own);
    expect_fault(try_write(own, 1), EXCEPTION_ACCESS_VIOLATION); /* nobody has it any more */
    begin_receive(pair.client, &pending, note);
    send_all(pair.server, "more", 4);
    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(runs, 2);
    expect_number(told_count, 4);
    expect_bytes(first, "more", 4);
}
END_TEST
COVERS(structure_is_freed_by_its_routine, "winsock.routine_arguments.structure");

/* ---- Buffers that nothing came for */

static const struct {
    struct row row;
    const char *text;
} texts[] = {
    {{"a_part_of_the_first", NULL}, "yes"},
    {{"the_first", NULL}, "12345678"},
    {{"a_part_of_the_second", NULL}, "123456789"},
};

START_TEST(completes_with)
{
    winsock_start();
    struct stream_pair pair = stream_pair_open();
    const char *text = texts[_i].text;
    DWORD length = (DWORD)strlen(text), in_first = min(length, sizeof(first));
    begin_receive(pair.client, &pending, note);

    send_all(pair.server, text, (int)length);

    expect_number(SleepEx(step_limit(), TRUE), WAIT_IO_COMPLETION);
    expect_number(told_error, 0);
    expect_number(told_count, length);
    expect_bytes(first, text, in_first);
    expect_filled(first + in_first, 0x5C, sizeof(first) - in_first);
    expect_bytes(second, text + in_first, length - in_first);
    expect_filled(second + length - in_first, 0x5C, sizeof(second) - length + in_first);
}
END_TEST
COVERS_ROWS(completes_with, texts, "winsock.routine_arguments.unused_buffers");
