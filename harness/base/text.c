/* Text from outside: UTF-8, numbers, and what a terminal would obey. */
#include "base/text.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- UTF-8 */

/* The bytes that one character takes, or 0 when there is none: cut off, overlong, a surrogate or
 * beyond U+10FFFF. */
static size_t character(const unsigned char *c, size_t size)
{
    static const struct {
        unsigned char first, last; /* of the first byte */
        unsigned char low, high;   /* of the second byte */
        size_t length;
    } FORMS[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++) {
        if (c[0] < FORMS[i].first || c[0] > FORMS[i].last)
            continue;
        if (FORMS[i].length > size)
            return 0;
        for (size_t k = 1; k < FORMS[i].length; k++)
            if (c[k] < (k == 1 ? FORMS[i].low : 0x80) || c[k] > (k == 1 ? FORMS[i].high : 0xBF))
                return 0;
        return FORMS[i].length;
    }
    return 0;
}

size_t utf8_length(const char *text, size_t size)
{
    size_t at = 0;
    for (size_t one; at < size; at += one) {
        one = character((const unsigned char *)text + at, size - at);
        if (one == 0)
            break;
    }
    return at;
}

/* ---- What a terminal may see */

/* Controls (some terminals obey U+0080 to U+009F as well), what starts a line or turns the
 * direction of text, and U+FFFE and U+FFFF, which are no characters. */
static bool is_control(const unsigned char *c, size_t length)
{
    static const struct {
        unsigned first, last;
    } CONTROLS[] = {{0, 0x1F},        {0x7F, 0x9F},     {0x61C, 0x61C},  {0x200E, 0x200F},
                    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFFFE, 0xFFFF}};
    unsigned code = length == 1 ? c[0] : length == 2 ? c[0] & 0x1Fu : c[0] & 0xFu;
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (c[i] & 0x3Fu);
    for (size_t i = 0; i < sizeof(CONTROLS) / sizeof(CONTROLS[0]); i++)
        if (length < 4 && code >= CONTROLS[i].first && code <= CONTROLS[i].last)
            return true;
    return false;
}

static char *escaped(const char *text, bool one_line)
{
    size_t size = strlen(text), used = 0;
    char *copy = zeroed(size + 1, 4); /* \x1b is the longest form of a byte */
    for (size_t at = 0, one; at < size; at += one) {
        const unsigned char *c = (const unsigned char *)text + at;
        size_t length = character(c, size - at);
        one = length ? length : 1;
        if (!one_line && *c == '\r')
            continue;
        if (length && (!is_control(c, length) || (!one_line && (*c == '\n' || *c == '\t')))) {
            memcpy(copy + used, c, one);
            used += one;
        } else if (*c == '\n' || *c == '\t') {
            copy[used++] = '\\';
            copy[used++] = *c == '\n' ? 'n' : 't';
        } else {
            for (size_t i = 0; i < one; i++)
                used += (size_t)snprintf(copy + used, 5, "\\x%02x", c[i]);
        }
    }
    copy[used] = '\0';
    return copy;
}

char *printable(const char *text)
{
    return escaped(text, true);
}

char *printable_lines(const char *text)
{
    return escaped(text, false);
}

/* ---- Text that grows */

void text_print(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int more = vsnprintf(NULL, 0, format, arguments);
    text->chars = grow(text->chars, text->used + (size_t)more + 1);
    vsnprintf(text->chars + text->used, (size_t)more + 1, format, again);
    text->used += (size_t)more;
    va_end(again);
    va_end(arguments);
}

/* ---- Ids */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t sorted_once(const char **texts, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(texts, count, sizeof(*texts), by_text);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(texts[i], texts[kept - 1]))
            texts[kept++] = texts[i];
    return kept;
}

bool is_id(const char *text)
{
    size_t words = 0;
    for (;; words++) {
        size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
        text += size;
        if (size == 0 || (*text && *text != '.'))
            return false;
        if (!*text)
            return words > 0;
        text++;
    }
}

/* ---- Numbers */

bool read_whole(const char *text, unsigned long low, unsigned long high, unsigned long *number)
{
    unsigned long value = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits])
        return false;
    for (; *text; text++) {
        unsigned long digit = (unsigned long)(*text - '0');
        if (value > (high - digit) / 10 || digit > high)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return value >= low;
}

bool read_decimal(const char *text, double low, double high, double *number)
{
    size_t whole = strspn(text, "0123456789");
    size_t parts = text[whole] == '.' ? 1 + strspn(text + whole + 1, "0123456789") : 0;
    if (whole == 0 || parts == 1 || text[whole + parts])
        return false;
    *number = strtod(text, NULL);
    return *number >= low && *number <= high;
}
