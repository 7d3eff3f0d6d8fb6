/*
 * The command `mutants`: the kill matrix. Cases run in workers; what speaks against a mutant there
 * is said again by a process of its own before it counts.
 *
 * A baseline, traced, tells which cases call which functions and must be green. Then every mutant
 * is planted under every case that calls a function it changes. A mutant is killed when a case that
 * checks an assertion naming it FAILs. It is specific when it leaves most callers alone: it changes
 * one fact and not the whole function.
 */
#include "commands/results.h"
#include "report/report_json.h"
#include "records/catalogue.h"
#include "case/interpose.h"
#include "mutants.h"
#include "base/memory.h"
#include "base/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Limits are shorter than in a run: a mutant often shows as a call that never returns. But a step
 * has at least twice the time that all of the case took without a mutant: on Windows the refusal of
 * a connection takes 2 s. */
#define MUTANT_SCALE 0.3
#define STEP_SECONDS 5

struct baseline {
    const struct test_case *test;
    enum verdict verdict;
    bool expected, doubtful, alone;
    char *message;
    double seconds;        /* that it took */
    struct api_set called; /* by it */
};

struct row_of_matrix {
    const struct mutant *mutant;
    unsigned naming, naming_failed; /* callers that name it */
    unsigned others, others_run, others_failed;
    const struct baseline **other; /* the others; NULL: it has been added */
    unsigned left;                 /* launches to come */
    bool provable;                 /* a case that names it passes here without it */
    bool reported;
    bool silent;        /* all that name it ended UNSUPPORTED under it */
    const char *killer; /* id of the first case that killed it */
    char *spared;       /* how the last case that names it and did not FAIL ended */
};

/* One required assertion that selected cases check. */
struct proof {
    const struct assertion *assertion;
    const char **killed_by; /* mutants that it names and that its cases killed */
};

struct matrix {
    const struct options *options;
    struct baseline *cases;
    size_t case_count;
    struct row_of_matrix *rows;
    size_t row_count;
    struct proof *proofs;
    size_t proof_count;
    struct launch *launches;
    enum verdict *ended; /* of each launch; VERDICT_NONE: to be run alone */
    FILE *tap;
    unsigned tap_number;
    size_t done, total;
};

static bool names_mutant(const struct assertion *assertion, const char *name)
{
    for (const char **one = assertion ? assertion->mutants : NULL; one && *one; one++)
        if (!strcmp(*one, name))
            return true;
    return false;
}

static bool case_names_mutant(const struct test_case *test, const char *name)
{
    for (const char **id = test->assertions; *id; id++)
        if (names_mutant(catalogue_find(*id), name))
            return true;
    return false;
}

static unsigned callers(const struct row_of_matrix *row)
{
    return row->naming + row->others;
}

/* Of a sample of the others, as many in proportion. */
static unsigned failing(const struct row_of_matrix *row)
{
    unsigned others = row->others_failed;
    if (row->others_run)
        others = (others * row->others + row->others_run / 2) / row->others_run;
    return row->naming_failed + others;
}

static bool is_few(const struct row_of_matrix *row, unsigned failing)
{
    return callers(row) >= 8 ? failing * 4 <= callers(row) : failing < callers(row);
}

static bool is_specific(const struct row_of_matrix *row)
{
    return is_few(row, failing(row));
}

/* ---- Baseline */

static void take_baseline(struct launch *launch, void *context)
{
    struct baseline *one = launch->context;
    (void)context;
    free(one->message);
    one->alone = !launch->in_worker;
    one->doubtful = launch->outcome.doubtful;
    one->verdict = launch->outcome.verdict;
    one->expected = as_expected(expectation_of(one->test), one->verdict, launch->outcome.cause);
    one->seconds = launch->outcome.seconds;
    one->called = interposed_in(launch->outcome.trace);
    one->message = printable(launch->outcome.message ? launch->outcome.message : "");
    outcome_free(&launch->outcome);
}

