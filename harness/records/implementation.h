/* implementation.h - which implementation of Win32 this run is on, found out at run time. */
#ifndef CTS_IMPLEMENTATION_H
#define CTS_IMPLEMENTATION_H

#include <stdbool.h>

/* Strings live as long as the program; none is NULL. */
struct implementation {
    const char *family;  /* "wine", "windows", "reactos" */
    const char *version; /* "8.0", "10.0.19045"; compared with the expectations' Versions */
    const char *claims;  /* the version of Windows it claims to be: "10.0.19043"; "0.0.0": none */
    const char *build;   /* what it says of itself in full */
    const char *arch;    /* of this program: "x86_64", "i686", "aarch64" */
    const char *host;    /* "Linux 6.1.0" under Wine; else "" */
};

/* Detected at the first call. */
const struct implementation *implementation(void);

/* Compares dotted numbers part by part: < 0, 0, > 0. Text after the digits of a part is ignored, so
 * "8.0-rc1" is 8.0. */
int version_compare(const char *a, const char *b);

/* Whether VERSION meets all of CONDITIONS (">= 5.0, < 9.5"; empty or NULL: any). *valid is set to
 * false when the conditions cannot be read. */
bool version_meets(const char *version, const char *conditions, bool *valid);

#endif
