/* needs.h - what tests call and start, by their text: see build-aux/needs.awk. */
#ifndef CTS_NEEDS_H
#define CTS_NEEDS_H

#include "case/registry.h"

/* Of one test function; an upper bound: another row, another branch may need less. */
struct needs {
    const char *test; /* "area.topic.test" */
    bool peers, threads, privileges;
    const char *functions; /* of api.txt and late.txt, sorted, with spaces between */
};

/* Ends with one whose test is NULL. Generated. */
extern const struct needs needs[];

/* What the test function of a case needs; NULL: not known. */
const struct needs *needs_of(const struct test_case *);

#endif
