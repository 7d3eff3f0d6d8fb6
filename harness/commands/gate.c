/* The command `gate`: the exit code of a run, derived again from its record alone. */
#include "records/implementation.h"
#include "commands/options.h"
#include "records/reader.h"
#include "commands/results.h"
#include "base/text.h"

#include <string.h>

/* ---- What the record of a whole run cannot be */

/* Without an expectation a case is as expected when it ends PASS or UNSUPPORTED. With one it is not
 * when it passes, unless the run could not see what was expected (as_expected). */
static bool can_be(const struct results *results, const struct results_case *one)
{
    if (!one->reason)
        return one->expected == (one->verdict == PASS || one->verdict == UNSUPPORTED);
    return !one->expected || one->verdict != PASS ||
           results_has_text(json_object_get(results->run, "lacks"), "leaks");
}

/* With --repeat: how often each verdict came adds up to how often it ran. */
static bool adds_up(const struct results *results, const struct results_case *one)
{
    const json_t *tally = json_object_get(one->json, "tally");
    json_int_t repeat = json_integer_value(json_object_get(results->run, "repeat")), sum = 0;
    if (repeat == 1)
        return !tally;
    for (enum verdict v = PASS; v <= UNTESTED; v++)
        sum += json_integer_value(json_object_get(tally, verdict_name(v)));
    return sum == repeat && json_object_get(tally, verdict_name(one->verdict));
}

/* NULL, or why nothing can be derived from it. */
static const char *refusal(const struct results *results)
{
    json_t *counts = results_counts(json_object_get(results->all, "cases"));
    bool counted = json_equal(json_object_get(results->run, "counts"), counts);
    json_decref(counts);
    if (results->count == 0)
        return "it has no cases";
    if (!json_is_true(json_object_get(results->run, "complete")))
        return "its run was cut short";
    if (!json_object_get(results->run, "counts") || !json_object_get(results->run, "stale"))
        return "it has no counts: an earlier winipc-cts made it";
    if (!counted)
        return "its counts are not those of its cases";
    for (size_t i = 0; i < results->count; i++) {
        const struct results_case *one = &results->cases[i];
        if (one->verdict == UNTESTED)
            return "its run was cut short";
        if (!can_be(results, one))
            return "a case is said to be as expected, or not, against its verdict";
        if (!adds_up(results, one))
            return "a case did not run as often as the others";
    }
    return NULL;
}

/* ---- What it comes to */

static void print_texts(const char *head, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        char *shown = printable(json_string_value(json_array_get(list, i)));
        printf("%-11s %s\n", head, shown);
        free(shown);
    }
}

/* The functions that are missing and were not known to be. Returns how many. */
static size_t print_missing(const json_t *missing, const json_t *known)
{
    json_t *news = json_array();
    for (size_t i = 0; i < json_array_size(missing); i++) {
        json_t *one = json_array_get(missing, i);
        if (!results_has_text(known, json_string_value(one)))
            json_array_append(news, one);
    }
    size_t count = json_array_size(news);
    print_texts("MISSING", news);
    json_decref(news);
    return count;
}

int command_gate(const struct options *options)
{
    struct results results;
    int exit_code = begin_results(options->patterns[0], &results);
    if (exit_code)
        return exit_code;
    char *name = printable(results.name);
    const char *why = refusal(&results);
    if (why) {
        fprintf(stderr, "winipc-cts: %s: %s\n", name, why);
        free(name);
        results_free(&results);
        return EXIT_USAGE;
    }

    const json_t *stale = json_object_get(results.run, "stale");
    const json_t *missing = json_object_get(results.run, "missing");
    const json_t *known = json_object_get(results.run, "missing_as_expected");
    size_t unexpected = json_array_size(stale);
    for (size_t i = 0; i < results.count; i++) {
        const struct results_case *one = &results.cases[i];
        unexpected += !one->expected;
        if (!one->expected)
            printf("%-11s %s\n", results_label(one), one->id);
    }
    print_texts("STALE", stale);
    unexpected += print_missing(missing, known);
    printf("%s: %llu case%s, ", name, (unsigned long long)results.count,
           results.count == 1 ? "" : "s");
    if (unexpected)
        printf("%llu unexpected\n", (unsigned long long)unexpected);
    else
        puts("all as expected");
    free(name);
    results_free(&results);
    return unexpected ? EXIT_UNEXPECTED : EXIT_AS_EXPECTED;
}
