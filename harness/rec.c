/* GNU recutils text: fields `Name: value`, continued by lines that start with '+', records apart by
 * blank lines, comments by '#'. */
#include "rec.h"
#include "memory.h"

#include <string.h>

static char *copy(const char *from, size_t size)
{
    char *to = grow(NULL, size + 1);
    memcpy(to, from, size);
    to[size] = '\0';
    return to;
}

static void continue_field(struct rec_field *field, const char *text, size_t size)
{
    size_t old = strlen(field->value);
    field->value = grow(field->value, old + size + 2);
    field->value[old] = ' ';
    memcpy(field->value + old + 1, text, size);
    field->value[old + 1 + size] = '\0';
}

static bool add_field(struct rec *record, const char *line, size_t size)
{
    const char *colon = memchr(line, ':', size);
    if (!colon || colon == line)
        return false;
    const char *value = colon + 1, *end = line + size;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    record->fields = grow(record->fields, (record->count + 1) * sizeof(*record->fields));
    record->fields[record->count++] =
        (struct rec_field){copy(line, (size_t)(colon - line)), copy(value, (size_t)(end - value))};
    return true;
}

static void end_record(struct rec_file *file, struct rec *record)
{
    if (record->count && record->fields[0].name[0] != '%') {
        file->records = grow(file->records, (file->count + 1) * sizeof(*file->records));
        file->records[file->count++] = *record;
    }
    *record = (struct rec){0};
}

struct rec_file rec_read(const char *text)
{
    struct rec_file file = {0};
    struct rec record = {0};
    int number = 0;
    while (*text) {
        size_t size = strcspn(text, "\r\n");
        number++;
        if (size == 0) {
            end_record(&file, &record);
        } else if (*text == '+' && record.count) {
            size_t skip = text[1] == ' ' ? 2 : 1;
            continue_field(&record.fields[record.count - 1], text + skip, size - skip);
        } else if (*text != '#') {
            if (record.count == 0)
                record.line = number;
            if (!add_field(&record, text, size)) {
                file.error_line = number;
                return file;
            }
        }
        text += size;
        text += *text == '\r';
        text += *text == '\n';
    }
    end_record(&file, &record);
    return file;
}

const char *rec_get(const struct rec *record, const char *name)
{
    for (size_t i = 0; i < record->count; i++)
        if (!strcmp(record->fields[i].name, name))
            return record->fields[i].value;
    return NULL;
}
