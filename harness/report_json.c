/* results.json; its schema is docs/results.schema.json. */
#include "results.h"
#include "implementation.h"
#include "interpose.h"
#include "memory.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

FILE *open_utf8(const char *name)
{
    WCHAR path[MAX_PATH];
    MultiByteToWideChar(CP_UTF8, 0, name, -1, path, MAX_PATH);
    return _wfopen(path, L"wb");
}

/* Bytes that are no UTF-8 (a case may print anything) become '?'. */
static json_t *text(const char *value)
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

static void set_text(json_t *object, const char *key, const char *value)
{
    if (value && *value)
        json_object_set_new(object, key, text(value));
}

static double rounded(double seconds)
{
    return (double)(long long)(seconds * 1e6 + 0.5) / 1e6;
}

static json_t *recorded_of(const struct outcome *outcome)
{
    json_t *recorded = json_object();
    for (size_t i = 0; i < outcome->saw_count; i++) {
        const struct saw *saw = &outcome->saw[i];
        const char *before = json_string_value(json_object_get(recorded, saw->key));
        size_t size = (before ? strlen(before) : 0) + strlen(saw->text) + 3;
        char *both = grow(NULL, size);
        snprintf(both, size, "%s%s%s", before ? before : "", before ? "; " : "", saw->text);
        json_object_set_new(recorded, saw->key, text(both));
        free(both);
    }
    return recorded;
}

static json_t *tally_of(const struct result *result)
{
    json_t *tally = json_object();
    for (enum verdict v = PASS; v <= UNTESTED; v++)
        if (result->tally[v])
            json_object_set_new(tally, verdict_name(v), json_integer(result->tally[v]));
    return tally;
}

static json_t *case_of(const struct run *run, const struct result *result)
{
    const struct outcome *outcome = &result->outcome;
    enum verdict verdict = outcome->verdict == VERDICT_NONE ? UNTESTED : outcome->verdict;
    json_t *one = json_object(), *assertions = json_array();
    for (const char **id = result->test->assertions; *id; id++)
        json_array_append_new(assertions, text(*id));
    json_object_set_new(one, "id", text(result->test->id));
    json_object_set_new(one, "assertions", assertions);
    json_object_set_new(one, "verdict", text(verdict_name(verdict)));
    set_text(one, "cause", cause_name(outcome->cause));
    json_object_set_new(one, "expected", json_boolean(result->expected));
    if (result->expectation)
        set_text(one, "reason", result->expectation->reason);
    json_object_set_new(one, "seconds", json_real(rounded(outcome->seconds)));
    json_object_set_new(one, "waited", json_real(outcome->waited / 1000.0));
    set_text(one, "message", outcome->message);
    set_text(one, "place", outcome->place);
    set_text(one, "checkpoint", outcome->checkpoint);
    if (outcome->verdict != PASS)
        set_text(one, "output", outcome->output);
    set_text(one, "trace", outcome->trace);
    if (outcome->saw_count)
        json_object_set_new(one, "recorded", recorded_of(outcome));
    if (run->options->repeat > 1)
        json_object_set_new(one, "tally", tally_of(result));
    return one;
}

/* How many cases called each function, where the run was traced. */
static json_t *exercised_in(const struct run *run)
{
    json_t *exercised = json_object();
    for (size_t api = 0; api < API_COUNT; api++) {
        int cases = 0;
        for (size_t i = 0; i < run->count; i++)
            cases += run->results[i].outcome.called[api / 64] >> api % 64 & 1;
        if (cases)
            json_object_set_new(exercised, interposed[api].name, json_integer(cases));
    }
    return exercised;
}

static json_t *whole(const struct run *run)
{
    const struct implementation *on = implementation();
    json_t *cases = json_array();
    json_t *suite = json_pack("{s:s, s:s}", "version", PACKAGE_VERSION, "revision", SUITE_REVISION);
    json_t *where =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "family", on->family, "version", on->version,
                  "claims", on->claims, "build", on->build, "arch", on->arch, "host", on->host);
    json_t *how =
        json_pack("{s:o, s:f, s:s, s:s, s:i, s:o, s:i, s:f, s:f, s:f, s:i}", "command_line",
                  text(run->command_line), "seconds", rounded(run->seconds), "start", run->start,
                  "end", run->end, "jobs", (int)run->options->jobs, "seed",
                  run->options->shuffle ? json_integer(run->options->seed) : json_null(),
                  "process_starts", (int)run->process_starts, "floor_seconds",
                  rounded(run->floor_seconds < 0 ? 0 : run->floor_seconds), "waited_seconds",
                  run->waited_ms / 1000.0, "timeout_scale", run->options->scale, "repeat",
                  (int)run->options->repeat);
    for (size_t i = 0; i < run->count; i++)
        json_array_append_new(cases, case_of(run, &run->results[i]));
    json_t *all = json_pack("{s:o, s:o, s:o, s:o}", "suite", suite, "implementation", where, "run",
                            how, "cases", cases);
    if (run->options->mutant)
        set_text(how, "mutant", run->options->mutant);
    if (run->options->trace)
        json_object_set_new(all, "exercised", exercised_in(run));
    return all;
}

bool report_json(const struct run *run, const char *name)
{
    char temporary[MAX_PATH + 8];
    WCHAR from[MAX_PATH + 8], to[MAX_PATH + 8];
    snprintf(temporary, sizeof(temporary), "%s.new", name);
    MultiByteToWideChar(CP_UTF8, 0, temporary, -1, from, MAX_PATH + 8);
    MultiByteToWideChar(CP_UTF8, 0, name, -1, to, MAX_PATH + 8);

    json_t *all = whole(run);
    FILE *file = open_utf8(temporary);
    bool written =
        all && file && json_dumpf(all, file, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0;
    if (file)
        written &= fputc('\n', file) != EOF;
    if (file)
        written &= fclose(file) == 0;
    json_decref(all);
    written = written && real.MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING);
    if (!written) {
        fprintf(stderr,
                "winipc-cts: cannot write the results to '%s'; is its folder writable and "
                "not full?\n",
                name);
        real.DeleteFileW(from);
    }
    return written;
}
