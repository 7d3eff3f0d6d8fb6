/* options.h - the command line. */
#ifndef CTS_OPTIONS_H
#define CTS_OPTIONS_H

#include "base/exit_codes.h"

#include <stdbool.h>
#include <stddef.h>

struct options {
    const char *command;               /* "run" */
    const char **patterns, **excludes; /* NULL-terminated, or NULL; of compare, gate, ...: files */
    const char *tap, *json, *junit, *html; /* file names; tap may be "-"; NULL: not asked for */
    const char **expects;                  /* file names, NULL-terminated; or NULL */
    const char *mutant, *nonce;
    const char *into; /* a folder; NULL: standard output */
    unsigned jobs;    /* 0: one per processor */
    unsigned repeat;
    const char *label;    /* what to call this configuration; or NULL */
    const char *shard;    /* "2/4": of these cases, the second of four parts; or NULL */
    unsigned sample;      /* of the callers of each mutant; 0: all */
    const char *baseline; /* a record of how cases end without a mutant; NULL: they are run */
    double scale;
    bool shuffle, no_isolation, fast, leaks, stubs, isolated, trace, assertions;
    bool resume, failed, seed_given;
    bool api, needs;     /* doctor --api, list --needs */
    bool expectations;   /* list --expectations: the patterns are files */
    bool csv, update;    /* list --csv, expect --update */
    bool ladder;         /* run --ladder */
    bool json_to_stdout; /* --json without a FILE */
    unsigned seed;
    int verbosity; /* -1 quiet, 0, 1 verbose */
};

/* Reads "NUMBER/OF", with 1 <= NUMBER <= OF <= 1000. */
bool shard_read(const char *text, unsigned *number, unsigned *of);

/*
 * Reads the words of a command line. Returns true when a command is to be carried out; otherwise
 * *exit_code says how to end (help was printed, or one line that says what is wrong).
 */
bool options_read(int argc, char **argv, struct options *, int *exit_code);

#endif
