/* extract.h - the sources of the tests, which this program carries: see build-aux/sources.awk. */
#ifndef CTS_EXTRACT_H
#define CTS_EXTRACT_H

#include <stdbool.h>
#include <stddef.h>

/* A definition: its text ends where that of the next begins. */
struct definition {
    unsigned start; /* in source_text */
    unsigned short line, file;
};
extern const char source_text[];
extern const struct definition definitions[];
extern const char *const source_files[];

/* What a test function is made of: numbers of definitions, in the order of a program. */
struct source {
    const char *test;      /* "area.topic.test" */
    const char *includes;  /* of the C library and the system, beside what all include */
    unsigned first, count; /* in source_definitions */
    bool threads;
};
extern const unsigned short source_definitions[];

/* Ends with one whose test is NULL. Generated. */
extern const struct source sources[];

#endif
