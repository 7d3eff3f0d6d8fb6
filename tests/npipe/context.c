/* What a server sees of the token of a client: as it was when the client opened the pipe or as it
 * is when the client writes, and with or without what is not enabled. */
#include "npipe.h"

#include <stdlib.h>

/* A token like that of the process, for one thread. */
static HANDLE token_of_its_own(void)
{
    HANDLE process = NULL, token = NULL;
    require(OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE, &process));
    require(DuplicateTokenEx(process, TOKEN_IMPERSONATE | TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY,
                             NULL, SecurityImpersonation, TokenImpersonation, &token));
    return token;
}

static TOKEN_PRIVILEGES *privileges_of(HANDLE token)
{
    DWORD size = 0;
    GetTokenInformation(token, TokenPrivileges, NULL, 0, &size);
    TOKEN_PRIVILEGES *privileges = calloc(1, size + sizeof(*privileges));
    require(GetTokenInformation(token, TokenPrivileges, privileges, size, &size));
    return privileges;
}

/* A privilege that is enabled in the token. */
static LUID enabled_in(HANDLE token)
{
    const TOKEN_PRIVILEGES *all = privileges_of(token);
    for (DWORD i = 0; i < all->PrivilegeCount; i++)
        if (all->Privileges[i].Attributes & SE_PRIVILEGE_ENABLED)
            return all->Privileges[i].Luid;
    unresolved("no privilege of the process is enabled");
}

enum state { ABSENT, DISABLED, ENABLED };

static enum state state_of(HANDLE token, LUID privilege)
{
    const TOKEN_PRIVILEGES *all = privileges_of(token);
    for (DWORD i = 0; i < all->PrivilegeCount; i++)
        if (!memcmp(&all->Privileges[i].Luid, &privilege, sizeof(privilege)))
            return all->Privileges[i].Attributes & SE_PRIVILEGE_ENABLED ? ENABLED : DISABLED;
    return ABSENT;
}

static void disable(HANDLE token, LUID privilege)
{
    TOKEN_PRIVILEGES change = {.PrivilegeCount = 1, .Privileges = {{.Luid = privilege}}};
    require(AdjustTokenPrivileges(token, FALSE, &change, 0, NULL, NULL));
    require(state_of(token, privilege) == DISABLED);
}

/* Opens and writes as the thread with this token. */
static HANDLE open_as(HANDLE token, const WCHAR *name, DWORD flags)
{
    require(SetThreadToken(NULL, token));
    HANDLE client = open_client(name, READ_WRITE, flags);
    require(SetThreadToken(NULL, NULL));
    return client;
}

static void write_as(HANDLE token, HANDLE client)
{
    require(SetThreadToken(NULL, token));
    put(client, "x", 1);
    require(SetThreadToken(NULL, NULL));
}

/* What the token of the client is to the server, which reads a message before. */
static HANDLE token_seen_by(HANDLE server)
{
    HANDLE token = NULL;
    expect_read(server, "x", 1);
    expect_succeeded(ImpersonateNamedPipeClient(server));
    require(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    require(RevertToSelf());
    return token;
}

/* ---- When ---- */

static const struct tracking {
    struct row row;
    DWORD flags;
    enum state later;
} trackings[] = {
    {{"static", "npipe.context.static"}, SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION, ENABLED},
    {{"dynamic", "npipe.context.dynamic"},
     SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION | SECURITY_CONTEXT_TRACKING,
     DISABLED},
    {{"not_said", "npipe.impersonate.last_message_context"}, 0, DISABLED},
};

START_TEST(tracking)
{
    const struct tracking *row = &trackings[_i];
    HANDLE own = token_of_its_own();
    LUID privilege = enabled_in(own);
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    HANDLE client = open_as(own, name, row->flags);
    write_as(own, client);
    expect_number(state_of(token_seen_by(server), privilege), ENABLED);
    disable(own, privilege);
    write_as(own, client);

    HANDLE seen = token_seen_by(server);

    expect_number(state_of(seen, privilege), row->later);
    expect_number(state_of(own, privilege), DISABLED);
}
END_TEST
COVERS_ROWS(tracking, trackings);

/* ---- How much ---- */

static const struct aspects {
    struct row row;
    DWORD flags;
    enum state seen;
} aspect_rows[] = {
    {{"that_are_enabled", "npipe.context.effective_only"}, SECURITY_EFFECTIVE_ONLY, ABSENT},
    {{"of_all", "npipe.context.all_aspects"}, 0, DISABLED},
};

START_TEST(privileges)
{
    const struct aspects *row = &aspect_rows[_i];
    HANDLE own = token_of_its_own();
    LUID privilege = enabled_in(own);
    disable(own, privilege);
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    HANDLE client = open_as(own, name, SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION | row->flags);
    write_as(own, client);

    HANDLE seen = token_seen_by(server);

    expect_number(state_of(seen, privilege), row->seen);
    expect_number(state_of(own, privilege), DISABLED);
}
END_TEST
COVERS_ROWS(privileges, aspect_rows);
