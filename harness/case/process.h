/* process.h - one process of a case: the case's own or a peer's. */
#ifndef CTS_PROCESS_H
#define CTS_PROCESS_H

#include "case/record.h"

/* What a process was launched with. Files of the harness in the case's folder start with '@'. */
struct process {
    char id[200];     /* of the case or of the peer */
    char number[64];  /* "0": the case; "2": its second peer; "2-1": that one's first */
    const WCHAR *dir; /* the case's folder */
    char nonce[40];   /* proves that a record belongs to this launch */
    char mutant[100]; /* name, or "-" */
    double scale;     /* --timeout-scale */
    bool trace;
    bool in_worker;    /* further cases may follow in this process */
    DWORD main_thread; /* that runs the test function; 0: none has been run */
};
extern struct process process;

/* MILLISECONDS times --timeout-scale, rounded to the nearest. */
static inline DWORD scaled(DWORD milliseconds)
{
    return (DWORD)(milliseconds * process.scale + 0.5);
}

/* The command line words `@case ID DIR NONCE SCALE MUTANT TRACE` (and NUMBER for a peer). */
#define PROCESS_WORDS L"%ls %hs \"%ls\" %hs %.3f %hs %d %hs"

/* Runs the case or peer that the words argv[1..8] name. Returns the exit code: 0 when a verdict,
 * whatever it is, stands in the record. */
int process_main(int argc, wchar_t **argv);

/* The same in this process, for --no-isolation and workers: `process` is filled by the caller. */
int process_run(const TTest *test, int index);

/* A variable of the user's that selects libcheck tests would select none here. */
void forget_libcheck_variables(void);

/* Writes this process's verdict and ends the test: through libcheck on the main thread, by ending
 * the thread on any other. The first verdict of a process stands. */
void test_end(struct here, enum verdict, enum cause, const char *format, ...)
    CTS_NORETURN CTS_PRINTF(4, 5);

/* Ends the test on the main thread when another thread has already failed it. */
void test_end_if_failed(void);

/* The verdict that this process has written; VERDICT_NONE: none yet. */
enum verdict test_verdict(void);

/* DIR\@NUMBER.SUFFIX, a file of the harness. Lives until the process ends. */
const WCHAR *process_file(const char *number, const WCHAR *suffix);

/*
 * CreateProcessW, suspended and with FLAGS, for the harness's own starts. Tries three times: under
 * Wine a new process now and then finds the address of its shared data taken and the start fails,
 * which says nothing about what a test is about. A test's own CreateProcessW is bare.
 */
bool start_process(WCHAR *command_line, BOOL inherit, DWORD flags, STARTUPINFOW *,
                   PROCESS_INFORMATION *);

/* At the start of each thread of a test: leaves the crash handler some stack after an overflow. */
void crashes_begin(void);

/* Waits up to a millisecond, or to the next tick of the timer (15.6 ms on Windows). For polling,
 * between two looks at what is waited for. */
void nap(void);

/* peer.c: in the case's own process, before anything else: notes what it holds that is no test's.
 */
void handles_begin(void);
/* Reads what this peer was given; fails the case when it holds handles it was not given. */
void peers_receive(void);
/* Before a test function runs: nothing that libcheck or the launcher opened may reach a child. */
void handles_seal(void);
/* How many handles this process has open; with gaps of many closed ones it may be less. */
DWORD handles_count(void);
/* When it has returned: joins what the test did not join. When it has failed: kills them. */
void peers_finish(void);
void peers_kill(void);
/* Another case comes: nothing is known of the peers of the last one. */
void peers_forget(void);
/* thread.c: joins the threads that the test did not join. */
void threads_finish(void);
void threads_forget(void); /* the same for threads */

#endif
