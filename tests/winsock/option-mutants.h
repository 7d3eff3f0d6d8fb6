/* option-mutants.h - what the mutants of options share. */
#ifndef OPTION_MUTANTS_H
#define OPTION_MUTANTS_H

#include "winsock-mutants.h"

#include "option_numbers.h"

#define IS_OPTION(level_, option_) (level == (level_) && option == (option_))

/* A getsockopt that succeeds with 0 where CONDITION holds and it would fail. */
#define GET_SUCCEEDS(name, condition)                   \
    static int WINAPI get_##name(GET_PARAMETERS)        \
    {                                                   \
        int result = GET;                               \
        if (result == SOCKET_ERROR && (condition)) {    \
            memset(value, 0, size ? (size_t)*size : 0); \
            return 0;                                   \
        }                                               \
        return result;                                  \
    }

/* A setsockopt that succeeds where CONDITION holds, and does nothing there. */
#define SET_SUCCEEDS(name, condition)            \
    static int WINAPI set_##name(SET_PARAMETERS) \
    {                                            \
        return (condition) ? 0 : SET;            \
    }

/* A getsockopt and a setsockopt that know an option where CONDITION holds. */
#define KNOWS(name, condition)    \
    GET_SUCCEEDS(name, condition) \
    SET_SUCCEEDS(name, condition)

/* A setsockopt that says that it succeeds where CONDITION holds, whatever has become of it. */
#define SET_TAKES(name, condition)               \
    static int WINAPI set_##name(SET_PARAMETERS) \
    {                                            \
        int result = SET;                        \
        return (condition) ? 0 : result;         \
    }

/* A setsockopt that fails with ERROR where CONDITION holds. */
#define SET_REFUSES(name, condition, error)             \
    static int WINAPI set_##name(SET_PARAMETERS)        \
    {                                                   \
        return (condition) ? socket_fails(error) : SET; \
    }

/* A getsockopt, a setsockopt that fails otherwise than with ERROR where CONDITION holds. */
#define GET_FAILS(name, condition, error, instead)                             \
    static int WINAPI get_##name(GET_PARAMETERS)                               \
    {                                                                          \
        int result = GET;                                                      \
        return (condition) ? failure_renamed(result, error, instead) : result; \
    }
#define SET_FAILS(name, condition, error, instead)                             \
    static int WINAPI set_##name(SET_PARAMETERS)                               \
    {                                                                          \
        int result = SET;                                                      \
        return (condition) ? failure_renamed(result, error, instead) : result; \
    }

/* A getsockopt that tells TOLD where CONDITION holds. */
#define GET_TELLS(name, condition, told)         \
    static int WINAPI get_##name(GET_PARAMETERS) \
    {                                            \
        int result = GET;                        \
        if (result == 0 && (condition))          \
            *(DWORD *)value = (told);            \
        return result;                           \
    }

/* A getsockopt that does not tell how much room it needs when it fails where CONDITION holds. */
#define GET_TELLS_NO_ROOM(name, condition)                 \
    static int WINAPI get_##name(GET_PARAMETERS)           \
    {                                                      \
        int room = size ? *size : 0, result = GET;         \
        if (result == SOCKET_ERROR && size && (condition)) \
            *size = room;                                  \
        return result;                                     \
    }

#endif
