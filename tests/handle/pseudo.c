/* Pseudo handles that DuplicateHandle makes real ones of: for other processes, of other threads;
 * and the flags of a handle that two processes have. */
#include "handle.h"

#include "inherit/inherit.h"

PEER(has_a_handle_of_its_parent)
{
    HANDLE given = receive_value(peer_handle(0));

    expect_number(peer_number(0) ? GetProcessIdOfThread(given) : GetProcessId(given),
                  peer_number(1));
    if (peer_number(0))
        expect_number(GetThreadId(given), peer_number(2));
    expect_true(given != GetCurrentProcess() && given != GetCurrentThread());
}

static const struct pseudo {
    struct row row;
    bool thread;
} pseudos[] = {
    {{"of_the_process", "handle.pseudo.process_for_another"}, false},
    {{"of_the_thread", "handle.pseudo.thread_for_another"}, true},
};

START_TEST(for_another_process)
{
    bool thread = pseudos[_i].thread;
    struct pipe_ends pipe = pipe_create();
    struct peer *peer =
        peer_start(has_a_handle_of_its_parent, given_handle(pipe.read), given_number(thread),
                   given_number(GetCurrentProcessId()), given_number(GetCurrentThreadId()));
    HANDLE there = NULL;

    BOOL duplicated =
        DuplicateHandle(GetCurrentProcess(), thread ? GetCurrentThread() : GetCurrentProcess(),
                        peer->info.hProcess, &there, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    send_value(pipe.write, there);
    peer_join(peer);
}
END_TEST
COVERS_ROWS(for_another_process, pseudos);

static DWORD duplicate_own_handle(void *copy)
{
    expect_succeeded(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(),
                                     copy, 0, FALSE, DUPLICATE_SAME_ACCESS));
    return GetCurrentThreadId();
}

START_TEST(of_another_thread)
{
    HANDLE own = NULL, copy = NULL;
    duplicate_own_handle(&own);
    expect_number(GetThreadId(own), GetCurrentThreadId());

    DWORD id = thread_join(thread_start(duplicate_own_handle, &copy));

    expect_handle(copy);
    expect_number(GetThreadId(copy), id);
    expect_signaled(copy);
}
END_TEST
COVERS(of_another_thread, "handle.pseudo.of_another_thread");

/* ---- Flags ---- */

PEER(changes_the_flags)
{
    HANDLE inherited = peer_handle(0);
    DWORD flags = 99;
    expect_succeeded(GetHandleInformation(inherited, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);

    BOOL set = SetHandleInformation(inherited, HANDLE_FLAG_INHERIT | HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                    HANDLE_FLAG_PROTECT_FROM_CLOSE);

    expect_succeeded(set);
    expect_succeeded(GetHandleInformation(inherited, &flags));
    expect_flags(flags, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_NAMES);
    checkpoint_reach("set");
    checkpoint_wait("seen");
    require(SetHandleInformation(inherited, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
}

START_TEST(flags_of_an_inherited_handle)
{
    HANDLE event = inheritable(CreateEventW(NULL, TRUE, FALSE, NULL));
    struct peer *child = peer_prepare(changes_the_flags, given_handle(event));
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    DWORD flags = 99;

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup, &child->info);

    expect_succeeded(created);
    checkpoint_wait("set");
    expect_succeeded(GetHandleInformation(event, &flags));
    expect_flags(flags, HANDLE_FLAG_INHERIT, HANDLE_FLAG_NAMES);
    checkpoint_reach("seen");
    peer_join(child);
}
END_TEST
COVERS(flags_of_an_inherited_handle, "handle.flags.of_each_process");
