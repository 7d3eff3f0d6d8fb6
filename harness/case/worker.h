/*
 * worker.h - a worker: one process that runs several cases, one after the other, each with a
 * folder, a record and a nonce of its own, and with the program's variables as they were at first.
 */
#ifndef CTS_WORKER_H
#define CTS_WORKER_H

#include <wchar.h>

/* In a worker's folder: a line for each case, WORKER_LINE of id, nonce, scale, mutant or "-",
 * trace, leaks. The case of line N, from 1, has the folder N in it. */
#define WORKER_LIST L"@list"
#define WORKER_LINE "%s %s %.3f %s %d %d\n"

/* In a case's folder, where leaks are asked for: what its second run left in the process, one line.
 */
#define WORKER_LEFT L"@left"

/* The exit code of a worker that does not go on: the last case left what it cannot clean. */
#define WORKER_STOPS 4

/* The process `@worker DIR`. Returns its exit code: 0 when all cases have run. */
int worker_main(const wchar_t *dir);

/* The variables of tests and mutants lie between these, in each of the two sections. */
extern char data_begin[16], data_end[16], bss_begin[16], bss_end[16];

#endif
