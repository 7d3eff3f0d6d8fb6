/* Each verdict a test can come to on its own, and how its message is kept. */
#include "cts.h"

#include <string.h>

START_TEST(passes)
{
    expect_true(true);
}
END_TEST
COVERS(passes);

START_TEST(does_nothing)
{
}
END_TEST
COVERS(does_nothing);

START_TEST(fails_by_libcheck)
{
    ck_assert_int_eq(1, 2);
}
END_TEST
COVERS(fails_by_libcheck);

START_TEST(aborts_by_libcheck)
{
    ck_abort_msg("libcheck was told to stop");
}
END_TEST
COVERS(aborts_by_libcheck);

START_TEST(first_failure_ends_the_test)
{
    expect_number(1, 2);
    expect_number(3, 4);
}
END_TEST
COVERS(first_failure_ends_the_test);

START_TEST(set_up_fails)
{
    require(CloseHandle(NULL));
}
END_TEST
COVERS(set_up_fails);

START_TEST(set_up_fails_in_words)
{
    unresolved("there are only %d of %s", 3, "them");
}
END_TEST
COVERS(set_up_fails_in_words);

START_TEST(lacks_a_feature)
{
    unsupported("no %s here", "such feature");
}
END_TEST
COVERS(lacks_a_feature);

START_TEST(records_what_it_saw)
{
    record("first", "%d", 1);
    record("a key of words", "two\nlines and a \\");
    expect_failed_somehow(CloseHandle(NULL));
}
END_TEST
COVERS(records_what_it_saw);

/* harness.tap looks whether it is gone when the run has ended. */
START_TEST(tells_its_folder)
{
    record("folder", "%ls", scratch_path(L""));
}
END_TEST
COVERS(tells_its_folder);

/* What would start a line, a directive or an escape somewhere else. */
START_TEST(message_looks_like_tap)
{
    unresolved("first line\nok 99 - forged # SKIP\r\nBail out!\n\\n stays two characters");
}
END_TEST
COVERS(message_looks_like_tap);

START_TEST(message_has_control_characters)
{
    unresolved("escape \033[31m, bell \a, tab \t, delete \177, no UTF-8 \377\300");
}
END_TEST
COVERS(message_has_control_characters);

START_TEST(message_is_too_long)
{
    char text[6000];
    memset(text, '\\', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    expect_text_a(text, "");
}
END_TEST
COVERS(message_is_too_long);

static DWORD signal_later(void *event)
{
    Sleep(2000);
    return SetEvent(event);
}

/* Longer than a step of 0.3 times 5 s: under a mutant, too, this has its time. */
START_TEST(takes_two_seconds)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread_start(signal_later, event);
    expect_signaled(event);
}
END_TEST
COVERS(takes_two_seconds, "harness.mutated.optional");

/* The default of every wait and fault is that nothing was set, so that an old error is not found.
 */
START_TEST(starts_without_a_last_error)
{
    expect_number(GetLastError(), LAST_ERROR_UNSET);
}
END_TEST
COVERS(starts_without_a_last_error);

/* One verdict a row, and each row finds itself. */
static const struct number_row {
    struct row row;
    int number;
} number_rows[] = {
    {{"one", NULL}, 1},
    {{"two", NULL}, 2},
    {{"three", NULL}, 3},
};

START_TEST(number_is_odd)
{
    expect_number(number_rows[_i].number % 2, 1);
}
END_TEST
COVERS_ROWS(number_is_odd, number_rows);