static bool is_baseline(const struct baseline *one)
{
    return one->alone || (one->expected && !one->doubtful && one->verdict != VERDICT_NONE);
}

/* Whether a record was made of this program on this implementation, and without a mutant. */
static bool is_of_this(const struct results *record)
{
    json_t *origin = json_of_origin();
    bool same = json_equal(json_object_get(origin, "suite"), record->suite) &&
                json_equal(json_object_get(origin, "implementation"), record->implementation) &&
                !json_object_get(record->run, "mutant");
    json_decref(origin);
    return same;
}

/* Takes over from a record what it has of cases that were traced and did what is expected. */
static int read_baseline(struct matrix *matrix, const char *name)
{
    struct results record;
    int exit_code = begin_results(name, &record);
    if (exit_code)
        return exit_code;
    if (!is_of_this(&record)) {
        fprintf(stderr, "winipc-cts: %s: it is not of this program here without a mutant\n",
                record.name);
        exit_code = EXIT_USAGE;
    }
    for (size_t i = 0; i < matrix->case_count && !exit_code; i++) {
        struct baseline *one = &matrix->cases[i];
        const struct results_case *known = results_find(&record, one->test->id);
        const char *trace = known ? results_text(known->json, "trace") : "";
        if (!*trace || !known->expected)
            continue;
        one->verdict = known->verdict;
        one->expected = true;
        one->seconds = known->seconds;
        one->called = interposed_in(trace);
    }
    results_free(&record);
    return exit_code;
}

/* In workers, or of those that workers do not speak for. */
static void launch_baseline(struct matrix *matrix, bool in_worker)
{
    struct launch *launches = zeroed(matrix->case_count, sizeof(*launches));
    size_t count = 0;
    for (size_t i = 0; i < matrix->case_count; i++)
        if (!is_baseline(&matrix->cases[i]))
            launches[count++] =
                (struct launch){.test = matrix->cases[i].test,
                                .trace = true,
                                .in_worker = in_worker && !matrix->options->isolated,
                                .scale = matrix->options->scale,
                                .context = &matrix->cases[i]};
    schedule_list(launches, count, matrix->options->jobs, take_baseline, NULL);
    free(launches);
}

/* False, with a line for each culprit, when a case does not do without a mutant what is expected.
 */
static bool run_baseline(struct matrix *matrix)
{
    bool green = true;
    launch_baseline(matrix, true);
    launch_baseline(matrix, false);
    for (size_t i = 0; i < matrix->case_count; i++) {
        const struct baseline *one = &matrix->cases[i];
        if (one->expected)
            continue;
        green = false;
        fprintf(stderr, "winipc-cts: the baseline is not green: %s %s without a mutant: %s\n",
                verdict_name(one->verdict), one->test->id, one->message);
    }
    return green;
}

/* ---- The matrix */

static bool calls_mutated(const struct baseline *one, const struct mutant *mutant)
{
    for (size_t i = 0; i < mutant->patch_count; i++)
        if (api_is_in(&one->called, mutant->patches[i].api))
            return true;
    return false;
}

static bool is_wanted(const struct matrix *matrix, const struct mutant *mutant)
{
    if (matrix->options->mutant)
        return !strcmp(matrix->options->mutant, mutant->name);
    if (!matrix->options->patterns && !matrix->options->excludes)
        return true;
    for (size_t i = 0; i < matrix->case_count; i++)
        if (case_names_mutant(matrix->cases[i].test, mutant->name))
            return true;
    return false;
}

static void add_proof(struct matrix *matrix, const char *id)
{
    const struct assertion *assertion = catalogue_find(id);
    if (!assertion || strcmp(assertion->level, "required"))
        return;
    for (size_t i = 0; i < matrix->proof_count; i++)
        if (matrix->proofs[i].assertion == assertion)
            return;
    size_t mutants = 0;
    while (assertion->mutants[mutants])
        mutants++;
    matrix->proofs = grow_list(matrix->proofs, matrix->proof_count + 1, sizeof(*matrix->proofs));
    matrix->proofs[matrix->proof_count++] =
        (struct proof){assertion, zeroed(mutants + 1, sizeof(char *))};
}

