/* Expectations: read once, judged against the implementation of this run. */
#include "expectations.h"
#include "catalogue.h"
#include "implementation.h"
#include "rec.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

static struct expectation *list;
static size_t list_count;

static char *complain(const char *file, int line, const char *what)
{
    size_t size = strlen(file) + strlen(what) + 40;
    char *text = grow(NULL, size);
    if (line)
        snprintf(text, size, "%s:%d: %s", file, line, what);
    else
        snprintf(text, size, "%s: %s", file, what);
    return text;
}

static enum verdict verdict_of(const char *name)
{
    for (enum verdict v = FAIL; name && v <= UNSUPPORTED; v++)
        if (!strcmp(name, verdict_name(v)))
            return v;
    return VERDICT_NONE;
}

/* Without a name: a failed assertion. */
static enum cause cause_of(const char *name)
{
    for (enum cause c = CAUSE_ASSERTION; name && c <= CAUSE_LEAK; c++)
        if (!strcmp(name, cause_name(c)))
            return c;
    return name ? CAUSE_NONE : CAUSE_ASSERTION;
}

static const struct expectation *applying(const char *case_id)
{
    for (size_t i = 0; i < list_count; i++)
        if (list[i].applies && !strcmp(list[i].case_id, case_id))
            return &list[i];
    return NULL;
}

static char *add(const char *file, const struct rec *record)
{
    const char *cause = rec_get(record, "Cause");
    const char *family = rec_get(record, "Implementation");
    const char *arch = rec_get(record, "Arch");
    struct expectation one = {
        .file = file,
        .line = record->line,
        .case_id = rec_get(record, "Case"),
        .reason = rec_get(record, "Reason"),
        .evidence = rec_get(record, "Evidence"),
        .bug = rec_get(record, "Bug"),
        .verdict = verdict_of(rec_get(record, "Verdict")),
    };
    if (!family || !one.case_id || !one.reason || !one.evidence)
        return complain(file, record->line,
                        "an expectation needs Implementation, Case, Reason and Evidence");
    if (one.verdict == VERDICT_NONE)
        return complain(file, record->line, "Verdict must be FAIL, UNRESOLVED or UNSUPPORTED");
    if (one.verdict != FAIL && cause)
        return complain(file, record->line, "only the Verdict FAIL has a Cause");
    if (one.verdict == FAIL && (one.cause = cause_of(cause)) == CAUSE_NONE)
        return complain(file, record->line, "Cause must be assertion, crash, timeout or leak");
    bool valid,
        meets = version_meets(implementation()->version, rec_get(record, "Versions"), &valid);
    if (!valid)
        return complain(file, record->line, "Versions must read like '>= 5.0, < 9.5'");
    one.applies = meets && !strcmp(family, implementation()->family) &&
                  (!arch || !strcmp(arch, implementation()->arch));
    if (one.applies && applying(one.case_id))
        return complain(file, record->line, "a second expectation applies to the same case");
    list = grow(list, (list_count + 1) * sizeof(*list));
    list[list_count++] = one;
    return NULL;
}

static char *add_all(const char *file, const char *text)
{
    struct rec_file records = rec_read(text);
    char *problem = NULL;
    if (records.error_line)
        return complain(file, records.error_line, "not a field, comment or blank line");
    for (size_t i = 0; i < records.count && !problem; i++)
        problem = add(file, &records.records[i]);
    return problem;
}

char *expectations_load(const char *name)
{
    char *problem = NULL;
    for (const struct embedded *file = embedded_expectations; !name && file->name && !problem;
         file++)
        problem = add_all(file->name, file->text);
    if (!name)
        return problem;
    WCHAR path[MAX_PATH];
    MultiByteToWideChar(CP_UTF8, 0, name, -1, path, MAX_PATH);
    char *text = file_read(path, 1 << 24, NULL);
    return text ? add_all(copy_text(name), text) : complain(name, 0, "cannot read this file");
}

const struct expectation *expectation_of(const struct test_case *test)
{
    return catalogue_newer(test->assertions) ? NULL : applying(test->id);
}

bool as_expected(const struct expectation *expectation, enum verdict verdict, enum cause cause)
{
    if (!expectation)
        return verdict == PASS || verdict == UNSUPPORTED;
    return verdict == expectation->verdict && (verdict != FAIL || cause == expectation->cause);
}

const struct expectation *expectations(size_t *count)
{
    *count = list_count;
    return list;
}
