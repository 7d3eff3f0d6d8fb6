/* The harness's functions that nothing else shows row by row: versions, globs, records, names. */
#include "cts.h"
#include "records/implementation.h"
#include "base/rec.h"
#include "records/select.h"
#include "base/text.h"

#include <string.h>

static const struct comparison_row {
    struct row row;
    const char *a, *b;
    int order;
} comparison_rows[] = {
    {{"equal", NULL}, "8.0", "8.0", 0},
    {{"minor", NULL}, "8.1", "8.0", 1},
    {{"by_number_and_not_by_letter", NULL}, "9.9", "10.0", -1},
    {{"missing_part_is_zero", NULL}, "8", "8.0.0", 0},
    {{"third_part", NULL}, "10.0.19045", "10.0.22621", -1},
    {{"release_candidate_is_its_release", NULL}, "8.0-rc1", "8.0", 0},
    {{"reactos_development", NULL}, "0.4.15-x86-dev", "0.4.15", 0},
    {{"empty_is_zero", NULL}, "", "0.0", 0},
};

START_TEST(versions_compare)
{
    const struct comparison_row *row = &comparison_rows[_i];
    expect_number(version_compare(row->a, row->b), row->order);
    expect_number(version_compare(row->b, row->a), -row->order);
}
END_TEST
COVERS_ROWS(versions_compare, comparison_rows);

static const struct condition_row {
    struct row row;
    const char *version, *conditions;
    bool meets, valid;
} condition_rows[] = {
    {{"none", NULL}, "8.0", NULL, true, true},
    {{"empty", NULL}, "8.0", "", true, true},
    {{"at_least_equal", NULL}, "8.0", ">= 8.0", true, true},
    {{"at_least_newer", NULL}, "10.2", ">= 8.0", true, true},
    {{"at_least_older", NULL}, "7.22", ">= 8.0", false, true},
    {{"below_equal", NULL}, "8.1", "< 8.1", false, true},
    {{"below_older", NULL}, "8.0.2", "<8.1", true, true},
    {{"at_most_equal", NULL}, "8.0", "<= 8.0", true, true},
    {{"at_most_newer", NULL}, "8.0.1", "<= 8.0", false, true},
    {{"above_equal", NULL}, "8.0", "> 8.0", false, true},
    {{"above_newer", NULL}, "8.0.1", "> 8.0", true, true},
    {{"exactly", NULL}, "8.0", "= 8", true, true},
    {{"exactly_other", NULL}, "8.1", "=8.0", false, true},
    {{"range_inside", NULL}, "9.0", ">= 5.0, < 9.5", true, true},
    {{"range_below", NULL}, "4.21", ">= 5.0, < 9.5", false, true},
    {{"range_above", NULL}, "9.5", ">= 5.0, < 9.5", false, true},
    {{"no_operator", NULL}, "8.0", "8.0", false, false},
    {{"unknown_operator", NULL}, "8.0", "!= 8.0", false, false},
    {{"no_version", NULL}, "8.0", ">=", false, false},
    {{"no_number", NULL}, "8.0", ">= eight", false, false},
    {{"comma_too_many", NULL}, "8.0", ">= 5.0,, < 9", false, false},
    {{"comma_at_the_end", NULL}, "8.0", ">= 5.0,", false, false},
    {{"two_points", NULL}, "8.0", ">= 5..0", false, false},
    {{"number_cut_off", NULL}, "8.0", ">= 5.", false, false},
    {{"junk_after_the_version", NULL}, "8.0", ">= 5.0 or so", false, false},
};

START_TEST(version_meets_conditions)
{
    const struct condition_row *row = &condition_rows[_i];
    bool valid = !row->valid;
    bool meets = version_meets(row->version, row->conditions, &valid);
    expect_number(valid, row->valid);
    if (row->valid)
        expect_number(meets, row->meets);
}
END_TEST
COVERS_ROWS(version_meets_conditions, condition_rows);

static const struct glob_row {
    struct row row;
    const char *glob, *text;
    bool matches;
} glob_rows[] = {
    {{"itself", NULL}, "pipe.eof", "pipe.eof", true},
    {{"other_case", NULL}, "Pipe.EOF", "pipe.eof", true},
    {{"only_a_start", NULL}, "pipe", "pipe.eof", false},
    {{"only_an_end", NULL}, "eof", "pipe.eof", false},
    {{"star_at_the_end", NULL}, "pipe.*", "pipe.eof.last", true},
    {{"star_is_nothing", NULL}, "pipe*", "pipe", true},
    {{"star_in_the_middle", NULL}, "p*f", "pipe.eof", true},
    {{"two_stars", NULL}, "*eo*l*", "pipe.eof.last", true},
    {{"star_goes_back", NULL}, "*aab", "aaaab", true},
    {{"question_mark", NULL}, "pi?e", "pipe", true},
    {{"question_mark_is_something", NULL}, "pipe?", "pipe", false},
    {{"empty", NULL}, "", "pipe", false},
    {{"empty_both", NULL}, "", "", true},
    {{"dot_is_a_dot", NULL}, "pipe.eof", "pipeXeof", false},
};

