/* Fills the table of functions that are not imported. */
#include "case/late.h"
#include "base/exit_codes.h"
#include "case/process.h"

#include <stdio.h>
#include <string.h>

void mainCRTStartup(void);

/* The functions of one module stand together. */
static HMODULE module_named(const char *name, bool load)
{
    static const char *last = "";
    static HMODULE module;
    if (strcmp(last, name)) {
        module = GetModuleHandleA(name);
        if (!module && load)
            module = LoadLibraryA(name);
        last = module || load ? name : "";
    }
    return module;
}

static ULONGLONG WINAPI tick_count_64(void)
{
    static DWORD last, turns;
    DWORD now = GetTickCount();
    turns += now < last;
    last = now;
    return (ULONGLONG)turns << 32 | now;
}

/* The C runtime has not begun, and nothing here may need more of it than its code. */
static void fill(bool load)
{
    for (size_t i = 0; i < late_count; i++) {
        if (late[i].optional || late_slots[i] != late_stubs[i])
            continue;
        HMODULE module = module_named(late[i].module, load);
        FARPROC function = module ? GetProcAddress(module, late[i].name) : NULL;
        if (function)
            late_slots[i] = function;
    }
}

/* Libraries that this program is linked with have callbacks that run before its beginning, where
 * the implementation calls them. They come after this one, by the section's name. */
static void NTAPI before_others(PVOID module, DWORD reason, PVOID reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        fill(false);
}
__attribute__((used, section(".CRT$XLB"))) static PIMAGE_TLS_CALLBACK first_callback =
    before_others;

static size_t number_of(const char *name)
{
    size_t i = 0;
    while (i < late_count && strcmp(late[i].name, name))
        i++;
    return i;
}

#ifdef __i386__
__attribute__((force_align_arg_pointer))
#endif
void late_start(void)
{
    fill(true);
    size_t ticks = number_of("GetTickCount64"); /* not before Windows Vista */
    if (late_slots[ticks] == late_stubs[ticks])
        late_slots[ticks] = (FARPROC)tick_count_64;
    mainCRTStartup();
}

bool late_has(const char *name)
{
    size_t i = number_of(name);
    return i < late_count && late_slots[i] != late_stubs[i];
}

void late_take_out(const char *name)
{
    size_t i = number_of(name);
    if (i < late_count)
        late_slots[i] = late_stubs[i];
}

void late_missing(unsigned number)
{
    if (process.nonce[0])
        test_end((struct here){0}, UNSUPPORTED, CAUSE_NONE, "needs %s", late[number].name);
    fprintf(stderr, "winipc-cts: %s has no %s, which running cases needs\n", late[number].module,
            late[number].name);
    fflush(stdout);
    _Exit(EXIT_UNTRUSTED);
}
