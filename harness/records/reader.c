/* results.json, read back. No Win32. */
#include "records/reader.h"
#include "base/memory.h"
#include "case/path.h"
#include "base/rec.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define RESULTS_LIMIT (64 << 20) /* bytes of one file */

/* ---- Members and their types */

enum type { TEXT, NUMBER, WHOLE, FLAG, LIST, TEXTS, OBJECT };

struct member {
    const char *key;
    enum type type;
    bool needed;
};

static const struct member ALL[] = {
    {"suite", OBJECT, true}, {"implementation", OBJECT, true}, {"run", OBJECT, true},
    {"cases", LIST, true},   {"exercised", OBJECT, false},     {NULL},
};

static const struct member SUITE[] = {{"version", TEXT, true}, {"revision", TEXT, true}, {NULL}};

static const struct member IMPLEMENTATION[] = {
    {"family", TEXT, true},
    {"version", TEXT, true},
    {"claims", TEXT, true},
    {"build", TEXT, true},
    {"arch", TEXT, true},
    {"host", TEXT, true},
    {NULL},
};

static const struct member RUN[] = {
    {"command_line", TEXT, true},
    {"complete", FLAG, true},
    {"seconds", NUMBER, true},
    {"start", TEXT, true},
    {"end", TEXT, true},
    {"jobs", WHOLE, true},
    {"process_starts", WHOLE, true},
    {"floor_seconds", NUMBER, true},
    {"waited_seconds", NUMBER, true},
    {"timeout_scale", NUMBER, true},
    {"repeat", WHOLE, true},
    {"lacks", TEXTS, true},
    {"missing", TEXTS, true},
    {"missing_as_expected", TEXTS, false},
    {"stale", TEXTS, false},
    {"counts", OBJECT, false},
    {"mutant", TEXT, false},
    {"label", TEXT, false},
    {"shard", TEXT, false},
    {NULL},
};

static const struct member CASE[] = {
    {"id", TEXT, true},        {"assertions", TEXTS, true},
    {"verdict", TEXT, true},   {"cause", TEXT, false},
    {"expected", FLAG, true},  {"reason", TEXT, false},
    {"seconds", NUMBER, true}, {"waited", NUMBER, true},
    {"message", TEXT, false},  {"needs", TEXT, false},
    {"place", TEXT, false},    {"checkpoint", TEXT, false},
    {"output", TEXT, false},   {"trace", TEXT, false},
    {"worker", FLAG, false},   {"late", FLAG, false},
    {"first", OBJECT, false},  {"recorded", OBJECT, false},
    {"tally", OBJECT, false},  {NULL},
};

static bool are_texts(const json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!json_is_string(json_array_get(value, i)))
            return false;
    return json_is_array(value);
}

static bool is_of(enum type type, const json_t *value)
{
    switch (type) {
    case TEXT:
        return json_is_string(value);
    case NUMBER:
        return json_is_number(value) && json_number_value(value) >= 0;
    case WHOLE:
        return json_is_integer(value) && json_integer_value(value) >= 0;
    case FLAG:
        return json_is_boolean(value);
    case LIST:
        return json_is_array(value);
    case TEXTS:
        return are_texts(value);
    case OBJECT:
        return json_is_object(value);
    }
    return false;
}

/* NULL, or the key of a member that is missing or of another type. */
static const char *wrong_member(const json_t *object, const struct member *members)
{
    for (; members->key; members++) {
        const json_t *value = json_object_get(object, members->key);
        if (value ? !is_of(members->type, value) : members->needed)
            return members->key;
    }
    return NULL;
}

const char *results_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

bool results_has_text(const json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!strcmp(json_string_value(json_array_get(list, i)), text))
            return true;
    return false;
}

/* ---- Cases */

/* NULL, or what is wrong with it. */
static const char *read_case(const json_t *json, struct results_case *one)
{
    const char *wrong = wrong_member(json, CASE);
    if (wrong)
        return wrong;
    const char *cause = json_string_value(json_object_get(json, "cause"));
    *one = (struct results_case){
        .json = json,
        .id = results_text(json, "id"),
        .verdict = verdict_named(results_text(json, "verdict")),
        .cause = cause_named(cause),
        .expected = json_is_true(json_object_get(json, "expected")),
        .seconds = json_number_value(json_object_get(json, "seconds")),
        .waited = json_number_value(json_object_get(json, "waited")),
        .message = json_string_value(json_object_get(json, "message")),
        .place = json_string_value(json_object_get(json, "place")),
        .reason = json_string_value(json_object_get(json, "reason")),
    };
    if (!is_id(one->id))
        return "id";
    if (!one->verdict)
        return "verdict";
    if (cause ? !one->cause || one->verdict == PASS : one->verdict == FAIL)
        return "cause";
    return NULL;
}

