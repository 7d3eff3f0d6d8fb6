/* journal_text.h - the journal as text: its lines, and what they tell. No Win32. */
#ifndef CTS_JOURNAL_TEXT_H
#define CTS_JOURNAL_TEXT_H

#include <jansson.h>

#include "records/outcome.h"

/* Where in the journal its reader is. Begins as all zero but for `more`; free `text` at the end. */
struct journal_reader {
    size_t (*more)(void *to,
                   size_t size); /* reads up to SIZE bytes; returns how many, 0: the end */
    char *text;
    size_t used, size, line; /* bytes held; room for so many; where the next line begins */
    uint64_t offset;         /* of `text` in the journal */
    unsigned number;         /* of the line that was read last */
};

/* The next line without its end, as long as it may be, or NULL: there is no further whole one.
 * Lives until the next call. */
char *journal_read_line(struct journal_reader *, size_t *size);

/* The same as JSON, to json_decref. NULL with *broken: it is no object. NULL without: as above. */
json_t *journal_read(struct journal_reader *, bool *broken);

/* What a line after the first tells: an outcome of a case, or a trace that was made afterwards. */
struct journal_entry {
    const char *id, *traced; /* the line's; traced is NULL for an outcome */
    double at;               /* seconds of the run at which it was there */
    struct outcome outcome;  /* the caller's, to outcome_free */
};

/* False, with nothing to free, when it tells neither. */
bool journal_entry_of(const json_t *line, struct journal_entry *);

/* The way back, of an outcome: a line to json_decref. */
json_t *journal_line_of(const struct journal_entry *);

#endif
