/* results.h - a run and its results, and the forms they are reported in. */
#ifndef CTS_RESULTS_H
#define CTS_RESULTS_H

#include <stdio.h>

#include "records/expectations.h"
#include "commands/options.h"
#include "records/reader.h"
#include "runner/schedule.h"

/* A case's result. With --repeat: its last unexpected one, or else its last. */
struct result {
    const struct test_case *test;
    struct outcome outcome;                /* VERDICT_NONE: not run */
    const struct expectation *expectation; /* the one that applies, or NULL */
    bool expected;                         /* the verdict is what is expected here */
    unsigned tally[UNTESTED + 1];          /* how often each verdict came */
    unsigned taken, replayed;              /* outcomes so far; those from the journal */
};

/* A function under test that cases of the run can call, that the claimed version of Windows has,
 * and that is not there. */
struct missing {
    const char *module, *name;
    const struct expectation *expectation; /* NULL: nobody knew */
};

struct run {
    const struct options *options;
    char *command_line;
    struct result *results;
    size_t count;
    FILE *tap, *junit, *html; /* NULL: not asked for */
    unsigned tap_number;
    char start[24], end[24]; /* UTC, ISO 8601 */
    double seconds;          /* of the cases, without calibration and traces */
    double seconds_before;   /* those of them that were measured before --resume */
    double floor_seconds;    /* mean of starting an empty program; negative: not measured */
    uint64_t process_starts; /* in those seconds */
    uint64_t waited_ms;      /* declared waits in them, over all processes */
    unsigned unexpected, stale, late;
    struct missing *missing;
    unsigned missing_count, unexpectedly_missing;
    bool complete; /* nothing was left out */
};

/* Fills `missing` of a run whose cases are selected, in the order of names. */
void find_missing(struct run *);

/* What expectations call a function that is missing: "missing.createfilemappingnumaa". */
void case_of_function(char *id, size_t size, const char *name);

/* Whether an expectation names neither a case nor a function. */
bool stale_case(const struct expectation *);

/* Why an expectation is of no use: its case, or its missing function, is not what it was. NULL: it
 * is of use. */
const char *stale_because(const struct expectation *);

/* verdict_label of a result. */
const char *result_label(const struct result *);

/* Text for people. report_progress: DONE of TOTAL launches (at least one) took SECONDS, or 0 where
 * that says nothing of the rest; TEST was the last. report_case prints an unexpected result at
 * length; report_evidence is all of that but its first line, to free. */
void report_progress(const struct run *, size_t done, size_t total, double seconds,
                     const struct test_case *test);
void report_no_progress(void);
char *report_evidence(const struct result *);
void report_case(FILE *, const struct result *);
void report_line(FILE *, const struct result *);
void report_trace(FILE *, const struct result *);
void report_summary(FILE *, const struct run *);

/* TAP: one line a case, as it ends. */
void report_tap_plan(FILE *, uint64_t count);
void report_tap_case(struct run *, const struct result *);

/* JUnit's XML of the whole run. */
void report_junit(FILE *, const struct run *);

/* A page for a browser, with a column for each record. */
void report_html(FILE *, const struct results *columns, size_t count);

/* Writes a record to a new file that then replaces NAME. False with one line on stderr, which sends
 * to the run's JOURNAL where there is one. */
bool report_record(const json_t *record, const char *name, bool journal);

/* Empties a file of begin_output, which until then has what an earlier run wrote there. NULL and
 * standard output are left alone. */
void begin_writing(FILE *);

/* After each line of TAP: when it could not be written, everything is stopped. */
void tap_check(FILE *);

/* Closes the file of WHAT (or standard output). False, with one line on stderr, when not all of it
 * could be written. */
bool end_output(FILE *, const char *what);

/* Says why everything was stopped, and returns the exit code. */
int end_stopped(void);

int command_run(const struct options *, char *command_line);
int command_list(const struct options *);
int command_show(const struct options *);
int command_doctor(const struct options *);
int command_mutants(const struct options *);
int command_compare(const struct options *);
int command_extract(const struct options *);
int command_gate(const struct options *);
int command_matrix(const struct options *);
int command_merge(const struct options *);
int command_expect(const struct options *);

/* list --expectations: those of the files, or of the program; the exit code. */
int list_expectations(const struct options *);

/*
 * What commands begin with: 0, or the exit code after one line that says what is wrong. Selection:
 * EXIT_NOTHING when no case is left. Shard: leaves those of the shard. Expectations: those of the
 * program and of --expect. Mutant: that --mutant exists. Output: --json, --tap, --junit and --html
 * can be written; opens the latter three. Apart: WHAT does not go to the RECORD that it is made of.
 * Launches: makes the folder for cases and calibrates; schedule_close ends them. Results: reads a
 * record, to results_free. All_results: reads those that the patterns name, to results_free_all.
 * Failed: leaves of the selected cases those that the record of
 * --json has as unexpected; EXIT_NOTHING when there is none.
 */
int begin_selection(const struct options *, const struct test_case ***selected, size_t *count);
int begin_expectations(const struct options *);
int begin_mutant(const struct options *);
int begin_output(const struct options *, FILE **tap, FILE **junit, FILE **html);
int begin_apart(const char *record, const char *what, const char *name);
int begin_shard(const struct options *, const struct test_case **selected, size_t *count);
int begin_launches(const struct options *);
int begin_results(const char *name, struct results *);
int begin_all_results(const struct options *, struct results **, size_t *count);
int begin_failed(const struct options *, const struct test_case **selected, size_t *count);

#endif
