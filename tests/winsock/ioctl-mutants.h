/* ioctl-mutants.h - what the mutants of WSAIoctl share. */
#ifndef IOCTL_MUTANTS_H
#define IOCTL_MUTANTS_H

#include "winsock-mutants.h"

#include "option_numbers.h"

#include <mstcpip.h>

/* A WSAIoctl of one code whose failure with ERROR is told as INSTEAD (0: a success) where CONDITION
 * holds. */
#define IOCTL_FAILS(name, code_, condition, error, instead)      \
    static int WINAPI name(IOCTL_PARAMETERS)                     \
    {                                                            \
        int result = IOCTL;                                      \
        if (code != (DWORD)(code_) || !(condition))              \
            return result;                                       \
        return instead ? failure_renamed(result, error, instead) \
                       : failure_hidden(result, error, 0);       \
    }

/* A WSAIoctl of one code that tells another handle than the one that is asked for. */
#define TELLS_ANOTHER(name, code_)                        \
    static int WINAPI name(IOCTL_PARAMETERS)              \
    {                                                     \
        int result = IOCTL;                               \
        if (result == 0 && code == (DWORD)(code_) && out) \
            *(SOCKET *)out += 4;                          \
        return result;                                    \
    }

#endif