static double shortened(const struct matrix *matrix, const struct baseline *one)
{
    double whole = matrix->options->scale, needed = 2 * one->seconds / STEP_SECONDS;
    double scale = needed > whole * MUTANT_SCALE ? needed : whole * MUTANT_SCALE;
    return scale < whole ? scale : whole;
}

static void add_launch(struct matrix *matrix, struct row_of_matrix *row,
                       const struct test_case *test, double scale, bool in_worker)
{
    matrix->launches = grow_list(matrix->launches, matrix->total + 1, sizeof(*matrix->launches));
    matrix->ended = grow_list(matrix->ended, matrix->total + 1, sizeof(*matrix->ended));
    matrix->ended[matrix->total] = VERDICT_NONE;
    matrix->launches[matrix->total++] =
        (struct launch){.test = test,
                        .mutant = row->mutant->name,
                        .in_worker = in_worker && !matrix->options->isolated,
                        .scale = scale,
                        .context = row};
    row->left++;
}

static void add_other(struct matrix *matrix, struct row_of_matrix *row, unsigned place)
{
    const struct baseline *one = row->other[place];
    add_launch(matrix, row, one->test, shortened(matrix, one), true);
    row->other[place] = NULL;
    row->others_run++;
}

/* Adds the quickest of each of SAMPLE equal parts of the other callers where none has been added:
 * whom a mutant leaves alone hangs on what a case is about, not on its length. 0: adds all. */
static void add_others(struct matrix *matrix, struct row_of_matrix *row, unsigned sample)
{
    unsigned parts = sample && sample < row->others ? sample : row->others;
    for (unsigned part = 0; part < parts; part++) {
        unsigned place = (unsigned)((uint64_t)part * row->others / parts);
        unsigned end = (unsigned)((uint64_t)(part + 1) * row->others / parts), best = place;
        for (; place < end && row->other[place]; place++)
            if (row->other[place]->seconds < row->other[best]->seconds)
                best = place;
        if (place == end)
            add_other(matrix, row, best);
    }
}

/* The cases that name the mutant, and its other callers: all, or with --sample some. */
static void plan_row(struct matrix *matrix, struct row_of_matrix *row)
{
    bool named = false;
    row->other = zeroed(matrix->case_count, sizeof(*row->other));
    for (size_t i = 0; i < matrix->case_count; i++) {
        const struct baseline *one = &matrix->cases[i];
        bool names_it = case_names_mutant(one->test, row->mutant->name);
        named |= names_it;
        if (one->verdict != PASS)
            continue;
        row->provable |= names_it;
        if (!calls_mutated(one, row->mutant))
            continue;
        if (!names_it) {
            row->other[row->others++] = one;
            continue;
        }
        add_launch(matrix, row, one->test, shortened(matrix, one), true);
        row->naming++;
    }
    row->provable |= !named; /* then it survives */
    add_others(matrix, row, matrix->options->sample);
}

/* The rows with their launches, and the assertions to be proved. */
static void plan(struct matrix *matrix)
{
    for (const struct mutant *mutant = mutant_first(); mutant; mutant = mutant->next) {
        if (!is_wanted(matrix, mutant))
            continue;
        matrix->rows = grow_list(matrix->rows, matrix->row_count + 1, sizeof(*matrix->rows));
        matrix->rows[matrix->row_count++] = (struct row_of_matrix){.mutant = mutant};
    }
    for (size_t r = 0; r < matrix->row_count; r++)
        plan_row(matrix, &matrix->rows[r]);
    for (size_t i = 0; i < matrix->case_count && !matrix->options->mutant; i++)
        for (const char **id = matrix->cases[i].test->assertions;
             matrix->cases[i].verdict == PASS && *id; id++)
            add_proof(matrix, *id);
}

