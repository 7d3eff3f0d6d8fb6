/*
 * calibrate.h - finds out whether cases can be started, watched and killed here, and what a run can
 * rely on. What makes every verdict worthless stops everything; without the rest a run goes on as
 * far as it tells the truth.
 */
#ifndef CTS_CALIBRATE_H
#define CTS_CALIBRATE_H

#include "schedule.h"

/* What a run goes without. */
enum lack {
    LACKS_NOTHING,
    LACKS_JOBS,    /* families are held by parent ids */
    LACKS_LEAKS,   /* no verdict tells of processes that outlive their case */
    LACKS_PEERS,   /* cases that start a second process are UNSUPPORTED */
    LACKS_CRASHES, /* a crash may end as something else */
    LACKS_KILLS,   /* the process of a case that hangs stays */
    LACKS_CLOCK,   /* limits are counted in waits */
    LACK_COUNT
};

/* What a probe has to give and gave. */
struct probe {
    const char *name, *proves;
    enum verdict verdict;
    enum cause cause;
    enum lack otherwise; /* LACKS_NOTHING: nothing can be believed without */
    struct outcome outcome;
    bool right;
};

/* Runs the probes. Returns how many went so wrong that nothing can be believed; 0: results can be,
 * but for what lacks() says. */
unsigned calibrate(unsigned jobs, double scale);

/* The probes of the last calibration. */
const struct probe *calibration(size_t *count);

/* Whether the run goes without this, by the last calibration and since. */
bool lacks(enum lack);

/* "leaks", for programs; what is given up, for people. */
const char *lack_name(enum lack);
const char *lack_says(enum lack);

#endif
