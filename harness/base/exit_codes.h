/* exit_codes.h - how the program ends; others script against it. */
#ifndef CTS_EXIT_CODES_H
#define CTS_EXIT_CODES_H

enum {
    EXIT_AS_EXPECTED = 0,
    EXIT_UNEXPECTED = 1,
    EXIT_USAGE = 2,
    EXIT_NOTHING = 77,
    EXIT_UNTRUSTED = 99
};

#endif
