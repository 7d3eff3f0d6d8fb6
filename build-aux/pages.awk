# Checks the records of pages, docs/pages/*.rec, against the assertions, and counts them. Any mistake
# is one line "file:line: what", and exit code 1.
#
#   LC_ALL=C awk -f rec.awk -f pages.awk docs/pages/*.rec tests/AREA/*.rec
#   ... -v want=table ...   writes the table of docs/coverage.md, too
#
# A record says how many statements each section of a page has, and of which of them no assertion that
# cites the page speaks, and why.

BEGIN {
    without_text = "definition|advice|repeats"
    with_text = "of another function|not observable|outside|missing"
    table_of["definition"] = table_of["advice"] = table_of["repeats"] = "said"
    table_of["of another function"] = "elsewhere"
    table_of["not observable"] = table_of["outside"] = "outside"
    table_of["missing"] = "missing"
}

FNR == 1 {
    rec_end()
    is_page = FILENAME ~ /docs\/pages\//
    known = is_page ? "Page! Revision! Statements! Else" : "Id! Says! Page! Heading Revision Level! Since Evidence Mutants Reason"
}
{ rec_line() }

function judge_record() {
    if (is_page) judge_page()
    else cited[value["Page"]]++
}

# Takes "NAME N, NAME N": how many statements each section has.
function judge_page(    page, n, part, i, name, number) {
    page = value["Page"]
    if (page in place_of) { complain(record_place, page " is recorded twice (see " place_of[page] ")"); return }
    place_of[page] = record_place
    pages[++page_count] = page
    if (value["Revision"] !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+$/)
        complain(field_place["Revision"], "Revision is the commit of the page that was read, seven hexadecimal digits")
    split("", size)
    split("", taken)
    n = split(value["Statements"], part, /, */)
    for (i = 1; i <= n; i++) {
        if (part[i] !~ /^[^0-9,;:]* [1-9][0-9]*$/) {
            complain(field_place["Statements"], "'" part[i] "' is not 'SECTION NUMBER'"); return
        }
        name = part[i]; sub(/ [0-9]+$/, "", name)
        number = part[i]; sub(/^.* /, "", number)
        if (name in size) { complain(field_place["Statements"], "a second section '" name "'"); return }
        size[name] = number + 0
        statements[page] += number
    }
    judge_else(page)
}

# Takes "SECTION NUMBERS TYPE[: TEXT]; ...".
function judge_else(page,    n, part, i, rest, section, numbers, type) {
    n = split(value["Else"], part, /; */)
    for (i = 1; i <= n; i++) {
        if (part[i] == "") continue
        if (!match(part[i], /^[^0-9,;:]* [1-9][0-9]*([-,][ 0-9]*)*/)) { wrong(part[i]); continue }
        section = numbers = substr(part[i], 1, RLENGTH)
        rest = substr(part[i], RLENGTH + 1)
        sub(/ [0-9][-, 0-9]*$/, "", section)
        numbers = substr(numbers, length(section) + 1)
        gsub(/ /, "", numbers)
        sub(/^ */, "", rest)
        type = rest; sub(/:.*/, "", type)
        if (rest !~ "^(" without_text ")$" && rest !~ "^(" with_text "): [^ ]") { wrong(part[i]); continue }
        if (type == "of another function" && rest !~ /^[^:]*: [A-Za-z0-9_-]+\/[^ ]+$/) { wrong(part[i]); continue }
        if (!(section in size)) { complain(field_place["Else"], "Statements has no section '" section "'"); continue }
        count_numbers(page, section, numbers, type)
    }
}

function wrong(entry) {
    complain(field_place["Else"], "'" entry "' is not 'SECTION NUMBERS TYPE' with TYPE one of definition, advice, repeats, 'of another function: PAGE', 'not observable: WHY', 'outside: WHY', 'missing: WHAT'")
}

function count_numbers(page, section, numbers, type,    n, part, i, k, ends) {
    n = split(numbers, part, ",")
    for (i = 1; i <= n; i++) {
        ends[1] = ends[2] = part[i]
        if (part[i] ~ /-/) split(part[i], ends, "-")
        if (ends[1] + 0 < 1 || ends[2] + 0 < ends[1] + 0 || ends[2] + 0 > size[section])
            complain(field_place["Else"], section " has " size[section] " statements, not " part[i])
        else for (k = ends[1] + 0; k <= ends[2] + 0; k++) {
            if ((section, k) in taken) complain(field_place["Else"], section " " k " is named twice")
            taken[section, k] = 1
            how_many[page, table_of[type]]++
            other[page]++
        }
    }
}

END {
    rec_end()
    for (i = 1; i <= page_count; i++) {
        page = pages[i]
        stated[page] = statements[page] - other[page]
        if (stated[page] && !cited[page]) complain(place_of[page], page ": no assertion cites it, and " stated[page] " statements are said to be asserted")
        if (!stated[page] && cited[page]) complain(place_of[page], page ": " cited[page] " assertions cite it, and no statement is left for them")
    }
    if (mistakes) exit 1
    if (want == "table") print_table()
}

function print_table(    i, page, all, recorded, total) {
    for (page in cited) all++
    for (i = 1; i <= page_count; i++) recorded += pages[i] in cited
    print "\n## Pages read whole\n"
    print "Of " all " pages that assertions cite, " recorded + 0 " have a record in docs/pages: each of their statements is"
    print "asserted (by the assertions that cite the page), or the record says why not: it is a *definition*, advice"
    print "or a repetition; it is asserted for *another page*; it is *not observable* or outside the scope; or a test"
    print "is *missing*. `winipc-cts show PAGE` prints it.\n"
    print "| page | statements | asserted | assertions | definition, advice, repetition | another page | not observable, outside | missing |"
    print "|---|---:|---:|---:|---:|---:|---:|---:|"
    for (i = 1; i <= page_count; i++) {
        page = pages[i]
        row(page, statements[page], stated[page], cited[page], how_many[page, "said"], how_many[page, "elsewhere"], how_many[page, "outside"], how_many[page, "missing"])
        total[1] += statements[page]; total[2] += stated[page]; total[3] += cited[page]; total[4] += how_many[page, "said"]
        total[5] += how_many[page, "elsewhere"]; total[6] += how_many[page, "outside"]; total[7] += how_many[page, "missing"]
    }
    row("all", total[1], total[2], total[3], total[4], total[5], total[6], total[7])
}

function row(name, a, b, c, d, e, f, g) {
    printf "| %s | %d | %d | %d | %d | %d | %d | %d |\n", name, a, b, c, d, e, f, g
}
