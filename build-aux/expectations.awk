# Checks expectations/*.rec and writes nothing: what `run --expect` would refuse.
#
#   LC_ALL=C awk -f rec.awk -f expectations.awk expectations/*.rec

BEGIN {
    known = "Implementation! Versions Arch Case! Verdict! Cause Reason! Evidence! Bug"
    one_of["Implementation"] = "wine windows reactos"
    one_of["Arch"] = "x86_64 i686 aarch64"
    one_of["Verdict"] = "FAIL UNRESOLVED UNSUPPORTED"
    one_of["Cause"] = "assertion crash timeout leak"
}

function judge_record(    n, i, condition) {
    if (value["Case"] !~ /^[a-z0-9_]+([.][a-z0-9_]+)+$/)
        complain(field_place["Case"], "Case must be an id: area.topic.fact_in_words")
    else if (value["Verdict"] != "FAIL" && ("Cause" in value))
        complain(field_place["Cause"], "only the Verdict FAIL has a Cause")
    else if (value["Reason"] ~ /^TODO/)
        complain(field_place["Reason"], "Reason is still to be written")
    else if (value["Evidence"] ~ /^TODO/)
        complain(field_place["Evidence"], "Evidence is still to be written")
    else if ("Versions" in value) {
        n = split(value["Versions"], condition, ",")
        for (i = 1; i <= n; i++)
            if (condition[i] !~ /^[ \t]*(>=|<=|=|>|<)[ \t]*[0-9]+([.][0-9]+)*[ \t]*$/) {
                complain(field_place["Versions"], "Versions must read like '>= 5.0, < 9.5'")
                break
            }
    }
}

FNR == 1 { rec_end() }
{ rec_line() }
END { rec_end(); exit mistakes > 0 }
