/*
 * journal.h - what a run with --json FILE has measured so far: FILE.journal.
 *
 * Lines of JSON. The first says which run it is; every other is one outcome of a case, or a trace
 * that was made afterwards, written by one call when it was there. So whatever ends a run loses
 * nothing, and --resume goes on from it. It is removed when the whole record is in its place.
 */
#ifndef CTS_JOURNAL_H
#define CTS_JOURNAL_H

#include "commands/results.h"

/* Opens a journal; with --resume takes up the one that is there and sets seed and start to its own.
 * 0, or the exit code after one line that says why not. */
int journal_open(struct run *, struct options *);

/* Begins a new one where none is taken up. Until then the journal of an earlier run stays. 0, or
 * the exit code after one line. */
int journal_begin(struct run *);

/* Calls TAKE for each outcome in it, in order; gives the results their traces. Nothing without
 * --resume. The outcome becomes TAKE's. 0, or the exit code after one line. */
int journal_replay(struct run *, void take(struct run *, struct result *, struct outcome *));

/* Appends. What cannot be written stops the run. Nothing without --json. */
void journal_outcome(const struct result *, const struct outcome *, double at);
void journal_trace(const struct result *);

/* Closes it. It is removed when the WHOLE record is in its place, or when nothing is in it. */
void journal_close(bool whole);

#endif
