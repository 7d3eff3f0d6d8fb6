/* stdio-mutants.h - what the mutants of stdio share. */
#ifndef STDIO_MUTANTS_H
#define STDIO_MUTANTS_H

#include "../inherit/inherit-mutants.h"

static inline BOOL WINAPI none(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW flagged = *startup;
    if ((startup->dwFlags & STARTF_USESTDHANDLES) || (flags & EXTENDED_STARTUPINFO_PRESENT))
        return CREATE_PROCESS(inherit, flags, startup);
    flagged.dwFlags |= STARTF_USESTDHANDLES;
    flagged.hStdInput = flagged.hStdOutput = flagged.hStdError = NULL;
    return CREATE_PROCESS(inherit, flags, &flagged);
}

/* Creates the child as if STARTUPINFO had given it its parent's standard handles. */
static inline BOOL with_the_parents(CREATE_PROCESS_PARAMETERS)
{
    STARTUPINFOW parents = *startup;
    parents.dwFlags |= STARTF_USESTDHANDLES;
    parents.hStdInput = real(GetStdHandle)(STD_INPUT_HANDLE);
    parents.hStdOutput = real(GetStdHandle)(STD_OUTPUT_HANDLE);
    parents.hStdError = real(GetStdHandle)(STD_ERROR_HANDLE);
    return CREATE_PROCESS(inherit, flags, &parents);
}

#define ARGUMENTS \
    program, words, of_process, of_thread, inherit, flags, environment, directory, startup, info

/* CreateProcess for one kind of console: WHAT is done where STARTUPINFO gives handles, or none. */
#define FOR_CONSOLE(name, flag, given, what)                                             \
    static BOOL WINAPI name(CREATE_PROCESS_PARAMETERS)                                   \
    {                                                                                    \
        if (!(flags & (flag)) || !!(startup->dwFlags & STARTF_USESTDHANDLES) != (given)) \
            return CREATE_PROCESS(inherit, flags, startup);                              \
        return what(ARGUMENTS);                                                          \
    }

#endif