START_TEST(glob_matches_text)
{
    const struct glob_row *row = &glob_rows[_i];
    expect_number(glob_matches(row->glob, row->text), row->matches);
}
END_TEST
COVERS_ROWS(glob_matches_text, glob_rows);

static const struct rec_kind things[] = {
    {"Id", true, NULL},
    {"Says", false, NULL},
    {"Kind", false, "big small"},
    {NULL, false, NULL},
};

static struct rec_file read_things(const char *text)
{
    return rec_read("f", text, strlen(text), things);
}

START_TEST(records_are_read)
{
    struct rec_file file =
        read_things("%rec: Thing\n%key: Id\n\n# comment\nId: one\nSays:  a\n+ b \n"
                    "+c\n \t\n\n# comment\n\nId: two\r\nKind: big\r\n");
    expect_true(file.problem == NULL);
    expect_number(file.count, 2);
    expect_text_a(rec_get(&file.records[0], "Id"), "one");
    expect_text_a(rec_get(&file.records[0], "Says"), "a b c");
    expect_number(file.records[0].line, 5);
    expect_text_a(rec_get(&file.records[1], "Id"), "two");
    expect_true(rec_get(&file.records[1], "Says") == NULL);
    expect_number(file.records[1].line, 13);
    rec_free(&file);
    expect_number(file.count, 0);
}
END_TEST
COVERS(records_are_read);

static const struct broken_row {
    struct row row;
    const char *text, *problem;
} broken_rows[] = {
    {{"no_field", NULL}, "Id: one\n\nId: two\nno field\n", "f:4: not 'Field: value'"},
    {{"no_name", NULL}, ": no name\n", "f:1: not 'Field: value'"},
    {{"continuation_of_nothing", NULL}, "+ x\n", "f:1: continues no field"},
    {{"unknown_field", NULL}, "Id: one\nColour: blue", "f:2: there is no field Colour"},
    {{"same_field_twice", NULL}, "Id: a\nSays: b\nId: c\n", "f:3: a second Id in one record"},
    {{"missing_field", NULL}, "\nSays: one\n\nId: two\n", "f:2: a record without Id"},
    {{"empty_field", NULL}, "Id: \n", "f:1: Id is empty"},
    {{"unknown_value", NULL}, "Id: a\nKind: bi\n", "f:2: Kind must be one of big small"},
    {{"two_values", NULL}, "Id: a\nKind: big small\n", "f:2: Kind must be one of big small"},
    {{"control_character", NULL}, "Id: a\033[2J\n", "f:1: a control character"},
    {{"carriage_return_in_a_line", NULL}, "Id: a\rb\n", "f:1: a control character"},
    {{"no_utf8", NULL}, "Id: a\n# \xC0\x80\n", "f:2: not UTF-8"},
    {{"descriptor_in_a_record", NULL}, "Id: a\n%key: Id\n", "f:2: not 'Field: value'"},
    {{"field_in_a_descriptor", NULL}, "%key: Id\nId: a\n", "f:2: not 'Field: value'"},
};

START_TEST(broken_record_is_found)
{
    const struct broken_row *row = &broken_rows[_i];
    expect_text_a(read_things(row->text).problem, row->problem);
}
END_TEST
COVERS_ROWS(broken_record_is_found, broken_rows);

START_TEST(record_goes_on_after_a_nul)
{
    static const char text[] = "Id: one\n\n\0Id: two\n";
    expect_text_a(rec_read("f", text, sizeof(text) - 1, things).problem,
                  "f:3: a control character");
}
END_TEST
COVERS(record_goes_on_after_a_nul);

