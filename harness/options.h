/* options.h - the command line. */
#ifndef CTS_OPTIONS_H
#define CTS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Exit codes; others script against them. */
enum {
    EXIT_AS_EXPECTED = 0,
    EXIT_UNEXPECTED = 1,
    EXIT_USAGE = 2,
    EXIT_NOTHING = 77,
    EXIT_UNTRUSTED = 99
};

struct options {
    const char *command;               /* "run" */
    const char **patterns, **excludes; /* NULL-terminated, or NULL; of compare, gate: files */
    const char *tap, *json, *junit;    /* file names; tap may be "-"; NULL: not asked for */
    const char **expects;              /* file names, NULL-terminated; or NULL */
    const char *mutant, *nonce;
    unsigned jobs; /* 0: one per processor */
    unsigned repeat;
    unsigned sample; /* of the callers of each mutant; 0: all */
    double scale;
    bool shuffle, no_isolation, fast, isolated, trace, assertions;
    bool resume, failed, seed_given;
    bool api, needs;     /* doctor --api, list --needs */
    bool ladder;         /* run --ladder */
    bool json_to_stdout; /* --json without a FILE */
    unsigned seed;
    int verbosity; /* -1 quiet, 0, 1 verbose */
};

/*
 * Reads the words of a command line. Returns true when a command is to be carried out; otherwise
 * *exit_code says how to end (help was printed, or one line that says what is wrong).
 */
bool options_read(int argc, char **argv, struct options *, int *exit_code);

#endif
