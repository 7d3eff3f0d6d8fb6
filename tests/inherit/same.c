/* What an inherited handle is in the child: the same object, with the same access. */
#include "inherit.h"

PEER(answer_the_event)
{
    HANDLE question = peer_handle(0), answer = peer_handle(1);
    expect_signaled(question);
    expect_succeeded(SetEvent(answer));
}

START_TEST(both_processes_see_one_event)
{
    HANDLE question = event_create(TRUE), answer = event_create(TRUE);
    struct peer *child =
        peer_prepare(answer_the_event, given_handle(question), given_handle(answer));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    expect_not_signaled(answer);
    expect_succeeded(SetEvent(question));
    expect_signaled(answer);
    peer_join(child);
}
END_TEST
COVERS(both_processes_see_one_event, "inherit.same_object", "inherit.kinds_event");

PEER(wait_but_not_set)
{
    HANDLE event = peer_handle(0);
    expect_signaled(event);
    expect_failed(SetEvent(event), ERROR_ACCESS_DENIED);
}

START_TEST(access_is_that_of_the_parent)
{
    HANDLE event = event_create(FALSE), wait_only = NULL;
    require(SetEvent(event));
    require(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &wait_only,
                            SYNCHRONIZE, TRUE, 0));
    struct peer *child = peer_prepare(wait_but_not_set, given_handle(wait_only));
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    peer_join(child);
}
END_TEST
COVERS(access_is_that_of_the_parent, "inherit.same_access");
