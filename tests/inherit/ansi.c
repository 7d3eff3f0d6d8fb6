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

static void ansi_words(char *words, int size, const struct peer *child)
{
    require(WideCharToMultiByte(CP_ACP, 0, child->command_line, -1, words, size, NULL, NULL));
}

START_TEST(list_of_create_process_a)
{
    struct pipe_ends listed = pipe_create(), other = pipe_create();
    HANDLE handles[] = {inheritable(listed.write)};
    inheritable(other.write);
    struct peer *child = peer_prepare(tell_who_writes, given_handle(listed.write));
    char words[2000];
    ansi_words(words, sizeof(words), child);
    STARTUPINFOEXA startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(handles, 1)};

    BOOL created = CreateProcessA(NULL, words, NULL, NULL, TRUE,
                                  CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&listed.write);
    close_handle(&other.write);
    expect_end_of_file(other.read); /* the child lives, and has no handle */
    require(ResumeThread(child->info.hThread) == 1);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(listed.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
    peer_join(child);
}
END_TEST
COVERS(list_of_create_process_a, "inherit.create_process.ansi_list");

PEER(runs)
{
}

static const struct which {
    struct row row;
    bool process;
} whiches[] = {
    {{"process", NULL}, true},
    {{"thread", NULL}, false},
};

START_TEST(create_process_a_makes_inheritable_the)
{
    bool process = whiches[_i].process;
    struct peer *child = peer_prepare(runs, given_number(0));
    char words[2000];
    ansi_words(words, sizeof(words), child);
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, TRUE};
    DWORD of_process = 99, of_thread = 99;

    BOOL created =
        CreateProcessA(NULL, words, process ? &attributes : NULL, process ? NULL : &attributes,
                       FALSE, 0, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    require(GetHandleInformation(child->info.hProcess, &of_process));
    require(GetHandleInformation(child->info.hThread, &of_thread));
    expect_number(of_process, process ? HANDLE_FLAG_INHERIT : 0);
    expect_number(of_thread, process ? 0 : HANDLE_FLAG_INHERIT);
    peer_join(child);
}
END_TEST
COVERS_ROWS(create_process_a_makes_inheritable_the, whiches,
            "inherit.create_process.ansi_attributes");
