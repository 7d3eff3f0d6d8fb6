/* DuplicateHandle with options, access and inheritance that are given together. */
#include "pipe/pipe.h"

static HANDLE new_event(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(event != NULL);
    return event;
}

static const struct together {
    struct row row;
    DWORD access, options;
    BOOL inherit;
} togethers[] = {
    {{"close_source_and_same_access", NULL},
     0,
     DUPLICATE_CLOSE_SOURCE | DUPLICATE_SAME_ACCESS,
     TRUE},
    {{"close_source", NULL}, EVENT_MODIFY_STATE, DUPLICATE_CLOSE_SOURCE, TRUE},
    {{"access", NULL}, EVENT_MODIFY_STATE, 0, TRUE},
    {{"access_alone", NULL}, EVENT_MODIFY_STATE, 0, FALSE},
};

START_TEST(inheritance_with)
{
    const struct together *row = &togethers[_i];
    HANDLE event = new_event(), copy = NULL;
    DWORD flags = 99;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy,
                                      row->access, row->inherit, row->options);

    expect_succeeded(duplicated);
    require(GetHandleInformation(copy, &flags));
    expect_flags(flags, row->inherit ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
    expect_succeeded(SetEvent(copy));
}
END_TEST
COVERS_ROWS(inheritance_with, togethers, "handle.duplicate.inherit_with_options");

PEER(may_wait_and_not_set)
{
    HANDLE event = NULL;
    DWORD count = 0;
    require(ReadFile(peer_handle(0), &event, sizeof(event), &count, NULL));

    BOOL set = SetEvent(event);

    expect_failed(set, ERROR_ACCESS_DENIED);
    expect_signaled(event);
}

START_TEST(less_access_in_another_process)
{
    HANDLE event = new_event(), there = NULL;
    struct pipe_ends pipe = pipe_create();
    struct peer *peer = peer_start(may_wait_and_not_set, given_handle(pipe.read));
    require(SetEvent(event));
    DWORD count = 0;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), event, peer->info.hProcess, &there,
                                      SYNCHRONIZE, FALSE, 0);

    expect_succeeded(duplicated);
    expect_succeeded(WriteFile(pipe.write, &there, sizeof(there), &count, NULL));
    peer_join(peer);
}
END_TEST
COVERS(less_access_in_another_process, "handle.duplicate.desired_access_elsewhere");
