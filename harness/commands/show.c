/* The command `show`: what is known of a case, a table of cases, an assertion, a function, a page.
 */
#include "commands/results.h"
#include "records/catalogue.h"
#include "case/interpose.h"
#include "base/memory.h"
#include "mutants.h"
#include "base/rec.h"
#include "records/select.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void field(const char *name, const char *value)
{
    if (value && *value)
        printf("  %-10s %s\n", name, value);
}

static void show_assertion(const struct assertion *one)
{
    char link[300];
    page_link(one->page, link, sizeof(link));
    printf("%s\n", one->id);
    field("says", one->says);
    field("source", link);
    field("heading", one->heading);
    field("revision", one->revision);
    field("level", one->level);
    field("since", one->since);
    if (!one->reason)
        field("evidence", evidence_kind(one));
    field("", one->evidence && strcmp(one->evidence, "page only") ? one->evidence : NULL);
    field("untested", one->reason);
    for (const char **name = one->mutants; *name; name++) {
        const struct mutant *mutant = mutant_find(*name);
        printf("  %-10s %s: %s\n", "mutant", *name, mutant ? mutant->says : "");
    }
}

static void show_expectations(const char *case_id)
{
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].case_id, case_id))
            continue;
        printf("  %-10s %s, %s:%d%s\n", "known", verdict_name(all[i].verdict), all[i].file,
               all[i].line, all[i].applies ? " (applies here)" : "");
        field("reason", all[i].reason);
        field("evidence", all[i].evidence);
        field("bug", all[i].bug);
    }
}

/* The file of its test, from tests/ on. */
static const char *source_of(const struct test_case *test)
{
    const char *file = strstr(test->test->file, "tests/");
    return file ? file : test->test->file;
}

static void show_cases_of(const char *assertion)
{
    size_t count;
    const struct test_case *all = registry_cases(&count);
    for (size_t i = 0; i < count; i++)
        if (case_checks(&all[i], assertion))
            field("case", all[i].id);
}

static void show_case(const struct test_case *test)
{
    printf("%s\n  %-10s %s:%d\n", test->id, "source", source_of(test), test->test->line);
    show_expectations(test->id);
    printf("  %-10s winipc-cts run --trace %s\n", "rerun", test->id);
    for (const char **id = test->assertions; *id; id++) {
        const struct assertion *assertion = catalogue_find(*id);
        if (assertion)
            show_assertion(assertion);
    }
}

/* ---- One id */

static bool show_id(const char *id)
{
    const struct test_case *test = registry_find(id);
    const struct assertion *assertion = catalogue_find(id);
    if (test)
        show_case(test);
    if (test && assertion)
        putchar('\n');
    if (assertion && (!test || !case_checks(test, id)))
        show_assertion(assertion);
    if (assertion)
        show_cases_of(id);
    return test || assertion;
}

/* ---- Many at once */

/* Cases whose ids begin with ID and a point: the rows of a table, or a topic, or an area. */
static bool show_cases_below(const char *id)
{
    size_t count, size = strlen(id);
    const struct test_case *all = registry_cases(&count);
    unsigned below = 0;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(all[i].id, id, size) || all[i].id[size] != '.')
            continue;
        if (!below++)
            printf("%s\n  %-10s %s:%d\n", id, "source", source_of(&all[i]), all[i].test->line);
        const struct expectation *known = expectation_of(&all[i]);
        printf("  %-10s %s%s%s\n", "case", all[i].id, known ? "  known here: " : "",
               known ? verdict_name(known->verdict) : "");
    }
    if (below)
        printf("  %-10s winipc-cts run --trace '%s.*'\n", "rerun", id);
    return below;
}

/* A function's page leaves out the A or W of its name, or has it; letters match in either case. */
static bool is_about(const char *page, const char *name)
{
    const char *function = page_function(page);
    size_t size = strlen(function), given = strlen(name);
    char other = given + 1 == size ? function[given] : given == size + 1 ? name[size] : 0;
    return !_strnicmp(function, name, size < given ? size : given) &&
           (size == given || (other && strchr("aAwW", other)));
}

/* What docs/pages says of it, if it was read whole: how many statements its sections have, and
 * which of them no assertion below states. */
