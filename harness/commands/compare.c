/* The command `compare`: what is otherwise in a newer record than in an older one. */
#include "base/memory.h"
#include "commands/options.h"
#include "records/reader.h"
#include "commands/results.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum change { SAME, BROKEN, CHANGED, MENDED, SLOWER, NEW, GONE, NOT_RUN };

static const struct {
    const char *label, *member;
} CHANGES[] = {
    [BROKEN] = {"BROKEN", "broken"}, [CHANGED] = {"CHANGED", "changed"},
    [MENDED] = {"FIXED", "fixed"},   [SLOWER] = {"SLOWER", "slower"},
    [NEW] = {"NEW", "new_cases"},    [GONE] = {"GONE", "gone"},
    [NOT_RUN] = {NULL, "not_run"},
};

/* A case of either record. */
struct pair {
    const struct results_case *old, *new; /* NULL: not in this one */
    enum change change;
};

struct comparison {
    struct results old, new;
    struct pair *pairs;
    size_t count, common, of[NOT_RUN + 1];
    json_t *differ; /* what the records differ in before any case */
    bool same_suite, times;
};

/* ---- Where they come from */

/* What can make a case come out otherwise without the implementation being to blame. Times are of
 * no use where those marked differ. */
static const struct {
    const char *part, *member, *says;
    bool times;
} SOURCES[] = {
    {"suite", "version", "suite", false},
    {"suite", "revision", "revision of the suite", false},
    {"implementation", "family", "implementation", true},
    {"implementation", "version", "its version", false},
    {"implementation", "build", "its build", false},
    {"implementation", "claims", "Windows it claims to be", false},
    {"implementation", "arch", "architecture", true},
    {"implementation", "host", "host", false},
    {"run", "jobs", "-j", true},
    {"run", "timeout_scale", "--timeout-scale", true},
    {"run", "repeat", "--repeat", false},
    {"run", "mutant", "--mutant", true},
    {"run", "label", "--label", false},
    {"run", "lacks", "what the run went without", false},
    {"run", "missing", "missing functions", false},
};

static void compare_sources(struct comparison *c)
{
    c->differ = json_array();
    c->times = c->same_suite = true;
    for (size_t i = 0; i < sizeof(SOURCES) / sizeof(SOURCES[0]); i++) {
        const char *part = SOURCES[i].part, *member = SOURCES[i].member;
        json_t *old = json_object_get(json_object_get(c->old.all, part), member);
        json_t *new = json_object_get(json_object_get(c->new.all, part), member);
        if (old == new || json_equal(old, new))
            continue;
        c->times &= !SOURCES[i].times;
        c->same_suite &= strcmp(part, "suite") != 0;
        json_array_append_new(c->differ, json_pack("{s:s, s:O?, s:O?}", "what", SOURCES[i].says,
                                                   "old", old, "new", new));
    }
}

/* ---- Cases */

/* A text with the numbers in it taken out, as they may be handles, ids or addresses: words with a
 * digit. To free. */
static char *without_numbers(const char *text)
{
    static const char WORD[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    char *plain = copy_text(text ? text : ""), *to = plain;
    for (const char *from = plain; *from;) {
        size_t size = strspn(from, WORD);
        bool number = strcspn(from, "0123456789") < size;
        size += size == 0;
        if (!number)
            memmove(to, from, size);
        to += number ? 0 : size;
        from += size;
    }
    *to = '\0';
    return plain;
}

static bool same_text(const char *a, const char *b)
{
    char *one = without_numbers(a), *other = without_numbers(b);
    bool same = !strcmp(one, other);
    free(one);
    free(other);
    return same;
}

static bool same_place(const struct results_case *old, const struct results_case *new)
{
    return (!old->place && !new->place) ||
           (old->place && new->place && !strcmp(old->place, new->place));
}

static enum change change_of(const struct comparison *c, const struct results_case *old,
                             const struct results_case *new)
{
    if (!old || !new)
        return old ? GONE : NEW;
    if (old->verdict == UNTESTED || new->verdict == UNTESTED)
        return NOT_RUN;
    if (old->verdict == PASS || new->verdict == PASS)
        return old->verdict == new->verdict ? SAME : old->verdict == PASS ? BROKEN : MENDED;
    bool same = old->verdict == new->verdict && old->cause == new->cause;
    same = same && same_text(old->message, new->message);
    same = same && (!c->same_suite || same_place(old, new));
    return same ? SAME : CHANGED;
}

/* Both are sorted by id. */
static void compare_cases(struct comparison *c)
{
    const struct results_case *a = c->old.cases, *b = c->new.cases;
    const struct results_case *end_a = a + c->old.count, *end_b = b + c->new.count;
    c->pairs = zeroed(c->old.count + c->new.count, sizeof(*c->pairs));
    while (a < end_a || b < end_b) {
        struct pair *pair = &c->pairs[c->count++];
        int order = a == end_a ? 1 : b == end_b ? -1 : strcmp(a->id, b->id);
        pair->old = order <= 0 ? a++ : NULL;
        pair->new = order >= 0 ? b++ : NULL;
        pair->change = change_of(c, pair->old, pair->new);
        c->common += order == 0;
    }
}

/* ---- Times */

/* Without declared waits, which no machine makes shorter. */
static double took(const struct results_case *one)
{
    double seconds = one->seconds - one->waited;
    return seconds > 0.001 ? seconds : 0.001;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof(*numbers), by_size);
    return count ? numbers[(count - 1) / 2] : 0;
}

