/* run --ladder: how far an implementation has grown, and what comes next. */
#include "commands/ladder.h"
#include "records/catalogue.h"
#include "commands/results.h"
#include "runner/schedule.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void take(struct launch *launch, void *context)
{
    (void)launch;
    (void)context;
}

/* What its assertions say is what the implementation has to do next. */
static void tell_next(const struct launch *step)
{
    const char *needs = outcome_needs(&step->outcome);
    char *message = printable(step->outcome.message ? step->outcome.message : "no message");
    if (needs)
        printf("next: %s, which %s needs\n", needs, step->test->id);
    else
        printf("next: %s\n  message     %s\n", step->test->id, message);
    free(message);
    char *place = printable(step->outcome.place ? step->outcome.place : "");
    if (*place)
        printf("  at          %s\n", place);
    free(place);
    for (const char **id = step->test->assertions; *id; id++) {
        const struct assertion *one = catalogue_find(*id);
        if (one)
            printf("  documented  %s: %s\n              %s\n", *id, one->says, one->page);
    }
    printf("  rerun       winipc-cts run --trace %s\n", step->test->id);
}

static bool passes(struct launch *step, unsigned number, unsigned of)
{
    schedule_list(step, 1, 1, take, NULL);
    if (schedule_stopped())
        return false;
    printf("%2u of %u  %-11s %s\n", number, of, verdict_name(step->outcome.verdict),
           step->test->id);
    fflush(stdout);
    return step->outcome.verdict == PASS;
}

int command_ladder(const struct options *options)
{
    unsigned of = 0, number = 0;
    while (ladder[of])
        of++;
    int exit_code = begin_mutant(options);
    if (!exit_code)
        exit_code = begin_launches(options);
    if (exit_code)
        return exit_code;
    struct launch step = {0};
    bool up = true;
    while (up && number < of) {
        outcome_free(&step.outcome);
        step = (struct launch){.test = registry_find(ladder[number]),
                               .mutant = options->mutant,
                               .scale = options->scale};
        if (!step.test) { /* a ladder names cases of its suite: tests/harness/cli.tap */
            fprintf(stderr, "winipc-cts: the ladder names no case: %s\n", ladder[number]);
            schedule_close();
            return EXIT_UNTRUSTED;
        }
        up = passes(&step, ++number, of);
    }
    if (schedule_stopped())
        exit_code = end_stopped();
    else if (!up)
        tell_next(&step);
    if (!exit_code)
        printf("ladder: %u of %u steps\n", number - !up, of);
    outcome_free(&step.outcome);
    schedule_close();
    return exit_code ? exit_code : up ? EXIT_AS_EXPECTED : EXIT_UNEXPECTED;
}
