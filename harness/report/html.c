/* The page of `run --html` and of `matrix`: one file for a browser with everything in it. page.html
 * says where page.css, page.js and the records go; all that is shown is made from them by page.js.
 */
#include "records/catalogue.h"
#include "base/memory.h"
#include "base/rec.h"
#include "commands/results.h"
#include "records/select.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- Long texts */

enum {
    ROOM = 3 << 20, /* bytes for the texts of all cells together */
    LEAST = 256     /* of one text, however many there are */
};

/* What the texts of a cell are, where they are the case's own. */
static const char *const TEXTS[] = {"message",    "reason", "needs", "place",
                                    "checkpoint", "output", "trace"};
#define TEXT_COUNT (sizeof(TEXTS) / sizeof(TEXTS[0]))

/* In bytes of the page, where a control character or a letter is written as a number. */
static size_t written_size(const char *text)
{
    size_t size = 0;
    for (; *text; text++)
        size += *text == '\n'                                ? 2
                : (unsigned char)*text < ' ' || *text == '<' ? 6
                : *text < 0                                  ? 3
                                                             : 1;
    return size;
}

/* TEXT when it takes no more than MOST, or its beginning and its end, where the call that failed
 * is. To json_decref. */
static json_t *shortened(const char *text, size_t most)
{
    size_t size = strlen(text);
    if (written_size(text) <= most)
        return json_of_text(text);
    size_t head = size / 4, tail = size / 4 * 3;
    while (written_size(text + tail) > most / 4 * 3)
        tail += (size - tail) / 8 + 1;
    while (head && head > most / 24)
        head /= 2;
    while (head && (text[head] & 0xC0) == 0x80)
        head--;
    while ((text[tail] & 0xC0) == 0x80)
        tail++;
    return json_sprintf("%.*s\n[... %llu bytes are left out here; the record has them ...]\n%s",
                        (int)head, text, (unsigned long long)(tail - head), text + tail);
}

static size_t texts_of(const json_t *json, size_t most)
{
    size_t size = 0;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *text = json_string_value(json_object_get(json, TEXTS[i]));
        size_t one = text ? written_size(text) : 0;
        size += one < most ? one : most;
    }
    return size;
}

/* How much each text may take so that all of them find room. */
static size_t text_limit(const struct results *columns, size_t count)
{
    for (size_t most = 64 << 10;; most /= 2) {
        size_t all = 0;
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < columns[i].count; k++)
                all += texts_of(columns[i].cases[k].json, most);
        if (all <= ROOM || most <= LEAST)
            return most;
    }
}

/* ---- Cells */

enum { ALWAYS_THERE = 6 }; /* members that every case has */

static bool says_nothing_more(const struct results_case *one)
{
    return one->verdict == PASS && one->expected && json_object_size(one->json) == ALWAYS_THERE;
}

/* A case in one record. One that passed and has nothing more to say is the number of its seconds.
 */
static json_t *json_of_cell(const struct results_case *one, size_t most)
{
    if (!one)
        return json_null();
    if (says_nothing_more(one))
        return json_real((double)(long)(one->seconds * 1000) / 1000);
    json_t *cell = json_pack("{s:s, s:s, s:b, s:f, s:s?}", "label", results_label(one), "verdict",
                             verdict_name(one->verdict), "expected", (int)one->expected, "seconds",
                             one->seconds, "cause", cause_name(one->cause));
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *text = json_string_value(json_object_get(one->json, TEXTS[i]));
        if (text && *text)
            json_object_set_new(cell, TEXTS[i], shortened(text, most));
    }
    json_t *recorded = json_object_get(one->json, "recorded");
    if (recorded)
        json_object_set(cell, "recorded", recorded);
    const char *first = results_text(json_object_get(one->json, "first"), "message");
    if (*first)
        json_object_set_new(cell, "first", shortened(first, most));
    return cell;
}

/* ---- Rows */

/* The ids of all cases, sorted, each once; to free. */
static const char **all_ids(const struct results *columns, size_t columns_count, size_t *count)
{
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < columns_count; i++)
        all += columns[i].count;
    const char **ids = zeroed(all, sizeof(*ids));
    for (size_t i = 0; i < columns_count; i++)
        for (size_t k = 0; k < columns[i].count; k++)
            ids[kept++] = columns[i].cases[k].id;
    *count = sorted_once(ids, kept);
    return ids;
}

