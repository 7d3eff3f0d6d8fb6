/*
 * record.h - the verdict record: the file in which a process of a case says how it went.
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
#ifndef CTS_RECORD_H
#define CTS_RECORD_H

#include "cts.h"

enum verdict { VERDICT_NONE, PASS, FAIL, UNRESOLVED, UNSUPPORTED, UNTESTED };
enum cause { CAUSE_NONE, CAUSE_ASSERTION, CAUSE_CRASH, CAUSE_TIMEOUT, CAUSE_LEAK };

const char *verdict_name(enum verdict); /* "PASS" */
const char *cause_name(enum cause);     /* "assertion"; NULL for CAUSE_NONE */

/* What a record says. Strings are owned by the record; free them with record_free. */
struct record {
    enum verdict verdict; /* VERDICT_NONE: it holds none */
    enum cause cause;
    bool exists, started, finished;
    char *untrusted; /* why the record cannot be believed, or NULL */
    char *message, *place, *crash;
    char *checkpoint; /* the last one reached */
    unsigned waited;  /* milliseconds of declared waits */
    struct saw {
        char *key, *text;
    } * saw;
    size_t saw_count;
    char **excused; /* file names of records */
    size_t excused_count;
};

/* Reads the record at PATH that a process launched with NONCE must have written. */
struct record record_read(const WCHAR *path, const char *nonce);
void record_free(struct record *);

/* Opens the record of this process for writing. False when the file cannot be created. */
bool record_open(const WCHAR *path, const char *nonce, const char *who);

/* Appends one line: KEY, a space, the formatted text with line breaks escaped. Thread-safe. */
void record_line(const char *key, const char *format, ...) CTS_PRINTF(2, 3);

/* Appends this line as it is, with next to no stack: there is none left after an overflow. */
void record_crash(const char *line);

/* Reads a whole file of at most LIMIT bytes (more are left out) through the harness's own calls.
 * Returns a terminated string to free, or NULL; *size, unless NULL, is the size of the file. */
char *file_read(const WCHAR *path, size_t limit, uint64_t *size);

#endif
