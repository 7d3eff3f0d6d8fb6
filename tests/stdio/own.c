/* GetStdHandle and SetStdHandle within one process. */
#include "pipe/pipe.h"

static const struct std_row {
    struct row row;
    DWORD which;
} std_rows[] = {
    {{"input", NULL}, STD_INPUT_HANDLE},
    {{"output", NULL}, STD_OUTPUT_HANDLE},
    {{"error", NULL}, STD_ERROR_HANDLE},
};

START_TEST(get_returns_what_was_set)
{
    DWORD which = std_rows[_i].which;
    struct pipe_ends pipe = pipe_create();

    BOOL set = SetStdHandle(which, pipe.write);

    expect_succeeded(set);
    expect_pointer(GetStdHandle(which), pipe.write);
    expect_pointer(GetStdHandle(which), pipe.write);
    for (size_t i = 0; i < 3; i++)
        if (std_rows[i].which != which)
            expect_true(GetStdHandle(std_rows[i].which) != pipe.write);
}
END_TEST
COVERS_ROWS(get_returns_what_was_set, std_rows, "stdio.set.get_returns_it",
            "stdio.not_closed_by_get");

START_TEST(replaced_handle_stays_open)
{
    struct pipe_ends first = pipe_create(), second = pipe_create();
    require(SetStdHandle(STD_OUTPUT_HANDLE, first.write));

    BOOL set = SetStdHandle(STD_OUTPUT_HANDLE, second.write);

    expect_succeeded(set);
    expect_written(first.write, "still open");
    expect_arrives(first.read, "still open");
}
END_TEST
COVERS(replaced_handle_stays_open, "stdio.set.old_stays_open");

START_TEST(get_of_no_standard_device_fails)
{
    HANDLE none = GetStdHandle(0);

    expect_pointer(none, INVALID_HANDLE_VALUE);
}
END_TEST
COVERS(get_of_no_standard_device_fails, "stdio.get.bad_index");

START_TEST(set_of_no_standard_device_fails)
{
    struct pipe_ends pipe = pipe_create();

    BOOL set = SetStdHandle(0, pipe.write);

    expect_failed_somehow(set);
}
END_TEST
COVERS(set_of_no_standard_device_fails, "stdio.set.bad_index");

static DWORD ask_for_output(void *expected)
{
    expect_pointer(GetStdHandle(STD_OUTPUT_HANDLE), expected);
    return 0;
}

START_TEST(every_thread_sees_what_one_has_set)
{
    struct pipe_ends pipe = pipe_create();

    BOOL set = SetStdHandle(STD_OUTPUT_HANDLE, pipe.write);

    expect_succeeded(set);
    thread_join(thread_start(ask_for_output, pipe.write));
}
END_TEST
COVERS(every_thread_sees_what_one_has_set, "stdio.set.process_wide");
