/* Handles of one object that were opened apart: what each can do, and what they share; and what
 * GetFileType says of a socket. */
#include "handle.h"

/* ---- Files ---- */

static HANDLE open_file(DWORD creation)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, creation, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    return file;
}

static DWORD position_of(HANDLE file)
{
    LARGE_INTEGER position = {.QuadPart = -1};
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, &position, FILE_CURRENT));
    return position.LowPart;
}

START_TEST(file_opened_twice_has_two_positions)
{
    HANDLE first = open_file(CREATE_NEW), copy = duplicate(first),
           second = open_file(OPEN_EXISTING);
    DWORD count = 0;

    BOOL wrote = WriteFile(first, "12345", 5, &count, NULL);

    expect_succeeded(wrote);
    expect_number(position_of(first), 5);
    expect_number(position_of(copy), 5);
    expect_number(position_of(second), 0);
    char read[5] = "";
    expect_succeeded(ReadFile(second, read, 2, &count, NULL));
    expect_bytes(read, "12", 2);
    expect_number(position_of(second), 2);
    expect_number(position_of(first), 5);
}
END_TEST
COVERS(file_opened_twice_has_two_positions, "handle.object.file_positions");

/* ---- Access rights of a further handle ---- */

static const struct right {
    struct row row;
    DWORD access;
    bool may_set, may_wait;
} rights[] = {
    {{"to_wait", NULL}, SYNCHRONIZE, false, true},
    {{"to_set", NULL}, EVENT_MODIFY_STATE, true, false},
    {{"to_do_both", NULL}, EVENT_MODIFY_STATE | SYNCHRONIZE, true, true},
};

START_TEST(event_opened)
{
    const struct right *row = &rights[_i];
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, name);
    require(event != NULL);

    HANDLE opened = OpenEventW(row->access, FALSE, name);

    expect_handle(opened);
    BOOL set = SetEvent(opened);
    if (row->may_set)
        expect_succeeded(set);
    else
        expect_failed(set, ERROR_ACCESS_DENIED);
    expect_succeeded(SetEvent(event));
    DWORD waited = WaitForSingleObject(opened, 0);
    expect_number(waited, row->may_wait ? WAIT_OBJECT_0 : WAIT_FAILED);
    expect_number(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
}
END_TEST
COVERS_ROWS(event_opened, rights, "handle.object.rights_of_each");

/* ---- Sockets ---- */

static const struct kind {
    struct row row;
    int type;
} kinds[] = {
    {{"of_a_stream", NULL}, SOCK_STREAM},
    {{"of_datagrams", NULL}, SOCK_DGRAM},
};

START_TEST(type_of_a_socket)
{
    WSADATA data;
    require(!WSAStartup(MAKEWORD(2, 2), &data));
    SOCKET socket_ = socket(AF_INET, kinds[_i].type, 0);
    require(socket_ != INVALID_SOCKET);

    DWORD type = GetFileType((HANDLE)socket_);

    expect_flags(type, FILE_TYPE_PIPE, FILE_TYPE_NAMES);
}
END_TEST
COVERS_ROWS(type_of_a_socket, kinds, "handle.object.socket_type");
