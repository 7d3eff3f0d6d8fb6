/* registry.h - the cases and peers that this program holds, known by their ids. */
#ifndef CTS_REGISTRY_H
#define CTS_REGISTRY_H

#include "cts.h"

/* A case: one test function, or one row of its table. */
struct test_case {
    char *id; /* area.topic.test or area.topic.test.row */
    const TTest *test;
    int index;               /* of the row; 0 without a table */
    unsigned limit_seconds;  /* of the watchdog, before --timeout-scale */
    const char **assertions; /* NULL-terminated */
};

/* All cases but the probes, sorted by id; *count is set. Built at the first call, owned by the
 * registry. */
const struct test_case *registry_cases(size_t *count);

/* The case (or probe), or the peer, of that id; NULL when there is none. A peer's id is made like a
 * case's. */
const struct test_case *registry_find(const char *id);
const struct cts_peer *registry_find_peer(const char *id);

/* The same for a process that runs this one case: without making all others. The next call changes
 * what it returned. */
const struct test_case *registry_find_alone(const char *id);

/* Whether it names the assertion of that id. */
bool case_checks(const struct test_case *, const char *assertion);

/* "area.topic.name" of a test function; free it. */
char *registry_id(const TTest *test);

#endif
