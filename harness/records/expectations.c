/* Expectations: read once, judged against the implementation of this run. */
#include "records/expectations.h"
#include "records/implementation.h"
#include "base/lacks.h"
#include "case/path.h"
#include "base/rec.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define EXPECTATIONS_LIMIT (16 << 20) /* bytes of one file */

static struct expectation *list;
static size_t list_count;

static bool is_to_do(const char *text)
{
    return !strncmp(text, "TODO", 4);
}

const struct expectation *expectation_for(const char *case_id)
{
    for (size_t i = 0; i < list_count; i++)
        if (list[i].applies && !strcmp(list[i].case_id, case_id))
            return &list[i];
    return NULL;
}

bool expectation_meets(const struct expectation *one, const char *family, const char *version,
                       const char *arch)
{
    bool valid;
    return !strcmp(one->family, family) && (!one->arch || !strcmp(one->arch, arch)) &&
           version_meets(version, one->versions, &valid);
}

static char *add(const char *file, const struct rec *record)
{
    const char *cause = rec_get(record, "Cause");
    struct expectation one = {
        .file = file,
        .line = record->line,
        .family = rec_get(record, "Implementation"),
        .versions = rec_get(record, "Versions"),
        .arch = rec_get(record, "Arch"),
        .case_id = rec_get(record, "Case"),
        .reason = rec_get(record, "Reason"),
        .evidence = rec_get(record, "Evidence"),
        .bug = rec_get(record, "Bug"),
        .verdict = verdict_named(rec_get(record, "Verdict")),
    };
    if (!is_id(one.case_id))
        return rec_problem(file, rec_line(record, "Case"),
                           "Case must be an id: area.topic.fact_in_words");
    if (one.verdict != FAIL && cause)
        return rec_problem(file, rec_line(record, "Cause"), "only the Verdict FAIL has a Cause");
    if (is_to_do(one.reason))
        return rec_problem(file, rec_line(record, "Reason"), "Reason is still to be written");
    if (is_to_do(one.evidence))
        return rec_problem(file, rec_line(record, "Evidence"), "Evidence is still to be written");
    if (one.verdict == FAIL)
        one.cause = cause ? cause_named(cause) : CAUSE_ASSERTION;
    const struct implementation *on = implementation();
    bool valid;
    version_meets(on->version, one.versions, &valid);
    if (!valid)
        return rec_problem(file, rec_line(record, "Versions"),
                           "Versions must read like '>= 5.0, < 9.5'");
    one.applies = expectation_meets(&one, on->family, on->version, on->arch);
    if (one.applies && expectation_for(one.case_id))
        return rec_problem(file, record->line, "a second expectation applies to the same case");
    list = grow_list(list, list_count + 1, sizeof(*list));
    list[list_count++] = one;
    return NULL;
}

/* What is read stays: expectations point into it. */
static char *add_all(const char *file, const char *text, size_t size)
{
    struct rec_file records = rec_read(file, text, size, rec_expectations);
    char *problem = records.problem;
    for (size_t i = 0; i < records.count && !problem; i++)
        problem = add(file, &records.records[i]);
    return problem;
}

char *expectations_load(const char *name)
{
    char *problem = NULL, *text;
    size_t size;
    for (const struct embedded *file = embedded_expectations; !name && file->name && !problem;
         file++)
        problem = add_all(file->name, file->text, strlen(file->text));
    if (!name)
        return problem;
    text = text_of_file(name, EXPECTATIONS_LIMIT, &size, &problem);
    if (text)
        problem = add_all(printable(name), text, size);
    free(text);
    return problem;
}

bool as_expected(const struct expectation *expectation, enum verdict verdict, enum cause cause)
{
    if (!expectation)
        return verdict == PASS || verdict == UNSUPPORTED;
    if (expectation->cause == CAUSE_LEAK && lacks(LACKS_LEAKS))
        return verdict == PASS;
    if (expectation->cause == CAUSE_CRASH && lacks(LACKS_CRASHES))
        return verdict == FAIL;
    return verdict == expectation->verdict && (verdict != FAIL || cause == expectation->cause);
}

const struct expectation *expectations(size_t *count)
{
    *count = list_count;
    return list;
}
