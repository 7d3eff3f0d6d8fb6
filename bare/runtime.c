/* What compilers and tests call of a C runtime, for programs that have none. */
#include <stddef.h>

/* What main calls first, on Windows. */
void __main(void)
{
}

void *memcpy(void *to, const void *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memset(void *to, int byte, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((char *)to)[i] = (char)byte;
    return to;
}

int memcmp(const void *one, const void *other, size_t size)
{
    const unsigned char *a = one, *b = other;
    for (; size; a++, b++, size--)
        if (*a != *b)
            return *a - *b;
    return 0;
}

void *memchr(const void *in, int byte, size_t size)
{
    for (const unsigned char *at = in; size; at++, size--)
        if (*at == (unsigned char)byte)
            return (void *)(size_t)at;
    return NULL;
}

size_t strlen(const char *text)
{
    size_t size = 0;
    while (text[size])
        size++;
    return size;
}

int strcmp(const char *one, const char *other)
{
    for (; *one && *one == *other; one++)
        other++;
    return (unsigned char)*one - (unsigned char)*other;
}

size_t wcslen(const wchar_t *text)
{
    size_t size = 0;
    while (text[size])
        size++;
    return size;
}

int wcscmp(const wchar_t *one, const wchar_t *other)
{
    for (; *one && *one == *other; one++)
        other++;
    return *one - *other;
}

wchar_t *wcscpy(wchar_t *to, const wchar_t *from)
{
    for (size_t i = 0; (to[i] = from[i]); i++)
        ;
    return to;
}

wchar_t *wcscat(wchar_t *to, const wchar_t *more)
{
    wcscpy(to + wcslen(to), more);
    return to;
}
