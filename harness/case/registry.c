/* The cases, peers and mutants that constructors have registered before main. */
#include "case/registry.h"
#include "base/memory.h"
#include "mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_LIMIT 10 /* seconds */

static struct cts_case *first_case;
static struct cts_peer *first_peer;
static struct mutant *first_mutant;
static size_t mutant_count;
static struct limit {
    const TTest *test;
    unsigned seconds;
} limits[1000];
static size_t limit_count;

/* Sorted by id; the probes of the calibration, "runner.probes.*", come after all others. */
static struct test_case *cases;
static size_t case_count, probe_count;

void cts_register_case(struct cts_case *one)
{
    one->next = first_case;
    first_case = one;
}

void cts_register_peer(struct cts_peer *one)
{
    one->next = first_peer;
    first_peer = one;
}

void cts_register_limit(const TTest *test, unsigned seconds)
{
    if (limit_count == sizeof(limits) / sizeof(limits[0]))
        abort();
    limits[limit_count++] = (struct limit){test, seconds};
}

/* tests/npipe/connect.c, already_connected -> npipe.connect.already_connected */
bool case_checks(const struct test_case *test, const char *assertion)
{
    for (const char **id = test->assertions; *id; id++)
        if (!strcmp(*id, assertion))
            return true;
    return false;
}

char *registry_id(const TTest *test)
{
    const char *end = test->file + strlen(test->file), *slash = end, *area;
    while (slash > test->file && slash[-1] != '/' && slash[-1] != '\\')
        slash--;
    area = slash > test->file ? slash - 1 : slash;
    while (area > test->file && area[-1] != '/' && area[-1] != '\\')
        area--;
    size_t size = (size_t)(end - area) + strlen(test->name) + 2;
    char *id = grow(NULL, size);
    snprintf(id, size, "%.*s.%.*s.%s", (int)(slash - 1 - area), area, (int)(end - 2 - slash), slash,
             test->name);
    return id;
}

static unsigned limit_of(const TTest *test)
{
    for (size_t i = 0; i < limit_count; i++)
        if (limits[i].test == test)
            return limits[i].seconds;
    return USUAL_LIMIT;
}

static const struct row *row_of(const struct cts_case *one, size_t index)
{
    return (const struct row *)((const char *)one->rows + index * one->row_size);
}

/* The test's assertions and the row's own. */
static const char **assertions_of(const struct cts_case *one, const struct row *row)
{
    size_t count = 0, used = 0;
    while (one->assertions[count])
        count++;
    const char **list = zeroed(count + 2, sizeof(*list));
    for (size_t i = 0; i < count; i++)
        if (one->assertions[i][0])
            list[used++] = one->assertions[i];
    if (row && row->covers)
        list[used++] = row->covers;
    return list;
}

static bool is_probe(const char *id)
{
    return !strncmp(id, "runner.probes.", 14);
}

static int by_id(const void *a, const void *b)
{
    const char *x = ((const struct test_case *)a)->id, *y = ((const struct test_case *)b)->id;
    return is_probe(x) == is_probe(y) ? strcmp(x, y) : is_probe(x) ? 1 : -1;
}

/* The number of its cases: one, or one for each row. */
static size_t count_of(const struct cts_case *one)
{
    return one->row_count ? one->row_count : 1;
}

static struct test_case make_case(const struct cts_case *one, size_t index)
{
    const struct row *row = one->row_count ? row_of(one, index) : NULL;
    char *id = registry_id(one->test);
    if (row) {
        size_t size = strlen(id) + strlen(row->label) + 2;
        id = grow(id, size);
        strcat(strcat(id, "."), row->label);
    }
    return (struct test_case){.id = id,
                              .test = one->test,
                              .index = (int)index,
                              .limit_seconds = limit_of(one->test),
                              .assertions = assertions_of(one, row)};
}

const struct test_case *registry_cases(size_t *count)
{
    if (!cases) {
        size_t total = 0;
        for (const struct cts_case *one = first_case; one; one = one->next)
            total += count_of(one);
        cases = zeroed(total + 1, sizeof(*cases));
        for (const struct cts_case *one = first_case; one; one = one->next)
            for (size_t i = 0; i < count_of(one); i++) {
                cases[case_count] = make_case(one, i);
                probe_count += is_probe(cases[case_count++].id);
            }
        qsort(cases, case_count, sizeof(*cases), by_id);
    }
    *count = case_count - probe_count;
    return cases;
}

const struct test_case *registry_find_alone(const char *id)
{
    static struct test_case found;
    for (const struct cts_case *one = first_case; one; one = one->next)
        for (size_t i = 0; strstr(id, one->test->name) && i < count_of(one); i++) {
            found = make_case(one, i);
            if (!strcmp(found.id, id))
                return &found;
            free(found.id);
            free(found.assertions);
        }
    return NULL;
}

const struct test_case *registry_find(const char *id)
{
    size_t count;
    const struct test_case *all = registry_cases(&count);
    return bsearch(&(struct test_case){.id = (char *)id}, all, case_count, sizeof(*all), by_id);
}

const struct cts_peer *registry_find_peer(const char *id)
{
    for (const struct cts_peer *peer = first_peer; peer; peer = peer->next) {
        char *peer_id = registry_id(peer->test);
        bool same = !strcmp(peer_id, id);
        free(peer_id);
        if (same)
            return peer;
    }
    return NULL;
}

/* ---- Mutants */

/* Every process of the suite starts with this, thousands of times: they are put into order when
 * somebody asks for all. */
void mutant_register(struct mutant *one)
{
    one->next = first_mutant;
    first_mutant = one;
    mutant_count++;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(struct mutant *const *)a)->name, (*(struct mutant *const *)b)->name);
}

const struct mutant *mutant_first(void)
{
    static bool sorted;
    if (sorted || !first_mutant)
        return first_mutant;
    struct mutant **all = zeroed(mutant_count, sizeof(struct mutant *));
    size_t count = 0;
    for (struct mutant *one = first_mutant; one; one = one->next)
        all[count++] = one;
    qsort(all, count, sizeof(*all), by_name);
    for (size_t i = 0; i < count; i++)
        all[i]->next = i + 1 < count ? all[i + 1] : NULL;
    first_mutant = all[0];
    free(all);
    sorted = true;
    return first_mutant;
}

const struct mutant *mutant_find(const char *name)
{
    const struct mutant *one = first_mutant;
    while (one && strcmp(one->name, name))
        one = one->next;
    return one;
}