/*
 * How much longer the whole run took is the machine's doing: the median of new over old. How far
 * cases are usually off that is noise: a case is slower when it is off 16 times as far as the
 * median one, by a tenth of a second at least, and took twice as long.
 */
static void compare_times(struct comparison *c)
{
    double *numbers = zeroed(c->count, sizeof(*numbers));
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->pairs[i].change == SAME)
            numbers[count++] = took(c->pairs[i].new) / took(c->pairs[i].old);
    double factor = fmax(median(numbers, count), 1);
    count = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->pairs[i].change == SAME)
            numbers[count++] = fabs(took(c->pairs[i].new) - factor * took(c->pairs[i].old));
    double noise = fmax(16 * median(numbers, count), 0.1);
    for (size_t i = 0; i < c->count; i++) {
        struct pair *pair = &c->pairs[i];
        double before = pair->old ? factor * took(pair->old) : 0;
        if (pair->change == SAME && took(pair->new) > fmax(before + noise, 2 * before))
            pair->change = SLOWER;
    }
    free(numbers);
}

/* ---- Text */

static void print_source(const char *head, const struct results *results)
{
    const json_t *on = results->implementation;
    char line[1000];
    snprintf(line, sizeof(line), "%s: %s %s (%s%s%s), %s; winipc-cts %s %s, %s", results->name,
             results_text(on, "family"), results_text(on, "version"), results_text(on, "build"),
             *results_text(on, "host") ? ", " : "", results_text(on, "host"),
             results_text(on, "arch"), results_text(results->suite, "version"),
             results_text(results->suite, "revision"), results_text(results->run, "start"));
    char *shown = printable(line);
    printf("%-11s %s\n", head, shown);
    free(shown);
}

static void print_differences(const struct comparison *c)
{
    for (size_t i = 0; i < json_array_size(c->differ); i++) {
        const json_t *one = json_array_get(c->differ, i);
        char *old = json_dumps(json_object_get(one, "old"), JSON_ENCODE_ANY | JSON_COMPACT);
        char *new = json_dumps(json_object_get(one, "new"), JSON_ENCODE_ANY | JSON_COMPACT);
        char *old_shown = printable(old ? old : ""), *new_shown = printable(new ? new : "");
        printf("%s%s %s, %s", i ? "; " : "differ in   ", results_text(one, "what"), old_shown,
               new_shown);
        free(old);
        free(new);
        free(old_shown);
        free(new_shown);
    }
    if (json_array_size(c->differ))
        puts(c->times ? "" : "; times are not compared");
}

static void print_text(const char *head, const char *text)
{
    char *shown = printable(text ? text : "");
    if (text)
        printf("  %-11s %s\n", head, shown);
    free(shown);
}

static void print_verdict(const struct results_case *one)
{
    printf("%s%s%s", verdict_name(one->verdict), one->cause ? ", " : "",
           one->cause ? cause_name(one->cause) : "");
}

