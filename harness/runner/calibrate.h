/*
 * calibrate.h - finds out whether cases can be started, watched and killed here, and what a run can
 * rely on. What makes every verdict worthless stops everything; without the rest a run goes on as
 * far as it tells the truth.
 */
#ifndef CTS_CALIBRATE_H
#define CTS_CALIBRATE_H

#include "base/lacks.h"
#include "runner/schedule.h"

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

#endif
