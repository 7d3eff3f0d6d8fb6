/* GNU recutils text: fields `Name: value`, continued by lines that start with '+', records apart by
 * blank lines, comments by '#'. build-aux/rec.awk reads the same, in the same words. */
#include "base/rec.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const struct rec_kind rec_assertions[] = {
    {"Id", true, NULL},       {"Says", true, NULL},      {"Page", true, NULL},
    {"Heading", false, NULL}, {"Revision", false, NULL}, {"Level", true, "required conflict open"},
    {"Since", false, NULL},   {"Evidence", false, NULL}, {"Mutants", false, NULL},
    {"Reason", false, NULL},  {NULL, false, NULL},
};

const struct rec_kind rec_expectations[] = {
    {"Implementation", true, "wine windows reactos"},
    {"Versions", false, NULL},
    {"Arch", false, "x86_64 i686 aarch64"},
    {"Case", true, NULL},
    {"Verdict", true, "FAIL UNRESOLVED UNSUPPORTED"},
    {"Cause", false, "assertion crash timeout leak"},
    {"Reason", true, NULL},
    {"Evidence", true, NULL},
    {"Bug", false, NULL},
    {NULL, false, NULL},
};

const struct rec_kind rec_pages[] = {
    {"Page", true, NULL},  {"Revision", true, NULL}, {"Statements", true, NULL},
    {"Else", false, NULL}, {NULL, false, NULL},
};

struct reading {
    const char *name;
    int number; /* of the line */
    bool descriptor;
    const struct rec_kind *kind;
    struct rec record;   /* the one that is being read */
    size_t length, room; /* of its last value; its allocated size */
    struct rec_file file;
};

char *rec_problem(const char *file, int line, const char *what, ...)
{
    char text[600], *shown = printable(file);
    va_list arguments;
    va_start(arguments, what);
    vsnprintf(text, sizeof(text), what, arguments);
    va_end(arguments);
    size_t size = strlen(shown) + strlen(text) + 20;
    char *problem = grow(NULL, size);
    if (line)
        snprintf(problem, size, "%s:%d: %s", shown, line, text);
    else
        snprintf(problem, size, "%s: %s", shown, text);
    free(shown);
    return problem;
}

