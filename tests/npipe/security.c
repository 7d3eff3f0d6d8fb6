/* Who may have a handle to a named pipe, with what access; and whom the server impersonates. */
#include "npipe.h"

#include <aclapi.h>
#include <sddl.h>

static SECURITY_ATTRIBUTES attributes_of(const WCHAR *sddl)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        sddl, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL));
    return attributes;
}

static HANDLE create_with(const WCHAR *name, const WCHAR *sddl, DWORD open_mode, DWORD instances)
{
    SECURITY_ATTRIBUTES attributes = attributes_of(sddl);
    return CreateNamedPipeW(name, open_mode, 0, instances, PIPE_BUFFER, PIPE_BUFFER, 0,
                            &attributes);
}

#define NOBODY L"D:"
#define EVERYBODY L"D:(A;;GA;;;WD)"
#define EVERYBODY_READS L"D:(A;;FR;;;WD)"
/* FILE_GENERIC_READ and FILE_GENERIC_WRITE, with and without FILE_CREATE_PIPE_INSTANCE (4). */
#define EVERYBODY_CREATES L"D:(A;;0x12019f;;;WD)"
#define EVERYBODY_CONNECTS L"D:(A;;0x12019b;;;WD)"

START_TEST(empty_list_keeps_clients_out)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_with(name, NOBODY, PIPE_ACCESS_DUPLEX, 1);
    expect_handle(server);

    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(empty_list_keeps_clients_out, "npipe.create.sa_descriptor");

static const struct client {
    struct row row;
    const WCHAR *sddl;
    DWORD access;
    bool opens;
} clients[] = {
    {{"everybody_lets_in", "npipe.create.sa_grants"}, EVERYBODY, READ_WRITE, true},
    {{"reading_lets_readers_in", "npipe.create.sa_grants"}, EVERYBODY_READS, GENERIC_READ, true},
    {{"reading_keeps_writers_out", "npipe.sec.both_ends"}, EVERYBODY_READS, GENERIC_WRITE, false},
};

