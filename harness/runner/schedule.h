/*
 * schedule.h - runs cases, one process each or several in a worker: started suspended in a
 * kill-on-close job, watched, its whole tree killed when it has ended, its verdicts taken from its
 * records.
 */
#ifndef CTS_SCHEDULE_H
#define CTS_SCHEDULE_H

#include "records/outcome.h"
#include "case/record.h"
#include "case/registry.h"

/*
 * One run of a case. In a worker, it is doubtful how it went when the worker did not go on after it
 * or was killed, and the test itself had not said FAIL; and always when the worker left processes.
 */
struct launch {
    const struct test_case *test;
    const char *mutant; /* name, or NULL */
    bool trace;
    bool in_worker; /* it may share a process with those that come before and after it */
    bool leaks;     /* a worker runs it twice, and the outcome saw what is "left" of the second */
    double scale;   /* --timeout-scale */
    unsigned limit_ms; /* instead of the case's own limit; 0: that one */
    void *context;     /* the caller's */
    struct outcome outcome;
};

/* Makes the folder that the cases' folders live in. NULL, or one line (to free) that says why not.
 */
char *schedule_open(void);

/* Removes it. */
void schedule_close(void);

/*
 * Runs launches, JOBS processes at a time, in the order in which NEXT gives them until it gives
 * NULL with none running, and calls DONE with each as its process ends. A launch stays the
 * caller's: from NEXT to DONE it must not move. Stops early, without calling DONE for those that
 * run, when the user interrupts or something is in trouble.
 */
void schedule(struct launch *next(void *context), unsigned jobs,
              void done(struct launch *, void *context), void *context);

/* The same for launches in an array. */
void schedule_list(struct launch *launches, size_t count, unsigned jobs,
                   void done(struct launch *, void *), void *context);

/* Stops all that runs, for good: WHY, one line that lives as long as the program. */
void schedule_stop(const char *why);

/* Why something stopped it, or NULL: nothing, or the user (Ctrl+C). */
const char *schedule_trouble(void);

/* True when the system's clock was seen to stand still; limits are counted in waits then. */
bool schedule_clock_stands(void);

/* True once it has been stopped, by the user or by trouble. */
bool schedule_stopped(void);

/* Runs a program that is no case, in no job, for LIMIT_MS at most, and ends it then. False: it
 * could not be started, or was ended; otherwise *exit_code is its own. The words may be written to.
 */
bool run_program(wchar_t *command_line, unsigned limit_ms, unsigned long *exit_code);

/* Mean seconds of starting an empty program and waiting for its end, over ROUNDS; negative: failed.
 */
double schedule_floor(unsigned rounds);

#endif
