/* What DuplicateHandle makes within one process: object, access, inheritability, source closed. */
#include "handle.h"

START_TEST(duplicate_is_a_second_handle_of_the_object)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), &second,
                                      0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_handle(second);
    expect_true(second != pipe.write);
    expect_written(second, "by the duplicate");
    expect_arrives(pipe.read, "by the duplicate");
    expect_written(pipe.write, "by the original");
    expect_arrives(pipe.read, "by the original");
}
END_TEST
COVERS(duplicate_is_a_second_handle_of_the_object, "handle.duplicate.same_process",
       "inherit.dup_unique_value");

START_TEST(duplicate_outlives_its_source)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = duplicate(pipe.write);

    expect_succeeded(CloseHandle(pipe.write));

    expect_written(second, "still open");
    expect_arrives(pipe.read, "still open");
    close_handle(&second);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(duplicate_outlives_its_source, "handle.duplicate.survives_source_close");

START_TEST(same_access_ignores_the_access_asked_for)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), &second,
                                      SYNCHRONIZE, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_written(second, "with write access");
    expect_arrives(pipe.read, "with write access");
}
END_TEST
COVERS(same_access_ignores_the_access_asked_for, "handle.duplicate.same_access");

START_TEST(less_access_can_be_asked_for)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), &second,
                                      SYNCHRONIZE, FALSE, 0);

    expect_succeeded(duplicated);
    DWORD count = 99;
    expect_failed(WriteFile(second, "x", 1, &count, NULL), ERROR_ACCESS_DENIED);
    expect_written(pipe.write, "by the original");
    expect_arrives(pipe.read, "by the original");
}
END_TEST
COVERS(less_access_can_be_asked_for, "handle.duplicate.desired_access");

START_TEST(file_handle_cannot_gain_access)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ, 0, NULL, CREATE_NEW,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    require(file != INVALID_HANDLE_VALUE);
    HANDLE second = NULL;
    expect_succeeded(DuplicateHandle(GetCurrentProcess(), file, GetCurrentProcess(), &second,
                                     GENERIC_READ, FALSE, 0));

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), file, GetCurrentProcess(), &second,
                                      GENERIC_READ | GENERIC_WRITE, FALSE, 0);

    expect_failed(duplicated, ERROR_ACCESS_DENIED);
}
END_TEST
COVERS(file_handle_cannot_gain_access, "handle.duplicate.no_access_gain_file");

START_TEST(close_source_leaves_one_handle)
{
    struct pipe_ends pipe = pipe_create();
    HANDLE moved = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), &moved,
                                      0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE);

    expect_succeeded(duplicated);
    expect_written(moved, "moved");
    expect_arrives(pipe.read, "moved");
    close_handle(&moved);
    expect_end_of_file(pipe.read);
}
END_TEST
COVERS(close_source_leaves_one_handle, "handle.duplicate.close_source");

static const struct inherit_row {
    struct row row;
    BOOL source, asked;
    DWORD flags;
} inherit_rows[] = {
    {{"plain_of_plain", NULL}, FALSE, FALSE, 0},
    {{"inheritable_of_plain", NULL}, FALSE, TRUE, HANDLE_FLAG_INHERIT},
    {{"plain_of_inheritable", NULL}, TRUE, FALSE, 0},
    {{"inheritable_of_inheritable", NULL}, TRUE, TRUE, HANDLE_FLAG_INHERIT},
};

START_TEST(inheritability_is_what_is_asked_for)
{
    const struct inherit_row *row = &inherit_rows[_i];
    HANDLE source = event_create(row->source), second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), source, GetCurrentProcess(), &second, 0,
                                      row->asked, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_flags(flags_of(second), row->flags, HANDLE_FLAG_NAMES);
    expect_flags(flags_of(source), row->source ? HANDLE_FLAG_INHERIT : 0, HANDLE_FLAG_NAMES);
}
END_TEST
COVERS_ROWS(inheritability_is_what_is_asked_for, inherit_rows, "handle.duplicate.inherit_flag");

START_TEST(pseudo_handle_becomes_a_real_one)
{
    HANDLE process = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), GetCurrentProcess(), GetCurrentProcess(),
                                      &process, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_handle(process);
    expect_true(process != GetCurrentProcess());
    expect_number(GetProcessId(process), GetCurrentProcessId());
    expect_succeeded(CloseHandle(process));
}
END_TEST
COVERS(pseudo_handle_becomes_a_real_one, "handle.duplicate.pseudo_process");

