/*
 * The readers of text from outside, natively, under libFuzzer: `make fuzz` says how. READER is the
 * one that is fed: 1 records of expectations, 2 records of assertions, 3 verdict records, 4 words
 * of the command line, 5 a journal, 6 results.json.
 */
#include "records/expectations.c" /* its records are forgotten between inputs */
#include "records/implementation.h"
#include "records/journal_text.h"
#include "base/lacks.h"
#include "base/memory.h"
#include "commands/options.h"
#include "case/path.h"
#include "records/reader.h"
#include "base/rec.h"
#include "base/record_text.h"
#include "base/text.h"

#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- What the readers ask of Win32 */

const struct implementation *implementation(void)
{
    static const struct implementation wine = {
        .family = "wine", .version = "8.0", .build = "", .arch = "x86_64", .host = ""};
    return &wine;
}

const struct embedded embedded_expectations[] = {{NULL, NULL}};

bool lacks(enum lack what)
{
    (void)what;
    return false;
}

char *text_of_file(const char *name, size_t limit, size_t *size, char **problem)
{
    (void)limit, (void)size;
    *problem = rec_problem(name, 0, "cannot read this file");
    return NULL;
}

/* ---- The readers */

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* What has been accepted is text without control characters, and shown as it is. */
static void check_text(const char *text)
{
    char *shown = printable(text);
    check(utf8_length(text, strlen(text)) == strlen(text));
    check(utf8_length(shown, strlen(shown)) == strlen(shown));
    free(shown);
}

static void read_records(const char *text, size_t size, const struct rec_kind *kind)
{
    struct rec_file file = rec_read("f", text, size, kind);
    check(!file.problem || !strncmp(file.problem, "f:", 2));
    for (size_t i = 0; i < file.count && !file.problem; i++)
        for (size_t k = 0; k < file.records[i].count; k++)
            check_text(file.records[i].fields[k].value);
    rec_free(&file);
}

static void read_expectations(const char *text, size_t size)
{
    struct rec_file file = rec_read("f", text, size, rec_expectations);
    for (size_t i = 0; i < file.count && !file.problem; i++)
        file.problem = add("f", &file.records[i]);
    list_count = 0;
    rec_free(&file);
}

static void read_verdict_record(const uint8_t *data, size_t size)
{
    static const char HEAD[] = "winipc-cts 1 nonce who\n";
    char *text = grow(NULL, sizeof(HEAD) + size);
    memcpy(text, HEAD, sizeof(HEAD) - 1);
    memcpy(text + sizeof(HEAD) - 1, data, size);
    text[sizeof(HEAD) - 1 + size] = '\0';
    struct record record = record_parse(text, sizeof(HEAD) - 1 + size, "nonce");
    check(!record.finished || record.started || record.untrusted);
    record_free(&record);
    free(text);
}

static void read_words(const uint8_t *data, size_t size)
{
    char *text = grow(NULL, size + 1), *words[40] = {"winipc-cts"};
    struct options options;
    int count = 1, exit_code = 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *word = strtok(text, "\n"); word && count < 39; word = strtok(NULL, "\n"))
        words[count++] = word;
    optind = 0; /* GNU getopt forgets what it was in the middle of */
    getopt(1, words, "");
    if (options_read(count, words, &options, &exit_code)) {
        check(options.jobs <= 60 && options.repeat >= 1 && options.scale > 0);
        bool valid;
        for (const char **pattern = options.patterns; pattern && *pattern; pattern++)
            version_meets("8.0", *pattern, &valid);
    }
    free(options.patterns);
    free(options.excludes);
    free(options.expects);
    free(text);
}

static struct {
    const uint8_t *data;
    size_t left, piece; /* bytes to come; so many at a time */
} journal;

static size_t more(void *to, size_t size)
{
    size_t got = size < journal.piece ? size : journal.piece;
    got = got < journal.left ? got : journal.left;
    memcpy(to, journal.data, got);
    journal.data += got;
    journal.left -= got;
    return got;
}

static char *line_of(const struct journal_entry *entry)
{
    json_t *line = journal_line_of(entry);
    char *text = json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(17));
    json_decref(line);
    return text;
}

/* What was read from a line is what is read from the line that would be written of it. */
static void check_entry(const struct journal_entry *entry)
{
    struct journal_entry again;
    char *text = line_of(entry);
    json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    check(journal_entry_of(line, &again));
    char *same = line_of(&again);
    check(!strcmp(text, same));
    outcome_free(&again.outcome);
    json_decref(line);
    free(text);
    free(same);
}

/* The first byte says how long the pieces are in which it comes. */
static void read_journal(const uint8_t *data, size_t size)
{
    struct journal_reader in = {.more = more};
    journal.data = data + (size > 0);
    journal.left = size - (size > 0);
    journal.piece = size ? data[0] + 1u : 1;
    for (;;) {
        bool broken;
        struct journal_entry entry;
        json_t *line = journal_read(&in, &broken);
        if (!line && !broken)
            break;
        if (line && journal_entry_of(line, &entry)) {
            if (!entry.traced)
                check_entry(&entry);
            outcome_free(&entry.outcome);
        }
        json_decref(line);
    }
    check(!memchr(in.text + in.line, '\n', in.used - in.line));
    check(in.offset + in.used == size - (size > 0) && journal.left == 0);
    free(in.text);
}

static void read_results(const char *text, size_t size)
{
    struct results results;
    char *problem = results_of_text("f", text, size, &results);
    check(!problem || !strncmp(problem, "f:", 2));
    free(problem);
    if (problem)
        return;
    json_decref(results_counts(json_object_get(results.all, "cases")));
    for (size_t i = 0; i < results.count; i++) {
        check(is_id(results.cases[i].id) && *results_label(&results.cases[i]));
        check(results_find(&results, results.cases[i].id) == &results.cases[i]);
    }
    results_free(&results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#if READER == 1
    read_records((const char *)data, size, rec_expectations);
    read_expectations((const char *)data, size);
#elif READER == 2
    read_records((const char *)data, size, rec_assertions);
#elif READER == 3
    read_verdict_record(data, size);
#elif READER == 4
    read_words(data, size);
#elif READER == 5
    read_journal(data, size);
#else
    read_results((const char *)data, size);
#endif
    return 0;
}
