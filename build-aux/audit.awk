# Writes docs/findings/audit.md: of each case that is known to fail on one version of Wine what Wine
# does, and why the test is right. Cases with the same reason and the same evidence share a row. FINDINGS
# are the pages of docs/findings, which list their cases in lines of their own.
#
#   LC_ALL=C awk -v version=10.0 -f rec.awk -f audit.awk FINDINGS... expectations/wine.rec

BEGIN { known = "Implementation! Versions Arch Case! Verdict! Cause Reason! Evidence! Bug" }

# Whether the version fulfils every condition of, say, ">= 8.0, < 10.1".
function holds(versions,    n, i, condition, operator, order) {
    n = split(versions, condition, /[ \t]*,[ \t]*/)
    for (i = 1; i <= n; i++) {
        match(condition[i], /^[<>=]+/)
        operator = substr(condition[i], 1, RLENGTH)
        sub(/^[<>= \t]+/, "", condition[i])
        order = compared(version, condition[i])
        if (operator == "=" ? order : operator ~ /^</ ? order > 0 : order < 0) return 0
        if (operator ~ /^[<>]$/ && !order) return 0
    }
    return 1
}

function compared(one, other,    n, m, i, a, b) {
    n = split(one, a, ".")
    m = split(other, b, ".")
    for (i = 1; i <= n || i <= m; i++) if (a[i] + 0 != b[i] + 0) return a[i] + 0 < b[i] + 0 ? -1 : 1
    return 0
}

function judge_record(    area, row, how) {
    if (value["Implementation"] != "wine" || !holds(value["Versions"])) return
    area = value["Case"]
    sub(/[.].*/, "", area)
    if (!(area in rows)) areas[++area_count] = area
    row = area SUBSEP value["Reason"] SUBSEP value["Evidence"]
    if (!(row in cases)) {
        order[area, ++rows[area]] = row
        reason[row] = value["Reason"]
        evidence[row] = value["Evidence"]
    }
    how = value["Verdict"] == "FAIL" ? value["Cause"] : value["Verdict"]
    cases[row] = cases[row] (cases[row] == "" ? "" : "<br>") "`" value["Case"] "`" \
        (how == "" || how == "assertion" ? "" : " (" how ")") finding[value["Case"]]
    fails[value["Case"]] = 1
    total++; sum[area]++
    if (value["Evidence"] ~ /[.](c|cc|cs|go|rs|py)([ ,;:)]|$)|[a-z]#[0-9]/) seen[area]++
}

function cell(text) {
    gsub(/[|]/, "\\|", text)
    gsub(/[<]/, "\\<", text)
    return text
}

function number(value) { return value ? value : 0 }

FILENAME ~ /[.]md$/ {
    if (!/^- `[a-z0-9_]+[.][a-z0-9_.]+`$/) next
    id = substr($0, 4, length($0) - 4)
    page = FILENAME
    sub(/.*\//, "", page)
    finding[id] = finding[id] " [finding](" page ")"
    named[++names] = id
    next
}
FNR == 1 { rec_end() }
{ rec_line() }
END {
    rec_end()
    print "# Why the tests are right\n"
    print "Every case that is known not to pass on Wine " version ", what Wine does, and why the test and not Wine is"
    print "right: " total " cases. Written from [wine.rec](../../expectations/wine.rec) by `make docs/findings/audit.md`. What"
    print "matters most of it is in [the findings](README.md).\n"
    print "The evidence of some names a test or a report, as a rule one that is run on Windows; the others rest on the"
    print "page alone.\n\n| area | cases | with a test or report |\n|---|---|---|"
    for (a = 1; a <= area_count; a++)
        printf "| %s | %d | %d |\n", areas[a], sum[areas[a]], number(seen[areas[a]])
    for (i = 1; i <= names; i++)
        if (!(named[i] in fails)) print "\n`" named[i] "` is named by a" finding[named[i]] " and is not known to fail."
    for (a = 1; a <= area_count; a++) {
        print "\n## " areas[a] "\n\n| Wine | the test is right, since | cases |\n|---|---|---|"
        for (i = 1; i <= rows[areas[a]]; i++) {
            row = order[areas[a], i]
            printf "| %s | %s | %s |\n", cell(reason[row]), cell(evidence[row]), cases[row]
        }
    }
    exit mistakes > 0
}
