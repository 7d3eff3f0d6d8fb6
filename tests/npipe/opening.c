/* What CreateFile makes of its other parameters when it opens a pipe: slashes in the name, a
 * security descriptor, any value of bInheritHandle, rights one by one, no access at all. */
#include "npipe.h"

#include <sddl.h>
#include <wchar.h>

static HANDLE duplex(const WCHAR *name)
{
    return create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);
}

/* ---- The name ---- */

static const struct prefix {
    struct row row;
    const WCHAR *prefix;
} prefixes[] = {
    {{"every_slash", NULL}, L"//./pipe/"},
    {{"the_first_two", NULL}, L"//.\\pipe\\"},
    {{"the_last_one", NULL}, L"\\\\.\\pipe/"},
};

START_TEST(forward)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = duplex(name);
    WCHAR other[300];
    wcscpy(other, prefixes[_i].prefix);
    wcscat(other, name + wcslen(L"\\\\.\\pipe\\"));

    HANDLE client = CreateFileW(other, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_bytes_flow(client, server);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS_ROWS(forward, prefixes, "npipe.opened.slashes");

START_TEST(forward_in_ansi)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = duplex(name);
    char other[300] = "//./pipe/";
    require(WideCharToMultiByte(CP_ACP, 0, name + wcslen(L"\\\\.\\pipe\\"), -1,
                                other + strlen(other), 200, NULL, NULL));

    HANDLE client = CreateFileA(other, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_bytes_flow(client, server);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS(forward_in_ansi, "npipe.opened.slashes");

/* ---- Attributes ---- */

/* The list of the pipe as text. */
static WCHAR *list_of(HANDLE pipe)
{
    static char descriptor[0x1000];
    DWORD needed = 0;
    WCHAR *text = NULL;
    require(GetKernelObjectSecurity(pipe, DACL_SECURITY_INFORMATION, descriptor, sizeof(descriptor),
                                    &needed));
    require(ConvertSecurityDescriptorToStringSecurityDescriptorW(
        descriptor, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &text, NULL));
    return text;
}

START_TEST(descriptor_of_a_client_is_ignored)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = duplex(name);
    duplex(name);
    SECURITY_ATTRIBUTES nobody = {.nLength = sizeof(nobody), .bInheritHandle = TRUE};
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        L"D:", SDDL_REVISION_1, &nobody.lpSecurityDescriptor, NULL));
    WCHAR *before = list_of(server);
    DWORD flags = 0;

    HANDLE client = CreateFileW(name, READ_WRITE, 0, &nobody, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_text(list_of(server), before);
    expect_bytes_flow(client, server);
    require(GetHandleInformation(client, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_handle(client);
}
END_TEST
COVERS(descriptor_of_a_client_is_ignored, "npipe.opened.descriptor_ignored");

static const struct nonzero {
    struct row row;
    BOOL inherit;
} nonzeros[] = {
    {{"is_2", NULL}, 2},
    {{"is_256", NULL}, 256},
    {{"is_minus_1", NULL}, -1},
};

START_TEST(handle_is_inheritable_when_the_flag)
{
    const WCHAR *name = unique_pipe();
    duplex(name);
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, nonzeros[_i].inherit};
    DWORD flags = 0;

    HANDLE client = CreateFileW(name, READ_WRITE, 0, &attributes, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    require(GetHandleInformation(client, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(handle_is_inheritable_when_the_flag, nonzeros, "npipe.opened.inherit_nonzero");

/* ---- No access ---- */

START_TEST(handle_without_access)
{
    const WCHAR *name = unique_pipe();
    duplex(name);
    char byte = 0;
    DWORD count = 0;

    HANDLE client = CreateFileW(name, 0, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_flags(GetFileType(client), FILE_TYPE_PIPE, FILE_TYPE_NAMES);
    BOOL wrote = WriteFile(client, "x", 1, &count, NULL);
    expect_failed(wrote, ERROR_ACCESS_DENIED);
    BOOL read = ReadFile(client, &byte, 1, &count, NULL);
    expect_failed(read, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(handle_without_access, "npipe.opened.no_access");

/* ---- Rights by their own names ---- */

static const struct right {
    struct row row;
    DWORD access;
    bool reads, writes;
} rights[] = {
    {{"file_generic_read", NULL}, FILE_GENERIC_READ, true, false},
    {{"file_generic_write", NULL}, FILE_GENERIC_WRITE, false, true},
    {{"both", NULL}, FILE_GENERIC_READ | FILE_GENERIC_WRITE, true, true},
    {{"file_read_data", NULL}, FILE_READ_DATA, true, false},
    {{"file_write_data", NULL}, FILE_WRITE_DATA, false, true},
    {{"generic_all", NULL}, GENERIC_ALL, true, true},
};

START_TEST(client_with)
{
    const struct right *row = &rights[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = duplex(name);
    char byte = 0;
    DWORD count = 0;

    HANDLE client = CreateFileW(name, row->access, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    if (row->reads)
        expect_bytes_flow(server, client);
    else
        expect_failed(ReadFile(client, &byte, 1, &count, NULL), ERROR_ACCESS_DENIED);
    if (row->writes)
        expect_bytes_flow(client, server);
    else
        expect_failed(WriteFile(client, "x", 1, &count, NULL), ERROR_ACCESS_DENIED);
}
END_TEST
COVERS_ROWS(client_with, rights, "npipe.opened.specific_rights");

static const struct wrong {
    struct row row;
    DWORD direction, wrong, right;
} wrongs[] = {
    {{"reading_an_inbound_pipe", NULL}, PIPE_ACCESS_INBOUND, FILE_READ_DATA, FILE_WRITE_DATA},
    {{"writing_an_outbound_pipe", NULL}, PIPE_ACCESS_OUTBOUND, FILE_WRITE_DATA, FILE_READ_DATA},
};

START_TEST(client_is_refused)
{
    const struct wrong *row = &wrongs[_i];
    const WCHAR *name = unique_pipe();
    create_instance(name, row->direction, 0, 1);

    HANDLE client = CreateFileW(name, row->wrong, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_ACCESS_DENIED);
    expect_handle(CreateFileW(name, row->right, 0, NULL, OPEN_EXISTING, 0, NULL));
}
END_TEST
COVERS_ROWS(client_is_refused, wrongs, "npipe.opened.specific_rights_one_way");
