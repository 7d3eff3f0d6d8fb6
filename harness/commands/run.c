/* The command `run`. */
#include "records/implementation.h"
#include "case/interpose.h"
#include "commands/journal.h"
#include "case/path.h"
#include "case/process.h"
#include "report/report_json.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A case that takes longer has waited for something. */
#define LONG_SECONDS 1

static double now(void)
{
    LARGE_INTEGER count, frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart / (double)frequency.QuadPart;
}

static void utc(char *text)
{
    SYSTEMTIME t;
    GetSystemTime(&t);
    snprintf(text, 24, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.wYear, t.wMonth, t.wDay, t.wHour,
             t.wMinute, t.wSecond);
}

/* ---- Launches */

/* The launches come in rounds of all cases, --repeat of them, each in an order of its own. They are
 * made as they are wanted: a million rounds take no more memory than one. */
struct progress {
    struct run *run;
    size_t *order; /* of the cases in this round */
    size_t place;  /* in it */
    unsigned round;
    uint64_t done, total;
    struct doubt {
        struct result *result;
        struct outcome first;
    } * doubts; /* what ran out of time, to be tried again */
    size_t doubt_count;
    struct result **alone; /* what has to run in a process of its own after a worker */
    size_t alone_count;
};

static void shuffle(size_t *order, size_t count, uint64_t state)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    for (size_t i = count; i > 1; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t other = (size_t)(state >> 33) % i, swap = order[i - 1];
        order[i - 1] = order[other];
        order[other] = swap;
    }
}

/* What is not to pass would run twice, and end the worker for those behind it. */
static bool suits_worker(const struct run *run, const struct result *result)
{
    return run->options->fast && !run->options->mutant && !result->expectation;
}

/* Those for workers first: a process of its own between them would cut the workers short. */
static void begin_round(struct progress *progress)
{
    const struct run *run = progress->run;
    size_t front = 0, back = run->count;
    for (size_t i = 0; i < run->count; i++)
        progress
            ->order[!run->options->fast || suits_worker(run, &run->results[i]) ? front++ : --back] =
            i;
    if (run->options->shuffle) {
        uint64_t state = run->options->seed + ((uint64_t)progress->round << 32);
        shuffle(progress->order, front, state);
        shuffle(progress->order + front, run->count - front, state);
    }
    progress->place = 0;
}

static bool is_failure_expected(const struct result *result)
{
    return result->expectation && result->expectation->verdict == FAIL;
}

static struct launch *make_launch(const struct run *run, struct result *result, bool in_worker)
{
    struct launch *launch = zeroed(1, sizeof(*launch));
    *launch = (struct launch){.test = result->test,
                              .mutant = run->options->mutant,
                              /* else it would run once more to be traced */
                              .trace = run->options->trace || is_failure_expected(result),
                              .in_worker = in_worker,
                              .leaks = in_worker && run->options->leaks,
                              .scale = run->options->scale,
                              .context = result};
    return launch;
}

static struct launch *next_launch(void *context)
{
    struct progress *progress = context;
    const struct run *run = progress->run;
    if (progress->alone_count)
        return make_launch(run, progress->alone[--progress->alone_count], false);
    for (;;) {
        if (progress->round >= run->options->repeat)
            return NULL;
        if (progress->place == run->count) {
            progress->round++;
            begin_round(progress);
            continue;
        }
        struct result *result = &run->results[progress->order[progress->place++]];
        if (progress->round < result->replayed)
            continue;
        return make_launch(run, result, suits_worker(run, result));
    }
}

/* Which of two outcomes of a case its entry tells of: the less expected one, or else the later. */
static int weight(bool expected, const struct outcome *outcome)
{
    return outcome->verdict == VERDICT_NONE ? -1 : expected ? is_late(outcome) : 2;
}

/* An outcome that stands. It becomes the result's. */
static void take_outcome(struct run *run, struct result *result, struct outcome *outcome)
{
    if (outcome_needs(outcome)) /* nothing is expected of what cannot be tried */
        result->expectation = NULL;
    struct result one = *result;
    one.outcome = *outcome;
    one.expected = as_expected(result->expectation, outcome->verdict, outcome->cause);
    result->tally[outcome->verdict]++;
    result->taken++;
    run->process_starts += outcome->processes;
    run->waited_ms += outcome->waited;
    run->unexpected += !one.expected;
    run->late += is_late(outcome);
    if (run->tap)
        report_tap_case(run, &one);
    if (run->options->verbosity > 0 && !run->tap)
        report_line(stdout, &one);

    bool keep_old = weight(result->expected, &result->outcome) > weight(one.expected, outcome);
    outcome_free(keep_old ? outcome : &result->outcome);
    if (!keep_old) {
        result->outcome = one.outcome;
        result->expected = one.expected;
    }
}

