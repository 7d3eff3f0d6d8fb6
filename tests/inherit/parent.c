/* PROC_THREAD_ATTRIBUTE_PARENT_PROCESS: what a child has from a process that did not create it. */
#include "inherit.h"

#include <tlhelp32.h>

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

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

static struct peer *parent_start(void)
{
    struct peer *parent = peer_start(be_the_parent);
    checkpoint_wait("holding");
    return parent;
}

/* An attribute list with that parent and, if any, the COUNT handles; all must live as long. */
static LPPROC_THREAD_ATTRIBUTE_LIST list_with(HANDLE *parent, HANDLE *handles, size_t count)
{
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(NULL, 2, 0, &size);
    LPPROC_THREAD_ATTRIBUTE_LIST list = malloc(size);
    require(InitializeProcThreadAttributeList(list, 2, 0, &size));
    require(UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_PARENT_PROCESS, parent,
                                      sizeof(*parent), NULL, NULL));
    require(!count || UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                                                count * sizeof(*handles), NULL, NULL));
    return list;
}

/* Moves a handle into that process, inheritable there, and returns its value in it. */
static HANDLE put_into(const struct peer *parent, HANDLE handle)
{
    HANDLE there = NULL;
    require(DuplicateHandle(GetCurrentProcess(), handle, parent->info.hProcess, &there, 0, TRUE,
                            DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    return there;
}

#define FLAGS (CREATE_SUSPENDED | DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT)

/* ---- Handles ---- */

PEER(tell_who_writes)
{
    DWORD id = GetCurrentProcessId(), count = 0;
    expect_succeeded(WriteFile(peer_handle(0), &id, sizeof(id), &count, NULL));
}

START_TEST(listed_handles_are_those_of_the_parent)
{
    struct pipe_ends listed = pipe_create(), unlisted = pipe_create();
    struct peer *parent = parent_start();
    HANDLE in_parent = put_into(parent, listed.write);
    put_into(parent, unlisted.write);
    struct peer *child = peer_prepare(tell_who_writes, given_handle(in_parent));
    STARTUPINFOEXW startup = {
        .StartupInfo.cb = sizeof(startup),
        .lpAttributeList = list_with(&parent->info.hProcess, &in_parent, 1),
    };

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, TRUE,
                                  DETACHED_PROCESS | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_join(child);
    DWORD writer = 0, count = 0;
    expect_succeeded(ReadFile(listed.read, &writer, sizeof(writer), &count, NULL));
    expect_number(writer, child->info.dwProcessId);
    peer_kill(parent);
}
END_TEST
COVERS(listed_handles_are_those_of_the_parent, "inherit.attribute.parent_and_list");

/* The child is never run. When the parent is gone only the child could hold what it held. */
static const struct way {
    struct row row;
    BOOL inherit;
    bool listed;
} ways[] = {
    {{"inherit_false", "inherit.attribute.parent_inherit_false"}, FALSE, false},
    {{"not_listed", "inherit.attribute.parent_and_list"}, TRUE, true},
};

START_TEST(handle_of_the_parent_is_not_passed_on)
{
    struct pipe_ends held = pipe_create(), other = pipe_create();
    struct peer *parent = parent_start();
    put_into(parent, held.write);
    HANDLE listed = put_into(parent, other.write);
    struct peer *child = peer_prepare(tell_who_writes, given_handle(listed));
    STARTUPINFOEXW startup = {
        .StartupInfo.cb = sizeof(startup),
        .lpAttributeList = list_with(&parent->info.hProcess, &listed, ways[_i].listed ? 1 : 0),
    };

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, ways[_i].inherit, FLAGS,
                                  NULL, NULL, &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    peer_kill(parent);
    expect_end_of_file(held.read);
    expect_number(has_writer(other.read), ways[_i].listed);
    expect_not_signaled(child->info.hProcess);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(handle_of_the_parent_is_not_passed_on, ways);

/* ---- What else comes from it ---- */

/* The process that the system names as the parent of another one. */
static DWORD parent_of(DWORD id)
{
    PROCESSENTRY32W process = {.dwSize = sizeof(process)};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    DWORD parent = 0;
    for (BOOL more = Process32FirstW(all, &process); more; more = Process32NextW(all, &process))
        if (process.th32ProcessID == id)
            parent = process.th32ParentProcessID;
    require(CloseHandle(all));
    return parent;
}

START_TEST(it_is_the_parent)
{
    struct peer *parent = parent_start(), *child = peer_prepare(hold_until_killed);
    STARTUPINFOEXW startup = {
        .StartupInfo.cb = sizeof(startup),
        .lpAttributeList = list_with(&parent->info.hProcess, NULL, 0),
    };

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, FLAGS, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    expect_number(parent_of(child->info.dwProcessId), parent->info.dwProcessId);
    peer_kill(child);
    peer_kill(parent);
}
END_TEST
COVERS(it_is_the_parent, "inherit.attribute.parent_named");

static const struct priority {
    struct row row;
    DWORD callers, parents, childs;
} priorities[] = {
    {{"idle_parent", NULL}, NORMAL_PRIORITY_CLASS, IDLE_PRIORITY_CLASS, IDLE_PRIORITY_CLASS},
    {{"idle_caller", NULL}, IDLE_PRIORITY_CLASS, NORMAL_PRIORITY_CLASS, NORMAL_PRIORITY_CLASS},
};

START_TEST(priority_comes_from_it)
{
    struct peer *parent = parent_start(), *child = peer_prepare(hold_until_killed);
    require(SetPriorityClass(parent->info.hProcess, priorities[_i].parents));
    require(SetPriorityClass(GetCurrentProcess(), priorities[_i].callers));
    STARTUPINFOEXW startup = {
        .StartupInfo.cb = sizeof(startup),
        .lpAttributeList = list_with(&parent->info.hProcess, NULL, 0),
    };

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, FLAGS, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    expect_succeeded(created);
    expect_number(GetPriorityClass(child->info.hProcess), priorities[_i].childs);
    peer_kill(child);
    peer_kill(parent);
}
END_TEST
COVERS_ROWS(priority_comes_from_it, priorities, "inherit.attribute.parent_priority");

/* ---- What is no process ---- */

static const struct none {
    struct row row;
    bool event;
} nones[] = {
    {{"null", NULL}, false},
    {{"event", NULL}, true},
};

START_TEST(parent_that_is)
{
    HANDLE parent = nones[_i].event ? event_create(FALSE) : NULL;
    HANDLE myself = OpenProcess(PROCESS_CREATE_PROCESS, FALSE, GetCurrentProcessId());
    require(myself != NULL);
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof(startup),
                              .lpAttributeList = list_with(&parent, NULL, 0)};

    BOOL created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, FLAGS, NULL, NULL,
                                  &startup.StartupInfo, &child->info);

    if (nones[_i].event)
        expect_failed_somehow(created);
    else
        expect_failed(created, ERROR_INVALID_HANDLE);
    startup.lpAttributeList = list_with(&myself, NULL, 0);
    created = CreateProcessW(NULL, child->command_line, NULL, NULL, FALSE, FLAGS, NULL, NULL,
                             &startup.StartupInfo, &child->info);
    expect_succeeded(created);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(parent_that_is, nones, "inherit.attribute.parent_no_process");
