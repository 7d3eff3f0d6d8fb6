/* Functions that the claimed version of Windows has and this implementation has not. */
#include "commands/needs.h"
#include "commands/results.h"
#include "case/interpose.h"
#include "records/implementation.h"
#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "missing."

void case_of_function(char *id, size_t size, const char *name)
{
    snprintf(id, size, PREFIX "%s", name);
    for (; *id; id++)
        *id = (char)tolower((unsigned char)*id);
}

static unsigned function_of_case(const char *id)
{
    char other[80];
    for (unsigned api = 0; api < API_COUNT && !strncmp(id, PREFIX, strlen(PREFIX)); api++) {
        case_of_function(other, sizeof(other), interposed[api].name);
        if (!strcmp(id, other))
            return api;
    }
    return API_COUNT;
}

static unsigned function_named(const char *name, size_t size)
{
    unsigned api = 0;
    while (api < API_COUNT &&
           (strncmp(interposed[api].name, name, size) || interposed[api].name[size]))
        api++;
    return api;
}

/* Those that one of the selected cases can call. Rows of one test stand together. */
static void find_needed(const struct run *run, bool *needed)
{
    const void *last = NULL;
    for (size_t i = 0; i < run->count; i++) {
        const struct test_case *test = run->results[i].test;
        const struct needs *all = test->test == last ? NULL : needs_of(test);
        last = test->test;
        for (const char *at = all ? all->functions : ""; *at; at += strspn(at, " ")) {
            size_t size = strcspn(at, " ");
            unsigned api = function_named(at, size);
            if (api < API_COUNT)
                needed[api] = true;
            at += size;
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct missing *)a)->name, ((const struct missing *)b)->name);
}

void find_missing(struct run *run)
{
    const char *claims = implementation()->claims;
    bool needed[API_COUNT] = {false};
    find_needed(run, needed);
    run->missing = zeroed(API_COUNT, sizeof(*run->missing));
    for (unsigned api = 0; api < API_COUNT; api++) {
        const struct interposed *function = &interposed[api];
        char id[80];
        if (!needed[api] || cts_find_api(api) || version_compare(claims, function->since) < 0)
            continue;
        case_of_function(id, sizeof(id), function->name);
        struct missing one = {function->module, function->name, expectation_for(id)};
        run->missing[run->missing_count++] = one;
        run->unexpectedly_missing += !one.expectation;
    }
    qsort(run->missing, run->missing_count, sizeof(*run->missing), by_name);
}

bool stale_case(const struct expectation *expectation)
{
    return !registry_find(expectation->case_id) &&
           function_of_case(expectation->case_id) == API_COUNT;
}

const char *stale_because(const struct expectation *expectation)
{
    unsigned api = function_of_case(expectation->case_id);
    if (api < API_COUNT)
        return expectation->applies && cts_find_api(api) ? "this function is there" : NULL;
    return stale_case(expectation) ? "there is no such case" : NULL;
}
