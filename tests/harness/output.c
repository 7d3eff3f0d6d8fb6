/* What a case prints is captured, bounded, and never taken for anything else. */
#include "cts.h"

#include <stdio.h>
#include <string.h>

START_TEST(prints_100_megabytes)
{
    static char line[1 << 16];
    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    for (int i = 0; i < 1600; i++)
        fwrite(line, sizeof(line), 1, stdout);
}
END_TEST
COVERS(prints_100_megabytes);

/* Twice the size, so that it is over before the runner looks. */
START_TEST(prints_2_megabytes_at_once)
{
    static char text[1 << 21];
    memset(text, 'x', sizeof(text));
    require(WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), text, sizeof(text), &(DWORD){0}, NULL));
}
END_TEST
COVERS(prints_2_megabytes_at_once);

START_TEST(prints_100_kilobytes)
{
    for (int i = 0; i < 1000; i++)
        printf("%099d\n", i);
}
END_TEST
COVERS(prints_100_kilobytes);

START_TEST(prints_tap)
{
    puts("1..1\nok 1 - harness.output.prints_tap\nnot ok 2\nok 99 - forged\nBail out! forged");
    fputs("ok 98 - forged on standard error\n", stderr);
    fflush(stdout);
    expect_true(false);
}
END_TEST
COVERS(prints_tap);

START_TEST(prints_control_characters)
{
    puts("\033[2J\a\b\t\177 \377\376 \"quoted\" \\ </script>");
    fflush(stdout);
    record("\033[2Jkey", "\033[2J%s", "\a\b\177");
    expect_true(false);
}
END_TEST
COVERS(prints_control_characters);

START_TEST(input_is_empty)
{
    expect_number(getchar(), EOF);
}
END_TEST
COVERS(input_is_empty);

PEER(prints)
{
    puts("from the peer");
    fflush(stdout);
    expect_true(false);
}

/* Whether a peer has standard handles is up to the test; the record does not depend on it. */
START_TEST(peer_prints)
{
    peer_join(peer_start(prints));
}
END_TEST
COVERS(peer_prints);
