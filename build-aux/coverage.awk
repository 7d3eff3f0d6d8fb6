# Writes docs/coverage.md from the catalogue: what is tested for every function, what is only
# recorded, and what is not tested and why.
#
#   awk -f coverage.awk RECORDS...

function end_record() {
    if (id != "") {
        split(id, part, ".")
        where = part[1] SUBSEP topic_of(page)
        if (!(part[1] in seen_area)) { seen_area[part[1]] = 1; areas[++area_count] = part[1] }
        if (!(where in total)) { topics[part[1], ++topic_count[part[1]]] = topic_of(page) }
        total[where]++; sum[part[1]]++
        if (reason != "") {
            kind = reason
            sub(/:.*/, "", kind)
            untested[where]++; sum_untested[part[1]]++
            if (!((where, kind) in why)) kinds[where] = kinds[where] (kinds[where] == "" ? "" : "; ") kind
            why[where, kind]++
            open_record[part[1]] = open_record[part[1]] "| `" id "` | " reason " |\n"
        } else if (level == "required") { tested[where]++; sum_tested[part[1]]++ }
        else { recorded[where]++; sum_recorded[part[1]]++ }
        if (reason == "") {
            kind = level == "conflict" ? "differs" : evidence == "" || evidence ~ /^page only/ ? "page" : "seen"
            if (level == "required" && kind == "seen") seen[where]++
            if (level != "open") { sum_known[part[1], kind]++; all_known[kind]++ }
        }
    }
    id = page = level = reason = evidence = ""
    field = ""
}

# "memoryapi/nf-memoryapi-mapviewoffile" is the function mapviewoffile; other pages keep their path.
function topic_of(page,    n, part) {
    if (page !~ /\/n[fs]-/) return page
    n = split(page, part, "-")
    return part[n]
}

FNR == 1 { end_record() }
/^[ \t\r]*$/ { end_record(); next }
/^[#%]/ { next }
/^[+]/ { if (field == "Reason") { sub(/^[+] ?/, " "); reason = reason $0 } next }
{
    field = $0; sub(/:.*/, "", field)
    value = $0; sub(/^[^:]*:[ \t]*/, "", value); sub(/[ \t\r]+$/, "", value)
    if (field == "Id") id = value
    if (field == "Page") page = value
    if (field == "Level") level = value
    if (field == "Reason") reason = value
    if (field == "Evidence") evidence = value
}

function number(value) { return value ? value : 0 }

function print_row(name, total, tested, seen, page_only, recorded, differ, untested) {
    printf "| %s | %d | %d | %d | %d | %d | %d | %d |\n", name, total, tested, seen, page_only, recorded, differ, untested
}

END {
    end_record()
    print "# Coverage"
    print ""
    print "Generated from the catalogue by `make docs/coverage.md`; `make check` fails when it is stale."
    print "An assertion is *tested* when a case can fail on it, *recorded* when text and Windows are known to"
    print "differ or the text is open, so that cases only note what they saw. What is tested has been *seen on*"
    print "*Windows* by others (`Evidence` names a test or report to open) or rests on the *page only*; where *page*"
    print "*and Windows differ*, cases accept both. `winipc-cts list --assertions` and `show ID` tell them apart, too."
    print ""
    print "| area | assertions | tested | seen on Windows | page only | recorded | of them page and Windows differ | not tested |"
    print "|---|---:|---:|---:|---:|---:|---:|---:|"
    for (a = 1; a <= area_count; a++) {
        one = areas[a]
        print_row(one, sum[one], sum_tested[one], sum_known[one, "seen"], sum_known[one, "page"], sum_recorded[one], sum_known[one, "differs"], sum_untested[one])
        all_sum += sum[one]; all_tested += sum_tested[one]; all_recorded += sum_recorded[one]; all_untested += sum_untested[one]
    }
    print_row("all", all_sum, all_tested, all_known["seen"], all_known["page"], all_recorded, all_known["differs"], all_untested)
    printf "\nSeen on Windows: %.0f %% of the tested ones.\n", all_tested ? 100 * all_known["seen"] / all_tested : 0
    for (a = 1; a <= area_count; a++) {
        printf "\n## %s\n\n| function or page | assertions | tested | seen on Windows | recorded | not tested | why not |\n|---|---:|---:|---:|---:|---:|---|\n", areas[a]
        for (t = 1; t <= topic_count[areas[a]]; t++) {
            where = areas[a] SUBSEP topics[areas[a], t]
            printf "| %s | %d | %d | %d | %d | %d | %s |\n", topics[areas[a], t], total[where], number(tested[where]), number(seen[where]), number(recorded[where]), number(untested[where]), kinds[where]
        }
        if (open_record[areas[a]] != "")
            printf "\n| not tested | reason |\n|---|---|\n%s", open_record[areas[a]]
    }
}
