/* Patterns: globs over case ids, assertions, functions and levels. */
#include "records/select.h"
#include "records/catalogue.h"
#include "records/expectations.h"
#include "base/memory.h"

#include <ctype.h>
#include <string.h>

bool glob_matches(const char *glob, const char *text)
{
    for (; *glob && *glob != '*'; glob++, text++)
        if (!*text ||
            (*glob != '?' && tolower((unsigned char)*glob) != tolower((unsigned char)*text)))
            return false;
    if (!*glob)
        return !*text;
    for (;; text++) {
        if (glob_matches(glob + 1, text))
            return true;
        if (!*text)
            return false;
    }
}

const char *page_function(const char *page)
{
    const char *dash = strrchr(page, '-');
    return dash ? dash + 1 : page;
}

static bool has_prefix(const char *pattern, const char *prefix, const char **rest)
{
    *rest = pattern + strlen(prefix);
    return !strncmp(pattern, prefix, strlen(prefix));
}

static bool matches(const struct test_case *test, const char *pattern)
{
    const char *glob;
    bool by_id = has_prefix(pattern, "assertion:", &glob);
    bool by_level = !by_id && has_prefix(pattern, "level:", &glob);
    bool by_api = !by_id && !by_level && has_prefix(pattern, "api:", &glob);
    if (!by_id && !by_level && !by_api)
        return glob_matches(pattern, test->id);
    for (const char **id = test->assertions; *id; id++) {
        const struct assertion *assertion = catalogue_find(*id);
        if (by_id && glob_matches(glob, *id))
            return true;
        if (by_level && assertion && glob_matches(glob, assertion->level))
            return true;
        if (by_api && assertion && glob_matches(glob, page_function(assertion->page)))
            return true;
    }
    return false;
}

static bool matches_any(const struct test_case *test, const char **patterns)
{
    for (; patterns && *patterns; patterns++)
        if (matches(test, *patterns))
            return true;
    return false;
}

const struct test_case **select_cases(const char **patterns, const char **excludes, size_t *count,
                                      const char **unmatched)
{
    size_t total, selected = 0;
    const struct test_case *all = registry_cases(&total);
    const struct test_case **list = zeroed(total + 1, sizeof(*list));
    for (size_t i = 0; i < total; i++)
        if ((!patterns || matches_any(&all[i], patterns)) && !matches_any(&all[i], excludes))
            list[selected++] = &all[i];
    *unmatched = NULL;
    for (; patterns && *patterns && !*unmatched; patterns++) {
        size_t i = 0;
        while (i < total && !matches(&all[i], *patterns))
            i++;
        *unmatched = i == total ? *patterns : NULL;
    }
    *count = selected;
    return list;
}

const struct expectation *expectation_of(const struct test_case *test)
{
    return catalogue_newer(test->assertions) ? NULL : expectation_for(test->id);
}
