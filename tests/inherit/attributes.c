/* The attribute list of STARTUPINFOEX: how it is made, and its handle list and parent process. */
#include "inherit.h"

START_TEST(size_is_asked_for_first)
{
    SIZE_T size = 0;

    BOOL made = InitializeProcThreadAttributeList(NULL, 1, 0, &size);

    expect_failed(made, ERROR_INSUFFICIENT_BUFFER);
    expect_true(size > 0);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    expect_succeeded(InitializeProcThreadAttributeList(list, 1, 0, &size));
}
END_TEST
COVERS(size_is_asked_for_first, "inherit.attribute.init.size_query");

static LPPROC_THREAD_ATTRIBUTE_LIST empty_list(DWORD room)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, room, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    require(InitializeProcThreadAttributeList(list, room, 0, &size));
    return list;
}

START_TEST(unknown_attribute)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list(1);
    HANDLE event = event_create(TRUE);

    BOOL updated = UpdateProcThreadAttribute(list, 0, 0xFFF, &event, sizeof(event), NULL, NULL);

    expect_failed(updated, ERROR_NOT_SUPPORTED);
    expect_succeeded(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                               sizeof(event), NULL, NULL));
}
END_TEST
COVERS(unknown_attribute, "inherit.attribute.bad_key_size");

START_TEST(size_that_is_not_of_handles)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list(1);
    HANDLE events[2] = {event_create(TRUE), event_create(TRUE)};

    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, events,
                                             sizeof(events) - 1, NULL, NULL);

    expect_failed(updated, ERROR_BAD_LENGTH);
    expect_succeeded(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, events,
                                               sizeof(events), NULL, NULL));
}
END_TEST
COVERS(size_that_is_not_of_handles, "inherit.attribute.bad_key_size");

START_TEST(same_attribute_twice)
{
    HANDLE event = event_create(TRUE);
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list(2);
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                      sizeof(event), NULL, NULL));

    BOOL updated = UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                             sizeof(event), NULL, NULL);

    expect_failed(updated, ERROR_OBJECT_NAME_EXISTS);
}
END_TEST
COVERS(same_attribute_twice, "inherit.attribute.key_twice");

START_TEST(reserved_flags)
{
    HANDLE event = event_create(TRUE);
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list(1);

    BOOL updated = UpdateProcThreadAttribute(list, 1, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &event,
                                             sizeof(event), NULL, NULL);

    DWORD error = GetLastError();
    char text[80];
    record("UpdateProcThreadAttribute with dwFlags 1", "%s",
           updated ? "TRUE" : error_text(error, text, sizeof(text)));
    expect_succeeded(UpdateProcThreadAttribute(empty_list(1), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
                                               &event, sizeof(event), NULL, NULL));
}
END_TEST
COVERS(reserved_flags, "inherit.attribute.reserved");

/* ---- The handle list ---- */

PEER(tell_who_writes)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

static struct peer *start_with(LPPROC_THREAD_ATTRIBUTE_LIST list, HANDLE end)
{
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup), .lpAttributeList = list};
    BOOL created =
        CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
                       NULL, NULL, &startup.StartupInfo, &child->info);
    expect_succeeded(created);
    return child;
}

START_TEST(list_serves_two_children)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE end = inheritable(pipe.write);
    LPPROC_THREAD_ATTRIBUTE_LIST list = handle_list(&end, 1);
    struct peer *first = start_with(list, end);
    peer_join(first);

    struct peer *second = start_with(list, end);

    peer_join(second);
    DWORD writers[2] = {0};
    close_handle(&pipe.write);
    expect_number(pipe_read_all(pipe.read, writers, sizeof(writers)), sizeof(writers));
    expect_number(writers[0], first->info.dwProcessId);
    expect_number(writers[1], second->info.dwProcessId);
}
END_TEST
COVERS(list_serves_two_children, "inherit.attribute.init.reuse");

START_TEST(list_without_the_creation_flag)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE listed = event_create(TRUE), end = inheritable(pipe.write);
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end), given_handle(listed));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(&listed, 1)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE, 0, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(pipe.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
    peer_join(child);
}
END_TEST
COVERS(list_without_the_creation_flag, "inherit.create_process.ext.flag_needed");

/* Lists what must not be listed, or lists in vain: no child gets the handle, whether or not there
 * is one. */
static const struct misuse {
    struct row row;
    bool plain, pseudo;
    BOOL inherit;
} misuses[] = {
    {{"handle_that_is_not_inheritable", "inherit.attribute.hlist.must_be_inheritable"},
     true,
     false,
     TRUE},
    {{"inherit_false", "inherit.attribute.hlist.binherit_true"}, false, false, FALSE},
    {{"pseudo_handle", "inherit.attribute.hlist.no_pseudo"}, true, true, TRUE},
};

START_TEST(list_misused)
{
    const struct misuse *row = &misuses[_i];
    struct pipe_ends pipe = pipe_create();
    HANDLE end = row->plain ? pipe.write : inheritable(pipe.write);
    HANDLE listed = row->pseudo ? GetCurrentProcess() : end;
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(&listed, 1)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, row->inherit,
                                  CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    DWORD error = GetLastError();
    char text[80];
    record("CreateProcess", "%s", created ? "TRUE" : error_text(error, text, sizeof(text)));
    close_handle(&pipe.write);
    expect_end_of_file(pipe.read);
    if (created)
        peer_kill(child);
}
END_TEST
COVERS_ROWS(list_misused, misuses);

