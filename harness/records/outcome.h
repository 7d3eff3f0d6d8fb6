/* outcome.h - how a case went, and the JSON that tells it in results.json and in the journal. No
 * Win32. */
#ifndef CTS_OUTCOME_H
#define CTS_OUTCOME_H

#include <jansson.h>

#include "base/record_text.h"

/* The key of what --leaks saw: "handles: 1, views: 2". */
#define SAW_LEFT "left"

/* Strings are owned; free them with outcome_free. */
struct outcome {
    enum verdict verdict; /* VERDICT_NONE: there is none yet */
    enum cause cause;
    char *message, *place, *checkpoint;
    char *output;    /* the first 16 KiB of what its processes wrote to standard output and error */
    char *trace;     /* of a traced launch: the calls of all its processes */
    struct saw *saw; /* by assertions, and with --leaks one of SAW_LEFT */
    size_t saw_count;
    double seconds;
    unsigned waited;       /* milliseconds of declared waits */
    unsigned processes;    /* that were started: its own (a worker is its first case's) and peers */
    bool in_worker;        /* it ran in a worker */
    bool doubtful;         /* in a worker, and nothing to go by: to be run alone */
    bool stays;            /* its process could not be ended */
    struct outcome *first; /* how it went before it was tried again; owned. NULL: it was not */
};

/* PASS, but only when it was tried again with longer limits. */
bool is_late(const struct outcome *);

/* UNSUPPORTED because of a function, or a second process, that is missing here. Returns its name,
 * which goes with the outcome; otherwise NULL. */
const char *outcome_needs(const struct outcome *);

/* Frees what it owns; it is then one of VERDICT_NONE. */
void outcome_free(struct outcome *);

/* A string of any bytes: what is no UTF-8 becomes '?'. Of NULL: NULL. The caller's to give away. */
json_t *json_of_text(const char *);

/* Sets a member, unless the text is NULL or empty. */
void json_set_text(json_t *object, const char *key, const char *text);

/* Sets the members that tell of an outcome, all but `recorded`. */
void json_set_outcome(json_t *object, const struct outcome *);

/* The way back: the members that json_set_outcome sets. False, with nothing to free, when these are
 * none, or hold a number that is none of an outcome's. */
bool outcome_of_json(const json_t *object, struct outcome *);

/* Reads a member that is a whole number from 0 on; 0 when there is none. False: it is none. */
bool json_read_count(const json_t *object, const char *key, unsigned *count);

#endif
