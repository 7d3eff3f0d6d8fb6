/* ladder.h - a few cases in the order in which an implementation grows: run --ladder. */
#ifndef CTS_LADDER_H
#define CTS_LADDER_H

#include "commands/options.h"

/* Ids of cases, from the first step up; ends with NULL. Part of a suite (tests/ladder.c). */
extern const char *const ladder[];

/* Runs them one by one, stops at the first that does not pass, and says what to do next. Returns
 * the exit code. */
int command_ladder(const struct options *);

#endif
