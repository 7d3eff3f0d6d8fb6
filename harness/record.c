/* The verdict record: written by a case's processes, read by whoever started them. */
#include "record.h"
#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VERDICTS[] = {"", "PASS", "FAIL", "UNRESOLVED", "UNSUPPORTED", "UNTESTED"};
static const char *const CAUSES[] = {"-", "assertion", "crash", "timeout", "leak"};

const char *verdict_name(enum verdict verdict)
{
    return VERDICTS[verdict];
}

const char *cause_name(enum cause cause)
{
    return cause == CAUSE_NONE ? NULL : CAUSES[cause];
}

/* ---- Writing */

static HANDLE file = INVALID_HANDLE_VALUE;
static char file_nonce[64];
static bool finished; /* a crash after that line changes no verdict */

bool record_open(const WCHAR *path, const char *nonce, const char *who)
{
    snprintf(file_nonce, sizeof(file_nonce), "%s", nonce);
    file = real.CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ, NULL, CREATE_NEW,
                            FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    char head[512];
    int size = snprintf(head, sizeof(head), "winipc-cts 1 %s %s\nstarted\n", nonce, who);
    DWORD written;
    return real.WriteFile(file, head, (DWORD)size, &written, NULL) && written == (DWORD)size;
}

/* One WriteFile a line to a file opened for appending: lines of several threads never mix. */
void record_line(const char *key, const char *format, ...)
{
    char text[3072], line[6300];
    va_list arguments;
    if (finished && !strcmp(key, "crash"))
        return;
    finished |= !strcmp(key, "finished");
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);

    size_t used = (size_t)snprintf(line, 64, "%s ", key);
    for (const char *c = text; *c; c++) {
        if (*c == '\n' || *c == '\r' || *c == '\\') {
            line[used++] = '\\';
            line[used++] = *c == '\n' ? 'n' : *c == '\r' ? 'r' : '\\';
        } else {
            line[used++] = *c;
        }
    }
    line[used++] = '\n';
    if (file != INVALID_HANDLE_VALUE)
        real.WriteFile(file, line, (DWORD)used, &(DWORD){0}, NULL);
}

void record_crash(const char *line)
{
    DWORD written;
    if (!finished && file != INVALID_HANDLE_VALUE)
        real.WriteFile(file, line, (DWORD)strlen(line), &written, NULL);
}

/* ---- Reading */

char *file_read(const WCHAR *path, size_t limit, uint64_t *size)
{
    HANDLE handle =
        real.CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                         NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (handle == INVALID_HANDLE_VALUE)
        return NULL;
    LARGE_INTEGER whole = {.QuadPart = 0};
    real.GetFileSizeEx(handle, &whole);
    if (size)
        *size = (uint64_t)whole.QuadPart;
    size_t wanted = (uint64_t)whole.QuadPart < limit ? (size_t)whole.QuadPart : limit;
    char *text = grow(NULL, wanted + 1);
    DWORD got = 0;
    if (text && !real.ReadFile(handle, text, (DWORD)wanted, &got, NULL)) {
        free(text);
        text = NULL;
    }
    if (text)
        text[got] = '\0';
    real.CloseHandle(handle);
    return text;
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
    for (enum cause c = CAUSE_NONE; cause && c <= CAUSE_LEAK; c++)
        if (!strcmp(cause, CAUSES[c]))
            record->cause = c;
    if (record->verdict == VERDICT_NONE)
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
        record->waited += (unsigned)strtoul(text, NULL, 10);
    } else if (!strcmp(line, "saw")) {
        char *value = strchr(text, ' ');
        value = value ? (*value = '\0', value + 1) : text + strlen(text);
        record->saw = grow(record->saw, (record->saw_count + 1) * sizeof(*record->saw));
        record->saw[record->saw_count++] =
            (struct saw){.key = copy_text(text), .text = copy_text(unescape(value))};
    } else if (!strcmp(line, "excused")) {
        record->excused =
            grow(record->excused, (record->excused_count + 1) * sizeof(*record->excused));
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

struct record record_read(const WCHAR *path, const char *nonce)
{
    struct record record = {.verdict = VERDICT_NONE};
    uint64_t size;
    char *text = file_read(path, 1 << 20, &size);
    if (!text)
        return record;
    record.exists = true;
    if (strlen(text) != size)
        untrusted(&record, "it holds a zero byte or more than a mebibyte");

    char head[128];
    int head_size = snprintf(head, sizeof(head), "winipc-cts 1 %s ", nonce);
    if (strncmp(text, head, (size_t)head_size))
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
    free(text);
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
