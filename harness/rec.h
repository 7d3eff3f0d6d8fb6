/* rec.h - reads GNU recutils text: the catalogue and the expectations. */
#ifndef CTS_REC_H
#define CTS_REC_H

#include <stdbool.h>
#include <stddef.h>

struct rec {
    int line; /* of its first field */
    struct rec_field {
        char *name, *value;
    } * fields;
    size_t count;
};

struct rec_file {
    struct rec *records; /* descriptors (%rec: ...) are left out */
    size_t count;
    int error_line; /* 0: read to the end; else the first line that is no field, comment or blank */
};

/* Reads TEXT. Strings live as long as the program. */
struct rec_file rec_read(const char *text);

/* The value of a record's first field of that name, or NULL. */
const char *rec_get(const struct rec *, const char *name);

/* One text file that the build put into the program; a list ends with a NULL name. */
struct embedded {
    const char *name, *text;
};
extern const struct embedded embedded_assertions[];
extern const struct embedded embedded_expectations[];

#endif