static void note_kill(struct matrix *matrix, const struct test_case *test, const char *mutant)
{
    for (size_t i = 0; i < matrix->proof_count; i++) {
        struct proof *proof = &matrix->proofs[i];
        const char **slot = proof->killed_by;
        if (!case_checks(test, proof->assertion->id) || !names_mutant(proof->assertion, mutant))
            continue;
        while (*slot && strcmp(*slot, mutant))
            slot++;
        *slot = mutant;
    }
}

static const char *row_label(const struct row_of_matrix *row)
{
    return row->killer ? "killed" : row->provable ? "SURVIVED" : "unjudged";
}

/* A mutant whose cases do not pass here even without it cannot be judged here. */
static void report_row(struct matrix *matrix, struct row_of_matrix *row)
{
    FILE *to = matrix->tap == stdout ? stderr : stdout;
    const char *spared = row->spared ? row->spared : "no case calls what it changes";
    if (row->reported)
        return;
    row->reported = true;
    if (matrix->tap)
        fprintf(matrix->tap, "%s %u - mutant %s%s\n# %s%s; %u of %u callers fail\n",
                row->killer || !row->provable ? "ok" : "not ok", ++matrix->tap_number,
                row->mutant->name, row->provable ? "" : " # SKIP its cases do not pass here",
                row->killer ? row->killer : "no case that checks an assertion naming it fails: ",
                row->killer ? "" : spared, failing(row), callers(row));
    if (matrix->tap)
        tap_check(matrix->tap);
    if (matrix->options->json_to_stdout || (row->killer && matrix->options->verbosity < 1))
        return;
    fprintf(to, "%-9s %s: %u of %u callers fail%s%s\n", row_label(row), row->mutant->name,
            failing(row), callers(row), row->killer ? ", first " : "; ",
            row->killer     ? row->killer
            : row->provable ? spared
                            : "its cases do not pass here without it either");
}

/* A sample that speaks against a mutant is not the last word: a larger one is, or all callers. */
static bool is_settled(const struct row_of_matrix *row)
{
    return is_specific(row) || row->others_run == row->others ||
           !is_few(row, row->naming_failed + row->others_failed);
}

/* Nor is a limit that was shortened: then what ran out of it is run again (run_again). */
static bool is_final(const struct row_of_matrix *row)
{
    return is_settled(row) && is_specific(row) && (row->killer || !row->provable);
}

static void note_spared(struct row_of_matrix *row, const struct launch *launch)
{
    char text[400];
    snprintf(text, sizeof(text), "%s %s%s%s", launch->test->id,
             verdict_name(launch->outcome.verdict), launch->outcome.message ? ": " : "",
             launch->outcome.message ? launch->outcome.message : "");
    free(row->spared);
    row->spared = printable(text);
}

static void take_mutated(struct launch *launch, void *context)
{
    struct matrix *matrix = context;
    struct row_of_matrix *row = launch->context;
    enum verdict verdict = launch->outcome.verdict;
    matrix->done++;
    if (launch->outcome.doubtful) {
        outcome_free(&launch->outcome);
        return;
    }
    row->left--;
    bool names_it = case_names_mutant(launch->test, row->mutant->name);
    matrix->ended[launch - matrix->launches] = verdict;
    *(names_it ? &row->naming_failed : &row->others_failed) += verdict != PASS;
    if (verdict == FAIL && names_it) {
        if (!row->killer)
            row->killer = launch->test->id;
        note_kill(matrix, launch->test, row->mutant->name);
    } else if (names_it) {
        note_spared(row, launch);
    }
    outcome_free(&launch->outcome);
    struct run shown = {.options = matrix->options};
    report_progress(&shown, matrix->done, matrix->total, 0, launch->test);
    if (row->left == 0 && is_final(row))
        report_row(matrix, row);
}

