/* reader.h - results.json read back, strictly: the one reader of all commands that take records. No
 * Win32. */
#ifndef CTS_READER_H
#define CTS_READER_H

#include <jansson.h>

#include "base/record_text.h"

/* The member `schema` of the records that this program writes. It reads those up to it; a record
 * without the member is of the first. */
#define RESULTS_SCHEMA 1

/* A case of a record. Texts belong to its JSON. */
struct results_case {
    const json_t *json; /* with all members */
    const char *id;
    enum verdict verdict; /* UNTESTED: an interrupted run did not come to it */
    enum cause cause;
    bool expected;
    double seconds, waited;
    const char *message, *place; /* or NULL */
    const char *reason;          /* of the expectation that applied; NULL: none did */
};

struct results {
    json_t *all;      /* owned */
    const char *name; /* of the file, as the caller gave it */
    const json_t *suite, *implementation, *run;
    struct results_case *cases; /* owned; sorted by id, no id twice */
    size_t count;
};

/*
 * Reads what a file has. NULL, or one line (to free) that begins with the file's name and says what
 * is wrong; there is nothing to free in *results then. Every member has the type that
 * docs/results.schema.json gives it; members that it does not know are left alone.
 */
char *results_load(const char *name, struct results *results);

/* The same of text that is there already, and of JSON, which it takes in either case. */
char *results_of_text(const char *name, const char *text, size_t size, struct results *results);
char *results_of_json(const char *name, json_t *all, struct results *results);
void results_free(struct results *results);

/* An array of them, and its block. */
void results_free_all(struct results *results, size_t count);

/* The case of that id, or NULL. */
const struct results_case *results_find(const struct results *, const char *id);

/* The text of a member that was read, or "" when it is not there. */
const char *results_text(const json_t *object, const char *key);

/* Whether an array of texts (NULL: none) has this one. */
bool results_has_text(const json_t *list, const char *text);

/* verdict_label of a case that was read. */
const char *results_label(const struct results_case *);

/* `counts` of run, counted in the array `cases`; to json_decref. */
json_t *results_counts(const json_t *cases);

#endif
