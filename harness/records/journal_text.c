/* The journal as text. No Win32. */
#include "records/journal_text.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 65536

/* ---- Lines */

char *journal_read_line(struct journal_reader *in, size_t *size)
{
    size_t looked = in->line;
    for (;;) {
        char *end = in->used > looked ? memchr(in->text + looked, '\n', in->used - looked) : NULL;
        if (end) {
            char *line = in->text + in->line;
            *end = '\0';
            *size = (size_t)(end - line);
            in->line += *size + 1;
            in->number++;
            return line;
        }
        if (in->line)
            memmove(in->text, in->text + in->line, in->used - in->line);
        in->used -= in->line;
        in->offset += in->line;
        in->line = 0;
        looked = in->used;
        if (in->size - in->used < PIECE)
            in->text = grow(in->text, in->size = 2 * in->size + 2 * PIECE);
        size_t got = in->more(in->text + in->used, PIECE);
        if (got == 0)
            return NULL;
        in->used += got;
    }
}

json_t *journal_read(struct journal_reader *in, bool *broken)
{
    size_t size;
    char *text = journal_read_line(in, &size);
    json_t *line = text ? json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    *broken = text && !json_is_object(line);
    if (!*broken)
        return line;
    json_decref(line);
    return NULL;
}

/* ---- What they tell */

static bool read_saw(struct outcome *outcome, const json_t *saw)
{
    size_t i;
    json_t *one;
    json_array_foreach(saw, i, one)
    {
        const char *key = json_string_value(json_array_get(one, 0));
        const char *text = json_string_value(json_array_get(one, 1));
        if (!key || !text)
            return false;
        outcome->saw = grow_list(outcome->saw, outcome->saw_count + 1, sizeof(*outcome->saw));
        outcome->saw[outcome->saw_count++] = (struct saw){copy_text(key), copy_text(text)};
    }
    return true;
}

bool journal_entry_of(const json_t *line, struct journal_entry *entry)
{
    const json_t *at = json_object_get(line, "at");
    *entry = (struct journal_entry){.id = json_string_value(json_object_get(line, "id")),
                                    .traced = json_string_value(json_object_get(line, "traced")),
                                    .at = json_real_value(at)};
    if (!entry->id)
        return false;
    if (entry->traced)
        return json_object_size(line) == 2;
    if (!json_is_real(at) || entry->at < 0 || !outcome_of_json(line, &entry->outcome))
        return false;
    if (json_read_count(line, "processes", &entry->outcome.processes) &&
        read_saw(&entry->outcome, json_object_get(line, "saw")))
        return true;
    outcome_free(&entry->outcome);
    return false;
}

json_t *journal_line_of(const struct journal_entry *entry)
{
    const struct outcome *outcome = &entry->outcome;
    json_t *line = json_object(), *saw = json_array();
    json_set_outcome(line, outcome);
    for (size_t i = 0; i < outcome->saw_count; i++)
        json_array_append_new(saw, json_pack("[o, o]", json_of_text(outcome->saw[i].key),
                                             json_of_text(outcome->saw[i].text)));
    json_object_set_new(line, "id", json_string(entry->id));
    json_object_set_new(line, "saw", saw);
    json_object_set_new(line, "processes", json_integer(outcome->processes));
    json_object_set_new(line, "at", json_real(entry->at));
    return line;
}
