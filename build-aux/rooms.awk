# Which file of the harness may include which: docs/architecture.md shows the rooms. Any other include is
# one line "file:line: what", and exit code 1.
#
#   awk -f rooms.awk harness/*/*.[ch]

BEGIN {
    may["base"] = "base"
    may["case"] = "base case"
    may["records"] = "base case records"
    may["runner"] = "base case records runner"
    may["report"] = "base case records runner report"
    may["commands"] = "base case records runner commands"
    # The two of them meet in what a run is, and in the record of one.
    also["report"] = "commands/results.h"
    also["commands"] = "report/report_json.h"
}

FNR == 1 {
    n = split(FILENAME, part, "/")
    room = part[n - 1]
    if (!(room in may)) { print FILENAME ":1: there is no room " room; wrong = 1 }
}
/^#include "/ {
    split($0, quoted, "\"")
    if (split(quoted[2], part, "/") < 2) {
        if (room == "base") complain() # it knows nothing of tests
        next
    }
    if (index(" " may[room] " ", " " part[1] " ") || quoted[2] == also[room]) next
    complain()
}
function complain() {
    print FILENAME ":" FNR ": harness/" room " may not include " quoted[2]
    wrong = 1
}
END { exit wrong }
