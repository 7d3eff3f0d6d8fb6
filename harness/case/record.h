/* record.h - writing and reading verdict records (record_text.h) as files. */
#ifndef CTS_RECORD_H
#define CTS_RECORD_H

#include "cts.h"
#include "base/record_text.h"

/* Reads the record at PATH that a process launched with NONCE must have written. */
struct record record_read(const WCHAR *path, const char *nonce);

/* Opens the record of this process for writing, instead of the one it had so far. False when the
 * file cannot be created. */
bool record_open(const WCHAR *path, const char *nonce, const char *who);

/* Closes it: lines go nowhere. */
void record_close(void);

/* Appends one line: KEY, a space, the formatted text with line breaks escaped. Thread-safe. */
void record_line(const char *key, const char *format, ...) CTS_PRINTF(2, 3);

/* Appends this line as it is, with next to no stack: there is none left after an overflow. */
void record_crash(const char *line);

/* Reads a whole file of at most LIMIT bytes (more are left out) through the harness's own calls.
 * Returns a terminated string to free, or NULL; *size, unless NULL, is the size of the file. */
char *file_read(const WCHAR *path, size_t limit, uint64_t *size);

#endif