static const struct number_row {
    struct row row;
    const char *text;
    bool whole, decimal;
} number_rows[] = {
    {{"digits", NULL}, "12", true, true},
    {{"highest", NULL}, "4294967295", true, true},
    {{"beyond_the_highest", NULL}, "4294967296", false, false},
    {{"far_beyond", NULL}, "99999999999999999999999999", false, false},
    {{"lower_than_the_lowest", NULL}, "0", false, false},
    {{"fraction", NULL}, "1.9", false, true},
    {{"no_fraction_behind_the_point", NULL}, "1.", false, false},
    {{"nothing_before_the_point", NULL}, ".5", false, false},
    {{"hexadecimal", NULL}, "0x2", false, false},
    {{"exponent", NULL}, "1e1", false, false},
    {{"negative", NULL}, "-1", false, false},
    {{"sign", NULL}, "+1", false, false},
    {{"empty", NULL}, "", false, false},
    {{"blank_before", NULL}, " 1", false, false},
    {{"blank_behind", NULL}, "1 ", false, false},
    {{"not_a_number", NULL}, "nan", false, false},
    {{"infinite", NULL}, "inf", false, false},
};

START_TEST(numbers_are_whole_or_refused)
{
    const struct number_row *row = &number_rows[_i];
    unsigned long whole;
    double decimal;
    expect_number(read_whole(row->text, 1, 4294967295, &whole), row->whole);
    expect_number(read_decimal(row->text, 1, 4294967295.0, &decimal), row->decimal);
}
END_TEST
COVERS_ROWS(numbers_are_whole_or_refused, number_rows);

static const struct printable_row {
    struct row row;
    const char *text, *line, *lines;
} printable_rows[] = {
    {{"plain", NULL}, "plain", "plain", "plain"},
    {{"letters", NULL},
     "na\xC3\xAFve \xE2\x82\xAC",
     "na\xC3\xAFve \xE2\x82\xAC",
     "na\xC3\xAFve \xE2\x82\xAC"},
    {{"escape", NULL}, "\033[31m", "\\x1b[31m", "\\x1b[31m"},
    {{"delete", NULL}, "\177", "\\x7f", "\\x7f"},
    {{"control_of_8_bits", NULL},
     "\xC2\x9B"
     "2J",
     "\\xc2\\x9b2J",
     "\\xc2\\x9b2J"},
    {{"other_direction", NULL},
     "a\xE2\x80\xAE"
     "b",
     "a\\xe2\\x80\\xae"
     "b",
     "a\\xe2\\x80\\xae"
     "b"},
    {{"no_character", NULL}, "\xEF\xBF\xBF", "\\xef\\xbf\\xbf", "\\xef\\xbf\\xbf"},
    {{"line_break", NULL}, "a\r\n\tb", "a\\x0d\\n\\tb", "a\n\tb"},
    {{"no_utf8", NULL}, "\xFF\xE2\x82", "\\xff\\xe2\\x82", "\\xff\\xe2\\x82"},
};

START_TEST(terminal_sees_no_controls)
{
    const struct printable_row *row = &printable_rows[_i];
    expect_text_a(printable(row->text), row->line);
    expect_text_a(printable_lines(row->text), row->lines);
}
END_TEST
COVERS_ROWS(terminal_sees_no_controls, printable_rows);

START_TEST(names_fit_small_buffers)
{
    char small[8];
    expect_text_a(error_text(ERROR_PIPE_BUSY, small, sizeof(small)), "ERROR_P");
    expect_text_a(flags_text(PAGE_READWRITE | PAGE_GUARD, PAGE_NAMES, small, sizeof(small)),
                  "PAGE_RE");
    expect_text_a(exception_text(0xC0000005, small, sizeof(small)), "EXCEPTI");
}
END_TEST
COVERS(names_fit_small_buffers);

/* Any part of the endless sequence is the same, wherever one starts. */
START_TEST(pattern_depends_on_the_offset_only)
{
    uint8_t whole[300], part[300];
    pattern_fill(whole, sizeof(whole), 1000);
    for (size_t from = 0; from < 9; from++) {
        pattern_fill(part, sizeof(part) - from, 1000 + from);
        expect_bytes(part, whole + from, sizeof(part) - from);
    }
    pattern_fill(part, sizeof(part), 1000 + 65536);
    expect_true(memcmp(whole, part, sizeof(part)) != 0);
}
END_TEST
COVERS(pattern_depends_on_the_offset_only);

/* Values that FNV-1a's authors publish. */
START_TEST(checksum_is_fnv_1a)
{
    expect_number(checksum(CHECKSUM_START, "", 0), 0xcbf29ce484222325u);
    expect_number(checksum(CHECKSUM_START, "foobar", 6), 0x85944171f73967e8u);
    expect_number(checksum(checksum(CHECKSUM_START, "foo", 3), "bar", 3), 0x85944171f73967e8u);
}
END_TEST
COVERS(checksum_is_fnv_1a);