static char *read_cases(struct results *results, const json_t *list)
{
    results->cases = zeroed(json_array_size(list), sizeof(*results->cases));
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct results_case *one = &results->cases[i];
        const json_t *json = json_array_get(list, i);
        if (!json_is_object(json))
            return rec_problem(results->name, 0, "case %llu is no object",
                               (unsigned long long)i + 1);
        const char *wrong = read_case(json, one);
        if (wrong)
            return rec_problem(results->name, 0, "case %llu: the member '%s' is missing or wrong",
                               (unsigned long long)i + 1, wrong);
        if (i && strcmp(one[-1].id, one->id) >= 0)
            return rec_problem(results->name, 0, "case %llu: its id is not after the one before it",
                               (unsigned long long)i + 1);
        results->count++;
    }
    return NULL;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct results_case *)a)->id, ((const struct results_case *)b)->id);
}

const struct results_case *results_find(const struct results *results, const char *id)
{
    return bsearch(&(struct results_case){.id = id}, results->cases, results->count,
                   sizeof(*results->cases), by_id);
}

const char *results_label(const struct results_case *one)
{
    return verdict_label(one->verdict, one->reason != NULL, one->expected,
                         json_is_true(json_object_get(one->json, "late")));
}

json_t *results_counts(const json_t *cases)
{
    unsigned verdicts[UNTESTED + 1] = {0}, unexpected = 0, late = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i);
        enum verdict verdict = verdict_named(results_text(one, "verdict"));
        verdicts[verdict]++;
        unexpected += verdict != UNTESTED && !json_is_true(json_object_get(one, "expected"));
        late += json_is_true(json_object_get(one, "late"));
    }
    json_t *counts = json_pack("{s:i, s:i, s:i}", "cases", (int)json_array_size(cases),
                               "unexpected", (int)unexpected, "late", (int)late);
    for (enum verdict v = PASS; v <= UNTESTED; v++)
        json_object_set_new(counts, verdict_name(v), json_integer(verdicts[v]));
    return counts;
}

/* ---- The whole */

static char *read_all(struct results *results)
{
    static const struct {
        const char *key;
        const struct member *members;
    } PARTS[] = {{"suite", SUITE}, {"implementation", IMPLEMENTATION}, {"run", RUN}};
    const json_t *schema = json_object_get(results->all, "schema");
    if (wrong_member(results->all, ALL) || (schema && !is_of(WHOLE, schema)))
        return rec_problem(results->name, 0, "no results of 'winipc-cts run --json'");
    if (json_integer_value(schema) > RESULTS_SCHEMA)
        return rec_problem(results->name, 0,
                           "its schema is %lld, and this winipc-cts reads none after %d",
                           (long long)json_integer_value(schema), RESULTS_SCHEMA);
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++) {
        const char *wrong =
            wrong_member(json_object_get(results->all, PARTS[i].key), PARTS[i].members);
        if (wrong)
            return rec_problem(results->name, 0, "%s: the member '%s' is missing or wrong",
                               PARTS[i].key, wrong);
    }
    results->suite = json_object_get(results->all, "suite");
    results->implementation = json_object_get(results->all, "implementation");
    results->run = json_object_get(results->all, "run");
    return read_cases(results, json_object_get(results->all, "cases"));
}

char *results_of_json(const char *name, json_t *all, struct results *results)
{
    *results = (struct results){.all = all, .name = name};
    char *problem = read_all(results);
    if (problem)
        results_free(results);
    return problem;
}

char *results_of_text(const char *name, const char *text, size_t size, struct results *results)
{
    json_error_t error;
    json_t *all = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (all)
        return results_of_json(name, all, results);
    char *said = printable(error.text);
    char *problem = rec_problem(name, error.line, "no JSON, or not all of it: %s", said);
    free(said);
    return problem;
}

char *results_load(const char *name, struct results *results)
{
    size_t size;
    char *problem = NULL, *text = text_of_file(name, RESULTS_LIMIT, &size, &problem);
    if (text)
        problem = results_of_text(name, text, size, results);
    free(text);
    return problem;
}

void results_free(struct results *results)
{
    json_decref(results->all);
    free(results->cases);
    *results = (struct results){0};
}

void results_free_all(struct results *results, size_t count)
{
    for (size_t i = 0; i < count; i++)
        results_free(&results[i]);
    free(results);
}
