/* Verdicts against tests/harness/known.rec, which expects them, or not. */
#include "cts.h"

START_TEST(fails_as_expected)
{
    expect_number(1, 2);
}
END_TEST
COVERS(fails_as_expected);

START_TEST(is_unresolved_as_expected)
{
    unresolved("as expected");
}
END_TEST
COVERS(is_unresolved_as_expected);

START_TEST(is_unsupported_as_expected)
{
    unsupported("as expected");
}
END_TEST
COVERS(is_unsupported_as_expected);

START_TEST(passes_though_expected_to_fail)
{
}
END_TEST
COVERS(passes_though_expected_to_fail);

START_TEST(is_unresolved_though_expected_to_fail)
{
    unresolved("not as expected");
}
END_TEST
COVERS(is_unresolved_though_expected_to_fail);

START_TEST(is_unsupported_though_expected_to_fail)
{
    unsupported("not as expected");
}
END_TEST
COVERS(is_unsupported_though_expected_to_fail);

START_TEST(is_expected_to_fail_in_another_version)
{
}
END_TEST
COVERS(is_expected_to_fail_in_another_version);

START_TEST(is_expected_to_fail_elsewhere)
{
}
END_TEST
COVERS(is_expected_to_fail_elsewhere);

/* A crash is a FAIL, too. */
START_TEST(crashes_as_expected)
{
    ExitProcess(5);
}
END_TEST
COVERS(crashes_as_expected);

/* ... but not the one that a failed assertion is. */
START_TEST(crashes_though_expected_to_fail)
{
    ExitProcess(5);
}
END_TEST
COVERS(crashes_though_expected_to_fail);

/* Nobody promises this yet: it is not run, and no expectation applies. */
START_TEST(is_newer_than_what_is_claimed)
{
    expect_true(false);
}
END_TEST
COVERS(is_newer_than_what_is_claimed, "harness.known.newer");
