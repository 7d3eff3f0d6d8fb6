/* lacks.h - what a run has to go without where it runs, as calibration finds. No Win32. */
#ifndef CTS_LACKS_H
#define CTS_LACKS_H

#include <stdbool.h>

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

/* Whether the run goes without this, by the last calibration and since. */
bool lacks(enum lack);

/* "leaks", for programs; what is given up, for people. */
const char *lack_name(enum lack);
const char *lack_says(enum lack);

#endif
