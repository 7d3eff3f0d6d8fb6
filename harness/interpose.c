/* Patches the import table of the main module: mutants, trace, counts. */
#include "interpose.h"
#include "mutants.h"
#include "trace.h"
#include "process.h"

#include <string.h>

static const struct interposed *find(const char *name)
{
    for (size_t i = 0; i < API_COUNT; i++)
        if (!strcmp(interposed[i].name, name))
            return &interposed[i];
    return NULL;
}

/* Some headers do not declare a function as imported (WSAPoll): its address is then that of a jump
 * through the import table, which would lead back to the hook once that is patched. */
static bool is_own_code(FARPROC function)
{
    const char *base = (const char *)GetModuleHandleW(NULL);
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)base;
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(base + dos->e_lfanew);
    return (size_t)((const char *)function - base) < nt->OptionalHeader.SizeOfImage;
}

void interpose_init(void)
{
    interpose_link();
    for (size_t i = 0; i < API_COUNT; i++) {
        const struct interposed *one = &interposed[i];
        if (!one->optional && is_own_code(*one->real))
            *one->real = GetProcAddress(GetModuleHandleA(one->module), one->name);
    }
}

static bool tracing;

/* What calls from tests should reach: the hook when traced, a mutant, or the function itself. */
static FARPROC wanted(const struct interposed *one)
{
    return tracing ? one->hook : one->target;
}

static bool write_slot(ULONG_PTR *slot, FARPROC function)
{
    DWORD old;
    if (*slot == (ULONG_PTR)function)
        return true;
    if (!real.VirtualProtect(slot, sizeof(*slot), PAGE_READWRITE, &old))
        return false;
    *slot = (ULONG_PTR)function;
    return real.VirtualProtect(slot, sizeof(*slot), old, &old);
}

/* Where the main module's import table has the functions of api.txt. */
static struct entry {
    const struct interposed *one;
    ULONG_PTR *slot, linked; /* what the loader put there */
} entries[2 * API_COUNT];
static size_t entry_count;

static void find_entries(char *base)
{
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)base;
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(base + dos->e_lfanew);
    const IMAGE_DATA_DIRECTORY *imports =
        &nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
    const IMAGE_IMPORT_DESCRIPTOR *module =
        (const IMAGE_IMPORT_DESCRIPTOR *)(base + imports->VirtualAddress);

    for (; module->Name; module++) {
        const IMAGE_THUNK_DATA *name =
            (const IMAGE_THUNK_DATA *)(base + module->OriginalFirstThunk);
        IMAGE_THUNK_DATA *slot = (IMAGE_THUNK_DATA *)(base + module->FirstThunk);
        for (; name->u1.AddressOfData; name++, slot++) {
            if (IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal))
                continue;
            const IMAGE_IMPORT_BY_NAME *import =
                (const IMAGE_IMPORT_BY_NAME *)(base + name->u1.AddressOfData);
            const struct interposed *one = find((const char *)import->Name);
            if (one && entry_count < sizeof(entries) / sizeof(entries[0]))
                entries[entry_count++] = (struct entry){one, (ULONG_PTR *)&slot->u1.Function,
                                                        (ULONG_PTR)slot->u1.Function};
        }
    }
}

/* What is neither traced nor a mutant's gets back what the loader put there. */
static bool patch(void)
{
    if (!entry_count)
        find_entries((char *)GetModuleHandleW(NULL));
    for (size_t i = 0; i < entry_count; i++) {
        const struct entry *at = &entries[i];
        FARPROC function = wanted(at->one);
        if (!write_slot(at->slot, function == *at->one->real ? (FARPROC)at->linked : function))
            return false;
    }
    return true;
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
    return patch();
}

FARPROC cts_find_api(enum api api)
{
    struct interposed *one = &interposed[api];
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

FARPROC cts_lookup(struct here here, enum api api)
{
    FARPROC function = cts_find_api(api);
    if (!function)
        cts_unsupported(here, "%s does not export %s", interposed[api].module,
                        interposed[api].name);
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
