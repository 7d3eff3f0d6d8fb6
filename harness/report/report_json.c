/* results.json; its schema is docs/results.schema.json. */
#include "report/report_json.h"
#include "runner/calibrate.h"
#include "records/expectations.h"
#include "records/implementation.h"
#include "case/interpose.h"
#include "base/memory.h"
#include "case/path.h"
#include "records/reader.h"
#include "commands/results.h"
#include "revision.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

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
        json_object_set_new(recorded, saw->key, json_of_text(both));
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
    json_t *one = json_object(), *assertions = json_array();
    for (const char **id = result->test->assertions; *id; id++)
        json_array_append_new(assertions, json_of_text(*id));
    json_object_set_new(one, "id", json_of_text(result->test->id));
    json_object_set_new(one, "assertions", assertions);
    json_object_set_new(one, "expected", json_boolean(result->expected));
    if (result->expectation)
        json_set_text(one, "reason", result->expectation->reason);
    json_set_outcome(one, outcome);
    json_set_text(one, "needs", outcome_needs(outcome));
    if (is_late(outcome))
        json_object_set_new(one, "late", json_true());
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
    int cases[API_COUNT] = {0};
    for (size_t i = 0; i < run->count; i++) {
        struct api_set called = interposed_in(run->results[i].outcome.trace);
        for (size_t api = 0; api < API_COUNT; api++)
            cases[api] += api_is_in(&called, api);
    }
    for (size_t api = 0; api < API_COUNT; api++)
        if (cases[api])
            json_object_set_new(exercised, interposed[api].name, json_integer(cases[api]));
    return exercised;
}

json_t *json_of_origin(void)
{
    const struct implementation *on = implementation();
    return json_pack("{s:{s:s, s:s}, s:{s:s, s:s, s:s, s:s, s:s, s:s}}", "suite", "version",
                     PACKAGE_VERSION, "revision", SUITE_REVISION, "implementation", "family",
                     on->family, "version", on->version, "claims", on->claims, "build", on->build,
                     "arch", on->arch, "host", on->host);
}

static json_t *json_of_lacks(void)
{
    json_t *list = json_array();
    for (enum lack what = LACKS_NOTHING + 1; what < LACK_COUNT; what++)
        if (lacks(what))
            json_array_append_new(list, json_string(lack_name(what)));
    return list;
}

/* All functions that are missing, or those of them that are known to be. */
static json_t *json_of_missing(const struct run *run, bool all)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < run->missing_count; i++)
        if (all || run->missing[i].expectation)
            json_array_append_new(list, json_string(run->missing[i].name));
    return list;
}

/* "FILE:LINE case": an expectation of what does not exist. */
static json_t *json_of_stale(void)
{
    json_t *list = json_array();
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++)
        if (stale_because(&all[i]))
            json_array_append_new(
                list, json_sprintf("%s:%d %s", all[i].file, all[i].line, all[i].case_id));
    return list;
}

json_t *json_of_run(const struct run *run)
{
    json_t *cases = json_array();
    json_t *how = json_pack("{s:o, s:b, s:f, s:s, s:s, s:i, s:o, s:I, s:f, s:f, s:f, s:i}",
                            "command_line", json_of_text(run->command_line), "complete",
                            (int)run->complete, "seconds", rounded(run->seconds), "start",
                            run->start, "end", run->end, "jobs", (int)run->options->jobs, "seed",
                            run->options->shuffle ? json_integer(run->options->seed) : json_null(),
                            "process_starts", (json_int_t)run->process_starts, "floor_seconds",
                            rounded(run->floor_seconds < 0 ? 0 : run->floor_seconds),
                            "waited_seconds", (double)run->waited_ms / 1000, "timeout_scale",
                            run->options->scale, "repeat", (int)run->options->repeat);
    json_object_set_new(how, "lacks", json_of_lacks());
    json_object_set_new(how, "missing", json_of_missing(run, true));
    json_object_set_new(how, "missing_as_expected", json_of_missing(run, false));
    json_object_set_new(how, "stale", json_of_stale());
    for (size_t i = 0; i < run->count; i++)
        json_array_append_new(cases, case_of(run, &run->results[i]));
    json_object_set_new(how, "counts", results_counts(cases));
    json_t *all = json_pack("{s:i}", "schema", RESULTS_SCHEMA), *origin = json_of_origin();
    json_object_update(all, origin);
    json_decref(origin);
    json_object_set_new(all, "run", how);
    json_object_set_new(all, "cases", cases);
    if (run->options->mutant)
        json_set_text(how, "mutant", run->options->mutant);
    if (run->options->label)
        json_set_text(how, "label", run->options->label);
    if (run->options->shard)
        json_set_text(how, "shard", run->options->shard);
    if (run->options->trace)
        json_object_set_new(all, "exercised", exercised_in(run));
    return all;
}

bool report_record(const json_t *record, const char *name, bool journal)
{
    char error[80], *temporary = beside(name, ".new");
    WCHAR *from = path_of(temporary), *to = path_of(name);
    FILE *file = _wfopen(from, L"wb");
    bool written =
        record && file && json_dumpf(record, file, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0;
    if (file)
        written &= fputc('\n', file) != EOF;
    if (file)
        written &= fclose(file) == 0;
    bool moved = written && real(MoveFileExW)(from, to, MOVEFILE_REPLACE_EXISTING);
    error_text(GetLastError(), error, sizeof(error));
    char *shown = printable(name);
    if (!written) {
        fprintf(stderr, "winipc-cts: cannot write the results to '%s.new'", shown);
        if (journal)
            fprintf(stderr,
                    "; %s.journal holds them: make room and run the same command with --resume",
                    shown);
        fputc('\n', stderr);
        real(DeleteFileW)(from);
    } else if (!moved) {
        fprintf(stderr, "winipc-cts: cannot move the results to '%s': %s; they are in '%s.new'\n",
                shown, error, shown);
    }
    free(shown);
    free(from);
    free(to);
    free(temporary);
    return moved;
}