static double seconds_so_far(const struct run *run)
{
    return run->seconds_before + run->seconds + now();
}

static void settle(struct progress *progress, struct result *result, struct outcome *outcome)
{
    journal_outcome(result, outcome, seconds_so_far(progress->run));
    take_outcome(progress->run, result, outcome);
    report_progress(progress->run, (size_t)++progress->done, (size_t)progress->total,
                    seconds_so_far(progress->run), result->test);
}

/* On a busy machine a case can run out of time for no fault of the implementation: of the
 * harness's, or of what it gave the call under test (select, SO_RCVTIMEO), which shows as a failed
 * expectation of a case that took long. With a mutant it is expected to. */
static bool is_doubtful(const struct run *run, const struct launch *launch)
{
    const struct result *result = launch->context;
    const struct outcome *outcome = &launch->outcome;
    bool took_long = outcome->cause == CAUSE_ASSERTION && outcome->seconds >= LONG_SECONDS;
    return (outcome->cause == CAUSE_TIMEOUT || took_long) && !run->options->mutant &&
           !as_expected(result->expectation, outcome->verdict, outcome->cause);
}

/* Of a worker only what is well is believed. */
static bool is_believed(const struct outcome *outcome)
{
    return !outcome->in_worker ||
           (!outcome->doubtful && (outcome->verdict == PASS || outcome->verdict == UNSUPPORTED));
}

static void run_alone(struct progress *progress, struct launch *launch)
{
    progress->run->process_starts += launch->outcome.processes;
    outcome_free(&launch->outcome);
    progress->alone =
        grow_list(progress->alone, progress->alone_count + 1, sizeof(*progress->alone));
    progress->alone[progress->alone_count++] = launch->context;
}

static void take_launch(struct launch *launch, void *context)
{
    struct progress *progress = context;
    if (!is_believed(&launch->outcome)) {
        run_alone(progress, launch);
    } else if (is_doubtful(progress->run, launch)) {
        progress->doubts =
            grow_list(progress->doubts, progress->doubt_count + 1, sizeof(*progress->doubts));
        progress->doubts[progress->doubt_count++] =
            (struct doubt){launch->context, launch->outcome};
    } else {
        settle(progress, launch->context, &launch->outcome);
    }
    free(launch);
}

static void take_second(struct launch *launch, void *context)
{
    struct progress *progress = context;
    struct doubt *doubt = launch->context;
    launch->outcome.first = grow(NULL, sizeof(*launch->outcome.first));
    *launch->outcome.first = doubt->first;
    launch->outcome.processes += doubt->first.processes;
    settle(progress, doubt->result, &launch->outcome);
}

/* What ran out of time is tried once more before it is believed: alone, with three times the time.
 */
static void try_again(struct progress *progress)
{
    const struct options *options = progress->run->options;
    struct launch *launches = zeroed(progress->doubt_count + 1, sizeof(*launches));
    for (size_t i = 0; i < progress->doubt_count; i++)
        launches[i] = (struct launch){.test = progress->doubts[i].result->test,
                                      .trace = options->trace,
                                      .scale = 3 * options->scale,
                                      .context = &progress->doubts[i]};
    schedule_list(launches, progress->doubt_count, 1, take_second, progress);
    free(launches);
    free(progress->doubts);
}

/* 0, or the exit code when the journal cannot be read. */
static int run_launches(struct run *run)
{
    struct progress progress = {.run = run,
                                .order = zeroed(run->count, sizeof(size_t)),
                                .total = (uint64_t)run->count * run->options->repeat};
    if (run->tap)
        report_tap_plan(run->tap, progress.total + run->stale + run->unexpectedly_missing);
    int exit_code = journal_replay(run, take_outcome);
    for (size_t i = 0; i < run->count; i++)
        progress.done += run->results[i].taken;
    begin_round(&progress);
    run->seconds = -now();
    if (!exit_code)
        schedule(next_launch, run->options->jobs, take_launch, &progress);
    try_again(&progress);
    run->seconds = seconds_so_far(run);
    report_no_progress();
    free(progress.order);
    free(progress.alone);
    return exit_code;
}

/* ---- A failed case once more, traced */

static void take_trace(struct launch *launch, void *context)
{
    struct result *result = launch->context;
    (void)context;
    result->outcome.trace = launch->outcome.trace;
    launch->outcome.trace = NULL;
    outcome_free(&launch->outcome);
    if (result->outcome.trace)
        journal_trace(result);
}

