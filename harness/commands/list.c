/* The commands list and doctor, which only tell. */
#include "commands/results.h"
#include "runner/calibrate.h"
#include "records/catalogue.h"
#include "records/implementation.h"
#include "case/interpose.h"
#include "commands/needs.h"
#include "commands/stubs.h"
#include "report/report_json.h"
#include "records/select.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *words(const char *const *list)
{
    json_t *array = json_array();
    for (; *list; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *cases_of(const char *assertion)
{
    size_t count;
    const struct test_case *all = registry_cases(&count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        if (case_checks(&all[i], assertion))
            json_array_append_new(array, json_string(all[i].id));
    return array;
}

static void print_json(json_t *json)
{
    json_dumpf(json, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(json);
}

/* Assertions that a selected case checks; without patterns, all, tested or not. */
static bool wants_assertion(const struct options *options, const char *assertion,
                            const struct test_case **selected, size_t count)
{
    const char **pattern = options->patterns;
    if (!pattern)
        return true;
    for (; *pattern; pattern++)
        if (glob_matches(*pattern, assertion))
            return true;
    for (size_t i = 0; i < count; i++)
        if (case_checks(selected[i], assertion))
            return true;
    return false;
}

static int list_assertions(const struct options *options, const struct test_case **selected,
                           size_t selected_count)
{
    size_t count, listed = 0;
    const struct assertion *all = catalogue(&count);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (!wants_assertion(options, all[i].id, selected, selected_count))
            continue;
        listed++;
        if (!options->json_to_stdout) {
            printf("%-10s %-23s %s: %s\n", all[i].level, evidence_kind(&all[i]), all[i].id,
                   all[i].says);
            continue;
        }
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:s?}",
                             "id", all[i].id, "says", all[i].says, "page", all[i].page, "level",
                             all[i].level, "evidence_kind", evidence_kind(&all[i]), "evidence",
                             all[i].evidence, "since", all[i].since, "heading", all[i].heading,
                             "revision", all[i].revision, "cases", cases_of(all[i].id), "mutants",
                             words(all[i].mutants), "reason", all[i].reason));
    }
    if (options->json_to_stdout)
        print_json(json_pack("{s:o}", "assertions", array));
    else
        json_decref(array);
    if (listed == 0)
        fprintf(stderr, "winipc-cts: no assertion matches\n");
    return listed ? EXIT_AS_EXPECTED : EXIT_NOTHING;
}

const struct needs *needs_of(const struct test_case *test)
{
    const struct needs *one = needs;
    char *id = registry_id(test->test);
    while (one->test && strcmp(one->test, id))
        one++;
    free(id);
    return one->test ? one : NULL;
}

static void print_needs(const struct test_case *test)
{
    const struct needs *one = needs_of(test);
    if (one)
        printf("%s: %s%s%s%s\n", test->id, one->functions, one->peers ? ", a second process" : "",
               one->threads ? ", a second thread" : "", one->privileges ? ", a privilege" : "");
    else
        puts(test->id);
}

static void set_needs(json_t *json, const struct test_case *test)
{
    const struct needs *one = needs_of(test);
    json_t *functions = json_array();
    for (const char *at = one ? one->functions : ""; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        json_array_append_new(functions, json_stringn(at, size));
        at += size;
    }
    json_object_set_new(json, "functions", functions);
    json_object_set_new(json, "second_process", json_boolean(one && one->peers));
    json_object_set_new(json, "second_thread", json_boolean(one && one->threads));
    json_object_set_new(json, "privilege", json_boolean(one && one->privileges));
}

static void list_cases(const struct options *options, const struct test_case **selected,
                       size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (!options->json_to_stdout) {
            if (options->needs)
                print_needs(selected[i]);
            else
                puts(selected[i]->id);
            continue;
        }
        json_t *levels = json_array(), *pages = json_array();
        for (const char **id = selected[i]->assertions; *id; id++) {
            const struct assertion *assertion = catalogue_find(*id);
            json_array_append_new(levels, json_string(assertion ? assertion->level : ""));
            json_array_append_new(pages, json_string(assertion ? assertion->page : ""));
        }
        json_t *one = json_pack("{s:s, s:o, s:o, s:o, s:i}", "id", selected[i]->id, "assertions",
                                words(selected[i]->assertions), "pages", pages, "levels", levels,
                                "limit_seconds", (int)selected[i]->limit_seconds);
        if (options->needs)
            set_needs(one, selected[i]);
        json_array_append_new(array, one);
    }
    if (options->json_to_stdout)
        print_json(json_pack("{s:o}", "cases", array));
    else
        json_decref(array);
}

int command_list(const struct options *options)
{
    size_t count;
    const struct test_case **selected = NULL;
    if (options->expectations)
        return list_expectations(options);
    if (options->assertions) {
        const char *unmatched;
        selected = select_cases(options->patterns, options->excludes, &count, &unmatched);
        return list_assertions(options, selected, count);
    }
    int exit_code = begin_selection(options, &selected, &count);
    if (!exit_code)
        list_cases(options, selected, count);
    return exit_code;
}

