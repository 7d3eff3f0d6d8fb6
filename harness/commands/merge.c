/* The command `merge`: the records of the parts of one run, made one record. */
#include "base/memory.h"
#include "report/report_json.h"
#include "commands/results.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* One line, and the exit code. */
static int refuse(const struct results *part, const char *format, ...)
{
    char why[600], whole[900];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof(why), format, arguments);
    va_end(arguments);
    snprintf(whole, sizeof(whole), "%s: %s", part->name, why);
    char *shown = printable(whole);
    fprintf(stderr, "winipc-cts: %s\n", shown);
    free(shown);
    return EXIT_USAGE;
}

/* ---- What they must have in common */

static const struct {
    const char *part, *member;
} COMMON[] = {
    {"suite", "version"},
    {"suite", "revision"},
    {"implementation", "family"},
    {"implementation", "version"},
    {"implementation", "claims"},
    {"implementation", "build"},
    {"implementation", "arch"},
    {"run", "timeout_scale"},
    {"run", "repeat"},
    {"run", "mutant"},
    {"run", "label"},
    {"run", "lacks"},
    {"run", "stale"},
};

static int check_common(const struct results *parts, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < sizeof(COMMON) / sizeof(COMMON[0]); k++) {
            const char *part = COMMON[k].part, *member = COMMON[k].member;
            json_t *one = json_object_get(json_object_get(parts[0].all, part), member);
            json_t *other = json_object_get(json_object_get(parts[i].all, part), member);
            if (one != other && !json_equal(one, other))
                return refuse(&parts[i], "it is no part of the same run as %s: %s.%s is another",
                              parts[0].name, part, member);
        }
    return 0;
}

/* Either none is a shard, or all are, and each of them is there. */
static int check_shards(const struct results *parts, size_t count)
{
    unsigned number, of = 0, another;
    for (size_t i = 0; i < count; i++) {
        const char *text = results_text(parts[i].run, "shard");
        if (i == 0 && shard_read(text, &number, &of) && of > count)
            return refuse(&parts[0], "it is shard %s, and there are %llu records", text,
                          (unsigned long long)count);
        if (shard_read(text, &number, &another) ? another != of : of != 0)
            return refuse(&parts[i], "it is %s%s, and the first record %s%s",
                          *text ? "shard " : "no shard", text, of ? "shard " : "is none",
                          results_text(parts[0].run, "shard"));
        for (size_t k = 0; k < i && *text; k++)
            if (!strcmp(text, results_text(parts[k].run, "shard")))
                return refuse(&parts[i], "it is shard %s, and so is %s", text, parts[k].name);
    }
    return 0;
}

/* ---- Cases */

static int by_id(const void *a, const void *b)
{
    const struct results_case *const *one = a, *const *other = b;
    return strcmp((*one)->id, (*other)->id);
}

/* The cases of all parts in the order of their ids. NULL with *twice: that one is in two. */
static json_t *merge_cases(const struct results *parts, size_t count, const char **twice)
{
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        all += parts[i].count;
    const struct results_case **cases = zeroed(all, sizeof(const struct results_case *));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < parts[i].count; k++)
            cases[kept++] = &parts[i].cases[k];
    if (kept)
        qsort(cases, kept, sizeof(*cases), by_id);
    json_t *list = json_array();
    *twice = NULL;
    for (size_t i = 0; i < kept; i++) {
        if (i && !strcmp(cases[i]->id, cases[i - 1]->id))
            *twice = cases[i]->id;
        json_array_append(list, (json_t *)cases[i]->json);
    }
    free(cases);
    return list;
}

/* ---- The run */

static void add_number(json_t *to, const json_t *from, const char *member)
{
    const json_t *one = json_object_get(to, member), *other = json_object_get(from, member);
    json_object_set_new(to, member,
                        json_is_integer(one)
                            ? json_integer(json_integer_value(one) + json_integer_value(other))
                            : json_real(json_number_value(one) + json_number_value(other)));
}