/* ---- Proofs and score */

static const struct row_of_matrix *row_named(const struct matrix *matrix, const char *name)
{
    for (size_t i = 0; i < matrix->row_count; i++)
        if (!strcmp(matrix->rows[i].mutant->name, name))
            return &matrix->rows[i];
    return NULL;
}

static bool has_specific_kill(const struct matrix *matrix, const struct proof *proof)
{
    for (const char **name = proof->killed_by; *name; name++)
        if (is_specific(row_named(matrix, *name)))
            return true;
    return false;
}

/* Whether it names no mutant, or one that could be judged. */
static bool is_judged(const struct matrix *matrix, const struct proof *proof)
{
    const char **name = proof->assertion->mutants;
    while (*name && !row_named(matrix, *name)->provable)
        name++;
    return *name || name == proof->assertion->mutants;
}

static unsigned report_proofs(struct matrix *matrix)
{
    FILE *to = matrix->tap == stdout || matrix->options->json_to_stdout ? stderr : stdout;
    unsigned missing = 0;
    for (size_t i = 0; i < matrix->proof_count; i++) {
        const struct proof *proof = &matrix->proofs[i];
        bool judged = is_judged(matrix, proof);
        bool proved = has_specific_kill(matrix, proof) || !judged;
        missing += !proved;
        if (matrix->tap)
            fprintf(matrix->tap, "%s %u - assertion %s has a specific mutant%s\n",
                    proved ? "ok" : "not ok", ++matrix->tap_number, proof->assertion->id,
                    judged ? "" : " # SKIP its cases say nothing here");
        if (!proved)
            fprintf(to, "UNPROVED  %s: %s\n", proof->assertion->id,
                    proof->killed_by[0] ? "killed only by mutants that are not specific"
                                        : "no mutant that it names is killed by its cases");
    }
    return missing;
}

static void print_matrix_json(const struct matrix *matrix)
{
    json_t *mutants = json_array(), *assertions = json_array();
    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct row_of_matrix *row = &matrix->rows[i];
        json_t *functions = json_array();
        for (size_t p = 0; p < row->mutant->patch_count; p++)
            json_array_append_new(functions,
                                  json_string(interposed[row->mutant->patches[p].api].name));
        json_array_append_new(mutants,
                              json_pack("{s:s, s:s, s:o, s:i, s:i, s:s?, s:b, s:b}", "name",
                                        row->mutant->name, "says", row->mutant->says, "functions",
                                        functions, "callers", (int)callers(row), "failing",
                                        (int)failing(row), "killed_by", row->killer, "specific",
                                        (int)is_specific(row), "provable", (int)row->provable));
    }
    for (size_t i = 0; i < matrix->proof_count; i++) {
        json_t *killed = json_array();
        for (const char **name = matrix->proofs[i].killed_by; *name; name++)
            json_array_append_new(killed, json_string(*name));
        json_array_append_new(assertions,
                              json_pack("{s:s, s:o, s:b}", "id", matrix->proofs[i].assertion->id,
                                        "killed_mutants", killed, "proved",
                                        (int)has_specific_kill(matrix, &matrix->proofs[i])));
    }
    json_t *all = json_pack("{s:o, s:o}", "mutants", mutants, "assertions", assertions);
    json_dumpf(all, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(all);
}

/* Returns EXIT_AS_EXPECTED when every mutant is killed and every assertion proved. */
static int report_matrix(struct matrix *matrix)
{
    FILE *to = matrix->tap == stdout || matrix->options->json_to_stdout ? stderr : stdout;
    unsigned killed = 0, specific = 0, provable = 0, unproved = report_proofs(matrix);
    for (size_t i = 0; i < matrix->row_count; i++) {
        provable += matrix->rows[i].provable;
        killed += matrix->rows[i].killer != NULL;
        specific += matrix->rows[i].killer && is_specific(&matrix->rows[i]);
    }
    if (matrix->options->json_to_stdout)
        print_matrix_json(matrix);
    fprintf(to,
            "mutants: %u of %u killed (%.1f %%), %u of them specific; %llu cannot be judged here; "
            "required assertions: %llu of %llu proved; %llu launches\n",
            killed, provable, provable ? 100.0 * killed / provable : 0.0, specific,
            (unsigned long long)matrix->row_count - provable,
            (unsigned long long)matrix->proof_count - unproved,
            (unsigned long long)matrix->proof_count, (unsigned long long)matrix->total);
    return killed == provable && unproved == 0 ? EXIT_AS_EXPECTED : EXIT_UNEXPECTED;
}

