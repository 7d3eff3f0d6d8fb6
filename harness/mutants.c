/* The mutants that this program holds. */
#include "mutants.h"

#include <string.h>

static struct mutant *first;

/* Kept sorted by name. */
void mutant_register(struct mutant *one)
{
    struct mutant **at = &first;
    while (*at && strcmp((*at)->name, one->name) < 0)
        at = &(*at)->next;
    one->next = *at;
    *at = one;
}

const struct mutant *mutant_first(void)
{
    return first;
}

const struct mutant *mutant_find(const char *name)
{
    const struct mutant *one = first;
    while (one && strcmp(one->name, name))
        one = one->next;
    return one;
}
