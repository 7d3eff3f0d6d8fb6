/* What CreateFile gives a client: any instance that is free, of whichever share mode, inheritance
 * and flags. */
#include "npipe.h"

static HANDLE three_at_most(const WCHAR *name)
{
    return create_instance(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 3);
}

static const struct free_one {
    struct row row;
    int free;
} free_ones[] = {
    {{"first", NULL}, 0},
    {{"second", NULL}, 1},
    {{"third", NULL}, 2},
};

/* All three have had a client; one is offered again. */
START_TEST(free_instance_is_the)
{
    const WCHAR *name = unique_pipe();
    HANDLE servers[3], clients[3];
    OVERLAPPED connecting;
    int free = free_ones[_i].free;
    for (int i = 0; i < 3; i++) {
        servers[i] = three_at_most(name);
        clients[i] = open_client(name, READ_WRITE, 0);
    }
    require(DisconnectNamedPipe(servers[free]));
    offer(servers[free], &connecting);

    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    expect_signaled(connecting.hEvent);
    for (int i = 0; i < 3; i++) {
        expect_bytes_flow(i == free ? client : clients[i], servers[i]);
        expect_bytes_flow(servers[i], i == free ? client : clients[i]);
    }
    client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(client, ERROR_PIPE_BUSY);
}
END_TEST
COVERS_ROWS(free_instance_is_the, free_ones, "npipe.opened.any_free");

static const struct sharing {
    struct row row;
    DWORD share;
} sharings[] = {
    {{"not_shared", NULL}, 0},
    {{"for_reading", NULL}, FILE_SHARE_READ},
    {{"for_both", NULL}, FILE_SHARE_READ | FILE_SHARE_WRITE},
};

START_TEST(second_client_of_one_shared)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    DWORD share = sharings[_i].share;

    HANDLE client = CreateFileW(name, READ_WRITE, share, NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    HANDLE second = CreateFileW(name, READ_WRITE, share, NULL, OPEN_EXISTING, 0, NULL);
    expect_invalid_handle(second, ERROR_PIPE_BUSY);
    expect_bytes_flow(client, server);
    expect_bytes_flow(server, client);
}
END_TEST
COVERS_ROWS(second_client_of_one_shared, sharings, "npipe.opened.one_client");

static const struct inheritance {
    struct row row;
    bool given;
    BOOL inherit;
} inheritances[] = {
    {{"no_attributes", NULL}, false, FALSE},
    {{"inheritable", NULL}, true, TRUE},
    {{"not_inheritable", NULL}, true, FALSE},
};

START_TEST(handle_of_a_client)
{
    const struct inheritance *row = &inheritances[_i];
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, row->inherit};
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, 0, 1);
    DWORD flags = 99;

    HANDLE client =
        CreateFileW(name, READ_WRITE, 0, row->given ? &attributes : NULL, OPEN_EXISTING, 0, NULL);

    expect_handle(client);
    require(GetHandleInformation(client, &flags));
    expect_flags(flags, row->inherit ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
    require(GetHandleInformation(server, &flags));
    expect_flags(flags, 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(handle_of_a_client, inheritances, "npipe.opened.inheritance");

static const struct flags {
    struct row row;
    DWORD flags;
} flags[] = {
    {{"write_through", "npipe.opened.write_through"}, FILE_FLAG_WRITE_THROUGH},
    {{"effective_only", "npipe.opened.sqos"}, SECURITY_SQOS_PRESENT | SECURITY_EFFECTIVE_ONLY},
    {{"context_tracking", "npipe.opened.sqos"}, SECURITY_SQOS_PRESENT | SECURITY_CONTEXT_TRACKING},
    {{"anonymous", "npipe.opened.sqos"}, SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS},
    {{"delegation", "npipe.opened.sqos"}, SECURITY_SQOS_PRESENT | SECURITY_DELEGATION},
};

START_TEST(messages_flow_both_ways_with)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX, MESSAGES, 1);

    HANDLE client = CreateFileW(name, READ_WRITE, 0, NULL, OPEN_EXISTING, flags[_i].flags, NULL);

    expect_handle(client);
    set_mode(client, PIPE_READMODE_MESSAGE);
    for (int i = 0; i < 2; i++) {
        expect_bytes_flow(client, server);
        expect_bytes_flow(server, client);
    }
}
END_TEST
COVERS_ROWS(messages_flow_both_ways_with, flags);

static const struct through {
    struct row row;
    DWORD of_server, of_client;
} throughs[] = {
    {{"of_both", NULL}, FILE_FLAG_WRITE_THROUGH, FILE_FLAG_WRITE_THROUGH},
    {{"of_the_server", NULL}, FILE_FLAG_WRITE_THROUGH, 0},
    {{"of_the_client", NULL}, 0, FILE_FLAG_WRITE_THROUGH},
};

/* Unread bytes do not hold up a write on one computer. */
START_TEST(write_through)
{
    const WCHAR *name = unique_pipe();
    HANDLE server = create_instance(name, PIPE_ACCESS_DUPLEX | throughs[_i].of_server, 0, 1);
    HANDLE client = open_client(name, READ_WRITE, throughs[_i].of_client);
    DWORD written = 0;

    BOOL wrote = WriteFile(server, "one", 3, &written, NULL);

    expect_succeeded(wrote);
    expect_number(written, 3);
    put(client, "other", 5);
    put(server, "two", 3);
    expect_read(client, "onetwo", 6);
    expect_read(server, "other", 5);
}
END_TEST
COVERS_ROWS(write_through, throughs, "npipe.opened.write_through");
