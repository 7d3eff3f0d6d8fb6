/* calibrate.h - finds out whether cases can be started, watched and killed here. */
#ifndef CTS_CALIBRATE_H
#define CTS_CALIBRATE_H

#include "schedule.h"

/* What a probe has to give and gave. */
struct probe {
    const char *name, *proves;
    enum verdict verdict;
    enum cause cause;
    struct outcome outcome;
    bool right;
};

/* Runs the probes. Returns how many went wrong; 0: results can be believed. */
unsigned calibrate(unsigned jobs, double scale);

/* The probes of the last calibration. */
const struct probe *calibration(size_t *count);

#endif