START_TEST(list_of)
{
    const struct client *row = &clients[_i];
    const WCHAR *name = unique_pipe();
    HANDLE server = create_with(name, row->sddl, PIPE_ACCESS_DUPLEX, 1);
    expect_handle(server);

    HANDLE client = CreateFileW(name, row->access, 0, NULL, OPEN_EXISTING, 0, NULL);

    if (row->opens)
        expect_handle(client);
    else
        expect_invalid_handle(client, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS_ROWS(list_of, clients);

static const struct instance {
    struct row row;
    const WCHAR *sddl;
    bool created;
} instances[] = {
    {{"with_the_right_to_create_instances", "npipe.sec.generic_write_creates"},
     EVERYBODY_CREATES,
     true},
    {{"without_the_right_to_create_instances", "npipe.sec.instance_right"},
     EVERYBODY_CONNECTS,
     false},
};

START_TEST(further_instance)
{
    const WCHAR *name = unique_pipe();
    HANDLE first = create_with(name, instances[_i].sddl, PIPE_ACCESS_DUPLEX, 2);
    expect_handle(first);

    HANDLE second = create_with(name, instances[_i].sddl, PIPE_ACCESS_DUPLEX, 2);

    if (instances[_i].created)
        expect_handle(second);
    else
        expect_invalid_handle(second, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS_ROWS(further_instance, instances);

START_TEST(write_dac_lets_change_the_list)
{
    HANDLE server = create_with(unique_pipe(), EVERYBODY, PIPE_ACCESS_DUPLEX | WRITE_DAC, 1);
    expect_handle(server);
    SECURITY_ATTRIBUTES reading = attributes_of(EVERYBODY_READS);

    BOOL set =
        SetKernelObjectSecurity(server, DACL_SECURITY_INFORMATION, reading.lpSecurityDescriptor);

    expect_succeeded(set);
}
END_TEST
COVERS(write_dac_lets_change_the_list, "npipe.create.security_access_bits");

START_TEST(without_write_dac_the_list_stays)
{
    HANDLE server = create_with(unique_pipe(), EVERYBODY, PIPE_ACCESS_DUPLEX, 1);
    expect_handle(server);
    SECURITY_ATTRIBUTES reading = attributes_of(EVERYBODY_READS);

    BOOL set =
        SetKernelObjectSecurity(server, DACL_SECURITY_INFORMATION, reading.lpSecurityDescriptor);

    expect_failed(set, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(without_write_dac_the_list_stays, "npipe.create.security_access_bits");

/* The access mask of the only entry of a list. */
static DWORD mask_of(HANDLE pipe)
{
    static char descriptor[0x400];
    DWORD needed = 0;
    BOOL present = FALSE, defaulted = FALSE;
    ACL *list = NULL;
    ACCESS_ALLOWED_ACE *entry = NULL;
    expect_succeeded(GetKernelObjectSecurity(pipe, DACL_SECURITY_INFORMATION, descriptor,
                                             sizeof(descriptor), &needed));
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    expect_true(present && list != NULL && list->AceCount == 1);
    require(GetAce(list, 0, (void **)&entry));
    return entry->Mask;
}

START_TEST(list_can_be_read_and_changed)
{
    HANDLE server =
        create_with(unique_pipe(), EVERYBODY_CREATES, PIPE_ACCESS_DUPLEX | WRITE_DAC, 1);
    expect_handle(server);
    expect_number(mask_of(server), 0x12019F);
    SECURITY_ATTRIBUTES connecting = attributes_of(EVERYBODY_CONNECTS);

    BOOL set =
        SetKernelObjectSecurity(server, DACL_SECURITY_INFORMATION, connecting.lpSecurityDescriptor);

    expect_succeeded(set);
    expect_number(mask_of(server), 0x12019B);
}
END_TEST
COVERS(list_can_be_read_and_changed, "npipe.sec.get_set");

START_TEST(changed_list_keeps_clients_out)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_with(name, EVERYBODY, PIPE_ACCESS_DUPLEX | WRITE_DAC, 1);
    expect_handle(server);
    SECURITY_ATTRIBUTES none = attributes_of(NOBODY);
    require(SetKernelObjectSecurity(server, DACL_SECURITY_INFORMATION, none.lpSecurityDescriptor));

    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_invalid_handle(client, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(changed_list_keeps_clients_out, "npipe.sec.changed_list");

/* Whether the list grants all of MASK to the well-known SID, in one entry. */
static bool grants(ACL *list, WELL_KNOWN_SID_TYPE who, DWORD mask)
{
    char sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    require(CreateWellKnownSid(who, NULL, sid, &size));
    for (DWORD i = 0; i < list->AceCount; i++) {
        ACCESS_ALLOWED_ACE *entry = NULL;
        require(GetAce(list, i, (void **)&entry));
        if (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && EqualSid(&entry->SidStart, sid) &&
            (entry->Mask & mask) == mask)
            return true;
    }
    return false;
}

START_TEST(default_list)
{
    HANDLE server = create_instance(unique_pipe(), PIPE_ACCESS_DUPLEX, 0, 1);
    char descriptor[0x400];
    DWORD needed = 0;
    BOOL present = FALSE, defaulted = FALSE;
    ACL *list = NULL;

    BOOL got = GetKernelObjectSecurity(server, DACL_SECURITY_INFORMATION, descriptor,
                                       sizeof(descriptor), &needed);

    expect_succeeded(got);
    require(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    expect_true(present && list != NULL);
    expect_true(grants(list, WinLocalSystemSid, FILE_ALL_ACCESS));
    expect_true(grants(list, WinBuiltinAdministratorsSid, FILE_ALL_ACCESS));
    expect_true(grants(list, WinWorldSid, FILE_GENERIC_READ));
    expect_true(grants(list, WinAnonymousSid, FILE_GENERIC_READ));
}
END_TEST
COVERS(default_list, "npipe.create.default_sd");

/* ---- The rights of the server's handle ---- */

static const struct right {
    struct row row;
    DWORD open_mode, access;
} rights[] = {
    {{"inbound_is_waited_for", NULL}, PIPE_ACCESS_INBOUND, SYNCHRONIZE},
    {{"outbound_is_waited_for", NULL}, PIPE_ACCESS_OUTBOUND, SYNCHRONIZE},
    {{"inbound_reads", NULL}, PIPE_ACCESS_INBOUND, FILE_GENERIC_READ},
    {{"outbound_writes", NULL}, PIPE_ACCESS_OUTBOUND, FILE_WRITE_DATA | FILE_APPEND_DATA},
    {{"duplex_reads", NULL}, PIPE_ACCESS_DUPLEX, FILE_GENERIC_READ},
    {{"duplex_writes", NULL}, PIPE_ACCESS_DUPLEX, FILE_GENERIC_WRITE},
};

START_TEST(server_handle)
{
    HANDLE server = create_instance(unique_pipe(), rights[_i].open_mode, 0, 1), copy = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), server, GetCurrentProcess(), &copy,
                                      rights[_i].access, FALSE, 0);

    expect_succeeded(duplicated);
    expect_succeeded(CloseHandle(copy));
}
END_TEST
COVERS_ROWS(server_handle, rights, "npipe.sec.handle_rights");

/* ---- Impersonation ---- */

/* A server end that has read a message of a client that opened the pipe with FLAGS. */
static HANDLE server_of(DWORD flags, HANDLE *client)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    char byte;
    DWORD got = 0;
    *client = open_client(name, READ_WRITE, flags);
    put(*client, "x", 1);
    require(ReadFile(server, &byte, 1, &got, NULL));
    return server;
}

static void user_of(HANDLE token, void *user, DWORD size)
{
    require(GetTokenInformation(token, TokenUser, user, size, &size));
}

START_TEST(server_becomes_the_client_and_itself_again)
{
    HANDLE client, token = NULL, own = NULL;
    HANDLE server = server_of(0, &client);
    union {
        TOKEN_USER user;
        char room[200];
    } of_thread, of_process;

    BOOL impersonates = ImpersonateNamedPipeClient(server);

    expect_succeeded(impersonates);
    expect_succeeded(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    expect_succeeded(RevertToSelf());
    expect_failed(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &own), ERROR_NO_TOKEN);
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own));
    user_of(token, &of_thread, sizeof(of_thread));
    user_of(own, &of_process, sizeof(of_process));
    expect_true(EqualSid(of_thread.user.User.Sid, of_process.user.User.Sid));
}
END_TEST
COVERS(server_becomes_the_client_and_itself_again, "npipe.impersonate.server_ok",
       "npipe.impersonate.revert");

START_TEST(client_end_cannot_impersonate)
{
    HANDLE client;
    server_of(0, &client);

    BOOL impersonates = ImpersonateNamedPipeClient(client);

    expect_failed_somehow(impersonates);
    HANDLE token = NULL;
    expect_failed(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token), ERROR_NO_TOKEN);
}
END_TEST
COVERS(client_end_cannot_impersonate, "npipe.impersonate.client_end_refused");

static const struct level {
    struct row row;
    DWORD flags;
    SECURITY_IMPERSONATION_LEVEL level;
} levels[] = {
    {{"by_default", "npipe.imp.default_level"}, 0, SecurityImpersonation},
    {{"impersonation", "npipe.impersonate.level_rule"},
     SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION,
     SecurityImpersonation},
    {{"identification", "npipe.imp.sqos_level"},
     SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
     SecurityIdentification},
};

START_TEST(level)
{
    HANDLE client, token = NULL;
    HANDLE server = server_of(levels[_i].flags, &client);
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    DWORD size = 0;

    BOOL impersonates = ImpersonateNamedPipeClient(server);

    expect_succeeded(impersonates);
    require(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    require(RevertToSelf());
    require(GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size));
    expect_number(level, levels[_i].level);
}
END_TEST
COVERS_ROWS(level, levels);

START_TEST(user_name_of_the_client)
{
    HANDLE client;
    HANDLE server = server_of(SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION, &client);
    WCHAR name[300] = L"", own[300];
    DWORD size = 300;
    require(GetUserNameW(own, &size));

    BOOL got = GetNamedPipeHandleStateW(server, NULL, NULL, NULL, NULL, name, 300);

    expect_succeeded(got);
    expect_text(name, own);
}
END_TEST
COVERS(user_name_of_the_client, "npipe.getstate.username_server");
