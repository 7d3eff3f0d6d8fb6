/* The catalogue: parsed when first asked for. The build has checked it already. */
#include "records/catalogue.h"
#include "records/implementation.h"
#include "base/rec.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static struct assertion *assertions;
static size_t assertion_count;

const char **split_words(const char *text)
{
    size_t count = 0;
    const char **words = zeroed(strlen(text ? text : "") / 2 + 2, sizeof(*words));
    char *rest = copy_text(text ? text : "");
    for (char *word = strtok(rest, " \t"); word; word = strtok(NULL, " \t"))
        words[count++] = word;
    return words;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct assertion *)a)->id, ((const struct assertion *)b)->id);
}

static void add(const struct rec *record)
{
    assertions = grow_list(assertions, assertion_count + 1, sizeof(*assertions));
    assertions[assertion_count++] = (struct assertion){
        .id = rec_get(record, "Id"),
        .says = rec_get(record, "Says"),
        .page = rec_get(record, "Page"),
        .level = rec_get(record, "Level"),
        .heading = rec_get(record, "Heading"),
        .revision = rec_get(record, "Revision"),
        .evidence = rec_get(record, "Evidence"),
        .since = rec_get(record, "Since"),
        .reason = rec_get(record, "Reason"),
        .mutants = split_words(rec_get(record, "Mutants")),
    };
}

const struct assertion *catalogue(size_t *count)
{
    if (!assertions) {
        for (const struct embedded *file = embedded_assertions; file->name; file++) {
            struct rec_file records =
                rec_read(file->name, file->text, strlen(file->text), rec_assertions);
            if (records.problem) {
                fprintf(stderr, "winipc-cts: %s\n", records.problem);
                exit(99);
            }
            for (size_t i = 0; i < records.count; i++)
                add(&records.records[i]);
        }
        if (assertion_count)
            qsort(assertions, assertion_count, sizeof(*assertions), by_id);
    }
    *count = assertion_count;
    return assertions;
}

const struct assertion *catalogue_find(const char *id)
{
    size_t count;
    const struct assertion *all = catalogue(&count);
    return count ? bsearch(&(struct assertion){.id = id}, all, count, sizeof(*all), by_id) : NULL;
}

const char *evidence_kind(const struct assertion *assertion)
{
    if (!strcmp(assertion->level, "conflict"))
        return "page and Windows differ";
    return assertion->evidence && strncmp(assertion->evidence, "page only", 9) ? "seen on Windows"
                                                                               : "page only";
}

void page_link(const char *page, char *link, size_t size)
{
    bool api = strncmp(page, "desktop-src/", 12) != 0;
    snprintf(link, size, "https://learn.microsoft.com/en-us/windows/win32/%s%s", api ? "api/" : "",
             api ? page : page + 12);
}

const char *catalogue_newer(const char *const *ids)
{
    const char *newest = NULL;
    for (; *ids; ids++) {
        const struct assertion *assertion = catalogue_find(*ids);
        const char *since = assertion ? assertion->since : NULL;
        if (since && (!newest || version_compare(since, newest) > 0))
            newest = since;
    }
    const char *claims = implementation()->claims;
    return newest && version_compare(claims, "0") && version_compare(claims, newest) < 0 ? newest
                                                                                         : NULL;
}