static char *copy(const char *from, size_t size)
{
    char *to = grow(NULL, size + 1);
    memcpy(to, from, size);
    to[size] = '\0';
    return to;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const struct rec_kind *kind_of(const struct rec_kind *kind, const char *name)
{
    while (kind->field && strcmp(kind->field, name))
        kind++;
    return kind->field ? kind : NULL;
}

/* ---- A record that is complete */

static bool is_one_of(const char *value, const char *values)
{
    size_t size = strlen(value);
    for (const char *one = values; *one; one += strspn(one, " ")) {
        size_t length = strcspn(one, " ");
        if (length == size && !memcmp(one, value, size))
            return true;
        one += length;
    }
    return false;
}

static void judge(struct reading *r)
{
    for (const struct rec_kind *kind = r->kind; kind->field && !r->file.problem; kind++) {
        const char *value = rec_get(&r->record, kind->field);
        if (!value && kind->needed)
            r->file.problem =
                rec_problem(r->name, r->record.line, "a record without %s", kind->field);
        else if (value && !*value)
            r->file.problem =
                rec_problem(r->name, rec_line(&r->record, kind->field), "%s is empty", kind->field);
        else if (value && kind->values && !is_one_of(value, kind->values))
            r->file.problem = rec_problem(r->name, rec_line(&r->record, kind->field),
                                          "%s must be one of %s", kind->field, kind->values);
    }
}

static void free_record(struct rec *record)
{
    for (size_t i = 0; i < record->count; i++) {
        free(record->fields[i].name);
        free(record->fields[i].value);
    }
    free(record->fields);
}

static void end_record(struct reading *r)
{
    r->descriptor = false;
    if (!r->record.count)
        return;
    r->file.records = grow_list(r->file.records, r->file.count + 1, sizeof(*r->file.records));
    r->file.records[r->file.count++] = r->record;
    judge(r);
    r->record = (struct rec){0};
}

/* ---- Lines */

/* Twice the room whenever it runs out: a value may have any number of lines. */
static void append(struct reading *r, const char *text, size_t size)
{
    struct rec_field *field = &r->record.fields[r->record.count - 1];
    if (size >= r->room - r->length) {
        r->room = 2 * (r->room + size);
        field->value = grow(field->value, r->room);
    }
    memcpy(field->value + r->length, text, size);
    r->length += size;
    field->value[r->length] = '\0';
}

static const char *continue_field(struct reading *r, const char *text, size_t size)
{
    if (r->descriptor)
        return NULL;
    if (!r->record.count)
        return "continues no field";
    for (; size && is_blank(*text); size--)
        text++;
    if (r->length)
        append(r, " ", 1);
    append(r, text, size);
    return NULL;
}

static const char *add_field(struct reading *r, const char *line, size_t size)
{
    size_t letters = 0;
    while (letters < size && ((line[letters] >= 'A' && line[letters] <= 'Z') ||
                              (line[letters] >= 'a' && line[letters] <= 'z')))
        letters++;
    if (r->descriptor || letters == 0 || letters == size || line[letters] != ':')
        return "not 'Field: value'";
    size_t start = letters + 1;
    while (start < size && is_blank(line[start]))
        start++;
    struct rec *record = &r->record;
    char *name = copy(line, letters);
    const struct rec_kind *kind = kind_of(r->kind, name);
    if (!kind)
        r->file.problem = rec_problem(r->name, r->number, "there is no field %s", name);
    else if (rec_get(record, name))
        r->file.problem = rec_problem(r->name, r->number, "a second %s in one record", name);
    if (!record->count)
        record->line = r->number;
    record->fields = grow_list(record->fields, record->count + 1, sizeof(*record->fields));
    record->fields[record->count++] =
        (struct rec_field){name, copy(line + start, size - start), r->number};
    r->length = size - start;
    r->room = r->length + 1;
    return NULL;
}

static const char *read_line(struct reading *r, const char *line, size_t size)
{
    if (utf8_length(line, size) != size)
        return "not UTF-8";
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == 127)
            return "a control character";
    while (size && is_blank(line[size - 1]))
        size--;
    if (size == 0) {
        end_record(r);
        return NULL;
    }
    if (*line == '#')
        return NULL;
    if (*line == '+')
        return continue_field(r, line + 1, size - 1);
    if (*line == '%' && !r->record.count) {
        r->descriptor = true;
        return NULL;
    }
    return add_field(r, line, size);
}

struct rec_file rec_read(const char *file, const char *text, size_t size,
                         const struct rec_kind *kind)
{
    struct reading r = {.name = file, .kind = kind};
    const char *end = text + size;
    while (text < end && !r.file.problem) {
        const char *line = text, *next = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((next ? next : end) - line);
        text = next ? next + 1 : end;
        r.number++;
        if (length && line[length - 1] == '\r')
            length--;
        const char *mistake = read_line(&r, line, length);
        if (mistake && !r.file.problem)
            r.file.problem = rec_problem(file, r.number, "%s", mistake);
    }
    if (!r.file.problem)
        end_record(&r);
    free_record(&r.record);
    return r.file;
}

void rec_free(struct rec_file *file)
{
    for (size_t i = 0; i < file->count; i++)
        free_record(&file->records[i]);
    free(file->records);
    free(file->problem);
    *file = (struct rec_file){0};
}

static const struct rec_field *find(const struct rec *record, const char *name)
{
    for (size_t i = 0; i < record->count; i++)
        if (!strcmp(record->fields[i].name, name))
            return &record->fields[i];
    return NULL;
}

const char *rec_get(const struct rec *record, const char *name)
{
    const struct rec_field *field = find(record, name);
    return field ? field->value : NULL;
}

int rec_line(const struct rec *record, const char *name)
{
    const struct rec_field *field = find(record, name);
    return field ? field->line : record->line;
}
