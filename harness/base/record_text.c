/* The verdict record as text: read by whoever started the process that wrote it. No Win32. */
#include "base/record_text.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VERDICTS[] = {"", "PASS", "FAIL", "UNRESOLVED", "UNSUPPORTED", "UNTESTED"};
static const char *const CAUSES[] = {"-", "assertion", "crash", "timeout", "leak"};

const char *verdict_name(enum verdict verdict)
{
    return VERDICTS[verdict];
}

const char *verdict_label(enum verdict verdict, bool known, bool expected, bool late)
{
    if (verdict == VERDICT_NONE || verdict == UNTESTED)
        return "NOT RUN";
    if (!known)
        return late ? "LATE" : verdict_name(verdict);
    return expected ? "XFAIL" : verdict == PASS ? "XPASS" : verdict_name(verdict);
}

const char *cause_name(enum cause cause)
{
    return cause == CAUSE_NONE ? NULL : CAUSES[cause];
}

enum verdict verdict_named(const char *name)
{
    enum verdict verdict = UNTESTED;
    while (verdict != VERDICT_NONE && (!name || strcmp(name, VERDICTS[verdict])))
        verdict--;
    return verdict;
}

enum cause cause_named(const char *name)
{
    enum cause cause = CAUSE_LEAK;
    while (cause != CAUSE_NONE && (!name || strcmp(name, CAUSES[cause])))
        cause--;
    return cause;
}

static void untrusted(struct record *record, const char *why)
{
    if (!record->untrusted)
        record->untrusted = copy_text(why);
}

static char *unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '\\' && from[1]) {
            from++;
            *to++ = *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

static void replace(char **member, char *text)
{
    free(*member);
    *member = copy_text(unescape(text));
}

static void read_verdict(struct record *record, char *text)
{
    char *cause = strchr(text, ' ');
    if (record->verdict != VERDICT_NONE)
        untrusted(record, "it holds a second verdict");
    if (cause)
        *cause++ = '\0';
    for (enum verdict v = PASS; v <= UNTESTED; v++)
        if (!strcmp(text, VERDICTS[v]))
            record->verdict = v;
    bool known = false;
    for (enum cause c = CAUSE_NONE; cause && c <= CAUSE_LEAK; c++)
        if (!strcmp(cause, CAUSES[c])) {
            record->cause = c;
            known = true;
        }
    if (record->verdict == VERDICT_NONE || !known)
        untrusted(record, "it holds a verdict that does not exist");
}

static void read_line(struct record *record, char *line, const char *nonce)
{
    char *text = strchr(line, ' ');
    text = text ? (*text = '\0', text + 1) : line + strlen(line);
    if (record->finished) {
        untrusted(record, "it goes on after its end");
    } else if (!strcmp(line, "started")) {
        record->started = true;
    } else if (!record->started) {
        untrusted(record, "its process never started the test");
    } else if (!strcmp(line, "at")) {
        replace(&record->checkpoint, text);
    } else if (!strcmp(line, "wait")) {
        unsigned long waited = 0;
        if (!read_whole(text, 0, 4294967295, &waited))
            untrusted(record, "it holds a wait that is no number");
        record->waited += (unsigned)waited;
    } else if (!strcmp(line, "took")) {
        unsigned long took = 0; /* microseconds */
        if (!read_whole(text, 0, 4294967295, &took))
            untrusted(record, "it holds a time that is no number");
        record->took = (double)took / 1e6;
    } else if (!strcmp(line, "saw")) {
        char *value = strchr(text, ' ');
        value = value ? (*value = '\0', value + 1) : text + strlen(text);
        record->saw = grow_list(record->saw, record->saw_count + 1, sizeof(*record->saw));
        record->saw[record->saw_count++] =
            (struct saw){.key = copy_text(text), .text = copy_text(unescape(value))};
    } else if (!strcmp(line, "excused")) {
        record->excused =
            grow_list(record->excused, record->excused_count + 1, sizeof(*record->excused));
        record->excused[record->excused_count++] = copy_text(text);
    } else if (!strcmp(line, "crash")) {
        replace(&record->crash, text);
    } else if (!strcmp(line, "verdict")) {
        read_verdict(record, text);
    } else if (!strcmp(line, "message")) {
        replace(&record->message, text);
    } else if (!strcmp(line, "place")) {
        replace(&record->place, text);
    } else if (!strcmp(line, "finished")) {
        record->finished = true;
        if (strcmp(text, nonce))
            untrusted(record, "its last line does not carry this launch's nonce");
    } else {
        untrusted(record, "it holds a line that no process of this suite writes");
    }
}

struct record record_parse(char *text, uint64_t size, const char *nonce)
{
    struct record record = {.verdict = VERDICT_NONE, .exists = true};
    if (strlen(text) != size)
        untrusted(&record, "it holds a zero byte or more than a mebibyte");

    char head[128];
    size_t head_size = (size_t)snprintf(head, sizeof(head), "winipc-cts 1 %s ", nonce);
    size_t there = strlen(text); /* less: the process died before it had written the line */
    if (strncmp(text, head, there < head_size ? there : head_size))
        untrusted(&record, "its first line does not carry this launch's nonce");

    char *line = strchr(text, '\n');
    while (line && *++line) {
        char *end = strchr(line, '\n');
        if (!end) /* the process died while it wrote this line */
            break;
        *end = '\0';
        read_line(&record, line, nonce);
        line = end;
    }
    return record;
}

void record_free(struct record *record)
{
    for (size_t i = 0; i < record->saw_count; i++) {
        free(record->saw[i].key);
        free(record->saw[i].text);
    }
    for (size_t i = 0; i < record->excused_count; i++)
        free(record->excused[i]);
    free(record->saw);
    free(record->excused);
    free(record->untrusted);
    free(record->message);
    free(record->place);
    free(record->crash);
    free(record->checkpoint);
    *record = (struct record){.verdict = VERDICT_NONE};
}
