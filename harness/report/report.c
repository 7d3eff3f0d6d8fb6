/* What a run prints for people, and TAP. */
#include "commands/results.h"
#include "records/catalogue.h"
#include "records/implementation.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *result_label(const struct result *result)
{
    return verdict_label(result->outcome.verdict, result->expectation != NULL, result->expected,
                         is_late(&result->outcome));
}

/* ---- Progress: one line, on a console only */

static bool on_console(void)
{
    DWORD mode;
    return GetConsoleMode(real(GetStdHandle)(STD_ERROR_HANDLE), &mode);
}

void report_progress(const struct run *run, size_t done, size_t total, double seconds,
                     const struct test_case *test)
{
    if (run->options->verbosity != 0 || !on_console())
        return;
    unsigned left = (unsigned)(seconds * (double)(total - done) / (double)done);
    fprintf(stderr, "\r[%4llu/%llu] %u unexpected, ", (unsigned long long)done,
            (unsigned long long)total, run->unexpected);
    if (seconds > 0)
        fprintf(stderr, "%u:%02u left  %-35.35s", left / 60, left % 60, test->id);
    else
        fprintf(stderr, " %-45.45s", test->id);
    fflush(stderr);
}

void report_no_progress(void)
{
    if (on_console())
        fprintf(stderr, "\r%*s\r", 78, "");
    fflush(stderr);
}

/* ---- One case */

/* A case may print anything; nothing of it may steer a console. */
static void indented(struct text *to, const char *head, const char *text)
{
    if (!text || !*text)
        return;
    char *shown = printable_lines(text);
    text_print(to, "  %-11s ", head);
    for (const char *line = shown; *line; line += *line == '\n') {
        size_t size = strcspn(line, "\n");
        text_print(to, "%s%.*s\n", line == shown ? "" : "              ", (int)size, line);
        line += size;
    }
    free(shown);
}

static void report_saw(struct text *to, const struct saw *saw)
{
    char *key = printable(saw->key), *text = printable(saw->text);
    text_print(to, "  %-11s %s: %s\n", "recorded", key, text);
    free(key);
    free(text);
}

static void report_assertions(struct text *to, const struct test_case *test)
{
    for (const char **id = test->assertions; *id; id++) {
        const struct assertion *assertion = catalogue_find(*id);
        text_print(to, "  %-11s %s: %s\n", "documented", *id, assertion ? assertion->says : "");
        if (assertion)
            text_print(to, "  %-11s %s%s%s%s%s\n", "", assertion->page,
                       assertion->heading ? ", " : "", assertion->heading ? assertion->heading : "",
                       assertion->revision ? " @ " : "",
                       assertion->revision ? assertion->revision : "");
    }
}

char *report_evidence(const struct result *result)
{
    const struct outcome *outcome = &result->outcome;
    struct text text = {0}, *to = &text;
    report_assertions(to, result->test);
    indented(to, "message", outcome->message);
    if (outcome->first)
        indented(to, "first", outcome->first->message);
    if (result->expectation && !result->expected) {
        char known[600];
        const char *because = cause_name(result->expectation->cause);
        snprintf(known, sizeof(known),
                 "%s:%d expects %s%s%s here; if this is fixed, end that record's Versions",
                 result->expectation->file, result->expectation->line,
                 verdict_name(result->expectation->verdict), because ? ", cause " : "",
                 because ? because : "");
        indented(to, "stale", known);
    }
    indented(to, "at", outcome->place);
    indented(to, "checkpoint", outcome->checkpoint);
    for (size_t i = 0; i < outcome->saw_count; i++)
        report_saw(to, &outcome->saw[i]);
    indented(to, "output", outcome->output);
    indented(to, "trace", outcome->trace);
    text_print(to, "  %-11s winipc-cts run --trace %s\n", "rerun", result->test->id);
    return text.chars;
}

void report_case(FILE *to, const struct result *result)
{
    const char *cause = cause_name(result->outcome.cause);
    char *evidence = report_evidence(result);
    fprintf(to, "%-11s %s  %.2f s%s%s\n%s\n", result_label(result), result->test->id,
            result->outcome.seconds, cause ? "  cause: " : "", cause ? cause : "", evidence);
    free(evidence);
}

void report_line(FILE *to, const struct result *result)
{
    const char *why = is_late(&result->outcome)                 ? result->outcome.first->message
                      : result->expectation && result->expected ? result->expectation->reason
                                                                : NULL;
    char *shown = printable(why ? why : "");
    fprintf(to, "%-11s %s%s%s\n", result_label(result), result->test->id, why ? "  # " : "", shown);
    free(shown);
}

void report_trace(FILE *to, const struct result *result)
{
    char *shown = printable_lines(result->outcome.trace);
    fprintf(to, "%s %s\n%s\n", result_label(result), result->test->id, shown);
    free(shown);
}

/* ---- The summary */

static size_t area_length(const char *id)
{
    return strcspn(id, ".");
}

