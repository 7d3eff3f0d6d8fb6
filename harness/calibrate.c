/* Calibration: probes with a known outcome. */
#include "calibrate.h"
#include "family.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct probe probes[] = {
    {"pass", "a case that passes is seen to pass", PASS, CAUSE_NONE, {0}, false},
    {"fail_assertion", "a failed expectation is seen", FAIL, CAUSE_ASSERTION, {0}, false},
    {"fail_libcheck", "a failed ck_assert is seen", FAIL, CAUSE_ASSERTION, {0}, false},
    {"crash", "a crash costs one verdict", FAIL, CAUSE_CRASH, {0}, false},
    {"hang", "a hung case is killed", FAIL, CAUSE_TIMEOUT, {0}, false},
    {"silent_exit", "exit code 0 alone is no pass", FAIL, CAUSE_CRASH, {0}, false},
    {"orphan", "processes that outlive a case are found", FAIL, CAUSE_LEAK, {0}, false},
};
#define PROBE_COUNT (sizeof(probes) / sizeof(probes[0]))

static void judge_probe(struct launch *launch, void *context)
{
    struct probe *probe = launch->context;
    (void)context;
    probe->outcome = launch->outcome;
    if (launch->outcome.message) {
        probe->outcome.message = printable(launch->outcome.message);
        free(launch->outcome.message);
    }
    probe->right = probe->outcome.verdict == probe->verdict && probe->outcome.cause == probe->cause;
}

static unsigned try_probes(unsigned jobs, double scale)
{
    struct launch launches[PROBE_COUNT] = {{0}};
    unsigned wrong = 0;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        char id[100];
        snprintf(id, sizeof(id), "harness.probes.%s", probes[i].name);
        launches[i] =
            (struct launch){.test = registry_find(id), .scale = scale, .context = &probes[i]};
        if (!strcmp(probes[i].name, "hang"))
            launches[i].limit_ms = 300;
    }
    schedule_list(launches, PROBE_COUNT, jobs, judge_probe, NULL);
    for (size_t i = 0; i < PROBE_COUNT; i++)
        wrong += !probes[i].right;
    return wrong;
}

/* Where the runner was started detached, a console of its own may bring each case a process that
 * outlives it. */
unsigned calibrate(unsigned jobs, double scale)
{
    unsigned wrong = try_probes(jobs, scale);
    return wrong && family_give_console() ? try_probes(jobs, scale) : wrong;
}

const struct probe *calibration(size_t *count)
{
    *count = PROBE_COUNT;
    return probes;
}
