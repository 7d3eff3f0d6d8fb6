/* Calibration: probes with a known outcome. */
#include "runner/calibrate.h"
#include "runner/family.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct probe probes[] = {
    {"pass", "a case that passes is seen to pass", PASS, CAUSE_NONE, LACKS_NOTHING, {0}, false},
    {"fail_assertion",
     "a failed expectation is seen",
     FAIL,
     CAUSE_ASSERTION,
     LACKS_NOTHING,
     {0},
     false},
    {"fail_libcheck",
     "a failed ck_assert is seen",
     FAIL,
     CAUSE_ASSERTION,
     LACKS_NOTHING,
     {0},
     false},
    {"crash", "a crash costs one verdict", FAIL, CAUSE_CRASH, LACKS_CRASHES, {0}, false},
    {"hang", "a hung case is killed", FAIL, CAUSE_TIMEOUT, LACKS_KILLS, {0}, false},
    {"silent_exit", "exit code 0 alone is no pass", FAIL, CAUSE_CRASH, LACKS_NOTHING, {0}, false},
    {"second", "a second process of a case runs", PASS, CAUSE_NONE, LACKS_PEERS, {0}, false},
    {"orphan",
     "processes that outlive a case are found",
     FAIL,
     CAUSE_LEAK,
     LACKS_LEAKS,
     {0},
     false},
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
    probe->right = probe->outcome.verdict == probe->verdict &&
                   probe->outcome.cause == probe->cause && !probe->outcome.stays;
}

/* ---- What is given up */

static const struct {
    const char *name, *says;
} LACKS[LACK_COUNT] = {
    [LACKS_JOBS] = {"jobs", "no job holds the processes of a case: those that outlive both a case "
                            "and their own parent are not found"},
    [LACKS_LEAKS] = {"leaks", "processes that outlive a case are not found: no verdict tells of "
                              "them"},
    [LACKS_PEERS] = {"peers", "a case has no second process: those that start one are UNSUPPORTED"},
    [LACKS_CRASHES] = {"crashes",
                       "a crash is not seen as one: what crashes may end as any failure"},
    [LACKS_KILLS] = {"kills", "what hangs cannot be ended: its process and its files stay"},
    [LACKS_CLOCK] = {"clock", "the clock stands still: limits are counted in waits of 50 ms"},
};
static bool given_up[LACK_COUNT];

bool lacks(enum lack what)
{
    if (what == LACKS_JOBS)
        return family_held_by() == FAMILY_BY_PARENT && !given_up[LACKS_LEAKS];
    return what == LACKS_CLOCK ? schedule_clock_stands() : given_up[what];
}

const char *lack_name(enum lack what)
{
    return LACKS[what].name;
}

const char *lack_says(enum lack what)
{
    return LACKS[what].says;
}

static void give_up(enum lack what)
{
    given_up[what] = true;
    if (what == LACKS_PEERS) /* for the processes of cases: peer.c */
        real(SetEnvironmentVariableW)(L"CTS_LACKS", L"peers");
}

/* ---- The probes */

static void try_probes(unsigned jobs, double scale)
{
    struct launch launches[PROBE_COUNT] = {{0}};
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        char id[100];
        snprintf(id, sizeof(id), "runner.probes.%s", probes[i].name);
        outcome_free(&probes[i].outcome);
        launches[i] =
            (struct launch){.test = registry_find(id), .scale = scale, .context = &probes[i]};
        if (!strcmp(probes[i].name, "hang"))
            launches[i].limit_ms = 300;
    }
    schedule_list(launches, PROBE_COUNT, jobs, judge_probe, NULL);
}

static bool any_wrong(bool about(const struct probe *))
{
    for (size_t i = 0; i < PROBE_COUNT; i++)
        if (!probes[i].right && about(&probes[i]))
            return true;
    return false;
}

static bool at_all(const struct probe *probe)
{
    return probe->outcome.verdict != VERDICT_NONE;
}

/* Without a second process there is no orphan to be found. */
static bool is_moot(const struct probe *probe)
{
    bool second_is_wrong = false;
    for (size_t i = 0; i < PROBE_COUNT; i++)
        second_is_wrong |= probes[i].otherwise == LACKS_PEERS && !probes[i].right;
    return probe->otherwise == LACKS_LEAKS && second_is_wrong;
}

/* What may come of a job that does not do what it is for. */
static bool about_family(const struct probe *probe)
{
    return (probe->otherwise == LACKS_LEAKS && !is_moot(probe)) ||
           probe->otherwise == LACKS_KILLS || probe->outcome.cause == CAUSE_LEAK;
}

static bool says_leak(const struct probe *probe)
{
    return probe->outcome.cause == CAUSE_LEAK;
}

/* Something that must fail and passes makes all passes worthless. An orphan that nobody sees is
 * none: the case itself does pass. */
static bool worthless(const struct probe *probe)
{
    return !probe->right && (probe->otherwise == LACKS_NOTHING ||
                             (probe->verdict == FAIL && probe->outcome.verdict == PASS &&
                              probe->otherwise != LACKS_LEAKS));
}

/* Where the runner was started detached, a console of its own may bring each case a process that
 * outlives it. Jobs that hold nobody, or too many, are done without. */
unsigned calibrate(unsigned jobs, double scale)
{
    unsigned wrong = 0;
    memset(given_up, 0, sizeof(given_up));
    real(SetEnvironmentVariableW)(L"CTS_LACKS", NULL);
    try_probes(jobs, scale);
    if (any_wrong(at_all)) { /* the machine may have been busy */
        jobs = 1;
        scale *= 3;
        try_probes(jobs, scale);
    }
    if (any_wrong(at_all) && family_give_console())
        try_probes(jobs, scale);
    if (any_wrong(about_family) && family_held_by() != FAMILY_BY_PARENT) {
        family_hold_by(FAMILY_BY_PARENT);
        try_probes(jobs, scale);
    }
    if (any_wrong(says_leak)) {
        give_up(LACKS_LEAKS);
        try_probes(jobs, scale);
    }
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        wrong += worthless(&probes[i]);
        if (!probes[i].right && probes[i].otherwise && !is_moot(&probes[i]))
            give_up(probes[i].otherwise);
    }
    if (!any_wrong(about_family))
        family_job_holds();
    return wrong;
}

const struct probe *calibration(size_t *count)
{
    *count = PROBE_COUNT;
    return probes;
}