static void print_pair(const struct pair *pair)
{
    const struct results_case *old = pair->old, *new = pair->new;
    printf("%-11s %s  ", CHANGES[pair->change].label, new ? new->id : old->id);
    if (pair->change == SLOWER) {
        printf("%.2f s -> %.2f s\n", old->seconds, new->seconds);
        return;
    }
    if (old)
        print_verdict(old);
    if (old && new)
        printf(" -> ");
    if (new)
        print_verdict(new);
    putchar('\n');
    if (pair->change == CHANGED)
        print_text("before", old->message);
    if (pair->change == BROKEN || pair->change == CHANGED) {
        print_text("message", new->message);
        print_text("at", new->place);
        print_text("expected", new->expected ? new->reason : NULL);
        printf("  %-11s winipc-cts run --trace %s\n", "rerun", new->id);
    }
}

static void print_comparison(const struct comparison *c)
{
    print_source("old", &c->old);
    print_source("new", &c->new);
    print_differences(c);
    for (enum change change = BROKEN; change < NOT_RUN; change++)
        for (size_t i = 0; i < c->count; i++)
            if (c->pairs[i].change == change)
                print_pair(&c->pairs[i]);
    printf("%llu case%s in both: %llu broken, %llu changed, %llu fixed",
           (unsigned long long)c->common, c->common == 1 ? "" : "s",
           (unsigned long long)c->of[BROKEN], (unsigned long long)c->of[CHANGED],
           (unsigned long long)c->of[MENDED]);
    if (c->times)
        printf(", %llu slower", (unsigned long long)c->of[SLOWER]);
    if (c->of[NOT_RUN])
        printf(", %llu not run", (unsigned long long)c->of[NOT_RUN]);
    printf("; %llu new, %llu gone\n", (unsigned long long)c->of[NEW],
           (unsigned long long)c->of[GONE]);
}

/* ---- JSON */

static json_t *json_of_side(const struct results_case *one)
{
    return one ? json_pack("{s:s, s:s?, s:b, s:f, s:s?, s:s?}", "verdict",
                           verdict_name(one->verdict), "cause", cause_name(one->cause), "expected",
                           (int)one->expected, "seconds", one->seconds, "message", one->message,
                           "place", one->place)
               : json_null();
}

static json_t *json_of_source(const struct results *results)
{
    return json_pack("{s:s, s:O, s:O, s:O}", "file", results->name, "suite", results->suite,
                     "implementation", results->implementation, "start",
                     json_object_get(results->run, "start"));
}

static void print_json(const struct comparison *c)
{
    json_t *all = json_pack("{s:o, s:o, s:O, s:b, s:I}", "old", json_of_source(&c->old), "new",
                            json_of_source(&c->new), "differ", c->differ, "times_compared",
                            (int)c->times, "in_both", (json_int_t)c->common);
    for (enum change change = BROKEN; change <= NOT_RUN; change++) {
        json_t *list = json_array();
        for (size_t i = 0; i < c->count; i++) {
            const struct pair *pair = &c->pairs[i];
            if (pair->change == change)
                json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "id",
                                                      pair->new ? pair->new->id : pair->old->id,
                                                      "old", json_of_side(pair->old), "new",
                                                      json_of_side(pair->new)));
        }
        json_object_set_new(all, CHANGES[change].member, list);
    }
    json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    putchar('\n');
    json_decref(all);
}

int command_compare(const struct options *options)
{
    struct comparison c = {0};
    int exit_code = begin_results(options->patterns[0], &c.old);
    if (!exit_code)
        exit_code = begin_results(options->patterns[1], &c.new);
    if (exit_code)
        return exit_code;
    compare_sources(&c);
    compare_cases(&c);
    if (c.times)
        compare_times(&c);
    for (size_t i = 0; i < c.count; i++)
        c.of[c.pairs[i].change]++;
    if (options->json_to_stdout)
        print_json(&c);
    else
        print_comparison(&c);
    exit_code = c.of[BROKEN] ? EXIT_UNEXPECTED : EXIT_AS_EXPECTED;
    if (c.common == c.of[NOT_RUN]) {
        fprintf(stderr, "winipc-cts: there is no case that both records have a verdict of\n");
        exit_code = EXIT_NOTHING;
    }
    json_decref(c.differ);
    free(c.pairs);
    results_free(&c.old);
    results_free(&c.new);
    return exit_code;
}
