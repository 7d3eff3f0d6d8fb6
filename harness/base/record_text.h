/*
 * record_text.h - the verdict record: the file in which a process of a case says how it went.
 *
 * Lines of text, written as things happen, so that whatever ends the process loses nothing:
 *
 *     winipc-cts 1 NONCE WHO        first; the nonce is new for every launch
 *     started
 *     at NAME                       a checkpoint reached
 *     wait MILLISECONDS             a declared wait
 *     saw KEY TEXT                  what an open or conflict assertion saw
 *     excused RECORD                a peer killed on purpose; its record need not be finished
 *     crash TEXT
 *     verdict PASS|FAIL|UNRESOLVED|UNSUPPORTED CAUSE
 *     message TEXT
 *     place FILE:LINE
 *     finished NONCE                last
 *
 * TEXT is one line: \n, \r and \\ are escaped. PASS counts only with the line `finished`; no
 * record, a strange nonce, a second verdict or an unknown line is never a pass.
 */
#ifndef CTS_RECORD_TEXT_H
#define CTS_RECORD_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum verdict { VERDICT_NONE, PASS, FAIL, UNRESOLVED, UNSUPPORTED, UNTESTED };
enum cause { CAUSE_NONE, CAUSE_ASSERTION, CAUSE_CRASH, CAUSE_TIMEOUT, CAUSE_LEAK };

const char *verdict_name(enum verdict); /* "PASS" */

/* What is printed of a case: the verdict, "NOT RUN" for VERDICT_NONE and UNTESTED; of one with an
 * expectation (KNOWN) "XFAIL" where it came and "XPASS" for PASS instead; "LATE" for a late PASS.
 */
const char *verdict_label(enum verdict, bool known, bool expected, bool late);
const char *cause_name(enum cause); /* "assertion"; NULL for CAUSE_NONE */

/* The way back; VERDICT_NONE and CAUSE_NONE of a name that is none, and of NULL. */
enum verdict verdict_named(const char *);
enum cause cause_named(const char *);

/* What a record says. Strings are owned by the record; free them with record_free. */
struct record {
    enum verdict verdict; /* VERDICT_NONE: it holds none */
    enum cause cause;
    bool exists, started, finished;
    char *untrusted; /* why the record cannot be believed, or NULL */
    char *message, *place, *crash;
    char *checkpoint; /* the last one reached */
    unsigned waited;  /* milliseconds of declared waits */
    double took;      /* seconds, of a case in a worker */
    struct saw {
        char *key, *text;
    } * saw;
    size_t saw_count;
    char **excused; /* file names of records */
    size_t excused_count;
};

/*
 * Reads the record TEXT that a process launched with NONCE must have written; SIZE is what its file
 * has, and may be more than there is text. TEXT is terminated, and is changed.
 */
struct record record_parse(char *text, uint64_t size, const char *nonce);
void record_free(struct record *);

#endif
