/* Calls whose results the pages leave open: overlapped handles without an OVERLAPPED, the user's
 * name asked for at the wrong end or with too little room; handles without access where reading is
 * denied; packets of what does not go pending; a connect that is in vain; names told by a handle.
 */
#include "npipe.h"

#include <aclapi.h>
#include <sddl.h>

/* ---- No OVERLAPPED ---- */

struct call {
    HANDLE end;
    BOOL done;
    DWORD error, count;
    char bytes[16];
};

static DWORD read_without(void *argument)
{
    struct call *call = argument;
    call->done = ReadFile(call->end, call->bytes, sizeof(call->bytes), &call->count, NULL);
    call->error = GetLastError();
    return 0;
}

static void record_call(const char *key, const struct call *call)
{
    char text[80];
    record(key, "%s, %lu bytes", call->done ? "TRUE" : error_text(call->error, text, sizeof(text)),
           call->count);
}

START_TEST(read_of_what_is_there)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct call call;
    call.end = pipe.server;
    put(pipe.client, "there", 5);

    thread_join(thread_start(read_without, &call));

    record_call("ReadFile without OVERLAPPED", &call);
}
END_TEST
COVERS(read_of_what_is_there, "npipe.read.no_overlapped");

START_TEST(read_of_what_is_to_come)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    static struct call call;
    call.end = pipe.server;
    struct thread *reader = thread_start(read_without, &call);

    bool waits = !settles(reader->handle);

    put(pipe.client, "late", 4);
    thread_join(reader);
    record("ReadFile of nothing without OVERLAPPED", waits ? "waits" : "returns");
    record_call("in the end", &call);
}
END_TEST
COVERS(read_of_what_is_to_come, "npipe.read.no_overlapped");

START_TEST(write_without_overlapped)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, FILE_FLAG_OVERLAPPED);
    DWORD written = 99, available = 0;

    BOOL wrote = WriteFile(pipe.client, "bytes", 5, &written, NULL);

    record_result("WriteFile without OVERLAPPED", wrote);
    require(PeekNamedPipe(pipe.server, NULL, 0, NULL, &available, NULL));
    record("bytes", "%lu told, %lu there", written, available);
}
END_TEST
COVERS(write_without_overlapped, "npipe.write.no_overlapped");

static DWORD answer(void *end)
{
    expect_read(end, "ask", 3);
    put(end, "answer", 6);
    return 0;
}

START_TEST(transaction_without_overlapped)
{
    struct connection pipe = connect_duplex(MESSAGES, FILE_FLAG_OVERLAPPED);
    set_mode(pipe.client, PIPE_READMODE_MESSAGE);
    struct thread *server = thread_start(answer, pipe.server);
    static char reply[16];
    DWORD got = 99;

    BOOL done =
        TransactNamedPipe(pipe.client, (char[]){"ask"}, 3, reply, sizeof(reply), &got, NULL);

    bool sent = done || GetLastError() == ERROR_IO_PENDING;
    record_result("TransactNamedPipe without OVERLAPPED", done);
    if (!sent)
        put(pipe.client, "ask", 3); /* the server waits for it */
    thread_join(server);
}
END_TEST
COVERS(transaction_without_overlapped, "npipe.transact.no_overlapped");

/* ---- The name of the user ---- */

static const struct asked {
    struct row row;
    bool client, ansi;
    DWORD room;
} askeds[] = {
    {{"client", "npipe.getstate.username_client"}, true, false, 300},
    {{"client_in_ansi", "npipe.getstatea.username_client"}, true, true, 300},
    {{"server_with_room_for_one", "npipe.getstate.username_room"}, false, false, 1},
    {{"server_with_room_for_one_in_ansi", "npipe.getstatea.username_room"}, false, true, 1},
};