START_TEST(closed_handle_has_no_duplicate)
{
    BOOL duplicated = TRUE;
    HANDLE second = NULL;

    for (int tries = CLOSED_HANDLES; duplicated && tries; tries--)
        duplicated = DuplicateHandle(GetCurrentProcess(), closed(event_create(FALSE)),
                                     GetCurrentProcess(), &second, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_failed(duplicated, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_has_no_duplicate, "handle.duplicate.source_invalid");

static DWORD note_thread(void *copy)
{
    return GetThreadId(*(HANDLE *)copy);
}

START_TEST(pseudo_handle_of_a_thread_becomes_a_real_one)
{
    HANDLE thread = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(),
                                      &thread, 0, FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    expect_true(thread != GetCurrentThread());
    struct thread *other = thread_start(note_thread, &thread);
    expect_number(thread_join(other), GetCurrentThreadId());
}
END_TEST
COVERS(pseudo_handle_of_a_thread_becomes_a_real_one, "handle.duplicate.pseudo_thread");

START_TEST(duplicate_that_nobody_is_told_of)
{
    struct pipe_ends pipe = pipe_create();

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), pipe.write, GetCurrentProcess(), NULL, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    close_handle(&pipe.write);
    expect_true(has_writer(pipe.read));
}
END_TEST
COVERS(duplicate_that_nobody_is_told_of, "handle.duplicate.null_target_ptr");

static const struct failing_row {
    struct row row;
    bool too_much_access; /* or a target that is no process */
} failing_rows[] = {
    {{"too_much_access", NULL}, true},
    {{"no_target_process", NULL}, false},
};

START_TEST(close_source_closes_although_it_fails)
{
    bool too_much = failing_rows[_i].too_much_access;
    HANDLE no_process = event_create(FALSE), copy = NULL;
    BOOL open = TRUE;
    for (int tries = CLOSED_HANDLES; open && tries; tries--) {
        HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ, FILE_SHARE_READ, NULL,
                                  OPEN_ALWAYS, 0, NULL);
        require(file != INVALID_HANDLE_VALUE);

        DuplicateHandle(GetCurrentProcess(), file, too_much ? GetCurrentProcess() : no_process,
                        &copy, too_much ? FILE_WRITE_DATA : 0, FALSE,
                        DUPLICATE_CLOSE_SOURCE | (too_much ? 0 : DUPLICATE_SAME_ACCESS));

        open = GetHandleInformation(file, &(DWORD){0});
    }
    expect_failed(open, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS_ROWS(close_source_closes_although_it_fails, failing_rows,
            "handle.duplicate.close_source_on_error");

START_TEST(event_handle_may_gain_access)
{
    HANDLE event = event_create(FALSE), wait_only = NULL, wider = NULL;
    require(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &wait_only,
                            SYNCHRONIZE, FALSE, 0));
    expect_failed(SetEvent(wait_only), ERROR_ACCESS_DENIED);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), wait_only, GetCurrentProcess(), &wider,
                                      SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, 0);

    record("more access to an event by duplicating", "%s", duplicated ? "granted" : "denied");
    if (duplicated)
        expect_succeeded(SetEvent(wider));
}
END_TEST
COVERS(event_handle_may_gain_access, "handle.duplicate.may_gain_access_others");

START_TEST(file_position_is_shared)
{
    HANDLE file = CreateFileW(scratch_path(L"file"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
                              CREATE_NEW, 0, NULL);
    require(file != INVALID_HANDLE_VALUE);
    pipe_put(file, "headtail");
    require(SetFilePointerEx(file, (LARGE_INTEGER){.QuadPart = 0}, NULL, FILE_BEGIN));
    HANDLE second = duplicate(file);
    char bytes[4];
    DWORD count = 0;

    BOOL got = ReadFile(second, bytes, 4, &count, NULL);

    expect_succeeded(got);
    expect_bytes(bytes, "head", 4);
    expect_succeeded(ReadFile(file, bytes, 4, &count, NULL));
    expect_number(count, 4);
    expect_bytes(bytes, "tail", 4);
}
END_TEST
COVERS(file_position_is_shared, "handle.duplicate.shared_state");

START_TEST(protection_of_the_duplicate)
{
    HANDLE event = event_create(FALSE);
    require(SetHandleInformation(event, HANDLE_FLAG_PROTECT_FROM_CLOSE,
                                 HANDLE_FLAG_PROTECT_FROM_CLOSE));
    HANDLE second = NULL;

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &second, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    record("duplicate of a protected handle", "%s",
           flags_of(second) & HANDLE_FLAG_PROTECT_FROM_CLOSE ? "protected" : "not protected");
    require(SetHandleInformation(event, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
}
END_TEST
COVERS(protection_of_the_duplicate, "handle.duplicate.protect_not_copied");

START_TEST(duplicate_of_a_completion_port)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), second = NULL;
    require(port != NULL);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), port, GetCurrentProcess(), &second, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_succeeded(duplicated);
    DWORD bytes = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *operation = NULL;
    bool works = PostQueuedCompletionStatus(second, 7, 1, NULL) &&
                 GetQueuedCompletionStatus(port, &bytes, &key, &operation, 0) && bytes == 7;
    record("posting through the duplicate of a completion port", "%s", works ? "works" : "fails");
}
END_TEST
COVERS(duplicate_of_a_completion_port, "handle.duplicate.iocp_unusable");
