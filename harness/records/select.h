/* select.h - which cases a command is about. */
#ifndef CTS_SELECT_H
#define CTS_SELECT_H

#include "case/registry.h"

/*
 * The cases that match one of the patterns (all, when there are none) and none of the excludes;
 * both lists end with NULL or are NULL. Sorted by id; free the list. *unmatched is set to a pattern
 * that matches no case at all, or NULL.
 */
const struct test_case **select_cases(const char **patterns, const char **excludes, size_t *count,
                                      const char **unmatched);

/* "createpipe" of the page "namedpipeapi/nf-namedpipeapi-createpipe", which is about that function.
 */
const char *page_function(const char *page);

/* Glob: '*' any text, '?' any character; letters match in either case. */
bool glob_matches(const char *glob, const char *text);

#endif
