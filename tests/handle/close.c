/* CloseHandle: the value is no handle afterwards, and what it was a handle of goes on. */
#include "handle.h"

START_TEST(closed_handle_cannot_be_used)
{
    BOOL set = TRUE;
    for (int tries = CLOSED_HANDLES; set && tries; tries--) {
        HANDLE event = event_create(FALSE);
        expect_succeeded(SetEvent(event));

        BOOL closed = CloseHandle(event);

        expect_succeeded(closed);
        set = SetEvent(event);
    }
    expect_failed(set, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_cannot_be_used, "handle.close.return");

START_TEST(second_close_fails)
{
    BOOL closed_again = TRUE;

    for (int tries = CLOSED_HANDLES; closed_again && tries; tries--)
        closed_again = CloseHandle(closed(event_create(FALSE)));

    expect_failed(closed_again, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(second_close_fails, "handle.close.twice");

START_TEST(pseudo_handle)
{
    BOOL closed = CloseHandle(GetCurrentProcess());

    DWORD error = GetLastError();
    char text[80];
    record("CloseHandle(GetCurrentProcess())", "%s",
           closed ? "TRUE" : error_text(error, text, sizeof(text)));
    expect_number(GetProcessId(GetCurrentProcess()), GetCurrentProcessId());
}
END_TEST
COVERS(pseudo_handle, "handle.close.pseudo");

START_TEST(view_outlives_its_mapping)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
    require(mapping != NULL);
    char *view = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0);
    require(view != NULL);
    strcpy(view, "before");

    BOOL closed = CloseHandle(mapping);

    expect_succeeded(closed);
    expect_bytes(view, "before", 7);
    expect_fault(try_write(view, 'B'), 0);
    expect_bytes(view, "Before", 7);
}
END_TEST
COVERS(view_outlives_its_mapping, "handle.close.mapping_view_stays");

static DWORD wait_and_set(void *argument)
{
    HANDLE *events = argument;
    expect_signaled(events[0]);
    SetEvent(events[1]);
    return 0;
}

START_TEST(thread_goes_on_without_its_handle)
{
    HANDLE events[2] = {event_create(FALSE), event_create(FALSE)};
    struct thread *thread = thread_start(wait_and_set, events);
    HANDLE handle = NULL;
    require(DuplicateHandle(GetCurrentProcess(), thread->handle, GetCurrentProcess(), &handle, 0,
                            FALSE, DUPLICATE_SAME_ACCESS));

    BOOL closed = CloseHandle(handle);

    expect_succeeded(closed);
    expect_not_signaled(thread->handle);
    SetEvent(events[0]);
    expect_signaled(events[1]);
    thread_join(thread);
}
END_TEST
COVERS(thread_goes_on_without_its_handle, "handle.close.thread_goes_on");

PEER(go_on_and_tell)
{
    checkpoint_reach("running");
    expect_signaled(peer_handle(0));
    expect_succeeded(SetEvent(peer_handle(1)));
}

START_TEST(process_goes_on_without_its_handle)
{
    HANDLE go = event_create(FALSE), gone_on = event_create(FALSE);
    struct peer *peer = peer_start(go_on_and_tell, given_handle(go), given_handle(gone_on));
    checkpoint_wait("running");
    HANDLE handle = OpenProcess(PROCESS_ALL_ACCESS, FALSE, peer->info.dwProcessId);
    require(handle != NULL);

    BOOL closed = CloseHandle(handle);

    expect_succeeded(closed);
    expect_not_signaled(peer->info.hProcess);
    SetEvent(go);
    expect_signaled(gone_on);
    peer_join(peer);
}
END_TEST
COVERS(process_goes_on_without_its_handle, "handle.close.process_goes_on");
