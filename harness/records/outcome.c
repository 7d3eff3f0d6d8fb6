/* How a case went: memory, and JSON to and fro. No Win32. */
#include "records/outcome.h"
#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool is_late(const struct outcome *outcome)
{
    return outcome->verdict == PASS && outcome->first;
}

const char *outcome_needs(const struct outcome *outcome)
{
    static const char NEEDS[] = "needs ";
    bool does = outcome->verdict == UNSUPPORTED && outcome->message &&
                !strncmp(outcome->message, NEEDS, sizeof(NEEDS) - 1);
    return does ? outcome->message + sizeof(NEEDS) - 1 : NULL;
}

void outcome_free(struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->saw_count; i++) {
        free(outcome->saw[i].key);
        free(outcome->saw[i].text);
    }
    free(outcome->saw);
    free(outcome->message);
    free(outcome->place);
    free(outcome->checkpoint);
    free(outcome->output);
    free(outcome->trace);
    if (outcome->first)
        outcome_free(outcome->first);
    free(outcome->first);
    *outcome = (struct outcome){.verdict = VERDICT_NONE};
}

/* ---- To JSON */

json_t *json_of_text(const char *value)
{
    json_t *string = json_string(value);
    if (string || !value)
        return string;
    char *plain = copy_text(value);
    for (char *c = plain; *c; c++)
        if ((unsigned char)*c >= 0x80)
            *c = '?';
    string = json_string(plain);
    free(plain);
    return string;
}

void json_set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_of_text(text));
}

static double rounded(double seconds)
{
    return (double)(long long)(seconds * 1e6 + 0.5) / 1e6;
}

void json_set_outcome(json_t *one, const struct outcome *outcome)
{
    enum verdict verdict = outcome->verdict == VERDICT_NONE ? UNTESTED : outcome->verdict;
    json_object_set_new(one, "verdict", json_of_text(verdict_name(verdict)));
    json_set_text(one, "cause", cause_name(outcome->cause));
    json_object_set_new(one, "seconds", json_real(rounded(outcome->seconds)));
    json_object_set_new(one, "waited", json_real(outcome->waited / 1000.0));
    json_set_text(one, "message", outcome->message);
    json_set_text(one, "place", outcome->place);
    json_set_text(one, "checkpoint", outcome->checkpoint);
    if (outcome->verdict != PASS)
        json_set_text(one, "output", outcome->output);
    json_set_text(one, "trace", outcome->trace);
    if (outcome->in_worker)
        json_object_set_new(one, "worker", json_true());
    if (outcome->first) {
        json_t *first = json_object();
        json_set_outcome(first, outcome->first);
        json_object_set_new(one, "first", first);
    }
}

/* ---- From JSON */

static char *copy_member(const json_t *one, const char *key)
{
    const char *value = json_string_value(json_object_get(one, key));
    return value ? copy_text(value) : NULL;
}

static bool read_verdict(const json_t *one, struct outcome *outcome)
{
    const char *verdict = json_string_value(json_object_get(one, "verdict"));
    const char *cause = json_string_value(json_object_get(one, "cause"));
    outcome->verdict = verdict_named(verdict);
    outcome->cause = cause_named(cause);
    return outcome->verdict != VERDICT_NONE && outcome->verdict != UNTESTED &&
           (!cause || outcome->cause);
}

bool json_read_count(const json_t *object, const char *key, unsigned *count)
{
    const json_t *member = json_object_get(object, key);
    json_int_t value = json_integer_value(member);
    *count = 0;
    if (member && (!json_is_integer(member) || value < 0 || value > UINT_MAX))
        return false;
    *count = (unsigned)value;
    return true;
}

/* Seconds, from 0 to that many. */
static bool read_seconds(const json_t *one, const char *key, double high, double *seconds)
{
    const json_t *member = json_object_get(one, key);
    *seconds = json_number_value(member);
    return json_is_number(member) && *seconds >= 0 && *seconds <= high;
}

bool outcome_of_json(const json_t *one, struct outcome *outcome)
{
    const json_t *first = json_object_get(one, "first");
    struct outcome read = {.verdict = VERDICT_NONE}, before = read;
    double waited;
    if (!read_verdict(one, &read) || !read_seconds(one, "seconds", 1e9, &read.seconds) ||
        !read_seconds(one, "waited", UINT_MAX / 1000.0, &waited))
        return false;
    if (first && (json_object_get(first, "first") || !outcome_of_json(first, &before)))
        return false;
    if (first) {
        read.first = grow(NULL, sizeof(*read.first));
        *read.first = before;
    }
    read.waited = (unsigned)(waited * 1000 + 0.5);
    read.message = copy_member(one, "message");
    read.place = copy_member(one, "place");
    read.checkpoint = copy_member(one, "checkpoint");
    read.output = copy_member(one, "output");
    read.trace = copy_member(one, "trace");
    read.in_worker = json_is_true(json_object_get(one, "worker"));
    *outcome = read;
    return true;
}
