/* What a run writes for --junit: the XML that tools which show test results read. It keeps to what
 * the schemas of Ant and of Jenkins have in common. */
#include "commands/results.h"
#include "revision.h"
#include "records/implementation.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- XML */

/* Of printable text: what XML 1.0 cannot hold is in it no more. */
static void put_escaped(FILE *to, char *shown)
{
    for (const char *c = shown; *c; c++) {
        const char *name = *c == '&'   ? "&amp;"
                           : *c == '<' ? "&lt;"
                           : *c == '>' ? "&gt;"
                           : *c == '"' ? "&quot;"
                                       : NULL;
        if (name)
            fputs(name, to);
        else
            fputc(*c, to);
    }
    free(shown);
}

static void put_attribute(FILE *to, const char *name, const char *value)
{
    fprintf(to, " %s=\"", name);
    put_escaped(to, printable(value ? value : ""));
    fputc('"', to);
}

static void put_property(FILE *to, const char *name, const char *value)
{
    fputs("   <property", to);
    put_attribute(to, "name", name);
    put_attribute(to, "value", value);
    fputs("/>\n", to);
}

/* ---- Cases */

enum ending { PASSED, SKIPPED, FAILURE, ERRONEOUS, ENDINGS };
static const char *const ELEMENTS[] = {NULL, "skipped", "failure", "error"};

/* JUnit knows no expected failure: what is as expected and no pass is skipped, with the reason. */
static enum ending ending_of(const struct result *result)
{
    const struct outcome *outcome = &result->outcome;
    if (outcome->verdict == VERDICT_NONE)
        return ERRONEOUS;
    if (result->expected)
        return outcome->verdict == PASS && !result->expectation ? PASSED : SKIPPED;
    return outcome->verdict == UNRESOLVED || outcome->cause == CAUSE_CRASH ||
                   outcome->cause == CAUSE_TIMEOUT
               ? ERRONEOUS
               : FAILURE;
}

static const char *message_of(const struct result *result)
{
    const struct outcome *outcome = &result->outcome;
    if (outcome->verdict == VERDICT_NONE)
        return "not run";
    return result->expectation && (result->expected || outcome->verdict == PASS)
               ? result->expectation->reason
               : outcome->message;
}

/* The id is shown as class, which is area and topic, and name. */
static void put_case(FILE *to, const struct result *result)
{
    const char *id = result->test->id, *point = strchr(id, '.');
    const char *second = point ? strchr(point + 1, '.') : NULL;
    const char *name = second ? second + 1 : point ? point + 1 : id;
    enum ending ending = ending_of(result);
    fprintf(to, "  <testcase name=\"%s\" classname=\"%.*s\" time=\"%.6f\"", name,
            name > id ? (int)(name - id - 1) : 0, id, result->outcome.seconds);
    if (ending == PASSED) {
        fputs("/>\n", to);
        return;
    }
    fprintf(to, ">\n   <%s", ELEMENTS[ending]);
    put_attribute(to, "message", message_of(result));
    if (ending == SKIPPED) {
        fputs("/>\n  </testcase>\n", to);
        return;
    }
    const char *cause = cause_name(result->outcome.cause);
    put_attribute(to, "type", cause ? cause : result_label(result));
    fputs(">\n", to);
    char *evidence = report_evidence(result);
    put_escaped(to, printable_lines(evidence));
    free(evidence);
    fprintf(to, "</%s>\n  </testcase>\n", ELEMENTS[ending]);
}

/* ---- Suites */

static void begin_suite(FILE *to, const struct run *run, const char *area, size_t length,
                        unsigned id, const unsigned *of, double seconds)
{
    const struct implementation *on = implementation();
    fprintf(to,
            " <testsuite name=\"%.*s\" package=\"winipc-cts\" id=\"%u\" hostname=\"localhost\" "
            "timestamp=\"%.19s\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" "
            "time=\"%.6f\">\n  <properties>\n",
            (int)length, area, id, run->start,
            of[PASSED] + of[SKIPPED] + of[FAILURE] + of[ERRONEOUS], of[FAILURE], of[ERRONEOUS],
            of[SKIPPED], seconds);
    put_property(to, "suite.version", PACKAGE_VERSION);
    put_property(to, "suite.revision", SUITE_REVISION);
    put_property(to, "implementation.family", on->family);
    put_property(to, "implementation.version", on->version);
    put_property(to, "implementation.build", on->build);
    put_property(to, "implementation.arch", on->arch);
    put_property(to, "implementation.host", on->host);
    put_property(to, "command_line", run->command_line);
    fputs("  </properties>\n", to);
}

static void end_suite(FILE *to)
{
    fputs("  <system-out/>\n  <system-err/>\n </testsuite>\n", to);
}

static void put_area(FILE *to, const struct run *run, size_t first, size_t end, unsigned id)
{
    const char *area = run->results[first].test->id;
    unsigned of[ENDINGS] = {0};
    double seconds = 0;
    for (size_t i = first; i < end; i++) {
        of[ending_of(&run->results[i])]++;
        seconds += run->results[i].outcome.seconds;
    }
    begin_suite(to, run, area, strcspn(area, "."), id, of, seconds);
    for (size_t i = first; i < end; i++)
        put_case(to, &run->results[i]);
    end_suite(to);
}

static void put_failure(FILE *to, const char *name, const char *message)
{
    fputs("  <testcase", to);
    put_attribute(to, "name", name);
    fputs(" classname=\"run\" time=\"0\">\n   <failure type=\"run\"", to);
    put_attribute(to, "message", message);
    fputs("/>\n  </testcase>\n", to);
}

/* What makes a run fail and is no case's: a suite of its own, where there is any. */
static void put_run(FILE *to, const struct run *run, unsigned id)
{
    size_t count;
    const struct expectation *all = expectations(&count);
    const unsigned of[ENDINGS] = {[FAILURE] = run->stale + run->unexpectedly_missing};
    if (!of[FAILURE])
        return;
    begin_suite(to, run, "run", 3, id, of, 0);
    for (size_t i = 0; i < count && run->stale; i++)
        if (stale_because(&all[i]))
            put_failure(to, all[i].case_id, stale_because(&all[i]));
    for (unsigned i = 0; i < run->missing_count; i++)
        if (!run->missing[i].expectation)
            put_failure(to, run->missing[i].name, "this function is missing");
    end_suite(to);
}

void report_junit(FILE *to, const struct run *run)
{
    unsigned id = 0;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", to);
    for (size_t first = 0, end; first < run->count; first = end) {
        const char *area = run->results[first].test->id;
        size_t length = strcspn(area, ".") + 1;
        for (end = first; end < run->count; end++)
            if (strncmp(run->results[end].test->id, area, length))
                break;
        put_area(to, run, first, end, id++);
    }
    put_run(to, run, id);
    fputs("</testsuites>\n", to);
}
