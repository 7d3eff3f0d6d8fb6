/* expectations.h - what is known to deviate, apart from the tests (expectations/FAMILY.rec). */
#ifndef CTS_EXPECTATIONS_H
#define CTS_EXPECTATIONS_H

#include "base/record_text.h"

struct test_case;

struct expectation {
    const char *file;
    int line;
    const char *family, *versions, *arch; /* of the record; versions, arch: NULL is every one */
    const char *case_id, *reason, *evidence, *bug; /* bug may be NULL */
    enum verdict verdict;                          /* of a case on this implementation */
    enum cause cause;                              /* of a FAIL; otherwise CAUSE_NONE */
    bool applies;                                  /* to this implementation and version */
};

/*
 * Reads those that the program holds (FILE is NULL), or further ones of a file. Returns NULL, or
 * one line (to free) that says which record is broken and how; nothing can be believed then.
 */
char *expectations_load(const char *file);

/* Whether it is about an implementation of that family, version and architecture. */
bool expectation_meets(const struct expectation *, const char *family, const char *version,
                       const char *arch);

/* The expectation that applies here to the case of that id, or NULL. */
const struct expectation *expectation_for(const char *case_id);

/* The same, of a case (select.c). None applies where the case is about what is
 * newer than the Windows that the implementation claims to be: it is not run. */
const struct expectation *expectation_of(const struct test_case *);

/* True when a case that ended so did what EXPECTATION says or, where that is NULL, what every case
 * should: PASS, or UNSUPPORTED. A FAIL must have the expected cause, too. */
bool as_expected(const struct expectation *, enum verdict, enum cause);

/* All of them, whether they apply or not. */
const struct expectation *expectations(size_t *count);

#endif
