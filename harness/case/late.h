/*
 * late.h - functions that the program finds when it starts, instead of importing them: with what is
 * not there it starts all the same, and goes without.
 *
 * Each function of api.txt and late.txt has a slot, which late-slots.c gives the name by which
 * compilers call imported functions (__imp_CreatePipe). The linker takes that and makes no import.
 * Before anything else runs, late_start puts the function's address in. Where there is none the
 * slot keeps a stub, which ends the case UNSUPPORTED, "needs CreatePipe".
 */
#ifndef CTS_LATE_H
#define CTS_LATE_H

#include "cts.h"

/* A pointer to any function, wherever it is stored. */
typedef FARPROC __attribute__((may_alias)) any_function;

/* One function. Those of api.txt come first, at their numbers in api.h. */
struct late {
    const char *module; /* "kernel32.dll" */
    const char *name;
    bool optional; /* never called through its slot, which stays empty: see optional_api */
};
extern const struct late late[];
extern const size_t late_count;

/* What calls of each reach: the function, what the interposer put there, or its stub. */
extern any_function late_slots[];
/* The stub of each. */
extern const any_function late_stubs[];

/* Whether the implementation exports this function of api.txt or late.txt. The harness asks before
 * it calls what it can do without. */
bool late_has(const char *name);

/* Makes a function of api.txt or late.txt missing. For tests of the harness, from a constructor. */
void late_take_out(const char *name);

/* Where the program begins: fills the slots, then enters the C runtime. */
void late_start(void) __asm__("late_start");

/* What the stubs call. Ends the case UNSUPPORTED; in the runner, ends the program with 99. */
void late_missing(unsigned number) __asm__("late_missing") CTS_NORETURN;

/* ---- For late-slots.c: one table of pointers, one of stubs, the code of both. */

#ifdef _WIN64
#define LATE_POINTER ".quad "
#define LATE_IMPORT(name, bytes) "__imp_" name
#define LATE_FUNCTION(name, bytes) name
#else
#define LATE_POINTER ".long "
#define LATE_IMPORT(name, bytes) "__imp__" name "@" bytes
#define LATE_FUNCTION(name, bytes) "_" name "@" bytes
#endif
#define LATE_SYMBOL(symbol) LATE_SYMBOL_WITH(__USER_LABEL_PREFIX__, symbol)
#define LATE_SYMBOL_WITH(prefix, symbol) LATE_TEXT(prefix) symbol
#define LATE_TEXT(word) #word
#define LATE_GLOBAL(symbol) ".globl " symbol "\n" symbol ":\n"

#define LATE_SLOTS_BEGIN ".data\n.balign 8\n" LATE_GLOBAL(LATE_SYMBOL("late_slots"))
#define LATE_SLOT(number, name, bytes) \
    LATE_GLOBAL(LATE_IMPORT(name, bytes)) LATE_SLOT_UNNAMED(number)
#define LATE_SLOT_UNNAMED(number) LATE_POINTER "late_stub_" number "\n"
#define LATE_STUBS_BEGIN \
    ".section .rdata,\"dr\"\n.balign 8\n" LATE_GLOBAL(LATE_SYMBOL("late_stubs"))
#define LATE_STUB(number) LATE_POINTER "late_stub_" number "\n"
#define LATE_CODE_BEGIN ".text\n"
#if defined(__x86_64__)
#define LATE_JUMP(name, bytes) \
    LATE_GLOBAL(LATE_FUNCTION(name, bytes)) "jmp *" LATE_IMPORT(name, bytes) "(%rip)\n"
#define LATE_MISSING(number) "late_stub_" number ": mov $" number ", %ecx\njmp late_missing\n"
#elif defined(__i386__)
#define LATE_JUMP(name, bytes) \
    LATE_GLOBAL(LATE_FUNCTION(name, bytes)) "jmp *" LATE_IMPORT(name, bytes) "\n"
#define LATE_MISSING(number) "late_stub_" number ": push $" number "\ncall late_missing\n"
#else
#error "late.h knows no jump through a table for this processor"
#endif

#endif
