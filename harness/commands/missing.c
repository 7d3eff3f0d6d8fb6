/* Functions that the claimed version of Windows has and this implementation has not. */
#include "commands/needs.h"
#include "commands/results.h"
#include "case/interpose.h"
#include "records/implementation.h"
#include "base/memory.h"

#include <ctype.h>
#include <string.h>

void case_of_function(char *id, size_t size, const char *name)
{
    snprintf(id, size, "missing.%s", name);
    for (; *id; id++)
        *id = (char)tolower((unsigned char)*id);
}

static unsigned function_of_case(const char *id)
{
    char other[80];
    for (unsigned api = 0; api < API_COUNT; api++) {
        case_of_function(other, sizeof(other), interposed[api].name);
        if (!strcmp(id, other))
            return api;
    }
    return API_COUNT;
}

/* Whether one of the selected cases can call it. */
static bool is_needed(const struct run *run, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < run->count; i++) {
        const struct needs *all = needs_of(run->results[i].test);
        for (const char *at = all ? all->functions : ""; *at; at += strspn(at, " ")) {
            size_t size = strcspn(at, " ");
            if (size == length && !strncmp(at, name, length))
                return true;
            at += size;
        }
    }
    return false;
}

void find_missing(struct run *run)
{
    const char *claims = implementation()->claims;
    run->missing = zeroed(API_COUNT, sizeof(*run->missing));
    for (unsigned api = 0; api < API_COUNT; api++) {
        const struct interposed *function = &interposed[api];
        char id[80];
        if (cts_find_api(api) || version_compare(claims, function->since) < 0 ||
            !is_needed(run, function->name))
            continue;
        case_of_function(id, sizeof(id), function->name);
        struct missing one = {function->module, function->name, expectation_for(id)};
        run->missing[run->missing_count++] = one;
        run->unexpectedly_missing += !one.expectation;
    }
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
