/* The journal of a run. */
#include "commands/journal.h"
#include "records/implementation.h"
#include "records/journal_text.h"
#include "case/path.h"
#include "report/report_json.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static HANDLE file = INVALID_HANDLE_VALUE;
static char *name;            /* FILE.journal */
static bool resumed, written; /* there is something in it that is worth keeping */
static bool kept;             /* it is another run's, and this one has not begun */
static bool broken;           /* the last line is not whole: nothing may follow it */
static ULONGLONG flushed;

/* ---- Writing */

static bool write_line(json_t *line)
{
    char *text = json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(17));
    size_t size = text ? strlen(text) : 0;
    DWORD count = 0;
    json_decref(line);
    if (!text)
        return false;
    text[size++] = '\n'; /* in place of the zero */
    bool whole = real(WriteFile)(file, text, (DWORD)size, &count, NULL) && count == size;
    free(text);
    /* What a power failure may take is a second's. */
    if (whole && GetTickCount64() - flushed >= 1000) {
        real(FlushFileBuffers)(file);
        flushed = GetTickCount64();
    }
    return whole;
}

static void append(json_t *line)
{
    static char why[600];
    char error[80];
    if (!broken && write_line(line)) {
        written = true;
        return;
    }
    broken = true;
    snprintf(why, sizeof(why),
             "cannot write %s: %s; make room and run the same command with --resume", name,
             error_text(GetLastError(), error, sizeof(error)));
    schedule_stop(why);
}

void journal_outcome(const struct result *result, const struct outcome *outcome, double at)
{
    if (file == INVALID_HANDLE_VALUE)
        return;
    append(journal_line_of(
        &(struct journal_entry){.id = result->test->id, .at = at, .outcome = *outcome}));
}

void journal_trace(const struct result *result)
{
    if (file == INVALID_HANDLE_VALUE)
        return;
    append(json_pack("{s:s, s:o}", "id", result->test->id, "traced",
                     json_of_text(result->outcome.trace)));
}

/* ---- Reading */

static size_t more(void *to, size_t size)
{
    DWORD got = 0;
    return real(ReadFile)(file, to, (DWORD)size, &got, NULL) ? got : 0;
}

static struct journal_reader in = {.more = more};

/* Goes on after the last whole line. */
static bool cut_at(ULONGLONG offset)
{
    LARGE_INTEGER to = {.QuadPart = (LONGLONG)offset};
    return real(SetFilePointerEx)(file, to, NULL, FILE_BEGIN) && real(SetEndOfFile)(file);
}

/* ---- The first line */

static json_t *hexadecimal(uint64_t number)
{
    char text[20];
    snprintf(text, sizeof(text), "%016llx", (unsigned long long)number);
    return json_string(text);
}

static uint64_t add_text(uint64_t sum, const char *text)
{
    return checksum(sum, text ? text : "", (text ? strlen(text) : 0) + 1);
}