static void show_statements(const char *page)
{
    for (const struct embedded *file = embedded_pages; file->name; file++) {
        struct rec_file records = rec_read(file->name, file->text, strlen(file->text), rec_pages);
        for (size_t i = 0; i < records.count; i++) {
            if (strcmp(rec_get(&records.records[i], "Page"), page))
                continue;
            const char *other = rec_get(&records.records[i], "Else");
            field("statements", rec_get(&records.records[i], "Statements"));
            char *rest = copy_text(other ? other : "");
            for (char *one = strtok(rest, ";"); one; one = strtok(NULL, ";"))
                field("not here", one + strspn(one, " "));
            free(rest);
        }
        rec_free(&records);
    }
}

/* NAME is a page as the catalogue has it, or as a browser does, or the name of its function. */
static bool show_page(const char *name)
{
    size_t count;
    unsigned shown = 0;
    const struct assertion *all = catalogue(&count);
    for (size_t i = 0; i < count; i++) {
        char link[300];
        page_link(all[i].page, link, sizeof(link));
        if (strcmp(all[i].page, name) && _stricmp(link, name) && !is_about(all[i].page, name))
            continue;
        if (!shown++) {
            printf("%s\n  %-10s %s\n", name, "source", link);
            show_statements(all[i].page);
        }
        printf("%s\n", all[i].id);
        field("says", all[i].says);
        field("level", all[i].level);
        field("untested", all[i].reason);
        show_cases_of(all[i].id);
    }
    return shown;
}

/* ---- What is meant? */

/* How many letters to change, put in or take out until A is B. */
static unsigned distance(const char *a, const char *b)
{
    size_t size = strlen(b);
    unsigned *row = zeroed(size + 1, sizeof(*row));
    for (size_t k = 0; k <= size; k++)
        row[k] = (unsigned)k;
    for (; *a; a++) {
        unsigned diagonal = row[0]++;
        for (size_t k = 1; k <= size; k++) {
            unsigned change = diagonal + (*a != b[k - 1]);
            unsigned step = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            diagonal = row[k];
            row[k] = change < step ? change : step;
        }
    }
    unsigned all = row[size];
    free(row);
    return all;
}

enum { NEAREST = 3 };

struct nearest {
    const char *to;
    struct {
        const char *id;
        unsigned distance;
    } ids[NEAREST];
};

/* A third of the letters may be others. */
static void consider(struct nearest *nearest, const char *id)
{
    unsigned letters = distance(nearest->to, id);
    if (letters > strlen(nearest->to) / 3)
        return;
    for (size_t i = 0; i < NEAREST; i++) {
        if (nearest->ids[i].id && !strcmp(nearest->ids[i].id, id))
            return;
        if (nearest->ids[i].id && nearest->ids[i].distance <= letters)
            continue;
        memmove(&nearest->ids[i + 1], &nearest->ids[i],
                (NEAREST - i - 1) * sizeof(nearest->ids[0]));
        nearest->ids[i].id = id;
        nearest->ids[i].distance = letters;
        return;
    }
}

static int tell_nearest(const char *id)
{
    struct nearest nearest = {.to = id};
    size_t cases, assertions;
    const struct test_case *all = registry_cases(&cases);
    const struct assertion *facts = catalogue(&assertions);
    for (size_t i = 0; i < cases && strlen(id) < 200; i++) {
        consider(&nearest, all[i].id);
        if (i > 0 && all[i].test == all[i - 1].test) /* a table: what its rows' ids begin with */
            consider(&nearest, registry_id(all[i].test));
    }
    for (size_t i = 0; i < assertions && strlen(id) < 200; i++)
        consider(&nearest, facts[i].id);
    for (unsigned api = 0; api < API_COUNT && strlen(id) < 200; api++)
        consider(&nearest, interposed[api].name);
    char *shown = printable(id);
    fprintf(stderr, "winipc-cts: '%s' is no case, table of cases, assertion, function or page; ",
            shown);
    free(shown);
    for (size_t i = 0; i < NEAREST && nearest.ids[i].id; i++)
        fprintf(stderr, "%s%s", i ? ", " : "the nearest: ", nearest.ids[i].id);
    fprintf(stderr, "%s\n", nearest.ids[0].id ? "" : "list and list --assertions show them");
    return EXIT_NOTHING;
}

int command_show(const struct options *options)
{
    const char *id = options->patterns[0];
    char *problem = expectations_load(NULL);
    if (problem)
        fprintf(stderr, "winipc-cts: %s\n", problem);
    free(problem);
    if (show_id(id) || show_cases_below(id) || show_page(id))
        return EXIT_AS_EXPECTED;
    return tell_nearest(id);
}
