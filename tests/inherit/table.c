/* The handle table of a child is its own; what it has can be inherited again; a thousand handles.
 */
#include "inherit.h"

PEER(close_and_tell)
{
    HANDLE end = peer_handle(0);
    expect_succeeded(CloseHandle(end));
    checkpoint_reach("child_closed");
    checkpoint_wait("parent_wrote");
}

START_TEST(closing_in_the_child_leaves_the_parents_open)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(close_and_tell, given_handle(inheritable(pipe.write)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    checkpoint_wait("child_closed");
    expect_written(pipe.write, "still open");
    expect_arrives(pipe.read, "still open");
    checkpoint_reach("parent_wrote");
    peer_join(child);
}
END_TEST
COVERS(closing_in_the_child_leaves_the_parents_open, "inherit.only_valid_in_child");

/* ---- Grandchildren ---- */

PEER(tell_who_writes)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

static const struct generation {
    struct row row;
    bool clears;
    BOOL inherit;
    bool reaches;
} generations[] = {
    {{"when_inherited_again", NULL}, false, TRUE, true},
    {{"not_when_the_child_clears_the_flag", NULL}, true, TRUE, false},
    {{"not_with_inherit_false", NULL}, false, FALSE, false},
};

/* Creates a grandchild, and says which process it is; one that does not get the handle is never
 * run. */
PEER(pass_on)
{
    const struct generation *row = &generations[peer_number(0)];
    HANDLE end = peer_handle(0);
    require(SetHandleInformation(peer_handle(1), HANDLE_FLAG_INHERIT, 0));
    if (row->clears)
        require(SetHandleInformation(end, HANDLE_FLAG_INHERIT, 0));
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, row->inherit,
                       row->reaches ? 0 : CREATE_SUSPENDED, NULL, NULL, &startup, &child->info);
    expect_succeeded(created);
    close_handle(&end);
    if (row->reaches) {
        expect_succeeded(WriteFile(peer_handle(1), &child->info.dwProcessId,
                                   sizeof(child->info.dwProcessId), &(DWORD){0}, NULL));
        peer_join(child);
        return;
    }
    checkpoint_reach("created");
    checkpoint_wait("looked");
    peer_kill(child);
}

START_TEST(grandchild_has_it)
{
    const struct generation *row = &generations[_i];
    struct pipe_ends pipe = pipe_create(), ids = pipe_create();
    struct peer *child = peer_prepare(pass_on, given_handle(inheritable(pipe.write)),
                                      given_handle(inheritable(ids.write)), given_number(_i));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                           &child->info));
    close_handle(&pipe.write);
    if (row->reaches) {
        DWORD writer = 0, grandchild = 0, count = 0;
        expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
        expect_succeeded(ReadFile(ids.read, &grandchild, sizeof(grandchild), &count, NULL));
        expect_number(writer, grandchild);
    } else {
        checkpoint_wait("created");
        expect_end_of_file(pipe.read);
        checkpoint_reach("looked");
    }
    peer_join(child);
}
END_TEST
COVERS_ROWS(grandchild_has_it, generations, "inherit.create_process.inherit.grandchild");
TAKES(grandchild_has_it, 30);

/* ---- What the child uses was closed by the parent before it ran ---- */

START_TEST(handle_is_there_before_the_child_runs)
{
    struct pipe_ends pipe = pipe_create();
    struct peer *child = peer_prepare(tell_who_writes, given_handle(inheritable(pipe.write)));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    expect_true(has_writer(pipe.read));
    require(ResumeThread(child->info.hThread) == 1);
    peer_join(child);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
}
END_TEST
COVERS(handle_is_there_before_the_child_runs, "inherit.create_process.returns_before_init");

/* ---- A thousand ---- */

#define MANY 1000

PEER(set_them_all)
{
    for (unsigned i = 0; i < MANY; i++)
        expect_succeeded(SetEvent(peer_handle(i)));
}

START_TEST(thousand_handles)
{
    static struct given events[MANY + 1];
    for (unsigned i = 0; i < MANY; i++)
        events[i] = given_handle(event_create(TRUE));
    events[MANY].kind = GIVEN_END;
    struct peer *child = peer_prepare_with(set_them_all, events);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
    for (unsigned i = 0; i < MANY; i++)
        expect_number(WaitForSingleObject(events[i].handle, 0), WAIT_OBJECT_0);
}
END_TEST
COVERS(thousand_handles, "inherit.create_process.inherit.thousand");
TAKES(thousand_handles, 30);
