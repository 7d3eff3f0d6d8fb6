/* A ladder whose third step goes no further. */
#include "commands/ladder.h"

const char *const ladder[] = {
    "harness.verdicts.passes",
    "harness.mutated.file_type_of_a_disk_file",
    "harness.verdicts.fails_by_libcheck",
    "harness.mutated.wait_for_a_signaled_event",
    NULL,
};
