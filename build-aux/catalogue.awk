# Checks the records of assertions against the tests and mutants, and writes nothing.
# Any mistake is one line "file:line: what", and exit code 1.
#
#   LC_ALL=C awk -f rec.awk -f catalogue.awk FILE...
#
# A topic's files stand side by side: tests/AREA/TOPIC.rec, TOPIC-mutants.c and the tests, TOPIC.c.

BEGIN {
    known = "Id! Says! Page! Heading Revision Level! Since Evidence Mutants Reason"
    one_of["Level"] = "required conflict open"
}

function judge_record(    id, reason) {
    id = value["Id"]
    reason = value["Reason"]
    if (id in place_of) complain(record_place, id " is catalogued twice (see " place_of[id] ")")
    place_of[id] = record_place
    ids[++count] = id
    level_of[id] = value["Level"]
    reason_of[id] = reason
    mutants_of[id] = value["Mutants"]
    evidence_of[id] = value["Evidence"]
    if (id !~ /^[a-z0-9_]+([.][a-z0-9_]+)+$/) complain(record_place, "'" id "' is no id: area.topic.fact_in_words")
    topic_of[id] = topic
    if (("Since" in value) && value["Since"] !~ /^[0-9]+[.][0-9]+([.][0-9]+)?( [(].+[)])?$/)
        complain(field_place["Since"], "Since reads like '10.0.15063 (Windows 10, version 1703)'")
    if (reason != "" && reason !~ /^(needs administrator|needs second session|needs network|hardware|not observable|withdrawn|not yet): ./)
        complain(record_place, id ": a Reason starts with 'needs administrator', 'needs second session', 'needs network', 'hardware', 'not observable', 'withdrawn' or 'not yet', a colon, and says why")
}

# What the Evidence of a tested assertion has to say: that there is none but the page, or where to look.
function check_evidence(one,    text) {
    text = evidence_of[one]
    if (text == "" && level_of[one] == "required")
        complain(place_of[one], one ": Evidence is a source that shows it on Windows, or 'page only'")
    else if (text == "" && level_of[one] == "conflict")
        complain(place_of[one], one ": a conflict needs Evidence that the page and Windows differ")
    else if (text != "" && text !~ /^page only(:|$)/ && text !~ SOURCE)
        complain(place_of[one], one ": Evidence names no file, report or address to open, and does not begin with 'page only'")
}

# A file of tests, OWNER/REPOSITORY#NUMBER, an address.
BEGIN { SOURCE = "[A-Za-z0-9_-]+[.](c|cc|cpp|cs|erl|go|h|hs|java|js|dart|md|ml|pas|py|rb|rktl|rs|t|ts|txt)([^A-Za-z0-9_]|$)|[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+#[0-9]|https?://" }

FNR == 1 {
    rec_end()
    kind = FILENAME ~ /[.]rec$/ ? "catalogue" : FILENAME ~ /-mutants[.][ch]$/ ? "mutants" : "tests"
    topic = FILENAME
    sub(/[.][a-z]+$/, "", topic)
    n = split(FILENAME, part, "/")
    if (kind == "tests") is_area[part[n - 1]] = 1
}

kind == "catalogue" { rec_line(); next }

kind == "mutants" && match($0, /^MUTANT[(][a-z0-9_]+/) {
    name = substr($0, 8, RLENGTH - 7)
    if (name in mutant_place) complain(FILENAME ":" FNR, "mutant " name " is defined twice (see " mutant_place[name] ")")
    mutant_place[name] = FILENAME ":" FNR
    mutant_list[++mutant_count] = name
    next
}

# A string that reads like an id of a catalogued area names an assertion.
kind == "tests" && !/^#include/ {
    rest = $0
    while (match(rest, /"[a-z0-9_]+([.][a-z0-9_]+)+"/)) {
        named = substr(rest, RSTART + 1, RLENGTH - 2)
        rest = substr(rest, RSTART + RLENGTH)
        uses++
        use_id[uses] = named
        uses_it[topic, named] = 1
        use_place[uses] = FILENAME ":" FNR
    }
}

END {
    rec_end()
    if (mistakes) exit 1 # what a broken record lacks is no further mistake
    for (u = 1; u <= uses; u++) {
        split(use_id[u], part, ".")
        if (use_id[u] in place_of) tested[use_id[u]] = use_place[u]
        else if (part[1] in is_area)
            complain(use_place[u], "no assertion has the id \"" use_id[u] "\"")
    }
    for (i = 1; i <= count; i++) {
        one = ids[i]
        if (!(one in tested) && reason_of[one] == "") complain(place_of[one], one " has neither a test nor a Reason")
        if ((one in tested) && reason_of[one] != "") complain(place_of[one], one " has a Reason why it is untested and a test (" tested[one] ")")
        if ((one in tested) && level_of[one] == "required" && mutants_of[one] == "") complain(place_of[one], one " is required and tested but names no mutant")
        if ((one in tested) && !((topic_of[one], one) in uses_it))
            complain(place_of[one], one " stands in another topic than its test (" tested[one] ")")
        split(one, part, ".")
        if (!(part[1] in is_area)) complain(place_of[one], one ": there is no area " part[1])
        if (one in tested) check_evidence(one)
        m = split(mutants_of[one], word, /[ \t]+/)
        for (k = 1; k <= m; k++) {
            if (!(word[k] in mutant_place)) complain(place_of[one], one " names the mutant '" word[k] "', which nothing defines")
            named_mutant[word[k]] = 1
        }
    }
    for (k = 1; k <= mutant_count; k++)
        if (!(mutant_list[k] in named_mutant)) complain(mutant_place[mutant_list[k]], "no assertion names the mutant " mutant_list[k])
    exit mistakes > 0
}
