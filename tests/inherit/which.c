/*
 * Which handles CreateProcess passes on: the inheritable ones, if bInheritHandles is TRUE, and of
 * those only the listed ones, if there is a handle list.
 */
#include "inherit.h"

static const struct way {
    struct row row;
    enum {
        PLAIN,
        INHERITABLE,
        SET_LATER,
        CLEARED_LATER,
        INHERITABLE_DUPLICATE,
        PLAIN_DUPLICATE
    } made;
    BOOL inherit; /* bInheritHandles */
    enum { NO_LIST, LISTED, UNLISTED } list;
} arriving[] =
    {
        {{"inheritable", "inherit.create_process.inherit.true_all"}, INHERITABLE, TRUE, NO_LIST},
        {{"set_by_set_handle_information", "handle.flags.set.inherit"}, SET_LATER, TRUE, NO_LIST},
        {{"inheritable_duplicate", "inherit.duplicate_changes"},
         INHERITABLE_DUPLICATE,
         TRUE,
         NO_LIST},
        {{"listed", "inherit.attribute.hlist.listed"}, INHERITABLE, TRUE, LISTED},
},
  staying[] = {
      {{"plain", "inherit.create_process.inherit.noninheritable_absent"}, PLAIN, TRUE, NO_LIST},
      {{"plain_and_inherit_false", "inherit.need_two_conditions"}, PLAIN, FALSE, NO_LIST},
      {{"inheritable_and_inherit_false", "inherit.need_two_conditions"},
       INHERITABLE,
       FALSE,
       NO_LIST},
      {{"cleared_by_set_handle_information", "handle.flags.set.clear_inherit"},
       CLEARED_LATER,
       TRUE,
       NO_LIST},
      {{"plain_duplicate", "inherit.duplicate_changes"}, PLAIN_DUPLICATE, TRUE, NO_LIST},
      {{"not_listed", "inherit.attribute.hlist.limits"}, INHERITABLE, TRUE, UNLISTED},
};

static HANDLE duplicate(HANDLE handle, BOOL inherit)
{
    HANDLE copy = NULL;
    require(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, inherit,
                            DUPLICATE_SAME_ACCESS));
    close_handle(&handle);
    return copy;
}

/* A pipe whose write end is made as WAY says; its read end is not inheritable. */
static struct pipe_ends pipe_made(const struct way *way)
{
    bool plain = way->made == PLAIN || way->made == SET_LATER || way->made == INHERITABLE_DUPLICATE;
    struct pipe_ends pipe = plain ? pipe_create() : pipe_create_inheritable();
    if (!plain)
        require(SetHandleInformation(pipe.read, HANDLE_FLAG_INHERIT, 0));
    if (way->made == SET_LATER)
        require(SetHandleInformation(pipe.write, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));
    if (way->made == CLEARED_LATER)
        require(SetHandleInformation(pipe.write, HANDLE_FLAG_INHERIT, 0));
    if (way->made == INHERITABLE_DUPLICATE || way->made == PLAIN_DUPLICATE)
        pipe.write = duplicate(pipe.write, way->made == INHERITABLE_DUPLICATE);
    return pipe;
}

/* LISTED handles are listed behind another; of the others, UNLISTED means that others are. */
static STARTUPINFOEXW startup_with(const struct way *way, HANDLE *two)
{
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup.StartupInfo)};
    if (way->list != NO_LIST) {
        startup.StartupInfo.cb = sizeof(startup);
        startup.lpAttributeList = handle_list(two, 2);
    }
    return startup;
}

/* Proves what the handle is: says through it which process has it. */
PEER(tell_who_writes)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

START_TEST(reaches_the_child)
{
    const struct way *way = &arriving[_i];
    struct pipe_ends pipe = pipe_made(way);
    HANDLE other = event_create(TRUE), listed[] = {other, pipe.write};
    struct peer *child =
        peer_prepare(tell_who_writes, given_handle(pipe.write), given_handle(other));
    STARTUPINFOEXW startup = startup_with(way, listed);
    DWORD flags = CREATE_SUSPENDED | (way->list == NO_LIST ? 0 : EXTENDED_STARTUPINFO_PRESENT);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, way->inherit, flags, NULL,
                                  NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    require(ResumeThread(child->info.hThread) == 1);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
    expect_number(count, sizeof(writer));
    expect_number(writer, child->info.dwProcessId);
    peer_join(child);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS_ROWS(reaches_the_child, arriving, "inherit.same_value", "pipe.redirect.close_after_create");

/* The child is never run: that the pipe has no writer left shows what it holds. */
START_TEST(does_not_reach_the_child)
{
    const struct way *way = &staying[_i];
    struct pipe_ends pipe = pipe_made(way);
    HANDLE other = event_create(TRUE), another = event_create(TRUE), listed[] = {other, another};
    struct peer *child =
        peer_prepare(tell_who_writes, given_handle(pipe.write), given_handle(other));
    STARTUPINFOEXW startup = startup_with(way, listed);
    DWORD flags = CREATE_SUSPENDED | (way->list == NO_LIST ? 0 : EXTENDED_STARTUPINFO_PRESENT);

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, way->inherit, flags, NULL,
                                  NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    expect_true(has_writer(pipe.read));
    close_handle(&pipe.write);
    expect_end_of_file(pipe.read);
    expect_not_signaled(child->info.hProcess);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(does_not_reach_the_child, staying);

START_TEST(inheritable_too_late)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(tell_who_writes, given_handle(pipe.write));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL,
                           NULL, &startup, &child->info));

    expect_succeeded(SetHandleInformation(pipe.write, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT));

    close_handle(&pipe.write);
    expect_end_of_file(pipe.read);
    peer_kill(child);
}
END_TEST
COVERS(inheritable_too_late, "inherit.create_process.inherit.snapshot");
