/* The command `expect --update`: what a record would change in the expectations, as a proposal for
 * somebody who then finds out why. It changes no file. */
#include "records/implementation.h"
#include "base/memory.h"
#include "commands/results.h"
#include "base/text.h"
#include "records/expectations.h"

#include <stdlib.h>
#include <string.h>

/* ---- Versions */

/* The dotted number that a version begins with. */
static int number_size(const char *version)
{
    return (int)strspn(version, "0123456789.");
}

/* "8.1" of "8.0": what the version after this one is at least; to free. */
static char *next_version(const char *version)
{
    int size = number_size(version), last = size;
    while (last && version[last - 1] != '.')
        last--;
    struct text next = {0};
    text_print(&next, "%.*s%lu", last, version, strtoul(version + last, NULL, 10) + 1);
    return next.chars;
}

/* The first condition of those that begins with one of SIGNS, or NULL. */
static const char *condition(const char *conditions, const char *signs)
{
    for (; conditions && *conditions; conditions += strcspn(conditions, ",")) {
        conditions += strspn(conditions, ", \t");
        if (*conditions && strchr(signs, *conditions))
            return conditions;
    }
    return NULL;
}

/* CONDITIONS without VERSION and what is above it, or, where it is the lowest, without it. To free;
 * NULL: nothing is left. */
static char *narrowed(const char *conditions, const char *version)
{
    const char *low = condition(conditions, ">="), *high = condition(conditions, "<");
    bool valid;
    struct text text = {0};
    if (!low || version_compare(low + strspn(low, ">= \t"), version) < 0) {
        if (low)
            text_print(&text, "%.*s, ", (int)strcspn(low, ","), low);
        text_print(&text, "< %.*s", number_size(version), version);
        return text.chars;
    }
    char *next = next_version(version);
    if (*low != '=' && version_meets(next, high, &valid))
        text_print(&text, ">= %s%s%s", next, high ? ", " : "", high ? high : "");
    free(next);
    return text.chars;
}

/* ---- Records */

static void print_field(const char *name, const char *value)
{
    if (!value)
        return;
    char *shown = printable(value);
    printf("%s: %s\n", name, shown);
    free(shown);
}

/* NULL for the cause that need not be said. */
static const char *cause_of(enum cause cause)
{
    return cause == CAUSE_ASSERTION ? NULL : cause_name(cause);
}

static void print_new(const struct results *results, const struct results_case *one)
{
    const char *version = results_text(results->implementation, "version");
    char *next = next_version(version);
    printf("Implementation: %s\nVersions: >= %.*s, < %s\nCase: %s\nVerdict: %s\n",
           results_text(results->implementation, "family"), number_size(version), version, next,
           one->id, verdict_name(one->verdict));
    free(next);
    print_field("Cause", cause_of(one->cause));
    struct text reason = {0};
    text_print(&reason, "TODO: %s%s%s", one->message ? one->message : "no message",
               one->place ? ", at " : "", one->place ? one->place : "");
    print_field("Reason", reason.chars);
    free(reason.chars);
    puts("Evidence: TODO: is the test right by the page, and does Windows do it?\n");
}

static void print_known(const struct expectation *known, const char *versions)
{
    print_field("Implementation", known->family);
    print_field("Versions", versions);
    print_field("Arch", known->arch);
    print_field("Case", known->case_id);
    print_field("Verdict", verdict_name(known->verdict));
    print_field("Cause", cause_of(known->cause));
    print_field("Reason", known->reason);
    print_field("Evidence", known->evidence);
    print_field("Bug", known->bug);
    putchar('\n');
}

/* ---- What to propose */

/* The expectation that applies to a case on what the record is of, or NULL. */
static const struct expectation *known_of(const struct results *results, const char *id)
{
    const json_t *on = results->implementation;
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(all[i].case_id, id) &&
            expectation_meets(&all[i], results_text(on, "family"), results_text(on, "version"),
                              results_text(on, "arch")))
            return &all[i];
    return NULL;
}

static void propose_less(const struct results *results, const struct expectation *known,
                         const char *ends)
{
    const char *version = results_text(results->implementation, "version");
    char *versions = narrowed(known->versions, version), *shown = printable(version);
    printf("# %s:%d: %s: on %s %s it ends %s; %s\n", known->file, known->line, known->case_id,
           known->family, shown, ends, versions ? "in its place:" : "to be dropped");
    free(shown);
    if (versions)
        print_known(known, versions);
    else
        putchar('\n');
    free(versions);
}

/* Returns whether there was anything to propose. */
static bool propose(const struct results *results, const struct results_case *one)
{
    const struct expectation *known = known_of(results, one->id);
    if (one->verdict == UNTESTED || as_expected(known, one->verdict, one->cause))
        return false;
    if (known && one->verdict == UNSUPPORTED && !one->reason)
        return false; /* it could not be tried */
    if (known)
        propose_less(results, known, verdict_name(one->verdict));
    if (one->verdict == PASS)
        return true;
    printf("# new: %s\n", one->id);
    print_new(results, one);
    return true;
}

static unsigned propose_stale(const struct results *results)
{
    const json_t *stale = json_object_get(results->run, "stale");
    for (size_t i = 0; i < json_array_size(stale); i++) {
        const char *text = json_string_value(json_array_get(stale, i));
        const char *blank = strrchr(text, ' ');
        const struct expectation *known = known_of(results, blank ? blank + 1 : text);
        char *shown = printable(text);
        if (known && !stale_case(known))
            propose_less(results, known, "PASS: the function is there");
        else
            printf("# %s: there is no such case; to be dropped\n\n", shown);
        free(shown);
    }
    return (unsigned)json_array_size(stale);
}

static unsigned propose_missing(const struct results *results)
{
    const json_t *missing = json_object_get(results->run, "missing");
    const json_t *known = json_object_get(results->run, "missing_as_expected");
    unsigned proposed = 0;
    for (size_t i = 0; i < json_array_size(missing); i++) {
        const char *name = json_string_value(json_array_get(missing, i));
        char id[80];
        case_of_function(id, sizeof(id), name);
        if (results_has_text(known, name))
            continue;
        printf("# new: %s\n", id);
        print_new(results, &(struct results_case){
                               .id = id, .verdict = FAIL, .message = "this function is missing"});
        proposed++;
    }
    return proposed;
}

int command_expect(const struct options *options)
{
    struct results results;
    int exit_code = begin_expectations(options);
    if (!exit_code)
        exit_code = begin_results(options->patterns[0], &results);
    if (exit_code)
        return exit_code;
    unsigned proposed = propose_stale(&results) + propose_missing(&results);
    for (size_t i = 0; i < results.count; i++)
        proposed += propose(&results, &results.cases[i]);
    if (!proposed)
        puts("# nothing to propose");
    results_free(&results);
    return EXIT_AS_EXPECTED;
}
