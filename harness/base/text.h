/* text.h - text from outside: is it text, is it a number, may a terminal see it? No Win32. */
#ifndef CTS_TEXT_H
#define CTS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* How many of the SIZE bytes at TEXT are whole UTF-8 characters before the first that is none. */
size_t utf8_length(const char *text, size_t size);

/*
 * TEXT as a terminal may see it, in one line: control characters (line breaks and those that turn
 * the direction of text, too) become \n, \t or \x1b, and so do bytes that are no UTF-8. Returns a
 * copy to free.
 */
char *printable(const char *text);

/* The same, but line breaks and tabs stay, and carriage returns go. */
char *printable_lines(const char *text);

/* Text that grows at its end. Begins as all zero; `chars`, once there is any, is to be freed. */
struct text {
    char *chars;
    size_t used;
};
void text_print(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sorts COUNT texts and drops those that come again; returns how many are left. */
size_t sorted_once(const char **texts, size_t count);

/* Whether it is an id: words of a-z, 0-9 and _ with points between them, two at least. */
bool is_id(const char *text);

/* Reads a whole number from LOW to HIGH: decimal digits and nothing else. */
bool read_whole(const char *text, unsigned long low, unsigned long high, unsigned long *number);

/* Reads a decimal number from LOW to HIGH: digits, and perhaps a point and digits. */
bool read_decimal(const char *text, double low, double high, double *number);

#endif
