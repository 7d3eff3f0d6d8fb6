/* The level at which a server impersonates: that of the client of this instance, and of now. */
#include "npipe.h"

static HANDLE client_at(const WCHAR *name, DWORD level)
{
    HANDLE client = open_client(name, READ_WRITE, SECURITY_SQOS_PRESENT | level);
    put(client, "who", 3);
    return client;
}

static HANDLE server_of(const WCHAR *name, DWORD level, HANDLE *client)
{
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 2);
    *client = client_at(name, level);
    expect_read(server, "who", 3);
    return server;
}

/* The level of the thread's token. Reverts. */
static DWORD own_level(void)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    DWORD size = 0;
    HANDLE token = NULL;
    require(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
    require(RevertToSelf());
    require(GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size));
    return level;
}

static const struct order {
    struct row row;
    DWORD first, second; /* of CreateFile */
} orders[] = {
    {{"lower", NULL}, SECURITY_IMPERSONATION, SECURITY_IDENTIFICATION},
    {{"higher", NULL}, SECURITY_IDENTIFICATION, SECURITY_IMPERSONATION},
};

static DWORD level_of(DWORD flag)
{
    return flag == SECURITY_IMPERSONATION ? SecurityImpersonation : SecurityIdentification;
}

START_TEST(next_client_is)
{
    const WCHAR *name = unique_pipe();
    HANDLE client, server = server_of(name, orders[_i].first, &client);
    expect_succeeded(ImpersonateNamedPipeClient(server));
    expect_number(own_level(), level_of(orders[_i].first));
    require(DisconnectNamedPipe(server));
    close_handle(&client);
    DWORD nowait = PIPE_NOWAIT;
    require(SetNamedPipeHandleState(server, &nowait, NULL, NULL));
    ConnectNamedPipe(server, NULL); /* offers the instance */
    client_at(name, orders[_i].second);
    expect_read(server, "who", 3);

    BOOL impersonates = ImpersonateNamedPipeClient(server);

    expect_succeeded(impersonates);
    expect_number(own_level(), level_of(orders[_i].second));
}
END_TEST
COVERS_ROWS(next_client_is, orders, "npipe.imp.level_of_the_next");

START_TEST(client_of_another_instance_is)
{
    const WCHAR *name = unique_pipe();
    HANDLE clients[2], first = server_of(name, orders[_i].first, &clients[0]);
    HANDLE second = server_of(name, orders[_i].second, &clients[1]);

    BOOL impersonates = ImpersonateNamedPipeClient(first);

    expect_succeeded(impersonates);
    expect_number(own_level(), level_of(orders[_i].first));
    expect_succeeded(ImpersonateNamedPipeClient(second));
    expect_number(own_level(), level_of(orders[_i].second));
}
END_TEST
COVERS_ROWS(client_of_another_instance_is, orders, "npipe.imp.level_of_each");
