/* catalogue.h - the documented assertions, as assertions/AREA.rec states them. */
#ifndef CTS_CATALOGUE_H
#define CTS_CATALOGUE_H

#include <stddef.h>

struct assertion {
    const char *id, *says, *page;
    const char *heading, *revision, *evidence, *reason; /* or NULL */
    const char *level;                                  /* required, conflict or open */
    const char **mutants;                               /* names, NULL-terminated */
};

/* All assertions, sorted by id. */
const struct assertion *catalogue(size_t *count);

/* The assertion of that id, or NULL. */
const struct assertion *catalogue_find(const char *id);

/* Splits a copy of TEXT at blanks; the list ends with NULL and lives as long as the program. */
const char **split_words(const char *text);

#endif