/* Not of what is expected to time out: that would cost the time again and tell nothing new. */
static bool wants_trace(const struct result *result)
{
    return result->outcome.verdict == FAIL && !result->outcome.trace &&
           !(result->expected && result->outcome.cause == CAUSE_TIMEOUT);
}

static void trace_failures(struct run *run)
{
    struct launch *launches = zeroed(run->count + 1, sizeof(*launches));
    size_t count = 0;
    for (size_t i = 0; i < run->count; i++)
        if (wants_trace(&run->results[i]))
            launches[count++] = (struct launch){.test = run->results[i].test,
                                                .mutant = run->options->mutant,
                                                .trace = true,
                                                .scale = run->options->scale,
                                                .context = &run->results[i]};
    schedule_list(launches, count, run->options->jobs, take_trace, NULL);
    free(launches);
}

/* ---- The whole */

/* Expectations of what does not exist: a failed TAP line each. */
static void report_stale(struct run *run)
{
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++) {
        const char *why = stale_because(&all[i]);
        if (!why)
            continue;
        fprintf(stderr, "%s:%d: stale expectation: %s: %s\n", all[i].file, all[i].line, why,
                all[i].case_id);
        if (run->tap)
            fprintf(run->tap, "not ok %u - %s:%d: stale expectation: %s: %s\n", ++run->tap_number,
                    all[i].file, all[i].line, why, all[i].case_id);
    }
}

static unsigned count_stale(void)
{
    size_t count;
    unsigned stale = 0;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++)
        stale += stale_because(&all[i]) != NULL;
    return stale;
}

/* One failure for each function that is missing and should not be, however many cases need it. */
static void report_missing(struct run *run)
{
    const char *claims = implementation()->claims;
    for (unsigned i = 0; i < run->missing_count; i++) {
        const struct missing *one = &run->missing[i];
        if (one->expectation)
            continue;
        fprintf(run->tap == stdout ? stderr : stdout,
                "%-11s %s: %s is missing, and Windows %s has it\n", "FAIL", one->module, one->name,
                claims);
        if (run->tap)
            fprintf(run->tap, "not ok %u - %s: %s is missing, and Windows %s has it\n",
                    ++run->tap_number, one->module, one->name, claims);
    }
}

/* In this process, for a debugger: no watchdog, no job; a crash ends the run. */
static int run_here(const struct test_case *test, const struct options *options)
{
    WCHAR *temp = temporary_folder();
    snprintf(process.id, sizeof(process.id), "%s", test->id);
    snprintf(process.number, sizeof(process.number), "0");
    snprintf(process.nonce, sizeof(process.nonce), "%08lx%08lx", GetCurrentProcessId(),
             GetTickCount());
    snprintf(process.mutant, sizeof(process.mutant), "%s", options->mutant ? options->mutant : "-");
    process.dir = wide_print(L"%lswinipc-cts-here-%hs", temp ? temp : L"", process.nonce);
    process.scale = options->scale;
    process.trace = options->trace;
    char *shown = utf8_of(process.dir);
    if (!temp || !CreateDirectoryW(process.dir, NULL) || process_run(test->test, test->index)) {
        fprintf(stderr, "winipc-cts: cannot use the folder %s\n", shown);
        return EXIT_UNTRUSTED;
    }
    struct record record = record_read(process_file("0", L"rec"), process.nonce);
    char *message = printable(record.message ? record.message : "");
    char *place = printable(record.place ? record.place : "");
    printf("%s %s%s%s%s%s\n", verdict_name(record.verdict), test->id, *message ? ": " : "", message,
           *place ? ", at " : "", place);
    printf("files of the case: %s\n", shown);
    return record.verdict == PASS ? EXIT_AS_EXPECTED : EXIT_UNEXPECTED;
}

/* Findings about tests. */
static void report_left(FILE *to, const struct run *run)
{
    size_t workers = 0, leaving = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct outcome *outcome = &run->results[i].outcome;
        const struct saw *left = NULL;
        for (size_t k = 0; k < outcome->saw_count; k++)
            if (!strcmp(outcome->saw[k].key, SAW_LEFT))
                left = &outcome->saw[k];
        workers += outcome->in_worker;
        leaving += left != NULL;
        if (left)
            fprintf(to, "%-11s %s: %s\n", "LEFT", run->results[i].test->id, left->text);
    }
    fprintf(to, "%zu of %zu cases that ran in workers left something in the process\n", leaving,
            workers);
}