/* Whether an assertion that the case checks and that names the mutant is still without proof. */
static bool misses_proof(const struct matrix *matrix, const struct launch *launch)
{
    for (size_t i = 0; i < matrix->proof_count; i++)
        if (case_checks(launch->test, matrix->proofs[i].assertion->id) &&
            names_mutant(matrix->proofs[i].assertion, launch->mutant) &&
            !has_specific_kill(matrix, &matrix->proofs[i]))
            return true;
    return false;
}

static void run_launches(struct matrix *matrix, size_t from)
{
    schedule_list(matrix->launches + from, matrix->total - from, matrix->options->jobs,
                  take_mutated, matrix);
}

/* Runs what has been added from FROM on, and alone what is doubtful of it. */
static void run_added(struct matrix *matrix, size_t from)
{
    run_launches(matrix, from);
    size_t end = matrix->total;
    for (size_t i = from; i < end; i++) {
        const struct launch launch = matrix->launches[i]; /* add_launch moves them */
        struct row_of_matrix *row = launch.context;
        if (matrix->ended[i] != VERDICT_NONE)
            continue;
        row->left--;
        add_launch(matrix, row, launch.test, launch.scale, false);
    }
    run_launches(matrix, end);
}

/* Whether the judgement hangs on how this launch ended: UNRESOLVED with limits that were shortened,
 * or as it did in a worker. */
static bool is_open(const struct matrix *matrix, const struct launch *launch, enum verdict ended)
{
    const struct row_of_matrix *row = launch->context;
    bool names_it = case_names_mutant(launch->test, row->mutant->name);
    if (ended == VERDICT_NONE) /* run alone already */
        return false;
    if (ended == UNRESOLVED)
        return !is_final(row) || (names_it && misses_proof(matrix, launch));
    if (!launch->in_worker)
        return false;
    return ended == PASS ? names_it && (!row->killer || misses_proof(matrix, launch))
                         : !is_specific(row);
}

static bool is_silent(const struct row_of_matrix *row)
{
    return row->silent && row->naming && row->provable && !row->killer;
}

static void take_without(struct launch *launch, void *context)
{
    struct row_of_matrix *row = launch->context;
    (void)context;
    row->provable |= launch->outcome.verdict != UNSUPPORTED;
    outcome_free(&launch->outcome);
}

/* What a case needs may be gone since the baseline, which another life of the system can have had.
 * So cases that tell nothing of a mutant because they are UNSUPPORTED are run without it: are they
 * all that here as well, it cannot be judged. */
static void run_without(struct matrix *matrix)
{
    struct launch *launches = zeroed(matrix->total, sizeof(*launches));
    size_t count = 0;
    for (size_t i = 0; i < matrix->row_count; i++)
        matrix->rows[i].silent = true;
    for (size_t i = 0; i < matrix->total; i++)
        if (matrix->ended[i] != VERDICT_NONE && matrix->ended[i] != UNSUPPORTED &&
            case_names_mutant(matrix->launches[i].test, matrix->launches[i].mutant))
            ((struct row_of_matrix *)matrix->launches[i].context)->silent = false;
    for (size_t i = 0; i < matrix->total; i++) {
        const struct launch *launch = &matrix->launches[i];
        if (is_silent(launch->context) && case_names_mutant(launch->test, launch->mutant))
            launches[count++] = (struct launch){
                .test = launch->test, .scale = matrix->options->scale, .context = launch->context};
    }
    for (size_t i = 0; i < count; i++)
        ((struct row_of_matrix *)launches[i].context)->provable = false;
    schedule_list(launches, count, matrix->options->jobs, take_without, NULL);
    free(launches);
}