START_TEST(user_name_for_a)
{
    const struct asked *row = &askeds[_i];
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    put(pipe.client, "x", 1);
    expect_read(pipe.server, "x", 1);
    HANDLE end = row->client ? pipe.client : pipe.server;
    WCHAR name[300] = {0};
    char name_a[300] = {0};

    BOOL told = row->ansi ? GetNamedPipeHandleStateA(end, NULL, NULL, NULL, NULL, name_a, row->room)
                          : GetNamedPipeHandleStateW(end, NULL, NULL, NULL, NULL, name, row->room);

    record_result("GetNamedPipeHandleState", told);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS_ROWS(user_name_for_a, askeds);

/* ---- No access ---- */

/* FILE_GENERIC_READ and FILE_GENERIC_WRITE without FILE_READ_DATA. */
#define EVERYBODY_BUT_NOT_DATA L"D:(A;;0x12019e;;;WD)"

START_TEST(no_access_where_reading_is_denied)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        EVERYBODY_BUT_NOT_DATA, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL));
    const WCHAR *name = unique_pipe();
    require(CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, 0, 1, PIPE_BUFFER, PIPE_BUFFER, 0,
                             &attributes) != INVALID_HANDLE_VALUE);
    HANDLE reader = CreateFileW(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(reader, ERROR_ACCESS_DENIED);

    HANDLE client = CreateFileW(name, 0, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_flags(GetFileType(client), FILE_TYPE_PIPE, FILE_TYPE_NAMES);
    char byte;
    DWORD count = 0;
    expect_failed(ReadFile(client, &byte, 1, &count, NULL), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(no_access_where_reading_is_denied, "npipe.opened.no_access_denied_reading");

/* ---- What is told of an operation that does not go pending, and of a connect that is in vain ----
 */

START_TEST(packet_when_a_client_was_first)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    HANDLE port = CreateIoCompletionPort(server, NULL, 77, 0);
    require(port != NULL);
    open_client(name, READ_WRITE, 0);
    static OVERLAPPED connecting;
    DWORD count;
    ULONG_PTR key;
    OVERLAPPED *which = NULL;

    BOOL connected = ConnectNamedPipe(server, &connecting);

    expect_failed(connected, ERROR_PIPE_CONNECTED);
    GetQueuedCompletionStatus(port, &count, &key, &which, 0);
    record("packet of ERROR_PIPE_CONNECTED", which ? "yes" : "no");
}
END_TEST
COVERS(packet_when_a_client_was_first, "npipe.port.connected_before");

START_TEST(disconnect_while_a_connect_is_pending)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1);
    static OVERLAPPED connecting;
    offer(server, &connecting);
    DWORD count;

    BOOL disconnected = DisconnectNamedPipe(server);

    record_result("DisconnectNamedPipe", disconnected);
    bool ended = settles(connecting.hEvent);
    BOOL connected = GetOverlappedResult(server, &connecting, &count, FALSE);
    record_result(ended ? "connect that has ended" : "connect that goes on", connected);
}
END_TEST
COVERS(disconnect_while_a_connect_is_pending, "npipe.disconnect.while_connecting");

/* ---- The name of a pipe that is known by a handle ---- */

static const struct end_of_it {
    struct row row;
    bool client;
} ends_of_it[] = {
    {{"server", NULL}, false},
    {{"client", NULL}, true},
};

START_TEST(name_by_the_handle_of)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    const WCHAR *name = wcsrchr(pipe.name, L'\\');
    union {
        FILE_NAME_INFO info;
        WCHAR room[512];
    } told = {0};

    BOOL got = GetFileInformationByHandleEx(ends_of_it[_i].client ? pipe.client : pipe.server,
                                            FileNameInfo, &told, sizeof(told) - sizeof(WCHAR));

    record_result("GetFileInformationByHandleEx", got);
    if (got) {
        told.info.FileName[told.info.FileNameLength / sizeof(WCHAR)] = L'\0';
        expect_text(told.info.FileName, name);
    }
}
END_TEST
COVERS_ROWS(name_by_the_handle_of, ends_of_it, "npipe.name.by_handle");
