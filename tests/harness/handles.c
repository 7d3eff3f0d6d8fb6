/* The handles a process starts with: those it was given, and nothing of the harness or libcheck. */
#include "case/process.h"

static HANDLE make_event(BOOL inheritable)
{
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), NULL, inheritable};
    HANDLE event = CreateEventW(&attributes, TRUE, FALSE, NULL);
    require(event != NULL);
    return event;
}

static void start_inheriting(struct peer *peer)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    require(CreateProcessW(NULL, peer->command_line, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                           &peer->info));
}

static bool is_standard(HANDLE handle)
{
    return handle == GetStdHandle(STD_INPUT_HANDLE) || handle == GetStdHandle(STD_OUTPUT_HANDLE) ||
           handle == GetStdHandle(STD_ERROR_HANDLE);
}

/* How many inheritable handles this process has, apart from its standard ones. */
static unsigned inheritable_handles(void)
{
    unsigned count = 0;
    DWORD flags;
    for (UINT_PTR value = 4; value < 0x4000; value += 4)
        if (GetHandleInformation((HANDLE)value, &flags) && (flags & HANDLE_FLAG_INHERIT) &&
            !is_standard((HANDLE)value))
            count++;
    return count;
}

START_TEST(case_starts_with_its_standard_handles_only)
{
    expect_number(inheritable_handles(), 0);
    expect_flags(GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)), FILE_TYPE_DISK, FILE_TYPE_NAMES);
    expect_flags(GetFileType(GetStdHandle(STD_INPUT_HANDLE)), FILE_TYPE_CHAR, FILE_TYPE_NAMES);
}
END_TEST
COVERS(case_starts_with_its_standard_handles_only);

/* libcheck's file of messages is in the case's folder, and nobody inherits it. */
PEER(has_its_own_messages)
{
    expect_true(GetFileAttributesW(scratch_path(L"@1.messages")) != INVALID_FILE_ATTRIBUTES);
    expect_number(inheritable_handles(), 0);
}

START_TEST(peer_started_by_harness_inherits_nothing)
{
    require(GetFileAttributesW(scratch_path(L"@0.messages")) != INVALID_FILE_ATTRIBUTES);
    make_event(TRUE);
    HANDLE given = make_event(TRUE);
    peer_join(peer_start(has_its_own_messages, given_handle(given)));
}
END_TEST
COVERS(peer_started_by_harness_inherits_nothing);

START_TEST(peer_that_inherits_has_no_file_of_libcheck)
{
    require(GetFileAttributesW(scratch_path(L"@0.messages")) != INVALID_FILE_ATTRIBUTES);
    struct peer *peer = peer_prepare(has_its_own_messages);
    start_inheriting(peer);
    peer_join(peer);
}
END_TEST
COVERS(peer_that_inherits_has_no_file_of_libcheck);

PEER(sets_its_events)
{
    expect_number(inheritable_handles(), 2);
    expect_succeeded(SetEvent(peer_handle(0)));
    expect_succeeded(SetEvent(peer_handle(1)));
}

START_TEST(peer_inherits_what_it_was_given)
{
    HANDLE first = make_event(TRUE), second = make_event(TRUE);
    make_event(FALSE);
    struct peer *peer = peer_prepare(sets_its_events, given_handle(first), given_handle(second));
    start_inheriting(peer);
    peer_join(peer);
    expect_signaled(first);
    expect_signaled(second);
}
END_TEST
COVERS(peer_inherits_what_it_was_given);

PEER(does_nothing)
{
}

START_TEST(peer_inherits_more_than_it_was_given)
{
    HANDLE first = make_event(TRUE);
    make_event(TRUE);
    struct peer *peer = peer_prepare(does_nothing, given_handle(first));
    start_inheriting(peer);
    peer_join(peer);
}
END_TEST
COVERS(peer_inherits_more_than_it_was_given);

START_TEST(peer_of_a_case_that_fails_itself_inherits_more)
{
    make_event(TRUE);
    struct peer *peer = peer_prepare(does_nothing);
    start_inheriting(peer);
    expect_signaled(peer->info.hProcess);
    expect_number(1, 2);
}
END_TEST
COVERS(peer_of_a_case_that_fails_itself_inherits_more);

/* As if somebody's library were in every process: what it opens is no test's leak... */
static void __attribute__((constructor)) open_something(void)
{
    SECURITY_ATTRIBUTES inheritable = {sizeof(inheritable), NULL, TRUE};
    if (wcsstr(GetCommandLineW(), L"foreign"))
        CreateEventW(&inheritable, TRUE, FALSE, NULL);
}

PEER(foreign_in_a_peer_of_a_peer)
{
}

PEER(foreign_in_a_peer)
{
    struct peer *peer = peer_prepare(foreign_in_a_peer_of_a_peer);
    start_inheriting(peer);
    peer_join(peer);
}

START_TEST(foreign_handle_is_no_leak)
{
    struct peer *peer = peer_prepare(foreign_in_a_peer);
    start_inheriting(peer);
    peer_join(peer);
}
END_TEST
COVERS(foreign_handle_is_no_leak);

/* ... and hides none. */
START_TEST(foreign_handle_and_a_leak)
{
    make_event(TRUE);
    struct peer *peer = peer_prepare(foreign_in_a_peer);
    start_inheriting(peer);
    peer_join(peer);
}
END_TEST
COVERS(foreign_handle_and_a_leak);

/* What a peer inherited it passes on: it is not sealed away. */
PEER(passes_on)
{
    struct peer *peer =
        peer_prepare(sets_its_events, given_handle(peer_handle(0)), given_handle(peer_handle(1)));
    start_inheriting(peer);
    peer_join(peer);
}

START_TEST(peer_of_a_peer_inherits)
{
    HANDLE first = make_event(TRUE), second = make_event(TRUE);
    struct peer *peer = peer_prepare(passes_on, given_handle(first), given_handle(second));
    start_inheriting(peer);
    peer_join(peer);
    expect_signaled(second);
}
END_TEST
COVERS(peer_of_a_peer_inherits);

/* Files of the case live in its own folder, which no other case sees. */
START_TEST(scratch_folder_is_its_own)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_WRITE, 0, NULL, CREATE_NEW,
                              FILE_ATTRIBUTE_READONLY, NULL);
    expect_handle(file);
    expect_true(wcscmp(unique_name(L"x"), unique_name(L"x")));
}
END_TEST
COVERS(scratch_folder_is_its_own);
