# Turns results.json into golden.txt: a block for each case, without what differs from run to run
# (addresses, handles, times, folders). It reads JSON as jansson indents it, one member a line;
# strings stay escaped, so that a line stays a line.

function value(line) {
    sub(/^ *"[^"]*": /, "", line)
    sub(/,$/, "", line)
    sub(/^"/, "", line)
    sub(/"$/, "", line)
    gsub(/image offset 0x[0-9a-f]+/, "image offset 0x...", line)
    gsub(/inheritable handle 0x[0-9a-f]+/, "inheritable handle 0x...", line)
    gsub(/[A-Z]:\\\\.*winipc-cts-[0-9a-f]+\\\\[0-9]+/, "TEMP/RUN/CASE", line)
    sub(/this claims to be [0-9.]+/, "this claims to be ...", line)
    gsub(/\177/, "\\u007F", line)
    if (match(line, / 0000+/)) { # a pointer, as wide as the machine's
        rest = substr(line, RSTART + RLENGTH)
        line = substr(line, 1, RSTART) "0x" (rest ~ /^[0-9A-Fa-f]/ ? "" : "0") rest
    }
    if (length(line) > 300)
        line = substr(line, 1, 100) "... (" length(line) " characters)"
    return line
}

function end_case() {
    # Whether a case took long enough to be tried again depends on the machine, where that changed nothing.
    if (details !~ /\n    late/)
        sub(/\n    first: FAIL assertion[^\n]*/, "", details)
    if (id != "")
        print id "\n    " verdict (cause == "" ? "" : ", " cause) (expected == "true" ? "" : ", unexpected") details
    id = cause = details = ""
}

/^   "id": / { end_case(); id = value($0) }
/^   "verdict": / { verdict = value($0) }
/^   "cause": / { cause = value($0) }
/^   "expected": / { expected = value($0) }
/^   "late": true/ { details = details "\n    late" }
/^   "first": / { in_first = 1; details = details "\n    first:" }
/^   [}]/ { in_first = 0 }
in_first && /^    "(verdict|cause|message)": / { details = details " " value($0) }
/^   "(reason|message|place|checkpoint)": / {
    name = $1
    gsub(/[":]/, "", name)
    details = details "\n    " name ": " value($0)
}
/^   "output": / && id ~ /[.]output[.]/ { details = details "\n    output: " value($0) }
/^   "waited": / && value($0) + 0 > 0 { details = details sprintf("\n    waited: %.3g s", value($0)) }
/^   "recorded": / { in_recorded = 1; next }
/^   [}]/ { in_recorded = 0 }
in_recorded {
    name = $1
    gsub(/[":]/, "", name)
    details = details "\n    recorded " name ": " value($0)
}
END { end_case() }
