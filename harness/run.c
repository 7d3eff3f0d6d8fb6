/* The command `run`. */
#include "results.h"
#include "process.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static void shuffle(struct launch *launches, size_t count, unsigned seed)
{
    uint64_t state = seed * 6364136223846793005u + 1442695040888963407u;
    for (size_t i = count; i > 1; i--) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        size_t other = (size_t)(state >> 33) % i;
        struct launch swap = launches[i - 1];
        launches[i - 1] = launches[other];
        launches[other] = swap;
    }
}

struct progress {
    struct run *run;
    size_t done, total;
};

static void take_outcome(struct launch *launch, void *context)
{
    struct progress *progress = context;
    struct run *run = progress->run;
    struct result *result = launch->context, one = *result;

    one.outcome = launch->outcome;
    one.expected = as_expected(result->expectation, one.outcome.verdict, one.outcome.cause);
    result->tally[one.outcome.verdict]++;
    run->process_starts += one.outcome.processes;
    run->waited_ms += one.outcome.waited;
    run->unexpected += !one.expected;
    progress->done++;
    if (run->tap)
        report_tap_case(run, &one);
    if (run->options->verbosity > 0 && !run->tap)
        report_line(stdout, &one);
    report_progress(run, progress->done, progress->total, one.test);

    bool keep_old = result->outcome.verdict != VERDICT_NONE && !result->expected && one.expected;
    outcome_free(keep_old ? &one.outcome : &result->outcome);
    if (!keep_old) {
        result->outcome = one.outcome;
        result->expected = one.expected;
    }
}

static void run_launches(struct run *run)
{
    const struct options *options = run->options;
    size_t total = run->count * options->repeat;
    struct launch *launches = zeroed(total + 1, sizeof(*launches));
    struct progress progress = {run, 0, total};
    for (size_t i = 0; i < total; i++)
        launches[i] = (struct launch){.test = run->results[i % run->count].test,
                                      .mutant = options->mutant,
                                      .trace = options->trace,
                                      .scale = options->scale,
                                      .context = &run->results[i % run->count]};
    if (options->shuffle)
        shuffle(launches, total, options->seed);
    if (run->tap)
        report_tap_plan(run->tap, total + run->stale);
    run->seconds = -now();
    schedule(launches, total, options->jobs, take_outcome, &progress);
    run->seconds += now();
    report_no_progress();
    free(launches);
}

/* ---- A failed case once more, traced */

static void take_trace(struct launch *launch, void *context)
{
    struct result *result = launch->context;
    (void)context;
    result->outcome.trace = launch->outcome.trace;
    launch->outcome.trace = NULL;
    outcome_free(&launch->outcome);
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
    schedule(launches, count, run->options->jobs, take_trace, NULL);
    free(launches);
}

/* ---- The whole */

/* Expectations of cases that do not exist: a failed TAP line each. */
static void report_stale(struct run *run)
{
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++) {
        if (registry_find(all[i].case_id))
            continue;
        fprintf(stderr, "%s:%d: stale expectation: there is no case %s\n", all[i].file, all[i].line,
                all[i].case_id);
        if (run->tap)
            fprintf(run->tap, "not ok %u - %s:%d: stale expectation: there is no case %s\n",
                    ++run->tap_number, all[i].file, all[i].line, all[i].case_id);
    }
}

static unsigned count_stale(void)
{
    size_t count;
    unsigned stale = 0;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++)
        stale += !registry_find(all[i].case_id);
    return stale;
}

/* In this process, for a debugger: no watchdog, no job; a crash ends the run. */
static int run_here(const struct test_case *test, const struct options *options)
{
    WCHAR temp[MAX_PATH], path[MAX_PATH + 40];
    GetTempPathW(MAX_PATH - 60, temp);
    snprintf(process.id, sizeof(process.id), "%s", test->id);
    snprintf(process.number, sizeof(process.number), "0");
    snprintf(process.nonce, sizeof(process.nonce), "%08lx%08lx", GetCurrentProcessId(),
             GetTickCount());
    snprintf(process.mutant, sizeof(process.mutant), "%s", options->mutant ? options->mutant : "-");
    swprintf(process.dir, MAX_PATH, L"%lswinipc-cts-here-%hs", temp, process.nonce);
    process.scale = options->scale;
    process.trace = options->trace;
    if (!CreateDirectoryW(process.dir, NULL) || process_run(test->test, test->index)) {
        fprintf(stderr, "winipc-cts: cannot use the folder %ls\n", process.dir);
        return EXIT_UNTRUSTED;
    }
    struct record record = record_read(process_file(path, "0", L"rec"), process.nonce);
    printf("%s %s%s%s%s%s\n", verdict_name(record.verdict), test->id, record.message ? ": " : "",
           record.message ? record.message : "", record.place ? ", at " : "",
           record.place ? record.place : "");
    printf("files of the case: %ls\n", process.dir);
    return record.verdict == PASS ? EXIT_AS_EXPECTED : EXIT_UNEXPECTED;
}

static void report(struct run *run)
{
    FILE *to = run->tap == stdout ? stderr : stdout;
    for (size_t i = 0; i < run->count; i++)
        if (!run->results[i].expected && run->results[i].outcome.verdict != VERDICT_NONE)
            report_case(to, &run->results[i]);
        else if (run->options->trace && !run->options->json && run->results[i].outcome.trace)
            fprintf(to, "%s %s\n%s\n", result_label(&run->results[i]), run->results[i].test->id,
                    run->results[i].outcome.trace);
    report_summary(to, run);
    if (run->options->shuffle && run->options->verbosity >= 0)
        fprintf(to, "order: --shuffle=%u\n", run->options->seed);
}

static int run_all(struct run *run)
{
    const struct options *options = run->options;
    if (options->json)
        run->floor_seconds = schedule_floor(8);
    utc(run->start);
    run_launches(run);
    if (!options->trace && !schedule_interrupted())
        trace_failures(run);
    utc(run->end);
    if (options->json) /* once more: the machine may have been busier meanwhile */
        run->floor_seconds = (run->floor_seconds + schedule_floor(8)) / 2;
    report_stale(run);
    report(run);
    if (schedule_interrupted())
        fprintf(stderr, "winipc-cts: interrupted; what had been measured is reported\n");
    if (options->json && !report_json(run, options->json))
        return EXIT_UNTRUSTED;
    return schedule_interrupted() || run->unexpected || run->stale ? EXIT_UNEXPECTED
                                                                   : EXIT_AS_EXPECTED;
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
    if (!exit_code && options.no_isolation && run.count != 1) {
        fprintf(stderr, "winipc-cts: --no-isolation takes one case; these are %llu\n",
                (unsigned long long)run.count);
        exit_code = EXIT_USAGE;
    }
    if (!exit_code && options.no_isolation)
        return run_here(selected[0], &options);
    if (!exit_code)
        exit_code = begin_output(&options, &run.tap);
    if (!exit_code)
        exit_code = begin_launches(&options);
    if (exit_code)
        return exit_code;

    if (options.shuffle && !options.seed)
        options.seed = (unsigned)time(NULL) ^ GetCurrentProcessId() << 16;
    run.stale = count_stale();
    run.results = zeroed(run.count, sizeof(*run.results));
    for (size_t i = 0; i < run.count; i++) {
        run.results[i].test = selected[i];
        run.results[i].expectation = expectation_of(selected[i]);
    }
    exit_code = run_all(&run);
    schedule_close();
    return exit_code;
}