static void add_assertion(json_t *assertions, const char *id)
{
    char link[400];
    const struct assertion *one = catalogue_find(id);
    if (json_object_get(assertions, id))
        return;
    json_t *json = json_object();
    if (one) {
        page_link(one->page, link, sizeof(link));
        json_decref(json);
        json =
            json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:s?, s:s?}", "says", one->says,
                      "page", one->page, "link", link, "function", page_function(one->page),
                      "heading", one->heading, "revision", one->revision, "level", one->level,
                      "kind", evidence_kind(one), "evidence", one->evidence, "since", one->since);
    }
    json_object_set_new(assertions, id, json);
}

/* Deviations that this program knows of a case, on whatever implementation. */
static void add_known(json_t *known, const char *id)
{
    size_t count;
    const struct expectation *all = expectations(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].case_id, id))
            continue;
        json_t *list = json_object_get(known, id);
        if (!list) {
            list = json_array();
            json_object_set_new(known, id, list);
        }
        json_array_append_new(list,
                              json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:s, s:s, s:s?}", "family",
                                        all[i].family, "versions", all[i].versions, "arch",
                                        all[i].arch, "verdict", verdict_name(all[i].verdict),
                                        "cause", cause_name(all[i].cause), "reason", all[i].reason,
                                        "evidence", all[i].evidence, "bug", all[i].bug));
    }
}

static json_t *json_of_row(const char *id, const struct results *columns, size_t count, size_t most,
                           json_t *assertions)
{
    json_t *covers = json_array(), *cells = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct results_case *one = results_find(&columns[i], id);
        json_t *own = one ? json_object_get(one->json, "assertions") : NULL;
        json_array_append_new(cells, json_of_cell(one, most));
        for (size_t k = 0; k < json_array_size(own); k++) {
            json_t *name = json_array_get(own, k);
            size_t at = 0;
            while (at < json_array_size(covers) && !json_equal(json_array_get(covers, at), name))
                at++;
            if (at == json_array_size(covers))
                json_array_append(covers, name);
            add_assertion(assertions, json_string_value(name));
        }
    }
    return json_pack("[s, o, o]", id, covers, cells);
}

/* ---- The page */

static json_t *json_of_column(const struct results *results)
{
    json_t *run = json_deep_copy(results->run);
    json_object_del(run, "counts");
    return json_pack("{s:o, s:O, s:O, s:o}", "file", json_of_text(results->name), "suite",
                     results->suite, "implementation", results->implementation, "run", run);
}

static json_t *json_of_page(const struct results *columns, size_t columns_count)
{
    size_t count, most = text_limit(columns, columns_count);
    const char **ids = all_ids(columns, columns_count, &count);
    json_t *heads = json_array(), *rows = json_array();
    json_t *assertions = json_object(), *known = json_object();
    for (size_t i = 0; i < columns_count; i++)
        json_array_append_new(heads, json_of_column(&columns[i]));
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(rows, json_of_row(ids[i], columns, columns_count, most, assertions));
        add_known(known, ids[i]);
    }
    free(ids);
    return json_pack("{s:o, s:o, s:o, s:o}", "columns", heads, "assertions", assertions, "known",
                     known, "cases", rows);
}

/* JSON has '<' in strings alone; without it nothing in them can end the script or open another. */
static int put_json(const char *text, size_t size, void *to)
{
    while (size) {
        const char *bracket = memchr(text, '<', size);
        size_t before = bracket ? (size_t)(bracket - text) : size;
        if (fwrite(text, 1, before, to) != before || (bracket && fputs("\\u003c", to) < 0))
            return -1;
        text += before + (bracket != NULL);
        size -= before + (bracket != NULL);
    }
    return 0;
}

static const char *page_part(const char *name)
{
    const struct embedded *part = embedded_page;
    while (part->name && strcmp(part->name, name))
        part++;
    return part->name ? part->text : "";
}

/* A line of page.html that begins with '@' names what takes its place. */
void report_html(FILE *to, const struct results *columns, size_t count)
{
    json_t *data = json_of_page(columns, count);
    for (const char *line = page_part("report/page.html"); *line; line += strcspn(line, "\n") + 1) {
        int size = (int)strcspn(line, "\n");
        if (!strncmp(line, "@page.css", 9))
            fputs(page_part("report/page.css"), to);
        else if (!strncmp(line, "@page.js", 8))
            fputs(page_part("report/page.js"), to);
        else if (!strncmp(line, "@data", 5))
            json_dump_callback(data, put_json, to,
                               JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(6));
        else
            fprintf(to, "%.*s\n", size, line);
    }
    json_decref(data);
}
