/* rec.h - reads GNU recutils text: the catalogue, the expectations and the pages. No Win32. */
#ifndef CTS_REC_H
#define CTS_REC_H

#include <stdbool.h>
#include <stddef.h>

struct rec {
    int line; /* of its first field */
    struct rec_field {
        char *name, *value;
        int line;
    } * fields;
    size_t count;
};

/* What a kind of record consists of. build-aux/catalogue.awk, expectations.awk and
 * pages.awk say the same. */
struct rec_kind {
    const char *field; /* NULL ends the list */
    bool needed;
    const char *values; /* those that there are, separated by blanks; NULL: any text */
};
extern const struct rec_kind rec_assertions[], rec_expectations[], rec_pages[];

struct rec_file {
    struct rec *records; /* owned by the file; free with rec_free */
    size_t count;
    char *problem; /* "FILE:LINE: what", the first mistake; nothing can be believed then. Or NULL */
};

/*
 * Reads SIZE bytes of text, named FILE in messages. Every record must be one of KIND: no field
 * unknown, twice, empty or missing, no value but those that there are, nothing but UTF-8 without
 * control characters. A record of lines that start with '%', which describes others, is left out.
 */
struct rec_file rec_read(const char *file, const char *text, size_t size, const struct rec_kind *);
void rec_free(struct rec_file *);

/* The value of a field; continuation lines are joined by a blank. NULL: it is not there. */
const char *rec_get(const struct rec *, const char *name);

/* The line of a field that is there. */
int rec_line(const struct rec *, const char *name);

/* "FILE:LINE: WHAT" (printf), to free. Without a line when LINE is 0. */
char *rec_problem(const char *file, int line, const char *what, ...)
    __attribute__((format(printf, 3, 4)));

/* A text of the program: build-aux/embed.awk makes arrays of them that end with a NULL name. */
struct embedded {
    const char *name, *text;
};
extern const struct embedded embedded_assertions[], embedded_expectations[], embedded_pages[],
    embedded_page[];

#endif