START_TEST(array_changed_after_the_update)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE event = event_create(TRUE), end = inheritable(pipe.write), listed = event;
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end), given_handle(event));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = handle_list(&listed, 1)};
    listed = end;

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                                  CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    record("a handle put into the listed array after UpdateProcThreadAttribute", "%s",
           has_writer(pipe.read) ? "is inherited" : "is not inherited");
    peer_kill(child);
}
END_TEST
COVERS(array_changed_after_the_update, "inherit.attribute.value_persists");

/* ---- Standard handles beside a handle list: the child is never run ---- */

static const struct redirection {
    struct row row;
    bool listed;
} redirections[] = {
    {{"when_listed", "inherit.attribute.hlist.std_handles_listed"}, true},
    {{"not_when_not_listed", "inherit.attribute.hlist.std_unlisted"}, false},
};

START_TEST(standard_handle_is_inherited)
{
    bool listed = redirections[_i].listed;
    struct pipe_ends pipe = pipe_create();
    HANDLE event = event_create(TRUE), end = inheritable(pipe.write), two[] = {event, end};
    struct peer *child = peer_prepare(tell_who_writes, given_handle(end), given_handle(event));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .StartupInfo.dwFlags = STARTF_USESTDHANDLES,
                              .StartupInfo.hStdOutput = end,
                              .lpAttributeList = handle_list(two, listed ? 2 : 1)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                                  CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&pipe.write);
    if (listed)
        expect_true(has_writer(pipe.read));
    else
        expect_end_of_file(pipe.read);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(standard_handle_is_inherited, redirections);

/* ---- Another parent ---- */

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* Its child is to get what the test puts here, and not its standard handles, which the child knows
 * nothing of. */
PEER(be_the_parent)
{
    static const DWORD which[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    for (size_t i = 0; i < 3; i++)
        SetHandleInformation(GetStdHandle(which[i]), HANDLE_FLAG_INHERIT, 0);
    checkpoint_reach("holding");
    checkpoint_wait("never");
}

static LPPROC_THREAD_ATTRIBUTE_LIST parent_list(HANDLE *parent)
{
    LPPROC_THREAD_ATTRIBUTE_LIST list = empty_list(1);
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, parent,
                                      sizeof(*parent), NULL, NULL));
    return list;
}

/* Without a console: it is nowhere said which one the child of another parent would get. */
START_TEST(handles_come_from_the_parent_named)
{
    struct pipe_ends theirs = pipe_create(), ours = pipe_create();
    struct peer *parent = peer_start(be_the_parent);
    checkpoint_wait("holding");
    HANDLE in_parent = NULL;
    require(DuplicateHandle(GetCurrentProcess(), theirs.write, parent->info.hProcess, &in_parent, 0,
                            TRUE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    inheritable(ours.write);
    struct peer *child = peer_prepare(tell_who_writes, given_handle(in_parent));
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = parent_list(&parent->info.hProcess)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                                  DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    close_handle(&ours.write);
    expect_end_of_file(ours.read);
    peer_join(child);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(theirs.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
    peer_kill(parent);
}
END_TEST
COVERS(handles_come_from_the_parent_named, "inherit.attribute.parent_process");

START_TEST(parent_needs_create_process_right)
{
    struct peer *parent = peer_start(hold_until_killed);
    HANDLE without =
        OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, parent->info.dwProcessId);
    require(without != NULL);
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = parent_list(&without)};
    DWORD flags = CREATE_SUSPENDED | DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT;

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, flags, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_failed_somehow(created);
    startup.lpAttributeList = parent_list(&parent->info.hProcess);
    created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, flags, NULL, NULL,
                             &startup.StartupInfo, &child->info);
    expect_succeeded(created);
    peer_kill(child);
    peer_kill(parent);
}
END_TEST
COVERS(parent_needs_create_process_right, "inherit.attribute.parent_right");

/* ---- Priority ---- */

static const struct priority {
    struct row row;
    DWORD parent, child;
} priorities[] = {
    {{"normal", "inherit.create_process.priority_default"},
     NORMAL_PRIORITY_CLASS,
     NORMAL_PRIORITY_CLASS},
    {{"above_normal", "inherit.create_process.priority_default"},
     ABOVE_NORMAL_PRIORITY_CLASS,
     NORMAL_PRIORITY_CLASS},
    {{"below_normal", "inherit.create_process.priority_idle_exception"},
     BELOW_NORMAL_PRIORITY_CLASS,
     BELOW_NORMAL_PRIORITY_CLASS},
    {{"idle", "inherit.create_process.priority_idle_exception"},
     IDLE_PRIORITY_CLASS,
     IDLE_PRIORITY_CLASS},
};

START_TEST(child_of_priority)
{
    require(SetPriorityClass(GetCurrentProcess(), priorities[_i].parent));
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    expect_number(GetPriorityClass(child->info.hProcess), priorities[_i].child);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(child_of_priority, priorities);
