/* CreateProcessA passes handles on as CreateProcessW does. */
#include "inherit.h"

PEER(tell_who_writes)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

static const struct passing {
    struct row row;
    BOOL inherit;
} passings[] = {
    {{"passes_inheritable_handles_on", NULL}, TRUE},
    {{"passes_nothing_on_with_inherit_false", NULL}, FALSE},
};

START_TEST(create_process_a)
{
    BOOL inherit = passings[_i].inherit;
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(tell_who_writes, given_handle(inheritable(pipe.write)));
    char words[2000];
    require(
        WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, sizeof(words), NULL, NULL));
    STARTUPINFOA startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessA(NULL, words, NULL, NULL, inherit, CREATE_SUSPENDED, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    if (!inherit) {
        expect_end_of_file(pipe.read);
        peer_kill(child);
        return;
    }
    require(ResumeThread(child->info.hThread) == 1);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
    peer_join(child);
}
END_TEST
COVERS_ROWS(create_process_a, passings, "inherit.create_process.ansi");
