/* Probes: cases whose outcome is known, run before any other to find out whether the way cases are
 * started here can be trusted. They are no part of the suite. */
#include "case/process.h"

START_TEST(pass)
{
    expect_true(true);
}
END_TEST
COVERS(pass);

START_TEST(fail_assertion)
{
    expect_number(1, 2);
}
END_TEST
COVERS(fail_assertion);

START_TEST(fail_libcheck)
{
    ck_assert_int_eq(1, 2);
}
END_TEST
COVERS(fail_libcheck);

START_TEST(crash)
{
    *(volatile int *)(UINT_PTR)_i = 1;
}
END_TEST
COVERS(crash);

/* Long, and yet not for ever where nothing can end it. */
static void hang_about(void)
{
    for (int i = 0; i < 20000; i++)
        nap();
}

START_TEST(hang)
{
    hang_about();
}
END_TEST
COVERS(hang);

/* A program that ends as if all were well, without having run its test to the end. */
START_TEST(silent_exit)
{
    ExitProcess(0);
}
END_TEST
COVERS(silent_exit);

PEER(passes)
{
    expect_true(true);
}

/* A case can have a second process. */
START_TEST(second)
{
    peer_join(peer_start(passes));
}
END_TEST
COVERS(second);

PEER(stay)
{
    hang_about();
}

/* A child that outlives the case must be found and killed. */
START_TEST(orphan)
{
    peer_start(stay);
    peer_passed();
    ExitProcess(0);
}
END_TEST
COVERS(orphan);
