/*
 * mutants.h - deliberate wrong behaviours, planted between test and API to prove that tests can
 * fail.
 *
 * A mutant changes one documented fact and leaves the rest of the function working. It is a
 * function with the signature of the API function it replaces, which calls real(name)(...) for
 * everything it does right. It is active in every process of a case.
 */
#ifndef CTS_MUTANTS_H
#define CTS_MUTANTS_H

#include "cts.h"

struct mutant_patch {
    unsigned api; /* its number */
    FARPROC replacement;
};

struct mutant {
    const char *name; /* what the catalogue's Mutants: field and --mutant say */
    const char *says; /* the wrong behaviour in one sentence */
    const char *file;
    int line;
    const struct mutant_patch *patches;
    size_t patch_count;
    struct mutant *next;
};

/*
 * MUTANT(create_pipe_swaps_ends, "CreatePipe hands out the ends the wrong way round",
 *        PATCH(CreatePipe, create_pipe_swaps_ends));
 * Several PATCHes where one wrong behaviour shows in several functions.
 */
#define MUTANT(name_, says_, ...)                                                                \
    static void __attribute__((constructor)) name_##_mutant(void)                                \
    {                                                                                            \
        static struct mutant_patch                                                               \
            patches[sizeof((struct mutant_patch[]){__VA_ARGS__}) / sizeof(struct mutant_patch)]; \
        const struct mutant_patch given_[] = {__VA_ARGS__};                                      \
        static struct mutant mutant_ = {                                                         \
            .name = #name_, .says = (says_), .file = __FILE__, .line = __LINE__};                \
        memcpy(patches, given_, sizeof(patches));                                                \
        mutant_.patches = patches;                                                               \
        mutant_.patch_count = sizeof(patches) / sizeof(patches[0]);                              \
        mutant_register(&mutant_);                                                               \
    }                                                                                            \
    struct cts_swallow_semicolon

/* The function that replaces one of api.txt; its type is checked. */
#define PATCH(function, replacement_)                                                      \
    {                                                                                      \
        .api = CTS_API_NUMBER(function), .replacement = (FARPROC)(__typeof__(&(function))) \
        {                                                                                  \
            (replacement_)                                                                 \
        }                                                                                  \
    }

void mutant_register(struct mutant *);

/* The registered mutants, sorted by name. */
const struct mutant *mutant_first(void);
const struct mutant *mutant_find(const char *name);

#endif