/* The times are ISO 8601, so the order of their texts is theirs. */
static void keep_text(json_t *to, const json_t *from, const char *member, int wanted)
{
    int order = strcmp(results_text(from, member), results_text(to, member));
    if (order * wanted > 0)
        json_object_set(to, member, json_object_get(from, member));
}

/* The names of both, in their order, once each: a part misses what its own cases can call. */
static void add_names(json_t *to, const json_t *from, const char *member)
{
    json_t *all = json_object_get(to, member), *others = json_object_get(from, member);
    for (size_t i = 0; i < json_array_size(others); i++) {
        json_t *one = json_array_get(others, i);
        size_t place = 0;
        int order = 1;
        while (place < json_array_size(all) &&
               (order = strcmp(json_string_value(json_array_get(all, place)),
                               json_string_value(one))) < 0)
            place++;
        if (place == json_array_size(all) || order)
            json_array_insert(all, place, one);
    }
}

static void add_run(json_t *run, const json_t *other)
{
    static const char *const SUMS[] = {"seconds", "process_starts", "waited_seconds",
                                       "floor_seconds"};
    for (size_t i = 0; i < sizeof(SUMS) / sizeof(SUMS[0]); i++)
        add_number(run, other, SUMS[i]);
    add_names(run, other, "missing");
    add_names(run, other, "missing_as_expected");
    keep_text(run, other, "start", -1);
    keep_text(run, other, "end", 1);
    if (!json_is_true(json_object_get(other, "complete")))
        json_object_set_new(run, "complete", json_false());
    if (!json_equal(json_object_get(run, "seed"), json_object_get(other, "seed")))
        json_object_set_new(run, "seed", json_null());
    json_t *jobs = json_object_get(other, "jobs");
    if (json_integer_value(jobs) > json_integer_value(json_object_get(run, "jobs")))
        json_object_set(run, "jobs", jobs);
}

static void add_host(json_t *implementation, const char *host)
{
    const char *hosts = results_text(implementation, "host");
    if (!strstr(hosts, host))
        json_object_set_new(implementation, "host", json_sprintf("%s; %s", hosts, host));
}

static void add_exercised(json_t *all, json_t *other)
{
    const char *name;
    json_t *cases;
    json_t *sums = json_object_get(all, "exercised");
    json_object_foreach(other, name, cases)
    {
        json_int_t before = json_integer_value(json_object_get(sums, name));
        json_object_set_new(sums, name, json_integer(before + json_integer_value(cases)));
    }
}

/* To json_decref. */
static json_t *merge(const struct results *parts, size_t count, json_t *cases)
{
    json_t *all = json_deep_copy(parts[0].all), *run = json_object_get(all, "run");
    for (size_t i = 1; i < count; i++) {
        add_run(run, parts[i].run);
        add_host(json_object_get(all, "implementation"),
                 results_text(parts[i].implementation, "host"));
        add_exercised(all, json_object_get(parts[i].all, "exercised"));
    }
    double floor_seconds = json_number_value(json_object_get(run, "floor_seconds"));
    json_object_set_new(run, "floor_seconds", json_real(floor_seconds / (double)count));
    json_object_del(run, "shard");
    json_object_set_new(run, "counts", results_counts(cases));
    json_object_set_new(all, "cases", cases);
    return all;
}

int command_merge(const struct options *options)
{
    size_t count;
    const char *twice = NULL;
    json_t *cases = NULL;
    struct results *parts;
    int exit_code = begin_output(options, NULL, NULL, NULL);
    if (!exit_code)
        exit_code = begin_all_results(options, &parts, &count);
    if (exit_code)
        return exit_code;
    exit_code = check_common(parts, count);
    if (!exit_code)
        exit_code = check_shards(parts, count);
    if (!exit_code)
        cases = merge_cases(parts, count, &twice);
    if (twice)
        exit_code = refuse(&parts[0], "%s is in two of these records", twice);
    if (!exit_code) {
        json_t *all = merge(parts, count, cases);
        exit_code = report_record(all, options->json, false) ? EXIT_AS_EXPECTED : EXIT_UNTRUSTED;
        json_decref(all);
    } else
        json_decref(cases);
    results_free_all(parts, count);
    return exit_code;
}
