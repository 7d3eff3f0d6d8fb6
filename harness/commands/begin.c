/* What commands begin with. Each says in one line why it cannot be done, and returns the exit code.
 */
#include "runner/calibrate.h"
#include "runner/family.h"
#include "base/memory.h"
#include "mutants.h"
#include "case/path.h"
#include "commands/results.h"
#include "records/select.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int begin_selection(const struct options *options, const struct test_case ***selected,
                    size_t *count)
{
    const char *unmatched;
    *selected = select_cases(options->patterns, options->excludes, count, &unmatched);
    if (unmatched) {
        char *shown = printable(unmatched);
        fprintf(stderr, "winipc-cts: no case matches '%s'; winipc-cts list shows them all\n",
                shown);
        free(shown);
    } else if (*count == 0)
        fprintf(stderr, "winipc-cts: --exclude leaves no case\n");
    return unmatched || *count == 0 ? EXIT_NOTHING : 0;
}

/* FNV-1a. An id stays in its part whatever cases come and go. */
static uint32_t hash(const char *id)
{
    uint32_t hash = 2166136261u;
    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 16777619u;
    return hash ^ hash >> 16; /* its low bits alone say little */
}

int begin_shard(const struct options *options, const struct test_case **selected, size_t *count)
{
    unsigned number, of;
    size_t left = 0;
    if (!options->shard || !shard_read(options->shard, &number, &of))
        return 0;
    for (size_t i = 0; i < *count; i++)
        if (hash(selected[i]->id) % of == number - 1)
            selected[left++] = selected[i];
    *count = left;
    if (!left)
        fprintf(stderr, "winipc-cts: none of these cases is in shard %s\n", options->shard);
    return left ? 0 : EXIT_NOTHING;
}

int begin_expectations(const struct options *options)
{
    char *problem = expectations_load(NULL);
    int exit_code = problem ? EXIT_UNTRUSTED : 0;
    const char **file = options->expects;
    for (;; file++) {
        if (problem)
            fprintf(stderr, "winipc-cts: %s\n", problem);
        free(problem);
        if (exit_code == EXIT_UNTRUSTED || !file || !*file)
            return exit_code;
        problem = expectations_load(*file);
        exit_code = problem ? EXIT_USAGE : exit_code;
    }
}

int begin_mutant(const struct options *options)
{
    if (!options->mutant || mutant_find(options->mutant))
        return 0;
    char *shown = printable(options->mutant);
    fprintf(stderr, "winipc-cts: there is no mutant '%s'; show ID names those of a case\n", shown);
    free(shown);
    return EXIT_USAGE;
}

int begin_results(const char *name, struct results *results)
{
    char *problem = results_load(name, results);
    if (problem)
        fprintf(stderr, "winipc-cts: %s\n", problem);
    free(problem);
    return problem ? EXIT_USAGE : 0;
}

int begin_all_results(const struct options *options, struct results **results, size_t *count)
{
    int exit_code = 0;
    struct results *all = NULL;
    for (*count = 0; options->patterns[*count] && !exit_code; ++*count) {
        all = grow_list(all, *count + 1, sizeof(*all));
        exit_code = begin_results(options->patterns[*count], &all[*count]);
    }
    *results = all;
    if (exit_code)
        results_free_all(all, *count - 1);
    return exit_code;
}

/* What was not run was not unexpected: --resume is for that. */
static bool was_unexpected(const struct results_case *one)
{
    return one && !one->expected && one->verdict != UNTESTED;
}

int begin_failed(const struct options *options, const struct test_case **selected, size_t *count)
{
    struct results last;
    int exit_code = begin_results(options->json, &last);
    if (exit_code)
        return exit_code;
    size_t left = 0;
    for (size_t i = 0; i < *count; i++)
        if (was_unexpected(results_find(&last, selected[i]->id)))
            selected[left++] = selected[i];
    for (size_t i = 0; i < last.count; i++)
        if (was_unexpected(&last.cases[i]) && !registry_find(last.cases[i].id))
            fprintf(stderr, "winipc-cts: %s was unexpected, and is no case any more\n",
                    last.cases[i].id);
    *count = left;
    results_free(&last);
    if (left)
        return 0;
    char *shown = printable(options->json);
    fprintf(stderr, "winipc-cts: none of these cases was unexpected in %s\n", shown);
    free(shown);
    return EXIT_NOTHING;
}

int begin_launches(const struct options *options)
{
    char *problem = schedule_open();
    if (problem)
        fprintf(stderr, "winipc-cts: %s\n", problem);
    free(problem);
    if (problem)
        return EXIT_UNTRUSTED;
    unsigned wrong = calibrate(options->jobs, options->scale);
    for (enum lack what = LACKS_NOTHING + 1; what < LACK_COUNT && !wrong; what++)
        if (lacks(what) && !schedule_stopped())
            fprintf(stderr, "winipc-cts: without %s: %s\n", lack_name(what), lack_says(what));
    if (wrong == 0)
        return schedule_stopped() ? end_stopped() : 0;

    if (schedule_stopped()) {
        schedule_close();
        return end_stopped();
    }

    size_t count;
    const struct probe *probes = calibration(&count);
    fprintf(stderr, "winipc-cts: results could not be trusted here; nothing was run\n");
    for (size_t i = 0; i < count; i++)
        if (!probes[i].right && !probes[i].otherwise)
            fprintf(stderr, "  probe %s: expected %s %s, got %s %s (%s)\n", probes[i].name,
                    verdict_name(probes[i].verdict),
                    probes[i].cause ? cause_name(probes[i].cause) : "",
                    verdict_name(probes[i].outcome.verdict),
                    probes[i].outcome.cause ? cause_name(probes[i].outcome.cause) : "",
                    probes[i].outcome.message ? probes[i].outcome.message : "no message");
    fprintf(stderr, "  winipc-cts doctor says more; --timeout-scale helps on slow machines\n");
    schedule_close();
    return EXIT_UNTRUSTED;
}
