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
COVERS(duplicate_is_a_second_handle_of_the_object, "handle.duplicate.same_process");

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
    HANDLE event = event_create(FALSE), closed = event, second = NULL;
    close_handle(&event);

    BOOL duplicated = DuplicateHandle(GetCurrentProcess(), closed, GetCurrentProcess(), &second, 0,
                                      FALSE, DUPLICATE_SAME_ACCESS);

    expect_failed(duplicated, ERROR_INVALID_HANDLE);
}
END_TEST
COVERS(closed_handle_has_no_duplicate, "handle.duplicate.source_invalid");