/* Another build is another suite, whatever its revision says. */
static uint64_t program_checksum(void)
{
    char bytes[65536];
    DWORD got;
    uint64_t sum = CHECKSUM_START;
    HANDLE program =
        real(CreateFileW)(program_name(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                          OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    while (program != INVALID_HANDLE_VALUE &&
           real(ReadFile)(program, bytes, sizeof(bytes), &got, NULL) && got)
        sum = checksum(sum, bytes, got);
    real(CloseHandle)(program);
    return sum;
}

static uint64_t expectations_checksum(void)
{
    size_t count;
    uint64_t sum = CHECKSUM_START;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++) {
        sum = add_text(add_text(sum, all[i].case_id), all[i].reason);
        sum = checksum(sum, (int[]){all[i].verdict, all[i].cause, all[i].applies}, 3 * sizeof(int));
    }
    return sum;
}

static json_t *header(const struct run *run)
{
    const struct options *options = run->options;
    uint64_t ids = CHECKSUM_START;
    for (size_t i = 0; i < run->count; i++)
        ids = add_text(ids, run->results[i].test->id);
    json_t *line = json_of_origin();
    json_object_set_new(line, "program", hexadecimal(program_checksum()));
    json_object_set_new(line, "expectations", hexadecimal(expectations_checksum()));
    json_object_set_new(line, "cases", hexadecimal(ids));
    json_object_set_new(line, "--jobs", json_integer(options->jobs));
    json_object_set_new(line, "--repeat", json_integer(options->repeat));
    json_object_set_new(line, "--shuffle",
                        options->shuffle ? json_integer(options->seed) : json_null());
    json_object_set_new(line, "--timeout-scale", json_real(options->scale));
    json_object_set_new(line, "--fast", json_boolean(options->fast));
    json_object_set_new(line, "--trace", json_boolean(options->trace));
    json_object_set_new(line, "--mutant", json_of_text(options->mutant ? options->mutant : ""));
    json_object_set_new(line, "--label", json_of_text(options->label ? options->label : ""));
    json_object_set_new(line, "start", json_string(run->start));
    return line;
}

static int refuse(const char *format, const char *what)
{
    fprintf(stderr, "winipc-cts: ");
    fprintf(stderr, format, name, what);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

/* Takes the seed and the start of the run that is gone on with, and compares all else. */
static int take_header(struct run *run, struct options *options, json_t *line)
{
    json_t *seed = json_object_get(line, "--shuffle"), *own;
    const char *start = json_string_value(json_object_get(line, "start")), *key;
    if (!start || strlen(start) >= sizeof(run->start))
        return refuse("%s:1: this is no journal%s", "");
    snprintf(run->start, sizeof(run->start), "%s", start);
    if (options->shuffle && !options->seed_given && json_is_integer(seed))
        options->seed = (unsigned)json_integer_value(seed);

    int exit_code = 0;
    json_t *wanted = header(run);
    json_object_foreach(wanted, key, own)
    {
        if (exit_code || json_equal(own, json_object_get(line, key)))
            continue;
        exit_code =
            refuse("%s is of another run: its %s differs; without --resume a new one begins", key);
    }
    json_decref(wanted);
    return exit_code;
}

int journal_open(struct run *run, struct options *options)
{
    char error[80];
    if (!options->json)
        return 0;
    name = beside(options->json, ".journal");
    WCHAR *path = path_of(name);
    file = real(CreateFileW)(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_ALWAYS,
                             FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD code = GetLastError();
    free(path);
    if (file == INVALID_HANDLE_VALUE && code == ERROR_SHARING_VIOLATION)
        return refuse("%s is in use: another run writes there%s", "");
    if (file == INVALID_HANDLE_VALUE)
        return refuse("cannot write the results: %s: %s", error_text(code, error, sizeof(error)));
    kept = code == ERROR_ALREADY_EXISTS;
    if (kept && options->resume) {
        bool torn;
        json_t *line = journal_read(&in, &torn);
        int exit_code = line ? take_header(run, options, line) : 0;
        resumed = line != NULL;
        json_decref(line);
        if (exit_code || resumed)
            return exit_code;
    }
    if (options->resume)
        fprintf(stderr, "winipc-cts: there is no journal %s: a new run begins\n", name);
    return 0;
}

int journal_begin(struct run *run)
{
    char error[80];
    if (file == INVALID_HANDLE_VALUE || resumed)
        return 0;
    kept = false;
    if (!cut_at(0) || !write_line(header(run)))
        return refuse("cannot write the results: %s: %s",
                      error_text(GetLastError(), error, sizeof(error)));
    return 0;
}

/* ---- The other lines */

static struct result *result_of(struct run *run, const char *id)
{
    for (size_t low = 0, high = run->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(run->results[middle].test->id, id);
        if (order == 0)
            return &run->results[middle];
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

static bool take_line(struct run *run, const json_t *line,
                      void take(struct run *, struct result *, struct outcome *))
{
    struct journal_entry entry;
    if (!journal_entry_of(line, &entry))
        return false;
    struct result *result = result_of(run, entry.id);
    if (result && entry.traced) {
        free(result->outcome.trace);
        result->outcome.trace = copy_text(entry.traced);
        return true;
    }
    if (!result || result->taken >= run->options->repeat) {
        outcome_free(&entry.outcome);
        return false;
    }
    run->seconds_before = entry.at;
    result->replayed++;
    take(run, result, &entry.outcome);
    return true;
}

int journal_replay(struct run *run, void take(struct run *, struct result *, struct outcome *))
{
    bool torn = false;
    size_t size;
    if (!resumed)
        return 0;
    for (;;) {
        ULONGLONG whole = in.offset + in.line;
        json_t *line = journal_read(&in, &torn);
        bool taken = line && take_line(run, line, take);
        json_decref(line);
        if (taken)
            continue;
        if ((line || torn) && journal_read_line(&in, &size)) {
            char number[20];
            snprintf(number, sizeof(number), "%u", in.number - 1);
            return refuse("%s:%s: this line is broken; without --resume a new run begins", number);
        }
        free(in.text);
        return cut_at(whole) ? 0 : refuse("%s cannot be written%s", "");
    }
}

void journal_close(bool whole)
{
    if (file == INVALID_HANDLE_VALUE)
        return;
    real(CloseHandle)(file);
    file = INVALID_HANDLE_VALUE;
    WCHAR *path = path_of(name);
    if (whole || !(resumed || written || kept))
        real(DeleteFileW)(path);
    free(path);
}