static void report(struct run *run)
{
    FILE *to = run->tap == stdout ? stderr : stdout;
    if (run->options->leaks)
        report_left(to, run);
    for (size_t i = 0; i < run->count; i++)
        if (!run->results[i].expected && run->results[i].outcome.verdict != VERDICT_NONE)
            report_case(to, &run->results[i]);
        else if (run->options->trace && !run->options->json && run->results[i].outcome.trace)
            report_trace(to, &run->results[i]);
    report_summary(to, run);
    if (run->options->shuffle && run->options->verbosity >= 0)
        fprintf(to, "order: --shuffle=%u\n", run->options->seed);
}

/* The page of the record, as `matrix` makes it. False with one line on stderr. */
static bool write_page(FILE *to, json_t *record)
{
    struct results results;
    char *problem = results_of_json("this run", json_incref(record), &results);
    bool is_read = !problem;
    if (is_read) {
        report_html(to, &results, 1);
        results_free(&results);
    } else
        fprintf(stderr, "winipc-cts: %s\n", problem);
    free(problem);
    return end_output(to, "HTML") && is_read;
}

static int run_all(struct run *run)
{
    const struct options *options = run->options;
    if (options->json)
        run->floor_seconds = schedule_floor(8);
    int exit_code = run_launches(run);
    if (exit_code)
        return exit_code;
    if (!options->trace && !schedule_stopped())
        trace_failures(run);
    utc(run->end);
    if (options->json && !schedule_stopped()) /* the machine may have been busier meanwhile */
        run->floor_seconds = (run->floor_seconds + schedule_floor(8)) / 2;
    run->complete = !schedule_stopped();
    report_stale(run);
    report_missing(run);
    report(run);
    if (schedule_stopped())
        exit_code = end_stopped();
    if (run->tap && !end_output(run->tap, "TAP"))
        exit_code = EXIT_UNTRUSTED;
    if (run->junit)
        report_junit(run->junit, run);
    if (run->junit && !end_output(run->junit, "JUnit"))
        exit_code = EXIT_UNTRUSTED;
    json_t *record = json_of_run(run);
    if (run->html && !write_page(run->html, record))
        exit_code = EXIT_UNTRUSTED;
    bool written = !options->json || report_record(record, options->json, true);
    json_decref(record);
    if (!written)
        return EXIT_UNTRUSTED;
    journal_close(run->complete);
    return exit_code                                                    ? exit_code
           : run->unexpected || run->stale || run->unexpectedly_missing ? EXIT_UNEXPECTED
                                                                        : 0;
}

int command_run(const struct options *given, char *command_line)
{
    struct options options = *given;
    struct run run = {.options = &options, .command_line = command_line, .floor_seconds = -1};
    const struct test_case **selected = NULL;
    int exit_code = begin_mutant(&options);
    if (!exit_code)
        exit_code = begin_expectations(&options);
    if (!exit_code)
        exit_code = begin_selection(&options, &selected, &run.count);
    if (!exit_code)
        exit_code = begin_shard(&options, selected, &run.count);
    if (!exit_code && options.failed) {
        exit_code = begin_failed(&options, selected, &run.count);
        options.json = beside(options.json, ".failed"); /* lives as long as the run */
    }
    if (!exit_code && options.no_isolation && run.count != 1) {
        fprintf(stderr, "winipc-cts: --no-isolation takes one case; these are %llu\n",
                (unsigned long long)run.count);
        exit_code = EXIT_USAGE;
    }
    if (!exit_code && options.no_isolation)
        return run_here(selected[0], &options);
    if (!exit_code)
        exit_code = begin_output(&options, &run.tap, &run.junit, &run.html);
    if (exit_code)
        return exit_code;

    if (options.shuffle && !options.seed_given)
        options.seed = (unsigned)time(NULL) ^ GetCurrentProcessId() << 16;
    run.stale = count_stale();
    run.results = zeroed(run.count, sizeof(*run.results));
    for (size_t i = 0; i < run.count; i++) {
        run.results[i].test = selected[i];
        run.results[i].expectation = expectation_of(selected[i]);
    }
    find_missing(&run);
    utc(run.start);
    exit_code = journal_open(&run, &options);
    if (!exit_code)
        exit_code = begin_launches(&options);
    if (!exit_code) {
        begin_writing(run.tap);
        begin_writing(run.junit);
        begin_writing(run.html);
        exit_code = journal_begin(&run);
        if (!exit_code)
            exit_code = run_all(&run);
        schedule_close();
    }
    journal_close(false);
    return exit_code;
}
