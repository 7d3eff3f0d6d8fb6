# Writes docs/coverage.md from the catalogue: what is tested for every function, what is only
# recorded, and what is not tested and why.
#
#   awk -f coverage.awk assertions/*.rec

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
    }
    id = page = level = reason = ""
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
}

function number(value) { return value ? value : 0 }

END {
    end_record()
    print "# Coverage"
    print ""
    print "Generated from `assertions/*.rec` by `make docs/coverage.md`; `make check` fails when it is stale."
    print "An assertion is *tested* when a case can fail on it, *recorded* when text and Windows are known to"
    print "differ or the text is open, so that cases only note what they saw."
    print ""
    print "| area | assertions | tested | recorded | not tested |"
    print "|---|---:|---:|---:|---:|"
    for (a = 1; a <= area_count; a++)
        printf "| %s | %d | %d | %d | %d |\n", areas[a], sum[areas[a]], number(sum_tested[areas[a]]), number(sum_recorded[areas[a]]), number(sum_untested[areas[a]])
    for (a = 1; a <= area_count; a++) {
        printf "\n## %s\n\n| function or page | assertions | tested | recorded | not tested | why not |\n|---|---:|---:|---:|---:|---|\n", areas[a]
        for (t = 1; t <= topic_count[areas[a]]; t++) {
            where = areas[a] SUBSEP topics[areas[a], t]
            printf "| %s | %d | %d | %d | %d | %s |\n", topics[areas[a], t], total[where], number(tested[where]), number(recorded[where]), number(untested[where]), kinds[where]
        }
        if (open_record[areas[a]] != "")
            printf "\n| not tested | reason |\n|---|---|\n%s", open_record[areas[a]]
    }
}
