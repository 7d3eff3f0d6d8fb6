/* GetNamedPipeClientComputerName of a client on the same computer, which the page does not mention.
 */
#include "npipe.h"

START_TEST(name_of_a_local_client)
{
    optional_api(GetNamedPipeClientComputerNameW);
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    WCHAR name[64];

    BOOL told = GetNamedPipeClientComputerNameW(pipe.server, name, sizeof(name));

    record_result("local client", told);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(name_of_a_local_client, "npipe.computername.local_client");

START_TEST(ansi_name_of_a_local_client)
{
    optional_api(GetNamedPipeClientComputerNameA);
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    char name[64];

    BOOL told = GetNamedPipeClientComputerNameA(pipe.server, name, sizeof(name));

    record_result("local client", told);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(ansi_name_of_a_local_client, "npipe.computername.local_client");

START_TEST(name_asked_through_the_client)
{
    optional_api(GetNamedPipeClientComputerNameW);
    struct connection pipe = connect_duplex(PIPE_TYPE_BYTE, 0);
    WCHAR name[64];

    BOOL told = GetNamedPipeClientComputerNameW(pipe.client, name, sizeof(name));

    record_result("client end", told);
    expect_bytes_flow(pipe.client, pipe.server);
}
END_TEST
COVERS(name_asked_through_the_client, "npipe.computername.needs_server_handle");
