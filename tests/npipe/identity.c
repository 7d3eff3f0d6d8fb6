/* Whose identity a server takes on, when, and for which thread. */
#include "npipe.h"

static bool has_token(void)
{
    HANDLE token = NULL;
    return OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token);
}

/* A server end that has read a message of its client. */
static struct connection connection_with_a_message(void)
{
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    expect_bytes_flow(pipe.client, pipe.server);
    return pipe;
}

START_TEST(before_a_client_has_come)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);

    BOOL impersonates = ImpersonateNamedPipeClient(server);

    record_result("ImpersonateNamedPipeClient before a client has come", impersonates);
    require(RevertToSelf());
    HANDLE client = open_client(name, READ_WRITE, 0);
    expect_bytes_flow(client, server);
    expect_succeeded(ImpersonateNamedPipeClient(server));
}
END_TEST
COVERS(before_a_client_has_come, "npipe.identity.no_client");

START_TEST(after_the_client_has_left)
{
    struct connection pipe = connection_with_a_message();
    close_handle(&pipe.client);

    BOOL impersonates = ImpersonateNamedPipeClient(pipe.server);

    expect_succeeded(impersonates);
    expect_true(has_token());
}
END_TEST
COVERS(after_the_client_has_left, "npipe.identity.client_left");

START_TEST(again_after_reverting)
{
    struct connection pipe = connection_with_a_message();
    require(ImpersonateNamedPipeClient(pipe.server));
    require(RevertToSelf());
    expect_bytes_flow(pipe.client, pipe.server);

    BOOL impersonates = ImpersonateNamedPipeClient(pipe.server);

    expect_succeeded(impersonates);
    expect_true(has_token());
    expect_succeeded(RevertToSelf());
    expect_true(!has_token());
}
END_TEST
COVERS(again_after_reverting, "npipe.identity.again", "npipe.impersonate.server_ok");

static DWORD impersonate(void *server)
{
    expect_succeeded(ImpersonateNamedPipeClient(server));
    return has_token();
}

static DWORD look(void *unused)
{
    (void)unused;
    return has_token();
}

START_TEST(one_thread_of_several)
{
    struct connection pipe = connection_with_a_message();

    DWORD had_token = thread_join(thread_start(impersonate, pipe.server));

    expect_number(had_token, TRUE);
    expect_true(!has_token());
    expect_number(thread_join(thread_start(look, NULL)), FALSE);
}
END_TEST
COVERS(one_thread_of_several, "npipe.identity.of_the_thread");
