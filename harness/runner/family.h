/*
 * family.h - the processes of a case: its own and all that it starts, to be counted and ended
 * together.
 *
 * A job object of their own holds them. Where the runner is in a job itself that refuses nested
 * ones (before Windows 8; a job with limits on the user interface), the case breaks away from that
 * job; and where it may not, or there are no jobs, the family is what descends from the case's
 * process by parent ids. A descendant whose own parent has ended is not found then.
 */
#ifndef CTS_FAMILY_H
#define CTS_FAMILY_H

#include "cts.h"

enum family_by { FAMILY_BY_JOB, FAMILY_BY_JOB_OF_ITS_OWN, FAMILY_BY_PARENT };

/* Owned by who started it, until family_close. */
struct family {
    HANDLE process; /* the first of them */
    HANDLE job;     /* NULL: found by parent ids */
};

/*
 * Starts COMMAND_LINE, inheriting handles, and lets it run when it can be held. False, with the
 * last error, when it cannot be: then nothing runs.
 */
bool family_start(struct family *, WCHAR *command_line, STARTUPINFOW *);

/* Gives this process a console, which families share, where it has none. False: it has one. */
bool family_give_console(void);

/* How many of them run; waits a moment for those that are just ending. In a job those of other
 * programs are not counted: a test starts none, and those of the system are nobody's leak. */
DWORD family_left(const struct family *);

/* Ends those that run, and waits up to 5 s for the first. False: that one is still there. */
bool family_kill(const struct family *);

/* Says that jobs were seen to hold who is in them: no need to look for them otherwise any more. */
void family_job_holds(void);

/* Closes the handles; with a job, this kills what still runs. */
void family_close(struct family *);

/* By what families are held: the best that has worked in this run so far. Tests lower it. */
enum family_by family_held_by(void);
void family_hold_by(enum family_by);

#endif
