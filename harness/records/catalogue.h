/* catalogue.h - the documented assertions, as tests/AREA/TOPIC.rec state them. */
#ifndef CTS_CATALOGUE_H
#define CTS_CATALOGUE_H

#include <stddef.h>

struct assertion {
    const char *id, *says, *page;
    const char *heading, *revision, *evidence, *reason; /* or NULL */
    const char
        *since; /* "10.0.15063 (Windows 10, version 1703)": documented from there on; or NULL */
    const char *level;    /* required, conflict or open */
    const char **mutants; /* names, NULL-terminated */
};

/* All assertions, sorted by id. */
const struct assertion *catalogue(size_t *count);

/* The assertion of that id, or NULL. */
const struct assertion *catalogue_find(const char *id);

/* What is known of real Windows about an assertion: "seen on Windows", "page only" or "page and
 * Windows differ". */
const char *evidence_kind(const struct assertion *);

/* The address of a page, for a browser. */
void page_link(const char *page, char *link, size_t size);

/* The Since of the newest assertion in the NULL-terminated list of ids, where it is newer than the
 * Windows that the implementation claims to be. NULL: nothing is newer. */
const char *catalogue_newer(const char *const *ids);

/* Splits a copy of TEXT at blanks; the list ends with NULL and lives as long as the program. */
const char **split_words(const char *text);

#endif
