/* Puts mutants and hooks into the slots of functions: mutants, trace, counts. */
#include "case/interpose.h"
#include "mutants.h"
#include "case/trace.h"
#include "case/process.h"

#include <string.h>

void interpose_init(void)
{
    for (size_t i = 0; i < API_COUNT; i++)
        if (!interposed[i].optional)
            *interposed[i].real = late_slots[i];
}

bool interpose_misses(unsigned api)
{
    return !interposed[api].optional && *interposed[api].real == late_stubs[api];
}

static bool tracing;

/* What calls from tests should reach: the hook when traced, a mutant, or the function itself. */
static FARPROC wanted(const struct interposed *one)
{
    return tracing ? one->hook : one->target;
}

bool interpose(const char *mutant_name, const WCHAR *trace)
{
    const struct mutant *mutant = mutant_name ? mutant_find(mutant_name) : NULL;
    if (mutant_name && !mutant)
        return false;
    trace_close();
    if (trace && !trace_open(trace))
        return false;
    tracing = trace != NULL;
    for (size_t i = 0; i < API_COUNT; i++)
        interposed[i].target = *interposed[i].real;
    for (size_t i = 0; mutant && i < mutant->patch_count; i++)
        interposed[mutant->patches[i].api].target = mutant->patches[i].replacement;
    for (size_t i = 0; i < API_COUNT; i++)
        if (!interposed[i].optional)
            late_slots[i] = wanted(&interposed[i]);
    return true;
}

FARPROC cts_find_api(unsigned api)
{
    struct interposed *one = &interposed[api];
    if (!one->optional)
        return interpose_misses(api) ? NULL : late_slots[api];
    if (!*one->real) {
        HMODULE module = GetModuleHandleA(one->module);
        if (!module)
            module = LoadLibraryA(one->module);
        *one->real = module ? GetProcAddress(module, one->name) : NULL;
    }
    if (!one->target)
        one->target = *one->real;
    SetLastError(LAST_ERROR_UNSET);
    return *one->real ? wanted(one) : NULL;
}

FARPROC cts_lookup(struct here here, unsigned api)
{
    FARPROC function = cts_find_api(api);
    if (!function)
        cts_unsupported(here, "needs %s", interposed[api].name);
    return function;
}

bool api_is_in(const struct api_set *set, size_t api)
{
    return set->bits[api / 64] >> api % 64 & 1;
}

struct api_set interposed_in(const char *trace)
{
    struct api_set called = {{0}};
    for (const char *line = trace; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *name = strchr(line, ' '), *open = strchr(line, '(');
        if (!name || !open || open < name)
            continue;
        for (size_t i = 0; i < API_COUNT; i++)
            if (!strncmp(interposed[i].name, name + 1, (size_t)(open - name - 1)) &&
                interposed[i].name[open - name - 1] == '\0')
                called.bits[i / 64] |= 1ull << i % 64;
    }
    return called;
}
