/*
 * interpose.h - one mechanism, three uses: plants mutants, writes the API trace and counts which
 * functions were exercised. It fills the slots of a case's processes (late.h) otherwise.
 *
 * The harness itself calls the functions under test as real(name)(...), which no patch reaches.
 */
#ifndef CTS_INTERPOSE_H
#define CTS_INTERPOSE_H

#include "api.h" /* generated from api.txt: numbers of the functions under test */
#include "case/late.h"

/* One function of api.txt. */
struct interposed {
    const char *module; /* "kernel32.dll" */
    const char *name;
    FARPROC hook; /* traces, then calls target */
    void (*call_with_zeros)(FARPROC function);
    any_function *real; /* its member of `real`. Missing: there is its stub, or, of an optional one
                           and before it is looked up, NULL */
    FARPROC target;     /* a mutant's replacement, or the function itself */
    bool optional;
    const char *since; /* the version of Windows from which on it exists: "6.1" */
};
extern struct interposed interposed[API_COUNT];

/* Whether a function of api.txt that this program counts on is missing. Optional ones never are. */
bool interpose_misses(unsigned api);

/* Fills `real`. Call once, before anything is patched. */
void interpose_init(void);

/*
 * Interposes in this process. mutant: the name of one, or NULL; then its functions are replaced.
 * trace: a file to which every call of every function is written, or NULL.
 * What was interposed before is undone: with both NULL every slot has its function again.
 * Returns false when there is no such mutant or the trace cannot be written.
 */
bool interpose(const char *mutant, const WCHAR *trace);

/* A set of functions of api.txt, by their places in `interposed`. */
struct api_set {
    uint64_t bits[(API_COUNT + 63) / 64];
};
bool api_is_in(const struct api_set *, size_t api);

/* Those that a trace has calls of. None for NULL. */
struct api_set interposed_in(const char *trace);

#endif
