/* Versions of implementations, and what expectations demand of them. No Win32. */
#include "records/implementation.h"

#include <stdlib.h>
#include <string.h>

int version_compare(const char *a, const char *b)
{
    while (*a || *b) {
        char *after_a, *after_b;
        unsigned long x = strtoul(a, &after_a, 10), y = strtoul(b, &after_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        a = *after_a == '.' ? after_a + 1 : "";
        b = *after_b == '.' ? after_b + 1 : "";
    }
    return 0;
}

/* The end of a dotted number at TEXT, or NULL. */
static const char *after_number(const char *text)
{
    for (;; text++) {
        size_t digits = strspn(text, "0123456789");
        text += digits;
        if (digits == 0)
            return NULL;
        if (*text != '.')
            return text;
    }
}

/* One condition, an operator and a version. Returns what follows it, or NULL: it cannot be read. */
static const char *meets_one(const char *version, const char *condition, bool *meets)
{
    static const struct {
        const char *sign;
        int low, high; /* accepted range of version_compare */
    } OPERATORS[] = {{">=", 0, 1}, {"<=", -1, 0}, {"=", 0, 0}, {">", 1, 1}, {"<", -1, -1}};
    condition += strspn(condition, " \t");
    for (size_t i = 0; i < sizeof(OPERATORS) / sizeof(OPERATORS[0]); i++) {
        size_t size = strlen(OPERATORS[i].sign);
        if (strncmp(condition, OPERATORS[i].sign, size))
            continue;
        condition += size + strspn(condition + size, " \t");
        int order = version_compare(version, condition);
        *meets &= order >= OPERATORS[i].low && order <= OPERATORS[i].high;
        return after_number(condition);
    }
    return NULL;
}

bool version_meets(const char *version, const char *conditions, bool *valid)
{
    bool all = true;
    *valid = true;
    while (conditions && *conditions) {
        conditions = meets_one(version, conditions, &all);
        if (conditions)
            conditions += strspn(conditions, " \t");
        *valid = conditions && (*conditions == '\0' || (*conditions == ',' && conditions[1]));
        if (!*valid)
            return false;
        conditions += *conditions == ',';
    }
    return all;
}
