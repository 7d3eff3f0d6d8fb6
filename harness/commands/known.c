/* The command `list --expectations`: cases by implementations, as the expectations have them. */
#include "base/memory.h"
#include "case/path.h"
#include "commands/results.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* What a column is about. */
struct kind {
    const char *family, *versions, *arch;
};

struct known {
    const struct expectation *all;
    size_t count;
    struct kind *kinds;
    size_t kind_count;
    const char **cases; /* ids, sorted, each once */
    size_t case_count;
};

static bool same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static bool is_of(const struct expectation *one, const struct kind *kind)
{
    return same(one->family, kind->family) && same(one->versions, kind->versions) &&
           same(one->arch, kind->arch);
}

static char *kind_text(const struct kind *kind)
{
    struct text text = {0};
    text_print(&text, "%s%s%s%s%s", kind->family, kind->versions ? " " : "",
               kind->versions ? kind->versions : "", kind->arch ? ", " : "",
               kind->arch ? kind->arch : "");
    return text.chars;
}

static int by_kind(const void *a, const void *b)
{
    char *one = kind_text(a), *other = kind_text(b);
    int order = strcmp(one, other);
    free(one);
    free(other);
    return order;
}

static struct known gather(void)
{
    struct known known = {0};
    known.all = expectations(&known.count);
    known.kinds = zeroed(known.count, sizeof(*known.kinds));
    known.cases = zeroed(known.count, sizeof(*known.cases));
    for (size_t i = 0; i < known.count; i++) {
        const struct expectation *one = &known.all[i];
        size_t k = 0;
        while (k < known.kind_count && !is_of(one, &known.kinds[k]))
            k++;
        if (k == known.kind_count)
            known.kinds[known.kind_count++] = (struct kind){one->family, one->versions, one->arch};
        known.cases[i] = one->case_id;
    }
    known.case_count = sorted_once(known.cases, known.count);
    if (known.count)
        qsort(known.kinds, known.kind_count, sizeof(*known.kinds), by_kind);
    return known;
}

/* The expectation of a case in a column, or NULL. */
static const struct expectation *cell(const struct known *known, const char *id,
                                      const struct kind *kind)
{
    for (size_t i = 0; i < known->count; i++)
        if (!strcmp(known->all[i].case_id, id) && is_of(&known->all[i], kind))
            return &known->all[i];
    return NULL;
}

static void print_verdict(const struct expectation *one)
{
    const char *cause = one && one->cause != CAUSE_ASSERTION ? cause_name(one->cause) : NULL;
    printf("%s%s%s", one ? verdict_name(one->verdict) : "", cause ? " " : "", cause ? cause : "");
}

static void print_text(const struct known *known)
{
    for (size_t i = 0; i < known->case_count; i++) {
        printf("%s\n", known->cases[i]);
        for (size_t k = 0; k < known->kind_count; k++) {
            const struct expectation *one = cell(known, known->cases[i], &known->kinds[k]);
            if (!one)
                continue;
            char *on = kind_text(&known->kinds[k]);
            printf("  %-28s ", on);
            print_verdict(one);
            printf("  # %s\n", one->reason);
            free(on);
        }
    }
}

/* Nothing in ids, versions and verdicts has quotes. */
static void print_csv(const struct known *known)
{
    printf("case");
    for (size_t k = 0; k < known->kind_count; k++) {
        char *on = kind_text(&known->kinds[k]);
        printf(",\"%s\"", on);
        free(on);
    }
    printf("\r\n");
    for (size_t i = 0; i < known->case_count; i++) {
        printf("%s", known->cases[i]);
        for (size_t k = 0; k < known->kind_count; k++) {
            putchar(',');
            print_verdict(cell(known, known->cases[i], &known->kinds[k]));
        }
        printf("\r\n");
    }
}

static json_t *json_of(const struct expectation *one)
{
    return json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:s, s:s, s:s?, s:s, s:i}", "implementation",
                     one->family, "versions", one->versions, "arch", one->arch, "verdict",
                     verdict_name(one->verdict), "cause", cause_name(one->cause), "reason",
                     one->reason, "evidence", one->evidence, "bug", one->bug, "file", one->file,
                     "line", one->line);
}

static void print_json(const struct known *known)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < known->case_count; i++) {
        json_t *list = json_array();
        for (size_t k = 0; k < known->kind_count; k++) {
            const struct expectation *one = cell(known, known->cases[i], &known->kinds[k]);
            if (one)
                json_array_append_new(list, json_of(one));
        }
        json_array_append_new(cases,
                              json_pack("{s:s, s:o}", "id", known->cases[i], "expectations", list));
    }
    json_t *all = json_pack("{s:o}", "cases", cases);
    json_dumpf(all, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(all);
}

int list_expectations(const struct options *options)
{
    int exit_code = 0;
    const char **file = options->patterns;
    do {
        char *problem = expectations_load(file ? *file : NULL);
        if (problem) {
            fprintf(stderr, "winipc-cts: %s\n", problem);
            exit_code = file ? EXIT_USAGE : EXIT_UNTRUSTED;
        }
        free(problem);
    } while (!exit_code && file && *++file);
    if (exit_code)
        return exit_code;
    struct known known = gather();
    if (options->json_to_stdout)
        print_json(&known);
    else if (options->csv)
        print_csv(&known);
    else
        print_text(&known);
    free(known.kinds);
    free(known.cases);
    return EXIT_AS_EXPECTED;
}