/* A line per area: how many cases, and how many of each label. */
static void report_areas(FILE *to, const struct run *run)
{
    static const char *const LABELS[] = {"PASS",  "LATE",       "XFAIL",       "FAIL",
                                         "XPASS", "UNRESOLVED", "UNSUPPORTED", "NOT RUN"};
    for (size_t i = 0; i < run->count;) {
        const char *area = run->results[i].test->id;
        size_t end = i, length = area_length(area);
        while (end < run->count && area_length(run->results[end].test->id) == length &&
               !strncmp(run->results[end].test->id, area, length))
            end++;
        fprintf(to, "  %-10.*s %4llu case%s", (int)length, area, (unsigned long long)(end - i),
                end - i == 1 ? ": " : "s:");
        for (size_t l = 0; l < sizeof(LABELS) / sizeof(LABELS[0]); l++) {
            unsigned n = 0;
            for (size_t k = i; k < end; k++)
                n += !strcmp(result_label(&run->results[k]), LABELS[l]);
            if (n)
                fprintf(to, "  %u %s", n, LABELS[l]);
        }
        fputc('\n', to);
        i = end;
    }
}

/* What is missing is no wrong answer: counted apart, by what is needed. */
static void report_needs(FILE *to, const struct run *run)
{
    unsigned cases = 0;
    for (size_t i = 0; i < run->count; i++)
        cases += outcome_needs(&run->results[i].outcome) != NULL;
    if (cases)
        fprintf(to, "%u case%s not run to the end for what is missing here:\n", cases,
                cases == 1 ? "" : "s");
    for (size_t i = 0; i < run->count && cases; i++) {
        const char *needs = outcome_needs(&run->results[i].outcome);
        unsigned of_it = 0, before = 0;
        for (size_t k = 0; k < run->count && needs; k++) {
            const char *other = outcome_needs(&run->results[k].outcome);
            bool same = other && !strcmp(other, needs);
            of_it += same;
            before += same && k < i;
        }
        if (of_it && !before)
            fprintf(to, "  %5u need%s %s\n", of_it, of_it == 1 ? "s" : "", needs);
    }
}

void report_summary(FILE *to, const struct run *run)
{
    const struct implementation *on = implementation();
    const unsigned unexpected = run->unexpected + run->stale + run->unexpectedly_missing;
    if (run->options->verbosity < 0 && unexpected == 0)
        return;
    fprintf(to, "winipc-cts " PACKAGE_VERSION " on %s %s (%s%s%s), %s\n", on->family, on->version,
            on->build, *on->host ? ", " : "", on->host, on->arch);
    report_areas(to, run);
    for (size_t i = 0; i < run->count && run->options->verbosity == 0; i++)
        if ((run->results[i].expectation && run->results[i].expected) ||
            is_late(&run->results[i].outcome))
            report_line(to, &run->results[i]);
    report_needs(to, run);
    fprintf(to, "%llu case%s in %.1f s: ", (unsigned long long)run->count,
            run->count == 1 ? "" : "s", run->seconds);
    unsigned not_run = 0;
    for (size_t i = 0; i < run->count; i++)
        not_run += run->results[i].outcome.verdict == VERDICT_NONE;
    if (not_run)
        fprintf(to, "%u not run, ", not_run);
    if (run->late)
        fprintf(to, "%u late, ", run->late);
    if (unexpected == 0)
        fprintf(to, not_run || run->late ? "the others as expected\n" : "all as expected\n");
    else
        fprintf(to, "%u unexpected%s%s\n", unexpected,
                run->stale ? " (stale expectations among them)" : "",
                run->unexpectedly_missing ? " (missing functions among them)" : "");
}

/* ---- TAP */

/* Text on one line without '#', which would start a directive. */
static void tap_text(FILE *to, const char *text)
{
    char *shown = printable(text ? text : "");
    for (const char *c = shown; *c; c++)
        fputc(*c == '#' ? ' ' : *c, to);
    free(shown);
}

void report_tap_plan(FILE *to, uint64_t count)
{
    fprintf(to, "1..%llu\n", (unsigned long long)count);
    tap_check(to);
}

static void tap_notes(FILE *to, const struct result *result)
{
    const struct outcome *outcome = &result->outcome;
    const struct {
        const char *head, *text;
    } NOTES[] = {{"verdict", verdict_name(outcome->verdict)},
                 {"cause", cause_name(outcome->cause)},
                 {"message", outcome->message},
                 {"first", outcome->first ? outcome->first->message : NULL},
                 {"at", outcome->place}};
    for (size_t i = 0; i < sizeof(NOTES) / sizeof(NOTES[0]); i++) {
        if (!NOTES[i].text)
            continue;
        fprintf(to, "# %s: ", NOTES[i].head);
        tap_text(to, NOTES[i].text);
        fputc('\n', to);
    }
}

void report_tap_case(struct run *run, const struct result *result)
{
    enum verdict verdict = result->outcome.verdict;
    bool passed = verdict == PASS || (verdict == UNSUPPORTED && !result->expectation);
    fprintf(run->tap, "%s %u - %s", passed ? "ok" : "not ok", ++run->tap_number, result->test->id);
    if (verdict == UNSUPPORTED && !result->expectation) {
        fprintf(run->tap, " # SKIP ");
        tap_text(run->tap, result->outcome.message);
    } else if (result->expectation && (result->expected || verdict == PASS)) {
        fprintf(run->tap, " # TODO ");
        tap_text(run->tap, result->expectation->reason);
    }
    fputc('\n', run->tap);
    if (is_late(&result->outcome)) {
        fprintf(run->tap, "# late: ");
        tap_text(run->tap, result->outcome.first->message);
        fputc('\n', run->tap);
    }
    if (verdict != PASS)
        tap_notes(run->tap, result);
    tap_check(run->tap);
}