/* ---- doctor */

/* Whether this function of api.txt or late.txt is exported. */
static bool is_there(size_t number)
{
    return late[number].optional ? cts_find_api((unsigned)number) != NULL
                                 : late_has(late[number].name);
}

/* The version of Windows from which on there is this function; NULL for one not under test. */
static const char *since(size_t number)
{
    return number < API_COUNT ? interposed[number].since : NULL;
}

static void print_function(size_t number, const char *what)
{
    printf("  %-8s %-14s %s", what, late[number].module, late[number].name);
    if (!since(number))
        printf(" (not under test)");
    else if (late[number].optional)
        printf(" (since %s)", since(number));
    putchar('\n');
}

/* What there is; with --stubs also whether it owns to being a stub. Whether a function works, cases
 * say. */
static int doctor_api(const struct options *options)
{
    const struct implementation *on = implementation();
    json_t *array = json_array();
    unsigned missing = 0, newer = 0, stubs = 0, untold = 0;
    for (size_t i = 0; i < late_count; i++) {
        bool there = is_there(i), is_newer = since(i) && version_compare(on->claims, since(i)) < 0;
        enum stub stub =
            options->stubs && there && i < API_COUNT ? stub_ask((unsigned)i) : STUB_ANSWERS;
        missing += !there && !is_newer;
        newer += !there && is_newer;
        stubs += stub == STUB_OWNS;
        untold += stub == STUB_UNTOLD;
        if (options->json_to_stdout) {
            json_t *one = json_pack("{s:s, s:s, s:b, s:b, s:s*}", "module", late[i].module, "name",
                                    late[i].name, "there", (int)there, "under_test",
                                    (int)(i < API_COUNT), "since", since(i));
            if (options->stubs && stub != STUB_UNTOLD && i < API_COUNT)
                json_object_set_new(one, "stub", json_boolean(stub == STUB_OWNS));
            json_array_append_new(array, one);
        } else
            print_function(i, !there ? "MISSING" : stub == STUB_OWNS ? "STUB" : "there");
    }
    if (untold)
        fprintf(stderr,
                "winipc-cts: of %u functions nothing is told: each needs a process of its own\n",
                untold);
    if (options->json_to_stdout) {
        json_t *all = json_of_origin();
        json_object_set_new(all, "functions", array);
        print_json(all);
        return EXIT_AS_EXPECTED;
    }
    json_decref(array);
    printf("%s %s (%s), %s: of %u functions %u are missing, and %u that are newer than Windows %s",
           on->family, on->version, on->build, on->arch, (unsigned)late_count, missing, newer,
           on->claims);
    printf(options->stubs ? "; %u say that they are stubs\n" : "\n", stubs);
    return EXIT_AS_EXPECTED;
}

int command_doctor(const struct options *options)
{
    if (options->api)
        return doctor_api(options);
    const struct implementation *on = implementation();
    char *problem = schedule_open();
    if (problem) {
        fprintf(stderr, "winipc-cts: %s\n", problem);
        return EXIT_UNTRUSTED;
    }
    unsigned wrong = calibrate(options->jobs, options->scale);
    double floor_seconds = schedule_floor(8);
    size_t count;
    const struct probe *probes = calibration(&count);
    schedule_close();
    if (schedule_stopped())
        return end_stopped();

    printf("%s %s (%s%s%s), %s\n", on->family, on->version, on->build, *on->host ? ", " : "",
           on->host, on->arch);
    for (size_t i = 0; i < count; i++)
        printf("  %-5s %s%s%s\n",
               probes[i].right                     ? "ok"
               : probes[i].otherwise && wrong == 0 ? "no"
                                                   : "WRONG",
               probes[i].proves, probes[i].right || !probes[i].outcome.message ? "" : ": ",
               probes[i].right || !probes[i].outcome.message ? "" : probes[i].outcome.message);
    unsigned right = 0;
    for (size_t i = 0; i < count; i++)
        right += probes[i].right;
    for (enum lack what = LACKS_NOTHING + 1; what < LACK_COUNT; what++)
        if (lacks(what))
            printf("  without %s: %s\n", lack_name(what), lack_says(what));
    if (floor_seconds >= 0)
        printf("  a process costs %.1f ms\n", floor_seconds * 1000);
    else
        printf("  what a process costs could not be measured\n");
    printf("doctor: %u of %u probes right, %s%s%s\n", right, (unsigned)count,
           wrong ? "not to be believed" : "trusted", options->nonce ? " " : "",
           options->nonce ? options->nonce : "");
    return wrong ? EXIT_UNTRUSTED : EXIT_AS_EXPECTED;
}