/* Runs what judgements hang on once more: alone, with whole limits. */
static void run_again(struct matrix *matrix)
{
    size_t before = matrix->total;
    bool *open = zeroed(before, sizeof(*open)); /* by the counts as they are before they change */
    for (size_t i = 0; i < before; i++)
        open[i] = is_open(matrix, &matrix->launches[i], matrix->ended[i]);
    for (size_t i = 0; i < before; i++) {
        const struct launch launch = matrix->launches[i]; /* add_launch moves them */
        struct row_of_matrix *row = launch.context;
        bool names_it = case_names_mutant(launch.test, row->mutant->name);
        if (!open[i])
            continue;
        add_launch(matrix, row, launch.test, matrix->options->scale, false);
        *(names_it ? &row->naming_failed : &row->others_failed) -= matrix->ended[i] != PASS;
    }
    free(open);
    run_launches(matrix, before);
    run_without(matrix);
    for (size_t i = 0; i < matrix->row_count; i++)
        report_row(matrix, &matrix->rows[i]);
}

/* Runs a larger sample of the callers of each mutant that is still open; 0: all of them. */
static void grow_samples(struct matrix *matrix, unsigned sample)
{
    size_t before = matrix->total;
    for (size_t i = 0; i < matrix->row_count && !schedule_stopped(); i++)
        if (!is_settled(&matrix->rows[i]))
            add_others(matrix, &matrix->rows[i], sample);
    run_added(matrix, before);
}

static int run_matrix(struct matrix *matrix)
{
    bool green = run_baseline(matrix);
    if (schedule_stopped())
        return end_stopped();
    if (!green) {
        fprintf(stderr, "winipc-cts: no mutant was run: on a baseline that is not green everything "
                        "would look killed\n");
        return EXIT_UNEXPECTED;
    }
    plan(matrix);
    if (matrix->row_count == 0) {
        fprintf(stderr, "winipc-cts: no mutant belongs to these cases\n");
        return EXIT_NOTHING;
    }
    if (matrix->tap)
        report_tap_plan(matrix->tap, matrix->row_count + matrix->proof_count);
    run_added(matrix, 0);
    grow_samples(matrix, 4 * matrix->options->sample);
    grow_samples(matrix, 0);
    if (!schedule_stopped())
        run_again(matrix);
    report_no_progress();
    free(matrix->launches);
    free(matrix->ended);
    return schedule_stopped() ? end_stopped() : report_matrix(matrix);
}

int command_mutants(const struct options *options)
{
    struct matrix matrix = {.options = options};
    const struct test_case **selected = NULL;
    int exit_code = begin_mutant(options);
    if (!exit_code)
        exit_code = begin_expectations(options);
    if (!exit_code)
        exit_code = begin_selection(options, &selected, &matrix.case_count);
    if (!exit_code)
        exit_code = begin_output(options, &matrix.tap, NULL, NULL);
    if (!exit_code)
        exit_code = begin_launches(options);
    if (exit_code)
        return exit_code;
    begin_writing(matrix.tap);
    matrix.cases = zeroed(matrix.case_count, sizeof(*matrix.cases));
    for (size_t i = 0; i < matrix.case_count; i++)
        matrix.cases[i].test = selected[i];
    if (options->baseline)
        exit_code = read_baseline(&matrix, options->baseline);
    if (!exit_code)
        exit_code = run_matrix(&matrix);
    if (matrix.tap && !end_output(matrix.tap, "TAP"))
        exit_code = EXIT_UNTRUSTED;
    schedule_close();
    return exit_code;
}
