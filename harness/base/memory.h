/* memory.h - memory that is there, or ends the process with one line: running out is no verdict. */
#ifndef CTS_MEMORY_H
#define CTS_MEMORY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void *or_end(void *block)
{
    if (!block) {
        fputs("winipc-cts: out of memory\n", stderr);
        exit(99);
    }
    return block;
}

/* realloc (with OLD NULL: malloc); free the block with free. */
static inline void *grow(void *old, size_t size)
{
    size += size == 0; /* which might free */
    return or_end(old ? realloc(old, size) : malloc(size));
}

/* grow for an array of COUNT elements of SIZE bytes; checks that they multiply. */
static inline void *grow_list(void *old, size_t count, size_t size)
{
    size_t bytes;
    return grow(old, __builtin_mul_overflow(count, size, &bytes) ? (size_t)-1 : bytes);
}

/* calloc, which checks that the sizes multiply; free the block with free. */
static inline void *zeroed(size_t count, size_t size)
{
    return or_end(calloc(count ? count : 1, size));
}

/* strdup; free the copy with free. */
static inline char *copy_text(const char *text)
{
    return strcpy((char *)grow(NULL, strlen(text) + 1), text);
}

#endif
